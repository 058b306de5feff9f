"""How quick the commands of scripts and status bars are: `python -m tests.bench.commands [--keep FOLDER]`.

Each command is a process of its own over a library of 100,000 articles, `brief` over one whose last day
brought 2,000. Prints the minimum and the median of the clock and of the processor's time in milliseconds,
beside the aim: on a busy machine the minimum of CPU is what says most. `python -c pass` stands first, for
what an interpreter alone costs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from reader import library
from reader.model import Entry, ParsedFeed, View
from reader.store import Store
from tests.bench.news import FEEDS, World
from tests.bench.shelves import made

SIZE = 100_000
OF_THE_DAY = 2_000
NEWSREAD = (sys.executable, "-P", "-m", "reader")
COMMANDS: tuple[tuple[str, int], ...] = (  # words, and how many milliseconds are the aim
    ("--version", 40),
    ("unread --count", 80),
    ("list --limit 20 --json", 80),
    ("list --limit 20", 80),
    ("search WORD", 120),
    ("search WORD --limit 20 --json", 120),
    ("brief --since 24h", 500),
    ("paths", 0),
    ("config", 0),
    ("views", 0),
    ("topics", 0),
    ("feeds --json", 0),
)


def of_the_day(path: Path, now: datetime) -> Path:
    """Make a library whose last 24 hours brought OF_THE_DAY articles of all feeds."""
    world = World()
    with Store.open(path) as store, store.transaction(durable=False):
        feeds = [
            store.feeds.add(f"https://site{n}.example/feed", title=world.papers[n])[0] for n in range(FEEDS)
        ]
        given: dict[int, list[Entry]] = {}
        for n in range(OF_THE_DAY):
            published = now - timedelta(hours=23) * (1 - n / OF_THE_DAY)
            entry = replace(world.entry(n, OF_THE_DAY), published=published)
            given.setdefault(n % FEEDS, []).append(entry)
        for number, entries in given.items():
            library.ingest(store, feeds[number], ParsedFeed(entries=tuple(entries)), now=now)
    return path


def word(path: Path) -> str:
    """Return a word of the library that is neither rare nor everywhere."""
    with Store.open(path) as store:
        names = [word for row in store.lists.rows(store.lists.ids(View(), 50)) for word in row.title.split()]
        counts = {name: len(store.lists.ids(View(search=name))) for name in names if name.isalpha()}
    return min(counts, key=lambda name: abs(counts[name] - SIZE // 1_000))


def timed(command: Sequence[str], env: dict[str, str], runs: int) -> tuple[list[float], list[float]]:
    """Run a command several times; return milliseconds of the clock and of the processor."""
    clock, cpu = [], []
    for _ in range(runs):
        began = perf_counter()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _, status, used = os.wait4(process.pid, 0)
        clock.append((perf_counter() - began) * 1e3)
        cpu.append((used.ru_utime + used.ru_stime) * 1e3)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.stderr is not None
        with process.stderr as said:
            if process.returncode:
                raise SystemExit(f"{' '.join(command)}: {said.read().decode()}")
    return clock, cpu


def line(label: str, times: tuple[list[float], list[float]], aim: int) -> str:
    """Return a row of the table."""
    figures = "".join(f"{min(each):8.0f}{statistics.median(each):8.0f}" for each in times)
    return f"{label:36}{figures}{aim or '':>8}"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, help="where the library of 100,000 is kept for the next run")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--only", default="", help="commands that hold this")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = made(asked.keep or folder, SIZE)
        small = of_the_day(folder / "day.db", datetime.now(UTC))
        env = {"HOME": name, "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
        print(f"{'milliseconds':36}{'clock':>8}{'median':>8}{'CPU':>8}{'median':>8}{'aim':>8}")
        print(line("python -c pass", timed([sys.executable, "-c", "pass"], env, asked.runs), 0), flush=True)
        known = word(large)
        for template, aim in COMMANDS:
            words = template.replace("WORD", known)
            if asked.only in template:
                path = small if words.startswith("brief") else large
                times = timed([*NEWSREAD, *words.split()], env | {"NEWSREAD_LIBRARY": str(path)}, asked.runs)
                print(line(words, times, aim), flush=True)


if __name__ == "__main__":
    main()
