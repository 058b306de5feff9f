"""The status bar: what is shown, how much of it, how fresh; during a refresh, how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.model import Counts
from reader.records import dataclass
from reader.text import ago
from reader.tui.drawing.cells import clip

NAME = " newsread "
DOT = " · "
BAR = 12  # cells of the progress bar
STOPS = "Esc stops"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is."""

    done: int = 0
    total: int = 0
    new: int = 0


class StatusBar(Widget):
    """The top line."""

    COMPONENT_CLASSES = {f"statusbar--{name}" for name in ("name", "view", "meta", "done", "todo", "bad")}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: tuple[str, ...] = ()
        self._counts = Counts()
        self._local = False
        self._found = ""
        self._progress: Progress | None = None
        self._spots: list[tuple[int, int, str]] = []

    def show(
        self,
        view: Sequence[str],
        counts: Counts,
        *,
        local: bool,
        found: int | None = None,
        cut: bool = False,
    ) -> None:
        """Show what is being read (narrowing from left to right) and the library's counts.

        `local`: the sources were opened for a moment, so that feeds and freshness say nothing; `found`: how
        many rows a search or filter has left, None without one; `cut`: a search found more than these.
        """
        self._view, self._counts, self._local = tuple(view), counts, local
        self._found = "" if found is None else f"{'the latest ' if cut else ''}{found:,} found"
        self.refresh()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far the refresh is, or None when there is none."""
        self._progress = progress
        self.refresh()

    def _facts(self, room: int) -> list[tuple[str, str]]:
        """Return the parts of the right side, the least important left out until they fit into `room`."""
        if self._progress is not None:
            return self._progress_facts(self._progress, room)
        facts, failing = self._counted(), self._counts.failing
        bad = f"! {'1 feed' if failing == 1 else f'{failing} feeds'} failing  " if failing else ""
        while len(facts) > 1 and cell_len(bad + DOT.join(facts)) >= room:
            facts.pop()
        if bad and cell_len(bad + facts[0]) >= room:
            bad = f"! {failing}  "
        return [("bad", bad), ("meta", DOT.join(facts) + " ")]

    @staticmethod
    def _progress_facts(progress: Progress, room: int) -> list[tuple[str, str]]:
        full = BAR * progress.done // max(1, progress.total)
        facts = [f" {progress.done} of {progress.total} feeds", f"{progress.new:,} new", STOPS]
        bar = [("done", "━" * full), ("todo", "━" * (BAR - full))]
        while len(facts) > 1 and BAR + cell_len(DOT.join(facts)) >= room:
            facts.pop()
        if BAR + cell_len(facts[0]) >= room:
            bar = []
        return [*bar, ("meta", DOT.join(facts) + " ")]

    def _counted(self) -> list[str]:
        counts = self._counts
        facts = [self._found] if self._found else []
        facts.append(f"{counts.unread:,} unread")
        if not self._local:
            facts.append("1 feed" if counts.feeds == 1 else f"{counts.feeds:,} feeds")
            if counts.updated:
                facts.append(f"updated {ago(counts.updated, datetime.now(UTC))}")
        return facts

    def render_line(self, y: int) -> Strip:
        """Draw the bar: name and view on the left, facts on the right."""
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        room = width - cell_len(NAME) - 2
        view = " › ".join(self._view)
        facts = self._facts(room - min(cell_len(view), room // 2))
        taken = sum(cell_len(text) for _, text in facts)
        view = clip(view, max(0, room - taken))
        left = [Segment(NAME, self._style("name")), Segment(f" {view}", self._style("view"))]
        space = max(1, width - cell_len(NAME) - 1 - cell_len(view) - taken)
        right = [Segment(text, self._style(name)) for name, text in facts]
        self._spots = list(_spots(facts, width - taken))
        return Strip([*left, Segment(" " * space, base), *right]).crop_extend(0, width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"statusbar--{name}")

    async def on_click(self, event: events.Click) -> None:
        """Show what failed, or stop a refresh, where that is clicked."""
        for start, end, action in self._spots:
            if start <= event.x < end:
                await self.screen.run_action(action)

    def on_mount(self) -> None:
        """Let the freshness age."""
        self.set_interval(60, self.refresh)


def _spots(facts: Sequence[tuple[str, str]], at: int) -> Iterator[tuple[int, int, str]]:
    """Yield from where to where a click does what: on what fails, and on the words that stop a refresh."""
    for name, text in facts:
        end = at + cell_len(text)
        if name == "bad" and text:
            yield at, end, "failures"
        elif text.rstrip().endswith(STOPS):
            yield end - len(STOPS) - 1, end, "back"
        at = end
