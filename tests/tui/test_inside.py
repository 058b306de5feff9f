"""Inside the open article: finding words, seeing what was edited, moving wide tables; by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reader import library
from reader.model import ParsedFeed
from reader.store import Store
from tests.tui.desks import NOW, Reader, entry, reading, settle

WIDE = (
    "<table><tr>"
    + "".join(f"<th>Heading {n}" for n in range(12))
    + "<tr>"
    + "".join(f"<td>a cell {n}" for n in range(12))
    + "</table>"
)


def also(store: Store, *entries: object) -> None:
    """Bring in entries of a third feed."""
    feed, _ = store.feeds.add("https://c.example/f", title="Third")
    library.ingest(store, feed, ParsedFeed(title="Third", entries=tuple(entries)), now=NOW)  # type: ignore[arg-type]


async def opened(reader: Reader, title: str) -> int:
    """Open the article of a title; return its id."""
    desk = reader.desk
    for id in desk.headlines.ids:
        if desk.shelf.store.lists.rows([id])[0].title == title:
            desk.open(id)
            await settle(reader.pilot)
            return int(id)
    raise AssertionError(title)


async def test_words_are_found_gone_through_and_forgotten(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await opened(reader, "World article 1")
        article = reader.desk.article
        await reader.press("slash")
        await reader.type("PARAGRAPH 1")
        assert article.found == (1, 11)
        assert reader.desk.pane == "article"
        await reader.press("enter", "n")
        assert article.found == (2, 11)
        assert "hit 2 of 11 · n N go on · Esc ends" in reader.text("footer")
        await reader.press("N", "N")
        assert article.found == (11, 11)
        assert "Paragraph 19" in reader.text("article")
        await reader.press("escape")
        assert (article.finding, reader.desk.pane) == (False, "article")
        await reader.press("escape")
        assert reader.desk.pane == "list"


async def test_what_the_article_does_not_have_is_said_and_esc_gives_up(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await opened(reader, "World article 1")
        await reader.press("slash")
        await reader.type("zebra")
        assert "this article does not have: zebra" in reader.text("footer")
        await reader.press("enter")
        assert (reader.desk.article.finding, reader.desk.pane) == (False, "article")
        await reader.press("slash")
        await reader.type("Paragraph")
        await reader.press("escape")
        assert (reader.desk.article.finding, reader.desk.pane) == (False, "article")


async def test_in_the_list_the_same_key_searches_the_library(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("slash")
        await reader.type("Canberra")
        await reader.press("enter")
        assert reader.desk.view.search == "Canberra"
        marks = [run.text for line in reader.desk.article._set.lines() for run in line.runs if run.ink.found]
        assert set(marks) == {"Canberra"}


async def test_on_a_narrow_screen_the_article_stays_while_words_are_typed(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(60, 24)) as reader:
        await opened(reader, "World article 1")
        await reader.press("slash")
        await reader.type("Paragraph 3")
        assert reader.desk.article.display
        assert "Paragraph 3" in reader.text("article")


async def test_what_was_edited_after_reading_is_one_key_away(tmp_path: Path) -> None:
    first = entry(901, "The ferry leaves", "<p>The ferry leaves on Monday.</p><p>It is late.</p>", hours=0.5)
    changed = replace(first, html="<p>The ferry leaves on Tuesday.</p><p>It is late.</p>")
    async with reading(tmp_path, also=lambda store: also(store, first)) as reader:
        id = await opened(reader, "The ferry leaves")
        await reader.press("equals_sign")
        assert "was not edited after you read it" in reader.text("footer")
        also(reader.desk.shelf.store, changed)
        reader.desk.reopen()
        await settle(reader.pilot)
        assert "edited after you first read it · = shows what changed" in reader.text("article")
        await reader.press("equals_sign")
        assert "leaves on [−Monday] [+Tuesday]." in reader.text("article")
        assert "change 1 of 1" in reader.text("footer")
        await reader.press("escape")
        assert "[−" not in reader.text("article")
        await opened(reader, "World article 1")
        await opened(reader, "The ferry leaves")
        assert reader.desk.shelf.store.db.value("SELECT seen FROM earlier WHERE article = ?", (id,)) == 1


async def test_wide_tables_move_by_key(tmp_path: Path) -> None:
    wide = entry(902, "Rain by month", f"<p>Rain.</p>{WIDE}", hours=0.5)
    async with reading(tmp_path, also=lambda store: also(store, wide)) as reader:
        await opened(reader, "Rain by month")
        assert "{ } move it" in reader.text("article")
        before = reader.text("article")
        await reader.press("right_curly_bracket")
        assert reader.text("article") != before
        assert "◂" in reader.text("article")
        await reader.press("left_curly_bracket")
        assert reader.text("article") == before
        await reader.press("left_curly_bracket")
        assert "no table here goes on in that direction" in reader.text("footer")
