"""Panes as plain text, and an app that holds one pane under newsread's own sheets and themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from reader.tui.styles import STYLES
from reader.tui.themes import OWN, completed
from reader.tui.typeset.layout import Layout
from reader.tui.typeset.lines import Line, Piece


def screen(pane: Widget) -> str:
    """Return what a line-API pane draws, without trailing blanks."""
    rows = (pane.render_line(y).text.rstrip() for y in range(pane.content_size.height))
    return "\n".join(rows).rstrip("\n")


def text(lines: Iterable[Line]) -> str:
    """Return lines as they are drawn, without trailing blanks."""
    return "\n".join(line.text.rstrip() for line in lines)


def page(pieces: Iterable[Piece], width: int) -> str:
    """Return pieces set one below the other."""
    return text(Layout(tuple(pieces), width).lines())


def golden(expected: str) -> str:
    """Return an expected screen as it stands in a test: each line after a bar that marks the left edge."""
    return "\n".join(line.partition("|")[2] for line in expected.strip().split("\n"))


class PaneApp(App[None]):
    """An app with one pane, which remembers the messages that come up from it."""

    CSS_PATH: ClassVar = [STYLES / "article.tcss", STYLES / "related.tcss"]

    def __init__(self, make: Callable[[], Widget], theme: str = OWN[0].name) -> None:
        super().__init__()
        self.make = make
        self.heard: list[Message] = []
        for own in OWN:
            self.register_theme(own)
        self.theme = theme

    def get_css_variables(self) -> dict[str, str]:
        return completed(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield self.make()

    def on_article_pane_link_clicked(self, message: Message) -> None:
        self.heard.append(message)

    def on_article_pane_whole_wanted(self, message: Message) -> None:
        self.heard.append(message)

    def on_related_pane_opened(self, message: Message) -> None:
        self.heard.append(message)
