"""Slow work beside a screen, so that keys never wait for it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from textual.screen import Screen
from textual.worker import Worker

P = ParamSpec("P")
R = TypeVar("R")


class WorkingScreen(Screen[R]):
    """A screen that starts work by groups: what a group still does can be replaced."""

    def start(
        self, group: str, method: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run something slow beside the screen."""
        work = functools.partial(method, *args, **kwargs)
        _: Worker[None] = self.run_worker(work, group=group, exit_on_error=False)

    def restart(
        self, group: str, method: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run something slow beside the screen, in place of what its group still does."""
        self.workers.cancel_group(self, group)
        self.start(group, method, *args, **kwargs)
