"""Sixels: a part of a picture, from one line of cells to another, in bands of six pixels' height."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.pictures.sharp import Paletted

BAND = 6
_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)


class Sixels:
    """A picture as sixels; bands are worked out when they are first asked for, on whatever thread that is."""

    def __init__(self, picture: Paletted) -> None:
        self._picture = picture
        self._bands: dict[int, bytes] = {}
        self._palette = b"".join(
            b"#%d;2;%d;%d;%d" % (at, *((100 * part + 127) // 255 for part in shade))
            for at, shade in enumerate(picture.colours)
        )

    def part(self, top: int, bottom: int) -> str:
        """Return the sequence that draws the rows of pixels from `top` to before `bottom` at the cursor.

        What is less than a band above `bottom` is left out: no pixel reaches beyond it. What is not drawn
        keeps its colour.
        """
        starts = range(top, min(bottom, self._picture.height) - BAND + 1, BAND)
        if not starts:
            return ""
        size = b"%d;%d" % (self._picture.width, len(starts) * BAND)
        bands = b"-".join([self._band(start) for start in starts])
        return (b'\x1bP0;1;0q"1;1;' + size + self._palette + bands + b"\x1b\\").decode("ascii")

    def _band(self, top: int) -> bytes:
        if (made := self._bands.get(top)) is None:
            width, indices = self._picture.width, self._picture.indices
            rows = [indices[width * y : width * (y + 1)] for y in range(top, top + BAND)]
            colours = sorted(set(b"".join(rows)))
            made = self._bands[top] = b"$".join([_drawn(colour, rows) for colour in colours])
        return made


def _drawn(colour: int, rows: list[bytes]) -> bytes:
    """Return a colour's pixels of a band: a character a column, its bits the rows from the top."""
    only = bytes(colour) + b"\1" + bytes(255 - colour)
    bits = 0
    for y, row in enumerate(rows):
        if colour in row:
            bits |= int.from_bytes(row.translate(only)) << y  # six bits a byte: none reaches the next
    width = len(rows[0])
    line = (bits + int.from_bytes(b"?" * width)).to_bytes(width)
    return b"#%d" % colour + _RUN.sub(_counted, line.rstrip(b"?"))


def _counted(run: re.Match[bytes]) -> bytes:
    return b"!%d%c" % (run.end() - run.start(), run[1][0])
