"""Figures of parsing: `python -m tests.bench.bench_parse [FOLDER] [--rounds 3]`.

CPU a feed, the fast path beside feedparser's way, from bytes to what is stored: over the feeds of FOLDER
(default: the corpus beside the checkout) that the fast path takes, over those of them with ten items and
more, and over a made-up feed of 100 items. Those with ten items are also read in slices, some of their items
being new. Then the wall time of the same feeds through the sandbox's worker, and what of it is not parsing.
The least of the rounds counts.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from reader import encoding, parse, xmltext
from reader.model import ParsedFeed
from reader.parse import quick, values, xml
from reader.refresh import slicing
from reader.sandbox import Sandbox
from reader.store.slices import Document
from tests.bench.news import World
from tests.bench.serving import feed
from tests.peers.compare_slices import noted, without

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "feeds"
ADDRESS = "https://feeds.example.org/news/feed.xml"
MANY = 10  # items


def fast(body: bytes) -> object:
    """Read a feed as newsread does."""
    return parse.feed(body, address=ADDRESS)


def slow(body: bytes) -> object:
    """Read a feed by feedparser, all else as newsread does."""
    cleaned = xmltext.clean(encoding.decode(body))
    return values.parsed(xml.read(cleaned, address=ADDRESS, limit=parse.ITEMS_MAX), address=ADDRESS)


def fast_step(text: str) -> object:
    """Do the fast path's own part alone."""
    return quick.read(
        text if quick.plain(text) else xmltext.clean(text), address=ADDRESS, limit=parse.ITEMS_MAX
    )


def slow_step(text: str) -> object:
    """Do the part that it replaces alone."""
    return xml.read(xmltext.clean(text), address=ADDRESS, limit=parse.ITEMS_MAX)


def taken(folder: Path) -> list[bytes]:
    """Return the feeds of a folder that the fast path takes."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.name != "INDEX.tsv":
            body = path.read_bytes()
            text = encoding.decode(body)
            try:
                quick.read(
                    text if quick.plain(text) else xmltext.clean(text), address=ADDRESS, limit=parse.ITEMS_MAX
                )
            except quick.Doubt:
                continue
            found.append(body)
    return found


def each(work: Callable[[Any], object], bodies: Sequence[Any], rounds: int) -> float:
    """Return milliseconds of CPU for one of `bodies`."""
    least = float("inf")
    for _ in range(rounds):
        start = process_time()
        for body in bodies:
            work(body)
        least = min(least, process_time() - start)
    return 1000 * least / len(bodies)


def compare(name: str, bodies: Sequence[bytes], rounds: int) -> None:
    """Print one line of figures."""
    if not bodies:
        return
    quickly, slowly = each(fast, bodies, rounds), each(slow, bodies, rounds)
    texts = [encoding.decode(body) for body in bodies]
    step = each(slow_step, texts, rounds) / each(fast_step, texts, rounds)
    items = sum(len(parse.feed(body).entries) for body in bodies) / len(bodies)
    size = sum(map(len, bodies)) / len(bodies) / 1024
    print(
        f"{name}: {len(bodies)} feeds, {size:.0f} KiB and {items:.0f} items each:"
        f" {quickly:.2f} ms, feedparser {slowly:.2f} ms: {slowly / quickly:.1f} times as fast,"
        f" without what both need (decoding, gates) {step:.1f} times"
    )


def in_slices(bodies: Sequence[bytes], rounds: int) -> None:
    """Print what reading in slices costs beside reading whole, for feeds whose newest items are new."""

    def part(pair: tuple[bytes, Document]) -> object:
        return slicing.read(*pair, read)

    def whole(pair: tuple[bytes, Document]) -> object:
        return slicing.read(pair[0], None, read)

    for new in (0, 1, 3):
        pairs = [(body + b"\n", noted(without(body, new))) for body in bodies]
        sliced = [pair for pair in pairs if slicing.read(*pair, read).unread]
        if not sliced:
            continue
        quickly, slowly = each(part, sliced, rounds), each(whole, sliced, rounds)
        print(
            f"in slices, {new} new items: {len(sliced)} of {len(pairs)} feeds, {quickly:.2f} ms,"
            f" whole {slowly:.2f} ms: {slowly / quickly:.1f} times as fast"
        )


def read(body: bytes, marks: int) -> ParsedFeed:
    """Read as the sandbox's worker does."""
    return parse.feed(body, address=ADDRESS, marks=marks)


def sandboxed(bodies: Sequence[bytes], rounds: int) -> None:
    """Print how much of the way through the worker is not parsing."""
    if not bodies:
        return
    walls = []
    with Sandbox() as box:
        for body in bodies:
            box.feed(body, address=ADDRESS)
        for _ in range(rounds):
            start = perf_counter()
            for body in bodies:
                box.feed(body, address=ADDRESS)
            walls.append(1000 * (perf_counter() - start) / len(bodies))
    inside = each(fast, bodies, rounds)
    whole = min(walls)
    print(f"through the sandbox: {whole:.2f} ms of wall a feed, {whole - inside:.2f} ms of it not parsing")


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    warnings.simplefilter("ignore")
    bodies = taken(chosen.folder)
    compare("taken", bodies, chosen.rounds)
    many = [body for body in bodies if len(parse.feed(body).entries) >= MANY]
    compare(f"of {MANY} items and more", many, chosen.rounds)
    compare("made up", [feed(World(), 0, 100)], 10 * chosen.rounds)
    in_slices(many, chosen.rounds)
    sandboxed(bodies, chosen.rounds)
    sandboxed(many, chosen.rounds)


if __name__ == "__main__":
    main()
