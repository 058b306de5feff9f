"""The headline list: a window over article ids that pages its rows in.

It holds ids (8 bytes an article) and a few hundred rows, so that 100,000 articles cost what 100 do.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import Worker

from reader.model import Headline
from reader.query import Hits
from reader.records import dataclass
from reader.tui.drawing.cells import clip
from reader.tui.drawing.inks import Inks
from reader.tui.drawing.times import clock, day
from reader.tui.panes.days import ROW, DayLines
from reader.tui.panes.extent import extend
from reader.tui.panes.pages import PAGE, Pages, Rows
from reader.tui.panes.rows import NONE, Row


class Headlines(ScrollView, can_focus=True, inherit_bindings=False):
    """The list of headlines: two lines a row, a heading above each day."""

    DEFAULT_CSS = "Headlines { overflow-x: hidden; overflow-y: auto; }"
    COMPONENT_CLASSES = {
        f"headlines--{name}"
        for name in (
            *("title", "read", "meta", "unread", "star", "more", "guide"),
            *("day", "cursor", "idle", "hit", "empty"),
        )
    }

    cursor: reactive[int] = reactive(0, repaint=False)
    followed: reactive[frozenset[int]] = reactive(frozenset())  # the articles of followed stories

    @dataclass
    class Moved(Message):
        """The cursor is on another article."""

        id: int

    @dataclass
    class Opened(Message):
        """The reader wants to read this article."""

        id: int

    @dataclass
    class Unfolded(Message):
        """The reader wants to see who else tells this story, or no more."""

        id: int

    def __init__(self, rows: Rows, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pages = Pages(rows)
        self._ids: array[int] = array("q")
        self._lines = DayLines()
        self._under: Mapping[int, int] = {}
        self._hits = Hits()
        self._nothing = ""
        self._inks = Inks(self, "headlines")

    # What is shown

    def show(
        self,
        ids: array[int],
        *,
        days: Sequence[tuple[int, date]] = (),
        rows: Iterable[Headline] = (),
        under: Mapping[int, int] | None = None,
        placed: Mapping[int, int] | None = None,
        instead: int | None = None,
        hits: Hits = NONE,
        nothing: str = "",
    ) -> None:
        """Show these articles, the cursor staying on its article, and that on its line.

        `days`: (first row, day) for each local day; `rows`: those at hand; `under`: the row that each
        article of an unfolded story stands below; `placed`: the newest report of each folded story's row;
        `instead`: the article for the cursor where its own is not among them; `hits`: what to highlight;
        `nothing`: the words for an empty list.
        """
        held = self.selected
        offset = self._lines.line(self.cursor) - self.scroll_offset.y if held is not None else 0
        place = self.place(ids, instead)
        self._ids, self._under, self._hits, self._nothing = ids, under or {}, hits, nothing
        self._lines = DayLines.of(len(ids), list(days))
        self._pages.begin(rows, placed or {})
        self._resize()
        self.set_reactive(Headlines.cursor, place)
        if held is not None:
            self._scroll_y(self._lines.line(self.cursor) - offset)
        self._reveal()
        self.refresh()

    def remark(self, marked: Callable[[Headline], Headline]) -> None:
        """Show changed marks."""
        self._pages.keep([marked(row) for row in self._pages.all()])
        self.refresh()

    @property
    def ids(self) -> array[int]:
        """The ids shown, in order."""
        return self._ids

    @property
    def selected(self) -> int | None:
        """The id under the cursor."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else None

    def row(self, id: int) -> Headline | None:
        """Return a row if it is at hand."""
        return self._pages.get(id)

    @property
    def unfolded(self) -> bool:
        """Whether a story stands unfolded."""
        return bool(self._under)

    def owner(self, id: int) -> int | None:
        """Return the row that an article of an unfolded story stands below; None for every other."""
        return self._under.get(id)

    def place(self, ids: array[int], instead: int | None = None) -> int:
        """Return the row of the cursor's article among `ids`, else of `instead`, else the same row."""
        for id in (self.selected, instead):
            if id is not None and id in ids:
                return ids.index(id)
        return max(0, min(self.cursor, len(ids) - 1))

    # Moving

    def select(self, id: int) -> bool:
        """Put the cursor on an article; False if it is not in the list."""
        if there := id in self._ids:
            self.cursor = self._ids.index(id)
        return there

    def move(self, rows: int) -> None:
        """Move the cursor by rows, stopping at the ends."""
        self.cursor += rows

    def half(self, direction: int) -> None:
        """Move the cursor by half a page."""
        self.move(direction * max(1, self.size.height // (2 * ROW)))

    def edge(self, direction: int) -> None:
        """Go to the top (-1) or the bottom (1)."""
        self.cursor = 0 if direction < 0 else len(self._ids) - 1

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, len(self._ids) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows concerned and tell the desk."""
        self._reveal()
        self._repaint(old)
        self._repaint(new)
        if (selected := self.selected) is not None:
            self.post_message(self.Moved(selected))

    # Rows and lines

    def _resize(self) -> None:
        extend(self, Size(self.scrollable_content_region.width, self._lines.height))

    def _scroll_y(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)

    def _reveal(self) -> None:
        if not self._ids:
            return
        top, height = self._lines.line(self.cursor), self.scrollable_content_region.height
        first = top - 1 if self._lines.heading(self.cursor) else top
        if first < self.scroll_offset.y:
            self._scroll_y(first)
        elif top + ROW > self.scroll_offset.y + height:
            self._scroll_y(top + ROW - height)

    def _repaint(self, row: int) -> None:
        y = self._lines.line(row) - self.scroll_offset.y
        self.refresh(Region(0, y, self.size.width, ROW))

    def _want(self, row: int) -> None:
        if (page := self._pages.wanted(row)) is not None:
            load = partial(self._load, self._ids[page])
            _: Worker[None] = self.run_worker(load, group="rows", exit_on_error=False)

    async def _load(self, ids: Sequence[int]) -> None:
        await self._pages.load(ids, self._ids[max(0, self.cursor - PAGE) : self.cursor + PAGE])
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.scrollable_content_region.width
        if not self._ids:
            return self._empty_line(y, width)
        row, line = self._lines.at(y + self.scroll_offset.y)
        if row >= len(self._ids):
            return Strip.blank(width, self._inks.ground())
        if line < 0:
            return self._day_line(row, width)
        styles = partial(self._inks.style, ground=self._ground(row))
        headline = self._pages.get(self._ids[row])
        if headline is None:
            self._want(row)
            segments = [Segment("   ·", styles("meta"))] if line == 0 else []
        else:
            drawn = self._row(headline, row)
            segments = drawn.meta(width, styles) if line else drawn.title(width, styles)
        for near in (row + PAGE // 4, row - PAGE // 4):
            if 0 <= near < len(self._ids) and self._pages.get(self._ids[near]) is None:
                self._want(near)
        return Strip(segments).adjust_cell_length(width, self._inks.ground(self._ground(row)))

    def _ground(self, row: int) -> str:
        """Return the component that gives a row its background; "" for the pane's own."""
        if row != self.cursor:
            return ""
        return "cursor" if self.has_focus else "idle"

    def _row(self, headline: Headline, row: int) -> Row:
        owner = self._under.get(headline.id)
        when = self._pages.when(headline)
        return Row(
            headline,
            clock(when, datetime.now(UTC), dated=self._lines.day(row) != day(when)),
            guide="" if owner is None else "╰" if self._owner_of(row + 1) != owner else "│",
            unfolded=self._owner_of(row + 1) == headline.id,
            followed=headline.id in self.followed,
            cursor=row == self.cursor,
            hits=self._hits,
        )

    def _owner_of(self, row: int) -> int | None:
        return self._under.get(self._ids[row]) if row < len(self._ids) else None

    def _day_line(self, row: int, width: int) -> Strip:
        style = self.get_component_rich_style("headlines--day")
        words = f" {self._lines.heading(row)} "
        return Strip([Segment(words + "─" * max(0, width - len(words) - 1) + " ", style)])

    def _empty_line(self, y: int, width: int) -> Strip:
        words = clip(self._nothing, width - 4) if y == 1 else ""
        segments = [Segment(f"  {words}", self._inks.style("empty"))]
        return Strip(segments).adjust_cell_length(width, self._inks.ground())

    # Events

    def notify_style_update(self) -> None:
        """Mix the colours anew."""
        super().notify_style_update()
        self._inks.clear()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._resize()
        self._reveal()

    def on_focus(self) -> None:
        """The cursor row changes its colour."""
        self._repaint(self.cursor)

    on_blur = on_focus

    def on_click(self, event: events.Click) -> None:
        """Open the clicked article; a click on its `+N` unfolds its story."""
        row, line = self._lines.at(event.y + self.scroll_offset.y)
        if row >= len(self._ids):
            return
        self.cursor, id = row, self._ids[row]
        on_more = line == 1 and event.x in self._more_at(row)
        self.post_message(self.Unfolded(id) if on_more else self.Opened(id))

    def _more_at(self, row: int) -> range:
        """Return the cells of a row's `+N`, none where it has none."""
        if (headline := self._pages.get(self._ids[row])) is None:
            return range(0)
        width = self.scrollable_content_region.width
        *before, more = self._row(headline, row).meta(width, self._inks.style)
        start = sum(segment.cell_length for segment in before)
        return range(start, start + more.cell_length)
