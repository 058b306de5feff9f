"""Bytes to what a feed states: what kind of document is it, and who reads that kind."""

from __future__ import annotations

import codecs
import zlib
from dataclasses import replace

from reader import encoding, xmltext
from reader.parse import jsonfeed, quick, xml
from reader.parse.pace import pace
from reader.parse.raw import ParseError, RawFeed
from reader.text import address as canonical
from reader.text import one_line

BODY_MAX = 20 * 1024 * 1024  # bytes: what a local file may have; the network's limit is lower

NOT_SLICED = "this feed cannot be read in slices"

_GZIP = b"\x1f\x8b\x08"
_BOM = codecs.BOM_UTF8
_BINARY = (  # what binary files begin with, and what to call them
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound or picture file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "an archive"),
    (b"SQLite format 3", "a database"),
)
_BINARY_SHARE = 0.05  # of control characters among the first: text has none
_LOOKED_AT = 4096  # characters
_PAGE_ELEMENTS = frozenset(
    {"html", "head", "body", "meta", "title", "script", "style", "div", "p", "br", "table"}
)
_FEED_ELEMENTS = frozenset({"rss", "feed", "rdf", "channel"})
_OTHERS = {
    "opml": "this is a list of subscriptions (OPML), not a feed: try `newsread import FILE`",
    "urlset": "this is a sitemap, not a feed",
    "sitemapindex": "this is a sitemap, not a feed",
    "svg": "this is a picture, not a feed",
    "plist": "this is a property list, not a feed",
}


def read(body: bytes, *, address: str, content_type: str, limit: int, marks: int | None = None) -> RawFeed:
    """Return what the feed in `body` states; at most `limit` items. Raises ParseError in words.

    With `marks` its slices are told where it has any; where the marks are more than none, a document that is
    not read the fast way is an error.
    """
    if body.startswith(_GZIP):
        body = _unpacked(body)
    if len(body) > BODY_MAX:
        raise ParseError(f"this feed is larger than {BODY_MAX >> 20} MiB: it was not read")
    for start, name in _BINARY:
        if body.startswith(start):
            raise ParseError(f"this is {name}, not a feed")
    text = encoding.decode(body, content_type)
    opening = text[:_LOOKED_AT].lstrip("\ufeff\0 \t\r\n")
    if not opening and not text.strip("\ufeff\0 \t\r\n"):
        raise ParseError("there is nothing here: an empty feed; try again later")
    if opening.startswith(("{", "[")):
        return jsonfeed.read(text.strip("\ufeff\0 \t\r\n"), limit=limit)
    cleaned = "" if quick.plain(text) else xmltext.clean(text)
    if marks is not None and (cleaned or text.encode("utf-8", "replace") != body.removeprefix(_BOM)):
        if marks:
            raise ParseError(NOT_SLICED)
        marks = None
    return replace(_xml(text, cleaned, address, limit, marks), pace=pace(text))


def _xml(text: str, cleaned: str, address: str, limit: int, marks: int | None) -> RawFeed:
    """Read XML the fast way if that is certain to give what feedparser would, else its way."""
    try:
        return quick.read(cleaned or text, address=address, limit=limit, marks=marks)
    except quick.Doubt as doubt:
        if marks:
            raise ParseError(NOT_SLICED) from doubt
        return _doubtful(text, cleaned or xmltext.clean(text), address, limit)


def _doubtful(text: str, cleaned: str, address: str, limit: int) -> RawFeed:
    root = xmltext.root_name(cleaned)
    if not root:
        raise ParseError(
            "this is binary data, not a feed" if _is_binary(text) else "this is text, not a feed"
        )
    if root in _PAGE_ELEMENTS:
        where = canonical(address) or "ADDRESS"
        raise ParseError(f"this is a web page, not a feed: try `newsread add {where}`, which finds its feed")
    if root in _OTHERS:
        raise ParseError(_OTHERS[root])
    try:
        return xml.read(cleaned, address=address, limit=limit)
    except xml.NoFeedError as error:
        if _is_binary(text):
            raise ParseError("this is binary data, not a feed") from error
        if root in _FEED_ELEMENTS:
            raise
        outermost = one_line(root, 40)
        raise ParseError(f"this is XML, but no feed: its outermost element is <{outermost}>") from error


def _is_binary(text: str) -> bool:
    start = text[:_LOOKED_AT]
    odd = sum(1 for char in start if (char < " " and char not in "\t\n\r\f\x1b") or char in "\x7f\ufffd")
    return odd > _BINARY_SHARE * len(start)


def _unpacked(body: bytes) -> bytes:
    """Return what a compressed file holds, one layer of it and never more than a feed may have."""
    try:
        step = zlib.decompressobj(wbits=31)
        unpacked = step.decompress(body, BODY_MAX + 1)
    except zlib.error as error:
        raise ParseError("this is a damaged compressed file (gzip): try again later") from error
    return unpacked
