"""A view as a statement: pure. Every plan is forced, because SQLite cannot know which conditions are rare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any

from reader.model import View
from reader.records import dataclass
from reader.store.asking import Asked, Facts
from reader.store.conditions import FOUND, FROM, IN_TOPIC, Condition, apart, condition, holding
from reader.store.database import packed
from reader.store.query import Expression
from reader.store.values import seconds

HITS_MAX = 2_000
"""Articles that a search shows, the latest to come in: nobody reads further, and each costs a look at its
time and marks, 2 µs where hits lie far apart."""

PROBE_MAX = 100
"""Up to so many articles are each asked whether the search finds them, 70 µs each; for more, its hits are
walked."""

HELD_MAX = 50_000
"""Up to so many articles of a feed, a topic or with a star are held in memory, 8 ms, while a search walks its
hits: each hit is looked up there, not on the disk."""

LATE_MAX = 30_000
"""Of a time up to so many articles are looked at, 3 ms, for the first that came in: there a search ends."""

SCAN_SHARE = 4
"""A filter that must look at more than one in so many headlines looks at all, in the order of the disk."""

WINDOW = 10_000
"""So many of the newest headlines are looked at first: a filter mostly finds a page among them, in 4 ms."""

WINDOW_ALL = "(SELECT * FROM state INDEXED BY state_sort ORDER BY sort DESC, article DESC LIMIT ?) s"
WINDOW_UNREAD = """(SELECT * FROM state INDEXED BY state_unread WHERE read = 0
    ORDER BY sort DESC, article DESC LIMIT ?) s"""
HELD = "+search.rowid IN (SELECT article FROM {})"
LATE = """search.rowid >= (SELECT CASE WHEN count(*) > {0} THEN 0 ELSE min(article) END FROM (
    SELECT article FROM state INDEXED BY state_sort WHERE sort >= ? LIMIT {0} + 1))"""
LOWEST = "SELECT coalesce(min(article), 0) FROM {}"
HITS = "SELECT article FROM ({} LIMIT ?) ORDER BY sort DESC, article DESC"


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

    def apply(self, wanted: Condition | None) -> None:
        """Add a condition, if there is one."""
        if wanted is not None:
            self.narrow(wanted.sql, *wanted.bindings)

    def sql(self) -> str:
        """Return the statement, newest first, without a limit."""
        where = f"WHERE {' AND '.join(self.where)}" if self.where else ""
        order = f"ORDER BY {self.order}" if self.order else ""
        return " ".join(["SELECT", self.article, "FROM", self.source, *self.joins, where, order])


def reads_all(facts: Facts) -> bool:
    """Tell whether a view's filter must look at most headlines of the library."""
    wide = not facts.asked.view.topic and _wide(facts)
    return wide and bool(facts.asked.words) and facts.smallest() * SCAN_SHARE > facts.all


def peeks(facts: Facts) -> bool:
    """Tell whether the beginning of a list is looked for among the newest articles first."""
    return reads_all(facts) or (_wide(facts) and facts.asked.looks_up())


def lowest(facts: Facts, window: int) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings for the lowest id among the newest articles that a `window` looks at."""
    return LOWEST.format(WINDOW_UNREAD if facts.asked.view.unread else WINDOW_ALL), (window,)


def _wide(facts: Facts) -> bool:
    asked, view = facts.asked, facts.asked.view
    return not (view.starred or view.feed is not None or asked.found.wanted or asked.hidden)


def listing(facts: Facts, limit: int | None, *, window: int = 0) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings for the ids that a view shows, newest first; `keep` is not looked at.

    With a `window` only so many of the newest articles are looked at, where `peeks` holds.
    """
    asked, view = facts.asked, facts.asked.view
    by_search = bool(asked.found.wanted) and (view.starred or asked.hidden or facts.smallest() > PROBE_MAX)
    made = Statement()
    if by_search:
        _from_search(made, asked)
        made.apply(_held(facts))
    elif asked.hidden:
        made.source = "hidden s"
    elif window:
        made.source = WINDOW_UNREAD if view.unread else WINDOW_ALL
        made.bindings.append(window)
    elif view.topic and not view.starred and facts.in_topic == facts.smallest():
        _from_topic(made, facts)
    elif reads_all(facts):
        _from_headlines(made)
    else:
        _from_state(made, view)
    _narrow(made, facts)
    _search(made, asked.found, by_search=by_search, floor=facts.known.floor)
    sql = made.sql()
    if by_search:
        sql = HITS.format(sql.replace("SELECT s.article", "SELECT s.article AS article, s.sort AS sort", 1))
        made.bindings.append(HITS_MAX)
    return f"{sql} LIMIT ?", (*made.bindings, -1 if limit is None else limit)


def ranks(facts: Facts) -> bool:
    """Tell whether hits in headlines come first."""
    return facts.asked.view.ranked and bool(facts.asked.found.wanted)


