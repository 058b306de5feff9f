"""The desk with a clock in its event loop: `python -m tests.bench.lag LIBRARY RESULT` on a terminal.

It measures by how much a pause of 5 ms is late while nothing happens, and while all feeds are refreshed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter

from reader.config import load
from reader.tui.app import NewsApp
from reader.tui.desk.screen import Desk
from reader.tui.launch import library_app

PAUSE = 0.005
CALM = 3.0  # seconds


async def ticks(found: list[float], *, until: asyncio.Event) -> None:
    """Note in milliseconds how late each pause ends."""
    while not until.is_set():
        began = perf_counter()
        await asyncio.sleep(PAUSE)
        found.append((perf_counter() - began - PAUSE) * 1000)


async def during(work: asyncio.Future[None] | asyncio.Task[None]) -> list[float]:
    """Return the lags while something is going on."""
    found: list[float] = []
    done = asyncio.Event()
    clock = asyncio.create_task(ticks(found, until=done))
    await work
    done.set()
    await clock
    return found


async def refreshed(desk: Desk) -> None:
    """Refresh all feeds and wait until the child is done."""
    desk.action_refresh()
    await desk.workers.wait_for_complete([work for work in desk.workers if work.group == "refresh"])


async def probe(app: NewsApp, told: dict[str, object]) -> None:
    """Measure, and end the app."""
    await asyncio.sleep(CALM)
    desk = app.screen
    assert isinstance(desk, Desk)
    before = desk.counts.total
    calm = await during(asyncio.create_task(asyncio.sleep(CALM)))
    began = perf_counter()
    busy = await during(asyncio.create_task(refreshed(desk)))
    seconds = perf_counter() - began
    await asyncio.sleep(1)
    told.update(calm=calm, busy=busy, seconds=seconds, new=desk.counts.total - before)
    app.exit()


def main() -> None:
    """Open the desk as `newsread` does, with the probe beside it."""
    library, result = (Path(word) for word in sys.argv[1:3])
    app = library_app(load(library=library))
    told: dict[str, object] = {}
    tasks: list[asyncio.Task[None]] = []
    app.call_later(lambda: tasks.append(asyncio.create_task(probe(app, told))))
    app.run()
    result.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
