"""Full texts in the library: kept, found, shown or not, and gone with their article."""

from datetime import timedelta

import pytest

from reader.model import View
from reader.store.fulltexts import PAUSE, RECENT, SHORT, TRIES
from reader.store.trash import Trash
from tests.store.shelf import NOW, entry, put

PAGE = "<p>The whole text names a pangolin. " + "And more of it. " * 200 + "</p>"
WORDS = "The whole text names a pangolin."
SITE = "https://wire.example/seen/1"


@pytest.fixture
def article(store, feed):
    return put(store, feed, entry(1), text="a beginning").new[0]


def keep(store, article, now=NOW):
    return store.fulltexts.keep(article, SITE, PAGE, WORDS, now)


def found(store, word):
    store.articles.core.search.flush()
    return [row for (row,) in store.db.rows("SELECT rowid FROM search WHERE search MATCH ?", (word,))]


def test_it_is_kept_with_its_address_and_time(store, article):
    assert store.fulltexts.get(article) is None
    assert keep(store, article)
    kept = store.fulltexts.get(article)
    assert (kept.url, kept.html, kept.shown, kept.fetched) == (SITE, PAGE, True, NOW)


def test_it_is_compressed(store, article):
    keep(store, article)
    assert isinstance(store.db.value("SELECT html FROM fulltext"), bytes)


def test_the_search_finds_it_also_after_the_feed_has_edited_the_article(store, feed, article):
    keep(store, article)
    assert found(store, "pangolin") == [article]
    put(store, feed, entry(1, html="<p>Edited.</p>"), text="edited beginning")
    assert found(store, "pangolin") == [article]


def test_what_the_feed_says_is_found_beside_it(store, feed, article):
    store.fulltexts.keep(article, SITE, PAGE, WORDS, NOW, body="a beginning")
    assert found(store, "pangolin") == [article] == found(store, "beginning")
    put(store, feed, entry(1, html="<p>Edited.</p>"), text="edited")
    assert found(store, "pangolin") == [article] == found(store, "edited")
    assert found(store, "beginning") == []


def test_the_reader_may_want_the_feeds_text_and_that_lasts(store, article):
    keep(store, article)
    store.fulltexts.show(article, shown=False)
    assert not store.fulltexts.get(article).shown
    keep(store, article)
    assert store.fulltexts.get(article).shown


def test_a_failure_leaves_what_is_kept(store, article):
    keep(store, article)
    store.fulltexts.failed(article, "the server is in trouble (500): try again later", NOW + PAUSE)
    kept = store.fulltexts.get(article)
    assert (kept.html, kept.fetched) == (PAGE, NOW)


def test_an_article_that_is_gone_keeps_nothing(store, article):
    assert not keep(store, article + 1)
    store.fulltexts.failed(article + 1, "words", NOW)
    assert store.db.value("SELECT count(*) FROM fulltext") == 0


def test_it_goes_with_its_article(store, feed, article):
    keep(store, article)
    store.articles.remove([article])
    assert store.db.value("SELECT count(*) FROM fulltext") == 0
    assert found(store, "pangolin") == []


def test_it_goes_with_its_feed(store, feed, article):
    keep(store, article)
    store.feeds.remove(feed.id)
    assert store.db.value("SELECT count(*) FROM fulltext") == 0


def test_it_comes_back_with_a_deleted_article(store, article):
    keep(store, article)
    trash = Trash(store.articles.core)
    trash.put([article])
    assert store.fulltexts.get(article) is None
    with store.transaction():
        trash.take_back([article])
        trash.index(article, "Headline 1", "a beginning")
    assert store.fulltexts.get(article).html == PAGE
    assert found(store, "pangolin") == [article]


def test_what_a_feed_is_to_bring_whole(store, feed):
    ids = put(store, feed, *(entry(n) for n in range(3))).new
    other = store.feeds.add("https://post.example/feed")[0]
    put(store, other, entry(9))
    wanted = store.fulltexts.wanted_of([feed.id], NOW, 10)
    assert [article for article, *_ in wanted] == sorted(ids, reverse=True)
    assert wanted[0][1] == "https://wire.example/0"
    assert len(store.fulltexts.wanted_of([feed.id], NOW, 2)) == 2
    assert store.fulltexts.wanted_of([], NOW, 10) == []
    keep(store, ids[0])
    assert ids[0] not in [a for a, *_ in store.fulltexts.wanted_of([feed.id], NOW, 10)]


def test_old_articles_and_those_without_an_address_are_not_wanted(store, feed):
    put(store, feed, entry(1, published=NOW - RECENT - timedelta(hours=1)), entry(2, url=""))
    assert store.fulltexts.wanted_of([feed.id], NOW, 10) == []


def test_a_failed_one_is_tried_again_some_times_with_pauses(store, feed, article):
    now = NOW
    for _ in range(TRIES):
        assert store.fulltexts.wanted_of([feed.id], now, 10)
        store.fulltexts.failed(article, "words", now)
        assert not store.fulltexts.wanted_of([feed.id], now, 10)
        now += PAUSE + timedelta(seconds=1)
    assert not store.fulltexts.wanted_of([feed.id], now, 10)


def test_starred_articles_are_wanted_where_their_text_is_short(store, feed):
    short, long = (
        put(store, feed, entry(1), text="short").new + put(store, feed, entry(2), text="x" * SHORT).new
    )
    assert store.fulltexts.wanted_starred(NOW, 10, short=True) == []
    store.marks.star([short, long], True)
    store.db.run("UPDATE state SET starred = ?", (int(NOW.timestamp()),))
    assert [a for a, *_ in store.fulltexts.wanted_starred(NOW, 10, short=True)] == [short]
    assert {a for a, *_ in store.fulltexts.wanted_starred(NOW, 10, short=False)} == {short, long}


def test_lists_know_nothing_of_it(store, article):
    keep(store, article)
    assert list(store.lists.ids(View())) == [article]
