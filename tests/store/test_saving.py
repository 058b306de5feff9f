"""What a refresh does to the library, as a reader notices it."""

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Enclosure, Evidence, View
from reader.store import Store, StoreError
from tests.store.shelf import NOW, entry, put, titles


def test_an_article_comes_back_as_it_was_stored(store, feed):
    stated = entry(
        1,
        author="A. Reporter",
        summary="<p>In short.</p>",
        html="<p>Ünïcode 日本 \U0001f680</p>" * 200,
        categories=("World", "Asia"),
        enclosures=(
            Enclosure("https://wire.example/a.mp3", "audio/mpeg", 12, 3723),
            Enclosure("https://wire.example/b"),
        ),
        lang="en",
        dateline="Phnom Penh",
        updated=NOW,
    )
    saved = put(store, feed, stated, topics=["World"])
    article = store.articles.get(saved.new[0])
    for field in (
        "url",
        "author",
        "html",
        "summary",
        "categories",
        "enclosures",
        "lang",
        "dateline",
        "updated",
    ):
        assert getattr(article, field) == getattr(stated, field), field
    assert article.headline.title == stated.title
    assert article.headline.published == stated.published
    assert article.headline.source == "The Wire"
    assert article.headline.topics == ("World",)
    assert store.articles.get(99) is None


def test_the_same_document_again_changes_nothing(store, feed):
    document = [entry(n) for n in range(5)]
    put(store, feed, *document)
    assert store.articles.sift(feed.id, document) == ()
    assert store.articles.sift(feed.id, document[::-1]) == ()
    assert store.lists.counts().total == 5


def test_only_what_is_new_or_changed_is_sifted_out(store, feed):
    put(store, feed, entry(1), entry(2))
    rows = store.articles.sift(feed.id, [entry(0), entry(1), entry(2, html="<p>Corrected.</p>")])
    assert [(row.entry.guid, bool(row.id)) for row in rows] == [("item-0", False), ("item-2", True)]


def test_an_edited_article_keeps_marks_place_and_story(store, feed):
    put(store, feed, *[entry(n) for n in range(3)])
    before = list(store.lists.ids(View()))
    edited = before[1]
    store.marks.read([edited])
    store.marks.star([edited])
    store.stories.put(before[:2], edited)
    later = NOW + timedelta(days=1)
    saved = put(
        store, feed, entry(1, title="A better headline", published=later), now=later, text="fresh words"
    )
    assert saved.updated == (edited,)
    assert list(store.lists.ids(View())) == before
    row = store.lists.rows([edited])[0]
    assert (row.title, row.read, row.starred, row.story) == ("A better headline", True, True, edited)
    assert row.published == NOW - timedelta(hours=1)
    assert store.articles.get(edited).updated == later
    assert list(store.lists.ids(View(search="fresh "))) == [edited]
    assert store.lists.counts().total == 3


def test_the_list_is_in_order_of_publication_and_never_of_the_future(store, feed):
    put(
        store, feed, entry(1), entry(2), entry(3, published=NOW + timedelta(days=9)), entry(4, published=None)
    )
    rows = store.lists.rows(store.lists.ids(View()))
    assert [row.title for row in rows] == ["Headline 3", "Headline 4", "Headline 1", "Headline 2"]
    assert rows[0].published == rows[1].published == NOW


def test_ids_grow_with_time(store, feed):
    saved = put(store, feed, *[entry(n) for n in range(5)])
    assert list(saved.new) == sorted(saved.new, reverse=True)
    assert saved.ids == saved.new
    later = put(store, feed, entry(9), now=NOW + timedelta(hours=1))
    assert min(later.new) > max(saved.new)


def test_an_id_is_never_given_twice(store, feed):
    last = put(store, feed, entry(1)).new[0]
    store.articles.remove([last])
    assert put(store, feed, entry(2)).new[0] > last


def test_equal_guids_in_different_feeds_stay_apart(store, feed):
    other = store.feeds.add("https://post.example/feed")[0]
    put(store, feed, entry(1))
    put(store, other, entry(1))
    assert store.lists.counts().total == 2


