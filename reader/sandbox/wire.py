"""How feeds travel between the sandbox and its worker: JSON, which a hostile worker could not abuse.

request:  length of the header, length of the body (8 bytes each), header as JSON, body
reply:    length (8 bytes), JSON: a feed, or {"error": ..., "stopped": ...}
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import Any

from reader.model import Enclosure, Entry, Pace, ParsedFeed

LENGTHS = struct.Struct(">QQ")
LENGTH = struct.Struct(">Q")


def stopped(error: str) -> dict[str, Any]:
    """Return the reply for a feed that needed too much of something."""
    return {"error": error, "stopped": True}


def packed(parsed: ParsedFeed) -> dict[str, Any]:
    """Return a feed as JSON can carry it; what only local pages have is not carried."""
    entries = [
        (
            (entry.title, entry.guid, entry.url, entry.author, entry.summary, entry.html, entry.lang),
            (_seconds(entry.published), _seconds(entry.updated)),
            entry.categories,
            [(file.url, file.type, file.length) for file in entry.enclosures],
        )
        for entry in parsed.entries
    ]
    pace = (parsed.pace.minutes, parsed.pace.hours, parsed.pace.days)
    return {"feed": (parsed.title, parsed.site, parsed.lang, parsed.dropped, pace), "entries": entries}


def unpacked(reply: dict[str, Any]) -> ParsedFeed:
    """Return the feed that `packed` packed."""
    title, site, lang, dropped, (minutes, hours, days) = reply["feed"]
    entries = tuple(
        Entry(
            title=texts[0],
            guid=texts[1],
            url=texts[2],
            author=texts[3],
            summary=texts[4],
            html=texts[5],
            lang=texts[6],
            published=_date(published),
            updated=_date(updated),
            categories=tuple(categories),
            enclosures=tuple(Enclosure(*file) for file in files),
        )
        for texts, (published, updated), categories, files in reply["entries"]
    )
    return ParsedFeed(
        title=title,
        site=site,
        lang=lang,
        entries=entries,
        dropped=dropped,
        pace=Pace(minutes, tuple(hours), tuple(days)),
    )


def _seconds(when: datetime | None) -> int | None:
    return int(when.timestamp()) if when else None


def _date(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
