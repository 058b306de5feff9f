"""The bottom line: the keys of the focused pane, or for a moment what newsread has to say."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader.tui.drawing.cells import clip
from reader.tui.keys import Key, shown

STAYS = 8.0  # seconds a message stays unless a key is pressed


class Footer(Widget):
    """Key hints; `say` puts a line of words over them."""

    COMPONENT_CLASSES = {f"footer--{name}" for name in ("key", "text", "said", "bad")}

    def __init__(self, keys: Sequence[Key], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys = tuple(key for key in keys if key.hint and key.keys)
        self._pane = "list"
        self._said = ""
        self._bad = False
        self._timer: Timer | None = None
        self._spots: list[tuple[int, int, str]] = []  # from cell, to cell, action

    @property
    def said(self) -> str:
        """The words on show, "" when the keys are."""
        return self._said

    def rebind(self, keys: Sequence[Key]) -> None:
        """Show other keys from now on."""
        self._keys = tuple(key for key in keys if key.hint and key.keys)
        self.refresh()

    def show(self, pane: str) -> None:
        """Show the keys of a pane."""
        self._pane = pane
        self.refresh()

    def say(self, words: str, *, bad: bool = False) -> None:
        """Show one line of words until a key is pressed or a while has passed."""
        self._said, self._bad = words, bad
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(STAYS, self.hush)
        self.refresh()

    @property
    def speaks(self) -> bool:
        """Whether it says something instead of the keys."""
        return bool(self._said)

    def hush(self) -> None:
        """Show the keys again."""
        if self._said:
            self._said = ""
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the words or the keys."""
        width, base = self.size.width, self.rich_style
        self._spots = []
        if y:
            return Strip.blank(width, base)
        if self._said:
            style = self._style("bad" if self._bad else "said")
            words = ("✗ " if self._bad else "") + self._said
            return Strip([Segment(" " + clip(words, width - 2), style)]).adjust_cell_length(width, style)
        *hints, last = [key for key in self._keys if self._pane in key.panes]  # help has its place always
        end = width - self._cells(last)
        segments, at = [Segment(" ", base)], 1
        for key in hints:
            if at + self._cells(key) > end:
                break
            segments += self._hint(key, at)
            at += self._cells(key)
        segments.append(Segment(" " * (end - at), base))
        return Strip([*segments, *self._hint(last, end)]).crop_extend(0, width, base)

    @staticmethod
    def _cells(key: Key) -> int:
        return cell_len(f"{shown(key.keys[0])} {key.hint}  ")

    def _hint(self, key: Key, at: int) -> list[Segment]:
        self._spots.append((at, at + self._cells(key) - 1, key.action))
        return [
            Segment(shown(key.keys[0]), self._style("key")),
            Segment(f" {key.hint}  ", self._style("text")),
        ]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"footer--{name}")

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked hint says; a click on a message makes room for the keys."""
        if self.speaks:
            self.hush()
        for start, end, action in self._spots:
            if start <= event.x < end:
                await self.screen.run_action(action)