def test_without_guid_the_address_tells(store, feed):
    put(store, feed, entry(1, guid=""))
    assert put(store, feed, entry(1, guid="", title="Edited")).updated
    assert store.lists.counts().total == 1


def test_without_guid_and_address_title_and_text_tell(store, feed):
    plain = [entry(n, guid="", url="") for n in range(3)]
    put(store, feed, *plain)
    assert store.articles.sift(feed.id, plain) == ()
    assert put(store, feed, entry(7, guid="", url="")).new


def test_the_front_page_as_address_names_no_item(store, feed):
    put(store, feed, *[entry(n, guid="", url="https://wire.example/") for n in range(3)])
    assert store.lists.counts().total == 3
    for n in (7, 8):
        put(store, feed, entry(n, guid="", url="https://wire.example/", published=None))
    assert store.lists.counts().total == 5


def test_one_guid_for_several_items_loses_none(store, feed):
    document = [entry(n, guid="same") for n in range(4)]
    put(store, feed, *document)
    assert store.lists.counts().total == 4
    assert store.articles.sift(feed.id, document) == ()
    assert store.articles.sift(feed.id, document[::-1]) == ()


def test_one_guid_and_no_address_loses_none(store, feed):
    document = [entry(n, guid="same", url="") for n in range(4)]
    put(store, feed, *document)
    assert store.lists.counts().total == 4
    assert store.articles.sift(feed.id, document[::-1]) == ()


def test_a_guid_used_again_for_other_news_makes_a_new_article(store, feed):
    put(store, feed, entry(5, guid="latest"))
    assert put(store, feed, entry(1, guid="latest")).new
    assert titles(store, store.lists.ids(View())) == ["Headline 1", "Headline 5"]


def test_the_same_item_twice_in_a_document_is_one_article(store, feed):
    put(store, feed, entry(1), entry(1), entry(1, html="<p>Other text.</p>"))
    assert store.lists.counts().total == 1


def test_guids_that_change_at_each_fetch_make_no_duplicates(store, feed):
    put(store, feed, *[entry(n) for n in range(10)])
    first = list(store.lists.ids(View()))
    for fetch in range(3):
        later = NOW + timedelta(hours=fetch + 1)
        put(store, feed, *[entry(n, guid=f"{fetch}-{n}", published=later) for n in range(10)], now=later)
    assert list(store.lists.ids(View())) == first


def test_a_feed_that_changes_guids_dates_and_texts_at_once_makes_no_duplicates(store, feed):
    put(store, feed, *[entry(n) for n in range(10)])
    later = NOW + timedelta(hours=1)
    saved = put(
        store,
        feed,
        *[entry(n, guid=f"new-{n}", published=later, html="<p>Now with an advert.</p>") for n in range(10)],
        now=later,
    )
    assert (len(saved.new), len(saved.updated)) == (0, 10)


def test_a_single_item_with_another_guid_and_the_same_content_is_known(store, feed):
    put(store, feed, *[entry(n) for n in range(10)])
    put(store, feed, *[entry(n) for n in range(9)], entry(9, guid="moved"))
    assert store.lists.counts().total == 10
    assert store.articles.sift(feed.id, [entry(9, guid="moved")]) == ()


def test_a_series_under_one_headline_and_address_is_kept_whole(store, feed):
    def show(n):
        return entry(n, title="News at noon", url="https://wire.example/noon", html=f"<p>{n}</p>")

    for n in range(10, 0, -1):
        put(store, feed, show(n), now=NOW - timedelta(hours=n))
    put(store, feed, *[show(n) for n in range(-9, 0)], now=NOW + timedelta(hours=9))
    assert store.lists.counts().total == 19


def test_a_deleted_article_does_not_come_back(store, feed):
    put(store, feed, *[entry(n) for n in range(10)])
    gone = store.lists.ids(View())[2]
    store.articles.remove([gone])
    assert store.articles.sift(feed.id, [entry(n) for n in range(10)]) == ()
    assert store.articles.sift(feed.id, [entry(2, title="Edited")]) == ()
    assert store.articles.sift(feed.id, [entry(n, guid=f"new-{n}") for n in range(10)])
    put(store, feed, *[entry(n, guid=f"new-{n}") for n in range(10)])
    assert "Headline 2" not in titles(store, store.lists.ids(View()))
    assert store.articles.get(gone) is None


