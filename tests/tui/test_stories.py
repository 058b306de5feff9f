"""Stories at the desk: each once in the list, unfolded, walked, marked whole and taken apart."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader import library
from reader.model import ParsedFeed
from reader.store import Store
from reader.tui.drawing.times import clock
from reader.tui.panes.headlines import Headlines
from tests.tui.desks import NOW, Reader, entry, reading, settle

FLOOD = "Lisbon floods force thousands from homes"
TEXT = """<p>Heavy rain flooded Lisbon on Monday and forced thousands from home, mayor Carlos Moedas said.
The Tagus burst its banks near Belém and trains to Sintra stopped.</p>"""
SOURCES = ("Tagus Herald", "Sintra Post", "Belém Wire", "Porto Times")


def tell(store: Store, source: str, hours: float, *, number: int, words: str = "") -> int:
    """Let a source tell of the flood, so many hours ago; return the article."""
    feed, _ = store.feeds.add(f"https://{number}.example/f", title=source)
    told = entry(number, f"{FLOOD} {words}".strip(), TEXT + f"<p>By {source}.</p>", hours=hours)
    library.ingest(store, feed, ParsedFeed(title=source, entries=(told,)), now=NOW)
    found = store.db.column("SELECT id FROM article WHERE feed = ? ORDER BY id DESC LIMIT 1", (feed.id,))
    return int(found[0])


def flood(store: Store) -> list[int]:
    """Let four sources tell of the flood, between the articles of the small library."""
    return [
        tell(store, source, 5.25 + n, number=500 + n, words=("", "today", "and trains", "in Portugal")[n])
        for n, source in enumerate(SOURCES)
    ]


@asynccontextmanager
async def flooded(folder: Path, **more: object) -> AsyncIterator[tuple[Reader, list[int]]]:
    """Open a desk whose cursor is on the row of the flood; with the reports, the row's first."""
    async with reading(folder, also=flood, **more) as reader:  # type: ignore[arg-type]
        store = reader.desk.shelf.store
        ids = reader.desk.headlines.ids
        row = next(id for id in ids if store.lists.rows([id])[0].others == 3)
        reader.desk.headlines.select(row)
        await settle(reader.pilot)
        reports = [id for id in store.lists.story(row) if id != row]
        yield reader, [row, *reports]


def sources(reader: Reader, start: int, count: int) -> list[str]:
    """Return the sources of some rows of the list."""
    ids = reader.desk.headlines.ids[start : start + count]
    return [row.source for row in reader.desk.shelf.store.lists.rows(ids)]


