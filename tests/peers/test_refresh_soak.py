"""Ten thousand refreshes of feeds that keep changing: no duplicates, nothing lost, no growth of memory.

pytest -m slow tests/peers/test_refresh_soak.py         (NEWSREAD_SOAK=500 for a shorter one)
"""

import asyncio
import os
import random
from pathlib import Path

import pytest

from reader.model import View
from reader.refresh import run
from reader.store import Store
from tests.server import Reply, Server
from tests.test_refresh import CONFIG, Here, pipeline

ROUNDS = int(os.environ.get("NEWSREAD_SOAK", "10000"))
FEEDS, SHOWN = 20, 10
EVERY = 50  # rounds until a feed has a new item
GROWTH = 24.0  # MiB that a process may gain after it has warmed up, whatever the number of rounds


class Changing:
    """A feed that shows its newest items in changing order, and flips what servers flip."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = SHOWN
        self.chance = random.Random(number)

    def body(self) -> bytes:
        """Return the feed as it is now."""
        items = []
        for item in range(self.count - SHOWN, self.count):
            name = f"{self.number}-{item}"
            guid = "" if self.number % 4 == 3 else f"<guid>{self.guid(name)}</guid>"
            link = f"<link>https://site{self.number}.example/{name}</link>"
            items.append(f"<item><title>Budget {name} is read</title>{link}{guid}</item>")
        if self.number % 2:
            self.chance.shuffle(items)
        stamp = f"<lastBuildDate>{self.chance.random()}</lastBuildDate>"
        return f"<rss version='2.0'><channel><title>N</title>{stamp}{''.join(items)}</channel></rss>".encode()

    def guid(self, name: str) -> str:
        """Return an item's guid; some feeds make a new one at each visit."""
        return f"{name}-{self.chance.random()}" if self.number % 4 == 2 else name


def resident() -> float:
    """Return this process's memory in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def rounds(store: Store, feeds: list[Changing], server: Server) -> list[float]:
    """Refresh so often; return what memory was along the way."""
    memory = []
    for round_ in range(ROUNDS):
        for one in feeds:
            one.count += round_ > 0 and (round_ + one.number) % EVERY == 0
            server.routes[f"/{one.number}"] = Reply(one.body())
        failed = [
            item.error async for item in run(store, store.feeds.all(), CONFIG, force=True) if item.error
        ]
        assert failed == []
        server.hits.clear()
        if round_ % max(ROUNDS // 20, 1) == 0:
            memory.append(resident())
    return memory


@pytest.mark.slow
def test_nothing_grows_and_nothing_doubles(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "Sandbox", Here)
    feeds = [Changing(number) for number in range(FEEDS)]
    with Server() as server, Store.open(tmp_path / "library.db") as store:
        for one in feeds:
            store.feeds.add(server.url(f"/{one.number}"), local=True)
        memory = asyncio.run(rounds(store, feeds, server))
        rows = store.lists.rows(store.lists.ids(View()))
        assert store.problems() == ()
    titles = sorted(row.title for row in rows)
    assert titles == sorted(
        f"Budget {one.number}-{item} is read" for one in feeds for item in range(one.count)
    )
    print(f"{ROUNDS} rounds, {len(titles)} articles, MiB: {' '.join(f'{m:.0f}' for m in memory)}")
    assert memory[-1] - memory[len(memory) // 4] < GROWTH
