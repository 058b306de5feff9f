"""`newsread doctor --feeds`: how each feed is visited, what that spares, its next visit and why."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.cli.border import OK
from reader.cli.output import Column, Output
from reader.config import Config
from reader.model import Feed
from reader.refresh.planning import Plan, plan, share, size
from reader.store import Store
from reader.text import ago


def visits(store: Store, config: Config, out: Output) -> int:
    """Print every feed."""
    now = datetime.now(UTC)
    planned = [(feed, _plan(store, config, feed, now)) for feed in store.feeds.all()]
    if out.json:
        for feed, next_one in planned:
            out.record(feed, next=next_one.when, why=next_one.why)
        return OK
    columns = (
        Column("feed", 6, right=True),
        Column("title", 28),
        Column("last result", 36),
        Column("304", 6, right=True),
        Column("saved", 9, right=True),
        Column("next", 10),
        Column("why"),
    )
    rows = [
        (str(feed.id), feed.title, result(feed, now), share(feed), size(feed.saved), one.when, one.why)
        for feed, one in planned
    ]
    out.table(columns, rows)
    if not planned:
        out.say("there are no feeds yet: `newsread add ADDRESS` subscribes to one")
    return OK


def _plan(store: Store, config: Config, feed: Feed, now: datetime) -> Plan:
    return plan(feed, now, config.refresh, config.feeds.get(feed.url), store.feeds.rhythm(feed.id, now))


def result(feed: Feed, now: datetime) -> str:
    """Return what became of the last visit."""
    if feed.fetched is None:
        return "none yet"
    when = ago(feed.fetched, now)
    return f"failed {when}: {feed.error}" if feed.failures else f"well, {when}"
