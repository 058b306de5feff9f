"""Feed bytes to values: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1.

    bytes -> read (encoding, quick or cleaning and feedparser, or JSON) -> RawFeed -> values -> ParsedFeed

Strange bytes belong into `reader.sandbox`, which runs `feed` where it can be stopped.
"""

from __future__ import annotations

from datetime import datetime

from reader.model import ParsedFeed
from reader.parse.raw import ParseError

__all__ = ["ITEMS_MAX", "ParseError", "feed"]

ITEMS_MAX = 2000  # items of one document: feeds with whole archives in them are read from the newest


def feed(
    body: bytes,
    *,
    address: str = "",
    content_type: str = "",
    now: datetime | None = None,
    limit: int = ITEMS_MAX,
    marks: int | None = None,
) -> ParsedFeed:
    """Return the feed in `body`.

    `address` is where it came from (relative links start there), `content_type` the HTTP header, `now` what
    dates are measured against, `limit` the number of items read. With `marks` (how many `slicing` has put
    into it, 0 for a whole document) its slices are told. Raises ParseError, one line in words.
    """
    from reader.parse.read import read  # the parsers: the sandbox's worker needs them, not who starts it
    from reader.parse.values import parsed

    return parsed(
        read(body, address=address, content_type=content_type, limit=limit, marks=marks),
        address=address,
        now=now,
    )