def titled(facts: Facts, first: int) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings for articles from `first` on whose headlines alone hold what is searched.

    Walked upwards from that bound: the other way FTS5 would go on below it, and through the whole list of a
    word that seldom stands in headlines.
    """
    wanted = f"{{title beginnings}} : ({facts.asked.found.wanted})"
    return f"{FOUND} AND rowid >= ? ORDER BY rowid", (wanted, first)


def everything(facts: Facts) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings for all that a view shows in any order, however much a search finds."""
    made = Statement(source="hidden s" if facts.asked.hidden else "state s")
    if by_search := bool(facts.asked.found.wanted):
        _from_search(made, facts.asked)
    _narrow(made, facts)
    _search(made, facts.asked.found, by_search=by_search)
    made.order = ""
    return made.sql(), tuple(made.bindings)


def among(facts: Facts, ids: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings that give those of some articles that a view would show."""
    made = Statement(source="hidden s" if facts.asked.hidden else "state s")
    made.narrow("s.article IN carray(?)", packed(ids))
    _narrow(made, facts)
    if facts.asked.found.wanted:
        made.narrow(
            f"s.article IN ({FOUND} AND rowid BETWEEN ? AND ?)", facts.asked.found.match, min(ids), max(ids)
        )
    else:
        _search(made, facts.asked.found, by_search=False)
    return made.sql(), tuple(made.bindings)


def membership(facts: Facts, article: int, *, marks: bool = False) -> tuple[str, tuple[Any, ...]]:
    """Return statement and bindings that give `article` if the view would show it, `marks` apart or not."""
    made = Statement(source="hidden s" if facts.asked.hidden else "state s")
    made.narrow("s.article = ?", article)
    view = facts.asked.view
    asked = facts.asked if marks else replace(facts.asked, view=replace(view, unread=False, starred=False))
    _narrow(made, replace(facts, asked=asked))
    _search(made, asked.found, by_search=False)
    return made.sql(), tuple(made.bindings)


def _from_search(made: Statement, asked: Asked) -> None:
    made.source = "search"
    table = "hidden" if asked.hidden else "state"
    made.joins.append(f"CROSS JOIN {table} s ON s.article = search.rowid")
    made.order = "search.rowid DESC"
    made.narrow("search MATCH ?", asked.found.match)
    if asked.view.since is not None and not asked.hidden:  # what came in before cannot be that late
        made.narrow(LATE.format(LATE_MAX), seconds(asked.view.since))


def _held(facts: Facts) -> Condition | None:
    """Return what requires a hit to be among the few that the view's marks, topic or feed leave, if few.

    The plus keeps SQLite from asking FTS5 for each of them.
    """
    view, few = facts.asked.view, facts.smallest() <= HELD_MAX
    held: tuple[str, tuple[Any, ...]] | None = None
    if view.starred:
        held = "state INDEXED BY state_starred WHERE starred > 0", ()
    elif few and view.topic and facts.in_topic == facts.smallest():
        held = "article_topic WHERE topic = ?", (facts.topic,)
    elif few and view.feed is not None and view.unread:
        held = "state INDEXED BY state_feed_unread WHERE feed = ? AND read = 0", (view.feed,)
    elif few and view.feed is not None:
        held = "state INDEXED BY state_feed WHERE feed = ?", (view.feed,)
    elif few and view.unread:
        held = "state INDEXED BY state_unread WHERE read = 0", ()
    if held is None or facts.asked.hidden:
        return None
    return Condition(HELD.format(held[0]), held[1])


def _from_topic(made: Statement, facts: Facts) -> None:
    made.source = "article_topic t"
    made.article = "t.article"
    made.order = "t.sort DESC, t.article DESC"
    made.narrow("t.topic = ?", facts.topic)
    view = facts.asked.view
    if view.unread or view.feed is not None or facts.asked.rest or facts.asked.words:
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


def _narrow(made: Statement, facts: Facts) -> None:
    """Add what the view's fields and its queries ask for, what the index knows apart."""
    asked, view = facts.asked, facts.asked.view
    by_topic = made.source.startswith("article_topic")
    if asked.words and made.source != "article a":
        made.joins.append(f"CROSS JOIN article a ON a.id = {made.article}")
    for word in asked.words:
        made.apply(holding(word, facts.known))
    if view.feed is not None:
        made.narrow("s.feed = ?", view.feed)
    if view.unread:
        made.narrow("s.read = 0")
    if view.starred:
        made.narrow("s.starred > 0")
    if view.since is not None:
        made.narrow("t.sort >= ?" if by_topic else "s.sort >= ?", seconds(view.since))
    made.apply(apart(view, facts.muted, hidden=asked.hidden))
    if view.topic and not by_topic:
        table = "hidden_topic" if asked.hidden else "article_topic"
        made.narrow(IN_TOPIC.format(table, "= ?"), facts.topic)
    for node, headline in asked.rest:
        made.apply(condition(node, facts.known, headline=headline))


def _search(made: Statement, found: Expression, *, by_search: bool, floor: int = 0) -> None:
    """Add what is searched, unless the articles come from the search anyway."""
    if found.wanted and not by_search:
        made.narrow(f"EXISTS ({FOUND} AND rowid = {made.article})", found.match)
    elif found.unwanted and not found.wanted:
        made.narrow(f"{made.article} NOT IN ({FROM})", found.unwanted, floor)
