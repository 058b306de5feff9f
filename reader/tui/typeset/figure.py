"""Pictures in an article: half-blocks, two square pixels to a cell.

A cell is about twice as high as wide, so that its upper half in one colour and its lower half in another make
two square pixels, in every terminal that has 256 colours or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from reader.pictures.raster import Raster
from reader.tui.typeset.lines import Ink, Light, Line, Run, Runs, cells
from reader.tui.typeset.shares import row_at, share

HALF = "▀"


@dataclass(slots=True, kw_only=True)
class Figure:
    """A picture below its words; it takes no line until it has come."""

    url: str
    link: int = -1  # index into the article's links: where a click leads
    rest: Runs = ()
    gap: int = 0
    gap_runs: Runs = ()
    raster: Raster | None = None

    text: ClassVar[str] = ""
    parts: ClassVar[Sequence[str]] = ()

    def light(self, lights: Sequence[Light]) -> None:
        """Mark nothing: there are no words in it."""

    def lay(self, width: int) -> LaidFigure:
        """Scale it to a width."""
        return LaidFigure(self, width)


class LaidFigure:
    """A picture at one width; what its lines look like is worked out when they come into sight."""

    __slots__ = ("_figure", "_raster")

    def __init__(self, figure: Figure, width: int) -> None:
        room = max(width - cells(figure.rest), 1)
        self._figure = figure
        self._raster = figure.raster.scaled(room) if figure.raster else None

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return (self._raster.height + 1) // 2 if self._raster else 0

    def line(self, row: int) -> Line:
        """Return one line, cells of the same two colours as one run."""
        if self._raster is None:
            return Line(())
        runs = tuple(
            Run(HALF * len(list(same)), Ink("image", link=self._figure.link, pixels=pixels))
            for pixels, same in groupby(_pixels(self._raster, 2 * row))
        )
        return Line((*self._figure.rest, *runs))

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


def _pixels(raster: Raster, y: int) -> list[str]:
    """Return the colours of a line's cells: `rrggbb` of the upper half, and of the lower one if there is."""
    upper = [bytes(raster.at(x, y)).hex() for x in range(raster.width)]
    if y + 1 >= raster.height:
        return upper
    return [above + bytes(raster.at(x, y + 1)).hex() for x, above in enumerate(upper)]
