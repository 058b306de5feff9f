"""newsboat's `config`: what it ignores, as queries of our own, and what has no counterpart. Pure."""

from __future__ import annotations

from collections import Counter

from reader import text
from reader.config.queries import Query
from reader.opml import queries
from reader.opml.urls import tokens
from reader.records import dataclass

LINES_MAX = 10_000
"""Lines that are read."""
ELSEWHERE = (
    "macro",
    "bind-key",
    "bind",
    "unbind-key",
    "browser",
    "highlight",
    "highlight-article",
    "include",
)
"""What people have put work into, and is set up in another way here."""
EVERYWHERE = "*"

_RULE = Query(lasting=True)


@dataclass(frozen=True, slots=True)
class Ignored:
    """An `ignore-article` line."""

    text: str
    feed: str  # the address of the feed that it is about, or EVERYWHERE
    query: str  # what it hides, "" where that cannot be asked here
    reason: str = ""  # why it cannot


def read(document: str) -> tuple[tuple[Ignored, ...], Counter[str]]:
    """Return what is ignored, and how many lines are not taken over, by what they set."""
    ignored, others = [], Counter[str]()
    for line in document.splitlines()[:LINES_MAX]:
        name, *values = [*tokens(line), ""]
        if name == "ignore-article" and len(values) > 2:
            ignored.append(_ignored(line, *values[:2]))
        elif name in ELSEWHERE:
            others[name] += 1
    return tuple(ignored), others


def _ignored(line: str, feed: str, condition: str) -> Ignored:
    shown = text.one_line(line, 200)
    if "`" in line:
        return Ignored(shown, feed, "", "it runs a command: newsread never does what a list says")
    if feed.startswith("regex:"):
        return Ignored(shown, feed, "", "it is about feeds by a pattern")
    try:
        return Ignored(shown, feed, _RULE(queries.filtered(condition)))
    except queries.UntranslatableError as error:
        return Ignored(shown, feed, "", str(error))
    except ValueError as error:
        return Ignored(shown, feed, "", f"a rule {error}")
