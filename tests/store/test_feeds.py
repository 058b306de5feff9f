"""Subscriptions: adding, finding, bookkeeping of fetches, removing."""

from datetime import timedelta

import pytest

from reader.model import Mention, Moving, Pace, View
from tests.store.shelf import NOW, entry, put

OK = {"etag": '"1"', "modified": "Sun", "digest": b"d", "title": "", "site": "", "due": None, "now": NOW}


def test_subscribing_twice_is_one_subscription(store):
    feed, new = store.feeds.add(
        "https://wire.example/feed", title="Mine", topic="World", local=True, paused=True
    )
    again, newer = store.feeds.add("https://wire.example/feed", title="Other")
    assert (new, newer) == (True, False)
    assert again == feed
    assert (feed.title, feed.topic, feed.local, feed.paused) == ("Mine", "World", True, True)
    assert store.feeds.get(feed.id) == feed
    assert store.feeds.get(99) is None


def test_the_readers_own_name_outlives_the_feeds(store):
    feed, _ = store.feeds.add("https://wire.example/feed")
    assert feed.title == feed.url
    store.feeds.succeeded(feed.id, **(OK | {"title": "The Wire", "site": "https://wire.example/"}))
    assert store.feeds.get(feed.id).title == "The Wire"
    store.feeds.rename(feed.id, "My wire")
    store.feeds.succeeded(feed.id, **(OK | {"title": "The New Wire"}))
    assert store.feeds.get(feed.id).title == "My wire"
    store.feeds.rename(feed.id, "")
    store.feeds.succeeded(feed.id, **OK)
    known = store.feeds.get(feed.id)
    assert (known.title, known.site) == ("The New Wire", "https://wire.example/")


def test_a_feed_is_found_by_what_one_remembers_of_it(store):
    wire = store.feeds.add("https://wire.example/feed", title="The Wire")[0]
    post = store.feeds.add("https://post.example/wire/feed", title="The Post")[0]
    assert store.feeds.find(str(wire.id)) == (wire,)
    assert store.feeds.find("the wire ") == (wire,)
    assert store.feeds.find("https://POST.example/wire/feed") == (post,)
    assert store.feeds.find("WIRE") == (post, wire)
    assert store.feeds.find("post") == (post,)
    assert store.feeds.find("nothing") == store.feeds.find("") == ()
    assert store.feeds.all() == (post, wire)


def test_what_is_due(store):
    ids = {}
    for name, due in (("late", -2), ("later", -1), ("now", 0), ("soon", 1)):
        ids[name] = store.feeds.add(f"https://{name}.example/")[0].id
        store.feeds.succeeded(ids[name], **(OK | {"due": NOW + timedelta(hours=due)}))
    ids["new"] = store.feeds.add("https://new.example/")[0].id
    ids["paused"] = store.feeds.add("https://paused.example/", paused=True)[0].id
    assert [feed.id for feed in store.feeds.due(NOW)] == [
        ids[name] for name in ("new", "late", "later", "now")
    ]
    store.feeds.pause(ids["late"])
    store.feeds.pause(ids["paused"], paused=False)
    assert {feed.id for feed in store.feeds.due(NOW)} == {ids[n] for n in ("new", "paused", "later", "now")}


def test_failures_are_counted_until_a_success(store, feed):
    for n in (1, 2):
        store.feeds.failed(feed.id, "no answer", NOW + timedelta(minutes=n), NOW)
    failing = store.feeds.get(feed.id)
    assert (failing.failures, failing.error, failing.fetched, failing.succeeded) == (
        2,
        "no answer",
        NOW,
        None,
    )
    assert failing.due == NOW + timedelta(minutes=2)
    store.feeds.succeeded(feed.id, **OK)
    well = store.feeds.get(feed.id)
    assert (well.failures, well.error, well.etag, well.modified, well.digest) == (0, "", '"1"', "Sun", b"d")
    assert well.succeeded == NOW
    assert store.lists.counts().updated == NOW
    assert store.lists.counts().failing == 0


