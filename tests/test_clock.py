"""Clocks that are wrong, jump or change to summer time, and articles dated anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from reader import library, parse
from reader.fetch import headers
from reader.model import Feed, ParsedFeed, View
from reader.refresh import schedule
from reader.store import Store
from reader.store.feeds import FARTHEST
from reader.tui.drawing.times import day
from reader.tui.panes.days import DayLines, first_rows
from tests.store.shelf import NOW, entry, put, titles

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = Feed(id=1, url="https://example.com/feed", title="News", succeeded=NOW, due=NOW)
WEEK = timedelta(days=7)

ODD = """<rss version="2.0"><channel><title>Odd</title>
<item><title>of 1970</title><guid>1</guid><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>
<item><title>of 2106</title><guid>2</guid><pubDate>Sun, 07 Feb 2106 06:28:15 GMT</pubDate></item>
<item><title>of year 0</title><guid>3</guid><pubDate>Sat, 01 Jan 0000 00:00:00 GMT</pubDate></item>
<item><title>of year 9999</title><guid>4</guid><pubDate>Fri, 31 Dec 9999 23:59:59 -1200</pubDate></item>
<item><title>of tomorrow</title><guid>5</guid><pubDate>{tomorrow}</pubDate></item>
<item><title>of now</title><guid>6</guid><pubDate>{now}</pubDate></item>
<item><title>of yesterday</title><guid>7</guid><pubDate>{yesterday}</pubDate></item>
</channel></rss>"""
RFC = "%a, %d %b %Y %H:%M:%S GMT"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        yield opened


def odd(now: datetime) -> ParsedFeed:
    """A feed with dates that no honest one has."""
    days = {"tomorrow": now + DAY * 2, "now": now, "yesterday": now - DAY}
    return parse.feed(ODD.format(**{name: f"{when:{RFC}}" for name, when in days.items()}).encode())


# Order


def test_odd_dates_stand_where_they_were_first_seen(store: Store) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    feed, _ = store.feeds.add("https://example.com/odd")
    library.ingest(store, feed, odd(now), now=now)
    ids = store.lists.ids(View())
    assert len(ids) == 7
    assert titles(store, ids)[-1] == "of yesterday"  # the one honest date of the past
    times = [row.published for row in store.lists.rows(ids)]
    assert times == sorted(times, reverse=True)
    assert now - DAY <= min(times)
    assert max(times) <= now
    for id in ids:
        assert store.articles.get(id)


def test_an_article_of_a_wrong_clock_stays_readable_and_in_order(store: Store) -> None:
    """The clock was in 2050 for one refresh; then it was put right."""
    feed, _ = store.feeds.add("https://example.com/feed")
    wrong = NOW + DAY * 365 * 24
    put(store, feed, entry(1, published=NOW), entry(2, published=None), now=wrong)
    put(store, feed, entry(3, published=NOW - HOUR), entry(4, published=None), now=NOW)
    times = [row.published for row in store.lists.rows(store.lists.ids(View()))]
    assert times == sorted(times, reverse=True)
    assert store.feeds.rhythm(feed.id, NOW) is not None


def test_what_a_wrong_clock_put_into_the_future_comes_back(store: Store) -> None:
    """Else it would stand above all news for years, and its story with it."""
    feed, _ = store.feeds.add("https://example.com/feed")
    put(store, feed, *(entry(n, published=NOW - HOUR * n) for n in range(10)), now=NOW)
    lost = put(store, feed, entry(50, published=None), topics=("World",), now=NOW + DAY * 29_000).new
    put(store, feed, entry(51, published=NOW + HOUR), now=NOW + HOUR)
    store.stories.put((*lost, store.lists.ids(View())[1]), lost[0])
    assert store.lists.ids(View())[0] == lost[0]
    assert store.put_clock_right(NOW + HOUR / 2) == 1
    assert [row.title for row in store.lists.rows(store.lists.ids(View())[:2])] == [
        "Headline 51",
        "Headline 50",
    ]
    assert list(store.lists.ids(View(topic="World"))) == list(lost)
    assert store.lists.rows(lost)[0].published == NOW + HOUR / 2
    assert store.db.value("SELECT max(latest) FROM story") <= (NOW + HOUR).timestamp()
    assert store.put_clock_right(NOW + HOUR / 2) == 0


@pytest.mark.parametrize("now", [NOW - DAY * 20_000, NOW - DAY * 9])
def test_a_clock_that_is_behind_moves_nothing(store: Store, now: datetime) -> None:
    feed, _ = store.feeds.add("https://example.com/feed")
    put(store, feed, *(entry(n, published=NOW - HOUR * n) for n in range(10)), now=NOW)
    before = list(store.lists.ids(View()))
    assert store.put_clock_right(now) == 0
    assert list(store.lists.ids(View())) == before


@pytest.mark.parametrize("jump", [-DAY * 4000, -HOUR * 25, HOUR * 25, DAY * 4000], ids=repr)
def test_a_clock_that_jumps_loses_and_doubles_nothing(store: Store, jump: timedelta) -> None:
    feed, _ = store.feeds.add("https://example.com/feed")
    for number, now in enumerate((NOW, NOW + jump, NOW + HOUR, NOW + jump, NOW + 2 * HOUR)):
        items = tuple(entry(n, published=NOW - HOUR * n) for n in range(number + 3))
        library.ingest(store, feed, ParsedFeed(title="News", entries=items), now=now)
    assert store.lists.counts().total == 7
    times = [row.published for row in store.lists.rows(store.lists.ids(View()))]
    assert times == sorted(times, reverse=True)
    rhythm = store.feeds.rhythm(feed.id, NOW - DAY * 9000)
    assert rhythm is not None
    assert rhythm >= timedelta(0)


# Day headings


def headings(times: list[datetime]) -> list[tuple[int, date]]:
    """Return the headings of a list that is newest first."""
    return first_rows(len(times), lambda row: day(times[row]))


def test_days_of_any_century_have_headings() -> None:
    times = [datetime(year, 1, 2, 3, tzinfo=UTC) for year in (9999, 2106, 2026, 1990, 1970, 1)]
    found = headings(times)
    assert [row for row, _ in found] == [0, 1, 2, 3, 4, 5]
    lines = DayLines.of(len(times), found)
    assert all(lines.heading(row) for row in range(6))


SUMMER = """
import json, sys
from datetime import UTC, datetime, timedelta
from reader.tui.panes.days import first_rows
from reader.tui.drawing.times import clock, day
first = datetime.fromisoformat(sys.argv[1])
times = [first - timedelta(minutes=30 * n) for n in range(200)]
found = first_rows(len(times), lambda row: day(times[row]))
print(json.dumps([[row, str(when), str(day(times[row]))] for row, when in found]))
print(json.dumps([clock(when, first) for when in times]))
"""


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Berlin", "2026-03-30T12:00:00+00:00"),
        ("Europe/Berlin", "2026-10-26T12:00:00+00:00"),
        ("America/Sao_Paulo", "2018-11-05T12:00:00+00:00"),  # midnight itself did not exist
        ("Australia/Lord_Howe", "2026-04-06T12:00:00+00:00"),  # half an hour
        ("Pacific/Apia", "2012-01-01T12:00:00+00:00"),  # a day did not exist
        ("America/St_Johns", "2026-11-02T12:00:00+00:00"),
    ],
)
def test_summer_time_breaks_no_day(zone: str, first: str) -> None:
    if not Path("/usr/share/zoneinfo", zone).exists():
        pytest.skip("this system has no time zones")
    ran = subprocess.run(
        [sys.executable, "-c", SUMMER, first], env={**os.environ, "TZ": zone}, capture_output=True, check=True
    )
    found, clocks = (json.loads(line) for line in ran.stdout.splitlines())
    assert all(when == own for _, when, own in found)
    days = [when for _, when, _ in found]
    assert days == sorted(set(days), reverse=True)
    assert len(days) in {4, 5, 6}
    assert len(clocks) == 200


# Schedule


def test_a_due_time_of_a_wrong_clock_heals() -> None:
    far = replace(FEED, due=NOW + DAY * 365 * 20)
    assert schedule.is_due(far, NOW)
    assert not schedule.is_due(replace(FEED, due=NOW + HOUR * 23), NOW)
    assert not schedule.is_due(replace(FEED, due=NOW + DAY * 7), NOW)  # a feed that skips all other days
    assert not schedule.is_due(replace(far, paused=True), NOW)


def test_what_is_due_is_the_same_for_the_desk(store: Store) -> None:
    """The desk asks the library, the refresh asks the schedule."""
    for number, due in enumerate((None, NOW - HOUR, NOW + HOUR, NOW + FARTHEST - HOUR, NOW + DAY * 4000)):
        feed, _ = store.feeds.add(f"https://example.com/{number}")
        store.feeds.failed(feed.id, "", due, NOW)
    feeds = store.feeds.all()
    wanted = {feed.id for feed in feeds if schedule.is_due(feed, NOW)}
    assert {feed.id for feed in store.feeds.due(NOW)} == wanted == {1, 2, 5}


def test_what_a_server_asked_for_by_a_wrong_clock_heals() -> None:
    assert schedule.waits(replace(FEED, asked=NOW + HOUR), NOW) == NOW + HOUR
    assert schedule.waits(replace(FEED, asked=NOW + DAY * 365), NOW) is None


@pytest.mark.parametrize("years", [-30, -1, 1, 80])
def test_a_retry_after_is_bounded_by_our_own_clock(years: int) -> None:
    stated = f"{NOW + DAY * 365 * years:{RFC}}"
    until = headers.retry_after(stated, NOW)
    assert until is None or timedelta(seconds=60) <= until - NOW <= DAY


def test_no_plan_reaches_further_than_what_heals() -> None:
    """Else a feed that is rightly left alone would be taken for one of a wrong clock."""
    from reader.model import Pace

    paces = (Pace(10**9), Pace(0, tuple(range(23))), Pace(10**6, (), tuple(range(6))))
    for pace in paces:
        due = schedule.after_success(
            NOW, schedule.Bounds(WEEK, WEEK), 0, rhythm=DAY * 900, pace=pace, fresh=NOW + DAY
        )
        assert due - NOW <= FARTHEST
        assert not schedule.is_due(replace(FEED, due=due), NOW)
    for failures in (1, 5, 1000):
        due = schedule.after_failure(failures, NOW, 1, asked=NOW + DAY)
        assert not schedule.is_due(replace(FEED, due=due, asked=due), NOW)


def test_validators_are_asked_anew_also_after_a_clock_went_back() -> None:
    later = replace(FEED, etag='"e"', succeeded=NOW + DAY * 900)
    assert schedule.validators(later, NOW) == ("", "")


# Claims


@pytest.mark.parametrize("jump", [-DAY * 400, DAY * 400], ids=repr)
def test_a_claim_of_a_wrong_clock_does_not_last(store: Store, jump: timedelta) -> None:
    feed, _ = store.feeds.add("https://example.com/feed")
    store.claims.take([feed.id], "1:1", NOW + jump, lambda _: True)
    assert store.claims.take([feed.id], "2:2", NOW, lambda _: True) == {feed.id}


def test_a_move_that_began_in_the_future_is_not_believed_for_ever() -> None:
    moving = schedule.followed(FEED.moving, "https://new.example/", NOW + DAY * 900)
    for visit in range(10):
        moving = schedule.followed(moving, "https://new.example/", NOW + DAY * visit)
    assert schedule.has_moved(moving, NOW + DAY * 10)


def test_ids_hold_the_order_where_times_are_equal(store: Store) -> None:
    feed, _ = store.feeds.add("https://example.com/feed")
    put(store, feed, *(entry(n, published=NOW + HOUR) for n in range(5)), now=NOW)
    ids = store.lists.ids(View())
    assert list(ids) == sorted(ids, reverse=True)
    assert all(one > other for one, other in pairwise(array("q", ids)))
