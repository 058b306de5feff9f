"""What the reader's own library teaches: headlines of stated topics, in mass, each language apart."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import library
from reader.model import Entry, ParsedFeed
from reader.store import Store
from reader.topics import bytext, learning

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
TAUGHT = {  # words that no table knows
    "Sport": ("Zorkball", "Quimbers", "Fandel"),
    "Business": ("Plonk", "Ressle", "Tarviz"),
    "World": ("Urgol", "Minevra", "Haskot"),
    "Health": ("Belnorm", "Casprix", "Dolute"),
    "Science": ("Evagon", "Fystel", "Gorbit"),
}


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


def add(store, *titles, topic="", lang="en"):
    feed, _ = store.feeds.add(f"https://{topic or 'none'}.example/{lang}", topic=topic)
    known = store.db.value("SELECT count(*) FROM state")
    entries = [
        Entry(title=title, guid=f"{known + n} {title}", lang=lang, published=NOW)
        for n, title in enumerate(titles)
    ]
    return library.ingest(store, feed, ParsedFeed(entries=tuple(entries)), now=NOW).new


def teach(store, count, lang="en"):
    for topic, words in TAUGHT.items():
        titles = (f"{words[n % 3]} {words[(n + 1) % 3]} number{n}" for n in range(count))
        add(store, *titles, topic=topic, lang=lang)


def learnt(store):
    return dict(store.db.rows("SELECT term, counts FROM learned"))


def told(store, title, lang="en"):
    return [(e.topic, e.reason) for e in bytext.told(title, "", lang, store.learned)]


def test_a_handful_teaches_nothing_and_a_mass_does(store):
    teach(store, learning.ARTICLES_LEAST - 1)
    assert told(store, "Zorkball and Quimbers") == []
    teach(store, 60)
    assert told(store, "Zorkball and Quimbers") == [("Sport", "text: Zorkball, Quimbers")]
    (one,) = add(store, "Plonk and Tarviz")
    assert [(e.topic, e.reason) for e in store.articles.evidence(one)] == [
        ("Business", "text: Plonk, Tarviz")
    ]


def test_each_language_is_apart(store):
    teach(store, 80, lang="fr-FR")
    assert told(store, "Zorkball and Quimbers", "en") == []
    assert told(store, "Zorkball and Quimbers", "") == []
    assert told(store, "Zorkball et Quimbers", learning.language("FR_ca"))


def test_one_topic_alone_teaches_nothing(store):
    add(store, *(f"Zorkball Quimbers {n}" for n in range(300)), topic="Sport")
    assert told(store, "Zorkball and Quimbers") == []


def test_what_the_text_told_and_own_topics_teach_nothing(store):
    match = "Striker seals late win in cup final as coach praises midfielder"
    (one, two) = add(store, match, match)
    assert store.articles.evidence(one)[0].reason.startswith("text: ")
    add(store, "A quiet morning", topic="My corner")
    assert learnt(store) == {}
    library.correct(store, two, "Life")
    assert learnt(store)
    library.correct(store, two, None)
    assert not any(learnt(store).values())


def test_a_moved_feed_teaches_its_new_topic_only(store):
    add(store, "Zorkball opens", "Quimbers close", topic="Sport")
    feed = store.feeds.all()[0].id
    library.move_feed(store, feed, "Business")
    moved = learnt(store)
    library.relearn(store)
    assert {term: row for term, row in moved.items() if row} == learnt(store)
    assert store.learned.counts("en", ["", "zorkball", "sport"]) == {"": {2: 2}, "zorkball": {2: 1}}


def test_learning_anew_forgets_what_is_gone(store):
    teach(store, 30)
    before = learnt(store)
    assert library.relearn(store) == 150
    assert learnt(store) == before
    for feed in store.feeds.all():
        store.feeds.remove(feed.id)
    assert library.relearn(store) == 0
    assert learnt(store) == {}


def test_what_was_not_stored_taught_nothing(store):
    def broken_off():
        with store.transaction():
            teach(store, 30)
            assert store.learned.counts("en", [""])[""]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert store.learned.counts("en", [""]) == {}
    assert learnt(store) == {}


def test_counts_on_their_way_count(store):
    with store.transaction():
        store.learned.add("", ["a"], 3)
        assert store.learned.counts("", ["a", "b"]) == {"a": {3: 1}}
    with store.transaction():
        store.learned.add("", ["a"], 3, -1)
        store.learned.add("", ["a"], 7, 2)
        assert store.learned.counts("", ["a"]) == {"a": {7: 2}}
    assert store.learned.counts("", ["a"]) == {"a": {7: 2}}


def test_the_same_articles_teach_the_same(store):
    teach(store, 40)
    with Store.open(":memory:") as other:
        teach(other, 40)
        assert learnt(other) == learnt(store)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.booleans()), max_size=60), st.text(max_size=60))
def test_any_headlines_teach_and_are_told_without_an_exception(titles, asked):
    with Store.open(":memory:") as store:
        for sport in (True, False):
            add(
                store,
                *(t for t, s in titles if s == sport),
                topic="Sport" if sport else "Life",
                lang=asked[:9],
            )
        lang = learning.language(asked[:9])
        assert bytext.told(asked, asked, lang, store.learned) == bytext.told(
            asked, asked, lang, store.learned
        )
