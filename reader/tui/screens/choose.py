"""A list over the desk to choose one thing from: topics, links, failures. Typing narrows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.css.query import DOMQuery
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.records import dataclass
from reader.text import one_line
from reader.tui.screens.closing import Closing
from reader.tui.styles import LINES

NONE = "nothing of that name here"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it says, what stands beside it, and the value it stands for."""

    label: str
    detail: str = ""
    value: str = ""


class Choose(Closing[str | None]):
    """Returns the chosen row's value, or None."""

    VERTICAL_BREAKPOINTS = LINES
    BINDINGS = [
        Binding("escape", "dismiss(None)", "close", show=False),
        Binding("down,ctrl+n,tab", "list('cursor_down')", show=False),
        Binding("up,ctrl+p,shift+tab", "list('cursor_up')", show=False),
        Binding("pagedown,ctrl+d", "list('page_down')", show=False),
        Binding("pageup,ctrl+u", "list('page_up')", show=False),
    ]

    FOLLOWS = {
        "back": "dismiss(None)",
        **dict.fromkeys(("down", "next_pane"), "list('cursor_down')"),
        **dict.fromkeys(("up", "previous_pane"), "list('cursor_up')"),
        "half_down": "list('page_down')",
        "half_up": "list('page_up')",
    }
    TYPED = True

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        about: Sequence[str] = (),
        hint: str = "type to find",
        chosen: str = "",
        preview: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(classes="-aside" if preview else "")  # what is previewed is to be seen
        self._preview = preview  # called with the value of each row that is come to
        self._about = tuple(about)  # lines below the title
        self._title, self._hint, self._choices, self._chosen = title, hint, tuple(choices), chosen
        self._shown: list[Choice] = []

    def compose(self) -> ComposeResult:
        """A title, the line to type into, and the rows."""
        with Vertical(id="choose"):
            yield Static(Content(one_line(self._title)), id="choose-title")
            for line in self._about:
                yield Static(Content(one_line(line)), classes="choose-about")
            yield Input(placeholder=self._hint, compact=True)
            yield OptionList(id="choose-list", compact=True)

    def on_mount(self) -> None:
        """Fill the list."""
        self._narrow("")
        values = [choice.value for choice in self._shown]
        for rows in self._rows():
            rows.can_focus = False
            if self._chosen in values:
                rows.highlighted = values.index(self._chosen)

    def _rows(self) -> DOMQuery[OptionList]:
        """Return the list: none before it is laid out, which quick fingers may close it before."""
        return self.query(OptionList)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = [
            choice
            for choice in self._choices
            if all(word in f"{choice.label} {choice.detail}".casefold() for word in words)
        ]
        for rows in self._rows():
            rows.clear_options()
            rows.add_options(Option(self._row(choice)) for choice in self._shown)
            if self._shown:
                rows.highlighted = 0
            else:
                rows.add_option(Option(Content.styled(NONE, "$muted"), disabled=True))

    @staticmethod
    def _row(choice: Choice) -> Content:
        row = Content(one_line(choice.label))
        if choice.detail:
            row += Content.styled(f"  {one_line(choice.detail)}", "$muted")
        return row

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that hold the typed words."""
        event.stop()
        self._narrow(event.value)

    def on_input_submitted(self) -> None:
        """Choose the highlighted row."""
        for rows in self._rows():
            at = rows.highlighted
            self.dismiss(None if at is None or not self._shown else self._shown[at].value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the row would do."""
        if self._preview is not None and event.option_index < len(self._shown):
            self._preview(self._shown[event.option_index].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the clicked row."""
        self.dismiss(self._shown[event.option_index].value)

    def action_list(self, action: str) -> None:
        """Move the highlight as the list itself would."""
        for rows in self._rows():
            self.call_later(rows.run_action, action)
