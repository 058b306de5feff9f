"""How soon one can read, and how soon a key works: `python -m tests.bench.launch [SIZES] [--keep FOLDER]`.

On a pseudo-terminal of 120 by 40 cells, all programs in turn, each in a home folder of its own:

- newsread with the frame of the last desk kept, and without one;
- a bare Textual list;
- newsboat, where it is installed, on the same number of articles: its list of feeds, and the headlines of
  the first one (Enter).

Two times from the start of the process: until the first words are painted, and until the effect of a key is
painted that was typed when they were. Medians; CPU: of newsread and of the list, until the key's effect.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from time import monotonic
from xml.sax.saxutils import escape

from tests.bench import bare
from tests.bench.driving import COMMAND, Desk, Expected, expected
from tests.bench.news import FEEDS, World
from tests.bench.shelves import made
from tests.emulated import Screen
from tests.terminal import Terminal

SETTLED = 3.0  # seconds after which a desk shows all
NEWSBOAT = shutil.which("newsboat")
LONGEST = 120.0  # seconds


@dataclass(frozen=True)
class Times:
    """Milliseconds from the start of a process."""

    first: float
    key: float
    cpu: float = 0.0


def newsread(path: Path, known: list[Expected], home: Path) -> Times:
    """Launch the desk on a library; the key is `j`."""
    with Desk(path, COMMAND, home) as desk:
        first = desk.wait(known[0].title)
        os.write(desk.fd, b"j")
        end = monotonic() + LONGEST
        while f"▌● {known[1].title}" not in desk.text() and monotonic() < end:
            desk.pump(0.05)
        times = Times(first * 1000, (desk.wrote - desk.started) * 1000, desk.used() * 1000)
        leave(desk, "g")  # its frame is kept for the next launch
        return times


def leave(desk: Desk, keys: str = "") -> None:
    """Quit once all is painted."""
    desk.rest(SETTLED)
    if keys:
        desk.press(keys)
        desk.rest(SETTLED / 2)
    desk.press("Q")
    while not desk.ended:
        desk.pump(1)


def leave_frame(path: Path, known: list[Expected], home: Path) -> None:
    """Open the desk and quit, so that its frame is kept."""
    with Desk(path, COMMAND, home) as desk:
        desk.wait(known[0].title)
        leave(desk)


def bare_list(home: Path) -> Times:
    """Launch the bare list; the key is Down, and its effect a row in other colours."""
    with Desk(home / "none", [sys.executable, "-m", "tests.bench.bare"], home) as list_:
        first = list_.wait(bare.MARK)
        os.write(list_.fd, b"\x1b[B\x1b[B")
        screen, fed, end = Screen(), 0, monotonic() + LONGEST
        while monotonic() < end:
            screen.feed(bytes(list_.raw[fed:]))
            fed = len(list_.raw)
            second, third = (
                next((row[4][1] for row in screen.cells if words in "".join(t for t, _ in row)), "")
                for words in ("Row 1 of", "Row 2 of")
            )
            if second != third:
                break
            list_.pump(0.05)
        return Times(first * 1000, (list_.wrote - list_.started) * 1000, list_.used() * 1000)


def newsboat(folder: Path, titles: tuple[str, str]) -> Times:
    """Launch newsboat; the key is Enter, which shows the headlines of the first feed."""
    with Terminal(newsboat_words(folder), env={"HOME": str(folder)}) as boat:
        first = boat.wait(titles[0], timeout=LONGEST)
        os.write(boat.fd, b"\r")
        boat.wait(titles[1], timeout=LONGEST)
        return Times(first * 1000, (boat.wrote - boat.started) * 1000)


def newsboat_words(folder: Path) -> list[str]:
    """Return the command of newsboat on the feeds of a folder."""
    assert NEWSBOAT
    files = [("-u", "urls"), ("-c", "cache.db"), ("-C", "config")]
    return [NEWSBOAT, "-q", *(word for flag, name in files for word in (flag, str(folder / name)))]


def newsboat_made(keep: Path, size: int) -> tuple[Path, tuple[str, str]]:
    """Return newsboat's folder with `size` articles read in, made unless it is there, and what it shows."""
    folder, world = keep / f"newsboat-{size}", World()
    feeds = min(FEEDS, size)
    entries = [[world.entry(n, size) for n in range(feed, size, feeds)] for feed in range(feeds)]
    newest = max(entries[0], key=lambda entry: str(entry.published))
    shown = (world.papers[0][:14], newest.title[:14])
    if (folder / "cache.db").exists():
        return folder, shown
    folder.mkdir(parents=True)
    (folder / "config").write_text("auto-reload no\nfeed-sort-order none\n")
    for number, of_feed in enumerate(entries):
        items = "".join(
            f"<item><title>{escape(entry.title)}</title><guid>{escape(entry.guid)}</guid>"
            f"<link>{escape(entry.url)}</link><pubDate>{format_datetime(entry.published)}</pubDate>"
            f"<description>{escape(entry.html)}</description></item>"
            for entry in of_feed
            if entry.published
        )
        title = escape(world.papers[number])
        body = (
            f"<rss version='2.0'><channel><title>{title}</title><link>http://x</link>{items}</channel></rss>"
        )
        (folder / f"{number}.xml").write_text(body)
    (folder / "urls").write_text("".join(f"file://{folder}/{number}.xml\n" for number in range(feeds)))
    env = os.environ | {"HOME": str(folder)}
    subprocess.run([*newsboat_words(folder), "-x", "reload"], check=True, env=env, capture_output=True)
    return folder, shown


