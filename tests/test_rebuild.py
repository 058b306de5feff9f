"""Neighbours and stories of a library: kept at ingest, made anew from the articles, the same each time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import library
from reader.model import Entry, Mention, ParsedFeed
from reader.store import Store

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
EVENTS = (
    ("Dam breaks near Valmora", "Castellan orders evacuation of Valmora", "Valmora dam: Castellan speaks"),
    ("Striker Okello joins Rovers", "Rovers sign Okello for record fee", "Okello: why I chose Rovers"),
    ("Volcano Hekara erupts", "Hekara ash closes airports", "Ash cloud from volcano Hekara spreads"),
)


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


def add(store, *entries, feed="one", now=NOW, **parsed):
    known = store.feeds.add(f"https://{feed}.example/feed", title=feed)[0]
    return library.ingest(store, known, ParsedFeed(title=feed, entries=entries, **parsed), now=now)


def entry(title, html="", hours=1.0):
    return Entry(title=title, html=html, guid=title, published=NOW - timedelta(hours=hours))


def fill(store):
    """Three events, told by nine feeds over some hours; returns the articles."""
    ids = []
    for place, titles in enumerate(zip(*EVENTS, strict=True)):
        for turn in range(3):
            now = NOW + timedelta(hours=3 * place + turn)
            told = [entry(title, f"<p>{title}, report {turn}.</p>", hours=0) for title in titles]
            ids += add(store, *told, feed=f"feed{place}{turn}", now=now).new
    return ids


def state(store, ids):
    """All that is derived: stories, their leads, and the sidebar of every article."""
    return store.stories.of(ids), store.stories.leads(ids), [library.related(store, id) for id in ids]


def test_a_rebuild_gives_what_ingest_gave(store):
    ids = fill(store)
    add(store, feed="page", ticker=(Mention("Dam of Valmora in pictures"),))
    before = state(store, ids)
    assert len(set(before[0].values())) >= 3
    told = []
    assert library.rebuild(store, lambda done, total: told.append((done, total))) == len(ids)
    assert told == [(27, 27)]
    assert state(store, ids) == before
    assert library.rebuild(store) == len(ids)
    assert state(store, ids) == before


def test_a_rebuild_needs_the_articles_alone(store):
    ids = fill(store)
    before = state(store, ids)
    store.neighbours.clear()
    store.stories.clear()
    library.rebuild(store)
    assert state(store, ids) == before


def test_a_rebuild_respects_what_the_reader_took_apart(store):
    ids = fill(store)
    story = store.stories.of(ids)[ids[0]]
    out = store.stories.members(story)[0]
    staying = set(store.stories.members(story)) - {out}
    assert store.stories.part([out])
    for _ in range(2):
        library.rebuild(store)
        stories = store.stories.of([*staying, out])
        assert stories.get(out) not in {stories.get(id) for id in staying} - {None}


def test_a_rebuild_that_fails_changes_nothing(store):
    ids = fill(store)
    before = state(store, ids)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.rebuild(store, stop)
    assert state(store, ids) == before


def test_an_empty_library_is_rebuilt(store):
    assert library.rebuild(store) == 0


def test_headlines_that_an_article_lists_are_indexed_again(store):
    page = replace(entry("Dam breaks near Valmora"), related=(Mention("Valmora dam in pictures"),))
    (one,) = add(store, page).new
    before = state(store, [one])
    library.rebuild(store)
    assert state(store, [one]) == before
    assert store.neighbours.total() == 2


def test_a_headline_without_an_article_tells_no_story(store):
    add(store, feed="page", ticker=(Mention("Dam breaks near Valmora, Castellan says"),))
    ids = []
    for feed in "bc":
        ids += add(store, entry("Dam breaks near Valmora, says Castellan"), feed=feed).new
    (named,) = store.mentions.bare()
    library.rebuild(store)
    assert len(store.stories.of(ids)) == 2
    assert not store.lists.rows([named])[0].story


def test_a_story_whose_reports_were_edited_apart_ends_with_a_rebuild(store):
    ids = [*add(store, entry("Dam breaks near Valmora"), feed="a").new]
    ids += add(store, entry("Dam breaks near Valmora"), feed="b").new
    edited = replace(entry("Dam breaks near Valmora"), title="Chess champion retires")
    assert add(store, edited, feed="b").updated
    assert len(store.stories.of(ids)) == 2
    library.rebuild(store)
    assert not store.stories.of(ids)


def test_the_longest_report_leads_until_the_reader_prefers_a_feed(store):
    long = "<p>" + "The dam near Valmora broke. " * 40 + "</p>"
    (first,) = add(store, entry(EVENTS[0][0], long), feed="a").new
    (full,) = add(store, entry(EVENTS[0][0], long + "<p>More follows.</p>"), feed="b").new
    assert set(store.stories.leads([first, full]).values()) == {(first, full)}
    store.marks.opened(first)
    (short,) = add(store, entry(EVENTS[0][0], "<p>Flash.</p>"), feed="c").new
    assert set(store.stories.leads([first, full, short]).values()) == {(first, first)}


SCRIPTS = (
    "Lisbon earthquake выборы Москва दिल्ली चुनाव ភ្នំពេញ 東京 地震 서울 القاهرة the of 2026 <b> \x00 é ﬁ 🙂"
)
WORDS = st.sampled_from(SCRIPTS.split(" "))
TEXTS = st.lists(WORDS, max_size=10).map(" ".join) | st.text(max_size=40)
ARTICLES = st.lists(
    st.tuples(TEXTS, TEXTS, st.sampled_from("abc"), st.integers(0, 80)), min_size=1, max_size=6
)


def held(store, ids):
    """What of articles never changes because another one arrives."""
    articles = [store.articles.get(id) for id in ids]
    return [replace(a, headline=replace(a.headline, story=0, others=0, waiting=0)) for a in articles]


@settings(max_examples=25, deadline=None)
@given(ARTICLES, st.data())
def test_any_texts_in_any_script(given_articles, data):
    """Never itself nor one removed, the same answer twice and after a rebuild; nobody else's text changes."""
    with Store.open(":memory:") as store:
        ids = []
        for place, (title, html, feed, hours) in enumerate(given_articles):
            before = held(store, ids)
            one = Entry(title=title, html=html, guid=str(place), published=NOW - timedelta(hours=hours))
            new = add(store, one, feed=feed, now=NOW + timedelta(minutes=place)).new
            assert held(store, ids) == before
            ids += new
            store.marks.read(new, data.draw(st.booleans()))
        gone = data.draw(st.sampled_from(ids))
        store.articles.remove([gone])
        left = [id for id in ids if id != gone]
        for id in left:
            assert {id, gone}.isdisjoint(row.headline.id for row in library.related(store, id))
        marked = held(store, left)
        library.rebuild(store)
        first = state(store, left)
        assert library.rebuild(store) == len(left)
        assert state(store, left) == first
        assert held(store, left) == marked


