"""A query as a condition on one row of a list: pure. Every tree can be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from reader.model import View
from reader.query import And, Field, Flag, Node, Not, Or, Phrase, Word, moment
from reader.records import dataclass
from reader.store.database import packed
from reader.store.following import ARTICLES as FOLLOWED
from reader.store.hidden import HERE
from reader.store.query import Expression, expression, indexed
from reader.store.values import seconds

WORD_MAX = 100
"""Characters of a word of the filter that count: each costs a look at every headline."""

FOUND = "SELECT rowid FROM search WHERE search MATCH ?"
FROM = f"{FOUND} AND rowid >= ?"
TITLE = "(SELECT coalesce(folded, title) FROM article WHERE id = s.article)"
IN_TOPIC = "EXISTS (SELECT 1 FROM {} WHERE topic {} AND sort = s.sort AND article = s.article)"
CONTENT = "EXISTS (SELECT 1 FROM content WHERE article = s.article AND {})"
TOLD = """s.article IN (SELECT id FROM article WHERE story > 0 AND bare = 0
          AND story = (SELECT story FROM article WHERE id = ?))"""
LIKE = "{} LIKE ? ESCAPE '\\'"


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows that a condition needs."""

    feeds: Sequence[tuple[int, str, str, str]]  # number, name, address, tags (one a line)
    topics: Mapping[str, int]  # number by name, ASCII letters in lower case
    now: datetime
    hidden: bool = False  # the rows are those that rules hide
    floor: int = 0  # no row's article is lower

    def sources(self, text: str) -> list[int]:
        """Return the feeds whose name holds a text; an address is compared with theirs."""
        wanted = text.casefold()
        return [
            feed
            for feed, name, url, _ in self.feeds
            if wanted in name.casefold() or ("/" in wanted and wanted in url.casefold())
        ]

    def tagged(self, value: Word | Phrase) -> list[int]:
        """Return the feeds with a tag of a name, or that begins so."""
        wanted = "\n" + value.text.casefold()
        wanted += "" if isinstance(value, Word) and value.beginning else "\n"
        return [feed for feed, *_, tags in self.feeds if wanted in f"\n{tags.casefold()}\n"]

    def named(self, value: Word | Phrase) -> list[int]:
        """Return the topics of a name, or that begin so."""
        wanted = ascii_lower(value.text)
        if isinstance(value, Word) and value.beginning:
            return [number for name, number in self.topics.items() if name.startswith(wanted)]
        return [self.topics[wanted]] if wanted in self.topics else []


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL about a row of `state`, called `s`, with its bindings."""

    sql: str
    bindings: tuple[Any, ...] = ()


NEVER, ALWAYS = Condition("s.read < 0"), Condition("s.read >= 0")
"""No constants: with one, SQLite finds no plan by the index that a statement names."""


def apart(view: View, muted: Sequence[int], *, hidden: bool) -> Condition | None:
    """Return what keeps out of a view what removed feeds have hidden, and out of the river what is muted.

    The river is every list of all feeds, marks and time apart.
    """
    if hidden:
        return Condition(f"s.{HERE}")
    chosen = view.topic or view.feed is not None or view.starred or view.query or view.search
    return Condition("s.feed NOT IN carray(?)", (packed(muted),)) if muted and not chosen else None


def holding(word: Word | Phrase, known: Known) -> Condition:
    """Return what requires a word in the headline of `article a`, or in its source."""
    text = word.text.casefold()[:WORD_MAX]
    title = LIKE.format("coalesce(a.folded, a.title)")
    if sources := known.sources(text):
        return Condition(f"({title} OR a.feed IN carray(?))", (containing(text), packed(sources)))
    return Condition(title, (containing(text),))


def ascii_lower(text: str) -> str:
    """Fold as SQLite's NOCASE and LIKE do: ASCII only."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def containing(text: str) -> str:
    """Return the pattern of LIKE for what holds a text."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def condition(node: Node, known: Known, *, headline: bool = False) -> Condition | None:
    """Return what a query asks of a row; None where it asks for nothing that could be found.

    `headline`: its words are looked for in headline and source only, within longer words too.
    """
    if not headline and indexed(node) and (asked := expression(node)) is not None:
        return _found(asked, known)
    if isinstance(node, And | Or):
        parts = [condition(each, known, headline=headline) for each in node.nodes]
        return _joined([part for part in parts if part], " AND " if isinstance(node, And) else " OR ")
    if isinstance(node, Not):
        inner = condition(node.node, known, headline=headline)
        return Condition(f"NOT {inner.sql}", inner.bindings) if inner else None
    if isinstance(node, Field):
        return _FIELDS[node.name](node.value, known)
    if isinstance(node, Flag):
        return _flag(node.name, known)
    return _within(node, known)


def _joined(parts: Sequence[Condition], sign: str) -> Condition | None:
    if not parts:
        return None
    bindings = tuple(binding for part in parts for binding in part.bindings)
    return Condition(f"({sign.join(part.sql for part in parts)})", bindings)


def _found(asked: Expression, known: Known) -> Condition | None:
    if not asked:
        return None
    if asked.wanted:
        return Condition(f"s.article IN ({FROM})", (asked.match, known.floor))
    return Condition(f"s.article NOT IN ({FROM})", (asked.unwanted, known.floor))


def _within(value: Word | Phrase, known: Known) -> Condition:
    text = value.text.casefold()[:WORD_MAX]
    sources = known.sources(text)
    title = LIKE.format(TITLE)
    if not sources:
        return Condition(title, (containing(text),))
    return Condition(f"({title} OR s.feed IN carray(?))", (containing(text), packed(sources)))


def _flag(name: str, known: Known) -> Condition:
    if name == "hidden":
        return ALWAYS if known.hidden else NEVER
    if name == "followed":
        return Condition(f"s.article IN ({FOLLOWED})")
    return Condition({"unread": "s.read = 0", "read": "s.read > 0", "starred": "s.starred > 0"}[name])


def _title(value: Word | Phrase, known: Known) -> Condition | None:
    return _found(expression(Field("title", value)) or Expression(), known)


def _topic(value: Word | Phrase, known: Known) -> Condition:
    numbers = known.named(value)
    table = "hidden_topic" if known.hidden else "article_topic"
    return Condition(IN_TOPIC.format(table, "IN carray(?)"), (packed(numbers),)) if numbers else NEVER


def _source(value: Word | Phrase, known: Known) -> Condition:
    return _of_feeds(known.sources(value.text))


def _tag(value: Word | Phrase, known: Known) -> Condition:
    return _of_feeds(known.tagged(value))


def _of_feeds(feeds: Sequence[int]) -> Condition:
    return Condition("s.feed IN carray(?)", (packed(feeds),)) if feeds else NEVER


def _author(value: Word | Phrase, _: Known) -> Condition:
    return Condition(CONTENT.format(LIKE.format("author")), (containing(value.text),))


def _lang(value: Word | Phrase, _: Known) -> Condition:
    wanted = ascii_lower(value.text)
    return Condition(CONTENT.format("(lower(lang) = ? OR lower(lang) LIKE ?)"), (wanted, f"{wanted}-%"))


_FIELDS: Mapping[str, Callable[[Word | Phrase, Known], Condition | None]] = {
    "title": _title,
    "topic": _topic,
    "tag": _tag,
    "source": _source,
    "author": _author,
    "lang": _lang,
    "since": lambda value, known: Condition("s.sort >= ?", (seconds(moment(value.text, known.now)),)),
    "before": lambda value, known: Condition("s.sort < ?", (seconds(moment(value.text, known.now)),)),
    "feed": lambda value, _: Condition("s.feed = ?", (int(value.text),)),
    "story": lambda value, _: Condition(TOLD, (int(value.text),)),
}
