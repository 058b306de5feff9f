"""The top stories: ranked by who tells them, how lately, and how unusual that is for these feeds."""

from datetime import UTC, datetime, timedelta

import pytest

from reader import library
from reader.model import Coverage, View
from reader.related.trending import trending
from reader.store import Store
from tests.store.shelf import entry, put

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLOCK = int(NOW.timestamp())
HOUR = 3600


def story(number, *reports):
    """A story told by (feed, hours ago) each."""
    told = tuple((number * 100 + n, feed, CLOCK - hours * HOUR) for n, (feed, hours) in enumerate(reports))
    return Coverage(number, told[0][0], told)


def ranked(*stories, outputs=None):
    return [trend.story for trend in trending(stories, outputs or {}, CLOCK)]


def test_more_sources_come_first():
    assert ranked(story(1, (1, 2), (2, 2)), story(2, (1, 2), (2, 2), (3, 2))) == [2, 1]


def test_a_feed_that_repeats_itself_counts_once():
    (trend,) = trending([story(1, (1, 2), (1, 2), (1, 1), (2, 2))], {}, CLOCK)
    assert trend.sources == 2
    assert ranked(story(1, (1, 2), (1, 1))) == []


def test_fresh_stories_come_first():
    assert ranked(story(1, (1, 40), (2, 40), (3, 40)), story(2, (1, 8), (2, 8))) == [2, 1]


def test_an_event_that_quiet_feeds_stop_for_comes_before_the_daily_noise_of_loud_ones():
    quiet, loud = story(1, (1, 2), (2, 2)), story(2, (8, 2), (9, 2))
    assert ranked(quiet, loud, outputs={1: 14, 2: 14, 8: 2800, 9: 2800}) == [1, 2]


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        for place, name in enumerate(("Wire", "Post", "Zeitung")):
            feed = store.feeds.add(f"https://{name}.example/feed", title=name)[0]
            put(store, feed, *(entry(place + n * 3) for n in range(10)), topics=["World"] if place else [])
        yield store


def test_top_lists_stories_by_rank_and_a_grouped_one_each_once(store):
    news = list(store.lists.ids(View()))
    pair, three = news[0:2], news[3:6]
    store.stories.put(pair, pair[1])
    store.stories.put(three, three[2])
    store.stories.set_lead(three[2], three[1])
    assert list(library.shown(store, View(top=True, grouped=True), NOW)) == [three[1], min(pair)]
    whole = list(library.shown(store, View(top=True), NOW))
    assert whole[0] == three[1]
    assert sorted(whole) == sorted(pair + three)
    assert list(library.shown(store, View(), NOW)) == news
    assert len(library.shown(store, View(top=True, topic="World", grouped=True), NOW)) == 2
    assert list(library.shown(store, View(top=True), NOW + timedelta(days=9))) == []


def test_the_ticker_begins_with_unread_top_stories(store):
    news = list(store.lists.ids(View()))
    pair = news[6:8]
    store.stories.put(pair, pair[1])
    ids = [row.id for row in library.ticker(store, View(), NOW)]
    assert ids[:2] == [min(pair), news[0]]
    assert max(pair) not in ids
    assert len(ids) == len(set(ids))
    store.marks.read(pair)
    assert library.ticker(store, View(), NOW)[0].id == news[0]
