"""Rows of several lines under headings, with a cursor: the sidebar and the lists of stories over the desk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui.drawing.paint import Paint
from reader.tui.panes.extent import extend
from reader.tui.typeset.lines import Ink, Line, Run
from reader.tui.typeset.sidebar import Drawn

TALLEST = 24  # lines of a row


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws what `laid` gives; its holder calls `move`, `half`, `edge`, `open_selected` for its keys."""

    COMPONENT_CLASSES = {
        f"related--{name}"
        for name in (
            *("text", "title", "section", "rule", "unread", "read", "bare", "meta", "why"),
            *("mark", "star", "cursor", "empty"),
        )
    }

    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Drawn] = []
        self._tops: list[int] = []  # the first line of each row
        self._paint: Paint | None = None

    def laid(self, width: int) -> Iterable[Drawn]:
        """Return the lines at a width; rows are numbered from 0."""
        raise NotImplementedError

    def open_selected(self) -> None:
        """Ask for what is under the cursor."""
        raise NotImplementedError

    def begin(self, cursor: int = 0) -> None:
        """Show other rows, the cursor on one of them."""
        self._set()
        self.set_reactive(RowList.cursor, self.validate_cursor(cursor))
        self._scroll(0)
        self._reveal()
        self.refresh()

    def lay_anew(self) -> None:
        """Show the same rows with other marks: nothing moves."""
        self._set()
        self.refresh()

    # Moving

    def move(self, rows: int) -> None:
        """Move the cursor by rows, stopping at the ends."""
        self.cursor += rows

    def half(self, direction: int) -> None:
        """Move the cursor by about half a page, at least one row."""
        if not self._tops:
            return
        half = self.scrollable_content_region.height // 2
        row = self._row_near(self._tops[self.cursor] + direction * half)
        self.cursor = row if row != self.cursor else self.cursor + direction

    def edge(self, direction: int) -> None:
        """Go to the first row (-1) or the last (1)."""
        self.cursor = 0 if direction < 0 else len(self._tops) - 1

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._tops) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Bring the row into sight and repaint the two concerned."""
        self._reveal()
        self._repaint(old)
        self._repaint(new)

    # Lines

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = list(self.laid(width))
        self._tops, last = [], -1
        for at, drawn in enumerate(self._lines):
            if drawn.row is not None and drawn.row > last:
                self._tops.append(at)
                last = drawn.row
        extend(self, Size(width, len(self._lines)))

    def _row_near(self, line: int) -> int:
        return max(bisect_right(self._tops, line) - 1, 0)

    def _extent(self, row: int) -> tuple[int, int]:
        top = self._tops[row]
        height = sum(1 for drawn in self._lines[top : top + TALLEST] if drawn.row == row)
        return top, height

    def _reveal(self) -> None:
        page = self.scrollable_content_region.height
        if not self._tops or not page:  # not in sight yet: there is nothing to scroll in
            return
        top, height = self._extent(self.cursor)
        first = top - 1 if top and self._lines[top - 1].line.runs else top  # its section's heading
        if first < self.scroll_offset.y:
            self._scroll(0 if self.cursor == 0 else first)
        elif top + height > self.scroll_offset.y + page:
            self._scroll(min(top + height - page, first))

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)

    def _repaint(self, row: int) -> None:
        if row < len(self._tops):
            top, height = self._extent(row)
            self.refresh(Region(0, top - self.scroll_offset.y, self.size.width, height))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        paint = self._paint = self._paint or Paint(self, "related")
        width = self.scrollable_content_region.width
        if width != self.virtual_size.width:
            self.call_next(self.on_resize)  # a border came or went: Textual tells no one
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            return paint.strip(Line(()), width)
        drawn = self._lines[index]
        if drawn.row != self.cursor or drawn.row is None or not self.has_focus:
            return paint.strip(drawn.line, width)
        runs = (Run("▌", Ink("mark")), *drawn.line.runs[1:])
        return paint.strip(Line(runs), width, ground="cursor")

    # Events

    def notify_style_update(self) -> None:
        """Mix the colours anew."""
        super().notify_style_update()
        self._paint = None

    def on_resize(self) -> None:
        """Wrap anew and keep the cursor in sight."""
        self._set()
        self._reveal()
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._repaint(self.cursor)

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._repaint(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Open the clicked row."""
        index = event.y + self.scroll_offset.y
        if index < len(self._lines) and (row := self._lines[index].row) is not None:
            self.cursor = row
            self.open_selected()
