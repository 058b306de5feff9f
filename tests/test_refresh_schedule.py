"""When feeds are fetched, and the lines that tell of it: pure functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Feed, Moving, Pace, Refreshed
from reader.refresh import refreshed_from_json, refreshed_to_json, schedule

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEED = Feed(id=1, url="http://example.com/", title="News", etag='"e"', modified="m", succeeded=NOW, due=NOW)
HOUR = timedelta(hours=1)
BOUNDS = schedule.Bounds(HOUR, 12 * HOUR)
SPREADS = st.floats(0, 1)


@pytest.mark.parametrize(
    ("feed", "due"),
    [
        (FEED, True),
        (replace(FEED, due=None), True),
        (replace(FEED, due=NOW + timedelta(seconds=1)), False),
        (replace(FEED, due=None, paused=True), False),
    ],
)
def test_what_is_due(feed: Feed, due: bool) -> None:
    assert schedule.is_due(feed, NOW) is due
    assert schedule.chosen([feed], NOW, force=False) == ((feed,) if due else ())
    assert schedule.chosen([feed, feed], NOW, force=True) == (feed,)


def test_what_is_a_file() -> None:
    assert schedule.is_file(replace(FEED, url="/home/me/news.txt"))
    assert not schedule.is_file(FEED)
    assert not schedule.is_file(replace(FEED, url="https://example.com/"))


@given(SPREADS)
def test_a_feed_is_due_again_within_its_interval(spread: float) -> None:
    """Never later: a run of cron in the same rhythm must find it due."""
    assert NOW + HOUR * 0.9 <= schedule.after_success(NOW, BOUNDS, spread) <= NOW + HOUR


@pytest.mark.parametrize(
    ("rhythm", "wait"), [(0.1, 1), (1, 1), (2, 1), (6, 3), (24, 12), (24 * 365, 12)], ids=repr
)
def test_a_feed_is_asked_twice_in_its_rhythm_within_bounds(rhythm: float, wait: float) -> None:
    assert schedule.after_success(NOW, BOUNDS, 0, rhythm=HOUR * rhythm) == NOW + HOUR * wait


def test_what_feed_and_server_want_is_waited_out() -> None:
    assert schedule.after_success(NOW, BOUNDS, 0, pace=Pace(180)) == NOW + 3 * HOUR
    assert schedule.after_success(NOW, BOUNDS, 0, pace=Pace(10)) == NOW + HOUR
    assert schedule.after_success(NOW, BOUNDS, 0, pace=Pace(10**9)) == NOW + 24 * HOUR
    assert schedule.after_success(NOW, BOUNDS, 0, fresh=NOW + 5 * HOUR) == NOW + 5 * HOUR
    assert schedule.after_success(NOW, BOUNDS, 0, fresh=NOW) == NOW + HOUR


def test_hours_and_days_that_a_feed_skips_are_skipped() -> None:
    skips = Pace(0, hours=(13, 14), days=())
    assert schedule.after_success(NOW, BOUNDS, 0, pace=skips) == NOW.replace(hour=15)
    sunday = NOW.weekday()
    assert schedule.after_success(NOW, BOUNDS, 0, pace=Pace(days=(sunday,))) == NOW.replace(day=23, hour=0)
    everything = Pace(hours=tuple(range(24)))
    assert schedule.after_success(NOW, BOUNDS, 0, pace=everything) == NOW + HOUR
    assert not schedule.is_due(replace(FEED, pace=Pace(hours=(12,))), NOW)
    assert schedule.is_due(replace(FEED, pace=Pace(hours=(11,))), NOW)


def test_a_move_is_believed_after_three_visits_over_a_day() -> None:
    moving = schedule.followed(Moving(), "https://new.example/", NOW)
    for hours in (10, 23):
        moving = schedule.followed(moving, "https://new.example/", NOW + HOUR * hours)
    assert not schedule.has_moved(moving, NOW + HOUR * 23)
    assert schedule.has_moved(moving, NOW + HOUR * 24)
    assert schedule.followed(moving, "https://other.example/", NOW) == Moving(
        "https://other.example/", NOW, 1
    )
    assert schedule.followed(moving, "", NOW) == Moving()
    twice = Moving("https://new.example/", NOW - HOUR * 100, 2)
    assert not schedule.has_moved(twice, NOW)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 15), (2, 30), (3, 60), (7, 960), (8, 1440), (9, 1440), (10**9, 1440)]
)
def test_failures_double_the_wait(failures: int, minutes: int) -> None:
    assert schedule.after_failure(failures, NOW, 0.5) == NOW + timedelta(minutes=minutes)


@given(st.integers(1, 100), SPREADS)
def test_the_wait_after_a_failure_is_bounded(failures: int, spread: float) -> None:
    wait = schedule.after_failure(failures, NOW, spread) - NOW
    assert timedelta(minutes=12) <= wait <= timedelta(hours=24)


def test_what_the_server_asks_for_counts() -> None:
    asked = NOW + timedelta(hours=5)
    assert schedule.after_failure(1, NOW, 0.5, asked=asked) == asked


def test_a_server_that_asks_for_a_minute_is_backed_off_from_like_any_other() -> None:
    asked = NOW + timedelta(minutes=1)
    assert schedule.after_failure(3, NOW, 0.5, asked=asked) == NOW + timedelta(minutes=60)


def test_a_feed_that_had_to_be_killed_three_times_is_tried_once_a_day() -> None:
    assert schedule.after_failure(2, NOW, 0.5, stopped=True) == NOW + timedelta(minutes=30)
    assert schedule.after_failure(3, NOW, 0.5, stopped=True) == NOW + timedelta(hours=24)


def test_validators_are_left_out_once_in_seven_days() -> None:
    days = [NOW + timedelta(days=day) for day in range(60)]
    before = FEED
    anew = []
    for day in days:
        if schedule.validators(before, day) == ("", ""):
            anew.append(day)
        else:
            assert schedule.validators(before, day) == ('"e"', "m")
        before = replace(before, succeeded=day)
    assert {later - earlier for earlier, later in pairwise(anew)} == {timedelta(days=7)}
    assert len(anew) in {8, 9}


def test_a_failure_does_not_use_up_the_turn_without_validators() -> None:
    old = replace(FEED, succeeded=NOW - timedelta(days=8), fetched=NOW)
    assert schedule.validators(old, NOW) == ("", "")
    assert schedule.validators(replace(FEED, succeeded=None), NOW) == ("", "")


@given(
    st.builds(
        Refreshed, feed=st.integers(), title=st.text(), url=st.text(), error=st.text(), new=st.integers()
    )
)
def test_a_result_survives_its_line(result: Refreshed) -> None:
    line = refreshed_to_json(result)
    assert "\n" not in line
    assert refreshed_from_json(line) == result


def test_a_line_of_another_version_is_read() -> None:
    line = '{"feed": 1, "title": "t", "url": "u", "saved_bytes": [1]}'
    assert refreshed_from_json(line) == Refreshed(feed=1, title="t", url="u")


@pytest.mark.parametrize(
    "line", ["", "null", "[]", "{}", '{"feed": true, "title": "", "url": ""}', '{"feed": 1, "title": "t"}']
)
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError):
        refreshed_from_json(line)
