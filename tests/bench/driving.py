"""newsread on a pseudo-terminal, timed as its reader would: from a key to the words on the screen."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from reader import document, library
from reader.model import View
from reader.store import Store
from tests.terminal import Terminal

NEWSREAD = Path(sys.executable).with_name("newsread")
COMMAND = [str(NEWSREAD)] if NEWSREAD.exists() else [sys.executable, "-P", "-m", "reader"]
CALM = 0.25  # seconds between two keys of somebody who looks before going on
LETTERS = 14  # of a headline or a text that are surely on its first line


@dataclass(frozen=True)
class Times:
    """Repeated measurements in milliseconds."""

    values: tuple[float, ...]
    cpu: float = 0.0  # each, with all that follows; 0 when it was not measured

    def at(self, share: float) -> float:
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def __str__(self) -> str:
        used = f"   CPU {self.cpu:.1f}" if self.cpu else ""
        return f"p50 {self.median:6.1f}   p95 {self.at(0.95):6.1f}   max {max(self.values):6.1f}{used} ms"


@dataclass(frozen=True)
class Expected:
    """An article of the list and the words that show that it is painted."""

    title: str
    body: str
    neighbour: str  # the beginning of the first headline beside it; "" when there is none


def expected(path: Path, count: int) -> list[Expected]:
    """Return what the first rows of a library look like."""
    with Store.open(path) as store:
        return [_expected(store, id) for id in store.lists.grouped(View(grouped=True), count)[0]]


def _expected(store: Store, id: int) -> Expected:
    article = store.articles.get(id)
    assert article
    beside = library.related(store, id)
    first = next((row for row in beside if row.kind == "same story"), beside[0] if beside else None)
    body = document.plain_text(article.html)[:LETTERS]
    return Expected(article.headline.title[:LETTERS], body, first.headline.title[:LETTERS] if first else "")


class Desk(Terminal):
    """newsread on a library."""

    def __init__(self, path: Path, command: Sequence[str] = COMMAND, home: Path = Path(os.devnull)) -> None:
        env = {
            "XDG_STATE_HOME": str(home),
            "XDG_CACHE_HOME": str(home),  # where the frame of the last desk is kept; by default it is not
            "NEWSREAD_LIBRARY": str(path),
            "NEWSREAD_CONFIG": str(path.with_name("no-config.toml")),
            "NEWSREAD_REFRESH_ON_START": "false",  # there is nobody to ask: 100 feeds would fail meanwhile
            "PYTHONDONTWRITEBYTECODE": "",
            "TEXTUAL_ANIMATIONS": os.environ.get("TEXTUAL_ANIMATIONS", "full"),
        }
        super().__init__(command, env=env)

    def rest(self, seconds: float = CALM) -> None:
        """Let time pass, reading what it writes."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            self.pump(left)

    def timed(self, keys: str, words: str) -> float:
        """Press keys; return the milliseconds until words are painted."""
        self.press(keys)
        return self.wait(words) * 1000

    def used(self) -> float:
        """Return the CPU seconds of all its threads, to the nanosecond where Linux tells."""
        stats = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(path.read_text().split()[0]) for path in stats) / 1e9

    def share(self, seconds: float) -> float:
        """Return the share of a core that it uses while nothing is pressed, in per cent."""
        before, began = self.used(), monotonic()
        self.rest(seconds)
        return 100 * (self.used() - before) / (monotonic() - began)


def launched(path: Path, words: str, command: Sequence[str] = COMMAND) -> tuple[float, float]:
    """Start a program; return the wall and CPU milliseconds until words are painted."""
    with Desk(path, command) as desk:
        wall = desk.wait(words) * 1000
        return wall, desk.used() * 1000


def rows(desk: Desk, known: Sequence[Expected], *, pause: float) -> Times:
    """Press `j` again and again; return the times until the cursor's row is painted."""
    times, before = [], desk.used()
    for row in known:
        times.append(desk.timed("j", f"▌● {row.title}"))
        desk.rest(pause)
    return Times(tuple(times), (desk.used() - before) * 1000 / len(known))


def articles(desk: Desk, known: Sequence[Expected], key: str, back: str = "") -> tuple[Times, Times]:
    """Open articles by a key; return the times until each article and its neighbours are painted."""
    shown, beside = [], []
    for article in known:
        shown.append(desk.timed(key, article.body))
        if article.neighbour:
            desk.wait(article.neighbour)
            beside.append((desk.wrote - desk.mark) * 1000)
        desk.rest()
        if back:
            desk.press(back)
            desk.rest()
    return Times(tuple(shown)), Times(tuple(beside))
