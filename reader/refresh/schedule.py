"""When a feed is fetched: every rule a pure function over values.

`spread` is a random number from 0 to 1, given by the caller, so that feeds do not come due all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from reader.config import Access, Refresh
from reader.model import Feed, Moving, Pace
from reader.records import dataclass
from reader.store.feeds import FARTHEST

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
LOOKS = 2
"""Visits in the time that a feed usually takes for one article: news is then late by half of it at most."""
PACE_MAX = timedelta(hours=24)
"""A feed may ask to be left alone for longer, but a reader is there to look."""
ASKED_MAX = timedelta(hours=24)
"""How long a server may ask to be left alone; what lies further away was noted by a clock that was wrong."""
MOVED_TIMES, MOVED_FOR = 3, timedelta(days=1)
"""A permanent redirect is believed when it was met so often over so long: many are mistakes of a day."""

ANY_PACE = Pace()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between two visits that nobody asked for."""

    shortest: timedelta
    longest: timedelta

    @classmethod
    def of(cls, settings: Refresh, access: Access | None = None) -> Bounds:
        """Return those of the settings, or of one feed's; the longest is never the shorter one."""
        if access is not None and access.interval:
            return cls(timedelta(minutes=access.interval), timedelta(minutes=access.interval))
        return cls(
            timedelta(minutes=settings.interval),
            timedelta(minutes=max(settings.interval, settings.longest)),
        )


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether a feed is to be fetched without being asked for."""
    if feed.paused:
        return False
    if feed.due is None or feed.due > now + FARTHEST:
        return True
    return feed.due <= now and not _skips(feed.pace, now)


def waits(feed: Feed, now: datetime) -> datetime | None:
    """Return until when a feed must not be fetched even when asked for, or None: its server said so."""
    return feed.asked if feed.asked and now < feed.asked <= now + ASKED_MAX else None


def is_file(feed: Feed) -> bool:
    """Whether a feed is a local file or folder."""
    return not feed.url.startswith(("http://", "https://"))


def chosen(feeds: Iterable[Feed], now: datetime, *, force: bool) -> tuple[Feed, ...]:
    """Return the feeds to fetch now: those that are due, or all; each once."""
    return tuple({feed.id: feed for feed in feeds if force or is_due(feed, now)}.values())


def after_success(
    now: datetime,
    bounds: Bounds,
    spread: float,
    *,
    rhythm: timedelta | None = None,
    pace: Pace = ANY_PACE,
    fresh: datetime | None = None,
) -> datetime:
    """Return when a feed is due again after it was read.

    `rhythm` is the usual time between two of its articles, None where that is not known: a feed that
    publishes often is asked often. What feed and server themselves want (`pace`, `fresh`) is waited out.
    """
    wait = bounds.shortest if rhythm is None else min(max(rhythm / LOOKS, bounds.shortest), bounds.longest)
    wait = max(wait, min(timedelta(minutes=pace.minutes), PACE_MAX))
    due = now + wait * (1 - EARLY * spread)
    return _allowed(max(due, fresh) if fresh else due, pace)


def _allowed(due: datetime, pace: Pace) -> datetime:
    """Return the first time from `due` on at which a feed does not skip being asked."""
    later = due
    for _ in range(24 * 7):
        if not _skips(pace, later):
            return later
        later = later.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due  # it skips everything


def _skips(pace: Pace, when: datetime) -> bool:
    return when.hour in pace.hours or when.weekday() in pace.days


def followed(known: Moving, target: str, now: datetime) -> Moving:
    """Return what is known of a feed's move after a visit that was led to `target` ("": nowhere) for good."""
    if not target:
        return Moving()
    if target != known.url or known.since is None or known.since > now:  # later: the clock was wrong
        return Moving(target, now, 1)
    return Moving(target, known.since, known.times + 1)


def has_moved(moving: Moving, now: datetime) -> bool:
    """Whether a permanent redirect is believed."""
    return bool(moving.since and moving.times >= MOVED_TIMES and now - moving.since >= MOVED_FOR)


def after_failure(
    failures: int, now: datetime, spread: float, *, asked: datetime | None = None, stopped: bool = False
) -> datetime:
    """Return when to try again after `failures` failures in a row, the new one included.

    `asked` is the time that the server itself named, which may be no excuse for coming back sooner than to
    another that failed; `stopped` says that the parser had to be killed.
    """
    if stopped and failures >= STOPS_MAX:
        return now + BACKOFF_MAX
    doubled = BACKOFF * (1 << min(failures - 1, 10))
    later = now + min(doubled * (1 - JITTER + 2 * JITTER * spread), BACKOFF_MAX)
    return max(later, asked) if asked else later


def validators(feed: Feed, now: datetime) -> tuple[str, str]:
    """Return the ETag and Last-Modified to send; none once in every ANEW, to hear the truth."""
    return ("", "") if anew(feed, now) else (feed.etag, feed.modified)


def anew(feed: Feed, now: datetime) -> bool:
    """Whether a feed is to be fetched and read as if nothing of it were known: once in every ANEW."""
    return feed.succeeded is None or _period(feed, feed.succeeded) != _period(feed, now)


def _period(feed: Feed, when: datetime) -> int:
    """Return the number of the period that a time lies in; each feed has its own first day."""
    return (when - _EPOCH + timedelta(days=feed.id)) // ANEW
