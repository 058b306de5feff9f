"""A deleted article is gone wherever one looks, stays so, and comes back as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader import library
from reader.model import Enclosure, ParsedFeed, View
from reader.store import Store
from reader.store.health import health
from tests.store.shelf import NOW, entry

EVENT = "Sar Sokha and Andrew Giles discuss immigration cooperation in Canberra, Australia. " * 5


def told(number, **fields):
    """A report of one event that all sources tell."""
    given = {"title": "Sokha meets Giles on immigration in Canberra", "html": f"<p>{EVENT}</p>"}
    return entry(number, **(given | fields))


@pytest.fixture
def two(store):
    """A library in which two sources tell one event, and one tells more."""
    brought = {}
    for name, entries in (
        (
            "one",
            [told(1, enclosures=(Enclosure("https://one.example/a.mp3"),), categories=("World",)), entry(3)],
        ),
        ("two", [told(2, html=f"<p>{EVENT * 30}</p>")]),
    ):
        feed = store.feeds.add(f"https://{name}.example/feed", title=name)[0]
        document = ParsedFeed(title=name, entries=tuple(entries))
        library.ingest(store, feed, document, now=NOW)
        brought[name] = (feed, document)
    return brought


def everything(store: Store, ids):
    """All that a reader can notice of some articles."""
    return (
        [store.articles.get(id) for id in ids],
        [sorted(store.lists.story(id)) for id in ids],
        store.lists.counts(),
        store.lists.topics(),
        [sorted(store.lists.ids(View(search=words))) for words in ("sokha", "text")],
        sorted(store.neighbours.vectors(ids)),
    )


@pytest.mark.parametrize("places", [[0], [1], [0, 1], [0, 1, 2]])
def test_what_is_deleted_comes_back_as_it_was(store, two, places):
    ids = list(store.lists.ids(View()))
    store.marks.read(ids[:1])
    store.marks.star(ids[1:2])
    library.correct(store, ids[0], "Sport")
    gone = [ids[place] for place in places]
    before = everything(store, ids)
    assert len(before[1][0]) == 2
    assert library.delete(store, gone) == tuple(sorted(gone))
    assert not set(gone) & set(store.lists.ids(View()))
    assert not store.lists.rows(gone)
    assert not set(gone) & set(store.lists.ids(View(search="sokha")))
    assert store.lists.counts().total == 3 - len(gone)
    found = health(store.db)
    assert (found.homeless, found.astray) == (0, 0)
    assert library.undelete(store, gone) == tuple(sorted(gone))
    assert everything(store, ids) == before
    found = health(store.db)
    assert (found.homeless, found.astray) == (0, 0)
    assert library.undelete(store, gone) == ()


def test_its_feed_does_not_bring_it_again_until_it_is_back(store, two):
    feed, document = two["one"]
    first = next(row.id for row in store.lists.rows(store.lists.ids(View())) if row.title.startswith("Sokha"))
    library.delete(store, [first])
    changed = replace(
        document, entries=tuple(replace(e, html=e.html + "<p>More.</p>") for e in document.entries)
    )
    for brought in (document, changed):
        library.ingest(store, feed, brought, now=NOW)
        assert first not in store.lists.ids(View())
        assert store.lists.counts().total == 2
    library.undelete(store, [first])
    library.ingest(store, feed, changed, now=NOW)
    assert "More." in store.articles.get(first).html
    assert store.lists.counts().total == 3


def test_what_cannot_come_back_is_left_out(store, two):
    ids = list(store.lists.ids(View()))
    library.delete(store, ids)
    store.feeds.remove(two["one"][0].id)
    assert len(store.trash.all()) == 1
    assert len(library.undelete(store, [*ids, 999])) == 1
    assert library.delete(store, [999]) == ()
    assert library.delete(store, []) == ()


def test_the_trash_forgets_after_a_while(store, two):
    first, second, *_ = store.lists.ids(View())
    library.delete(store, [first])
    long_ago = int((datetime.now(UTC) - timedelta(days=31)).timestamp())
    store.db.run("UPDATE trash SET deleted = ?", (long_ago,))
    library.delete(store, [second])
    assert [item.id for item in store.trash.all()] == [second]


def test_a_damaged_row_is_left_out(store, two):
    first = store.lists.ids(View())[0]
    library.delete(store, [first])
    store.db.run("UPDATE trash SET held = x'00'")
    assert library.undelete(store, [first]) == ()
