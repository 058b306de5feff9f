"""Catching up: what is unread as stories, marks and undo, reading one and coming back, filing the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader import library
from reader.model import ParsedFeed, View
from reader.store import Store
from reader.tui.screens.catchup import STEP, CatchUp
from reader.tui.screens.timeline import Timeline
from tests.tui.desks import EVENT, NOW, Reader, entry, reading, shown

FLOOD = "Lisbon floods force thousands from homes"
RAIN = "Heavy rain flooded Lisbon on Monday and forced thousands from home, mayor Carlos Moedas said."


def told(store: Store) -> None:
    """Three sources tell of a flood, the last one something new."""
    for number, source in enumerate(("Tagus Herald", "Sintra Post", "Belem Wire")):
        feed, _ = store.feeds.add(f"https://{number}.example/f", title=source)
        new = "<p>Engineers reopened the bridge near Almada after divers checked every pillar.</p>"
        text = f"<p>{RAIN}</p><p>The Tagus burst its banks and trains stopped.</p>{new * (number == 2)}"
        own = entry(500 + number, FLOOD, text, hours=3 - number)
        library.ingest(store, feed, ParsedFeed(title=source, entries=(own,)), now=NOW)


def over(reader: Reader) -> CatchUp:
    assert isinstance(reader.app.screen, CatchUp)
    return reader.app.screen


def unread(reader: Reader) -> int:
    return len(reader.desk.shelf.store.lists.ids(View(unread=True)))


async def test_what_is_unread_is_summed_up_the_most_covered_story_first(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        await reader.press("C")
        screen = shown(reader)
        lines = [line.strip() for line in screen.splitlines()]
        assert "19 articles are 2 stories and 14 single reports" in lines
        assert lines[5].endswith(f"● {FLOOD}")
        assert "3 sources: " in lines[6]
        assert "Tagus Herald" in lines[6]
        assert RAIN in " ".join(" ".join(lines[7:9]).replace("▌", " ").split())
        assert f"● {EVENT[0][:20]}" in screen
        assert "Esc close" in screen
        await reader.press("escape")
        assert reader.app.screen is reader.desk


async def test_whoever_was_away_sees_at_once_what_is_unread(tmp_path: Path) -> None:
    def caught_up(store: Store) -> None:
        store.marks.read(store.lists.ids(View(since=datetime.now(UTC) - timedelta(days=1))))

    async with reading(tmp_path, also=caught_up) as reader:
        await reader.press("C")
        assert over(reader).caught.span > 0
        assert "single report" in shown(reader)


async def test_keys_look_further_back_and_nearer(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        await reader.press("C", "l", "l", "l")
        assert "34 articles are 2 stories" not in shown(reader)
        assert f"{unread(reader)} articles are 2 stories" in shown(reader)
        await reader.press("l", "h", "h", "h")
        assert "19 articles are 2 stories" in shown(reader)
        await reader.pilot.click("#stories-title", offset=(31, 0))
        await reader.press("g")
        assert over(reader).caught.span == 2


async def test_enter_reads_a_story_and_the_way_back_leads_to_the_same_place(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        desk = reader.desk
        await reader.press("C", "j")
        for back in ("backspace", "escape"):
            await reader.press("enter")
            assert reader.app.screen is desk
            assert desk.pane == "article"
            assert "Sokha meets Giles" in reader.text("article")
            await reader.press(back)
            assert over(reader).list.cursor == 1
            assert over(reader).list.items[0].unread
        await reader.press("escape")
        assert reader.app.screen is desk
        assert desk.pane == "list"


async def test_what_was_read_meanwhile_is_seen_on_the_way_back(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        await reader.press("C", "enter", "M", "backspace")
        assert [item.unread for item in over(reader).list.items[:2]] == [False, True]


async def test_elsewhere_the_way_back_is_the_history_as_ever(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        await reader.press("C", "enter", "J")
        there = reader.desk.current
        await reader.press("escape")
        assert (reader.app.screen, reader.desk.pane, reader.desk.current) == (reader.desk, "list", there)


async def test_marking_following_and_undo_without_leaving(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        before = unread(reader)
        await reader.press("C", "m")
        assert unread(reader) == before - 3
        assert not over(reader).list.items[0].unread
        await reader.press("u")
        assert "taken back: story marked read (3 articles)" in shown(reader)
        assert unread(reader) == before
        assert over(reader).list.items[0].unread
        await reader.press("m", "m")
        assert unread(reader) == before
        await reader.press("j", "w")
        assert f"◆ {EVENT[0][:20]}" in shown(reader)
        await reader.press("u")
        assert "◆" not in shown(reader)
        await reader.press("w", "C", "C")
        assert over(reader).list.items[0].followed, "followed stories come first"


async def test_the_rest_is_filed_in_one_step_that_undo_takes_back(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        before = unread(reader)
        await reader.press("C", "m", "A")
        assert reader.app.screen is reader.desk
        assert reader.desk.footer.said == "16 filed as read · u takes it back"
        assert unread(reader) == before - 19
        await reader.press("u")
        assert reader.desk.footer.said == "taken back: filed the rest as read (16 articles)"
        assert unread(reader) == before - 3
        await reader.press("u")
        assert unread(reader) == before


async def test_who_is_caught_up_is_told_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("A", "C")
        assert "You are caught up." in shown(reader)
        await reader.press("h")
        assert "You are caught up with the last 7 days · l looks further back" in shown(reader)
        await reader.press("enter", "m", "w", "L", "A")
        assert "everything here is read already" in shown(reader)


async def test_a_long_tail_is_told_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.tui.screens.catchup.STEP", 4)
    async with reading(tmp_path, also=told) as reader:
        await reader.press("C", "l")
        assert "12 more" in shown(reader) or len(over(reader).list.items) == 5
        await reader.press("m", "G", "enter")  # what was read meanwhile is told no more
        assert len(over(reader).list.items) == 9
        assert over(reader).list.cursor == 3
        assert STEP >= 100


async def test_a_timeline_over_it_and_reading_a_report_from_there(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        await reader.press("C", "L")
        assert isinstance(reader.app.screen, Timeline)
        await reader.press("escape")
        await reader.press("L", "j", "enter")
        assert reader.app.screen is reader.desk
        assert "Sintra Post" in reader.text("article")
        await reader.press("backspace")
        assert over(reader).list.cursor == 0
        await reader.press("G", "L")
        assert "no other source tells this story yet" in shown(reader)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_nothing_is_cut_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, also=told, size=size) as reader:
        await reader.press("C", "G", "g", "j", "space", "b", "ctrl+d", "ctrl+u", "k")
        screen = over(reader)
        assert FLOOD[:20] in shown(reader)
        assert ("7 d  all" if size[0] < 56 else "7 days  all unread") in shown(reader)
        assert screen.list.size.height >= 6
        assert all(
            drawn.line.text == drawn.line.text[: screen.list.size.width] for drawn in screen.list._lines
        )


async def test_a_failure_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(library, "brief", broken)
    async with reading(tmp_path) as reader:
        await reader.press("C")
        assert "that did not work (OSError)" in shown(reader)


# The timeline of one story


async def test_a_timeline_has_days_times_sources_and_what_was_new(tmp_path: Path) -> None:
    async with reading(tmp_path, also=told) as reader:
        desk = reader.desk
        newest = next(id for id in desk.headlines.ids if desk.headlines.row(id).title == FLOOD)  # type: ignore[union-attr]
        desk.headlines.select(newest)
        await reader.press("w", "L")
        screen = shown(reader)
        assert "◆ followed" in screen
        assert "3 reports of 3 sources" in screen
        sentences = [item.sentence for item in reader.app.screen.list.items]  # type: ignore[attr-defined]
        assert sentences == [
            "Engineers reopened the bridge near Almada after divers checked every pillar.",
            "",
            RAIN,
        ]
        assert [item.about.split(" · ")[1] for item in reader.app.screen.list.items] == [  # type: ignore[attr-defined]
            "Belem Wire",
            "Sintra Post",
            "Tagus Herald",
        ]
        assert "Today" in screen or "Yesterday" in screen
        await reader.press("w")
        assert "◆ followed" not in shown(reader)
        await reader.press("u", "m")
        assert "◆ followed" in shown(reader)
        assert not reader.app.screen.list.items[0].unread  # type: ignore[attr-defined]
        await reader.press("j", "j", "enter")
        assert "Tagus Herald" in reader.text("article")
        await reader.press("escape")
        assert isinstance(reader.app.screen, Timeline)
        assert reader.app.screen.list.cursor == 2
        await reader.press("L")
        assert reader.app.screen is desk


async def test_an_article_alone_has_no_timeline(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("L")
        assert "no other source" in reader.desk.footer.said
        assert reader.app.screen is reader.desk


def test_a_timeline_of_what_is_gone_is_empty(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        assert library.timeline(store, 7) == ()
        told(store)
        rows = library.timeline(store, 1)
        assert [row.headline.source for row in rows] == ["Belem Wire", "Sintra Post", "Tagus Herald"]
        assert rows[0].headline.published - rows[2].headline.published == timedelta(hours=2)