def main() -> None:
    """Measure what is installed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[50, 5_000, 50_000])
    parser.add_argument("--keep", type=Path, help="folder in which the libraries are kept and found again")
    parser.add_argument("--runs", type=int, default=9, help="launches of each program")
    parser.add_argument("--no-newsboat", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        keep = (options.keep or folder).resolve()
        programs: dict[str, Callable[[], Times]] = {"bare Textual list": lambda: bare_list(folder)}
        for size in options.sizes:
            add(programs, keep, folder / str(size), size, boat=bool(NEWSBOAT) and not options.no_newsboat)
        report(programs, options.runs)


def add(programs: dict[str, Callable[[], Times]], keep: Path, home: Path, size: int, *, boat: bool) -> None:
    """Add what is launched with `size` articles."""
    home.mkdir()
    path = Path(shutil.copy(made(keep, size), home))
    known = expected(path, 2)
    leave_frame(path, known, home)
    programs[f"newsread, {size:,}"] = lambda: newsread(path, known, home)
    programs[f"newsread, {size:,}, no frame"] = lambda: newsread(path, known, Path(os.devnull))
    if boat:
        folder, shown = newsboat_made(keep, size)
        programs[f"newsboat, {size:,}"] = lambda: newsboat(folder, shown)


def report(programs: dict[str, Callable[[], Times]], runs: int) -> None:
    """Run all in turn and print the medians."""
    found: dict[str, list[Times]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, run in programs.items():
            found[name].append(run())
    floor = middle(found["bare Textual list"])
    print(f"ms from the start, {runs} launches each  first words    key handled    CPU")
    for name, times in found.items():
        at = middle(times)
        ratio = f"× {at.key / floor.key:.2f} of bare"
        cpu = f"{at.cpu:5.0f}  × {at.cpu / floor.cpu:.2f}" if at.cpu else ""
        print(f"  {name:36} {at.first:9.0f} {at.key:14.0f}  {ratio}  {cpu}", flush=True)


def middle(times: list[Times]) -> Times:
    """Return the medians."""
    columns = zip(*((time.first, time.key, time.cpu) for time in times), strict=True)
    return Times(*(statistics.median(column) for column in columns))


if __name__ == "__main__":
    main()
