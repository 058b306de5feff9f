"""Figures of the article pane: `python -m tests.bench.bench_article [WORDS ...]`.

For articles of so many words (80,000 unless told otherwise), made up with links, lists, quotations and
tables, at 120 by 40 cells: from the stored HTML to the painted first page, as a reader meets it (cut short,
the rest on demand) and whole; a page down; a resize; a word that is looked for; what was edited. CPU and
wall milliseconds of this process; the terminal's own part is not in them.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter, process_time

from textual.pilot import Pilot

from reader import document
from reader.model import Article, Headline
from reader.tui.panes.article import ArticlePane, Earlier
from tests.bench.driving import Times
from tests.tui.golden import PaneApp

NOW = datetime(2024, 6, 14, 12, tzinfo=UTC)
SIZE = (120, 40)
BASE = "https://news.example.org/long"
PAGES = 200
OPENED = 7


def made(words: int, seed: int = 1) -> str:
    """Return an article of so many words."""
    pick = random.Random(seed)
    known = ["".join(pick.choices("etaoinshrdlucm", k=pick.randint(2, 9))) for _ in range(4_000)]
    parts: list[str] = []
    written = 0
    while written < words:
        count = pick.randint(40, 120)
        text = " ".join(pick.choices(known, k=count))
        kind = pick.random()
        if kind < 0.05:
            parts.append(f"<h2>{text[:40]}</h2><ul><li>{text}<li>{text[:200]}</ul>")
        elif kind < 0.08:
            parts.append(f"<blockquote><p>{text}</p></blockquote>")
        elif kind < 0.1:
            cells = "".join(f"<tr><td>{word}<td>{len(word)}</tr>" for word in text.split()[:20])
            parts.append(f"<table>{cells}</table>")
        else:
            parts.append(f"<p>{text} <a href='/{written}'>a link</a> and <b>more</b>.</p>")
        written += count
    return "".join(parts)


class Timed:
    """CPU and wall milliseconds of what was done again and again."""

    def __init__(self) -> None:
        self.cpu: list[float] = []
        self.wall: list[float] = []

    async def run(self, pilot: Pilot[None], deed: Callable[[], object]) -> None:
        """Do something and wait until it is painted."""
        began, used = perf_counter(), process_time()
        deed()
        await pilot.pause()
        pilot.app.screen._on_timer_update()  # paints what is due, without waiting for the next frame
        self.wall.append((perf_counter() - began) * 1000)
        self.cpu.append((process_time() - used) * 1000)

    def __str__(self) -> str:
        return f"CPU {Times(tuple(self.cpu))}   wall p50 {Times(tuple(self.wall)).median:.1f}"


def article(words: int) -> Article:
    """Return an article with a text."""
    headline = Headline(id=words, feed=1, source="Wire", title="A long article", published=NOW)
    return Article(headline=headline, url=BASE, html=made(words))


def read(html: str, *, whole: bool) -> document.Document:
    """Return a text as the desk reads it."""
    return document.from_html(html, BASE, "A long article", whole=whole)


async def measure(words: int) -> None:
    """Print the figures of one length."""
    one = article(words)
    app = PaneApp(ArticlePane)
    async with app.run_test(size=SIZE) as pilot:
        pane = app.query_one(ArticlePane)

        def opened(*, whole: bool) -> None:
            pane.show_nothing("")
            pane.show(one, read(one.html, whole=whole), NOW)

        for name, whole in (("opened, cut short", False), ("opened whole", True)):
            timed = Timed()
            for _ in range(OPENED):
                await timed.run(pilot, lambda whole=whole: opened(whole=whole))  # type: ignore[misc]
            print(f"  {name:24} {timed}", flush=True)
        print(f"  {'lines':24} {pane.virtual_size.height:,}")
        await scrolled(pane, pilot)
        timed = Timed()
        for width in (100, 80, 120) * 3:
            await pilot.resize_terminal(width, SIZE[1])
            await timed.run(pilot, pane._typeset)
        print(f"  {'broken for a new width':24} {timed}")
        timed = Timed()
        for letters in ("e", "et", "eta", "cm"):
            await timed.run(pilot, lambda letters=letters: pane.find(letters))  # type: ignore[misc]
        pane.end_find()
        print(f"  {'looked for a word':24} {timed}")
        timed = Timed()
        before = Earlier("A long article", read(one.html.replace("<b>more</b>", "less", 9), whole=True))
        pane.show(one, read(one.html, whole=True), NOW, before)
        for _ in range(3):
            await timed.run(pilot, pane.compare)
            pane.compare()
        print(f"  {'nine edits shown':24} {timed}")


async def scrolled(pane: ArticlePane, pilot: Pilot[None]) -> None:
    """Print the time of a page down, of a line down."""
    for name, deed in (("page down", pane.page_down), ("line down", lambda: pane.move(1))):
        timed = Timed()
        pane.edge(-1)
        for _ in range(PAGES):
            await timed.run(pilot, deed)
        print(f"  {name:24} {timed}", flush=True)


def main() -> None:
    """Measure the lengths that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", type=int, default=[80_000])
    for words in parser.parse_args().words:
        print(f"{words:,} words")
        asyncio.run(measure(words))


if __name__ == "__main__":
    main()
