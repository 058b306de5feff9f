"""Keeping the desk's frame while its reader rests: after a crash or a power cut it is there as well.

The session is written with it, because a frame shows what the session brings back. Nothing is written while
nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size

from reader.frame import early
from reader.frame.form import Frame
from reader.tui.instant import kept
from reader.tui.instant.takeover import FramedApp

if TYPE_CHECKING:
    from reader.tui.desk.screen import Desk

RESTS = 5.0  # seconds without a key or a click
LOOK_EVERY = 2.5  # seconds


class RestingApp(FramedApp, inherit_bindings=False):
    """An app that keeps its frame also before it is left."""

    picture: Frame | None = None  # of the desk as it was left
    _touched = 0.0  # when something was last done
    _rested: tuple[float, Size, kept.Stamps] | None = None  # what the frame is of that was kept last

    def __init__(self) -> None:
        super().__init__()
        self._saving = Lock()
        self._left = False  # the session has been written for good

    def on_mount(self) -> None:
        """Look whether the reader rests."""
        if early.words() is not None:
            self.set_interval(LOOK_EVERY, self._look_at_rest)

    async def on_event(self, event: events.Event) -> None:
        """Note when something is done."""
        if isinstance(event, events.InputEvent):
            self._touched = monotonic()
        await super().on_event(event)

    def resting(self) -> Desk | None:
        """Return the desk if it is what is shown."""
        return None

    def saving(self, desk: Desk) -> Callable[[], None] | None:
        """Return what writes the session as it is now; None where there is none to write."""
        raise NotImplementedError

    def _look_at_rest(self) -> None:
        desk = self.resting()
        if desk is None or self.standing or monotonic() - self._touched < RESTS:
            return
        now = (self._touched, self.size, kept.stamps(desk))
        if now != self._rested:
            desk.start("rest", self._keep_at_rest, desk, now)

    async def _keep_at_rest(self, desk: Desk, now: tuple[float, Size, kept.Stamps]) -> None:
        if not await desk.ask(desk.shelf.store.followed):
            return  # the desk has not yet seen what another process has written
        frame, save = kept.picture(desk, leaving=False), self.saving(desk)
        if frame is None or save is None or self.resting() is not desk or self._touched != now[0]:
            return
        if await desk.ask(kept.keep_beside, frame, now[2], partial(self._save, save)):
            self._rested = now

    def _save(self, save: Callable[[], None]) -> bool:
        with self._saving:
            if not self._left:
                save()
            return not self._left

    def leave_session(self) -> None:
        """Let nothing be written any more of the session while the desk was at rest."""
        with self._saving:
            self._left = True
