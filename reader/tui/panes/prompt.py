"""One line to type into, above the footer: search, filter, an address."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from reader.records import dataclass

OPENS = 1.0
"""Seconds that a line may take to open, which takes some ten milliseconds."""


class Prompt(Horizontal):
    """A label and an input; it is removed when it is answered or cancelled."""

    BINDINGS = [Binding("escape", "cancel", "cancel", show=False)]

    @dataclass
    class Changed(Message):
        """The reader is typing."""

        purpose: str
        text: str

    @dataclass
    class Answered(Message):
        """The reader has pressed Enter."""

        purpose: str
        text: str

    @dataclass
    class Cancelled(Message):
        """The reader has pressed Esc."""

        purpose: str

    def __init__(self, purpose: str, label: str, *, text: str = "", hint: str = "") -> None:
        super().__init__()  # without an id: the one before may not be gone yet
        self._purpose, self._label, self._text, self._hint = purpose, label, text, hint
        self._opened, self._left = asyncio.Event(), False

    def compose(self) -> ComposeResult:
        """Lay the label before the input."""
        yield Static(Content(f" {self._label} "), id="prompt-label")
        yield Input(self._text, placeholder=self._hint, select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        """Take the keyboard."""
        for line in self.query(Input):  # none where another prompt has taken its place already
            self.screen.set_focus(line)
        self._opened.set()

    def on_descendant_blur(self) -> None:
        """Note that the keyboard is elsewhere from now on."""
        self._left = True

    async def take(self, character: str | None) -> bool:
        """Type what was meant for the line while it opened; False where it is no letter or not for it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(OPENS):
                await self._opened.wait()
        if self._left or character is None or not character.isprintable():
            return False
        for line in self.query(Input):
            line.insert_text_at_cursor(character)
        return True

    def point(self, at: int) -> None:
        """Put the cursor on a character of what was typed: there is a mistake."""
        for line in self.query(Input):
            line.cursor_position = at

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        self.post_message(self.Changed(self._purpose, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on the answer."""
        event.stop()
        self.post_message(self.Answered(self._purpose, event.value.strip()))

    def action_cancel(self) -> None:
        """Give up."""
        self.post_message(self.Cancelled(self._purpose))
