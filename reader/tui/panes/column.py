"""A window over typeset pieces: one column of text that scrolls, keeps its place, and can be marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from reader.tui.drawing.paint import Paint
from reader.tui.panes.extent import extend
from reader.tui.typeset.copying import copied, marked
from reader.tui.typeset.layout import Layout, Place
from reader.tui.typeset.lines import Line, Piece, Run

if TYPE_CHECKING:
    from reader.pictures.raster import Raster
    from reader.tui.typeset.figure import Figure, LaidFigure, Sharp

COLUMN = 76
"""Cells a line of text takes at most: longer ones are hard to follow to the next."""
ROOMY = 44  # cells of width from which two stay free on each side, else one
OVERLAP = 2  # lines of the last page still seen after paging
KEPT = 600  # drawn lines remembered: several screens in both directions
ALL_BLOCKS: Mapping[str, Sharp] = MappingProxyType({})


class Hung(NamedTuple):
    """A picture that the terminal draws: its cells on the screen, and those of them that are in sight."""

    url: str
    place: Region
    seen: Region


class Column(ScrollView, can_focus=True, inherit_bindings=False):
    """Pieces one below the other; the desk calls `page_down`, `move`, `half`, `edge` for its keys."""

    ALLOW_SELECT = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pieces: list[Piece] = []
        self._set = Layout((), COLUMN)
        self._set_for = Size(0, 0)
        self._place = Place()
        self._placing = False
        self._drawn_by_terminal: list[tuple[int, LaidFigure]] = []
        self._paint: Paint | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(KEPT)

    def _begin(self, pieces: list[Piece], place: Place) -> None:
        """Show these pieces from a place on."""
        self._pieces, self._place, self._paint = pieces, place, None
        self._typeset()
        self.refresh()

    def _typeset(self) -> None:
        """Break the pieces for the present width and go back to the reader's place."""
        region = self.scrollable_content_region
        if region.width <= 0:
            self._set_for = Size(0, 0)  # hidden: set when the pane comes into sight
            return
        margin = 2 if region.width >= ROOMY else 1
        self._set = Layout(self._pieces, max(min(COLUMN, region.width - 2 * margin), 1))
        self._set_for = self.size
        self._drawn_by_terminal = [each for each in self._set.figures() if each[1].sharp]
        self._strips.clear()
        self._placing = True
        extend(self, Size(region.width, self._set.height + 1))
        self._scroll(self._set.find(self._place))
        self._placing = False

    def _redraw(self) -> None:
        """Draw lines anew whose words stay where they are."""
        self._strips.clear()
        self.refresh()

    # Pictures

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of the pictures that stand in the text, each once."""
        return tuple(dict.fromkeys(figure.url for figure in self._figures()))

    def show_pictures(self, rasters: Mapping[str, Raster], sharps: Mapping[str, Sharp] = ALL_BLOCKS) -> None:
        """Show these pictures below their words, and no others; the reader stays at the same words.

        `sharps`: how the terminal draws those of them that it draws itself.
        """
        for figure in self._figures():
            figure.raster, figure.sharp = rasters.get(figure.url), sharps.get(figure.url)
        self._typeset()
        self.refresh()

    def hung(self) -> Iterator[Hung]:
        """Yield the pictures that the terminal draws, in sight or not."""
        region, scrolled = self.scrollable_content_region, self.scroll_offset.y
        for top, laid in self._drawn_by_terminal:
            place = Region(
                region.x + self._left + laid.indent, region.y + top - scrolled, laid.columns, laid.height
            )
            yield Hung(laid.url, place, place.intersection(region))

    def _figures(self) -> list[Figure]:
        from reader.tui.typeset.figure import Figure

        return [piece for piece in self._pieces if isinstance(piece, Figure)]

    # Where the reader is

    @property
    def place(self) -> tuple[int, int]:
        """The reader's place, the same at every width and in every session; (0, 0) is the beginning."""
        return self._place

    def go(self, place: tuple[int, int]) -> None:
        """Go to a place of the text that is shown; beyond its end, to the end."""
        self._place = Place(*place)
        if self._set_for.width:
            found = self._set.find(self._place)
            self._scroll(found if self._place.piece < len(self._pieces) else self._last)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y >= self._last

    @property
    def progress(self) -> float:
        """How much of the article has been in sight, 0 to 1."""
        if self.at_end:
            return 1.0
        return (self.scroll_offset.y + self._page) / max(self.virtual_size.height, 1)

    @property
    def _page(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _last(self) -> int:
        return max(self.virtual_size.height - self._page, 0)

    def page_down(self) -> bool:
        """Go on by a page; False (and nothing moves) when the end is already in sight."""
        if self.at_end:
            return False
        self.move(max(self._page - OVERLAP, 1))
        return True

    def page_up(self) -> bool:
        """Go back by a page; False at the beginning."""
        if self.scroll_offset.y <= 0:
            return False
        self.move(-max(self._page - OVERLAP, 1))
        return True

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        self._scroll(self.scroll_offset.y + lines)

    def half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.move(direction * max(self._page // 2, 1))

    def edge(self, direction: int) -> None:
        """Go to the beginning (-1) or the end (1)."""
        self._scroll(0 if direction < 0 else self._last)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(0, min(line, self._last)), animate=False, force=True, immediate=True)

    def _reveal(self, line: int) -> None:
        """Bring a line into sight, with a third of the page above it; stay where it is in sight already."""
        top = self.scroll_offset.y
        if not top <= line < top + self._page - 1:
            self._scroll(line - self._page // 3)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place, unless the pane is just being resized and scrolls by itself."""
        super().watch_scroll_y(old_value, new_value)
        if not self._placing and self.size == self._set_for:
            self._place = self._set.place(round(new_value))

    # Drawing

    @property
    def _left(self) -> int:
        return max((self.scrollable_content_region.width - self._set.width) // 2, 0)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        if self.size != self._set_for:
            self.call_next(self.on_resize)  # a border came or went: Textual tells no one
        index = y + self.scroll_offset.y
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._drawn(self._set.line(index))
        if (selection := self.text_selection) and (span := selection.get_span(index)):
            strip = marked(strip, span, self._left, self.selection_style)
        return strip.apply_offsets(-self._left, index)

    def _drawn(self, line: Line) -> Strip:
        if self._paint is None:
            self._paint = Paint(self, "article", self._addresses())
        return self._paint.strip(line, self.scrollable_content_region.width, self._left)

    def _addresses(self) -> Sequence[str]:
        """Return the addresses of the links, by their numbers."""
        return ()

    def _run_at(self, x: int, y: int) -> Run | None:
        """Return the run drawn at a cell of the window."""
        at = x - self._left
        if at < 0:
            return None
        for run in self._set.line(y + self.scroll_offset.y).runs:
            at -= cell_len(run.text)
            if at < 0:
                return run
        return None

    # Events

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the marked text, its paragraphs on one line each."""
        return copied(self._set, selection.start, selection.end), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the marked text."""
        del selection  # each line asks for it when it is drawn
        self.refresh()

    def notify_style_update(self) -> None:
        """Mix the colours anew."""
        super().notify_style_update()
        self._paint = None
        self._strips.clear()

    def on_resize(self) -> None:
        """Break the lines anew; the reader stays at the same words."""
        if self.size != self._set_for:
            self._typeset()
            self.refresh()
