"""The values at the store's border, and how fields travel to columns and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from reader.model import Enclosure, Entry, Evidence
from reader.records import dataclass

COMPRESS_FROM = 1_000
"""Characters from which a body is compressed: below, the saving is not worth the reading."""

SPOILT = "(This text is damaged in the library: `newsread doctor` says what to do.)"

BODY_MAX = 32 * 1024 * 1024
"""Bytes of a stored body: twice what newsread stores at most; what is longer, somebody else wrote."""

EARLIEST, LATEST = -62_000_000_000, 253_000_000_000
"""Seconds since 1970, in the years 5 and 9987: nearer to the calendar's ends no time zone can be applied."""

LEVEL = 1
"""Of zlib: a third of the size at a quarter of level 6's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry on its way into the library.

    `Articles.sift` makes it from an entry that is new or changed; the engines add `text`, `topics`,
    `terms` and `vector` with `dataclasses.replace`; `Articles.save` stores it.
    """

    entry: Entry
    key: bytes  # how the item is known again in its feed
    digest: bytes  # of the content
    link: int  # hash of address and title
    id: int = 0  # of the article that it changes; 0: new
    text: str = ""  # of the body, plain, for the search index
    topics: tuple[Evidence, ...] = ()  # strongest first; one for each topic is kept
    terms: Sequence[str] = ()  # for the index of neighbours, normalised; none: not indexed
    vector: bytes = b""  # the engine's own packing of the heaviest terms' weights


@dataclass(frozen=True, slots=True)
class Saved:
    """What `Articles.save` did; `ids` runs parallel to the rows, 0 where one was already there."""

    new: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()


def seconds(when: datetime) -> int:
    """Return a time as whole seconds since 1970."""
    return int(when.timestamp())


def moment(stored: int) -> datetime:
    """Return a stored time as aware UTC; one that no calendar has, in a damaged library, as 1970."""
    try:
        return datetime.fromtimestamp(stored if EARLIEST < stored < LATEST else 0, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def maybe_seconds(when: datetime | None) -> int | None:
    """Return a time as whole seconds since 1970, None as None."""
    return None if when is None else int(when.timestamp())


def maybe_moment(stored: int | None) -> datetime | None:
    """Return a stored time as aware UTC, None as None."""
    return None if stored is None else moment(stored)


def squeezed(text: str) -> str | bytes:
    """Return a body as it is stored: compressed where that pays."""
    if len(text) < COMPRESS_FROM:
        return storable(text)
    return zlib.compress(text.encode("utf-8", "replace"), LEVEL)


def storable(text: str) -> str:
    """Return text without lone surrogates, which SQLite cannot hold and a JSON feed can bring."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def unsqueezed(stored: str | bytes | None) -> str:
    """Return a stored body as text; of a damaged one, words."""
    if isinstance(stored, bytes):
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(stored, BODY_MAX).decode()
        except (zlib.error, UnicodeDecodeError):
            return SPOILT
        return text if unpacking.eof else SPOILT
    return stored if isinstance(stored, str) else ""


def legible(stored: str | bytes | None) -> bool:
    """Return whether a stored body is whole."""
    return unsqueezed(stored) is not SPOILT


def extras(entry: Entry) -> str:
    """Return categories and enclosures as JSON, "" when there are none."""
    if not entry.categories and not entry.enclosures:
        return ""
    return json.dumps(
        [entry.categories, [[e.url, e.type, e.length, e.duration] for e in entry.enclosures]],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpacked_extras(stored: str) -> tuple[tuple[str, ...], tuple[Enclosure, ...]]:
    """Return the categories and enclosures that `extras` stored."""
    if not stored:
        return (), ()
    categories: list[Any]
    enclosures: list[list[Any]]
    try:
        categories, enclosures = json.loads(stored)
        if not all(isinstance(name, str) for name in categories):
            return (), ()
        return tuple(categories), tuple([_enclosure(*one) for one in enclosures])
    except (ValueError, TypeError, RecursionError):  # a damaged library
        return (), ()


def _enclosure(url: object, kind: object, length: object, duration: object = None) -> Enclosure:
    if isinstance(url, str) and isinstance(kind, str) and isinstance(length, int | None):
        return Enclosure(url, kind, length, duration if isinstance(duration, int) else None)
    raise ValueError("no enclosure")


def folded(title: str) -> str | None:
    """Return the casefolded title where SQLite's LIKE, which knows ASCII's cases only, would differ."""
    if title.isascii():
        return None
    fold = title.casefold()
    return None if fold == title.translate(_ASCII_LOWER) else fold


_ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
