"""Screens over the desk that close once, however quickly keys come."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Closing(ModalScreen[T]):
    """A screen that closes itself alone.

    Textual's own would take whatever lies on top of it, and end the app when it is told to close twice.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with a result, unless it is closed already or something lies over it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def on_click(self, event: events.Click) -> None:
        """Close by a click beside what is shown, as the mouse has no Esc."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss(None)
