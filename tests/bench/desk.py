"""Figures of the desk: `python -m tests.bench.desk [1000 100000] [--keep FOLDER] [--only PART ...]`.

Drives newsread on a pseudo-terminal of 120 by 40 cells, on libraries of each size, and prints

- launch: wall and CPU time until the first headlines are painted, beside a bare Textual list, run in turn;
- keys: from pressing `j` to the painted row, calmly and held down;
- open: from Enter (and from J) to the painted article and to the painted sidebar, 60 articles each;
- ticker: share of a core with the ticker moving, hidden, and with the terminal out of focus;
- memory: resident after the start and after the session of keys;
- lag: how late the event loop is while 500 feeds on loopback are refreshed by the child.

The libraries are made once and kept with --keep (100,000 articles take some minutes and 250 MB); each run
works on a copy. Times are medians; on a busy machine compare the ratios and the CPU times.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from reader.store import Store
from tests.bench import bare, driving, serving
from tests.bench.driving import Desk, Expected, Times, expected
from tests.bench.shelves import made

PARTS = ("launch", "session", "ticker", "lag")
PRESSES, OPENED = 200, 60
SECONDS = 10.0  # of looking at the ticker
SETTLED = 3.0  # seconds after which a start is over
FOCUS_LOST = "\x1b[O"


def launch(paths: dict[int, Path], runs: int) -> None:
    """Print the time to the first headlines, all programs run in turn."""
    command = [sys.executable, "-m", "tests.bench.bare"]
    words = {size: expected(path, 3)[2].title for size, path in paths.items()}
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(runs):
        found.setdefault("bare list", []).append(driving.launched(Path("none"), bare.MARK, command))
        for size, path in paths.items():
            found.setdefault(f"{size:,}", []).append(driving.launched(path, words[size]))
    print(f"launch → first headlines{'':20} median     min   CPU   (ms, {runs} runs each)")
    for name, times in found.items():
        wall, cpu = zip(*times, strict=True)
        floor = found["bare list"]
        ratio = statistics.median(wall) / statistics.median(w for w, _ in floor)
        cpus = statistics.median(cpu) / statistics.median(c for _, c in floor)
        print(
            f"  {name:40} {statistics.median(wall):8.0f} {min(wall):7.0f} {statistics.median(cpu):5.0f}"
            f"   × {ratio:.2f} wall, × {cpus:.2f} CPU of bare"
        )


def session(path: Path) -> None:
    """Print the times of keys and of opening articles, and the memory before and after."""
    known = expected(path, 2 * PRESSES + 3 * OPENED + 4)
    with Desk(path) as desk:
        desk.wait(known[2].title)
        desk.rest(SETTLED)
        line("resident after the start", f"{desk.resident():.1f} MiB")
        line("j → painted row, calm", driving.rows(desk, known[1 : PRESSES + 1], pause=0.1))
        held = known[PRESSES + 1 : 2 * PRESSES + 1]
        line("j → painted row, held down", driving.rows(desk, held, pause=0))
        at = 2 * PRESSES + 1
        desk.rest()
        shown, beside = driving.articles(desk, known[at : at + OPENED], "j\r", back="\x1b")
        report("j and Enter", shown, beside)
        at += OPENED
        desk.press("\r")
        desk.rest()
        shown, beside = driving.articles(desk, known[at : at + OPENED], "J")
        report("J in the article", shown, beside)
        line("resident after the session", f"{desk.resident():.1f} MiB")


def report(how: str, shown: Times, beside: Times) -> None:
    """Print the two times of opening."""
    line(f"{how} → painted article", shown)
    line(f"{how} → painted sidebar ({len(beside.values)})", beside)


def ticker(path: Path, first: Expected) -> None:
    """Print what the ticker costs."""
    with Desk(path) as desk:
        desk.wait(first.title)
        desk.rest(SETTLED)
        line("ticker moving, share of a core", f"{desk.share(SECONDS):.2f} %")
        desk.press(FOCUS_LOST)
        desk.rest(1)
        line("terminal out of focus", f"{desk.share(SECONDS):.2f} %")
        desk.press("\x1b[I")
        desk.press("T")
        desk.rest(1)
        line("ticker hidden", f"{desk.share(SECONDS):.2f} %")


def lag(path: Path, folder: Path) -> None:
    """Print how late the event loop is, calm and while 500 feeds are refreshed."""
    result = folder / "lag.json"
    result.unlink(missing_ok=True)
    with serving.served() as addresses:
        with Store.open(path) as store:
            for feed in store.feeds.all():
                store.feeds.pause(feed.id)
            for number, address in enumerate(addresses):
                store.feeds.add(address, title=f"Loopback {number}", local=True)
        for round_ in ("first fetch", "unchanged"):
            command = [sys.executable, "-m", "tests.bench.lag", str(path), str(result)]
            with Desk(path, command) as desk:
                while not desk.ended:
                    desk.pump(1)
            told = json.loads(result.read_text())
            if round_ == "first fetch":
                line("event loop late, calm", Times(tuple(told["calm"])))
            words = f"late, refresh of {len(addresses)}: {round_}"
            line(words, f"{Times(tuple(told['busy']))}  ({told['seconds']:.1f} s, {told['new']:,} new)")


def line(name: str, figure: object) -> None:
    """Print one row of the table."""
    print(f"  {name:44} {figure}", flush=True)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 100_000])
    parser.add_argument("--keep", type=Path, help="folder in which the libraries are kept and found again")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--runs", type=int, default=9, help="launches of each program")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        kept = {size: made(options.keep or folder, size) for size in options.sizes}
        work = folder / "work"
        work.mkdir()
        paths = {size: Path(shutil.copy(path, work)) for size, path in kept.items()}
        if "launch" in options.only:
            launch(paths, options.runs)
        for size, path in paths.items():
            print(f"{size:,} articles")
            if "ticker" in options.only:
                ticker(path, expected(path, 3)[2])
            if "session" in options.only:
                session(path)
            if "lag" in options.only and size == max(paths):
                lag(path, work)


if __name__ == "__main__":
    main()
