"""The limits of hostile input: each one a named constant with its value, each with a test that needs it.

Most are tested where their module is; here are the others. What is at a limit passes, what is one beyond does
not. tests/limits.py says which tests belong to which limit.
"""

from __future__ import annotations

import gzip
import io
import sys
from datetime import UTC, datetime, timedelta
from html import escape
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from reader import config, discover, document, local, opml, text
from reader.cli import main
from reader.config import Fetch
from reader.fetch import Fetcher, body, words
from reader.fetch.resolver import mixed
from reader.local import LocalError
from reader.local.files import shown
from reader.model import Mention
from reader.opml import OpmlError
from reader.pages import front, markdown
from reader.pages.mentions import unique
from reader.parse import ParseError, dates, feed, sound
from reader.parse.pace import pace
from reader.parse.survey import survey
from reader.refresh import schedule
from reader.sandbox import Sandbox, StoppedError
from reader.store.query import indexable
from reader.tui.launch import LaunchError, _piped
from tests.limits import LIMITS, MIB
from tests.rules import RULES
from tests.server import Reply, Server


@pytest.mark.parametrize("limit", [one for one in LIMITS if one.value is not None], ids=str)
def test_each_limit_has_its_value(limit):
    found = import_module(limit.where)
    owner, _, name = limit.name.rpartition(".")
    found = getattr(getattr(found, owner)() if owner else found, name)
    assert found == limit.value


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_its_tests(rule):
    for each in RULES[rule].split():
        file, _, name = each.partition("::")
        folder, slash, stem = file.rpartition("/")
        path = Path(__file__).parent / f"{folder}{slash}test_{stem}.py"
        assert f"def test_{name}" in path.read_text(), each


# Text


def test_a_terminal_sequence_is_looked_for_so_far_and_no_further():
    assert text.plain("a\x1b]" + "x" * 4096 + "\x07b") == "ab"
    assert text.plain("a\x1b]" + "x" * 4097 + "\x07b") == "a]" + "x" * 4097 + "b"


def test_a_line_is_looked_at_so_far():
    assert text.one_line(" " * 65_535 + "x" + "y") == "x"
    assert text.one_line(" " * 65_536 + "y") == ""


def test_a_host_has_so_many_characters():
    labels = ".".join(["a" * 61] * 4)  # 247
    assert text.address(f"https://{labels}.bcdef/")
    assert text.address(f"https://{labels}.bcdefg/") == ""


