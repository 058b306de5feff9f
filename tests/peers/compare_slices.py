"""Compare reading in slices with reading whole: `python -m tests.peers.compare_slices [--list] [PATHS...]`.

Every feed among the files (default: the corpus beside the checkout) is read as it would have been before its
newest items came, and then as it is, in slices and whole. So it is after an item was edited, the items were
turned round, the oldest went, and the head changed. Printed for each: sliced, read whole after all, or
different, which is listed. The exit code is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reader import parse
from reader.model import Entry, ParsedFeed
from reader.refresh import slicing
from reader.store.slices import Document
from tests.peers.compare_parsers import ADDRESS, CORPUS, files

LIMIT = 2000
SIZE_MIN = 2_000
"""Bytes: smaller files of the corpus are test cases, not feeds."""
_ITEM = re.compile(rb"<(item|entry)[\s>].*?</\1>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sliced:
    """What became of one document: `outcome` is sliced, whole, or different."""

    outcome: str
    unread: int = 0
    differences: tuple[str, ...] = ()


def read(body: bytes, marks: int) -> ParsedFeed:
    """Read as the sandbox's worker does."""
    return parse.feed(body, address=ADDRESS, limit=LIMIT, marks=marks)


def noted(body: bytes) -> Document:
    """Return what a library notes of a document that it read whole."""
    found = slicing.read(body, None, read)
    times = Counter(item.key for item in found.fresh)
    return Document(
        found.context, {item.raw: item for item in found.fresh if item.raw and times[item.key] == 1}
    )


def compare(before: bytes, after: bytes) -> Sliced:
    """Read `after` in the two ways, `before` having been read whole. Raises ParseError."""
    document = noted(before)
    old = read(before, 0)
    entries = dict(zip(old.slices.entries, old.entries, strict=True)) if old.slices else {}
    whole = read(after, 0)
    found = slicing.read(after, document, read)
    if not found.unread:
        return Sliced("whole")
    unread = [entries[item.raw] for item in found.unread]
    lines = tuple(_differences(found, unread, whole))
    return Sliced("different" if lines else "sliced", len(unread), lines)


def _differences(found: slicing.Read, unread: list[Entry], whole: ParsedFeed) -> Iterator[str]:
    """Yield what differs: the feed's own values, each entry, and the order of those that were read."""
    head = replace(found.parsed, entries=(), slices=None, known=())
    if head != replace(whole, entries=(), slices=None):
        yield f"feed: {head!r:.300} / {replace(whole, entries=(), slices=None)!r:.300}"
    if not whole.slices or whole.slices.context != found.context:
        yield "the whole document has another context"
    told = Counter(map(repr, (*found.parsed.entries, *unread)))
    stated = Counter(map(repr, whole.entries))
    for entry in (told - stated) | (stated - told):
        yield f"entry only {'in slices' if told[entry] > stated[entry] else 'in the whole'}: {entry:.300}"
    rest = iter(whole.entries)
    if not all(entry in rest for entry in found.parsed.entries):
        yield "the order of the entries"


def without(body: bytes, count: int) -> bytes:
    """Return a document as it was before its first items came."""
    return _ITEM.sub(b"", body, count) if count else body


def without_last(body: bytes) -> bytes:
    """Return a document whose oldest item has left."""
    spans = [match.span() for match in _ITEM.finditer(body)]
    return body[: spans[-1][0]] + body[spans[-1][1] :] if spans else body


def turned(body: bytes) -> bytes:
    """Return a document with its items the other way round."""
    items = iter([match[0] for match in _ITEM.finditer(body)][::-1])
    return _ITEM.sub(lambda _: next(items), body)


def edited(body: bytes) -> bytes:
    """Return a document whose third item says something else."""
    spans = [match.span() for match in _ITEM.finditer(body)]
    if len(spans) < 3:
        return body
    start, stop = spans[2]
    item = re.sub(rb"(<title[^>]*>(?:\s*<!\[CDATA\[)?)", rb"\1Edited ", body[start:stop], count=1)
    return body[:start] + item + body[stop:]


def built(body: bytes) -> bytes:
    """Return a document with another time and title in its head, as most have at each fetch."""
    return re.sub(rb"(<title[^>]*>(?:\s*<!\[CDATA\[)?)", rb"\1New ", body, count=1)


def in_welsh(body: bytes) -> bytes:
    """Return a document whose head says something else of its items: their language."""
    return re.sub(rb"<(rss|feed|rdf:RDF)([\s>])", rb"<\1 xml:lang='cy'\2", body, count=1)


CHANGES: dict[str, Callable[[bytes], tuple[bytes, bytes]]] = {
    "one new item": lambda body: (without(body, 1), body),
    "three new items": lambda body: (without(body, 3), body),
    "nothing but the head": lambda body: (body, built(body)),
    "an edited item": lambda body: (body, edited(body)),
    "turned round": lambda body: (body, turned(body)),
    "the oldest gone": lambda body: (body, without_last(body)),
    "another language": lambda body: (body, in_welsh(body)),
}


def main() -> int:
    """Print the counts; the differences in full."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("paths", nargs="*", type=Path, default=[CORPUS])
    arguments.add_argument("--list", action="store_true", help="name each feed that is read whole")
    chosen = arguments.parse_args()
    if missing := [path for path in chosen.paths if not path.exists()]:
        print(f"{missing[0]} is not there: nothing to compare")
        return 0
    feeds = [path for _, path in files(chosen.paths) if path.stat().st_size >= SIZE_MIN]
    different = 0
    for change, pair in CHANGES.items():
        totals: Counter[str] = Counter()
        unread = 0
        for path in feeds:
            before, after = pair(path.read_bytes())
            if before == after:
                continue
            try:
                found = compare(before, after)
            except parse.ParseError:
                continue
            totals[found.outcome] += 1
            unread += found.unread
            if chosen.list and found.outcome == "whole":
                print(f"{path}: read whole ({change})")
            for line in found.differences:
                print(f"DIFFERENT {path} ({change}): {line}")
        different += totals["different"]
        print(
            f"{change}: {totals['sliced']} sliced ({unread} items unread),"
            f" {totals['whole']} read whole, {totals['different']} different"
        )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
