"""A changed document: only its items that are new or other bytes than last time go to the parser.

What comes of it is what reading all of it would give, for the library as it is: whatever may be otherwise
(a head that says something else to the items, two items under one key, a document that is not plain) is read
whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reader.model import ParsedFeed
from reader.parse import ParseError, slicing
from reader.records import dataclass
from reader.sandbox import StoppedError
from reader.store import identity
from reader.store.slices import Document, Known

Parse = Callable[[bytes, int], ParsedFeed]
"""Reads a document in which so many marks stand for known items (0: it is whole)."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read, and what its items are known by from now on."""

    parsed: ParsedFeed
    context: bytes = b""  # b"": they cannot be known by their bytes
    unread: tuple[Known, ...] = ()
    fresh: tuple[Known, ...] = ()


def read(body: bytes, before: Document | None, parse: Parse) -> Read:
    """Read a feed's document, `before` being what is noted of the last one. Raises ParseError."""
    if before and before.items and (read := _in_slices(body, before, parse)):
        return read
    parsed = parse(body, 0)
    return Read(parsed, parsed.slices.context if parsed.slices else b"", (), _fresh(parsed))


def _in_slices(body: bytes, before: Document, parse: Parse) -> Read | None:
    cut = slicing.cut(body, before.items)
    if not cut:
        return None
    try:
        parsed = parse(cut.rest, len(cut.known))
    except StoppedError:
        raise
    except ParseError:  # so may the whole document be, which is then judged
        return None
    if not parsed.slices or parsed.slices.context != before.context:
        return None
    unread = tuple([before.items[raw] for raw in cut.known])
    keys = tuple([known.key for known in unread])
    if not {identity.key(entry) for entry in parsed.entries}.isdisjoint(keys):
        return None
    return Read(replace(parsed, known=keys), before.context, unread, _fresh(parsed))


def _fresh(parsed: ParsedFeed) -> tuple[Known, ...]:
    if not parsed.slices:
        return tuple([Known(b"", identity.key(entry), b"") for entry in parsed.entries])
    pairs = zip(parsed.slices.entries, parsed.entries, strict=True)
    return tuple([Known.of(raw, entry) for raw, entry in pairs])
