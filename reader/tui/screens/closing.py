"""Screens over the desk that close once, however quickly keys come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingsMap
from textual.screen import ModalScreen, Screen

from reader.tui.keys import Key

T = TypeVar("T")

NAMED = frozenset({"up", "down", "pageup", "pagedown", "tab", "shift+tab", "escape"})
"""Keys that mean something where a line is typed into; of the others those with Ctrl and the like."""


class ClosingOnce(Screen[T]):
    """A screen that closes itself alone.

    Textual's own would take whatever lies on top of it, and end the app when it is told to close twice.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with a result, unless it is closed already or something lies over it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()


class Closing(ClosingOnce[T], ModalScreen[T]):
    """A screen that lies over the desk, heeds its keys, and closes by a click beside it."""

    FOLLOWS: ClassVar[Mapping[str, str]] = {}
    """Actions of the desk, and what their keys do here."""
    TYPED: ClassVar[bool] = False
    """Whether a line is typed into: letters are no keys then."""

    def on_mount(self) -> None:
        """Heed the keys that the desk has for the same; they win over those that always work."""
        keys: tuple[Key, ...] = getattr(self.app, "keys", ())
        own = [
            Binding(name, self.FOLLOWS[key.action], show=False)
            for key in keys
            if key.action in self.FOLLOWS
            for name in key.keys
            if not self.TYPED or name in NAMED or name.startswith(("ctrl+", "alt+"))
        ]
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(own)])

    def on_click(self, event: events.Click) -> None:
        """Close by a click beside what is shown, as the mouse has no Esc."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss(None)
