"""Slow work beside a screen, so that keys never wait for it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from textual.screen import Screen
from textual.worker import Worker

OPENS = "choose"
"""The group of what opens a screen."""
PATIENCE = 1.0
"""Seconds that keys wait for one, which takes a few hundredths."""

P = ParamSpec("P")
R = TypeVar("R")


class WorkingScreen(Screen[R]):
    """A screen that starts work by groups: what a group still does can be replaced."""

    _opens: tuple[Worker[None], float] | None = None  # what is to open another screen, and until when

    def start(
        self, group: str, method: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run something slow beside the screen."""
        work = functools.partial(method, *args, **kwargs)
        worker: Worker[None] = self.run_worker(work, group=group, exit_on_error=False)
        if group == OPENS:
            self._opens = worker, monotonic() + PATIENCE

    @property
    def opening(self) -> bool:
        """Whether another screen is about to open over this one."""
        return self._opens is not None and not self._opens[0].is_finished and monotonic() < self._opens[1]

    def on_screen_suspend(self) -> None:
        """Note that it has opened."""
        self._opens = None

    def restart(
        self, group: str, method: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run something slow beside the screen, in place of what its group still does."""
        self.workers.cancel_group(self, group)
        self.start(group, method, *args, **kwargs)
