"""The index of neighbours, against a plain dictionary."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import View
from reader.store import Store, StoreError, term_hash
from tests.store.shelf import NOW, entry, put

TERMS = ("budget", "minister", "日本", "straße", "x", "")


def test_candidates_newest_first_from_a_floor(store):
    with store.transaction():
        for n in range(1, 11):
            store.neighbours.add(n, ["budget", f"only-{n}"], bytes([n]))
    neighbours = store.neighbours
    assert neighbours.candidates(["budget"], 4, 3) == (10, 9, 8)
    assert neighbours.candidates(["budget"], 9) == (10, 9)
    assert neighbours.candidates(["only-2", "only-7", "unknown"]) == (7, 2)
    assert neighbours.candidates([]) == neighbours.candidates(["unknown"]) == ()
    assert neighbours.frequencies(["budget", "only-3", "unknown"]) == {
        "budget": 10,
        "only-3": 1,
        "unknown": 0,
    }
    assert neighbours.frequencies([]) == {}
    assert neighbours.vectors([1, 99, 3]) == {1: b"\1", 3: b"\3"}
    assert neighbours.vectors([]) == {}
    assert neighbours.total() == 10


def test_what_is_gathered_counts_before_it_is_written(store):
    with store.transaction():
        store.neighbours.add(1, ["budget"], b"")
        assert store.neighbours.frequencies(["budget"]) == {"budget": 1}
        assert store.neighbours.candidates(["budget"]) == (1,)
        store.neighbours.add(2, ["budget"], b"")
        assert store.neighbours.frequencies(["budget"]) == {"budget": 2}
        assert store.neighbours.total() == 2


def test_candidates_up_to_a_ceiling_and_those_after_an_article(store):
    """Written and gathered ones alike."""
    for n in range(1, 6):
        store.neighbours.add(n, ["budget"], b"")
    with store.transaction():
        store.neighbours.add_all((n, ["budget"], b"") for n in range(6, 11))
        for _ in range(2):
            assert store.neighbours.candidates(["budget"], 3, 4, 7) == (7, 6, 5, 4)
            assert store.neighbours.candidates(["budget"], 3, 200, 5) == (5, 4, 3)
            assert store.neighbours.after(["budget"], 4, 3) == (5, 6, 7)
            assert store.neighbours.after(["budget"], 10) == store.neighbours.after(["x"], 1) == ()
            store.neighbours.flush()


def test_an_article_edited_before_it_is_written_is_found_by_its_new_terms_only(store):
    with store.transaction():
        store.neighbours.add(1, ["budget", "old"], b"")
        store.neighbours.add(1, ["budget", "new"], b"")
        assert store.neighbours.candidates(["old"]) == ()
        assert store.neighbours.candidates(["new"]) == (1,)
        assert store.neighbours.frequencies(["budget", "new"]) == {"budget": 1, "new": 1}


def test_much_that_is_gathered_is_written_in_between(store, monkeypatch):
    monkeypatch.setattr("reader.store.index.GATHERED", 10)
    with store.transaction():
        for n in range(1, 26):
            store.neighbours.add(n, ["budget"], b"")
        assert store.db.value("SELECT count(*) FROM neighbour_docsize") == 20
        assert len(store.neighbours.candidates(["budget"])) == 25


def test_an_article_edited_again_and_again_makes_no_term_common(store):
    for n in range(50):
        store.neighbours.add(1, ["rare", f"edit-{n}"], b"")
    assert store.neighbours.frequencies(["rare"]) == {"rare": 1}
    assert store.neighbours.candidates(["edit-3"]) == ()
    assert store.neighbours.candidates(["edit-49"]) == (1,)
    assert store.neighbours.total() == 1


def test_the_floor_is_the_first_article_seen_since(store, feed):
    for hours in (0, 1, 2, 3):
        put(store, feed, entry(hours * 2), entry(hours * 2 + 1), now=NOW + timedelta(hours=hours))
    store.articles.remove([5])
    for hours, first in ((-1, 1), (0, 1), (1, 3), (2, 5), (3, 7), (4, 9)):
        assert store.neighbours.floor(NOW + timedelta(hours=hours)) == first, hours
    assert max(store.lists.ids(View())) == 8


def test_clearing_forgets_all(store):
    store.neighbours.add(1, ["budget"], b"v")
    store.neighbours.clear()
    assert store.neighbours.total() == 0
    assert store.neighbours.candidates(["budget"]) == ()
    assert store.neighbours.frequencies(["budget"]) == {"budget": 0}
    store.neighbours.add(2, ["budget"], b"v")
    assert store.neighbours.frequencies(["budget"]) == {"budget": 1}


def test_term_hashes_fit_32_bits_and_never_change():
    assert term_hash("budget") == 0x73F2F77B
    assert term_hash("\ud800") < 2**32


acts = st.lists(
    st.tuples(
        st.sampled_from(("add", "add", "add", "remove", "recount", "roll back")),
        st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True),
        st.lists(st.sampled_from(TERMS), max_size=5),
    ),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(acts, st.booleans())
def test_it_equals_a_dictionary(given_acts, together):
    """After any acts; a removal counts anew at this size, so that frequencies are exact but for edits."""
    known: dict[int, set[str]] = {}
    with Store.open(":memory:") as store:
        neighbours = store.neighbours
        for act, ids, terms in given_acts:
            if act == "add":
                neighbours.add_all((id, terms, bytes([id])) for id in ids)
                known |= {id: set(terms) for id in ids}
            elif act == "remove":
                neighbours.remove(ids)
                known = {id: held for id, held in known.items() if id not in ids}
            elif act == "recount":
                neighbours.recount()
            else:
                _rolled_back(store, ids, terms)
            assert neighbours.total() == len(known)
        for term in TERMS:
            holders = sorted((id for id, held in known.items() if term in held), reverse=True)
            assert list(neighbours.candidates([term])) == holders
        counts = neighbours.frequencies(TERMS)
        exact = Counter(term for held in known.values() for term in held)
        assert all(counts[term] >= exact[term] for term in TERMS)
        neighbours.recount()
        assert neighbours.frequencies(TERMS) == {term: exact[term] for term in TERMS}
        assert neighbours.vectors(range(10)) == {id: bytes([id]) for id in known}


def _rolled_back(store, ids, terms):
    def failing():
        with store.transaction():
            store.neighbours.add_all((id, terms, b"") for id in ids)
            store.db.run("SELECT no_such_thing")

    with pytest.raises(StoreError):
        failing()


def test_what_is_remembered_in_a_transaction_is_what_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "library.db"

    def told(store: Store) -> list[object]:
        words = [f"w{n}" for n in range(12)]
        found = [store.neighbours.candidates([word], floor, 5) for word in words for floor in (0, 7, 3)]
        return [found, store.neighbours.frequencies(words)]

    with Store.open(path) as store, Store.open(path) as other:
        for step in range(12):
            writer = other if step % 4 == 3 else store
            before = told(writer)
            with writer.transaction():
                assert told(writer) == before
                new = range(step * 5 + 1, step * 5 + 6)
                writer.neighbours.add_all((n, [f"w{n % 7}", f"w{n % 12}", f"w{step}"], b"v") for n in new)
                if step % 3 == 2:
                    writer.neighbours.remove([step * 3])
                    writer.neighbours.add(2, ["w1", "w9"], b"v")
                remembered = told(writer)
                writer.neighbours.flush()
                assert told(writer) == remembered
                writer.neighbours.forget()
                assert told(writer) == remembered
            assert told(writer) == remembered
        with suppress(ZeroDivisionError), store.transaction():
            store.neighbours.add(900, ["w1"], b"v")
            told(store)
            raise ZeroDivisionError
        with store.transaction():
            assert told(store) == remembered
