"""When a feed is fetched: every rule a pure function over values.

`spread` is a random number from 0 to 1, given by the caller, so that feeds do not come due all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from reader.model import Feed

EARLY = 0.1
"""The part of an interval by which a feed may be due early; never late, or cron's next run would miss it."""
BACKOFF = timedelta(minutes=15)
BACKOFF_MAX = timedelta(hours=24)
"""The first wait after a failure, doubled with each one more, and the longest."""
JITTER = 0.2
"""The part of a back-off that chance adds or takes, so that a server that comes back is not stormed."""
STOPS_MAX = 3
"""Failures after which a feed whose parsing had to be killed is tried once a day."""
ANEW = timedelta(days=7)
"""How long validators are trusted: some servers say 'not changed' for ever."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether a feed is to be fetched without being asked for."""
    return not feed.paused and (feed.due is None or feed.due <= now)


def is_file(feed: Feed) -> bool:
    """Whether a feed is a local file or folder."""
    return not feed.url.startswith(("http://", "https://"))


def chosen(feeds: Iterable[Feed], now: datetime, *, force: bool) -> tuple[Feed, ...]:
    """Return the feeds to fetch now: those that are due, or all; each once."""
    return tuple({feed.id: feed for feed in feeds if force or is_due(feed, now)}.values())


def after_success(now: datetime, interval: timedelta, spread: float) -> datetime:
    """Return when a feed is due again after it was read."""
    return now + interval * (1 - EARLY * spread)


def after_failure(
    failures: int, now: datetime, spread: float, *, asked: datetime | None = None, stopped: bool = False
) -> datetime:
    """Return when to try again after `failures` failures in a row, the new one included.

    `asked` is the time that the server itself named; `stopped` says that the parser had to be killed.
    """
    if asked:
        return asked
    if stopped and failures >= STOPS_MAX:
        return now + BACKOFF_MAX
    doubled = BACKOFF * (1 << min(failures - 1, 10))
    return now + min(doubled * (1 - JITTER + 2 * JITTER * spread), BACKOFF_MAX)


def validators(feed: Feed, now: datetime) -> tuple[str, str]:
    """Return the ETag and Last-Modified to send; none once in every ANEW, to hear the truth."""
    if feed.succeeded is None or _period(feed, feed.succeeded) != _period(feed, now):
        return "", ""
    return feed.etag, feed.modified


def _period(feed: Feed, when: datetime) -> int:
    """Return the number of the period that a time lies in; each feed has its own first day."""
    return (when - _EPOCH + timedelta(days=feed.id)) // ANEW
