"""What a worker does with bytes, by the name of the task: plain functions, which tests can call too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.model import ParsedFeed
from reader.parse import ParseError, feed
from reader.sandbox import wire

if TYPE_CHECKING:
    from reader.pages import Origin


def done(body: bytes, header: dict[str, Any]) -> dict[str, Any]:
    """Return the reply to a request. Raises ParseError."""
    task, more = header["task"], {name: value for name, value in header.items() if name != "task"}
    if task == "links":
        return links(body, wire.known(more["origin"]))
    if task == "news":
        return wire.packed(news(body, wire.known(more["origin"]), more["limit"]))
    if task in {"article", "picture"}:
        from reader.sandbox import errands

        return errands.done(task, body, more)
    return wire.packed(feed(body, **more))


def news(body: bytes, origin: Origin, limit: int) -> ParsedFeed:
    """Read bytes that are news of whatever kind. Raises ParseError, in words that name them."""
    from reader import pages

    try:
        told = pages.tell(body, origin)
        if told.kind != "feed":
            return pages.read(told, origin)
    except pages.PageError as error:
        raise ParseError(str(error)) from error
    try:
        return feed(body, address=origin.address, content_type=origin.content_type, limit=limit)
    except ParseError as error:
        raise ParseError(f"{origin.name}: {error}") from error


def links(body: bytes, origin: Origin) -> dict[str, Any]:
    """Return the feeds that a page announces, and whether it is a page at all. Raises ParseError."""
    from reader import discover, pages

    candidates = discover.feeds(body, origin.address)
    try:
        page = pages.tell(body, origin).kind == "html"
    except pages.PageError as error:
        if not candidates:
            raise ParseError(str(error)) from error
        page = False
    return wire.linked(candidates, page=page)
