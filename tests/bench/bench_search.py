"""Searching: `python -m tests.bench.bench_search [100000 1000000] [--keep FOLDER] [--library FILE]`.

The words are drawn from headlines and texts of the library itself, so that common ones come often. Prints the
median and the 95th percentile of CPU milliseconds, each query asked once, and how many articles the largest
answer had; the clock's figures stand behind, for a quiet machine.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reader.model import View
from reader.store import Store
from tests.bench.bench_store import fill

QUERIES = 200  # of each kind
SAMPLE = 400  # articles whose words are drawn

Draw = Callable[[], str]


def words(store: Store, chance: random.Random) -> list[str]:
    """Return words of articles drawn from all over the library, as often as they stand there."""
    ids = store.lists.ids(View())
    found: list[str] = []
    for row in store.lists.rows(chance.sample(list(ids), min(SAMPLE, len(ids)))):
        found += [word for word in row.title.split() if word.isalnum()]
    for body in store.rules.bodies(chance.sample(list(ids), min(SAMPLE, len(ids)) // 4)).values():
        text = body.replace("<p>", " ").replace("</p>", " ")
        found += [word for word in text.split()[:40] if word.isalpha()]
    return found


def kinds(store: Store, chance: random.Random) -> Iterator[tuple[str, Draw, bool]]:
    """Return kinds of queries: what each is called, one of them, and whether it is a list by query."""
    known = words(store, chance)
    word: Draw = lambda: chance.choice(known)  # noqa: E731
    source = store.feeds.all()[0].title
    yield "one word", lambda: f"{word()} ", False
    yield "two words", lambda: f"{word()} {word()} ", False
    yield "three words", lambda: f"{word()} {word()} {word()} ", False
    yield "a word, not another", lambda: f"{word()} -{word()} ", False
    yield "one or the other", lambda: f"{word()} OR {word()} ", False
    yield "a word of the headline", lambda: f"title:{word()} ", False
    for letters in (1, 2, 3, 4):
        yield f"a beginning of {letters}", lambda letters=letters: word()[:letters], False
    yield "a word and a beginning of 2", lambda: f"{word()} {word()[:2]}", False
    yield "list: topic:world unread", lambda: "topic:world unread", True
    yield "list: a source", lambda: f'source:"{source}"', True
    yield "list: not a source", lambda: f'-source:"{source}"', True
    yield "list: a topic or a word", lambda: f"topic:sport OR {word()}", True
    yield (
        "list: all together",
        lambda: f'unread topic:world -source:"{source}" since:9999d ({word()} OR {word()})',
        True,
    )


def report(path: Path) -> None:
    """Measure one library."""
    chance = random.Random(20261123)
    with Store.open(path) as store:
        for label, draw, page in kinds(store, chance):
            ways = [(label, None if not page else 200, False)]
            ways += [] if page else [(f"{label}, headlines first", None, True)]
            drawn = [draw() for _ in range(QUERIES)]
            for name, limit, ranked in ways:
                measure(store, name, drawn, limit, ranked=ranked)


def measure(store: Store, label: str, drawn: list[str], limit: int | None, *, ranked: bool) -> None:
    """Ask each query once and print a line."""
    used, taken, most = [], [], 0
    for query in drawn:
        view = View(search=query, ranked=ranked) if limit is None else View(query=query)
        began, cpu = time.perf_counter(), time.process_time()
        most = max(most, len(store.lists.ids(view, limit)))
        used.append((time.process_time() - cpu) * 1000)
        taken.append((time.perf_counter() - began) * 1000)
    high = int(len(drawn) * 0.95)
    cpu95, wall95 = sorted(used)[high], sorted(taken)[high]
    wall = statistics.median(taken)
    print(
        f"  {label:44} {statistics.median(used):8.2f} {cpu95:8.2f} {wall:10.2f} {wall95:8.2f} {most:8}",
        flush=True,
    )


def main() -> None:
    """Run each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[])
    parser.add_argument("--keep", type=Path, help="folder in which the libraries are kept and found again")
    parser.add_argument(
        "--library", type=Path, action="append", default=[], help="a library to measure as it is"
    )
    options = parser.parse_args()
    sizes = options.sizes or ([] if options.library else [100_000])
    with tempfile.TemporaryDirectory() as temporary:
        paths = list(options.library)
        for size in sizes:
            path = (options.keep or Path(temporary)) / f"{size}.db"
            if not path.exists():
                with Store.open(path) as store:
                    fill(store, size)
            paths.append(path)
        for path in paths:
            print(f"{path.name:46} {'CPU':>8} {'p95':>8} {'clock':>10} {'p95':>8} {'most':>8}")
            report(path)


if __name__ == "__main__":
    main()
