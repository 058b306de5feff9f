"""What screens that show one list have in common: moving through it, and a bottom line to speak in."""

from __future__ import annotations

from typing import Protocol

from reader.text import one_line
from reader.tui.panes.footer import Footer
from reader.tui.styles import LINES
from reader.tui.working import WorkingScreen


class Moving(Protocol):
    """A list with a cursor."""

    def move(self, rows: int, /) -> None:
        """Go so many rows down, up when negative."""
        ...

    def half(self, direction: int, /) -> None:
        """Go half a page down (1) or up (-1)."""
        ...

    def edge(self, direction: int, /) -> None:
        """Go to the last row (1) or the first (-1)."""
        ...


class ListScreen(WorkingScreen[int | None]):
    """Returns what is to be read, or None."""

    VERTICAL_BREAKPOINTS = LINES

    @property
    def list(self) -> Moving:
        """The list."""
        raise NotImplementedError

    @property
    def footer(self) -> Footer:
        """The bottom line."""
        return self.query_exactly_one("#footer", Footer)

    def say(self, words: str, *, bad: bool = False) -> None:
        """Tell something in the bottom line."""
        if self.is_mounted:
            self.footer.say(one_line(words), bad=bad)

    def complain(self, words: str) -> None:
        """Tell what went wrong in the bottom line."""
        self.say(words, bad=True)

    def on_key(self) -> None:
        """A key makes room for the keys again."""
        self.footer.hush()

    def action_down(self) -> None:
        """Go to the next row."""
        self.list.move(1)

    def action_up(self) -> None:
        """Go to the previous row."""
        self.list.move(-1)

    def action_half_down(self) -> None:
        """Go down half a page."""
        self.list.half(1)

    def action_half_up(self) -> None:
        """Go up half a page."""
        self.list.half(-1)

    def action_top(self) -> None:
        """Go to the first row."""
        self.list.edge(-1)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.list.edge(1)
