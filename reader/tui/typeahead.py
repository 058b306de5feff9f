"""Keys that are typed ahead, of what they are meant for.

A fast hand or a slow connection brings several keys at once, and what the first opens takes a moment: a line
a hundredth of a second, a list that is counted first longer. The others wait for it; letters are typed there.
"""

from __future__ import annotations

import asyncio
from time import monotonic

from textual import events
from textual.app import App
from textual.widgets import Input

from reader.tui.panes.prompt import Prompt
from reader.tui.working import PATIENCE, WorkingScreen

LOOK_EVERY = 0.005  # seconds


class TypeaheadApp(App[int], inherit_bindings=False):
    """An app in which no key overtakes what the key before it opens."""

    async def on_key(self, event: events.Key) -> None:
        """Wait for what is to open; a letter that comes here was typed before its line had the keyboard."""
        until = monotonic() + PATIENCE
        while self._opening() and monotonic() < until:  # noqa: ASYNC110 (nothing tells of all of them)
            await asyncio.sleep(LOOK_EVERY)
        screen = self.screen
        if screen.focused is None:
            for line in screen.query(Input):
                screen.set_focus(line)
        if isinstance(screen.focused, Input) and event.is_printable and event.character:
            screen.focused.insert_text_at_cursor(event.character)
            event.prevent_default()
            event.stop()

    def _opening(self) -> bool:
        """Tell whether something is on its way to the keyboard."""
        screen, over = self.screen, len(self.screen_stack) > 1
        if over and not screen.is_mounted:
            return True
        return (isinstance(screen, WorkingScreen) and screen.opening) or not all(
            line.is_mounted for line in screen.query(Prompt)
        )
