"""The headline list: a window over article ids that pages its rows in.

It holds ids (8 bytes an article) and a few hundred rows, so that 100,000 articles cost what 100 do.
"""

from __future__ import annotations

from array import array
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.model import Headline
from reader.tui.cells import clip, emphasised
from reader.tui.days import ROW, DayLines
from reader.tui.extent import extend
from reader.tui.inks import Inks
from reader.tui.times import clock

PAGE = 200  # rows fetched at once: under 2 ms, and several screens
KEPT = 4_000  # rows remembered before the distant ones are forgotten

Rows = Callable[[Sequence[int]], Awaitable[list[Headline]]]
"""Fetches the rows of the given ids; those that are gone are left out."""


class Headlines(ScrollView, can_focus=True, inherit_bindings=False):
    """The list of headlines: two lines a row, a heading above each day."""

    DEFAULT_CSS = "Headlines { overflow-x: hidden; overflow-y: auto; }"
    COMPONENT_CLASSES = {
        f"headlines--{name}"
        for name in (
            *("title", "read", "meta", "unread", "star", "more"),
            *("day", "cursor", "idle", "hit", "empty"),
        )
    }

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor is on another article."""

        id: int

    @dataclass
    class Opened(Message):
        """The reader wants to read this article."""

        id: int

    def __init__(self, rows: Rows, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fetch = rows
        self._ids: array[int] = array("q")
        self._rows: dict[int, Headline] = {}
        self._asked: set[int] = set()
        self._lines = DayLines()
        self._hits: tuple[str, ...] = ()
        self._nothing = ""
        self._inks = Inks(self, "headlines")

    # What is shown

    def show(
        self,
        ids: array[int],
        *,
        days: Sequence[tuple[int, date]] = (),
        rows: Iterable[Headline] = (),
        hits: tuple[str, ...] = (),
        nothing: str = "",
    ) -> None:
        """Show these articles, the cursor staying on its article and that article on its line.

        `days`: (first row, day) for each local day, or none for no headings; `rows`: those already
        at hand; `hits`: casefolded words to highlight; `nothing`: the words for an empty list.
        """
        held = self.selected
        offset = self._lines.line(self.cursor) - self.scroll_offset.y if held is not None else 0
        place = self.place(ids)
        self._ids, self._hits, self._nothing = ids, hits, nothing
        self._lines = DayLines.of(len(ids), list(days))
        if len(self._rows) > KEPT:
            self._rows.clear()
        self._rows.update((row.id, row) for row in rows)
        self._asked.clear()
        self._resize()
        self.set_reactive(Headlines.cursor, place)
        if held is not None:
            self._scroll_y(self._lines.line(self.cursor) - offset)
        self._reveal()
        self.refresh()

    def update(self, rows: Iterable[Headline]) -> None:
        """Replace rows whose marks have changed."""
        self._rows.update((row.id, row) for row in rows)
        self.refresh()

    def remark(self, marked: Callable[[Headline], Headline]) -> None:
        """Show changed marks."""
        self.update([marked(row) for row in self._rows.values()])

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
        return self._rows.get(id)

    def place(self, ids: array[int]) -> int:
        """Return the row of the cursor's article among `ids`; the same row when it is not there."""
        if (held := self.selected) is not None and held in ids:
            return ids.index(held)
        return max(0, min(self.cursor, len(ids) - 1))

    # Moving

    def select(self, id: int) -> bool:
        """Put the cursor on an article; False if it is not in the list."""
        try:
            self.cursor = self._ids.index(id)
        except ValueError:
            return False
        return True

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
        page = row // PAGE
        if page in self._asked:
            return
        self._asked.add(page)
        self.run_worker(self._load(self._ids[page * PAGE : (page + 1) * PAGE]), group="rows")

    async def _load(self, ids: Sequence[int]) -> None:
        rows = await self._fetch(ids)
        if len(self._rows) > KEPT:
            near = set(self._ids[max(0, self.cursor - PAGE) : self.cursor + PAGE])
            self._rows = {id: row for id, row in self._rows.items() if id in near}
            self._asked.clear()
        self.update(rows)

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
        headline = self._rows.get(self._ids[row])
        if headline is None:
            self._want(row)
            segments = [Segment("   ·", self._style("meta", row))] if line == 0 else []
        elif line == 0:
            segments = self._title_line(headline, row, width)
        else:
            segments = self._meta_line(headline, row, width)
        ahead = (row + PAGE // 4, row - PAGE // 4)
        for near in ahead:
            if 0 <= near < len(self._ids) and self._ids[near] not in self._rows:
                self._want(near)
        return Strip(segments).adjust_cell_length(width, self._inks.ground(self._ground(row)))

    def _style(self, name: str, row: int) -> Style:
        return self._inks.style(name, self._ground(row))

    def _ground(self, row: int) -> str:
        """Return the component that gives a row its background; "" for the pane's own."""
        if row != self.cursor:
            return ""
        return "cursor" if self.has_focus else "idle"

    def _title_line(self, headline: Headline, row: int, width: int) -> list[Segment]:
        bar = Segment("▌" if row == self.cursor else " ", self._style("unread", row))
        if headline.starred:
            mark = Segment("★ ", self._style("star", row))
        else:
            mark = Segment("  " if headline.read else "● ", self._style("unread", row))
        plain = self._style("read" if headline.read else "title", row)
        title = clip(headline.title, width - 4)
        return [bar, mark, *emphasised(title, self._hits, plain, plain + self._style("hit", row))]

    def _meta_line(self, headline: Headline, row: int, width: int) -> list[Segment]:
        meta = self._style("meta", row)
        time = clock(headline.published, datetime.now(UTC), dated=not self._lines.starts)
        more = f" · +{headline.others}" if headline.others else ""
        source = clip(headline.source, width - 7 - len(time) - len(more))
        bar = Segment("▌  " if row == self.cursor else "   ", self._style("unread", row))
        return [
            bar,
            *emphasised(source, self._hits, meta, meta + self._style("hit", row)),
            Segment(f" · {time}" if time else "", meta),
            Segment(more, self._style("more", row)),
        ]

    def _day_line(self, row: int, width: int) -> Strip:
        style = self.get_component_rich_style("headlines--day")
        words = f" {self._lines.heading(row)} "
        return Strip([Segment(words + "─" * max(0, width - len(words) - 1) + " ", style)])

    def _empty_line(self, y: int, width: int) -> Strip:
        style = self.get_component_rich_style("headlines--empty")
        words = clip(self._nothing, width - 4) if y == 1 else ""
        return Strip([Segment(f"  {words}", style)]).adjust_cell_length(width, self._inks.ground())

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

    def on_blur(self) -> None:
        """The cursor row changes its colour."""
        self._repaint(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Open the clicked article."""
        row, _ = self._lines.at(event.y + self.scroll_offset.y)
        if row < len(self._ids):
            self.cursor = row
            self.post_message(self.Opened(self._ids[row]))
