"""Feeds that are broken, careless or hostile: what is whole is kept, nothing takes long or is believed."""

import contextlib
import gzip
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import text
from reader.model import ParsedFeed
from reader.parse import ParseError, feed
from reader.parse.survey import ATTRIBUTES_MAX, DEPTH_MAX, TAGS_MAX

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GOOD = "<item><title>Good</title><link>http://x.test/g</link></item>"


def rss(items: str, prolog: str = "") -> bytes:
    namespaces = 'xmlns:georss="http://www.georss.org/georss" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return (
        f"{prolog}<rss version='2.0' {namespaces}><channel><title>T</title>{items}</channel></rss>".encode()
    )


def titles(body: bytes) -> list[str]:
    return [entry.title for entry in feed(body, now=NOW).entries]


def test_a_feed_that_breaks_off_keeps_its_whole_items():
    whole = rss("".join(f"<item><title>{n}</title></item>" for n in range(5)))
    parsed = feed(whole[: whole.index(b"<title>3")])
    assert [entry.title for entry in parsed.entries] == ["0", "1", "2"]
    assert parsed.dropped == 1
    assert parsed.title == "T"


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>AT&T &nbsp;</title><link>http://x.test/?a=1&b=2</link></item>" + GOOD),
        rss("<item><title>5 < 6</title></item>" + GOOD),
        rss("<item><title>a<br>b</title></item>" + GOOD),
        rss(GOOD) + b"<script>track()</script>",
        rss(GOOD, "<b>Warning</b>: x\n<?xml version='1.0'?>"),
        rss(GOOD).replace(b"<title>Good", b"<title>\x00\x1b[2JGood"),
        rss(GOOD).replace(b"<rss ", b"<rss undeclared:x='1' "),
        gzip.compress(rss(GOOD)),
        rss("<item><textinput><link>x</link></textinput></item>" + GOOD),
        rss("<item><title>Good</title><m:pos xmlns:m='http://www.opengis.net/gml'>1 2</m:pos></item>"),
        rss(GOOD + "<item><textinput><link>x</item><<item>"),
    ],
)
def test_damage_costs_no_more_than_itself(body):
    assert "Good" in titles(body)


def test_what_follows_the_document_is_not_part_of_it():
    assert titles(rss(GOOD) + b"<item><title>Bad</title></item>") == ["Good"]


def test_mended_words_read_as_meant():
    (entry,) = feed(
        rss("<item><title>AT&T &copy; &bogus;</title><link>http://x.test/?a=1&b=2</link></item>")
    ).entries
    assert (entry.title, entry.url) == ("AT&T © &bogus;", "http://x.test/?a=1&b=2")


def test_no_entity_of_a_documents_own_is_expanded():
    prolog = '<!DOCTYPE r [<!ENTITY a "LAUGH"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    (entry,) = feed(rss("<item><title>&b; &f;</title></item>", prolog)).entries
    assert entry.title == "&b; &f;"


def test_a_harmful_item_is_left_out_and_counted():
    for harm in (
        "<a>" * DEPTH_MAX + "</a>" * DEPTH_MAX,
        "<a " + " ".join(f"a{n}=''" for n in range(ATTRIBUTES_MAX + 1)) + "/>",
        f"<title xml:base='http://x/{'a' * 5000}'>x</title>",
    ):
        parsed = feed(rss(f"{GOOD}<item>{harm}</item>{GOOD}"))
        assert (len(parsed.entries), parsed.dropped) == (2, 1)


@pytest.mark.parametrize(
    "head",
    [
        "<a>" * DEPTH_MAX + "</a>" * DEPTH_MAX,
        "<a " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(150)) + "/>",
        "<a " + " ".join(f"a{n}=''" for n in range(ATTRIBUTES_MAX + 1)) + "/>",
    ],
)
def test_harm_outside_of_the_items_is_refused_in_words(head):
    with pytest.raises(ParseError, match="more than"):
        feed(rss(head + GOOD))


def test_the_limits_of_an_entry():
    names = "".join(f"<category>{n} {'x' * 80}</category>" for n in range(100))
    files = "".join(f"<enclosure url='http://x.test/{n}' length='{n - 1}'/>" for n in range(30))
    item = f"<title>{'t' * 3000}</title><guid>{'g' * 600}</guid><author>{'a b ' * 200}</author>"
    (entry,) = feed(rss(f"<item>{item}{names}{files}</item>")).entries
    assert len(entry.title) == text.TITLE_MAX
    assert entry.title.endswith("…")
    assert entry.guid.startswith("sha256:")
    assert len(entry.guid) == 71
    assert len(entry.author) == text.AUTHOR_MAX
    assert len(entry.categories) == text.CATEGORIES_MAX
    assert max(map(len, entry.categories)) == text.CATEGORY_MAX
    assert len(entry.enclosures) == text.ENCLOSURES_MAX
    assert [file.length for file in entry.enclosures[:4]] == [None, None, 1, 2]


