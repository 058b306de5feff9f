"""The list of subscriptions: one line each, drawn when it is in sight, so that thousands scroll like ten."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from reader.records import dataclass
from reader.tui.drawing.cells import clip
from reader.tui.drawing.inks import Inks
from reader.tui.panes.extent import extend
from reader.tui.panes.feedrows import GAP, Column, FeedRow, cell, columns
from reader.tui.panes.rows import CURSOR

EDGE = 4  # cells before the columns: the cursor, a mark, their gaps


class FeedHead(Widget):
    """The names of the columns; a click sorts by one."""

    COMPONENT_CLASSES = {"feedhead--name", "feedhead--sorted"}

    @dataclass
    class Chosen(Message):
        """The reader wants the list sorted by this column."""

        column: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sorted = "name"
        self._spots: list[tuple[range, str]] = []

    def show(self, by: str) -> None:
        """Mark the column that the list is sorted by."""
        self._sorted = by
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the names."""
        width, plain = self.size.width, self.rich_style
        segments, at = [Segment(" " * EDGE, plain)], EDGE
        self._spots = []
        for column, cells in columns(width - EDGE - 1) if y == 0 else ():
            here = column.name == self._sorted
            style = self.get_component_rich_style(f"feedhead--{'sorted' if here else 'name'}")
            segments.append(Segment(aligned(column.title + " ▾" * here, column, cells), style))
            segments.append(Segment(" " * GAP, plain))
            self._spots.append((range(at, at + cells + GAP), column.name))
            at += cells + GAP
        return Strip(segments).adjust_cell_length(width, plain)

    def on_click(self, event: events.Click) -> None:
        """Sort by the clicked column."""
        for cells, column in self._spots:
            if event.x in cells:
                self.post_message(self.Chosen(column))


class FeedList(ScrollView, can_focus=True, inherit_bindings=False):
    """A cursor over the subscriptions."""

    DEFAULT_CSS = "FeedList { overflow-x: hidden; overflow-y: scroll; }"
    COMPONENT_CLASSES = {
        f"feedlist--{name}" for name in ("title", "text", "unread", "mark", "bad", "cursor", "empty")
    }

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor is on another feed, or the feed under it has changed."""

    @dataclass
    class Opened(Message):
        """The reader wants to read this feed."""

        row: FeedRow

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[FeedRow] = ()
        self._nothing = ""
        self._inks = Inks(self, "feedlist")

    def show(self, rows: Sequence[FeedRow], *, nothing: str, top: bool = False) -> None:
        """Show these rows, the cursor staying on its feed; `top`: begin at the top."""
        held = None if self.selected is None or top else self.selected.feed.id
        self._rows, self._nothing = rows, nothing
        place = 0 if top else self.cursor
        place = next((at for at, row in enumerate(rows) if row.feed.id == held), place)
        extend(self, Size(self.scrollable_content_region.width, len(rows)))
        self.set_reactive(FeedList.cursor, self.validate_cursor(place))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def selected(self) -> FeedRow | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return len(self._rows)

    def select(self, feed: int) -> None:
        """Put the cursor on a feed, if it is shown."""
        self.cursor = next((at for at, row in enumerate(self._rows) if row.feed.id == feed), self.cursor)

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.cursor += rows

    def half(self, direction: int) -> None:
        """Move the cursor by half a page."""
        self.move(direction * max(1, self.size.height // 2))

    def edge(self, direction: int) -> None:
        """Go to the first row (-1) or the last (1)."""
        self.cursor = 0 if direction < 0 else len(self._rows) - 1

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows concerned and tell the screen."""
        self._reveal()
        for row in (old, new):
            self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))
        self.post_message(self.Moved())

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=max(0, y), animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, at = self.scrollable_content_region.width, y + self.scroll_offset.y
        if not self._rows and y == 0:
            segments = [Segment(f"    {clip(self._nothing, width - 6)}", self._inks.style("empty"))]
            return Strip(segments).adjust_cell_length(width, self._inks.ground())
        if at >= len(self._rows):
            return Strip.blank(width, self._inks.ground())
        row, ground = self._rows[at], "cursor" if at == self.cursor else ""
        mark = self._inks.style("bad" if row.state.bad else "mark", ground)
        segments = [Segment(CURSOR if ground else " ", self._inks.style("mark", ground))]
        segments.append(Segment(f" {row.state.mark} ", mark))
        for column, cells in columns(width - EDGE):
            style = self._inks.style(_ink(row, column), ground)
            segments.append(Segment(aligned(cell(row, column), column, cells) + " " * GAP, style))
        return Strip(segments).adjust_cell_length(width, self._inks.ground(ground))

    def notify_style_update(self) -> None:
        """Mix the colours anew."""
        super().notify_style_update()
        self._inks.clear()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        extend(self, Size(self.scrollable_content_region.width, len(self._rows)))
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row; a second click opens its feed."""
        at = event.y + self.scroll_offset.y
        if at >= len(self._rows):
            return
        if event.chain > 1:
            self.post_message(self.Opened(self._rows[at]))
        self.cursor = at


def aligned(text: str, column: Column, cells: int) -> str:
    """Return text in so many cells."""
    text = clip(text, cells)
    room = " " * (cells - cell_len(text))
    return room + text if column.right else text + room


def _ink(row: FeedRow, column: Column) -> str:
    if column.name == "state" and row.state.bad:
        return "bad"
    if column.name == "unread":
        return "unread"
    return "title" if column.name == "name" and row.feed.unread else "text"
