"""Subscriptions and their bookkeeping."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from reader.model import Feed, Moving, Pace
from reader.store.core import Core
from reader.store.removals import Removals
from reader.store.values import maybe_moment, maybe_seconds, moment, seconds

SELECT = """
SELECT id, url, shown, site, topic, etag, modified, digest, fetched, succeeded, due, failures, error, paused,
    unread, total, local, asked, pace, moving, moving_since, moving_times, muted, visits, unchanged, saved,
    tags
FROM feed WHERE removed IS NULL"""
RHYTHM_OF = 10
"""Articles by which a feed's rhythm is told: enough to see it change within days."""
RHYTHM_LEAST = 3
FARTHEST = timedelta(days=15)
"""No plan reaches further (the longest interval is a week, and a feed may skip six days of one): a feed that
is due later was planned by a clock that was wrong, and is due now."""

PACE_TOP = 527_040
"""Minutes of a year: no number of a feed's pace is greater."""

ANY_PACE, NOWHERE = Pace(), Moving()


class Feeds:
    """The subscriptions of the library."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db
        self.removals = Removals(core)

    def add(
        self, url: str, *, title: str = "", topic: str = "", local: bool = False, paused: bool = False
    ) -> tuple[Feed, bool]:
        """Subscribe to an address or path; returns the feed and whether it is a new one.

        `title` is the reader's own name for it; `local` allows it to be on a private network. A feed that
        is there already is returned as it is; one that was removed a while ago comes back as it was.
        """
        with self.db.transaction():
            gone = self.removals.find(url)
            if gone is not None:
                self._named_anew(gone, title, topic)
                self.removals.take_back(gone)
            known = gone or self.db.value("SELECT id FROM feed WHERE url = ?", (url,))
            if known is None:
                self.db.run(
                    "INSERT INTO feed(url, name, topic, local, paused) VALUES (?, ?, ?, ?, ?)",
                    (url, title, topic, int(local), int(paused)),
                )
            found = self._select("AND url = ?", (url,))
        return found[0], known is None or gone is not None

    def _named_anew(self, feed: int, title: str, topic: str) -> None:
        sql = "UPDATE feed SET name = iif(?1 = '', name, ?1), topic = iif(?2 = '', topic, ?2) WHERE id = ?3"
        self.db.run(sql, (title, topic, feed))

    def get(self, feed: int) -> Feed | None:
        """Return a feed, or None."""
        found = self._select("AND id = ?", (feed,))
        return found[0] if found else None

    def find(self, text: str) -> tuple[Feed, ...]:
        """Return the feeds that a user may mean: by id, address or title, else by a part of either."""
        wanted = text.strip().casefold()
        feeds = self.all()
        exact = [f for f in feeds if wanted in {str(f.id), f.url.casefold(), f.title.casefold()}]
        if exact or not wanted:
            return tuple(exact)
        return tuple(f for f in feeds if wanted in f.title.casefold() or wanted in f.url.casefold())

    def all(self) -> tuple[Feed, ...]:
        """Return every feed, by title."""
        return tuple(sorted(self._select(), key=lambda feed: (feed.title.casefold(), feed.id)))

    def due(self, now: datetime) -> tuple[Feed, ...]:
        """Return the feeds to fetch now, the longest overdue first; paused ones never are."""
        where = "AND NOT paused AND (due IS NULL OR due <= ? OR due > ?) ORDER BY due, id"
        return tuple(self._select(where, (seconds(now), seconds(now + FARTHEST))))

    def rename(self, feed: int, title: str) -> None:
        """Give a feed the reader's own name; "" returns to the feed's."""
        self._set("UPDATE feed SET name = ? WHERE id = ?", title, feed)

    def own_name(self, feed: int) -> str:
        """Return the reader's own name for a feed, "" where it goes by its title."""
        return str(self.db.value("SELECT name FROM feed WHERE id = ?", (feed,)) or "")

    def entitle(self, feed: int, title: str, site: str) -> None:
        """Note what a feed calls itself, as another reader knows it, until it is fetched."""
        sql = "UPDATE feed SET title = iif(title = '', ?, title), site = iif(site = '', ?, site) WHERE id = ?"
        with self.db.transaction(durable=False):
            self.db.run(sql, (title, site, feed))

    def set_topic(self, feed: int, topic: str) -> None:
        """Put a feed under a topic; "" takes it away. Articles change topic by `library.retopic`."""
        self._set("UPDATE feed SET topic = ? WHERE id = ?", topic, feed)

    def pause(self, feed: int, *, paused: bool = True) -> None:
        """Stop fetching a feed, or go on."""
        self._set("UPDATE feed SET paused = ? WHERE id = ?", int(paused), feed)

    def trust(self, feed: int) -> None:
        """Let a feed that was paused for where it lies be fetched from this machine or a private network."""
        with self.db.transaction():
            self.db.run("UPDATE feed SET local = 1, paused = 0 WHERE id = ?", (feed,))

    def mute(self, feed: int, *, muted: bool = True) -> None:
        """Keep a feed's articles out of the river, in its own list and topics; or let them in."""
        self._set("UPDATE feed SET muted = ? WHERE id = ?", int(muted), feed)

    def tag(self, feed: int, tags: Iterable[str]) -> None:
        """Give a feed these tags, each a single line, in place of those that it has."""
        self._set("UPDATE feed SET tags = ? WHERE id = ?", "\n".join(dict.fromkeys(tags)), feed)

    def plan(self, feed: int, due: datetime | None) -> None:
        """Say when a feed is to be fetched next; None: at once."""
        with self.db.transaction(durable=False):
            self.db.run("UPDATE feed SET due = ? WHERE id = ?", (maybe_seconds(due), feed))

    def succeeded(
        self,
        feed: int,
        *,
        etag: str,
        modified: str,
        digest: bytes,
        title: str,
        site: str,
        due: datetime | None,
        now: datetime,
        pace: Pace | None = None,
        moving: Moving = NOWHERE,
        size: int | None = 0,
    ) -> None:
        """Note a fetch that went well. An empty `title` or `site` and no `pace` leave the known one.

        `size`: bytes of the document that came, None where a 304 spared them. Call it in the transaction that
        saves the articles, so that a 304 never hides one.
        """
        since = maybe_seconds(moving.since)
        with self.db.transaction(durable=False):
            self.db.run(
                "UPDATE feed SET etag = ?, modified = ?, digest = ?, fetched = ?, succeeded = ?, due = ?,"
                " failures = 0, error = '', asked = NULL, title = iif(? = '', title, ?),"
                " site = iif(? = '', site, ?), moving = ?, moving_since = ?, moving_times = ?,"
                " pace = coalesce(?, pace), visits = visits + 1, unchanged = unchanged + ?,"
                " saved = saved + iif(?, size, 0), size = coalesce(?, size) WHERE id = ?",
                (
                    *(etag, modified, digest, seconds(now), seconds(now), maybe_seconds(due)),
                    *(title, title, site, site, moving.url, since, moving.times),
                    *(None if pace is None else _packed(pace), size is None, size is None, size, feed),
                ),
            )

    def move(self, feed: int, url: str) -> bool:
        """Give a feed its new address; False where another subscription has it."""
        with self.db.transaction(durable=False):
            if self.db.value("SELECT 1 FROM feed WHERE url = ?", (url,)):
                return False
            self.db.run("UPDATE feed SET url = ?, moving = '', moving_times = 0 WHERE id = ?", (url, feed))
        return True

    def failed(
        self, feed: int, error: str, due: datetime | None, now: datetime, *, asked: datetime | None = None
    ) -> None:
        """Note a fetch that failed, why (one line in words), and when to try again.

        `asked` is the time before which the server does not want to be asked at all.
        """
        with self.db.transaction(durable=False):
            self.db.run(
                "UPDATE feed SET fetched = ?, due = ?, asked = ?, error = ?, failures = failures + 1"
                " WHERE id = ?",
                (seconds(now), maybe_seconds(due), maybe_seconds(asked), error, feed),
            )

    def rhythm(self, feed: int, now: datetime) -> timedelta | None:
        """Return the usual time between two of a feed's articles, None where too few are known.

        The time since the newest counts as well, so that a feed that falls silent is asked ever less.
        """
        sql = "SELECT sort FROM state INDEXED BY state_feed WHERE feed = ? ORDER BY sort DESC LIMIT ?"
        times = self.db.column(sql, (feed, RHYTHM_OF))
        if len(times) < RHYTHM_LEAST:
            return None
        return timedelta(seconds=max(seconds(now) - times[-1], 0) / len(times))

    def latest(self) -> dict[int, datetime]:
        """Return when the newest article of each feed that has any was published."""
        sql = """SELECT id, (SELECT sort FROM state INDEXED BY state_feed WHERE state.feed = feed.id
                 ORDER BY sort DESC LIMIT 1) AS latest FROM feed WHERE removed IS NULL AND total > 0"""
        return {feed: moment(when) for feed, when in self.db.rows(sql) if when is not None}

    def remove(self, feed: int) -> bool:
        """Unsubscribe: the feed, its articles and all that is known of them; False if there is none."""
        with self.db.transaction():
            if self.db.value("SELECT 1 FROM feed WHERE id = ?", (feed,)) is None:
                return False
            self.core.remove(self.db.column("SELECT id FROM article WHERE feed = ?", (feed,)))
            self.db.run("DELETE FROM item WHERE feed = ?", (feed,))
            self.db.run("DELETE FROM mention WHERE feed = ?", (feed,))
            self.db.run("DELETE FROM awaited WHERE feed = ?", (feed,))
            self.db.run("DELETE FROM slice WHERE feed = ?", (feed,))
            self.db.run("DELETE FROM trash WHERE feed = ?", (feed,))
            self.db.run("DELETE FROM feed WHERE id = ?", (feed,))
        return True

    def _set(self, sql: str, value: str | int, feed: int) -> None:
        with self.db.transaction():
            self.db.run(sql, (value, feed))

    def _select(self, where: str = "", bindings: tuple[Any, ...] = ()) -> list[Feed]:
        return [_feed(*row) for row in self.db.rows(f"{SELECT} {where}", bindings)]


