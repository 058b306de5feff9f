"""Figures of related news: `python -m tests.bench.bench_related [10000 100000 1000000] [--folder FOLDER]`.

For each size a library of its own on disk: CPU to add an article (whole, and what each engine takes of it),
the size of the index, and the time of the sidebar for articles of all ages, asked once and again. `--cold`
has the system forget the file before (needs root). Each figure stands beside what it should be.
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

from reader import library, related, topics
from reader.library import ingesting
from reader.library.texts import plain
from reader.model import Entry, ParsedFeed
from reader.store import Store
from reader.store.index import Neighbours

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS, A_BATCH, FEEDS_A_COMMIT = 200, 10, 25
VOCABULARY = 80_000
A_DAY = 3_000  # articles
QUERIES = 400
ZIPF = 1.05
LENGTHS = (0, 12, 12, 30)
"""Of bodies, in words that are no grammar."""
ADD_AIM, STORY_AIM, BYTES_AIM = 0.5, 1.0, 200
HUNDRED_AIM, MILLION_AIM = 5.0, 20.0
"""Milliseconds of the sidebar, p95."""

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
    """A deterministic stream of news: words by Zipf's law, half of them grammar, shared events.

    Lengths are those of feeds: a quarter are headlines alone, half have a teaser, a quarter a long text, of
    which every fourth word was in the headline.
    """

    def __init__(self, seed: int = 20261122) -> None:
        self.random = random.Random(seed)
        self.words = [self._word(n) for n in range(VOCABULARY)]
        self.weights = list(accumulate((rank + 40) ** -ZIPF for rank in range(VOCABULARY)))
        self.events: list[list[str]] = []

    def _word(self, n: int) -> str:
        length = self.random.randint(2, 5) if n < 200 else self.random.randint(4, 10)
        return "".join(self.random.choices("etaoinshrdlucmfwypvbgk", k=length))

    def _some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def entry(self, n: int, size: int) -> Entry:
        when = NOW - timedelta(days=(size - n) / A_DAY)
        title, body = self._some(7), self._some(self.random.choice(LENGTHS))
        if n % 40 == 0:
            self.events = [*self.events[-30:], self.random.sample(self.words[500:], 12)]
        if n % 5 == 0:
            names = self.random.sample(self.random.choice(self.events), 10)
            title[1:5] = map(str.title, names[:4])
            body[3:9] = names[4 : 4 + len(body[3:9])]
        body[::4] = self.random.choices(title, k=len(body[::4]))
        spoken = self.random.choices(GRAMMAR, k=len(body))
        text = " ".join(word for pair in zip(body, spoken, strict=True) for word in pair).capitalize()
        return Entry(title=" ".join(title), guid=str(n), html=f"<p>{text}.</p>", published=when)


class Clock:
    """CPU seconds spent in wrapped functions, each without what other wrapped ones took of it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.inner = 0.0
        self.kept: list[tuple[Any, str, Any]] = []

    def wrap(self, part: str, owner: Any, name: str) -> None:
        function: Callable[..., Any] = getattr(owner, name)
        self.kept.append((owner, name, function))

        def timed(*args: Any, **more: Any) -> Any:
            start, outer, self.inner = time.process_time(), self.inner, 0.0
            try:
                return function(*args, **more)
            finally:
                took = time.process_time() - start
                self.spent[part] += took - self.inner
                self.inner = outer + took

        setattr(owner, name, timed)

    def restore(self) -> None:
        for owner, name, function in reversed(self.kept):
            setattr(owner, name, function)


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


def ask(store: Store, ids: list[int], function: Callable[[Store, int], Any], aim: float) -> str:
    """Return wall and CPU time a call in milliseconds, median and p95."""
    wall, cpu = [], []
    for id in ids:
        start, worked = time.perf_counter(), time.thread_time()
        function(store, id)
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.thread_time() - worked) * 1000)
    (w50, w95), (c50, c95) = map(middle, (wall, cpu))
    return f"p50 {w50:.1f} p95 {w95:.1f} ms{beside(w95, aim)} (CPU {c50:.1f}, {c95:.1f})"


