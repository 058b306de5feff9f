"""A view as a statement: pure. Every plan is forced, because SQLite cannot know which conditions are rare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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

PROBE_MAX = 200
"""Up to so many articles are each asked whether the search finds them; for more, its hits are walked."""

SCAN_SHARE = 4
"""A filter that must look at more than one in so many headlines looks at all, in the order of the disk."""

WINDOW = 10_000
"""So many of the newest headlines are looked at first: a filter mostly finds a page among them, in 4 ms."""

WINDOW_ALL = "(SELECT * FROM state INDEXED BY state_sort ORDER BY sort DESC, article DESC LIMIT ?) s"
WINDOW_UNREAD = """(SELECT * FROM state INDEXED BY state_unread WHERE read = 0
    ORDER BY sort DESC, article DESC LIMIT ?) s"""
FOUND = "SELECT rowid FROM search WHERE search MATCH ?"
HITS = "SELECT article FROM ({} LIMIT ?) ORDER BY sort DESC, article DESC"
IN_TOPIC = "EXISTS (SELECT 1 FROM article_topic WHERE topic = ? AND sort = s.sort AND article = s.article)"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the library knows that shapes the statement for a view."""

    topic: int = 0  # the topic's number
    in_topic: int = 0  # articles in it
    all: int = 0  # articles in the library
    in_feed: int = 0  # articles in the feed of the view, or in all
    unread: int = 0  # of them
    sources: tuple[Sequence[int], ...] = ()  # for each word of the filter, the feeds whose title holds it

    def smallest(self, view: View) -> int:
        """Return how many articles the narrowest of topic, feed and unread leaves at most."""
        size = self.unread if view.unread else self.in_feed
        return min(size, self.in_topic) if view.topic else size


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


def reads_all(view: View, facts: Facts) -> bool:
    """Tell whether a view's filter must look at most headlines of the library."""
    wide = not (view.starred or view.topic or view.feed is not None or expression(view.search).wanted)
    return wide and bool(filter_words(view.filter)) and facts.smallest(view) * SCAN_SHARE > facts.all


def listing(view: View, facts: Facts, limit: int | None, *, window: int = 0) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings for the ids that a view shows, newest first; `keep` is not looked at.

    With a `window` only so many of the newest articles are looked at, where `reads_all` holds.
    """
    asked = expression(view.search)
    by_search = bool(asked.wanted) and (view.starred or facts.smallest(view) > PROBE_MAX)
    made = Statement()
    if by_search:
        _from_search(made, asked)
    elif view.topic and not view.starred and facts.in_topic == facts.smallest(view):
        _from_topic(made, view, facts)
    elif window:
        made.source = WINDOW_UNREAD if view.unread else WINDOW_ALL
        made.bindings.append(window)
    elif reads_all(view, facts):
        _from_headlines(made)
    else:
        _from_state(made, view)
    _narrow(made, view, facts)
    _search(made, asked, by_search=by_search)
    sql = made.sql()
    if by_search:
        sql = HITS.format(sql.replace("SELECT s.article", "SELECT s.article AS article, s.sort AS sort", 1))
        made.bindings.append(HITS_MAX)
    return f"{sql} LIMIT ?", (*made.bindings, -1 if limit is None else limit)


def membership(view: View, facts: Facts, article: int, *, marks: bool = False) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings that give `article` if the view would show it, `marks` apart or not."""
    made = Statement()
    made.narrow("s.article = ?", article)
    _narrow(made, view if marks else replace(view, unread=False, starred=False), facts)
    _search(made, expression(view.search), by_search=False)
    return made.sql(), tuple(made.bindings)


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


def _from_headlines(made: Statement) -> None:
    """Read all headlines as they lie on disk: four times faster than one by one, in the list's order."""
    made.source = "article a"
    made.joins.append("CROSS JOIN state s ON s.article = a.id")


def _from_state(made: Statement, view: View) -> None:
    index = "state_feed" if view.feed is not None else "state_sort"
    if view.starred:
        index = "state_starred"
    elif view.unread:
        index = "state_feed_unread" if view.feed is not None else "state_unread"
    made.source = f"state s INDEXED BY {index}"


def _narrow(made: Statement, view: View, facts: Facts) -> None:
    """Add what the view's fields ask for, its search apart."""
    by_topic = made.source.startswith("article_topic")
    words = filter_words(view.filter)
    if words and made.source != "article a":
        made.joins.append(f"CROSS JOIN article a ON a.id = {made.article}")
    for word, sources in zip(words, facts.sources, strict=True):
        _hold(made, word, sources)
    if view.feed is not None:
        made.narrow("s.feed = ?", view.feed)
    if view.unread:
        made.narrow("s.read = 0")
    if view.starred:
        made.narrow("s.starred > 0")
    if view.since is not None:
        made.narrow("t.sort >= ?" if by_topic else "s.sort >= ?", seconds(view.since))
    if view.topic and not by_topic:
        made.narrow(IN_TOPIC, facts.topic)


def _search(made: Statement, asked: Expression, *, by_search: bool) -> None:
    """Add what is searched, unless the articles come from the search anyway."""
    if asked.wanted and not by_search:
        made.narrow(f"EXISTS ({FOUND} AND rowid = {made.article})", asked.match)
    elif asked.unwanted and not asked.wanted:
        made.narrow(f"{made.article} NOT IN ({FOUND})", asked.unwanted)


def _hold(made: Statement, word: str, sources: Sequence[int]) -> None:
    """Require a word in headline or source."""
    pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    condition = "coalesce(a.folded, a.title) LIKE ? ESCAPE '\\'"
    if sources:
        made.narrow(f"({condition} OR a.feed IN carray(?))", f"%{pattern}%", packed(sources))
    else:
        made.narrow(condition, f"%{pattern}%")
