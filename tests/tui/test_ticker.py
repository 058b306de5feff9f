from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from reader.model import Headline
from reader.tui.drawing.tape import GAP, Tape
from reader.tui.panes import ticker as module
from reader.tui.panes.ticker import Ticker
from tests.tui.news import headline


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", clock)
    return clock


class Harness(App[None]):
    AUTO_FOCUS = None

    def __init__(self, *, still: bool = False) -> None:
        super().__init__()
        self.still = still
        self.opened: list[Headline] = []

    def compose(self) -> ComposeResult:
        ticker = Ticker(still=self.still)
        ticker.styles.height = 1
        yield ticker

    @property
    def pane(self) -> Ticker:
        return self.query_one(Ticker)

    def line(self) -> str:
        return self.pane.render_line(0).text

    def on_ticker_opened(self, event: Ticker.Opened) -> None:
        self.opened.append(event.headline)


NEWS = [headline(id, f"Headline {id} with enough words to be longer than the line") for id in range(1, 4)]


async def test_it_moves_with_the_clock_by_whole_cells_and_goes_round(clock: Clock) -> None:
    app = Harness()
    async with app.run_test(size=(50, 5)):
        app.pane.show(NEWS)
        assert app.line().startswith("▸ Headline 1 with")
        clock.now += 1
        assert app.line().startswith("▸  1 with enough")  # 8 cells a second
        clock.now += 0.05
        assert app.line().startswith("▸  1 with enough")
        clock.now += (3 * len(NEWS[0].title) + 3 * len(GAP)) / 8
        assert app.line().startswith("▸  1 with enough")


async def test_it_stands_while_focused_and_the_arrows_step_by_headline(clock: Clock) -> None:
    app = Harness()
    async with app.run_test(size=(50, 5)) as pilot:
        app.pane.show(NEWS)
        clock.now += 1
        app.pane.focus()
        await pilot.pause()
        clock.now += 5
        assert app.line().startswith("▸ Headline 1 with")
        app.pane.step(1)
        assert app.line().startswith("▸ Headline 2 with")
        app.pane.step(-2)
        assert app.line().startswith("▸ Headline 3 with")
        assert app.pane.under == NEWS[2]


async def test_what_fits_stands_still(clock: Clock) -> None:
    app = Harness()
    async with app.run_test(size=(80, 5)):
        app.pane.show([headline(1, "One"), headline(2, "Two")])
        before = app.line()
        clock.now += 10
        assert app.line() == before
        assert before.rstrip() == f"▸ One{GAP}Two"
        assert app.pane._timer is None


async def test_reduced_motion_never_slides(clock: Clock) -> None:
    app = Harness(still=True)
    async with app.run_test(size=(50, 5)):
        app.pane.show(NEWS)
        clock.now += 3
        assert app.line().startswith("▸ Headline 1 with")
        app.pane._tick()
        assert app.line().startswith("▸ Headline 2 with")


async def test_a_click_opens_the_headline_under_the_mouse() -> None:
    app = Harness()
    async with app.run_test(size=(80, 5)) as pilot:
        app.pane.show([headline(1, "One"), headline(2, "Two")])
        await pilot.click(Ticker, offset=(len("▸ One") + len(GAP), 0))
        assert [opened.title for opened in app.opened] == ["Two"]


async def test_new_headlines_do_not_make_the_passing_one_jump(clock: Clock) -> None:
    app = Harness()
    async with app.run_test(size=(50, 5)):
        app.pane.show(NEWS)
        clock.now += 10
        before = app.line()
        app.pane.show([headline(9, "Something newer that stands before them all"), *NEWS])
        assert app.line()[:30] == before[:30]


async def test_hidden_it_has_no_timer() -> None:
    app = Harness()
    async with app.run_test(size=(50, 5)) as pilot:
        app.pane.show(NEWS)
        await pilot.pause()
        assert app.pane._timer is not None
        app.pane.display = False
        await pilot.pause()
        assert app.pane._timer is None
        app.pane.display = True
        await pilot.pause()
        assert app.pane._timer is not None


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.integers(0, 500), st.integers(1, 60))
def test_every_window_is_exactly_as_wide_as_asked(titles: list[str], start: int, width: int) -> None:
    tape = Tape([headline(id, title) for id, title in enumerate(titles)])
    runs = tape.window(start % len(tape), width)
    assert cell_len("".join(text for text, _ in runs)) == width


async def test_a_pause_stands_until_it_is_taken_back_and_costs_nothing(clock: Clock) -> None:
    app = Harness()
    async with app.run_test(size=(50, 5)):
        app.pane.show(NEWS)
        clock.now += 1
        assert app.pane.pause()
        assert app.pane._timer is None
        assert app.line().startswith("‖  1 with enough")
        clock.now += 60
        assert app.line().startswith("‖  1 with enough")
        assert not app.pane.pause()
        clock.now += 1
        assert app.line().startswith("▸ enough words")


async def test_what_has_not_passed_comes_before_what_has(clock: Clock) -> None:
    app = Harness()
    async with app.run_test(size=(50, 5)):
        app.pane.show(NEWS)
        app.line()
        app.pane.step(1)
        app.line()  # the first has passed, the second passes
        new = headline(9, "A headline that came in the meantime and is long enough")
        app.pane.show([new, *NEWS])
        assert [each.id for each in app.pane.headlines] == [2, 9, 3, 1]
        assert app.line().startswith("▸ Headline 2 with")
        app.pane.show([NEWS[2], NEWS[0]])  # what passed is gone
        assert [each.id for each in app.pane.headlines] == [3, 1]
        assert app.pane.beginning().text[:12] == f"▸ {NEWS[2].title}"[:12]
        app.pane.show([NEWS[0], NEWS[2]])
        assert app.line()[:12] == f"▸ {NEWS[2].title}"[:12]
        assert app.pane.beginning().text[:12] == f"▸ {NEWS[0].title}"[:12]


async def test_only_so_many_are_remembered_as_passed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEEN_MAX", 2)
    app = Harness()
    async with app.run_test(size=(50, 5)):
        app.pane.show(NEWS)
        for _ in range(8):
            app.line()
            app.pane.step(1)
        assert len(app.pane._seen) == 2
