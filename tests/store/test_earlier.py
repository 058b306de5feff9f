"""What an article said when it was read, kept when it is edited."""

import pytest

from reader.store.earlier import STORED_MAX
from reader.store.values import COMPRESS_FROM
from tests.store.shelf import entry, put


@pytest.fixture
def article(store, feed):
    return put(store, feed, entry(1, html="<p>first")).new[0]


def edit(store, feed, html, **fields):
    return put(store, feed, entry(1, html=html, **fields))


def test_only_what_was_read_is_kept(store, feed, article):
    edit(store, feed, "<p>second")
    assert store.earlier.get(article) is None
    store.marks.read([article])
    edit(store, feed, "<p>third", title="Another headline")
    assert store.earlier.get(article) == ("Headline 1", "<p>second")


def test_what_was_read_first_stays_until_the_edited_text_was_opened(store, feed, article):
    store.marks.read([article])
    for html in ("<p>second", "<p>third"):
        edit(store, feed, html)
    assert store.earlier.get(article)[1] == "<p>first"
    store.earlier.opened(article)
    assert store.earlier.get(article)[1] == "<p>first"
    edit(store, feed, "<p>fourth")
    assert store.earlier.get(article)[1] == "<p>third"


def test_a_text_that_is_again_as_it_was_has_no_changes(store, feed, article):
    store.marks.read([article])
    edit(store, feed, "<p>first", author="Somebody else")
    assert store.earlier.get(article) is None
    edit(store, feed, "<p>second")
    edit(store, feed, "<p>first")
    assert store.earlier.get(article) is None


def test_long_texts_are_kept_compressed_and_books_are_not(store, feed, article):
    store.marks.read([article])
    long = "<p>" + "word " * COMPRESS_FROM
    edit(store, feed, long)
    edit(store, feed, "<p>short")
    store.earlier.opened(article)
    edit(store, feed, long)
    store.earlier.opened(article)
    edit(store, feed, "<p>x")
    assert store.earlier.get(article)[1] == long
    assert isinstance(store.db.value("SELECT html FROM earlier"), bytes)
    noise = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(STORED_MAX))
    edit(store, feed, noise)
    store.earlier.opened(article)
    edit(store, feed, "<p>y")
    assert store.earlier.get(article)[1] == long


def test_it_goes_with_its_article(store, feed, article):
    store.marks.read([article])
    edit(store, feed, "<p>second")
    store.articles.remove([article], forget=True)
    assert store.db.value("SELECT count(*) FROM earlier") == 0
