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

from reader.tui.cells import clip
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
        segments, at = [Segment(" ", base)], 1
        for key in self._keys:
            if self._pane not in key.panes:
                continue
            name, text = shown(key.keys[0]), f" {key.hint}  "
            size = cell_len(name) + cell_len(text)
            if at + size > width:
                break
            segments += [Segment(name, self._style("key")), Segment(text, self._style("text"))]
            self._spots.append((at, at + size - 1, key.action))
            at += size
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"footer--{name}")

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked hint says."""
        for start, end, action in self._spots:
            if start <= event.x < end:
                await self.screen.run_action(action)
