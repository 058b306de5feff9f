"""Pictures in a terminal's own pixels: needs the extra `newsread[images]`.

What is packed here are pixels that the sandbox's worker has made, and only that is unpacked here: no byte of
a stranger's file comes this far, and none goes to the terminal.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from reader.pictures.raster import SHARP_HEIGHT, SHARP_WIDTH, Raster

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 92
"""Of the files on disk: no loss to be seen at a tenth of the bytes."""
DITHERED = 128
"""Colours below which areas of one colour would show bands."""


class Paletted(NamedTuple):
    """A picture of at most 256 colours, a byte a pixel, row by row."""

    width: int
    height: int
    indices: bytes
    colours: tuple[tuple[int, int, int], ...]


def pack(raster: Raster) -> bytes:
    """Return a raster as a file holds it."""
    from PIL import Image

    file = BytesIO()
    picture = Image.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    picture.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()


def size(stored: bytes) -> tuple[int, int]:
    """Return width and height of a picture that `pack` packed. Raises ValueError for anything else."""
    return _opened(stored).size


def png(stored: bytes, width: int, height: int) -> bytes:
    """Return a packed picture as a PNG of at most this size, its shape kept. Raises ValueError."""
    from PIL import Image

    picture, file = _opened(stored), BytesIO()
    try:
        picture.thumbnail((max(width, 1), max(height, 1)), Image.Resampling.LANCZOS)
        picture.save(file, "PNG", compress_level=6)
    except (OSError, SyntaxError) as error:
        raise ValueError("no picture of ours") from error
    return file.getvalue()


def paletted(stored: bytes, width: int, height: int, colours: int) -> Paletted:
    """Return a packed picture at exactly this size, in at most so many colours. Raises ValueError."""
    from PIL import Image

    try:
        whole = _opened(stored).resize((max(width, 1), max(height, 1)), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError) as error:
        raise ValueError("no picture of ours") from error
    dither = Image.Dither.FLOYDSTEINBERG if colours < DITHERED else Image.Dither.NONE
    few = whole.quantize(min(colours, 256), dither=dither)
    if dither is not Image.Dither.NONE:
        few = whole.quantize(palette=few, dither=dither)  # only heeded for a palette that is given
    flat = few.getpalette() or []
    shades = tuple((flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat) - 2, 3))
    return Paletted(*few.size, few.tobytes(), shades)


def _opened(stored: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(stored), formats=("JPEG",))
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ValueError("no picture of ours") from error
    if picture.width > SHARP_WIDTH or picture.height > SHARP_HEIGHT or picture.mode != "RGB":
        raise ValueError("no picture of ours")
    return picture