def _feed(*row: Any) -> Feed:
    number, url, title, site, topic, etag, modified, digest, fetched, succeeded, due, *rest = row
    failures, error, paused, unread, total, local, asked, pace, moving, since, times, *counted = rest
    muted, visits, unchanged, saved, tags = counted
    return Feed(
        id=number,
        url=url,
        title=title,
        site=site,
        topic=topic,
        etag=etag,
        modified=modified,
        digest=digest,
        fetched=maybe_moment(fetched),
        succeeded=maybe_moment(succeeded),
        due=maybe_moment(due),
        failures=failures,
        error=error,
        paused=bool(paused),
        unread=unread,
        total=total,
        local=bool(local),
        asked=maybe_moment(asked),
        pace=_unpacked(pace),
        moving=Moving(moving, maybe_moment(since), times) if moving else NOWHERE,
        muted=bool(muted),
        visits=visits,
        unchanged=unchanged,
        saved=saved,
        tags=tuple(tags.split("\n")) if tags else (),
    )


def _packed(pace: Pace) -> str:
    return "" if pace == ANY_PACE else json.dumps([pace.minutes, pace.hours, pace.days])


def _unpacked(stored: str) -> Pace:
    if not stored:
        return ANY_PACE
    try:
        minutes, hours, days = json.loads(stored)
    except (ValueError, TypeError, RecursionError):  # a damaged library
        return ANY_PACE
    numbers = [minutes, *hours, *days] if isinstance(hours, list) and isinstance(days, list) else [None]
    if any(type(number) is not int or not 0 <= number <= PACE_TOP for number in numbers):
        return ANY_PACE
    return Pace(minutes, tuple(hours), tuple(days))
