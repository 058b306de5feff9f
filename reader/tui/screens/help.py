"""Help: every key, drawn from the table that makes them work."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.tui.keys import PANES, Key, shown
from reader.tui.screens.closing import Closing
from reader.tui.styles import LINES

EXTRA = (
    ("0 … 9", "in the list a topic; in the article a link, then Enter", "Find"),
    ("mouse", "click opens, the wheel marks nothing, drag copies text", "Move"),
)


NAMES = {
    "list": "headlines",
    "article": "article",
    "related": "related news",
    "ticker": "ticker",
    "feeds": "feeds",
}


def keys_of_pane(keys: Sequence[Key], pane: str) -> list[tuple[str, str]]:
    """Return (key, what it does) of the keys that a pane is about."""
    return [
        (shown(key.keys[0]), key.text)
        for key in keys
        if key.hint and key.keys and pane in key.panes and key.panes != PANES
    ]


def keys_by_group(keys: Sequence[Key]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (group, [(keys, what they do)]) in the order of the table."""
    groups = []
    for group, members in groupby(keys, key=lambda key: key.group):
        rows = [(" ".join(shown(name) for name in key.keys), key.text) for key in members if key.keys]
        rows += [(name, text) for name, text, where in EXTRA if where == group]
        groups.append((group, rows))
    return groups


class Help(Closing[None]):
    """The keys in one scrolling column."""

    VERTICAL_BREAKPOINTS = LINES
    BINDINGS = [
        Binding("escape,q,question_mark,enter", "dismiss(None)", "close", show=False),
        Binding("j,down", "scroll(2)", show=False),
        Binding("k,up", "scroll(-2)", show=False),
        Binding("space,ctrl+d,pagedown", "scroll(12)", show=False),
        Binding("b,ctrl+u,pageup", "scroll(-12)", show=False),
    ]

    FOLLOWS = {
        **dict.fromkeys(("back", "leave", "help", "open"), "dismiss(None)"),
        "down": "scroll(2)",
        "up": "scroll(-2)",
        **dict.fromkeys(("page", "half_down"), "scroll(12)"),
        **dict.fromkeys(("page_back", "half_up"), "scroll(-12)"),
    }

    def __init__(self, keys: Sequence[Key], pane: str = "list") -> None:
        super().__init__()
        self._keys, self._pane = keys, pane

    def compose(self) -> ComposeResult:
        """Lay the groups under each other."""
        lines = [Content.styled("newsread · keys", "bold $primary"), Content("")]
        here = (f"Here, in the {NAMES[self._pane]}", keys_of_pane(self._keys, self._pane))
        for group, rows in [here, *keys_by_group(self._keys)]:
            lines.append(Content.styled(group, "bold $accent"))
            lines += [Content.styled(f"  {name:<12}", "bold") + Content(f" {text}") for name, text in rows]
            lines.append(Content(""))
        lines.append(
            Content.styled("Rebind any of them in the config: newsread config, section [keys].", "$muted")
        )
        lines.append(Content.styled("Esc closes this.", "$muted"))
        with VerticalScroll(id="help", can_focus=False):
            yield Static(Content("\n").join(lines))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)