def test_a_feed_that_another_adds_just_before_is_no_surprise(tmp_path):
    """What a rebuild knows of feeds it reads where nobody can write any more."""
    path = tmp_path / "library.db"
    with Store.open(path) as store, Store.open(path) as other:
        first, _ = store.feeds.add("https://a.example/f")
        library.ingest(store, first, ParsedFeed(title="A", entries=(Entry(title="One", guid="1"),)), now=NOW)
        begin = store.db.transaction

        def late(**how):
            store.db.transaction = begin
            feed, _ = other.feeds.add("https://b.example/f")
            entry = Entry(title="Two", guid="2")
            library.ingest(other, feed, ParsedFeed(title="B", entries=(entry,)), now=NOW)
            return begin(**how)

        store.db.transaction = late
        assert library.rebuild(store) == 2
        assert sorted(feed.url for feed in store.feeds.all()) == [
            "https://a.example/f",
            "https://b.example/f",
        ]


def test_health_is_counted_at_one_moment(tmp_path):
    path = tmp_path / "library.db"
    with Store.open(path) as store, Store.open(path) as other:
        with store.db.snapshot():
            before = store.db.value("SELECT count(*) FROM feed")
            other.feeds.add("https://b.example/f")
            assert store.db.value("SELECT count(*) FROM feed") == before
        assert store.db.value("SELECT count(*) FROM feed") == before + 1
        store.feeds.rename(1, "It writes again")
