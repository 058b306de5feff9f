"""The lines of a list of stories: headline, who tells it and when, and a sentence of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from reader.records import dataclass
from reader.tui.drawing.cells import clip
from reader.tui.typeset.lines import Ink, Line, Run
from reader.tui.typeset.sidebar import Drawn, wrapped

INDENT = 3  # cells: the cursor's bar, a mark, a space
TITLE_LINES, ABOUT_LINES, SENTENCE_LINES = 3, 1, 6
UNREAD, FOLLOWED, FOLLOWED_READ = "●", "◆", "◇"


@dataclass(frozen=True, slots=True)
class Item:
    """A story or a report of one."""

    title: str
    about: str = ""
    sentence: str = ""
    unread: bool = True
    followed: bool = False
    heading: str = ""  # stands above it: the first one of a day

    @property
    def mark(self) -> str:
        """The sign before it."""
        if self.followed:
            return FOLLOWED if self.unread else FOLLOWED_READ
        return UNREAD if self.unread else " "


def stories(items: Sequence[Item], width: int) -> Iterator[Drawn]:
    """Yield the lines of a list, `width` cells wide."""
    for number, item in enumerate(items):
        if number:
            yield Drawn(Line(()))
        if item.heading:
            yield Drawn(_heading(item.heading, width))
        for line in _item(item, width - INDENT - 1):
            yield Drawn(line, number)


def _heading(words: str, width: int) -> Line:
    words = clip(words, width - 2)
    return Line((Run(f" {words} ", Ink("section")), Run("─" * (width - cell_len(words) - 3), Ink("rule"))))


def _item(item: Item, room: int) -> Iterator[Line]:
    title, mark = Ink("unread" if item.unread else "read"), Run(f"{item.mark} ", Ink("mark"))
    for index, words in enumerate(wrapped(item.title, room, TITLE_LINES)):
        yield Line((Run(" ", Ink()), mark if not index else Run("  ", Ink()), Run(words, title)))
    for words in wrapped(item.about, room, ABOUT_LINES):
        yield _indented(words, "meta")
    for words in wrapped(item.sentence, room, SENTENCE_LINES):
        yield _indented(words, "text" if item.unread else "meta")


def _indented(words: str, role: str) -> Line:
    return Line((Run(" ", Ink()), Run("  ", Ink()), Run(words, Ink(role))))


def words_alone(words: str, width: int) -> Iterator[Drawn]:
    """Yield the lines of a list without a story: why it has none."""
    for line in wrapped(words, width - INDENT - 1, 3):
        yield Drawn(_indented(line, "empty"))
