"""A picture as any terminal can show it, a few thousand square pixels, two to a cell; some can do more."""

from __future__ import annotations

import zlib
from dataclasses import field
from struct import Struct

from reader.records import dataclass

WIDTH = 76
"""Pixels across, one to a cell: as wide as a line of text."""
HEIGHT = 80
"""Pixels down, two to a cell: 40 lines, so that a tall picture still fits a large window."""
SHARP_WIDTH, SHARP_HEIGHT = 14 * WIDTH, 14 * HEIGHT
"""Pixels of a terminal that draws pictures: cells of 14 by 28, as on a fine screen."""

_HEAD = Struct(">4sHH")
_MAGIC = b"NRP1"


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of `width` by `height` pixels, three bytes (red, green, blue) each, row by row."""

    width: int
    height: int
    rgb: bytes = field(repr=False)

    def __post_init__(self) -> None:
        fits = 0 < self.width <= SHARP_WIDTH and 0 < self.height <= SHARP_HEIGHT
        if not fits or len(self.rgb) != 3 * self.width * self.height:
            raise ValueError("no raster of a picture")

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """Return a pixel."""
        place = 3 * (y * self.width + x)
        red, green, blue = self.rgb[place : place + 3]
        return red, green, blue

    def scaled(self, width: int) -> Raster:
        """Return the picture at most `width` pixels wide, its shape kept: each pixel the mean of its area."""
        if width >= self.width:
            return self
        width = max(width, 1)
        height = max(round(self.height * width / self.width), 1)
        columns = _parts(self.width, width)
        out = bytearray()
        for top, bottom in _parts(self.height, height):
            rows = [self.rgb[3 * self.width * y : 3 * self.width * (y + 1)] for y in range(top, bottom)]
            for left, right in columns:
                area = (right - left) * len(rows)
                for channel in range(3):
                    total = sum(sum(row[3 * left + channel : 3 * right : 3]) for row in rows)
                    out.append(total // area)
        return Raster(width, height, bytes(out))


def pack(raster: Raster) -> bytes:
    """Return a raster as a file holds it."""
    return _HEAD.pack(_MAGIC, raster.width, raster.height) + zlib.compress(raster.rgb, 6)


def unpack(stored: bytes) -> Raster:
    """Return the raster that `pack` packed. Raises ValueError for anything else."""
    if len(stored) < _HEAD.size:
        raise ValueError("no raster of a picture")
    magic, width, height = _HEAD.unpack_from(stored)
    if magic != _MAGIC or not (0 < width <= WIDTH and 0 < height <= HEIGHT):
        raise ValueError("no raster of a picture")
    inflate = zlib.decompressobj()
    try:
        rgb = inflate.decompress(stored[_HEAD.size :], 3 * width * height + 1)
    except zlib.error as error:
        raise ValueError("no raster of a picture") from error
    return Raster(width, height, rgb)


def _parts(whole: int, count: int) -> list[tuple[int, int]]:
    """Return `count` stretches that cover 0 to `whole`, none empty."""
    return [(n * whole // count, max((n + 1) * whole // count, n * whole // count + 1)) for n in range(count)]
