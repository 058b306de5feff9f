"""A whole refresh, measured as a process, beside newsboat where that is installed:

    python -m tests.bench.refresh [--corpus FOLDER] [--feeds 500] [--generated 100x50] [--runs 3]

Phases: cold (first fetch of everything), same (nothing new: two feeds in three answer 304), few (two new
items in four feeds of ten). Printed: wall and CPU seconds, CPU milliseconds a feed, most memory, ratios to
newsboat with 8 threads in the same run. The corpus is a folder of real feed files (default: those beside the
checkout); feeds beyond their number repeat them under addresses of their own.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.news import World
from tests.bench.phases import Served, served
from tests.bench.serving import feed
from tests.shared import SHARED

PHASES = ("cold", "same", "few")
FEED_MIN = 2_000
"""Bytes: smaller files of the corpus are test cases, not feeds."""
SUFFIXES = (".xml", ".rss", ".atom", ".rdf")


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    wall: float  # seconds
    cpu: float  # seconds, children included
    memory: float  # MiB, the largest of its processes


def run(command: Sequence[str], env: dict[str, str]) -> Cost:
    """Run a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, used.ru_maxrss / 1024)


class Newsread:
    """newsread, installed in the environment that runs this."""

    name = "newsread"

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
        self.base = [sys.executable, "-P", "-m", "reader"]

    def subscribe(self, addresses: Sequence[str]) -> None:
        """Take the addresses over."""
        (self.home / "config.toml").write_text("[fetch]\nprivate = true\n")
        (self.home / "urls").write_text("\n".join(addresses))
        run([*self.base, "import", *self.places, str(self.home / "urls")], self.env)

    @property
    def places(self) -> list[str]:
        return ["--library", str(self.home / "library.db"), "--config", str(self.home / "config.toml")]

    def reload(self) -> Cost:
        """Fetch everything."""
        return run([*self.base, "refresh", "--all", *self.places], self.env)


class Newsboat(Newsread):
    """newsboat of the system."""

    name = "newsboat"

    def subscribe(self, addresses: Sequence[str]) -> None:
        """Take the addresses over."""
        (self.home / "urls").write_text("\n".join(addresses))
        (self.home / "conf").write_text("reload-threads 8\n")

    def reload(self) -> Cost:
        """Fetch everything."""
        files = [
            f"-{key}{self.home / name}" for key, name in (("u", "urls"), ("C", "conf"), ("c", "cache.db"))
        ]
        return run(["newsboat", *files, "-x", "reload"], self.env)


def once(reader: type[Newsread], folder: Path, feeds: int) -> dict[str, Cost]:
    """Take a reader through the phases, its library fresh."""
    with tempfile.TemporaryDirectory() as home, served(folder, feeds) as site:
        its = reader(Path(home))
        its.subscribe(site.addresses)
        return {phase: _phase(its, site, phase) for phase in PHASES}


def _phase(its: Newsread, site: Served, phase: str) -> Cost:
    if phase == "few":
        site.phase(2)
    return its.reload()


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the medians."""
    walls, cpus, memories = zip(*((cost.wall, cost.cpu, cost.memory) for cost in costs), strict=True)
    return Cost(median(walls), median(cpus), max(memories))


def compare(folder: Path, feeds: int, runs: int) -> None:
    """Print what each reader takes in each phase."""
    readers = [Newsread, *([Newsboat] if shutil.which("newsboat") else [])]
    taken: dict[str, list[dict[str, Cost]]] = {reader.name: [] for reader in readers}
    for _ in range(runs):
        for reader in readers:
            taken[reader.name].append(once(reader, folder, feeds))
    for phase in PHASES:
        costs = {name: middle([one[phase] for one in all_]) for name, all_ in taken.items()}
        for name, cost in costs.items():
            other = costs.get("newsboat")
            ratio = f"  {cost.wall / other.wall:.2f}x wall, {cost.cpu / other.cpu:.2f}x CPU" if other else ""
            print(
                f"{phase:5} {name:9} wall {cost.wall:6.2f} s  CPU {cost.cpu:6.2f} s"
                f"  {cost.cpu / feeds * 1000:6.2f} ms a feed  {cost.memory:4.0f} MiB{ratio}",
                flush=True,
            )


@contextmanager
def corpus(folder: Path) -> Iterator[Path]:
    """Gather the real feeds of a folder and those below it, flat."""
    with tempfile.TemporaryDirectory() as flat:
        chosen = (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES)
        for number, path in enumerate(chosen):
            if path.stat().st_size >= FEED_MIN:
                (Path(flat) / f"{number:04}").symlink_to(path)
        yield Path(flat)


@contextmanager
def generated(feeds: int, items: int) -> Iterator[Path]:
    """Make feeds of invented news."""
    with tempfile.TemporaryDirectory() as flat:
        world = World(seed=7)
        for number in range(feeds):
            (Path(flat) / f"{number:04}").write_bytes(feed(world, number, items))
        yield Path(flat)


def sizes(text: str) -> tuple[int, int]:
    """Return how many feeds of how many items "100x50" means."""
    feeds, items = map(int, text.split("x"))
    return feeds, items


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=SHARED / "feeds")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--generated", type=sizes, default="100x50", help="feeds x items")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if args.corpus.is_dir():
        with corpus(args.corpus) as folder:
            files = len(list(folder.iterdir()))
            print(f"{args.feeds} feeds out of {files} real ones, {args.runs} runs, medians", flush=True)
            compare(folder, args.feeds, args.runs)
    else:
        print(f"there is no folder {args.corpus}: only generated feeds are measured")
    feeds, items = args.generated
    with generated(feeds, items) as folder:
        print(f"{feeds} generated feeds of {items} items", flush=True)
        compare(folder, feeds, args.runs)


if __name__ == "__main__":
    main()