async def test_a_story_is_one_row_that_says_how_many_others_tell_it(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        assert len(reader.desk.headlines.ids) == 30  # 30 articles and 4, two stories in them
        assert sum(FLOOD[:20] in line for line in reader.lines("headlines")) == 1
        at = next(y for y, line in enumerate(reader.lines("headlines")) if FLOOD[:20] in line)
        assert reader.lines("headlines")[at + 1].endswith("· +3")
        assert reader.desk.headlines.selected == reports[0]


async def test_a_folded_story_says_the_time_by_which_it_stands_its_reports_each_their_own(
    tmp_path: Path,
) -> None:
    async with flooded(tmp_path) as (reader, reports):
        store = reader.desk.shelf.store
        when = {row.id: clock(row.published, datetime.now(UTC)) for row in store.lists.rows(reports)}
        newest = store.lists.story(reports[0])[0]
        if newest == reports[0]:  # let an older one stand for it
            store.stories.set_lead(store.stories.of(reports)[newest], reports[-1])
            reader.desk.reload()
            await settle(reader.pilot)
        at = next(y for y, line in enumerate(reader.lines("headlines")) if FLOOD[:20] in line)
        row = reader.desk.headlines.selected
        assert f" · {when[newest]} · +3" in reader.lines("headlines")[at + 1]
        assert row is not None
        assert row != newest
        await reader.press("e")
        shown = reader.lines("headlines")[at + 1 : at + 8 : 2]
        assert f" · {when[row]} · +3" in shown[0]
        assert all(f" · {when[id]}" in line for id, line in zip(_others(store, row), shown[1:], strict=True))


def _others(store: Store, row: int) -> list[int]:
    return [id for id in store.lists.story(row) if id != row]


async def test_a_story_whose_row_is_read_says_how_many_reports_are_not(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):

        def row() -> str:
            lines = reader.lines("headlines")
            at = next(y for y, line in enumerate(lines) if FLOOD[:20] in line)
            return lines[at][1:3] + lines[at + 1][-22:].strip()

        assert row().startswith("● ")
        assert row().endswith("+3")
        await reader.press("m")
        assert row().startswith("○ ")
        assert row().endswith("· +3 · 3 unread")
        reader.desk.start("marks", reader.desk.mark_read, (reports[2],), read=True)
        await settle(reader.pilot)
        assert row().endswith("· +3 · 2 unread")
        await reader.press("M")
        assert row().startswith("  ")
        assert row().endswith("+3")
        await reader.press("u")
        assert row().endswith("· +3 · 2 unread")


async def test_e_unfolds_who_else_tells_it_and_folds_it_from_any_of_its_rows(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        at = list(reader.desk.headlines.ids).index(reports[0])
        await reader.press("e")
        assert list(reader.desk.headlines.ids[at : at + 4]) == reports
        assert len(reader.desk.headlines.ids) == 33
        assert reader.desk.headlines.selected == reports[0]
        lines = reader.lines("headlines")
        top = next(y for y, line in enumerate(lines) if line.startswith("▌"))
        assert lines[top + 1].endswith("+3 ▾")
        assert [lines[top + 2 * n][:4] for n in (1, 2, 3)] == ["  │ ", "  │ ", "  ╰ "]
        await reader.press("j", "j", "enter")
        assert reader.desk.current == reports[2]
        assert reader.read(reports[2])
        assert not reader.read(reports[0])
        await reader.press("escape", "m", "s")
        assert not reader.read(reports[2])
        assert "★" in reader.text("headlines")
        await reader.press("e")
        assert len(reader.desk.headlines.ids) == 30
        assert reader.desk.headlines.selected == reports[0]
        await reader.press("e", "e")
        assert len(reader.desk.headlines.ids) == 30


async def test_day_headings_stay_where_the_days_of_the_rows_begin(tmp_path: Path) -> None:
    async with flooded(tmp_path, size=(120, 90)) as (reader, reports):

        def headed() -> dict[str, str]:
            lines = reader.lines("headlines")
            return {line: lines[y + 1][3:30] for y, line in enumerate(lines) if "────" in line}

        before = headed()
        await reader.press("e")
        assert len(reader.desk.headlines.ids) == 33
        assert headed() == before
        assert all(reader.desk.headlines.owner(id) == reports[0] for id in reports[1:])


async def test_unread_only_unfolds_what_it_would_show(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        reader.desk.start("marks", reader.desk.mark_read, (reports[2],), read=True)
        await settle(reader.pilot)
        await reader.press("v", "e")
        shown = [id for id in reader.desk.headlines.ids if id in reports]
        assert shown == [reports[0], reports[1], reports[3]]


async def test_what_is_unfolded_stays_so_when_news_arrive_and_the_cursor_keeps_its_article(
    tmp_path: Path,
) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("e", "j", "j")
        with Store.open(reader.desk.config.library) as other:
            fifth = tell(other, "Lagos Gazette", 5.1, number=600)
        reader.desk._look()
        await settle(reader.pilot)
        await settle(reader.pilot)
        shown = [id for id in reader.desk.headlines.ids if id in (*reports, fifth)]
        assert set(shown) == {*reports, fifth}
        assert reader.desk.headlines.selected == reports[2]
        assert "+4 ▾" in reader.text("headlines")


async def test_a_new_report_brings_its_story_up_and_the_row_says_when_it_came(
    tmp_path: Path,
) -> None:
    def old_and_new(store: Store) -> None:
        tell(store, "Tagus Herald", 40, number=500)
        tell(store, "Sintra Post", 0.01, number=501, words="today")

    async with reading(tmp_path, also=old_and_new) as reader:
        store = reader.desk.shelf.store
        first, second = store.lists.rows(reader.desk.headlines.ids[:2])
        assert (first.source, first.others) == ("Tagus Herald", 1)
        assert second.title == "World article 1"
        lines = reader.lines("headlines")
        headings = [line for line in lines if "────" in line]
        assert FLOOD[:20] in lines[1]
        assert re.search(r" · (now|[1-9] min) · \+1", lines[2])  # the suite began when it came
        assert len(headings) == len(set(headings))
        await reader.press("e")
        assert sources(reader, 0, 2) == ["Tagus Herald", "Sintra Post"]


async def test_s_shows_every_report_and_then_each_story_once_again(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        assert "every report" not in reader.text("status")
        await reader.press("S")
        assert len(reader.desk.headlines.ids) == 34
        assert reader.desk.headlines.selected == reports[0]
        assert "every report" in reader.text("status")
        reader.desk.headlines.select(reports[3])
        await settle(reader.pilot)
        await reader.press("e")
        assert "S groups them" in reader.text("footer")
        await reader.press("S")
        assert len(reader.desk.headlines.ids) == 30
        assert reader.desk.headlines.selected == reports[0]  # which stands for the one it was on
        assert "each story once" in reader.text("footer")


async def test_every_report_by_itself_stands_below_none(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("e", "S")
        assert len(set(reader.desk.headlines.ids)) == len(reader.desk.headlines.ids) == 34
        assert reader.desk.headlines.owner(reports[1]) is None


async def test_grouping_can_be_off_from_the_start(tmp_path: Path) -> None:
    async with reading(tmp_path, group_stories=False) as reader:
        assert len(reader.desk.headlines.ids) == 30


async def test_walking_a_story_leaves_the_cursor_on_its_row(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("enter", "]", "]")
        assert reader.desk.current in reports[1:]
        assert reader.desk.headlines.selected == reports[0]
        row = reader.desk.headlines.cursor
        await reader.press("J")
        assert reader.desk.headlines.cursor == row + 1
        hidden = reports[3]
        reader.desk.open(hidden)  # as the ticker does
        await settle(reader.pilot)
        assert reader.desk.headlines.selected == reports[0]


async def test_a_story_is_as_unread_as_the_article_that_stands_for_it(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        above = reader.desk.headlines.cursor - 1
        reader.desk.start("marks", reader.desk.mark_read, (reports[0],), read=True)
        await settle(reader.pilot)
        reader.desk.headlines.cursor = above
        await settle(reader.pilot)
        await reader.press("n")
        assert reader.desk.headlines.cursor == above + 2  # three others are unread, but hidden
        reader.desk.headlines.cursor = above
        await settle(reader.pilot)
        await reader.press("j", "e", "k", "n")
        assert reader.desk.headlines.selected == reports[1]
        await reader.press("n")
        assert reader.desk.headlines.selected == reports[2]  # unfolded, each counts for itself


async def test_all_that_is_shown_is_marked_read_stories_whole_and_back(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, _):
        await reader.press("A")
        assert "34 marked read" in reader.text("footer")
        assert "0 unread" in reader.text("status")
        await reader.press("u")
        assert "34 unread" in reader.text("status")


async def test_m_marks_the_whole_story_read_as_one_step(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("M")
        assert all(reader.read(id) for id in reports)
        assert "4 articles" in reader.text("footer")
        assert "30 unread" in reader.text("status")
        await reader.press("M")
        assert "read already" in reader.text("footer")
        await reader.press("u")
        assert not any(reader.read(id) for id in reports)


@pytest.mark.parametrize("whole", [False, True])
async def test_opening_one_marks_the_others_where_that_is_wanted(tmp_path: Path, whole: bool) -> None:
    async with flooded(tmp_path, mark_story=whole) as (reader, reports):
        await reader.press("enter")
        assert [reader.read(id) for id in reports] == [True, whole, whole, whole]
        feeds = {feed.title: feed.id for feed in reader.desk.shelf.store.feeds.all()}
        opened = dict(reader.desk.shelf.store.db.rows("SELECT id, opened FROM feed WHERE opened > 0"))
        row = reader.desk.shelf.store.lists.rows(reports[:1])[0]
        assert opened == {feeds[row.source]: 1}  # a look in passing does not count


async def test_x_takes_the_open_article_out_for_good_and_u_puts_it_back(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("enter", "]", "X")
        out = reader.desk.current
        assert out is not None
        assert "taken out of its story" in reader.text("footer")
        story = reader.desk.shelf.store.lists.story
        assert story(out) == (out,)
        assert len(reader.desk.headlines.ids) == 31
        await reader.press("]")
        assert "no other source" in reader.text("footer")
        await reader.press("X")
        assert "alone already" in reader.text("footer")
        await reader.press("escape", "u")
        assert set(story(out)) == set(reports)
        assert len(reader.desk.headlines.ids) == 30
        reader.desk.open(reports[0])
        await settle(reader.pilot)
        walked = {reader.desk.current}
        for _ in range(3):
            await reader.press("]")
            walked.add(reader.desk.current)
        assert walked == set(reports)


@pytest.mark.parametrize(("keys", "rows"), [((), 31), (("down",), 33)])
async def test_on_a_folded_row_x_asks_whether_the_whole_story_comes_apart(
    tmp_path: Path, keys: tuple[str, ...], rows: int
) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("X", "escape")
        assert len(reader.desk.headlines.ids) == 30
        await reader.press("X", *keys, "enter")
        assert len(reader.desk.headlines.ids) == rows
        assert "stays so" in reader.text("footer")
        await reader.press("u")
        assert len(reader.desk.headlines.ids) == 30
        assert len(reader.desk.shelf.store.lists.story(reports[0])) == 4


async def test_on_an_unfolded_row_x_takes_just_that_one(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("e", "j", "X")
        assert reader.desk.shelf.store.lists.story(reports[1]) == (reports[1],)
        assert reader.desk.headlines.selected == reports[1]
        assert len(reader.desk.headlines.ids) == 33  # two stay below the row


async def test_a_click_on_the_number_unfolds_and_one_on_the_headline_opens(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        lines = reader.lines("headlines")
        y = next(y for y, line in enumerate(lines) if line.endswith("+3"))
        await reader.pilot.click(Headlines, offset=(len(lines[y]) - 1, y))
        await settle(reader.pilot)
        assert len(reader.desk.headlines.ids) == 33
        assert reader.desk.pane == "list"
        await reader.pilot.click(Headlines, offset=(6, y + 1))
        await settle(reader.pilot)
        assert reader.desk.current == reports[1]
        assert reader.desk.pane == "article"


async def test_where_nobody_else_tells_it_the_keys_say_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("e")
        assert "no other source" in reader.text("footer")
        await reader.press("X")
        assert "alone already" in reader.text("footer")
        await reader.press("M")
        assert "the one article" in reader.text("footer")


async def test_the_sidebar_and_the_row_name_one_number_of_sources(tmp_path: Path) -> None:
    def more(store: Store) -> list[int]:
        names = [*SOURCES, *(f"Paper {n}" for n in range(7))]
        return [tell(store, name, 5.25 + n / 9, number=500 + n) for n, name in enumerate(names)]

    async with reading(tmp_path, also=more) as reader:
        store, desk = reader.desk.shelf.store, reader.desk
        row = next(id for id in desk.headlines.ids if store.lists.rows([id])[0].others == 10)
        desk.headlines.select(row)
        await settle(reader.pilot)
        heading = next(line for line in reader.lines("related") if "Same story" in line)
        assert "10 sources" in heading


async def test_folding_below_the_cursor_shows_the_article_that_it_comes_to(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("e")
        await reader.press("j")
        assert reader.desk.current == reader.desk.headlines.selected != reports[0]
        await reader.press("e")
        assert reader.desk.current == reader.desk.headlines.selected == reports[0]