def test_a_feeds_rhythm_follows_what_it_publishes_and_its_silence(store, feed):
    put(store, feed, entry(0), entry(1))
    assert store.feeds.rhythm(feed.id, NOW) is None
    put(store, feed, *(entry(n) for n in range(20)))
    assert store.feeds.rhythm(feed.id, NOW) == timedelta(hours=0.9)
    assert store.feeds.rhythm(feed.id, NOW + timedelta(days=100)) > timedelta(days=9)


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "5",
        "[1e999,[],[]]",
        '["a",[],[]]',
        "[1,[null],[]]",
        "[1,2,[]]",
        "[-1,[],[]]",
        "[9999999,[],[]]",
        "[" * 100_000,
    ],
)
def test_a_pace_of_another_kind_is_none(store, feed, stored):
    store.db.run("UPDATE feed SET pace = ?", (stored,))
    assert store.feeds.get(feed.id).pace == Pace()


def test_a_feeds_pace_is_kept_until_it_states_another(store, feed):
    store.feeds.succeeded(feed.id, **OK, pace=Pace(60, (1, 2), (6,)))
    store.feeds.succeeded(feed.id, **OK)
    assert store.feeds.get(feed.id).pace == Pace(60, (1, 2), (6,))
    store.feeds.succeeded(feed.id, **OK, pace=Pace())
    assert store.feeds.get(feed.id).pace == Pace()


def test_a_paused_feed_is_no_failing_one(store, feed):
    store.feeds.failed(feed.id, "gone", None, NOW)
    store.feeds.pause(feed.id)
    assert store.lists.counts().failing == 0


def test_a_feed_that_moved(store, feed):
    other = store.feeds.add("https://other.example/")[0]
    store.feeds.succeeded(feed.id, **OK, moving=Moving("https://new.example/feed", NOW, 2))
    assert store.feeds.get(feed.id).moving == Moving("https://new.example/feed", NOW, 2)
    assert store.feeds.move(feed.id, "https://new.example/feed")
    assert store.feeds.get(feed.id).url == "https://new.example/feed"
    assert store.feeds.get(feed.id).moving == Moving()
    assert not store.feeds.move(feed.id, other.url)  # somebody has that address already
    assert store.feeds.get(feed.id).url == "https://new.example/feed"
    assert store.feeds.get(feed.id).etag == '"1"'


def test_removing_takes_everything_of_the_feed_and_nothing_else(store, feed):
    other = store.feeds.add("https://post.example/")[0]
    for one in (feed, other):
        put(store, one, *[entry(n) for n in range(5)], topics=["World"], text="budget", terms=("budget", "w"))
        store.mentions.put(one.id, [Mention("Bare of both"), Mention(f"Bare of {one.id}")], NOW)
    store.marks.star(store.lists.ids(View()))
    assert store.feeds.remove(feed.id)
    assert not store.feeds.remove(feed.id)
    assert {row.feed for row in store.lists.rows(store.lists.ids(View()))} == {other.id}
    assert len(store.lists.ids(View(search="budget"))) == len(store.neighbours.candidates(["budget"])) == 5
    assert store.neighbours.frequencies(["budget"]) == {"budget": 5}
    assert [(t.total, t.unread) for t in store.lists.topics()] == [(5, 5)]
    assert [row.title for row in store.lists.ticker(View())] == ["Bare of both", f"Bare of {other.id}"]
    for table in ("article", "content", "state", "item", "article_topic", "vector", "mention"):
        left = store.db.value(f"SELECT count(*) FROM {table}")
        assert left == {"article": 7, "content": 7, "mention": 2}.get(table, 5), table
    assert store.feeds.add(feed.url)[0].id > other.id
    assert put(store, store.feeds.find(feed.url)[0], entry(1)).new


def test_a_topic_is_given_and_taken(store, feed):
    store.feeds.set_topic(feed.id, "Mekong")
    assert store.feeds.get(feed.id).topic == "Mekong"
    store.feeds.set_topic(feed.id, "")
    assert store.feeds.get(feed.id).topic == ""
