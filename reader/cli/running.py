"""Running a refresh to its end, or until a signal stops it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from threading import Timer
from typing import TYPE_CHECKING

from reader.config import Config
from reader.model import Feed, Refreshed

if TYPE_CHECKING:
    from reader.store import Store

PATIENCE = 0.7
"""Seconds from Ctrl+C to the end by force: a resolver or parser may not listen, and a second is promised."""
SHOW_CURSOR = "\x1b[?25h"

Step = Callable[[Refreshed], None]


def run(store: Store, feeds: Sequence[Feed], config: Config, step: Step, *, force: bool) -> None:
    """Iterate the pipeline until it ends or a signal stops it. Raises KeyboardInterrupt when stopped."""
    from reader import refresh

    async def follow() -> None:
        async with aclosing(refresh.run(store, feeds, config, force=force)) as results:
            async for result in results:
                step(result)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        work = asyncio.ensure_future(follow())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread
                loop.add_signal_handler(number, _stop, work, 128 + number)
        try:
            await work
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None

    asyncio.run(main())


def _stop(work: asyncio.Future[None], code: int) -> None:
    """Cancel the work; what was stored stays. Leave by force when the end does not come in time."""
    work.cancel()
    guard = Timer(PATIENCE, _leave, (code,))
    guard.daemon = True
    guard.start()


def _leave(code: int) -> None:
    """End the process at once: SQLite keeps every finished transaction and drops the open one."""
    if sys.stderr.isatty():
        os.write(2, SHOW_CURSOR.encode())
    os._exit(code)
