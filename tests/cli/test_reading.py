"""`newsread show` and `related`, and `list --source`."""

import io
import sys

import pytest

from tests.cli.feeds import rss


def test_an_article_as_text(newsread, filled):
    ran = newsread("show", filled[0])
    assert ran.code == 0
    head, body, files = ran.out.rstrip("\n").split("\n\n")
    assert head.startswith("Treaty signed at the border\nThe Wire · A. Writer · ")
    assert head.endswith("\nhttps://wire.example/1\nTopic: World (category)")
    assert body == "The first paragraph of 1."
    assert files == "https://wire.example/a.mp3 (audio/mpeg)"


def test_an_article_as_markdown(newsread, filled):
    out = newsread("show", filled[0], "--format", "markdown").out
    assert out.startswith("# Treaty signed at the border\n\n*The Wire")
    assert "The **first** paragraph of 1." in out


def test_an_article_as_html_is_what_the_feed_states(newsread, filled):
    out = newsread("show", filled[0], "--format", "html").out
    assert out.startswith('<h1><a href="https://wire.example/1">Treaty signed at the border</a></h1>')
    assert "<p>The <b>first</b> paragraph of 1.</p>" in out


def test_an_article_as_json(newsread, filled):
    assert newsread("show", "--json", filled[0]).records == newsread("list", "--json", "--limit", 1).records


def test_an_article_that_is_not_there_is_said(newsread, filled):
    for command in ("show", "related"):
        ran = newsread(command, 999)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "newsread: there is no article 999; `newsread list` shows the numbers\n"


def test_an_article_without_text_says_so(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "One").replace(b"About One.", b""))
    newsread("add", "f.xml")
    assert "The feed gives no text" in newsread("show", 1).out


STORY = "Giles Okafor opened the Mekong bridge in Kampong Cham on Tuesday, the ministry said."


@pytest.fixture
def two_reports(newsread, home):
    for name in ("Alpha", "Beta"):
        body = rss(name, "Giles Okafor opens Mekong bridge in Kampong Cham", f"Unlike {name}")
        (home / f"{name}.xml").write_bytes(body.replace(b"About Giles", STORY.encode() + b" Giles"))
        assert newsread("add", f"{name}.xml").code == 0
    return newsread("search", "bridge", "--json").records


def test_neighbours_come_with_their_why(newsread, two_reports):
    one, other = two_reports
    (record, *_) = newsread("related", one["id"], "--json").records
    assert (record["article"], record["id"]) == (one["id"], other["id"])
    assert record["why"]
    row = newsread("related", one["id"]).rows[0]
    assert row[0] == str(one["id"])
    assert row[1] == record["kind"]
    assert row[-1] == record["why"]


def test_neighbours_on_a_terminal_stand_under_their_kind(newsread, two_reports, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = newsread("related", two_reports[0]["id"]).out
    assert "\nSame story\n" in out or "\nRelated\n" in out


def test_nothing_related_is_said(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "One"))
    newsread("add", "f.xml")
    ran = newsread("related", 1)
    assert (ran.code, ran.out) == (0, "")
    assert "nothing else" in ran.err


# list --source


def test_sources_are_read_without_subscribing(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "One", "Two"))
    (home / "page.txt").write_text("A headline\n\nParis, June 1, 2024: A text.\n")
    records = newsread("list", "--json", "--source", "f.xml", "--source", "page.txt").records
    assert {record["title"] for record in records} == {"One", "Two", "A headline"}
    assert newsread("feeds").out == ""
    assert not (home / "library.db-wal").exists()


def test_filters_apply_to_sources(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "One", "Two"))
    assert [row[4] for row in newsread("list", "--source", "f.xml", "--search", "two").rows] == ["Two"]
    assert len(newsread("list", "--source", "f.xml", "--limit", 1).rows) == 1


def test_standard_input_is_a_source(newsread, home, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(rss("T", "One"))))
    assert [row[4] for row in newsread("list", "--source", "-").rows] == ["One"]


def test_a_source_that_cannot_be_read_is_one_line(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "One"))
    (home / "junk.xml").write_bytes(b"\x00\x01\x02")
    (home / "empty").mkdir()
    for name in ("junk.xml", "empty"):
        ran = newsread("list", "--source", name)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.splitlines()[0].startswith("newsread: ")
        assert newsread("list", "--source", name, "--source", "f.xml").code == 3
