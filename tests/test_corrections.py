"""Topics that the reader has put right: they win over all evidence, and stay."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader import library
from reader.model import Entry, ParsedFeed, TopicRule
from reader.store import Store

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
QUAKE = Entry(
    title="Strong earthquake shakes Lisbon",
    guid="quake",
    url="https://one.example/world/quake",
    html="<p>A strong earthquake shook Lisbon.</p>",
)
MATCH = Entry(
    title="Striker seals late win in cup final",
    guid="match",
    html="<p>The coach praised the midfielder after the penalty at the stadium.</p>",
)
PORTUGAL = TopicRule("Portugal", ("Lisbon",))


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


def add(store, *entries, feed="one", rules=(), topic=""):
    known = store.feeds.add(f"https://{feed}.example/feed", title=feed, topic=topic)[0]
    return library.ingest(store, known, ParsedFeed(title=feed, entries=entries), rules=rules, now=NOW)


def told(store, article):
    return [(e.topic, e.reason) for e in store.articles.evidence(article)]


def test_a_correction_wins_over_everything_and_stays(store):
    (one,) = add(store, QUAKE, rules=(PORTUGAL,)).new
    found = library.correct(store, one, "Science", (PORTUGAL,))
    corrected = [("Science", "you: Science")]
    assert [(e.topic, e.reason) for e in found] == told(store, one) == corrected
    assert add(store, replace(QUAKE, title="Edited"), rules=(PORTUGAL,)).updated == (one,)
    assert told(store, one) == corrected
    assert library.retopic(store, (PORTUGAL,)) == 0
    feed = store.lists.rows([one])[0].feed
    assert library.move_feed(store, feed, "Business", ()) == 0
    assert told(store, one) == corrected
    assert {topic.name: topic.total for topic in store.lists.topics()} == {"Science": 1}


def test_none_is_a_correction_too(store):
    (one,) = add(store, QUAKE).new
    assert library.correct(store, one, "") == ()
    assert store.topics.correction(one) == ""
    library.retopic(store)
    assert told(store, one) == []


def test_a_correction_can_be_taken_back_and_says_what_held_before(store):
    (one,) = add(store, QUAKE, rules=(PORTUGAL,)).new
    before = told(store, one)
    assert store.topics.correction(one) is None
    library.correct(store, one, "Science")
    assert store.topics.correction(one) == "Science"
    assert store.topics.correct(one, "Life") == "Science"
    library.correct(store, one, None, (PORTUGAL,))
    assert store.topics.correction(one) is None
    assert told(store, one) == before


def test_what_the_text_tells_comes_back(store):
    (one,) = add(store, MATCH).new
    before = told(store, one)
    library.correct(store, one, "Life")
    library.correct(store, one, None)
    assert told(store, one) == before
    assert before[0][0] == "Sport"


def test_a_topic_is_spelt_as_the_library_spells_it(store):
    (one,) = add(store, QUAKE).new
    assert [e.topic for e in library.correct(store, one, "world")] == ["World"]


def test_corrections_leave_with_their_articles(store):
    (one,) = add(store, QUAKE).new
    library.correct(store, one, "Life")
    store.feeds.remove(store.lists.rows([one])[0].feed)
    assert store.topics.corrections([one]) == {}
    assert library.correct(store, 999, "Life") == ()
    assert store.topics.correction(999) is None


def test_a_moved_feed_takes_its_articles_along_and_no_others(store):
    one, match = sorted(add(store, QUAKE, MATCH).new)
    (other,) = add(store, replace(QUAKE, guid="other"), feed="two").new
    before = {id: told(store, id) for id in (one, match, other)}
    feed = store.lists.rows([one])[0].feed
    assert library.move_feed(store, feed, "Linux") == 2
    assert store.feeds.get(feed).topic == "Linux"
    assert {topic for id in (one, match) for topic, _ in told(store, id)[:1]} == {"Linux"}
    assert told(store, other) == before[other]
    assert library.move_feed(store, feed, "") == 2
    assert {id: told(store, id) for id in before} == before


@pytest.mark.parametrize("first", ["", "Linux", "My corner", "Sport", "Portugal"])
@pytest.mark.parametrize("second", ["", "Linux", "My corner", "World/Europe", "Portugal"])
def test_moving_a_feed_comes_to_what_classifying_anew_comes_to(store, first, second):
    rules = (PORTUGAL, TopicRule("sport", ("striker",)))
    ids = add(store, QUAKE, MATCH, topic=first, rules=rules).new
    feed = store.lists.rows(ids)[0].feed
    library.move_feed(store, feed, second, rules)
    moved = [told(store, id) for id in ids]
    assert library.retopic(store, rules) == 0
    assert [told(store, id) for id in ids] == moved


def test_the_readers_own_folder_is_a_topic_of_its_own(store):
    (one,) = add(store, QUAKE).new
    library.correct(store, one, "Disasters at sea")
    assert [(t.name, t.own) for t in store.lists.topics()] == [("Disasters at sea", True)]