def test_a_document_is_read_so_far_unless_the_whole_is_wanted():
    html = "<p>begin" + "<!-- -->" * (2_000_000 // 8) + "end"
    assert "end" not in document.to_text(document.from_html(html))
    assert "end" in document.to_text(document.from_html(html, whole=True))


def test_long_markdown_is_shown_as_it_stands():
    assert "*" not in document.to_text(document.from_markdown("*word* " * 20_000))
    assert "*" in document.to_text(document.from_markdown("*word* " * 30_000))


def test_a_table_is_drawn_with_so_many_columns_and_rows_spanned():
    wide = document.from_html(f"<table>{('<tr>' + '<td>c' * 60) * 2}</table>").blocks[0]
    assert {len(row) for row in wide.rows} == {50}
    tall = document.from_html(
        "<table><tr><td rowspan=9999>a<td>b" + "<tr><td>c<td>d" * 600 + "</table>"
    ).blocks[0]
    assert [bool(row[0]) for row in tall.rows].index(True, 1) == 500


# A feed's fields


def item(inside: str, head: str = "") -> bytes:
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    rest = "<title>T</title><item><title>I</title>"
    return f'<rss version="2.0" {dc}><channel>{head}{rest}{inside}</item></channel></rss>'.encode()


def only(inside: str):
    (entry,) = feed(item(inside)).entries
    return entry


def test_an_author_is_cut():
    assert only(f"<dc:creator>{'a' * 256}</dc:creator>").author == "a" * 256
    assert len(only(f"<dc:creator>{'a' * 257}</dc:creator>").author) == 256


def test_categories_are_cut_and_so_many():
    tags = "".join(f"<category>{n} {'c' * 80}</category>" for n in range(60))
    found = only(tags).categories
    assert (len(found), {len(each) for each in found}) == (50, {64})


def test_enclosures_are_so_many():
    files = "".join(f'<enclosure url="https://a.example/{n}.mp3" type="audio/mpeg"/>' for n in range(30))
    assert len(only(files).enclosures) == 20


def test_a_long_guid_is_kept_as_its_digest():
    assert only(f"<guid>{'g' * 512}</guid>").guid == "g" * 512
    long = only(f"<guid>{'g' * 513}</guid>").guid
    assert long.startswith("sha256:")
    assert only(f"<guid>{'g' * 514}</guid>").guid != long


def test_a_stated_length_is_one_that_can_be_counted():
    for length, kept in ((2**53, 2**53), (2**53 + 1, None)):
        found = only(f'<enclosure url="https://a.example/a" length="{length}"/>').enclosures
        assert found[0].length == kept


def test_a_language_tag_has_so_many_characters():
    for tag in ("abcdefgh-abcdefgh-abcdefgh-abcdefgh", "abcdefgh-abcdefgh-abcdefgh-abcdefgh-a"):
        assert feed(item("", f"<language>{tag}</language>")).lang == (tag if len(tag) <= 35 else "")


def test_an_article_is_cut():
    long = only(f"<description>{escape('<p>word</p>' * 200_000)}</description>")
    assert len(long.html) <= 2 * MIB


def test_items_beyond_the_limit_are_counted():
    many = feed(item("".join(f"</item><item><title>{n}</title>" for n in range(2100))))
    assert (len(many.entries), many.dropped) == (2000, 101)


def test_a_date_is_looked_for_so_far():
    assert dates.parse(" " * 80 + "2026-11-22T10:00Z")
    assert dates.parse(" " * 90 + "2026-11-22T10:00Z") != dates.parse("2026-11-22T10:00Z")


def test_how_often_a_feed_wants_to_be_asked_stands_in_its_head():
    ttl = "<ttl>99</ttl>"
    assert pace(" " * 1000 + ttl).minutes == 99
    assert pace(" " * 65_536 + ttl).minutes == 0


# A feed's bytes


def test_a_body_has_so_many_bytes():
    spaces = b" " * (20 * MIB)
    with pytest.raises(ParseError, match="larger than 20 MiB"):
        feed(item("") + spaces)
    with pytest.raises(ParseError, match="MiB"):
        feed(gzip.compress(item("") + spaces, 1))


def test_ill_formed_feeds_are_read_so_far():
    one = b"<item><title>I</title><description>a <b>" + b"x" * 1000 + b"</description></item>"
    body = b"<rss><channel><title>T</title>" + one * 1200 + b"</channel></rss>"
    assert 0 < len(feed(body).entries) <= sound.LOOSE_MAX // len(one) < 1200


def test_what_stands_before_a_document_is_looked_through_so_far():
    page = item("").decode()
    for before in ("\n<br />\n<b>Warning</b>: x in /a.php\n" + "w" * 60_000, "< " * 1000):
        assert feed((before + page).encode()).entries
    for before in ("<br /> <b>Warning</b>: x in /a.php\n" + "w" * 66_000, "< " * 1001):
        with pytest.raises(ParseError):
            feed((before + page).encode())


@pytest.mark.parametrize(
    ("calm", "costly"),
    [
        (f"<category>{'c' * 2000}</category>", f"<category>{'c' * 2049}</category>"),
        (f"<author>{'a ' * 32_000}</author>", f"<author>{'a ' * 33_000}</author>"),
        (
            f"<author>{'w ' * 300}{'a' * 128} x</author>",
            f"<author>{'w ' * 300}{'a' * 129} x</author>",
        ),
    ],
    ids=["category", "author", "unbroken"],
)
def test_what_costs_feedparser_time_squared_is_kept_from_it(calm, costly):
    assert (len(survey(item(calm)).cuts), len(survey(item(costly)).cuts)) == (0, 1)


def test_elements_stand_so_deep_in_each_other():
    for levels, harmful in ((253, 0), (254, 1)):  # below rss, channel and item
        assert len(survey(item("<a>" * levels + "</a>" * levels)).harmful) == harmful


def test_a_language_that_is_copied_at_every_element_has_so_many_characters():
    for size, harmful in ((64, 0), (65, 1)):
        found = survey(item(f'</item><item xml:lang="{"a" * size}"><title>x</title>'))
        assert len(found.harmful) == harmful


def test_dates_lie_between_1990_and_tomorrow():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    for stated, kept in (
        ("1990-01-01T00:00:00Z", True),
        ("1989-12-31T23:59:59Z", False),
        ("2026-11-24T00:00:00Z", True),
        ("2026-11-24T00:00:01Z", False),
        ("2106-01-01T00:00:00Z", False),
    ):
        (entry,) = feed(item(f"<pubDate>{stated}</pubDate>"), now=now).entries
        assert (entry.published is not None) == kept


def test_so_many_gzip_members_are_one_document():
    def unpacked(count: int) -> bytes:
        packed = body.Packed(MIB, body.GZIP_WINDOW)
        packed.feed(gzip.compress(b"a") * count)
        return packed.finish()

    assert unpacked(64) == b"a" * 64
    with pytest.raises(words.FetchError, match="only harm"):
        unpacked(65)


async def test_a_packed_body_is_unpacked_in_small_steps():
    taken: list[int] = []

    class Counting:
        def __init__(self, real):
            self._real = real

        def __getattr__(self, name):
            return getattr(self._real, name)

        def decompress(self, data, most):
            taken.append(most)
            return self._real.decompress(data, most)

    packed = body.Packed(MIB, body.GZIP_WINDOW)
    packed._inflate = Counting(packed._inflate)
    packed.feed(gzip.compress(b"words " * 30_000))
    assert len(packed.finish()) == 180_000
    assert max(taken) <= 64 * 1024


def test_no_ratio_is_asked_below_a_mebibyte():
    def unpacked(size: int) -> bytes:
        packed = body.Packed(16 * MIB, body.GZIP_WINDOW)
        packed.feed(gzip.compress(bytes(size)))
        return packed.finish()

    assert len(unpacked(MIB)) == MIB
    with pytest.raises(words.FetchError, match="only harm"):
        unpacked(MIB + 64 * 1024)


def test_a_host_is_tried_at_so_many_addresses():
    assert len(mixed(f"192.0.2.{n}" for n in range(9))) == 4


@pytest.mark.parametrize(("size", "kept"), [(1024, True), (1025, False)])
async def test_a_validator_is_kept_up_to_its_length(size, kept):
    date = "d" * (size // 8)
    headers = {"ETag": "e" * size, "Last-Modified": date}
    if not kept:
        headers["Last-Modified"] += "d"
    with Server() as server:
        server.routes["/"] = Reply(b"<rss/>", headers=headers)
        async with Fetcher(Fetch(spacing=0)) as fetcher:
            got = await fetcher.get(server.url("/"), private_ok=True)
    assert (got.etag, got.modified) == (("e" * size, date) if kept else ("", ""))


def test_what_a_proxy_or_certificate_says_is_cut():
    said = words.failure(httpx.ProxyError("x" * 500), "a.example")
    assert said.count("x") <= words.DETAIL_MAX == 120


def test_waits_after_failures_are_scattered():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    waits = [schedule.after_failure(1, now, spread) - now for spread in (0, 1)]
    assert waits == [timedelta(minutes=12), timedelta(minutes=18)]


def test_a_reply_that_is_too_long_is_not_read(monkeypatch):
    monkeypatch.setattr("reader.sandbox.wire.REPLY_MAX", 10)
    with Sandbox() as box, pytest.raises(StoppedError, match="broke down"):
        box.feed(item(""))


# Lists of subscriptions


def test_a_list_has_so_many_bytes_and_lines():
    with pytest.raises(OpmlError, match="larger than 16 MiB"):
        opml.read(b"<opml><body/></opml>" + b" " * (16 * MIB))
    read = opml.read(b"https://a.example/f\n" + b"# no\n" * 19_999 + b"https://a.example/g\n")
    assert [one.url for one in read.subscriptions] == ["https://a.example/f"]


def test_a_topic_from_folders_has_so_many_parts_and_characters():
    folders = f'<outline text="{"t" * 70}">' * 20
    listed = f'<opml><body>{folders}<outline xmlUrl="https://a.example/f"/>{"</outline>" * 20}</body></opml>'
    topic = opml.read(listed.encode()).subscriptions[0].topic.split("/")
    assert (len(topic), {len(part) for part in topic}) == (16, {64})


# Files and pipes


def test_a_file_has_so_many_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * (4 * MIB))
    assert local.load(path)
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(LocalError, match="over 20 MiB"):
        local.load(path)


def test_a_name_in_a_message_is_cut():
    assert len(shown("n" * 201)) == 200


def test_standard_input_has_so_many_bytes(monkeypatch, capsys, tmp_path):
    places = ["--library", str(tmp_path / "a.db")]
    for command, most in ((["import", "-"], 16), (["list", "--source", "-"], 20)):
        pipe = io.BufferedReader(io.BytesIO(b" " * (most * MIB + 1)))
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=pipe))
        assert main([*command, *places]) == 1
        assert f"longer than the {most} MiB" in capsys.readouterr().err
    piped = SimpleNamespace(buffer=io.BytesIO(b" " * (20 * MIB + 1)), isatty=lambda: False)
    monkeypatch.setattr(sys, "stdin", piped)
    with pytest.raises(LaunchError, match="over 20 MiB"):
        _piped()


