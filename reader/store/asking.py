"""What a view asks for: its queries taken apart, and what the library knows of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reader.model import View
from reader.query import And, Field, Flag, Node, Phrase, Word, conjuncts, leaves, moment, parse
from reader.records import dataclass
from reader.store.conditions import Known
from reader.store.query import Expression, expression, indexed

NOTHING = Expression()


@dataclass(frozen=True, slots=True)
class Asked:
    """A view with its queries taken apart: what each plan is chosen by, and the rest."""

    view: View  # with what the queries require: topic, feed, unread, starred, since
    found: Expression = NOTHING  # what the full-text index must know
    words: tuple[Word | Phrase, ...] = ()  # that headline or source must hold
    rest: tuple[tuple[Node, bool], ...] = ()  # other conditions; True: of headline and source
    hidden: bool = False  # what rules hide is asked for

    def looks_up(self) -> bool:
        """Tell whether some condition apart from `found.wanted` needs the full-text index."""
        asked = [leaf for node, headline in self.rest for leaf in leaves(node) if _sought(leaf, headline)]
        return bool(self.found.unwanted or asked)


def _sought(leaf: Node, headline: bool) -> bool:
    return leaf.name == "title" if isinstance(leaf, Field) else not (headline or isinstance(leaf, Flag))


def asked(view: View, now: datetime) -> Asked:
    """Take a view's queries apart. Raises QueryError."""
    parts = [
        *((node, False) for node in _parts(view.query, typing=False)),
        *((node, False) for node in _parts(view.search, typing=True)),
        *((node, True) for node in _parts(view.filter, typing=True)),
    ]
    rest: list[tuple[Node, bool]] = []
    words: list[Word | Phrase] = []
    index: list[Node] = []
    for node, headline in parts:
        promoted = _promoted(view, node, now)
        if promoted is not None:
            view = promoted
        elif headline and isinstance(node, Word | Phrase):
            words.append(node)
        elif not headline and indexed(node) and expression(node) is not None:
            index.append(node)
        else:
            rest.append((node, headline))
    hidden = any(node == Flag("hidden") for node, _ in parts)
    found = expression(And(tuple(index))) or NOTHING
    return Asked(view, found, tuple(words), tuple(rest), hidden)


def _parts(text: str, *, typing: bool) -> tuple[Node, ...]:
    return conjuncts(parse(text, typing=typing)) if text else ()


def _promoted(view: View, node: Node, now: datetime) -> View | None:
    """Return the view with one of its fields narrowed as a query asks, None where none says the same."""
    if isinstance(node, Flag) and node.name in ("unread", "starred"):
        return replace(
            view, unread=view.unread or node.name == "unread", starred=view.starred or node.name == "starred"
        )
    if not isinstance(node, Field):
        return None
    text = node.value.text
    if node.name == "topic" and not view.topic and not getattr(node.value, "beginning", False):
        return replace(view, topic=text)
    if node.name == "feed" and view.feed is None:
        return replace(view, feed=int(text))
    if node.name == "since":
        since = moment(text, now)
        return replace(view, since=max(since, view.since) if view.since else since)
    return None


def of_one_source(wanted: Asked, known: Known) -> Asked:
    """Return what is asked with the feed that a `source:` means, where it can only be that one."""
    for node, headline in wanted.rest if wanted.view.feed is None else ():
        if isinstance(node, Field) and node.name == "source":
            feeds = known.sources(node.value.text)
            if len(feeds) == 1:
                rest = tuple(each for each in wanted.rest if each != (node, headline))
                return replace(wanted, view=replace(wanted.view, feed=feeds[0]), rest=rest)
    return wanted


@dataclass(frozen=True, slots=True)
class Facts:
    """What the library knows that shapes the statement for a view."""

    asked: Asked
    known: Known
    topic: int = 0  # the topic's number
    in_topic: int = 0  # articles in it
    all: int = 0  # articles in the library
    in_feed: int = 0  # articles in the feed of the view, or in all
    unread: int = 0  # of them
    muted: Sequence[int] = ()  # feeds whose articles stay out of the river

    def smallest(self) -> int:
        """Return how many articles the narrowest of topic, feed and unread leaves at most."""
        size = self.unread if self.asked.view.unread else self.in_feed
        return min(size, self.in_topic) if self.asked.view.topic else size
