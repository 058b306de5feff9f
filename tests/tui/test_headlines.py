from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import datetime

from textual.app import App, ComposeResult

from reader.tui.panes.headlines import PAGE, Headlines
from tests.tui.news import Rows, headline


class Harness(App[None]):
    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows
        self.opened: list[int] = []
        self.moved: list[int] = []

    def compose(self) -> ComposeResult:
        yield Headlines(self.rows, id="headlines")

    @property
    def pane(self) -> Headlines:
        return self.query_one(Headlines)

    def on_headlines_opened(self, event: Headlines.Opened) -> None:
        self.opened.append(event.id)

    def on_headlines_moved(self, event: Headlines.Moved) -> None:
        self.moved.append(event.id)

    def screen_text(self) -> list[str]:
        return [self.pane.render_line(y).text.rstrip() for y in range(self.pane.size.height)]


async def test_a_hundred_thousand_articles_ask_only_for_the_rows_in_sight() -> None:
    app = Harness(Rows(100_000))
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.show(app.rows.ids)
        app.pane.edge(1)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.pane.selected == 100_000
        assert "Headline number 100000" in "\n".join(app.screen_text())
        assert len(app.rows.asked) <= 4 * PAGE


async def test_new_articles_arrive_above_and_the_cursor_keeps_its_article_and_its_line() -> None:
    app = Harness(Rows(500))
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.show(array("q", range(100, 400)), rows=[headline(id) for id in range(100, 400)])
        app.pane.move(30)
        await pilot.pause()
        before = next(y for y, line in enumerate(app.screen_text()) if line.startswith("▌"))
        app.pane.show(array("q", range(50, 400)), rows=[headline(id) for id in range(50, 400)])
        await pilot.pause()
        assert app.pane.selected == 130
        assert next(y for y, line in enumerate(app.screen_text()) if line.startswith("▌")) == before


async def test_the_cursor_stays_at_its_height_when_its_article_is_gone() -> None:
    app = Harness(Rows(10))
    async with app.run_test(size=(60, 20)):
        app.pane.show(array("q", [1, 2, 3, 4]))
        app.pane.move(2)
        app.pane.show(array("q", [1, 2, 4]))
        assert app.pane.selected == 4
        app.pane.show(array("q"), nothing="Nothing found")
        assert app.pane.selected is None
        assert "  Nothing found" in app.screen_text()


async def test_each_day_has_its_heading_and_a_click_opens_the_row_under_it() -> None:
    app = Harness(Rows(100))
    async with app.run_test(size=(60, 20)) as pilot:
        rows = [headline(id) for id in range(1, 41)]
        today = datetime.now().astimezone().date()
        days = [(0, today), (3, today.replace(year=today.year - 1, day=1))]
        app.pane.show(array("q", range(1, 41)), rows=rows, days=days)
        await pilot.pause()
        text = app.screen_text()
        assert text[0].startswith(" Today ─")
        assert text[1].endswith("Headline number 1")
        assert str(today.year - 1) in text[7]
        assert text[8].endswith("Headline number 4")
        await pilot.click(Headlines, offset=(10, 9))
        assert app.opened == [4]
        await pilot.click(Headlines, offset=(10, 3))
        assert app.opened == [4, 2]


async def test_unread_starred_and_other_sources_are_told_by_more_than_colour() -> None:
    app = Harness(Rows(5))
    async with app.run_test(size=(60, 20)):
        rows = [headline(1), headline(2, read=True), headline(3, starred=True, others=4)]
        app.pane.show(array("q", [1, 2, 3]), rows=rows)
        text = app.screen_text()
        assert text[0] == "▌● Headline number 1"
        assert text[2] == "   Headline number 2"
        assert text[4] == " ★ Headline number 3"
        assert text[5].endswith("· +4")


async def test_markup_and_controls_in_a_headline_are_only_text() -> None:
    app = Harness(Rows(5))
    async with app.run_test(size=(80, 20)):
        app.pane.show(array("q", [1]), rows=[headline(1, "[@click=app.quit]x[/] \x1b]0;boo\x07\x9b2J end")])
        assert app.screen_text()[0] == "▌● [@click=app.quit]x[/] end"


async def test_wide_characters_never_push_a_row_out_of_its_width() -> None:
    app = Harness(Rows(5))
    async with app.run_test(size=(31, 20)):
        app.pane.show(
            array("q", [1]), rows=[headline(1, "日本語の見出し：首相が新計画を発表しました 👩‍👩‍👧‍👦")]
        )
        width = app.pane.scrollable_content_region.width
        assert app.pane.render_line(0).cell_length == width
        assert "…" in app.screen_text()[0]


async def test_in_a_narrow_row_the_source_keeps_its_name_and_what_is_unread_its_figure() -> None:
    app = Harness(Rows(5))
    async with app.run_test(size=(30, 20)):
        row = replace(headline(1, read=True, others=4), source="Phnom Penh Daily", waiting=11)
        app.pane.show(array("q", [1]), rows=[row])
        below = app.screen_text()[1].strip()
        assert below.startswith("▌  Phnom")
        assert below.endswith("· +4 · ●11")
    async with Harness(Rows(5)).run_test(size=(60, 20)) as pilot:
        pilot.app.pane.show(array("q", [1]), rows=[row])
        assert pilot.app.screen_text()[1].strip().endswith("· +4 sources · 11 unread")
