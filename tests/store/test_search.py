"""The search finds what a reader means by what was typed, and nothing typed makes it fail."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.model import View
from reader.query import QueryError
from reader.store import Store
from tests.store.shelf import entry, put

TEXTS = {
    1: ("Minister resigns", "The interior minister resigned after the election."),
    2: ("Elections postponed", "Cambodia’s voters must wait. Budget talks go on."),
    3: ("Café Zoë reopens", "On Main Straße, of all places; C++ and 3.5 per cent."),
    4: ("日本語の見出し：首相が新計画を発表", "首相は計画を発表した。"),
    5: ("ភ្នំពេញ ថ្ងៃនេះ", "ព័ត៌មានប្រទេសកម្ពុជា"),
    6: ("The EU and the UN", "A go-between said “don’t stop”."),
    7: ("हिन्दी समाचार", "दिल्ली में बारिश"),
    8: ("대통령은 서울에서", "새 계획을 발표했다"),
}


@pytest.fixture(scope="module")
def library():
    with Store.open(":memory:") as store:
        feed = store.feeds.add("https://wire.example/feed")[0]
        store.feeds.tag(feed.id, ["Daily", "Far East"])
        for n, (title, text) in sorted(TEXTS.items(), reverse=True):
            put(store, feed, entry(n, title=title), text=text)
        yield store


def found(store, query):
    rows = store.lists.rows(store.lists.ids(View(search=query)))
    return {next(n for n, (title, _) in TEXTS.items() if title == row.title) for row in rows}


CASES = [
    ("minister", {1}),
    ("MINISTER election", {1}),
    ("minister budget", set()),
    ("election ", {1, 2}),  # singular and plural
    ("elections ", {1, 2}),
    ("resig", {1}),  # the beginning of a word, while nothing follows
    ("resig ", set()),
    ("resig minister", set()),
    ("r", {1, 3}),  # a short beginning: of headlines' words
    ("bu", set()),
    ("bud", set()),
    ("budg", {2}),
    ("eu", {6}),
    ("un ", {6}),
    ('"interior minister"', {1}),
    ('"minister interior"', set()),
    ('"budget talks', {2}),  # not closed yet
    ("election -budget", {1}),
    ('election -"interior minister"', {2}),
    ("-election", {3, 4, 5, 6, 7, 8}),
    ("-", set(TEXTS)),
    ("cambodia ", {2}),
    ("cambodia's ", {2}),
    ("minister's ", {1}),
    ("Cambodia’s", {2}),
    ("cafe zoe", {3}),
    ("CAFÉ ", {3}),
    ("strasse", {3}),
    ("straße ", {3}),
    ("3.5", {3}),
    ("c++", {3}),
    ("go-between", {6}),
    ("don't ", {6}),
    ("首相", {4}),
    ("首", {4}),
    ('"首"', {4}),
    ("首 計画", {4}),
    ("新計画", {4}),
    ("画計", set()),
    ("ភ្នំពេញ", {5}),
    ("កម្ពុជា", {5}),
    ("समाचार", {7}),
    ("बारिश ", {7}),
    ("대통령", {8}),
    ("계획 ", {8}),
    ("", set(TEXTS)),
    ("   ", set(TEXTS)),
    ('""', set(TEXTS)),
    ("!!! ???", set(TEXTS)),
    ("title:minister", {1}),
    ("title:election ", {2}),
    ('title:"EU and the UN"', {6}),
    ("-title:election election ", {1}),
    ("minister OR budget", {1, 2}),
    ("(minister OR budget) election ", {1, 2}),
    ("minister OR -election", {1, 3, 4, 5, 6, 7, 8}),
    ("-(minister OR -election)", {2}),
    ("minister OR !!!", {1}),
    ("elect*", {1, 2}),
    ("elect* rain", set()),
    ("is:unread minister", {1}),
    ("starred minister", set()),
    ("source:nowhere", set()),
    ("source:wire unread minister", {1}),
    ("tag:DAILY minister", {1}),
    ('tag:"far east" minister', {1}),
    ("tag:far minister", set()),
    ("tag:dai* minister", {1}),
    ("-tag:daily minister", set()),
    ("tag:none OR minister", {1}),
    ("NEAR(minister budget)", set()),
    ("min*ster", set()),
    ("^minister", {1}),
    ('mini"ster', set()),
]


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[repr(case[0]) for case in CASES])
def test_a_query_finds_what_is_meant(library, query, expected):
    assert found(library, query) == expected


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=40) | st.text('ab"-*:^(){}+ \0%ORNOTAND\ue000日ก', max_size=24))
@example('"')
@example('-"')
@example("a\0b")
@example("\ue000mi")
@example("AND")
@example("(" * 400)
@example("-" * 400)
@example('"a" ' * 500)
@example("\ud800")
def test_nothing_that_is_typed_raises_anything_but_what_is_wrong_with_it(library, query):
    with suppress(QueryError):
        assert found(library, query) <= set(TEXTS)


def test_hits_are_in_the_lists_order(store, feed, monkeypatch):
    monkeypatch.setattr("reader.store.views.PROBE_MAX", 0)
    for n in (3, 1, 4, 0, 2):
        put(store, feed, entry(n), text="budget")
    rows = store.lists.rows(store.lists.ids(View(search="budget")))
    assert [row.title for row in rows] == [f"Headline {n}" for n in range(5)]


def test_an_edit_is_found_by_its_new_words_only(store, feed):
    put(store, feed, entry(1, title="Old words"), text="former text")
    put(store, feed, entry(1, title="New words"), text="present text")
    for query, hits in (("old ", 0), ("former ", 0), ("new ", 1), ("present ", 1), ("ol", 0), ("ne", 1)):
        assert len(store.lists.ids(View(search=query))) == hits, query


def test_what_was_just_stored_is_found_within_the_transaction(store, feed):
    with store.transaction():
        put(store, feed, entry(1), text="budget")
        assert len(store.lists.ids(View(search="budget"))) == 1
