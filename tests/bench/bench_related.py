"""Figures of related news: `python -m tests.bench.bench_related [10000 100000 1000000] [--folder FOLDER]`.

For each size a library of its own on disk: CPU to add an article (whole, and what the engines take of it),
the size of the index, and the time of the sidebar for articles of all ages, asked once and again. `--cold`
has the system forget the file before (needs root).
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from reader import library, related
from reader.library import ingesting
from reader.model import Entry, ParsedFeed
from reader.store import Store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS, A_BATCH, FEEDS_A_COMMIT = 200, 10, 25
VOCABULARY = 80_000
A_DAY = 3_000  # articles
QUERIES = 400


GRAMMAR = [
    *(
        "the",
        "of",
        "to",
        "and",
        "a",
        "in",
        "for",
        "is",
        "on",
        "that",
        "by",
        "this",
        "with",
        "you",
        "it",
        "not",
    ),
    *("or", "be", "are", "from", "at", "as", "your", "all", "have", "new"),
]


class World:
    """A deterministic stream of news: words by Zipf's law, half of them grammar, shared events."""

    def __init__(self, seed: int = 20261122) -> None:
        self.random = random.Random(seed)
        self.words = [self._word(n) for n in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 40) for rank in range(VOCABULARY)))
        self.events: list[list[str]] = []

    def _word(self, n: int) -> str:
        length = self.random.randint(2, 5) if n < 200 else self.random.randint(4, 10)
        return "".join(self.random.choices("etaoinshrdlucmfwypvbgk", k=length))

    def _some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def entry(self, n: int, size: int) -> Entry:
        when = NOW - timedelta(days=(size - n) / A_DAY)
        title, body = self._some(7), self._some(30)
        if n % 40 == 0:
            self.events = [*self.events[-30:], self.random.sample(self.words[500:], 12)]
        if n % 5 == 0:
            names = self.random.sample(self.random.choice(self.events), 10)
            title[1:5], body[3:9] = map(str.title, names[:4]), names[4:]
        spoken = self.random.choices(GRAMMAR, k=len(body))
        text = " ".join(word for pair in zip(body, spoken, strict=True) for word in pair).capitalize()
        return Entry(title=" ".join(title), guid=str(n), html=f"<p>{text}.</p>", published=when)


class Clock:
    """CPU seconds spent in wrapped functions."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def wrap(self, owner: Any, name: str) -> None:
        function: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **more: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **more)
            finally:
                self.spent[name] += time.process_time() - start

        setattr(owner, name, timed)


def fill(store: Store, size: int) -> float:
    """Add the articles as refreshes do; returns CPU seconds of all the ingesting."""
    world = World()
    feeds = [store.feeds.add(f"https://{n}.example/feed", title=f"Feed {n}")[0] for n in range(FEEDS)]
    spent, n, turn = 0.0, 0, 0
    while n < size:
        parsed = []
        for _ in range(FEEDS_A_COMMIT):
            entries = tuple(world.entry(i, size) for i in range(n, min(n + A_BATCH, size)))
            n += len(entries)
            parsed.append((feeds[turn % FEEDS], ParsedFeed(entries=entries)))
            turn += 1
        now = NOW - timedelta(days=(size - n) / A_DAY)
        start = time.process_time()
        with store.transaction():
            for feed, document in parsed:
                library.ingest(store, feed, document, now=now)
        spent += time.process_time() - start
    return spent


def ask(store: Store, ids: list[int], function: Callable[[Store, int], Any]) -> str:
    """Return wall and CPU time a call in milliseconds, median and p95."""
    wall, cpu = [], []
    for id in ids:
        start, worked = time.perf_counter(), time.thread_time()
        function(store, id)
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.thread_time() - worked) * 1000)
    (w50, w95), (c50, c95) = map(middle, (wall, cpu))
    return f"p50 {w50:.1f} p95 {w95:.1f} (CPU {c50:.1f}, {c95:.1f}) ms"


def middle(times: list[float]) -> tuple[float, float]:
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def added(path: Path, size: int) -> str:
    """Fill a library and say what it took."""
    clock = Clock()
    kept = ingesting.engine.described, ingesting._tell, ingesting.topics.classify
    for owner, name in (
        (ingesting.engine, "described"),
        (ingesting, "_tell"),
        (ingesting.topics, "classify"),
    ):
        clock.wrap(owner, name)
    with Store.open(path) as store:
        spent = fill(store, size)
    ingesting.engine.described, ingesting._tell, ingesting.topics.classify = kept
    parts = ", ".join(f"{name.strip('_')} {s / size * 1000:.3f}" for name, s in clock.spent.items())
    return f"added in {spent / size * 1000:.3f} ms of CPU each; of it {parts}"


def index_size(store: Store, size: int) -> str:
    """Return the bytes an article takes in the index of neighbours, table by table."""
    tables = ("vector", "term", "neighbour_data", "neighbour_idx", "neighbour_docsize")
    pages = dict(store.db.rows("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    each = {name: pages.get(name, 0) / size for name in tables}
    return f"{sum(each.values()):.0f} ({', '.join(f'{name} {n:.0f}' for name, n in each.items())})"


def measure(size: int, folder: Path, *, cold: bool) -> None:
    path = folder / f"related-{size}.db"
    made = "" if path.exists() else added(path, size)
    print(f"{size:,} articles: {made or 'made before'}", flush=True)
    with Store.open(path) as store:
        stories = store.db.value("SELECT count(DISTINCT story) FROM article WHERE story > 0")
        print(f"  index bytes an article: {index_size(store, size)}; {stories:,} stories", flush=True)
    chosen = random.Random(1)
    for name, lowest in (("newest 5 %", int(size * 0.95)), ("any age", 1)):
        ids = [chosen.randint(lowest, size) for _ in range(QUERIES)]
        if cold:
            os.sync()
            Path("/proc/sys/vm/drop_caches").write_text("3")
        with Store.open(path) as store:
            gc.collect()
            for round_ in ("cold" if cold else "first", "again"):
                print(f"  {name}, {round_}: {ask(store, ids, library.related)}", flush=True)
            print(f"  {name}, ranking alone: {ask(store, ids, rank)}", flush=True)


def rank(store: Store, article: int) -> Any:
    return related.ranked(article, store.neighbours)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="keep the libraries here, and use those that are there")
    parser.add_argument("--cold", action="store_true", help="drop the system's caches before asking")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for size in args.sizes:
            measure(size, args.folder or Path(temporary), cold=args.cold)


if __name__ == "__main__":
    main()
