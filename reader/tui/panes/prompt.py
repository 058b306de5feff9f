"""One line to type into, above the footer: search, filter, an address."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from reader.records import dataclass


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

    def compose(self) -> ComposeResult:
        """Lay the label before the input."""
        yield Static(Content(f" {self._label} "), id="prompt-label")
        yield Input(self._text, placeholder=self._hint, select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        """Take the keyboard."""
        for line in self.query(Input):  # none where another prompt has taken its place already
            self.screen.set_focus(line)

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
