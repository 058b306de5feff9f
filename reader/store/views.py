"""A view as a statement: pure. Every plan is forced, because SQLite cannot know which conditions are rare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.model import View
from reader.store.database import packed
from reader.store.query import Expression, expression
from reader.store.values import seconds

HITS_MAX = 5_000
"""Articles that a search shows, the latest to come in: nobody reads further, and a common word stays fast."""

FILTER_MAX = 12
"""Words of a filter that count, each of at most WORD_MAX characters: each costs a look at every headline."""
WORD_MAX = 100

HITS = "SELECT article FROM ({} LIMIT ?) ORDER BY sort DESC, article DESC"
NOT_FOUND = "NOT IN (SELECT rowid FROM search WHERE search MATCH ?)"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the library knows that shapes the statement for a view."""

    topic: int = 0  # the topic's number
    in_topic: int = 0  # articles in it
    in_feed: int = 0
    unread: int = 0  # articles in the feed of the view, or in all
    sources: tuple[Sequence[int], ...] = ()  # for each word of the filter, the feeds whose title holds it


@dataclass(slots=True)
class Statement:
    """A statement in the making."""

    source: str = "state s"
    article: str = "s.article"
    order: str = "s.sort DESC, s.article DESC"
    joins: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    bindings: list[Any] = field(default_factory=list)

    def narrow(self, condition: str, *bindings: Any) -> None:
        """Add a condition."""
        self.where.append(condition)
        self.bindings.extend(bindings)

    def sql(self) -> str:
        """Return the statement, newest first, without a limit."""
        where = f"WHERE {' AND '.join(self.where)}" if self.where else ""
        return " ".join(
            ["SELECT", self.article, "FROM", self.source, *self.joins, where, "ORDER BY", self.order]
        )


def filter_words(text: str) -> list[str]:
    """Return the words that headline or source must hold, casefolded."""
    return [word[:WORD_MAX] for word in text.casefold().split()[:FILTER_MAX]]


def listing(view: View, facts: Facts, limit: int | None) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings for the ids that a view shows, newest first; `keep` is not looked at."""
    asked = expression(view.search)
    made = Statement()
    if asked.wanted:
        _from_search(made, asked)
    elif view.topic and not view.starred and _topic_is_smaller(view, facts):
        _from_topic(made, view, facts)
    else:
        _from_state(made, view)
    _narrow(made, view, facts, asked)
    if asked.wanted:
        inner = made.sql().replace("SELECT s.article", "SELECT s.article AS article, s.sort AS sort", 1)
        made.bindings.append(HITS_MAX)
        sql = HITS.format(inner)
    else:
        sql = made.sql()
    return f"{sql} LIMIT ?", (*made.bindings, -1 if limit is None else limit)


def membership(view: View, facts: Facts, article: int) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings that give `article` if the view would show it, its marks apart."""
    asked = expression(view.search)
    made = Statement()
    made.narrow("s.article = ?", article)
    if asked.wanted:
        made.narrow("EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = s.article)", asked.match)
    _narrow(made, view, facts, asked, marks=False)
    return made.sql(), tuple(made.bindings)


def _topic_is_smaller(view: View, facts: Facts) -> bool:
    """Walk the topic's articles rather than those of the feed or the unread ones."""
    others = [facts.unread] if view.unread else []
    if view.feed is not None:
        others.append(facts.in_feed)
    return not others or facts.in_topic <= min(others)


def _from_search(made: Statement, asked: Expression) -> None:
    made.source = "search"
    made.joins.append("CROSS JOIN state s ON s.article = search.rowid")
    made.order = "search.rowid DESC"
    made.narrow("search MATCH ?", asked.match)


def _from_topic(made: Statement, view: View, facts: Facts) -> None:
    made.source = "article_topic t"
    made.article = "t.article"
    made.order = "t.sort DESC, t.article DESC"
    made.narrow("t.topic = ?", facts.topic)
    if view.unread or view.feed is not None:
        made.joins.append("CROSS JOIN state s ON s.article = t.article")


def _from_state(made: Statement, view: View) -> None:
    index = "state_feed" if view.feed is not None else "state_sort"
    if view.starred:
        index = "state_starred"
    elif view.unread:
        index = "state_feed_unread" if view.feed is not None else "state_unread"
    made.source = f"state s INDEXED BY {index}"


def _narrow(made: Statement, view: View, facts: Facts, asked: Expression, *, marks: bool = True) -> None:
    """Add what the view's fields ask for, beyond what the source gives already."""
    by_topic = made.source == "article_topic t"
    if view.feed is not None:
        made.narrow("s.feed = ?", view.feed)
    if marks and view.unread:
        made.narrow("s.read = 0")
    if marks and view.starred:
        made.narrow("s.starred > 0")
    if view.since is not None:
        made.narrow("t.sort >= ?" if by_topic else "s.sort >= ?", seconds(view.since))
    if view.topic and not by_topic:
        made.narrow(
            "EXISTS (SELECT 1 FROM article_topic WHERE topic = ? AND sort = s.sort AND article = s.article)",
            facts.topic,
        )
    if asked.unwanted and not asked.wanted:
        made.narrow(f"{made.article} {NOT_FOUND}", asked.unwanted)
    words = filter_words(view.filter)
    if words:
        made.joins.append(f"CROSS JOIN article a ON a.id = {made.article}")
    for word, sources in zip(words, facts.sources, strict=True):
        _hold(made, word, sources)


def _hold(made: Statement, word: str, sources: Sequence[int]) -> None:
    """Require a word in headline or source."""
    pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    condition = "coalesce(a.folded, a.title) LIKE ? ESCAPE '\\'"
    if sources:
        made.narrow(f"({condition} OR a.feed IN carray(?))", f"%{pattern}%", packed(sources))
    else:
        made.narrow(condition, f"%{pattern}%")
