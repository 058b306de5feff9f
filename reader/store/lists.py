"""What the desk's lists show: ids by view, rows by page, ticker, counts."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import compress

from reader.model import Counts, Headline, Topic, View
from reader.store.asking import Asked, Facts, asked, of_one_source
from reader.store.conditions import Known, ascii_lower
from reader.store.core import Core
from reader.store.rows import Rows
from reader.store.stories import by_latest
from reader.store.topics import Topics
from reader.store.values import maybe_moment
from reader.store.views import (
    HITS_MAX,
    WINDOW,
    among,
    everything,
    listing,
    lowest,
    membership,
    peeks,
    ranks,
    titled,
)

TICKER_SHARE = 4  # headlines of one feed that pass before every other feed has had its turn
TICKER_LOOK = 5
"""Headlines looked at for each one shown in the ticker: most stories are told by few sources."""
GROUPED_LOOK = 2
"""Articles looked at for each one that the beginning of a grouped list shows."""
RANKED_MAX = 1_000
"""Of what a search finds so many, the latest, are looked at for hits in their headlines."""
GROUPED_MORE = 4
"""So many times as many are looked at where these were too few."""

FEEDS = "SELECT id, shown, url, tags FROM feed WHERE removed IS NULL"


class Lists:
    """Every list of headlines, newest first."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db
        self._rows = Rows(core.db)

    def ids(self, view: View, limit: int | None = None) -> array[int]:
        """Return the ids of the articles that a view shows, newest first, at most `limit`.

        `view.keep` stays where it stood although it was just read or lost its star. A search shows the latest
        2,000 that it finds; a search or filter without a word narrows nothing. A grouped view shows each
        story once (see `grouped`). `view.top` is not looked at: see `library.shown`.
        """
        if view.grouped:
            return self.grouped(view, limit)[0]
        facts = self._facts(view)
        if facts is None:
            return array("q")
        self._indexed(facts)
        if not ranks(facts):
            return self._listed(facts, limit)
        ids = self._listed(facts, None)
        return _ranked(ids, ids, self._titled(facts, ids))[0][:limit]

    def grouped(self, view: View, limit: int | None = None) -> tuple[array[int], array[int]]:
        """Return the rows of a view that shows each story once, and what each row is placed by.

        A story is shown by its lead where the view shows that, else by its newest article, and stands where
        its newest does: what is told anew comes up again. A row is placed by itself, or by that newest one.
        """
        facts = self._facts(view)
        if facts is None:
            return array("q"), array("q")
        self._indexed(facts)
        look = None if limit is None or ranks(facts) else limit * GROUPED_LOOK
        while True:
            ids, followers, shown = self._followed(facts, look)
            rows, newest = by_latest(ids, followers, shown)
            if ranks(facts):
                rows, newest = _ranked(rows, newest, self._titled(facts, (*rows, *newest)))
            if limit is None or look is None or len(rows) >= limit or len(ids) < look:
                return rows[:limit], newest[:limit]
            look *= GROUPED_MORE  # a few big stories fill the beginning

    def all(self, view: View) -> array[int]:
        """Return all that a view shows in any order, of a search not only the latest, its `keep` apart."""
        facts = self._facts(view)
        if facts is None:
            return array("q")
        self._indexed(facts)
        return self.db.column(*everything(facts))

    def cut(self, view: View) -> bool:
        """Tell whether a view shows no more than the latest that its search finds."""
        facts = self._facts(view) if view.search or view.query else None
        return bool(facts and facts.asked.found.wanted) and self.count(view, most=HITS_MAX) == HITS_MAX

    def count(self, view: View, *, unread: bool = False, most: int | None = None) -> int:
        """Return how much a view shows, or how much of it is unread; its `keep` apart. `most`: no more."""
        facts = self._facts(replace(view, unread=view.unread or unread))
        if facts is None:
            return 0
        self._indexed(facts)
        sql, bindings = everything(facts) if most is None else listing(facts, most)
        return int(self.db.value(f"SELECT count(*) FROM ({sql})", bindings))  # noqa: S608 (ours)

    def among(self, view: View, ids: Sequence[int]) -> array[int]:
        """Return those of some articles that a view would show, its `keep` apart."""
        facts = self._facts(view) if ids else None
        if facts is None:
            return array("q")
        self._indexed(facts)
        return self.db.column(*among(facts, ids))

    def _titled(self, facts: Facts, ids: Sequence[int]) -> set[int]:
        """Return those of the latest of some articles whose headlines alone hold what is searched."""
        latest = sorted(ids)[-RANKED_MAX:]
        return set(self.db.column(*titled(facts, latest[0]))) if latest else set()

    def _indexed(self, facts: Facts) -> None:
        """Let the full-text index know what was just stored."""
        if facts.asked.found or facts.asked.rest:
            self.core.search.flush()

    def _listed(self, facts: Facts, limit: int | None) -> array[int]:
        ids = array("q")
        if limit is not None and peeks(facts):
            ids = self.db.column(*listing(self._recent(facts), limit, window=WINDOW))
        if limit is None or len(ids) < limit:
            ids = self.db.column(*listing(facts, limit))
        view = facts.asked.view
        if view.keep is not None and (view.unread or view.starred):
            self._keep(ids, facts, view.keep)
        return ids if limit is None else ids[:limit]

    def _recent(self, facts: Facts) -> Facts:
        """Return what is known when only the newest articles are looked at."""
        if not facts.asked.looks_up():
            return facts
        floor = self.db.value(*lowest(facts, WINDOW))
        return replace(facts, known=replace(facts.known, floor=floor))

    def _followed(self, facts: Facts, look: int | None) -> tuple[array[int], dict[int, int], set[int]]:
        """Return the first articles of a view, the leads of those that follow one, and all that is shown."""
        ids = self._listed(facts, look)
        followers = self.core.stories.followers(ids, facts.all)
        shown = set(ids)
        if look is not None:  # a lead may stand further down
            below = set(followers.values()) - shown
            shown.update(lead for lead in below if self._shows(facts, lead))
        return ids, followers, shown

    def _shows(self, facts: Facts, article: int) -> bool:
        return bool(self.db.rows(*membership(facts, article, marks=article != facts.asked.view.keep)))

    def rows(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines of those ids, in their order; ids that are gone are left out."""
        return self._rows.get(ids)

    def unread_in_stories(self, ids: Sequence[int]) -> dict[int, int]:
        """Return how many unread articles each story has that one of these articles tells."""
        return self._rows.unread_in_stories(ids)

    def ticker(self, view: View, limit: int = 30, *, top: Sequence[int] = ()) -> list[Headline]:
        """Return the headlines for the ticker of a view.

        First what pages put into their own tickers (while the view narrows by nothing but a feed or words),
        then `top`, then the newest unread of the other feeds, one for each story; if there is nothing, the
        newest.
        """
        named = self._named(view, limit)
        if len(named) == limit:
            return named
        quiet = replace(view, keep=None, grouped=True)
        skip = {row.feed for row in named}
        first = _fair(row for row in self.rows(top) if row.feed not in skip)
        told = {row.story for row in first}
        rows = self.rows(self.ids(replace(quiet, unread=True), limit * TICKER_LOOK))
        rows = _fair(row for row in rows if row.feed not in skip and not (row.story and row.story in told))
        if named or first or rows:
            return (named + first + rows)[:limit]
        return _fair(self.rows(self.ids(quiet, limit * TICKER_LOOK)))[:limit]

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that have articles: the reader's own by size, then the standard ones in order."""
        return Topics(self.db).all()

    def counts(self) -> Counts:
        """Return the library in numbers, of articles those of the river."""
        sql = """SELECT total(unread) FILTER (WHERE NOT muted), total(total) FILTER (WHERE NOT muted),
                 count(*), total(failures > 0 AND NOT paused), max(succeeded) FROM feed
                 WHERE removed IS NULL"""
        unread, total, feeds, failing, updated = self.db.rows(sql)[0]
        return Counts(
            unread=int(unread),
            total=int(total),
            feeds=feeds,
            failing=int(failing),
            updated=maybe_moment(updated),
        )

    def time(self, article: int) -> datetime | None:
        """Return the time that an article is sorted by; None when it is gone."""
        return maybe_moment(self.db.value("SELECT sort FROM state WHERE article = ?", (article,)))

    def story(self, article: int) -> tuple[int, ...]:
        """Return the articles of the same story, newest first, this one included; () if it is gone."""
        story = self.db.value("SELECT story FROM article WHERE id = ?", (article,))
        if not story:
            return () if story is None else (article,)
        return self.core.stories.members(story)

    def _facts(self, view: View) -> Facts | None:
        """Return what shapes the view's statement, or None when the view can show nothing.

        Raises QueryError.
        """
        now = datetime.now(UTC)
        wanted = asked(view, now)
        known = self._known(wanted, now)
        wanted = of_one_source(wanted, known)
        view, topic, in_topic = wanted.view, 0, 0
        if view.topic:
            found = self.db.row("SELECT id, total FROM topic WHERE name = ?", (view.topic,))
            if found is None or not (found[1] or wanted.hidden):
                return None
            topic, in_topic = found
        sql = """SELECT total(total), total(total) FILTER (WHERE ?1 IS NULL OR id = ?1),
                 total(unread) FILTER (WHERE ?1 IS NULL OR id = ?1) FROM feed"""
        everything, in_feed, unread = map(int, self.db.rows(sql, (view.feed,))[0])
        muted = self.db.column("SELECT id FROM feed WHERE muted")
        return Facts(wanted, known, topic, in_topic, everything, in_feed, unread, muted)

    def _known(self, wanted: Asked, now: datetime) -> Known:
        if not (wanted.words or wanted.rest):
            return Known((), {}, now, wanted.hidden)
        feeds = self.db.rows(FEEDS)
        topics = {ascii_lower(name): number for name, number in self.db.rows("SELECT name, id FROM topic")}
        return Known(feeds, topics, now, wanted.hidden)

    def _keep(self, ids: array[int], facts: Facts, article: int) -> None:
        """Put the kept article where it stood before its mark changed."""
        if article in ids or not self.db.rows(*membership(facts, article)):
            return
        place = bisect_left(ids, self._place(article), key=self._place)
        ids.insert(place, article)

    def _place(self, article: int) -> tuple[int, int]:
        """Return what the lists are sorted by."""
        sort = self.db.value("SELECT sort FROM state WHERE article = ?", (article,))
        return (-(sort or 0), -article)

    def _named(self, view: View, limit: int) -> list[Headline]:
        """Return what pages put into their tickers, the newest page first."""
        if view.topic or view.starred or view.search or view.since or view.query:
            return []
        sql = """SELECT headline FROM mention WHERE mention.article = 0 AND (?1 IS NULL OR feed = ?1)
                 AND feed NOT IN (SELECT id FROM feed WHERE removed IS NOT NULL OR (muted AND ?1 IS NULL))
                 ORDER BY feed DESC, place LIMIT ?2"""
        rows = self.rows(self.db.column(sql, (view.feed, limit)))
        wanted = asked(view, datetime.now(UTC))
        if wanted.rest or replace(wanted.view, unread=False) != replace(view, unread=False):
            return []  # a headline alone has nothing to be asked for
        return [row for row in rows if not row.hidden and _holds(row, wanted)]


def _holds(row: Headline, wanted: Asked) -> bool:
    text = f"{row.title}\n{row.source}".casefold()
    return all(word.text.casefold() in text for word in wanted.words)


def _ranked(rows: array[int], newest: array[int], titled: set[int]) -> tuple[array[int], array[int]]:
    """Return rows, and what each is placed by, with those first that stand for a hit in a headline."""
    first = [row in titled or by in titled for row, by in zip(rows, newest, strict=True)]
    rest = [not hit for hit in first]
    return (
        array("q", [*compress(rows, first), *compress(rows, rest)]),
        array("q", [*compress(newest, first), *compress(newest, rest)]),
    )


def _fair(rows: Iterable[Headline]) -> list[Headline]:
    """Move what a feed has beyond its share behind what the others have, the order kept otherwise."""
    seen: Counter[int] = Counter()
    turns: list[tuple[int, Headline]] = []
    for row in rows:
        turns.append((seen[row.feed] // TICKER_SHARE, row))
        seen[row.feed] += 1
    return [row for _, row in sorted(turns, key=lambda turn: turn[0])]
