"""A picture's file to a raster: needs the extra `newsread[images]`.

Only the sandbox's worker calls this: decoders are C code that strangers' bytes have broken before.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from reader.pictures.raster import HEIGHT, SHARP_HEIGHT, SHARP_WIDTH, WIDTH, Raster
from reader.text import NewsreadError

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What the web's pictures are; the decoder knows some forty more, old and seldom read."""
PIXELS_MAX = 50_000_000
"""Pixels of a picture: a large camera's, 200 MB unpacked; a bomb of a few kilobytes claims billions."""
TOO_MANY = "the picture has more pixels than any screen: open it in the browser"
LEAST = 8
"""Pixels across or down below which it is a dot or a line: nothing to see."""
PAPER = (255, 255, 255)
"""Behind transparent pictures, as on a web page: many are black drawings on nothing."""


class PictureError(NewsreadError):
    """A picture cannot be shown; the text says why."""


def rasters(body: bytes, *, sharp: bool) -> tuple[Raster, ...]:
    """Return a picture (of an animation the first) scaled to fit WIDTH by HEIGHT. Raises PictureError.

    For `sharp` a second one follows, SHARP_WIDTH by SHARP_HEIGHT at most.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    broken = (UnidentifiedImageError, OSError, SyntaxError, ValueError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own word on bombs comes late: _check is stricter
            Image.MAX_IMAGE_PIXELS = PIXELS_MAX
            with Image.open(BytesIO(body), formats=FORMATS) as opened:
                _check(opened.size)
                fine = (SHARP_WIDTH, SHARP_HEIGHT) if sharp else (4 * WIDTH, 4 * HEIGHT)
                opened.draft("RGB", fine)  # a JPEG is unpacked at a fraction of its size
                picture = _on_paper(ImageOps.exif_transpose(opened))
                small = _fitted(picture, WIDTH, HEIGHT)
                return (small, _fitted(picture, SHARP_WIDTH, SHARP_HEIGHT)) if sharp else (small,)
    except Image.DecompressionBombError as error:
        raise PictureError(TOO_MANY) from error
    except broken as error:
        raise PictureError("this is no picture that newsread can read: open it in the browser") from error


def _check(size: tuple[int, int]) -> None:
    if size[0] * size[1] > PIXELS_MAX:
        raise PictureError(TOO_MANY)
    if min(size) < LEAST:
        raise PictureError("the picture is too small to show")


def _fitted(picture: Image.Image, width: int, height: int) -> Raster:
    from PIL import Image

    scale = min(width / picture.width, height / picture.height, 1.0)
    size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
    small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Raster(*size, small.tobytes())


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return a picture in red, green, blue, what is transparent on PAPER."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, PAPER)
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper
