"""The worker's errands beside news: the article of a page, a picture. Each brings its own extra package."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from reader.parse import ParseError
from reader.pictures.raster import Raster
from reader.text import NewsreadError

TASKS = ("article", "picture")


def done(task: str, body: bytes, more: dict[str, Any]) -> dict[str, Any]:
    """Return the reply to a request; what reads is imported for the first one. Raises ParseError."""
    try:
        return _article(body, more) if task == "article" else _picture(body, **more)
    except NewsreadError as error:
        raise ParseError(str(error)) from error


def _article(body: bytes, more: dict[str, Any]) -> dict[str, Any]:
    from reader.extract import article

    return {"html": article(body, **more)}


def _picture(body: bytes, *, sharp: bool) -> dict[str, Any]:
    from reader.pictures.decode import rasters

    found = rasters(body, sharp=sharp)
    return {"pictures": [(one.width, one.height, b64encode(one.rgb).decode()) for one in found]}


def pictures(reply: dict[str, Any]) -> tuple[Raster, ...]:
    """Return the picture of a reply, small and perhaps sharp. Raises ValueError for one beyond its limits."""
    return tuple([Raster(width, height, b64decode(rgb)) for width, height, rgb in reply["pictures"]])
