"""When a feed is fetched next, and why, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reader.config import Access, Refresh
from reader.model import Feed, Pace
from reader.refresh.planning import plan, span

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def feed(**fields: object) -> Feed:
    known = {"fetched": NOW - HOUR / 2, "succeeded": NOW - HOUR / 2, "due": NOW + HOUR / 2} | fields
    return Feed(id=1, url="https://a.example/f", title="A", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "rhythm", "when", "why"),
    [
        (feed(), None, "in 30 min", "every 60 min, until its rhythm is known"),
        (feed(paused=True), None, "never", "it is paused"),
        (feed(fetched=None, due=None), None, "now", "it was never fetched"),
        (feed(failures=1), None, "in 30 min", "it failed once: each time"),
        (feed(failures=3), None, "in 30 min", "it failed 3 times in a row: each time"),
        (feed(failures=1, asked=NOW + 2 * HOUR), None, "in 30 min", "its server asked not to be visited"),
        (feed(pace=Pace(180)), None, "in 30 min", "the feed asks for 3 h between two visits"),
        (feed(due=NOW + 3 * HOUR), HOUR, "in 3 h", "its server says that nothing new comes before"),
        (feed(due=NOW + 3 * HOUR, pace=Pace(0, (12,))), HOUR, "in 3 h", "the feed names hours or days"),
        (feed(), HOUR / 2, "in 30 min", "it brings an article every 30 min: as often as the settings"),
        (feed(), 240 * HOUR, "in 30 min", "it brings an article every 10 days: as seldom as the settings"),
        (feed(), 6 * HOUR, "in 30 min", "it brings an article every 6 h: two visits in that time"),
    ],
)
def test_a_plan_says_when_and_why(known: Feed, rhythm: timedelta | None, when: str, why: str) -> None:
    found = plan(known, NOW, Refresh(), None, rhythm)
    assert found.when == when
    assert found.why.startswith(why)


def test_an_interval_of_ones_own_is_named() -> None:
    assert (
        plan(feed(), NOW, Refresh(), Access(interval=90), HOUR).why == "every 90 min, as you have set for it"
    )


def test_spans_are_short_words() -> None:
    spans = [span(timedelta(minutes=n)) for n in (0, 1, 99, 100, 2_879, 2_880)]
    assert spans == ["1 min", "1 min", "99 min", "2 h", "48 h", "2 days"]
