"""A feed's bytes without the items that are known by theirs already: what is left is all that need be read.

    body | cut at its items, each with a digest | known ones give way to a mark (a processing instruction)

A cut needs not be right to be safe: what it takes out had, the last time, the very bytes of a whole item, and
whoever reads the rest sees to it that each mark stands where an item would (`quick.slices`). A tag within a
comment or CDATA at most spoils the saving. Linear in the document's length; pure.
"""

from __future__ import annotations

import re
from collections.abc import Container
from hashlib import blake2b

from reader.records import dataclass

TARGET = "newsread-known-item"
"""Of the processing instructions that stand for items."""
DIGEST_BYTES = 8
"""Of an item's bytes: compared with those of one feed only."""

_ITEM = re.compile(rb"<(item|entry)[\s>]")


@dataclass(frozen=True, slots=True)
class Cut:
    """A document without its known items."""

    rest: bytes
    known: tuple[bytes, ...]  # digests of what was taken out, in its order


def digest(item: bytes) -> bytes:
    """Return what an item's bytes are known by."""
    return blake2b(item, digest_size=DIGEST_BYTES).digest()


def cut(body: bytes, known: Container[bytes]) -> Cut | None:
    """Return `body` without the items whose digests are `known`, or None when it has none of them."""
    opening = _ITEM.search(body)
    if not opening:
        return None
    name = opening[1]
    begin = re.compile(rb"<" + name + rb"[\s>]")
    end = b"</" + name + b">"
    pieces: list[bytes] = []
    found: list[bytes] = []
    kept = 0  # up to where the document is dealt with
    start = opening.start()
    while (stop := body.find(end, start)) >= 0:
        stop += len(end)
        if (seen := digest(body[start:stop])) in known:
            pieces += (body[kept:start], mark(len(found)))
            found.append(seen)
            kept = stop
        following = begin.search(body, stop)
        if not following:
            break
        start = following.start()
    return Cut(b"".join((*pieces, body[kept:])), tuple(found)) if found else None


def mark(number: int) -> bytes:
    """Return what stands for the known item with this number, from 0 on."""
    return b"<?%s %d?>" % (TARGET.encode(), number)
