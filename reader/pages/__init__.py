"""Bytes of whatever kind -> what they are, and pages -> ParsedFeed: web pages, Markdown, news pages.

Nothing here opens a file. It works in linear time, and in a process that can be killed: see `reader.sandbox`.
"""

from __future__ import annotations

from datetime import datetime

from reader.model import ParsedFeed
from reader.pages import sniff
from reader.pages.sniff import ENDINGS, Kind, PageError
from reader.records import dataclass

__all__ = ["ENDINGS", "STDIN", "Kind", "Origin", "PageError", "Told", "read", "tell"]

GZIP = b"\x1f\x8b\x08"
STDIN = "standard input"
"""The name of what comes from no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known of bytes besides themselves."""

    name: str = STDIN  # for sentences about them
    title: str = STDIN  # where they name nothing
    ending: str = ""  # of the file's name, in lower case, with its dot
    guid: str = ""
    source: str = ""  # where they name no source
    modified: datetime | None = None  # when they were written
    address: str = ""  # of the server they came from
    content_type: str = ""  # that it stated


@dataclass(frozen=True, slots=True)
class Told:
    """What bytes hold, and their text where that is needed: a feed's own parser decodes it."""

    kind: Kind
    words: str = ""


def tell(body: bytes, origin: Origin) -> Told:
    """Return what bytes hold. Raises PageError where that is no news."""
    if not body:
        raise PageError(f"{origin.name} is empty: there is nothing to read")
    if body.startswith(GZIP):
        return Told("feed")  # its parser unpacks it, within limits
    from reader import encoding

    sniff.refuse_binary(body, origin.name)
    words = encoding.decode(body, origin.content_type)
    return Told(sniff.kind(words, origin.ending, origin.name), words)


def read(told: Told, origin: Origin) -> ParsedFeed:
    """Read a page of any kind but a feed."""
    from reader.pages import newspage  # the grammars: the sandbox's worker needs them, not who starts it

    file = newspage.File(origin.title, guid=origin.guid, source=origin.source, modified=origin.modified)
    if told.kind == "html":
        from reader.pages import web

        return web.parse(told.words, file, address=origin.address)
    return newspage.parse(told.words, file, marked=told.kind == "markdown")
