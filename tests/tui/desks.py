"""A desk over a small library, for the tests of what a reader does at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from reader import library
from reader.config import Config
from reader.model import Entry, ParsedFeed
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.desk.screen import Desk

NOW = datetime.now(UTC)

WAITING = ("choose",)  # groups of work that stands while a list is open over the desk

EVENT = (
    "Sokha meets Giles on immigration in Canberra",
    "Sar Sokha and Andrew Giles discuss immigration cooperation in Canberra, Australia. " * 3,
)


def entry(
    number: int, title: str, text: str = "", *, hours: float | None = None, category: str = ""
) -> Entry:
    """Return an entry, its paragraphs long enough to need paging."""
    own = " ".join(f"{letter}{number}" for letter in "abcdefghijklmnopqrstuvwxyz")  # or all were one story
    body = text or "\n".join(f"<p>Paragraph {n} of article {number}. {own} {own}</p>" for n in range(30))
    return Entry(
        guid=f"guid-{number}",
        url=f"https://example.org/{number}",
        title=title,
        published=NOW - timedelta(hours=number if hours is None else hours),
        html=body,
        categories=(category,) if category else (),
    )


def fill(store: Store) -> None:
    """Two sources, some thirty articles, one event told by both."""
    world = [entry(n, f"World article {n}", category="World") for n in range(1, 16)]
    sport = [entry(n, f"Sport article {n}", category="Sport") for n in range(101, 116)]
    world[2] = entry(
        3, EVENT[0], f"<p>{EVENT[1]}</p><p>See <a href='/more'>the report</a>.</p>", category="World"
    )
    sport[2] = entry(103, EVENT[0] + " today", f"<p>{EVENT[1]}</p>", hours=4)
    for url, title, entries in (
        ("https://a.example/f", "Mekong Wire", world),
        ("https://b.example/f", "Delta Post", sport),
    ):
        feed, _ = store.feeds.add(url, title=title)
        library.ingest(store, feed, ParsedFeed(title=title, entries=tuple(entries)), now=NOW)


def config(folder: Path, **ui: object) -> Config:
    """Return settings that keep to a folder and fetch nothing by themselves."""
    settings = Config(path=folder / "config.toml", library=folder / "library.db")
    return replace(
        settings,
        refresh=replace(settings.refresh, on_start=False),
        reading=replace(settings.reading, fulltext_starred="never"),
        ui=replace(settings.ui, **ui),  # type: ignore[arg-type]
    )


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing is under way but what waits for an answer."""
    for _ in range(5):
        await pilot.pause()
        busy = [worker for worker in pilot.app.workers if worker.group not in WAITING]
        if not busy:
            break
        with suppress(WorkerCancelled):  # a newer one has taken its place
            await pilot.app.workers.wait_for_complete(busy)


class Reader:
    """What a test does and sees at the desk."""

    def __init__(self, app: NewsApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def desk(self) -> Desk:
        screen = self.app.screen_stack[0] if not isinstance(self.app.screen, Desk) else self.app.screen
        assert isinstance(screen, Desk)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys and wait until what they caused is done."""
        for key in keys:
            await self.pilot.press(key)
            await settle(self.pilot)

    async def until(self, words: str, seconds: float = 20) -> None:
        """Wait until the bottom line says something."""
        async with asyncio.timeout(seconds):
            while words not in self.text("footer"):
                await self.pilot.pause(0.02)

    async def type(self, text: str) -> None:
        """Type into the prompt that is open; as one paste, because each key costs a tenth of a second."""
        line = self.app.focused
        assert isinstance(line, Input)
        line.insert_text_at_cursor(text)
        await settle(self.pilot)

    def lines(self, pane: str) -> list[str]:
        """Return the lines a pane shows."""
        widget = self.desk.query_one(f"#{pane}")
        return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]

    def text(self, pane: str) -> str:
        """Return what a pane shows, as one line of words."""
        return " ".join(" ".join(self.lines(pane)).split())

    def read(self, id: int) -> bool:
        """Tell whether the library has an article as read."""
        return self.desk.shelf.store.lists.rows([id])[0].read


def shown(reader: Reader) -> str:
    """Return the whole screen as it is composed, line by line."""
    strips = reader.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@asynccontextmanager
async def reading(
    folder: Path,
    *,
    size: tuple[int, int] = (120, 40),
    also: Callable[[Store], object] = lambda store: None,
    settings: Config | None = None,
    **ui: object,
) -> AsyncIterator[Reader]:
    """Open a desk over the small library; `also` fills in more, `settings` go beyond those of `[ui]`."""
    settings = settings or config(folder, **ui)
    store = Store.open(settings.library)
    fill(store)
    also(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield Reader(app, pilot)
