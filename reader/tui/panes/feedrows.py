"""A subscription as a row: its columns at every width, its state in words and by a mark, its order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.model import Feed
from reader.records import dataclass
from reader.refresh.planning import until
from reader.text import ago

DEAD = timedelta(days=14)
"""A feed that has failed for so long is told as dead: it will hardly come back by itself."""
SILENT = timedelta(days=90)
"""A feed without a new article for so long is told as silent."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class State:
    """How a feed is doing."""

    mark: str  # one cell, so that it is seen without reading and without colour
    words: str
    rank: int  # the higher, the more it needs the reader
    bad: bool = False


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed and what its row says."""

    feed: Feed
    state: State
    last: str  # when it was last fetched well
    next: str  # when it is fetched next


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how wide it is (0: what the others leave) and what it is sorted by."""

    name: str
    title: str
    width: int
    right: bool = False


NAME, STATE = Column("name", "Feed", 0), Column("state", "State", 0)
TOPIC, UNREAD = Column("topic", "Topic", 13), Column("unread", "Unread", 7, right=True)
LAST, NEXT = Column("last", "Fetched", 10), Column("next", "Next", 10)
WIDTHS = (
    (100, (NAME, TOPIC, UNREAD, LAST, NEXT, STATE)),
    (64, (NAME, replace(TOPIC, width=10), UNREAD, LAST, STATE)),
    (0, (NAME, UNREAD, STATE)),
)
SORTS = ("name", "unread", "last", "state")
GAP = 2


def state(feed: Feed, latest: datetime | None, now: datetime) -> State:
    """Return how a feed is doing; `latest`: when its newest article was published."""
    if feed.paused:
        why = f": {feed.error}" if feed.error else ""
        return State("‖", f"paused{why}", 2, bad=bool(feed.error))
    if feed.failures:
        since = feed.succeeded
        if since is None or now - since > DEAD:
            when = "never fetched" if since is None else f"dead for {ago(since, now).removesuffix(' ago')}"
            return State("✗", f"{when}: {feed.error}", 5, bad=True)
        times = f" {feed.failures} times" if feed.failures > 1 else ""
        return State("✗", f"failed{times}: {feed.error}", 4, bad=True)
    return _well(feed, latest, now, "muted, " if feed.muted else "")


def _well(feed: Feed, latest: datetime | None, now: datetime, muted: str) -> State:
    """Return how a feed is doing whose last fetch went well."""
    if feed.fetched is None:
        return State("·", f"{muted}not fetched yet", 1)
    if latest is None:
        return State("○", f"{muted}without articles", 3)
    if now - latest > SILENT:
        return State("○", f"{muted}silent: newest article {ago(latest, now)}", 3)
    return State("~", "muted: in its own list only", 1) if muted else State(" ", "", 0)


def rows(feeds: Sequence[Feed], latest: Mapping[int, datetime], now: datetime) -> list[FeedRow]:
    """Return the rows of feeds, in their order."""
    return [
        FeedRow(
            feed,
            state(feed, latest.get(feed.id), now),
            ago(feed.succeeded, now).removesuffix(" ago") if feed.succeeded else "never",
            until(feed, now),
        )
        for feed in feeds
    ]


def ordered(found: Sequence[FeedRow], by: str) -> list[FeedRow]:
    """Return rows by name, unread (most first), last (longest ago first) or state (worst first)."""
    keys: dict[str, Callable[[FeedRow], tuple[Any, ...]]] = {
        "name": lambda _: (),
        "topic": lambda row: (row.feed.topic == "", row.feed.topic.casefold()),
        "unread": lambda row: (-row.feed.unread,),
        "last": lambda row: (row.feed.succeeded or LONG_AGO,),
        "next": lambda row: (row.feed.paused, row.feed.due or LONG_AGO),
        "state": lambda row: (-row.state.rank, -row.feed.failures),
    }
    return sorted(found, key=lambda row: (*keys[by](row), row.feed.title.casefold(), row.feed.id))


def narrowed(found: Sequence[FeedRow], words: str, *, ailing: bool = False) -> list[FeedRow]:
    """Return the rows that hold all words somewhere; `ailing`: of those in trouble."""
    wanted = words.casefold().split()
    return [
        row
        for row in found
        if (not ailing or row.state.rank > 1) and all(word in _words(row) for word in wanted)
    ]


def _words(row: FeedRow) -> str:
    feed = row.feed
    return "\n".join((feed.title, feed.url, feed.topic, *feed.tags, row.state.words)).casefold()


def columns(width: int) -> list[tuple[Column, int]]:
    """Return the columns for so many cells, each with its own: names take half of what is left."""
    chosen = next(columns for least, columns in WIDTHS if width >= least)
    fixed = sum(column.width for column in chosen) + GAP * (len(chosen) - 1)
    left = max(0, width - fixed)
    name = left // 2 if width < 100 else min(left // 2, 44)
    return [(column, column.width or (name if column is NAME else left - name)) for column in chosen]


def cell(row: FeedRow, column: Column) -> str:
    """Return what a row says in a column."""
    feed = row.feed
    texts = {
        "name": feed.title,
        "topic": feed.topic,
        "unread": f"{feed.unread:,}" if feed.unread else "",
        "last": row.last,
        "next": row.next,
        "state": row.state.words,
    }
    return texts[column.name]
