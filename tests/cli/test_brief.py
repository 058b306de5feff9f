"""`newsread brief`: the digest as text, Markdown, HTML and JSON."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from reader import document, library
from reader.model import Entry, ParsedFeed, View
from tests.cli.conftest import NOW

FLOOD = "Lisbon floods force thousands from homes"
TEXT = """<p>Heavy rain flooded Lisbon on Monday and forced thousands from home, mayor Carlos Moedas said.
The Tagus burst its banks near Belém and trains to Sintra stopped.</p>"""


@pytest.fixture
def told(store, filled):
    """Four articles of three sources tell of a flood, between `filled`; returns them, the last one first."""
    for number, source in enumerate(("Tagus Herald", "Sintra Post", "Belém Wire", "Tagus Herald")):
        feed, _ = store.feeds.add(f"https://{source.split()[0].lower()}.example/f", title=source)
        entry = Entry(
            title=f"{FLOOD}{' <again>' * (number == 3)}",
            guid=str(number),
            url=f"https://lisbon.example/{number}?a=1&b=2",
            published=NOW - timedelta(hours=5 - number),
            html=TEXT + f"<p>By {source}.</p>",
        )
        library.ingest(store, feed, ParsedFeed(title=source, entries=(entry,)), now=NOW)
    ids = [row.id for row in store.lists.rows(store.lists.ids(View()))]
    return [id for id in ids if id not in filled]


def test_articles_are_stories_the_most_covered_first(newsread, told):
    ran = newsread("brief")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "The last 24 hours: 6 articles are 1 story and 2 single reports."
    assert lines[2].startswith(f" 1 {FLOOD}")
    assert "3 sources: " in lines[3]
    assert {"Tagus Herald", "Sintra Post", "Belém Wire"} <= set(
        lines[3].split(": ")[1].split(" · ")[0].split(", ")
    )
    assert " ".join(line.strip() for line in lines[4:6]) == (
        "Heavy rain flooded Lisbon on Monday and forced thousands from home, mayor Carlos Moedas said."
    )
    assert "Treaty signed at the border" in ran.out
    assert "Marathon" not in ran.out, "older than a day"
    assert ran.out == newsread("brief").out


def test_single_reports_come_in_turn_and_the_rest_is_counted(newsread, told):
    ran = newsread("brief", "--since", "1w", "--limit", "3")
    heads = [line[3:] for line in ran.out.splitlines() if line[:3].strip().isdigit()]
    assert heads[1:] == ["Treaty signed at the border", "Border treaty: what it says"], "a feed each"
    assert ran.out.endswith("\n3 more: --limit 0 shows all\n")
    assert newsread("brief", "--since", "1w", "--limit", "0").out.count("ago") == 6


def test_followed_topics_come_before_others(newsread, home, told):
    (home / "config.toml").write_text('[topics.Borders]\nkeywords = ["treaty", "border"]\n')
    records = newsread("brief", "--since", "1w", "--json").records
    assert [record["title"][:6] for record in records[:3]] == ["Lisbon", "Treaty", "Border"]
    assert records[0]["rank"] == 1


def test_json_is_a_story_a_line(newsread, told):
    first, *_ = newsread("brief", "--json").records
    assert len(first["reports"]) == 4
    assert set(first["reports"]) == set(told)
    assert first["reports"][0] == first["id"]
    assert len(first["sources"]) == 3
    assert first["url"].startswith("https://lisbon.example/")
    assert first["sentence"].startswith("Heavy rain")


def test_markdown_means_the_same(newsread, told):
    text = newsread("brief", "--format", "markdown").out
    assert text.startswith("# The last 24 hours\n")
    made = document.from_markdown(text)
    assert "https://lisbon.example/" in made.links[0].url
    assert FLOOD in text.replace("\\", "")


def test_html_is_a_page_whose_texts_are_no_markup(newsread, store, told):
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[str] = []
            self.links: list[str | None] = []

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)
            self.links += [value for name, value in attrs if name == "href"]

    page = newsread("brief", "--format", "html", "--limit", "0").out
    tags = Tags()
    tags.feed(page)
    assert tags.tags.count("h2") == 3
    assert "again" not in tags.tags
    assert any(link and "a=1&b=2" in link for link in tags.links)


def test_the_rest_is_filed_as_read(newsread, store, told, filled):
    ran = newsread("brief", "--limit", "1", "--mark-read")
    assert ran.err == "6 articles marked read\n"
    assert store.lists.counts().unread == 3
    assert newsread("brief", "--unread").out == "The last 24 hours: no article.\n"


def test_odd_words_are_said(newsread, store):
    assert newsread("brief", "--format", "pdf").code == 2
    assert newsread("brief", "--json", "--format", "html").code == 2
    assert newsread("brief", "--since", "soon").code == 2
    assert newsread("brief").out == "The last 24 hours: no article.\n"
