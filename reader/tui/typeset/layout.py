"""A whole article set for one width: which line stands where, and on which line a place in the text is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.tui.typeset.lines import Line, Piece, blank

if TYPE_CHECKING:
    from reader.tui.typeset.figure import LaidFigure


class Place(NamedTuple):
    """Where the reader is: a piece, and how far into it; the same at every width."""

    piece: int = 0
    offset: int = 0


class Layout:
    """Pieces stacked in a column.

    Breaking costs two integers a line and is done at once, so that the scroll bar is right from the start;
    what lines look like is worked out when they come into sight.
    """

    def __init__(self, pieces: Sequence[Piece], width: int) -> None:
        self.width = width
        self._pieces = pieces
        self._laid = [piece.lay(width) for piece in pieces]
        self._tops: list[int] = []
        top = 0
        for piece, laid in zip(pieces, self._laid, strict=True):
            top += piece.gap
            self._tops.append(top)
            top += laid.height
        self.height = top

    def line(self, y: int) -> Line:
        """Return a line; blank below the end."""
        index = bisect_right(self._tops, y) - 1
        if index >= 0 and y - self._tops[index] < self._laid[index].height:
            return self._laid[index].line(y - self._tops[index])
        following = index + 1
        return blank(self._pieces[following].gap_runs) if following < len(self._pieces) else Line(())

    def place(self, y: int) -> Place:
        """Return what a line shows; for a blank line what follows it."""
        if not self._pieces or y <= 0:
            return Place()
        index = max(bisect_right(self._tops, y) - 1, 0)
        row = y - self._tops[index]
        if row >= self._laid[index].height:
            if index + 1 < len(self._laid):
                return Place(index + 1)
            row = self._laid[index].height - 1
        return Place(index, self._laid[index].offset(row))

    def find(self, place: Place) -> int:
        """Return the line that shows a place; the top for the very beginning."""
        if place == Place() or place.piece >= len(self._pieces):
            return 0
        return self._tops[place.piece] + self._laid[place.piece].row(place.offset)

    def row_of(self, piece: int, part: int, start: int) -> int:
        """Return the line that shows a place in one of a piece's texts."""
        return self._tops[piece] + self._laid[piece].row_of(part, start)

    def move(self, first: int, last: int, columns: int) -> bool:
        """Move the wide tables between two lines sideways; False where none moves."""
        from reader.tui.typeset.table import LaidGrid

        moved = False
        for top, laid in zip(self._tops, self._laid, strict=True):
            if isinstance(laid, LaidGrid) and top < last and top + laid.height > first:
                moved |= laid.move(columns)
        return moved

    def figures(self) -> Iterator[tuple[int, LaidFigure]]:
        """Yield the pictures that have come, each with its first line."""
        from reader.tui.typeset.figure import LaidFigure

        for top, laid in zip(self._tops, self._laid, strict=True):
            if isinstance(laid, LaidFigure) and laid.height:
                yield top, laid

    def lines(self, first: int = 0, last: int | None = None) -> Iterator[Line]:
        """Yield lines from `first` to before `last`."""
        for y in range(first, self.height if last is None else min(last, self.height)):
            yield self.line(y)
