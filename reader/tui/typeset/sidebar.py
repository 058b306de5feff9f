"""The lines of the sidebar: sections of neighbours, each with its source, its age and its why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from reader.model import Headline, Kind, Related
from reader.records import dataclass
from reader.text import ago
from reader.tui.drawing import safe
from reader.tui.drawing.cells import clip
from reader.tui.typeset.lines import Ink, Line, Run
from reader.tui.typeset.wrap import drawn, wrap

SECTIONS: dict[Kind, str] = {
    "same story": "Same story",
    "listed": "Given by the page",
    "related": "Related",
    "earlier": "Earlier",
    "on this page": "On this page",
}
"""Every kind of neighbour in the order of its section, with the section's heading."""

TITLE = "RELATED NEWS"
TITLE_LINES = 3  # of a headline in the sidebar; the rest of a longer one is for the article pane
WHY_LINES = 2
INDENT = 3  # cells: the cursor's bar, the dot of an unread headline, a space


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of the sidebar and the row it belongs to; None for headings and blanks."""

    line: Line
    row: int | None = None


def in_order(rows: Sequence[Related]) -> tuple[Related, ...]:
    """Return neighbours section by section, each section in its own order."""
    kinds = tuple(SECTIONS)
    return tuple(sorted(rows, key=lambda row: kinds.index(row.kind)))


def neighbours(rows: Sequence[Related], width: int, now: datetime, others: int = 0) -> Iterator[Drawn]:
    """Yield the lines of the sidebar, `width` cells wide; rows come sorted by section.

    `others`: how many other sources tell the story in all, shown here or not.
    """
    yield Drawn(_plain(TITLE, "title"))
    number = 0
    for kind, group in groupby(rows, key=lambda row: row.kind):
        members = tuple(group)
        yield Drawn(Line(()))
        yield Drawn(_heading(kind, members, width, others))
        for index, related in enumerate(members):
            if index:
                yield Drawn(Line(()))
            for line in _row(related, width, now):
                yield Drawn(line, number)
            number += 1


def nothing(words: str, width: int) -> Iterator[Drawn]:
    """Yield the lines of an empty sidebar: its title, and why it is empty."""
    yield Drawn(_plain(TITLE, "title"))
    yield Drawn(Line(()))
    for line in wrapped(words, width - 2, 6):
        yield Drawn(_plain(line, "empty"))


def _heading(kind: Kind, members: Sequence[Related], width: int, others: int) -> Line:
    words = SECTIONS[kind]
    if kind == "same story":
        count = len({related.headline.source for related in members})
        told = f"{count} of {others}" if others > count else f"{count}"
        words += f" · {told} source{'s' * (max(count, others) != 1)}"
    words = clip(words, width - 2)
    return Line((Run(f" {words} ", Ink("section")), Run("─" * (width - len(words) - 3), Ink("rule"))))


def _row(related: Related, width: int, now: datetime) -> Iterator[Line]:
    headline, room = related.headline, width - INDENT - 1
    title = _title_ink(headline)
    for index, words in enumerate(wrapped(headline.title, room, TITLE_LINES)):
        yield Line(
            (Run(" ", Ink()), *(_mark(headline) if not index else (Run("  ", Ink()),)), Run(words, title))
        )
    yield _indented(_source(headline, room, now), "meta")
    for words in wrapped(related.why, room, WHY_LINES):
        yield _indented(words, "why")


def _title_ink(headline: Headline) -> Ink:
    if headline.bare:
        return Ink("bare")
    return Ink("read") if headline.read else Ink("unread")


def _mark(headline: Headline) -> tuple[Run, ...]:
    if headline.starred:
        return (Run("★ ", Ink("star")),)
    return (Run("  " if headline.read or headline.bare else "● ", Ink("mark")),)


def _source(headline: Headline, room: int, now: datetime) -> str:
    """Return "source · age"; a source too long gives way, the age never does."""
    age = "headline only" if headline.bare else ago(headline.published, now)
    source = clip(headline.source, room - len(age) - 3)
    return f"{source} · {age}" if source else age


def wrapped(words: str, room: int, most: int) -> list[str]:
    """Return at most so many lines; the last one ends in an ellipsis where words are missing."""
    words = safe.line(words)
    if not words:
        return []
    cuts = wrap(words, room)
    lines = [drawn(words[start:end]) for start, end in cuts[:most]]
    if len(cuts) > most:
        lines[-1] = clip(drawn(words[cuts[most - 1][0] :]), room)
    return lines


def _indented(words: str, role: str) -> Line:
    return Line((Run(" ", Ink()), Run("  ", Ink()), Run(words, Ink(role))))


def _plain(words: str, role: str) -> Line:
    return Line((Run(f" {words}", Ink(role)),))
