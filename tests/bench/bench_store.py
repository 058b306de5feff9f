"""Figures of the library: `python -m tests.bench.bench_store [1000 100000 1000000] [--keep FOLDER]`.

Prints median and p95 in milliseconds of warm repetitions; each size in a library of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from reader.model import STANDARD_TOPICS, Entry, Evidence, View
from reader.store import Store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS = 100
BATCH = 500
VOCABULARY = 60_000
SENTENCES = 20_000


class World:
    """A deterministic stream of articles whose words follow Zipf's law."""

    def __init__(self, seed: int = 20261122) -> None:
        self.random = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgk"
        self.words = [self._word(letters, n) for n in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.sentences = [" ".join(self._words(14)).capitalize() + "." for _ in range(SENTENCES)]

    def _word(self, letters: str, n: int) -> str:
        length = self.random.randint(2, 4) if n < 100 else self.random.randint(4, 10)
        return "".join(self.random.choices(letters, k=length)) + (str(n) if n % 7 == 0 else "")

    def _words(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def entry(self, n: int, size: int) -> tuple[Entry, str]:
        """Return the n-th of `size` articles: a year of news, in order but for some hours."""
        age = timedelta(days=365) * (1 - n / size) + timedelta(minutes=self.random.randint(0, 600))
        body = self.random.choices(self.sentences, k=16)
        html = "".join(f"<p>{sentence}</p>" for sentence in body)
        url = f"https://site{n % FEEDS}.example/news/2026/{n}/some-words-of-the-headline"
        entry = Entry(
            title=" ".join(self._words(9)).title(), guid=url, url=url, html=html, author="A. Reporter",
            published=NOW - age, categories=("News", "Local"),
        )  # fmt: skip
        return entry, " ".join(body)

    def topics(self) -> tuple[Evidence, ...]:
        """Return no, one or two topics."""
        names = self.random.choices(
            STANDARD_TOPICS, weights=range(10, 0, -1), k=self.random.choice((0, 1, 1, 2))
        )
        return tuple(Evidence(name, "category: News") for name in names)


def fill(store: Store, size: int) -> tuple[float, float]:
    """Fill a library; returns the seconds and the seconds of CPU that the store took."""
    world = World()
    feeds = [store.feeds.add(f"https://site{n}.example/feed", title=f"Site {n}")[0] for n in range(FEEDS)]
    spent, cpu = 0.0, 0.0
    for start in range(0, size, BATCH * 10):
        made: dict[int, list[tuple[Entry, str]]] = {}
        for n in range(start, min(size, start + BATCH * 10)):
            made.setdefault(n % FEEDS, []).append(world.entry(n, size))
        prepared = [
            (feed, [(e, t, world.topics(), world.random.randbytes(200)) for e, t in made[feed]])
            for feed in made
        ]
        began, used = time.perf_counter(), time.process_time()
        with store.transaction():
            for feed, items in prepared:
                rows = store.articles.sift(feeds[feed].id, [entry for entry, *_ in items])
                ready = [
                    replace(row, text=text, topics=topics, vector=vector, terms=_terms(text))
                    for row, (_, text, topics, vector) in zip(rows, items, strict=True)
                ]
                store.articles.save(feeds[feed].id, ready, NOW)
        spent += time.perf_counter() - began
        cpu += time.process_time() - used
    return spent, cpu


def _terms(text: str) -> list[str]:
    return text[:500].lower().split()[:60]


def measure(label: str, act: Callable[[], object], times: int = 30) -> None:
    """Print median, 95th percentile and median CPU time of an act."""
    taken, used = [], []
    for _ in range(times):
        began, cpu = time.perf_counter(), time.process_time()
        act()
        taken.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    taken.sort()
    wall, high = statistics.median(taken), taken[int(len(taken) * 0.95)]
    print(f"  {label:44} {wall:9.2f} {high:9.2f} {statistics.median(used):9.2f} ms")


def searches(world: World) -> Iterator[tuple[str, str]]:
    """Return kinds of queries: the commonest words, middling, rare, two, a phrase, prefixes."""
    words = world.words
    yield "search: the commonest word", words[0] + " "
    yield "search: a common word", words[30] + " "
    yield "search: a word in the middle", words[2_000] + " "
    yield "search: a rare word", words[50_000] + " "
    yield "search: two common words", f"{words[5]} {words[40]} "
    yield "search: common, without another", f"{words[5]} -{words[40]} "
    yield "search: phrase", '"' + " ".join(world.sentences[7].rstrip(".").split()[2:5]) + '"'
    yield "search: prefix of 1", "s"
    yield "search: prefix of 2", "se"
    yield "search: prefix of 3", "ser"
    yield "search: prefix of 4", words[3_000][:4]
    yield "search: common word and prefix of 2", f"{words[5]} se"


def report(path: Path, size: int) -> None:
    """Measure one library."""
    world = World()

    def reopened() -> None:
        with Store.open(path) as store:
            store.lists.rows(store.lists.ids(View(), 200))

    measure("open + first page (closed each time)", reopened)
    with Store.open(path) as store:
        lists, marks = store.lists, store.marks
        ids = lists.ids(View())
        first_feed = store.feeds.all()[0].id
        measure("ids: first 200", lambda: lists.ids(View(), 200))
        measure("ids: all", lambda: lists.ids(View()), 7)
        measure("ids: unread, first 200", lambda: lists.ids(View(unread=True), 200))
        measure("ids: topic, first 200", lambda: lists.ids(View(topic="World"), 200))
        measure("ids: topic + unread, first 200", lambda: lists.ids(View(topic="World", unread=True), 200))
        measure("ids: feed + unread, first 200", lambda: lists.ids(View(feed=first_feed, unread=True), 200))
        measure("ids: topic, all", lambda: lists.ids(View(topic="World")), 7)
        measure("ids: filter of two words, first 200", lambda: lists.ids(View(filter="ser site"), 200))
        measure("ids: filter that matches nothing", lambda: lists.ids(View(filter="qqqq")), 7)
        middle = len(ids) // 2
        measure("rows: 200", lambda: lists.rows(ids[middle : middle + 200]))
        measure("ticker", lambda: lists.ticker(View()))
        measure("counts", lists.counts)
        measure("topics", lists.topics)
        measure("article", lambda: store.articles.get(ids[middle]))
        for label, query in searches(world):
            hits = len(lists.ids(View(search=query)))
            measure(f"{label} ({hits})", lambda query=query: lists.ids(View(search=query)))
        terms = [world.words[n] for n in (20, 90, 400, 1_000, 3_000, 9_000, 20_000)]
        measure("neighbours: frequencies of 7", lambda: store.neighbours.frequencies(terms))
        measure("neighbours: candidates", lambda: store.neighbours.candidates(terms[3:], 0, 200))
        measure("neighbours: vectors of 200", lambda: store.neighbours.vectors(ids[middle : middle + 200]))
        flip = iter(ids[:2000])
        measure("mark one read", lambda: marks.read([next(flip)]))
        began = time.perf_counter()
        changed = marks.read_all(View())
        print(f"  {'mark all read':44} {(time.perf_counter() - began) * 1000:9.1f} ms ({len(changed)})")
        measure("ids: unread, none left", lambda: lists.ids(View(unread=True), 200))
        marks.read(changed[:50], read=False)
        measure("ids: topic + unread, 50 left", lambda: lists.ids(View(topic="World", unread=True), 200))
        measure(
            "search: the commonest word, 50 unread",
            lambda: lists.ids(View(search=world.words[0] + " ", unread=True)),
            5,
        )
        began = time.perf_counter()
        marks.read(changed, read=False)
        print(f"  {'undo it':44} {(time.perf_counter() - began) * 1000:9.1f} ms")


def sizes(path: Path, size: int) -> None:
    """Print bytes per article, by table."""
    with Store.open(path) as store:
        rows = store.db.rows("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")
    print(
        "  bytes per article:",
        round(sum(row[1] for row in rows) / size),
        {n: round(b / size) for n, b in rows if b > size},
    )


def main() -> None:
    """Run each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 100_000])
    parser.add_argument("--keep", type=Path, help="folder in which the libraries are kept and found again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            path = (options.keep or Path(temporary)) / f"{size}.db"
            print(f"{size:,} articles{'':29} median       p95       cpu")
            if not path.exists():
                with Store.open(path) as store:
                    spent, cpu = fill(store, size)
                each, used = spent / size * 1000, cpu / size * 1000
                print(f"  ingest per article {each:.3f} ms, CPU {used:.3f} ms")
                sizes(path, size)
            report(path, size)
            print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
