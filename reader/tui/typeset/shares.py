"""Pieces whose lines are not those of one text: places in them are shares of their height."""

from __future__ import annotations

from reader.tui.typeset.lines import Line

SHARES = 1_000_000
"""A place in a table is a share of its height in millionths."""


class LaidLines:
    """A piece that knows its lines as soon as it is laid: the byline."""

    __slots__ = ("_lines",)

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines or [Line(())]

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return len(self._lines)

    def line(self, row: int) -> Line:
        """Return one line."""
        return self._lines[row]

    def offset(self, row: int) -> int:
        """Return the place of a line: its share of the piece, alike at every width."""
        return share(row, self.height)

    def row(self, offset: int) -> int:
        """Return the line nearest to that share."""
        return row_at(offset, self.height)

    def row_of(self, part: int, start: int) -> int:
        """Return its first line: nothing is looked for in it."""
        del part, start
        return 0


def share(row: int, height: int) -> int:
    """Return the place of a line among so many, alike at every width."""
    return row * SHARES // height


def row_at(offset: int, height: int) -> int:
    """Return the line nearest to a share."""
    return min((offset * height + SHARES - 1) // SHARES, height - 1)