def test_a_forgotten_article_may_come_back(store, feed):
    gone = put(store, feed, entry(1)).new[0]
    store.articles.remove([gone], forget=True)
    assert store.lists.counts().total == 0
    assert put(store, feed, entry(1)).new


def test_removing_leaves_no_trace_in_any_list(store, feed):
    put(
        store,
        feed,
        *[entry(n) for n in range(4)],
        topics=["World", "Mine"],
        text="budget",
        terms=("budget", "x"),
    )
    gone = list(store.lists.ids(View())[1:3])
    store.marks.read(gone[:1])
    store.articles.remove(gone)
    assert store.lists.rows(gone) == []
    assert len(store.lists.ids(View(search="budget"))) == len(store.lists.ids(View(topic="Mine"))) == 2
    assert [(t.name, t.total, t.unread) for t in store.lists.topics()] == [("Mine", 2, 2), ("World", 2, 2)]
    assert store.neighbours.candidates(["budget"]) == tuple(sorted(store.lists.ids(View()), reverse=True))
    assert store.neighbours.frequencies(["budget"]) == {"budget": 2}


def test_what_another_process_stored_meanwhile_is_not_stored_twice(store, feed):
    rows = store.articles.sift(feed.id, [entry(1), entry(2)])
    put(store, feed, entry(1))
    saved = store.articles.save(feed.id, rows, NOW)
    assert saved.ids[0] == 0
    assert len(saved.new) == 1
    assert store.lists.counts().total == 2


def test_a_failed_batch_leaves_nothing(store, feed):
    def interrupted():
        with store.transaction():
            put(store, feed, entry(1), entry(2), text="budget", terms=("budget",), topics=["World"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.lists.counts().total == 0
    assert store.neighbours.total() == 0
    put(store, feed, entry(2))
    assert store.db.value("SELECT count(*) FROM search WHERE search MATCH 'budget'") == 0
    assert store.neighbours.candidates(["budget"]) == ()


def test_a_part_that_failed_spoils_the_batch_even_if_nobody_minds(store, feed):
    def careless():
        with store.transaction():
            put(store, feed, entry(1), text="budget")
            with contextlib.suppress(TypeError):
                put(store, feed, entry(2), entry(3), text=None)

    with pytest.raises(StoreError, match="nothing of it was stored"):
        careless()
    assert store.lists.counts().total == 0
    assert put(store, feed, entry(1)).new


def test_topics_are_kept_with_their_evidence_strongest_first(store, feed):
    row = store.articles.sift(feed.id, [entry(1)])[0]
    evidence = (Evidence("World", "feed"), Evidence("Sport", "category: Sports"), Evidence("world", "again"))
    article = store.articles.save(feed.id, [replace(row, topics=evidence)], NOW).new[0]
    assert store.articles.evidence(article) == evidence[:2]
    assert store.lists.rows([article])[0].topics == ("World", "Sport")
    assert store.articles.set_topics(article, evidence[1:2])
    assert not store.articles.set_topics(article, evidence[1:2])
    assert [topic.name for topic in store.lists.topics()] == ["Sport"]
    assert store.articles.set_topics(article, ())
    assert store.lists.topics() == ()


def test_walking_the_library_meets_every_article_once(store, feed):
    put(store, feed, *[entry(n) for n in range(7)])
    met, last = [], 0
    while batch := store.articles.after(last, 3):
        met += [article.headline.id for article in batch]
        last = met[-1]
    assert met == sorted(store.lists.ids(View()))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=1500), st.text(max_size=20))
def test_any_text_is_stored_and_found_again(title, html, term):
    with Store.open(":memory:") as store:
        feed = store.feeds.add("https://wire.example/feed")[0]
        clean = title.encode("utf-8", "replace").decode()
        saved = put(store, feed, entry(1, title=clean, html=html), text=html, terms=(term,))
        assert store.articles.get(saved.new[0]).html == html.encode("utf-8", "replace").decode()
        assert store.articles.sift(feed.id, [entry(1, title=clean, html=html)]) == ()
        assert store.neighbours.candidates([term]) == saved.new
