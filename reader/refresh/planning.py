"""When a feed is fetched next and why, in words for the reader: pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from reader.config import Access, Refresh
from reader.model import Feed
from reader.records import dataclass
from reader.refresh import schedule

LATER = 1.05
"""What is due so much later than its interval says was put off by the feed or its server."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A feed's next visit."""

    when: str  # "in 20 min", "now", "never"
    why: str  # a clause: "it is paused"


def plan(
    feed: Feed, now: datetime, settings: Refresh, access: Access | None, rhythm: timedelta | None = None
) -> Plan:
    """Return when a feed is fetched next and why; `rhythm` is the time between two of its articles."""
    if feed.paused:
        return Plan("never", "it is paused")
    return Plan(until(feed, now), _why(feed, now, settings, access, rhythm))


def until(feed: Feed, now: datetime) -> str:
    """Return when a feed is fetched next: "in 20 min", "now", "never"."""
    if feed.paused:
        return "never"
    return "now" if feed.due is None or schedule.is_due(feed, now) else f"in {span(feed.due - now)}"


def span(time: timedelta) -> str:
    """Return a length of time: "20 min", "3 h", "2 days"."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 100:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1_440)} days"


def share(feed: Feed) -> str:
    """Return how many of its good visits a feed answered by 304, in per cent; "" where there was none."""
    return f"{100 * feed.unchanged / feed.visits:.0f} %" if feed.visits else ""


def size(count: int) -> str:
    """Return a number of bytes in words: "840 kB", "3.2 MB"; "" for none."""
    if not count:
        return ""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.1f} kB"


def _why(
    feed: Feed, now: datetime, settings: Refresh, access: Access | None, rhythm: timedelta | None
) -> str:
    if feed.fetched is None:
        return "it was never fetched"
    if until := schedule.waits(feed, now):
        return f"its server asked not to be visited before {until.astimezone():%d %B, %H:%M}"
    if feed.failures:
        times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
        return f"it failed {times}: each time it is left alone for longer, for a day at most"
    return _by_rhythm(feed, schedule.Bounds.of(settings, access), access, rhythm)


def _by_rhythm(feed: Feed, bounds: schedule.Bounds, access: Access | None, rhythm: timedelta | None) -> str:
    usual = rhythm / schedule.LOOKS if rhythm else bounds.shortest
    wait = min(max(usual, bounds.shortest), bounds.longest)
    asked = min(timedelta(minutes=feed.pace.minutes), schedule.PACE_MAX)
    if asked > wait:
        return f"the feed asks for {span(asked)} between two visits"
    if feed.due and feed.fetched and feed.due - feed.fetched > wait * LATER:
        named = "the feed names hours or days without news" if feed.pace.hours or feed.pace.days else ""
        return named or "its server says that nothing new comes before"
    if access is not None and access.interval:
        return f"every {span(wait)}, as you have set for it"
    if rhythm is None:
        return f"every {span(wait)}, until its rhythm is known"
    bound = "often" if usual < bounds.shortest else "seldom" if usual > bounds.longest else ""
    visits = f"as {bound} as the settings allow, every {span(wait)}" if bound else "two visits in that time"
    return f"it brings an article every {span(rhythm)}: {visits}"
