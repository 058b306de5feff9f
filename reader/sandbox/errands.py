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
        return _article(body, more) if task == "article" else _picture(body)
    except NewsreadError as error:
        raise ParseError(str(error)) from error


def _article(body: bytes, more: dict[str, Any]) -> dict[str, Any]:
    from reader.extract import article

    return {"html": article(body, **more)}


def _picture(body: bytes) -> dict[str, Any]:
    from reader.pictures.decode import raster

    found = raster(body)
    return {"size": (found.width, found.height), "rgb": b64encode(found.rgb).decode()}


def picture(reply: dict[str, Any]) -> Raster:
    """Return the picture of a reply. Raises ValueError for one beyond its limits."""
    width, height = reply["size"]
    return Raster(width, height, b64decode(reply["rgb"]))