def beside(found: float, aim: float) -> str:
    """Return what a figure should be, and the ratio."""
    return f" [aim {aim:g}: x{found / aim:.2f}]"


def middle(times: list[float]) -> tuple[float, float]:
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def added(path: Path, size: int) -> str:
    """Fill a library and say what it took."""
    clock = Clock()
    clock.wrap("terms", ingesting.engine, "described")
    clock.wrap("stories", ingesting, "_tell")
    clock.wrap("topics", ingesting.topics, "classify")
    clock.wrap("index", Neighbours, "add_all")
    clock.wrap("index", Neighbours, "flush")
    try:
        with Store.open(path) as store:
            spent = fill(store, size) / size * 1000
    finally:
        clock.restore()
    each = {part: seconds / size * 1000 for part, seconds in clock.spent.items()}
    engine = each["terms"] + each["index"]
    parts = ", ".join(f"{part} {took:.3f}" for part, took in each.items())
    return (
        f"added in {spent:.3f} ms of CPU each, of it {parts}\n"
        f"  terms and index: {engine:.3f} ms{beside(engine, ADD_AIM)};"
        f" stories: {each['stories']:.3f} ms{beside(each['stories'], STORY_AIM)}"
    )


def index_size(store: Store, size: int) -> str:
    """Return the bytes an article takes in the index of neighbours, table by table."""
    tables = ("vector", "term", "neighbour_data", "neighbour_idx", "neighbour_docsize")
    pages = dict(store.db.rows("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    each = {name: pages.get(name, 0) / size for name in tables}
    total = sum(each.values())
    terms = store.db.value("SELECT avg(length(weights)) FROM vector")
    return (
        f"{total:.0f}{beside(total, BYTES_AIM)} ({', '.join(f'{name} {n:.0f}' for name, n in each.items())};"
        f" a vector has {terms:.0f})"
    )


def classifier() -> str:
    """Return what the topic classifier takes to load, and for an article."""
    world = World()
    entries = [(entry, plain(entry.html)) for entry in (world.entry(n, 2_000) for n in range(2_000))]
    start = time.process_time()
    topics.classify(entries[0][0], "", "", (), entries[0][1])
    loaded = time.process_time()
    for entry, text in entries:
        topics.classify(entry, "", "", (), text)
    each = (time.process_time() - loaded) / len(entries) * 1000
    load = (loaded - start) * 1000
    return f"topics: loaded in {load:.1f} ms{beside(load, 20)}, {each:.3f} ms an article{beside(each, 0.2)}"


def measure(size: int, folder: Path, *, cold: bool) -> None:
    path = folder / f"related-{size}.db"
    made = "" if path.exists() else added(path, size)
    print(f"{size:,} articles: {made or 'made before'}", flush=True)
    with Store.open(path) as store:
        stories = store.db.value("SELECT count(DISTINCT story) FROM article WHERE story > 0")
        print(f"  index bytes an article: {index_size(store, size)}; {stories:,} stories", flush=True)
    chosen = random.Random(1)
    aim = MILLION_AIM if size > 100_000 else HUNDRED_AIM
    for name, lowest in (("newest 5 %", int(size * 0.95)), ("any age", 1)):
        ids = [chosen.randint(lowest, size) for _ in range(QUERIES)]
        if cold:
            os.sync()
            Path("/proc/sys/vm/drop_caches").write_text("3")
        with Store.open(path) as store:
            gc.collect()
            for round_ in ("cold" if cold else "first", "again"):
                print(f"  {name}, {round_}: {ask(store, ids, library.related, aim)}", flush=True)
            print(f"  {name}, ranking alone: {ask(store, ids, rank, aim)}", flush=True)


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
    print(classifier(), flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        for size in args.sizes:
            measure(size, args.folder or Path(temporary), cold=args.cold)


if __name__ == "__main__":
    main()
