"""The library as the desk reaches it: one thread asks the store, so that the screen never waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from reader.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class Shelf:
    """A store with the one thread that asks it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask off the UI thread, one question at a time; raises what the question raises."""
        answer = self._thread.submit(question, *args, **kwargs)
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Finish what was asked and close the store."""
        self._thread.submit(self.store.close)
        self._thread.shutdown(wait=True, cancel_futures=False)
