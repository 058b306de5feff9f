"""Where a document's items lie in its bytes, and whether each means by itself what it means there.

An item may be read apart from the others, or left out, when it and all behind it begin in the same state of
the machine, when nothing but items stands between the first and the last of them, and when none changes what
the others see. All that is held against the document as it is read; what is doubtful has no slices.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any

from reader import __version__
from reader.model import Slices
from reader.parse import slicing

REVISION = 1
"""Raised with each change of what is read out of an item's bytes between two versions of newsread."""

_NAME = re.compile(rb"[^\s>/]+")
_GAP = re.compile(rb"(?:\s++|<!--.*?-->)*+", re.ASCII | re.DOTALL)
_TAIL = re.compile(rb"(?:\s++|<!--.*?-->|</[\w:.-]++\s*+>)*+", re.ASCII | re.DOTALL)


class Slicer:
    """Notes the items of one document, and the marks that stand for others, in their order."""

    def __init__(self, marks: int) -> None:
        self._marks = marks  # how many there must be
        self._seen = 0
        self._state: tuple[Any, ...] | None = None
        self._spans: list[tuple[int, int]] = []  # of items and marks
        self._items: list[int] = []  # which of the spans are items
        self._declared = -1  # byte of the last namespace
        self._odd = False  # whether the first item has a state of its own
        self._sound = True

    def open(self, start: int, state: tuple[Any, ...]) -> None:
        """Note that an item begins at byte `start`; `state` is all that it can see."""
        self._items.append(len(self._spans))
        self._spans.append((start, -1))
        self._compare(state)

    def close(self, document: bytes, end: int) -> None:
        """Note that the item ends with the tag at byte `end`."""
        start, _ = self._spans[-1]
        name = _NAME.match(document, start + 1)
        closing = b"</" + name[0] if name else b""
        self._sound = self._sound and document.startswith(closing, end)  # <item/> ends where the next begins
        self._spans[-1] = (start, document.find(b">", end) + 1)

    def mark(self, document: bytes, start: int, number: str, state: tuple[Any, ...]) -> None:
        """Note a mark at byte `start`."""
        self._sound = self._sound and number == str(self._seen)
        self._seen += 1
        self._spans.append((start, document.find(b"?>", start) + 2))
        self._compare(state)

    def declare(self, start: int) -> None:
        """Note that the tag at byte `start` declares a namespace, which counts for what is behind it, too."""
        self._declared = start

    def spoil(self) -> None:
        """Note that an item changes what others see."""
        self._sound = False

    def _compare(self, state: tuple[Any, ...]) -> None:
        """Hold a state against the others; the first item may see one of its own, as those of podcasts do."""
        if len(self._spans) == 2 and state != self._state:
            self._odd = True
            self._sound = self._sound and self._items[:1] == [0]
            self._state = state
        self._state = self._state or state
        self._sound = self._sound and state == self._state

    def slices(self, document: bytes, feed: tuple[Any, ...]) -> Slices | None:
        """Return what the items are known by, with the feed's own values that entries inherit; or None."""
        if not self._sound or self._state is None or self._seen != self._marks:
            return None
        if self._declared >= self._spans[0][0] or not self._only_items(document):
            return None
        spans = [self._spans[number] for number in self._items]
        digests = [slicing.digest(document[start:stop]) for start, stop in spans]
        if self._odd:
            digests[0] = b""
        seen = repr((__version__, REVISION, self._state, feed)).encode("utf-8", "replace")
        return Slices(blake2b(seen, digest_size=slicing.DIGEST_BYTES).digest(), tuple(digests))

    def _only_items(self, document: bytes) -> bool:
        """Tell whether nothing but spaces and comments stand between the items, and end tags behind them."""
        end = self._spans[0][0]
        for start, stop in self._spans:
            if not _GAP.fullmatch(document, end, start):
                return False
            end = stop
        return bool(_TAIL.fullmatch(document, end))