def test_a_page_with_links_to_feeds_is_looked_at_so_far():
    link = '<link rel="alternate" type="application/rss+xml" href="/f">'
    assert discover.feeds("<p>" + " " * MIB + link, "https://a.example/")
    assert not discover.feeds("<p>" + " " * (2 * MIB) + link, "https://a.example/")


def test_markdown_pages_are_drawn_so_far():
    assert "<em>" in markdown.render("*a* " * 60_000)
    assert "<em>" not in markdown.render("*a* " * 66_000)
    assert "<em>" in markdown.render("*a* " + "[" * 20_000)
    assert "<em>" not in markdown.render("*a* " + "[" * 20_001)


def test_front_matter_ends_within_so_many_lines():
    for lines, known in ((198, "T"), (199, "")):
        found, _ = front.split(["---", "title: T", *["# x"] * (lines - 1), "---", "text"])
        assert "".join(found.all("title")) == known


def test_a_page_names_so_many_headlines():
    assert len(unique(Mention(f"Headline {n}") for n in range(300))) == 200


# The library and the config


def test_the_index_takes_so_much_of_a_text():
    assert len(indexable("word " * 20_000)) == 50_000


def test_a_config_is_read_so_far(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("#" * MIB)
    assert config.load(path)
    path.write_text("#" * (MIB + 1))
    with pytest.raises(config.ConfigError):
        config.load(path)
