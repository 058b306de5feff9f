"""The reader's own topics over what is stored: found by the index as a look at every text would find them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import library
from reader.model import Entry, ParsedFeed, TopicRule
from reader.store import Store, schema

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
VOTES = TopicRule("Votes", ("ballot", "vote*"), "election -sport")


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


def add(store, *entries, rules=(), topic="", feed="one"):
    known = store.feeds.add(f"https://{feed}.example/feed", title=feed, topic=topic)[0]
    return library.ingest(store, known, ParsedFeed(title=feed, entries=entries), rules=rules, now=NOW).new


def article(number, title, text="", **more):
    published = NOW - timedelta(minutes=number)
    return Entry(title=title, guid=str(number), html=f"<p>{text}</p>", published=published, **more)


def evidence(store, *ids):
    return [[(e.topic, e.reason) for e in store.articles.evidence(id)] for id in ids]


def everything(store):
    ids = sorted(store.db.column("SELECT article FROM state"))
    return dict(zip(ids, evidence(store, *ids), strict=True))


NEWS = (
    article(1, "A ballot in Lyon", "The mayor spoke."),
    article(2, "Morning", "Voters came early to the <b>ballot</b>."),
    article(3, "Elections in Peru", "A day of rest."),
    article(4, "Elections at the club", "A sport for all."),
    article(5, "Rain", "Nothing else."),
)


def test_a_new_rule_finds_what_is_stored_and_a_removed_one_takes_its_topic_along(store):
    last = sorted(add(store, *NEWS))
    assert library.rules_changed(store, (VOTES,))
    assert library.apply_rules(store, (VOTES,)) == 3
    assert not library.rules_changed(store, (VOTES,))
    assert library.apply_rules(store, (VOTES,)) == 0
    titled = {store.articles.get(id).headline.title: dict(evidence(store, id)[0]) for id in last}
    assert {title: topics["Votes"] for title, topics in titled.items() if "Votes" in topics} == {
        "A ballot in Lyon": "keyword: ballot",
        "Morning": "keyword: ballot",
        "Elections in Peru": "query: election -sport",
    }
    assert library.apply_rules(store, ()) == 3
    assert "Votes" not in [topic.name for topic in store.lists.topics()]
    assert not library.rules_changed(store, ())


def test_a_changed_rule_moves_only_its_own(store):
    add(store, *NEWS)
    library.apply_rules(store, (VOTES, TopicRule("Wet", ("rain",))))
    assert library.apply_rules(store, (replace(VOTES, query=""), TopicRule("Wet", ("rain",)))) == 1
    own = {topic.name: topic.total for topic in store.lists.topics() if topic.own}
    assert own == {"Votes": 2, "Wet": 1}


def test_other_evidence_stays_in_its_order(store):
    (one,) = add(store, article(1, "A ballot", categories=("Sport",)), topic="Linux")
    library.apply_rules(store, (VOTES, TopicRule("sport", ("ballot",)), TopicRule("LINUX", ("ballot",))))
    assert evidence(store, one) == [
        [
            ("Linux", "feed: Linux"),
            ("Technology", "feed: Linux"),
            ("Votes", "keyword: ballot"),
            ("Sport", "keyword: ballot"),
        ]
    ]
    library.apply_rules(store, ())
    assert [topic for topic, _ in evidence(store, one)[0]] == ["Linux", "Technology", "Sport"]


def test_a_correction_is_not_touched(store):
    (one,) = add(store, article(1, "A ballot"))
    library.correct(store, one, "Life")
    assert library.apply_rules(store, (VOTES,)) == 0
    assert evidence(store, one) == [[("Life", "you: Life")]]
    assert library.correct(store, one, None, (VOTES,))[0].topic == "Votes"


def test_what_comes_in_later_follows_the_rules_too(store):
    library.apply_rules(store, (VOTES,))
    (one,) = add(store, NEWS[0], rules=(VOTES,))
    assert evidence(store, one)[0][0] == ("Votes", "keyword: ballot")
    library.retopic(store, ())
    assert not library.rules_changed(store, ())
    assert library.rules_changed(store, (VOTES,))


def test_rules_of_a_library_from_before_are_known_as_changed(store):
    add(store, *NEWS, rules=(VOTES,))
    assert library.rules_changed(store, (VOTES,))
    assert library.apply_rules(store, (VOTES,)) == 0


def test_rules_of_a_library_from_before_leave_with_their_topic(tmp_path, monkeypatch):
    path = tmp_path / "library.db"
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
    with Store.open(path) as store:
        store.db.run("INSERT INTO state(article, feed, sort) VALUES (1, 1, 5), (2, 1, 5)")
        store.db.run("INSERT INTO topic(id, name) VALUES (1, 'Votes'), (2, 'Sport')")
        store.db.run(
            "INSERT INTO article_topic VALUES (1, 5, 1, 0, 'keyword: vote'), (2, 5, 2, 0, 'category: Sport')"
        )
    monkeypatch.undo()
    with Store.open(path) as store:
        assert store.rules.all() == {"votes": 0}
        assert library.rules_changed(store, ())


WORDS = [
    "vote", "votes", "party", "parties", "free trade", "free-trade", "free, trade", "café", "cafe", "Élan",
    "U.S.", "C++", "AT&T", "run-off", "king’s", "kings", "foo_bar", "選挙", "次の選挙区", "総選", "កម្ពុជា",
    "ព័ត៌មានកម្ពុជាថ្មី", "मतदान", "मत", "Ёлка", "straße", "STRASSE", "الانتخابات", "iPhone選挙",
    "covid-19", "covid19",
]  # fmt: skip
ASKED = [*WORDS, "vot*", "part*", "free tra*", "選", "ក", "Ёл*", "++", "k*"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=8),
    st.lists(st.sampled_from(ASKED), max_size=3),
    st.lists(st.tuples(st.sampled_from(["", "-", '"']), st.sampled_from(ASKED)), max_size=3),
)
def test_the_index_finds_what_a_look_at_every_text_finds(texts, keywords, query):
    asked = " ".join(f"{mark}{words}{mark.strip('-')}" for mark, words in query)
    rules = (TopicRule("Own", tuple(keywords), asked), TopicRule("Sport", tuple(keywords[1:])))
    with Store.open(":memory:") as store:
        add(store, *[article(n, words[0], " ".join(words[1:])) for n, words in enumerate(texts)])
        library.apply_rules(store, rules)
        found = everything(store)
        library.retopic(store, rules)
        assert everything(store) == found
        library.apply_rules(store, ())
        found = everything(store)
        library.retopic(store, ())
        assert everything(store) == found
