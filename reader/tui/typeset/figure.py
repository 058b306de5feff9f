"""Pictures in an article: half-blocks, two square pixels to a cell, or the terminal's own pixels.

A cell is about twice as high as wide, so that its upper half in one colour and its lower half in another make
two square pixels, in every terminal that has 256 colours or more. Where the terminal draws pictures itself,
it either does so in the cells of placeholders, or over cells that hold the half-blocks nevertheless: what is
not painted over yet, or no longer, shows the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar, NamedTuple

from reader.pictures import kitty
from reader.pictures.raster import Raster
from reader.records import dataclass
from reader.tui.typeset.lines import Ink, Light, Line, Run, Runs, cells
from reader.tui.typeset.shares import row_at, share

HALF = "▀"


class Sharp(NamedTuple):
    """How the terminal itself draws a picture."""

    shape: float  # lines to a column: the picture's height by its width, in cells
    placeholder: str = ""  # the colour `rrggbb` of the characters it stands in; "": it is painted over them


@dataclass(slots=True, kw_only=True)
class Figure:
    """A picture below its words; it takes no line until it has come."""

    url: str
    link: int = -1  # index into the article's links: where a click leads
    rest: Runs = ()
    gap: int = 0
    gap_runs: Runs = ()
    raster: Raster | None = None
    sharp: Sharp | None = None

    text: ClassVar[str] = ""
    parts: ClassVar[Sequence[str]] = ()

    def light(self, lights: Sequence[Light]) -> None:
        """Mark nothing: there are no words in it."""

    def lay(self, width: int) -> LaidFigure:
        """Scale it to a width."""
        return LaidFigure(self, width)


class LaidFigure:
    """A picture at one width; what its lines look like is worked out when they come into sight."""

    __slots__ = ("_figure", "_raster", "_sharp", "height", "indent")

    def __init__(self, figure: Figure, width: int) -> None:
        self._figure, self._sharp = figure, figure.sharp
        self.indent = cells(figure.rest)
        self._raster = figure.raster.scaled(max(width - self.indent, 1)) if figure.raster else None
        self.height = self._rows()

    def _rows(self) -> int:
        if self._raster is None:
            return 0
        if self._sharp is None:
            return (self._raster.height + 1) // 2
        return min(max(round(self._raster.width * self._sharp.shape), 1), kitty.MOST)

    @property
    def url(self) -> str:
        """Which picture it is."""
        return self._figure.url

    @property
    def columns(self) -> int:
        """How many cells it is wide."""
        return self._raster.width if self._raster else 0

    @property
    def sharp(self) -> bool:
        """Whether the terminal itself draws it."""
        return self._sharp is not None

    def line(self, row: int) -> Line:
        """Return one line, cells of the same two colours as one run."""
        if self._raster is None:
            return Line(())
        if self._sharp and self._sharp.placeholder:
            ink = Ink("image", link=self._figure.link, pixels=self._sharp.placeholder)
            return Line((*self._figure.rest, Run(kitty.row(row, self.columns), ink)))
        runs = tuple(
            Run(HALF * len(list(same)), Ink("image", link=self._figure.link, pixels=pixels))
            for pixels, same in groupby(self._pixels(self._raster, row))
        )
        return Line((*self._figure.rest, *runs))

    def _pixels(self, raster: Raster, row: int) -> list[str]:
        """Return the colours of a line's cells: `rrggbb` of the upper half, and of the lower if there is."""
        if self._sharp is None:
            return _pixels(raster, 2 * row, 2 * row + 1)
        upper, lower = ((2 * row + half) * raster.height // (2 * self.height) for half in (0, 1))
        return _pixels(raster, upper, lower)  # as many lines as the sharp one covers

    def offset(self, row: int) -> int:
        """Return the place of a line: its share of the picture."""
        return share(row, max(self.height, 1))

    def row(self, offset: int) -> int:
        """Return the line nearest to that share."""
        return row_at(offset, max(self.height, 1))

    def row_of(self, part: int, start: int) -> int:
        """Return its first line: nothing is looked for in it."""
        del part, start
        return 0


def _pixels(raster: Raster, y: int, below: int) -> list[str]:
    """Return the colours of two lines of pixels that stand in one of cells."""
    upper = [bytes(raster.at(x, y)).hex() for x in range(raster.width)]
    if below >= raster.height:
        return upper
    return [above + bytes(raster.at(x, below)).hex() for x, above in enumerate(upper)]
