"""Feeds that are kept out of the river, and feeds that are removed and come back as they were."""

from datetime import UTC, datetime, timedelta

import pytest

from reader import library
from reader.library.keeping import tidy
from reader.model import Entry, Mention, Mute, ParsedFeed, View
from reader.store import Store
from reader.store.glance import unread
from reader.store.health import health
from tests.tui.desks import EVENT, config, fill

NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "library.db") as store:
        fill(store)
        yield store


def wire(store):
    return store.feeds.find("Mekong Wire")[0]


def of(store, view, feed):
    return [row.id for row in store.lists.rows(store.lists.ids(view)) if row.feed == feed.id]


def test_what_a_muted_feed_brings_is_in_its_own_list_and_its_topics_only(store):
    feed = wire(store)
    shown = of(store, View(), feed)
    store.feeds.mute(feed.id)
    assert store.feeds.get(feed.id).muted
    for view in (View(), View(unread=True), View(grouped=True), View(filter="article"), View(since=NOW)):
        assert of(store, view, feed) == []
    for view in (View(feed=feed.id), View(topic="World"), View(search="article"), View(query="unread")):
        assert len(of(store, view, feed)) == len(shown) - (view.search != "")
    assert not [row for row in library.ticker(store, View(), NOW) if row.feed == feed.id]
    assert not [row for row in library.shown(store, View(top=True), NOW) if row in shown]
    assert store.lists.count(View(), unread=True) == store.lists.counts().unread == 15
    assert unread(store.path) == 15
    store.feeds.mute(feed.id, muted=False)
    assert of(store, View(), feed) == shown
    assert store.lists.counts().unread == 30


def test_a_muted_page_has_no_headlines_in_the_ticker_of_all_news(store):
    feed, _ = store.feeds.add("/page.txt", title="Page")
    page = ParsedFeed(
        title="Page", entries=(Entry(title="One", html="Two."),), ticker=(Mention("A bare headline"),)
    )
    library.ingest(store, feed, page, now=NOW)
    named = "A bare headline"
    assert named in [row.title for row in store.lists.ticker(View())]
    store.feeds.mute(feed.id)
    assert named not in [row.title for row in store.lists.ticker(View())]
    assert named in [row.title for row in store.lists.ticker(View(feed=feed.id))]
    library.remove_feed(store, feed.id)
    assert named not in [row.title for row in store.lists.ticker(View(feed=feed.id))]


def everything(store):
    """Return all that is seen of a library."""
    rows = store.lists.rows(store.lists.ids(View()))
    topics = [(topic.name, topic.unread, topic.total) for topic in store.lists.topics()]
    stories = {row.id: store.lists.story(row.id) for row in rows}
    return rows, topics, stories, store.lists.counts(), store.feeds.all()


def test_a_removed_feed_is_nowhere_and_comes_back_with_its_marks(store):
    feed = wire(store)
    first, second, *_ = of(store, View(), feed)
    store.marks.read([first], True)
    store.marks.star([second], True)
    before = everything(store)
    assert library.remove_feed(store, feed.id)
    assert not library.remove_feed(store, feed.id)
    assert store.feeds.get(feed.id) is None
    assert feed.id not in [one.id for one in (*store.feeds.all(), *store.feeds.due(NOW + timedelta(1)))]
    assert store.lists.counts().feeds == 1
    for view in (
        View(),
        View(starred=True),
        View(search="article"),
        View(query="hidden"),
        View(feed=feed.id),
    ):
        assert of(store, view, feed) == []
    assert "World" not in [topic.name for topic in store.lists.topics()]
    assert store.lists.rows(store.lists.ids(View(search=EVENT[0])))[0].others == 0
    assert health(store.db).homeless == health(store.db).astray == 0
    assert library.restore_feed(store, feed.id) == 15
    assert everything(store) == before
    assert health(store.db).homeless == health(store.db).astray == 0


def test_subscribing_again_brings_a_removed_feed_back(store):
    feed = wire(store)
    library.remove_feed(store, feed.id)
    again, new = store.feeds.add(feed.url, title="My wire")
    assert (again.id, again.title, again.total, new) == (feed.id, "My wire", 15, True)


def test_rules_hide_what_they_hid_when_a_feed_comes_back_and_not_what_they_no_longer_hide(store):
    feed, rule = wire(store), Mute("two", "title:2")
    library.apply_mutes(store, [rule], NOW)
    assert len(of(store, View(), feed)) == 14
    library.remove_feed(store, feed.id)
    assert of(store, View(query="hidden"), feed) == []
    assert library.restore_feed(store, feed.id) == 14
    assert len(of(store, View(query="hidden"), feed)) == 1
    library.remove_feed(store, feed.id)
    library.apply_mutes(store, [], NOW)
    assert of(store, View(), feed) == []
    assert library.restore_feed(store, feed.id) == 15
    assert len(of(store, View(), feed)) == 15
    library.remove_feed(store, feed.id)
    library.apply_mutes(store, [rule], NOW)  # which came while the feed was away
    library.restore_feed(store, feed.id)
    assert len(of(store, View(query="hidden"), feed)) == 1


def test_what_is_deleted_of_a_removed_feed_does_not_come_back_alone(store):
    feed = wire(store)
    first = of(store, View(), feed)[0]
    library.delete(store, [first])
    library.remove_feed(store, feed.id)
    assert library.undelete(store, [first]) == ()
    library.restore_feed(store, feed.id)
    assert library.undelete(store, [first]) == (first,)


def test_after_thirty_days_it_goes_for_good(store, tmp_path):
    feed = wire(store)
    store.feeds.removals.put(feed.id, NOW - timedelta(days=31))
    tidy(store, config(tmp_path), NOW)
    assert store.db.value("SELECT count(*) FROM feed WHERE id = ?", (feed.id,)) == 0
    assert store.db.value("SELECT count(*) FROM article WHERE feed = ?", (feed.id,)) == 0
    assert health(store.db).homeless == health(store.db).astray == 0


def test_what_304_spares_is_counted(store):
    said = {"etag": '"1"', "modified": "", "digest": b"d", "title": "", "site": "", "due": None, "now": NOW}
    feed = wire(store)
    for size in (1_000, None, None, 0):
        store.feeds.succeeded(feed.id, **said, size=size)
    known = store.feeds.get(feed.id)
    assert (known.visits, known.unchanged, known.saved) == (4, 2, 2_000)
