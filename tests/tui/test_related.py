from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rich.cells import cell_len
from textual.pilot import Pilot

from reader.model import Headline, Kind, Related
from reader.tui.panes.related import RelatedPane
from tests.tui.golden import PaneApp, golden, screen

NOW = datetime(2024, 6, 14, 12, tzinfo=UTC)


def related(id: int, title: str, kind: Kind, why: str = "", **more: object) -> Related:
    values: dict[str, object] = {
        "id": id,
        "feed": id,
        "source": "Mekong Wire",
        "title": title,
        "published": NOW - timedelta(hours=id),
    }
    return Related(Headline(**{**values, **more}), 0.5, kind, why)  # type: ignore[arg-type]


ROWS = (
    related(4, "Interior minister concludes Switzerland visit", "earlier", "Sokha"),
    related(1, "Sar Sokha meets Australian immigration minister", "same story", "Giles, immigration"),
    related(2, "Australia to share training", "same story", "training", source="ABC News", read=True),
    related(3, "King at a banquet", "on this page", bare=True),
    related(5, "Gates at the airport", "related", "gates", starred=True),
)
MANY = tuple(related(id, f"Headline {id}", "related", "why") for id in range(1, 21))


@asynccontextmanager
async def pane(
    rows: tuple[Related, ...] = ROWS, size: tuple[int, int] = (32, 32), *, focus: bool = True
) -> AsyncIterator[tuple[RelatedPane, Pilot[None]]]:
    app = PaneApp(RelatedPane)
    async with app.run_test(size=size) as pilot:
        shown = app.query_one(RelatedPane)
        if not focus:
            app.set_focus(None)
        shown.show(rows, NOW)
        await pilot.pause()
        yield shown, pilot


def opened(shown: RelatedPane) -> list[int]:
    app = shown.app
    assert isinstance(app, PaneApp)
    return [message.id for message in app.heard if isinstance(message, RelatedPane.Opened)]


async def test_sections_rows_ages_and_whys() -> None:
    async with pane(focus=False) as (shown, _):
        assert screen(shown) == golden("""
            | RELATED NEWS
            |
            | Same story · 2 sources ──────
            | ● Sar Sokha meets Australian
            |   immigration minister
            |   Mekong Wire · 1 h ago
            |   Giles, immigration
            |
            |   Australia to share training
            |   ABC News · 2 h ago
            |   training
            |
            | Related ─────────────────────
            | ★ Gates at the airport
            |   Mekong Wire · 5 h ago
            |   gates
            |
            | Earlier ─────────────────────
            | ● Interior minister concludes
            |   Switzerland visit
            |   Mekong Wire · 4 h ago
            |   Sokha
            |
            | On this page ────────────────
            |   King at a banquet
            |   Mekong Wire · headline only
        """)


async def test_the_cursor_is_a_bar_beside_its_row() -> None:
    async with pane() as (shown, _):
        shown.move(1)
        bars = [line for line in screen(shown).split("\n") if line.startswith("▌")]
        assert bars == ["▌  Australia to share training", "▌  ABC News · 2 h ago", "▌  training"]


async def test_unread_is_bold_and_a_bare_headline_is_italic() -> None:
    async with pane(focus=False) as (shown, _):
        styles = {
            segment.text.strip(): segment.style
            for y in range(26)
            for segment in shown.render_line(y)
            if segment.text.strip() and segment.style
        }
        assert styles["Sar Sokha meets Australian"].bold
        assert not styles["Australia to share training"].bold
        assert styles["King at a banquet"].italic


async def test_enter_asks_for_the_row_under_the_cursor() -> None:
    async with pane() as (shown, pilot):
        shown.move(1)
        shown.open_selected()
        await pilot.pause()
        assert (shown.selected, opened(shown)) == (2, [2])


async def test_a_click_opens_the_row_and_a_heading_does_nothing() -> None:
    async with pane() as (shown, pilot):
        await pilot.click(RelatedPane, offset=(5, 2))
        await pilot.click(RelatedPane, offset=(5, 18))
        assert opened(shown) == [4]


async def test_the_cursor_stops_at_both_ends_and_stays_in_sight() -> None:
    async with pane(MANY, (32, 12)) as (shown, pilot):
        shown.move(-5)
        assert (shown.selected, shown.scroll_offset.y) == (1, 0)
        shown.edge(1)
        await pilot.pause()
        assert shown.selected == 20
        assert "Headline 20" in screen(shown)
        shown.move(9)
        assert shown.selected == 20
        shown.edge(-1)
        assert shown.scroll_offset.y == 0


async def test_half_pages_move_by_what_fits() -> None:
    async with pane(MANY, (32, 24)) as (shown, _):
        shown.half(1)
        assert shown.selected == 4
        shown.half(-1)
        assert shown.selected == 1


async def test_changed_marks_move_neither_cursor_nor_page() -> None:
    async with pane(MANY, (32, 12)) as (shown, pilot):
        shown.move(11)
        before = (shown.selected, shown.scroll_offset.y)
        assert before[1] > 0
        shown.show([replace(row, headline=replace(row.headline, read=True)) for row in MANY], NOW)
        await pilot.pause()
        assert (shown.selected, shown.scroll_offset.y) == before
        shown.show(ROWS, NOW)
        assert (shown.selected, shown.scroll_offset.y) == (1, 0)


async def test_an_empty_sidebar_says_why() -> None:
    async with pane() as (shown, pilot):
        shown.show_empty("Nothing else about this yet.")
        assert screen(shown) == " RELATED NEWS\n\n Nothing else about this yet."
        shown.move(1)
        shown.half(1)
        shown.edge(1)
        shown.open_selected()
        await pilot.pause()
        assert (shown.selected, opened(shown)) == (None, [])


async def test_long_headlines_end_after_three_lines_and_long_sources_give_way_to_the_age() -> None:
    long = related(1, "Thousands of jobs " * 20, "related", source="Australian Broadcasting Corporation")
    async with pane((long,), (30, 12), focus=False) as (shown, _):
        lines = screen(shown).split("\n")[3:]
        assert len(lines) == 4
        assert lines[2].endswith("…")
        assert lines[3].endswith("… · 1 h ago")


async def test_a_narrow_sidebar_clips_nothing_and_lines_are_as_wide_as_the_pane() -> None:
    rows = (*ROWS, related(6, "柬埔寨寻求澳大利亚专业知识加强移民管理", "earlier", "ក្រុម\u200bប្រឹក្សា"))
    for width in (12, 20, 30, 36):
        async with pane(rows, (width, 60)) as (shown, _):
            widths = {shown.render_line(y).cell_length for y in range(60)}
            assert widths == {shown.scrollable_content_region.width}
            assert all(cell_len(line) <= width for line in screen(shown).split("\n"))


async def test_what_strangers_write_is_drawn_as_it_stands() -> None:
    nasty = related(1, "[b]\x1b]0;owned\x07[/r/python] \x9b2J[@click=app.quit]x[/]", "related", "[red]why")
    async with pane((nasty,), (60, 12)) as (shown, pilot):
        drawn = screen(shown)
        assert "[b][/r/python] [@click=app.quit]x[/]" in drawn
        assert "[red]why" in drawn
        assert not any(character in drawn for character in "\x1b\x07\x9d")
        await pilot.click(RelatedPane, offset=(20, 3))
        assert pilot.app.is_running