def test_guids_of_any_length_differ_when_they_differ():
    long = "g" * 600
    items = f"<item><guid>{long}1</guid></item><item><guid>{long}2</guid></item>"
    assert len({entry.guid for entry in feed(rss(items)).entries}) == 2


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("http://user:secret@x.test/a", "http://x.test/a"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("-P evil", ""),
        ("data:text/html,x", ""),
        ("HTTP://X.test:80/a b", "http://x.test/a%20b"),
    ],
)
def test_links_are_addresses_or_nothing(stated, kept):
    item = f"<item><title>a</title><link>{stated}</link><enclosure url='{stated}'/></item>"
    (entry,) = feed(rss(item), address="https://f.test/").entries
    assert entry.url in {kept, "https://f.test/-P%20evil"}
    assert all(file.url.startswith("http") and "secret" not in file.url for file in entry.enclosures)


@pytest.mark.parametrize(
    ("stated", "year"),
    [
        ("Sun, 22 Nov 2026 10:00:00 GMT", 2026),
        ("Mon, 23 Nov 2026 20:00:00 GMT", 2026),
        ("Wed, 25 Nov 2026 10:00:00 GMT", None),
        ("Fri, 01 Jan 2106 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0000-00-00T00:00:00Z", None),
        ("mer, 16 nov 2022 00:38:15 +0100", 2022),
        ("never", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_sober(stated, year):
    (entry,) = feed(rss(f"<item><title>a</title><pubDate>{stated}</pubDate></item>"), now=NOW).entries
    assert (entry.published and entry.published.year) == year


PUMPS = {
    "an author without a blank": f"<author>{'a' * 65_536}</author>",
    "an author in broken XML": f"<author>{'a' * 65_536}</author><br>",
    "line breaks": "\n" * 500_000,
    "attributes": "<a " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>",
    "categories": "".join(f"<category>{n}</category>" for n in range(20_000)),
    "categories in broken XML": "".join(f"<category>{n}</category>" for n in range(20_000)) + "<br>",
    "keywords": f"<keywords>{','.join(map(str, range(50_000)))}</keywords>",
    "comments": "<!--" * 50_000,
    "CDATA": "<![CDATA[" * 50_000,
    "DOCTYPE": "<!DOCTYPE x [" * 20_000,
    "open tags": "<a " * 20_000,
    "open quotes": '<a b="' * 20_000,
    "references": "&#" * 100_000,
    "depth": "<a>" * 20_000,
}


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
@pytest.mark.parametrize("place", ["before", "in an item", "in a text"])
def test_no_pump_takes_long(pump, place):
    body = {
        "before": rss(GOOD, pump),
        "in an item": rss(f"<item><title>a</title>{pump}</item>{GOOD}"),
        "in a text": rss(f"<item><title>a</title><description>{pump}</description></item>{GOOD}"),
    }[place]
    start = process_time()
    with contextlib.suppress(ParseError):
        feed(body)
    assert process_time() - start < 4


def test_categories_of_an_item_are_bounded_before_feedparser():
    names = "".join(f"<category>{n}</category>" for n in range(TAGS_MAX * 2))
    assert (
        len(feed(rss(f"<item>{names}</item><item>{names}</item>")).entries[1].categories)
        == text.CATEGORIES_MAX
    )


TAGS = "item title link guid author image source textinput entry div".split()  # noqa: SIM905 -- reads better
PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        *(
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<!DOCTYPE x>",
            "&amp;",
            "&",
            "&nbsp;",
            "&#0;",
            "&#xD800;",
            "<",
            ">",
        ),
        *("<content type='xhtml'>", "<media:rating/>", "<a b='c'>", "xml:base='file:///'", '"', "'", "word"),
        *("http://x.test/", "javascript:x", "\x1b]0;x\x07", "\u202e", "\x9d"),
    ]
)


@pytest.mark.parametrize("place", ["<item>{}</item>", "{}<item><title>x</title></item>"])
@pytest.mark.parametrize(
    "name",
    [
        "links",
        "tags",
        "authors",
        "content",
        "media_content",
        "title_detail",
        "summary_detail",
        "published_parsed",
    ],
)
def test_an_element_named_like_a_list_of_feedparsers_is_no_list(name, place):
    inside = f"<{name}>word</{name}><author>Ann</author><enclosure url='http://a.example/a'/>"
    assert feed(f"<rss><channel>{place.format(inside)}</channel></rss>".encode()).entries


@given(
    st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=40).map(lambda parts: rss("".join(parts))))
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_a_feed_or_a_sentence(body):
    try:
        parsed = feed(body, address="https://f.test/x", now=NOW)
    except ParseError as error:
        said = str(error)
    else:
        said = "read"
        gated(parsed)
    assert said == text.one_line(said) != ""


def gated(parsed: ParsedFeed) -> None:
    for entry in parsed.entries:
        assert entry.title == text.title(entry.title)
        for line in (entry.guid, entry.author, entry.lang, *entry.categories, parsed.title):
            assert line == text.one_line(line)
        for url in (entry.url, *(file.url for file in entry.enclosures), parsed.site):
            assert url == text.address(url)
        for when in (entry.published, entry.updated):
            assert when is None or when.tzinfo is UTC
        entry.html.encode()
