"""Libraries to measure on: made through the library's own ingest, and kept for the next run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from reader import library
from reader.model import Entry, ParsedFeed
from reader.store import Store
from tests.bench.news import A_DAY, FEEDS, NOW, World

A_COMMIT = 1_000  # articles: a day of all feeds, as a refresh would bring them


def made(folder: Path, size: int) -> Path:
    """Return a library of `size` articles in `folder`, made now unless it is there."""
    path = folder / f"desk-{size}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    began = perf_counter()
    part = path.with_suffix(".part")
    for old in folder.glob(part.name + "*"):  # of a run that was broken off
        old.unlink()
    with Store.open(part) as store:
        fill(store, size)
    part.rename(path)
    print(f"made {path.name} in {perf_counter() - began:.0f} s", flush=True)
    return path


def fill(store: Store, size: int) -> None:
    """Add articles day by day, as refreshes would have brought them; no feed is due for a century."""
    world = World()
    feeds = [store.feeds.add(f"https://site{n}.example/feed", title=world.papers[n])[0] for n in range(FEEDS)]
    for start in range(0, size, A_COMMIT):
        stop = min(start + A_COMMIT, size)
        given: dict[int, list[Entry]] = {}
        for n in range(start, stop):
            given.setdefault(n % FEEDS, []).append(world.entry(n, size))
        now = NOW - timedelta(days=(size - stop) / A_DAY)
        with store.transaction(durable=False):
            for number, entries in given.items():
                library.ingest(store, feeds[number], ParsedFeed(entries=tuple(entries)), now=now)
    for feed in feeds:
        store.feeds.succeeded(
            feed.id,
            etag="",
            modified="",
            digest=b"",
            title="",
            site="",
            due=datetime.now(UTC) + timedelta(days=36_500),
            now=NOW,
        )
