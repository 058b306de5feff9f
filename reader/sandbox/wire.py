"""How feeds travel between the sandbox and its worker: JSON, which a hostile worker could not abuse.

request:  length of the header, length of the body (8 bytes each), header as JSON ({"task": ..., ...}), body
reply:    length (8 bytes), JSON: a feed, the links of a page, or {"error": ..., "stopped": ...}
"""

from __future__ import annotations

import struct
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.model import Enclosure, Entry, Mention, Pace, ParsedFeed, Slices

if TYPE_CHECKING:
    from reader.discover import Candidate
    from reader.pages import Origin

LENGTHS = struct.Struct(">QQ")
LENGTH = struct.Struct(">Q")
REPLY_MAX = 64 * 1024 * 1024
"""Bytes: four times what the longest feed has, and the parent needs some three times as much to read them."""
NOUNS = {"feed": "feed", "news": "file", "links": "page", "article": "page", "picture": "picture"}
"""What each task reads, in words."""


def stopped(error: str) -> dict[str, Any]:
    """Return the reply for a feed that needed too much of something."""
    return {"error": error, "stopped": True}


def packed(parsed: ParsedFeed) -> dict[str, Any]:
    """Return a feed or a page as JSON can carry it."""
    entries = [
        (
            (entry.title, entry.guid, entry.url, entry.author, entry.summary, entry.html, entry.lang),
            (_seconds(entry.published), _seconds(entry.updated)),
            entry.categories,
            [(file.url, file.type, file.length, file.duration) for file in entry.enclosures],
            (entry.dateline, _named(entry.related)),
        )
        for entry in parsed.entries
    ]
    pace = (parsed.pace.minutes, parsed.pace.hours, parsed.pace.days)
    head = (parsed.title, parsed.site, parsed.lang, parsed.dropped, pace, _named(parsed.ticker))
    slices = parsed.slices and (parsed.slices.context.hex(), [one.hex() for one in parsed.slices.entries])
    return {"feed": head, "entries": entries, "slices": slices}


def unpacked(reply: dict[str, Any]) -> ParsedFeed:
    """Return the feed that `packed` packed."""
    title, site, lang, dropped, (minutes, hours, days), ticker = reply["feed"]
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
            dateline=dateline,
            related=_mentions(related),
        )
        for texts, (published, updated), categories, files, (dateline, related) in reply["entries"]
    )
    return ParsedFeed(
        title=title,
        site=site,
        lang=lang,
        entries=entries,
        dropped=dropped,
        pace=Pace(minutes, tuple(hours), tuple(days)),
        ticker=_mentions(ticker),
        slices=_slices(reply["slices"]),
    )


def origin(known: Origin) -> dict[str, Any]:
    """Return what is known of bytes as JSON can carry it."""
    return asdict(known) | {"modified": _seconds(known.modified)}


def known(origin: dict[str, Any]) -> Origin:
    """Return what `origin` packed."""
    from reader.pages import Origin

    return Origin(**origin | {"modified": _date(origin["modified"])})


def linked(candidates: tuple[Candidate, ...], *, page: bool) -> dict[str, Any]:
    """Return what a page announces as JSON can carry it."""
    return {"links": [(one.url, one.title, one.type) for one in candidates], "page": page}


def links(reply: dict[str, Any]) -> tuple[tuple[Candidate, ...], bool]:
    """Return what `linked` packed."""
    from reader.discover import Candidate

    return tuple(Candidate(*one) for one in reply["links"]), bool(reply["page"])


def _named(mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(one.title, one.url) for one in mentions]


def _mentions(named: list[tuple[str, str]]) -> tuple[Mention, ...]:
    return tuple(Mention(*one) for one in named)


def _slices(packed: tuple[str, list[str]] | None) -> Slices | None:
    if packed is None:
        return None
    context, entries = packed
    return Slices(bytes.fromhex(context), tuple([bytes.fromhex(one) for one in entries]))


def _seconds(when: datetime | None) -> int | None:
    return int(when.timestamp()) if when else None


def _date(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
