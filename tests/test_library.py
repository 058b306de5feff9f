"""The store and the engines together: ingest, related, topics anew, rebuild."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import library
from reader.model import Entry, Mention, ParsedFeed, TopicRule, View
from reader.store import Store

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
QUAKE = Entry(
    title="Strong earthquake shakes Lisbon",
    guid="quake",
    url="https://one.example/world/quake",
    html="<p>A strong earthquake shook Lisbon. Mayor <b>Carlos Moedas</b> asked everyone to stay calm.</p>",
    published=NOW - timedelta(hours=3),
    categories=("Disasters",),
)
AGAIN = Entry(
    title="Lisbon hit by strong earthquake, mayor calls for calm",
    guid="again",
    html="<p>Residents of Lisbon fled an earthquake in Portugal. Carlos Moedas calmed them.</p>",
    published=NOW - timedelta(hours=2),
)
CHESS = Entry(
    title="Chess champion retires",
    guid="chess",
    html="<p>After thirty years at the board.</p>",
    published=NOW,
)


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


def add(store, *entries, feed="one", rules=(), topic="", **parsed):
    known = store.feeds.add(f"https://{feed}.example/feed", title=feed, topic=topic)[0]
    return library.ingest(
        store, known, ParsedFeed(title=feed, entries=entries, **parsed), rules=rules, now=NOW
    )


def rows(store, id):
    return [(row.headline.id, row.kind) for row in library.related(store, id)]


def test_an_event_in_two_feeds_is_one_story_and_each_shows_the_other(store):
    (one, _) = add(store, QUAKE, CHESS).new
    (two,) = add(store, AGAIN, feed="two").new
    assert store.lists.story(one) == (two, one)
    assert rows(store, one) == [(two, "same story")]
    assert rows(store, two) == [(one, "same story")]
    assert store.lists.rows([one])[0].others == 1
    assert library.related(store, one)[0].why == "Carlos Moedas, Lisbon, earthquake"


def test_topics_are_stored_with_their_evidence(store):
    rule = TopicRule("Portugal", ("Lisbon",))
    (one,) = add(store, QUAKE, rules=(rule,)).new
    assert [(e.topic, e.reason) for e in store.articles.evidence(one)] == [
        ("Portugal", "keyword: Lisbon"),
        ("World", "address: /world/"),
    ]


def test_an_unchanged_entry_costs_nothing_and_an_edited_one_is_indexed_anew(store):
    (one,) = add(store, QUAKE).new
    again = add(store, QUAKE)
    assert (again.new, again.updated) == ((), ())
    edited = replace(QUAKE, title="Volcano erupts in Iceland", html="<p>Lava near Reykjavik.</p>")
    assert add(store, edited).updated == (one,)
    (two,) = add(
        store, replace(AGAIN, title="Lava reaches Reykjavik", html="<p>The volcano in Iceland.</p>"), feed="b"
    ).new
    assert rows(store, one) == [(two, "related")] or rows(store, one) == [(two, "same story")]


def test_an_edited_article_keeps_its_marks_and_its_story(store):
    (one,) = add(store, QUAKE).new
    add(store, AGAIN, feed="two")
    store.marks.read([one])
    story = store.lists.rows([one])[0].story
    add(store, replace(QUAKE, title="Strong earthquake shakes Lisbon (update)"))
    headline = store.lists.rows([one])[0]
    assert (headline.read, headline.story) == (True, story)


def test_bare_headlines_of_a_page_stand_last_and_in_no_list(store):
    ticker = (Mention("Robot contest won by students"), Mention("Lisbon airport reopens"))
    (one,) = add(store, QUAKE, ticker=ticker).new
    assert list(store.lists.ids(View())) == [one]
    found = library.related(store, one)
    assert [(row.headline.title, row.kind, row.why) for row in found] == [
        ("Lisbon airport reopens", "on this page", "Lisbon"),
        ("Robot contest won by students", "on this page", ""),
    ]
    assert library.related(store, found[0].headline.id)[0].headline.id == one


def test_a_mention_of_a_known_article_is_that_article(store):
    (chess,) = add(store, CHESS, feed="two").new
    page = replace(QUAKE, related=(Mention(CHESS.title), Mention("Unknown headline")))
    (one,) = add(store, page).new
    first, second = library.related(store, one)
    assert (first.headline.id, first.kind, first.headline.bare) == (chess, "listed", False)
    assert (second.kind, second.headline.bare) == ("listed", True)


def test_a_bare_headline_gives_way_when_its_article_arrives(store):
    (one,) = add(store, QUAKE, ticker=(Mention(CHESS.title),)).new
    (chess,) = add(store, CHESS, feed="two").new
    assert [(row.headline.id, row.headline.bare) for row in library.related(store, one)] == [(chess, False)]


def test_a_deleted_article_is_nobodys_neighbour(store):
    (one,) = add(store, QUAKE).new
    (two,) = add(store, AGAIN, feed="two").new
    store.articles.remove([two])
    assert rows(store, one) == []
    assert library.related(store, two) == ()


def test_a_removed_feeds_articles_are_nobodys_neighbours(store):
    (one,) = add(store, QUAKE).new
    add(store, AGAIN, feed="two")
    store.feeds.remove(store.feeds.find("two")[0].id)
    assert rows(store, one) == []


def test_what_the_reader_parts_and_joins_has_its_lead_by_the_rule(store):
    longest = replace(AGAIN, guid="longest", html=AGAIN.html * 9)
    ids = [add(store, item, feed=feed).new[0] for item, feed in ((QUAKE, "a"), (AGAIN, "b"), (longest, "c"))]
    short, other, long = ids
    store.stories.put(ids, short)
    assert library.part(store, [short])
    assert store.stories.leads(ids) == dict.fromkeys((other, long), (other, long))
    assert set(library.rejoin(store, store.stories.division(short))) == set(ids)
    assert store.stories.leads(ids) == dict.fromkeys(ids, (short, long))
    assert library.part(store, [999]) == 0
    assert library.rejoin(store, 999) == ()


def test_an_unknown_article_has_no_neighbours(store):
    assert library.related(store, 99) == ()


def test_nothing_is_stored_when_something_fails(store, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(library.ingesting, "_tell", broken)
    with pytest.raises(RuntimeError):
        add(store, QUAKE)
    assert list(store.lists.ids(View())) == []
    assert store.neighbours.total() == 0


def test_changed_rules_apply_to_what_is_stored(store):
    (one, _) = add(store, QUAKE, CHESS).new
    assert library.retopic(store, (TopicRule("Portugal", ("moedas",)),)) == 1
    assert store.articles.evidence(one)[0].topic == "Portugal"
    assert library.retopic(store, ()) == 1
    assert [e.topic for e in store.articles.evidence(one)] == ["World"]


def test_the_words_of_the_text_tell_a_topic_at_ingest_and_anew_when_the_feed_loses_its_own(store):
    body = "<p>The coach praised the midfielder after the <b>penalty</b> at the stadium.</p>"
    match = Entry(title="Striker seals late win in cup final", html=body)
    (one,) = add(store, match).new
    told = store.articles.evidence(one)
    assert [e.topic for e in told] == ["Sport"]
    assert told[0].reason.startswith("text: ")
    feed = store.lists.rows([one])[0].feed
    store.feeds.set_topic(feed, "Business")
    assert library.retopic(store) == 1
    assert [e.topic for e in store.articles.evidence(one)] == ["Business"]
    store.feeds.set_topic(feed, "")
    assert library.retopic(store) == 1
    assert store.articles.evidence(one) == told
    assert library.retopic(store) == 0


def test_a_changed_feed_topic_applies_to_what_is_stored(store):
    (one,) = add(store, QUAKE).new
    store.feeds.set_topic(store.lists.rows([one])[0].feed, "Quakes")
    library.retopic(store)
    assert [e.topic for e in store.articles.evidence(one)] == ["Quakes", "World"]


def test_the_index_can_be_rebuilt_from_the_articles(store):
    ticker = (Mention("Lisbon airport reopens"),)
    (one, _) = add(store, QUAKE, CHESS, ticker=ticker).new
    add(store, AGAIN, feed="two")
    before = [(row.headline.id, row.kind, row.why) for row in library.related(store, one)]
    store.neighbours.clear()
    assert library.rebuild(store) == 3
    assert [(row.headline.id, row.kind, row.why) for row in library.related(store, one)] == before
    assert store.neighbours.total() == 4


WORDS = st.sampled_from(
    [
        "Lisbon",
        "earthquake",
        "выборы",
        "Москва",
        "दिल्ली",
        "ភ្នំពេញ",
        "東京",
        "서울",
        "القاهرة",
        "the",
        "2026",
        "<b>",
        "&amp;",
        "\x00",
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from("abc")), min_size=1, max_size=6), st.data())
def test_any_articles_in_any_script(given_articles, data):
    """Same answer twice; never itself; never a removed one; adding changes nobody else's text or marks."""
    with Store.open(":memory:") as store:
        ids = []
        for place, (title, html, feed) in enumerate(given_articles):
            kept = {id: store.articles.get(id) for id in ids}
            ids += add(store, Entry(title=title, html=html, guid=str(place), published=NOW), feed=feed).new
            for id, article in kept.items():
                after = store.articles.get(id)
                now = after.headline
                headline = replace(article.headline, story=now.story, others=now.others, waiting=now.waiting)
                assert after == replace(article, headline=headline)
        gone = data.draw(st.sampled_from(ids))
        for id in ids:
            found = library.related(store, id)
            assert found == library.related(store, id)
            assert id not in [row.headline.id for row in found]
        store.articles.remove([gone])
        for id in set(ids) - {gone}:
            assert gone not in [row.headline.id for row in library.related(store, id)]


def test_what_comes_out_of_an_archive_is_put_into_no_story(store):
    old = NOW - timedelta(days=30)
    (one,) = add(store, replace(QUAKE, published=old)).new
    (two,) = add(store, replace(AGAIN, published=old), feed="two").new
    assert store.lists.story(two) == (two,)
    assert rows(store, two) == [(one, "related")]
    library.rebuild(store)
    assert store.lists.story(two) == (two,)
