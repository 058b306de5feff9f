"""Which stories are the news of the hour: many sources, fresh reports, more than these feeds usually bring.

    score = sources x freshness x burst
    freshness: halves every 12 hours after the story's newest report
    burst: 1 + the story's share of all that its feeds usually publish in so many hours (at most 1): that
    feeds of five articles a day stop for an event says more than that feeds of two hundred do

Each feed counts once, however often it tells the story: one that repeats itself makes no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.model import Coverage
from reader.records import dataclass

HALF_LIFE = 12 * 3600
BURST = 6 * 3600
"""Seconds that count as now."""
HISTORY_DAYS = 14
"""Days by which a feed's usual output is told."""
TOP_DAYS = 3
"""A story without a report for so long is over: its freshness is down to a sixtieth."""
SOURCES_LEAST = 2
TOP_MAX = 50
"""Stories on top: nobody calls the hundredth one that."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A story on its way to the top."""

    story: int
    lead: int
    sources: int
    reports: int  # within the last hours, BURST
    score: float


def trending(stories: Iterable[Coverage], outputs: Mapping[int, int], now: int) -> list[Trend]:
    """Return stories by rank, the first one first; `outputs`: articles of each feed within HISTORY_DAYS.

    `now` is in seconds since 1970, as the reports' times are.
    """
    found = [_trend(story, outputs, now) for story in stories]
    found = [trend for trend in found if trend.sources >= SOURCES_LEAST]
    return sorted(found, key=lambda trend: (-round(trend.score, 6), -trend.lead))[:TOP_MAX]


def _trend(story: Coverage, outputs: Mapping[int, int], now: int) -> Trend:
    feeds = {feed for _, feed, _ in story.reports}
    age = max(now - max(when for *_, when in story.reports), 0)
    recent = sum(now - when < BURST for *_, when in story.reports)
    usual = sum(outputs.get(feed, 0) for feed in feeds) * BURST / (HISTORY_DAYS * 24 * 3600)
    burst = 1 + min(recent / max(usual, 1.0), 1.0)
    return Trend(story.story, story.lead, len(feeds), recent, len(feeds) * 0.5 ** (age / HALF_LIFE) * burst)
