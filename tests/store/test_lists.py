"""What the desk shows: lists, rows, ticker, topics, counts, stories, marks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reader.model import Counts, Headline, View
from reader.store import lists
from reader.store.views import HITS_MAX, listing
from tests.store.shelf import NOW, entry, put, titles


def test_newest_first_and_by_page(store, news):
    assert titles(store, news) == [f"Headline {n}" for n in range(30)]
    assert list(store.lists.ids(View(), 7)) == news[:7]
    assert [row.id for row in store.lists.rows(news[20:25])] == news[20:25]


def test_rows_come_in_the_order_asked_for_and_without_those_that_are_gone(store, news):
    assert [row.id for row in store.lists.rows([news[3], 999, news[1]])] == [news[3], news[1]]
    assert store.lists.rows([]) == []


def test_each_field_narrows(store, news, feed):
    lists = store.lists
    store.marks.read(news[::2])
    store.marks.star(news[4:6])
    assert {row.feed for row in lists.rows(lists.ids(View(feed=feed.id)))} == {feed.id}
    assert list(lists.ids(View(unread=True))) == news[1::2]
    assert list(lists.ids(View(starred=True))) == news[4:6]
    assert list(lists.ids(View(starred=True, unread=True))) == news[5:6]
    assert all("Sport" in row.topics for row in lists.rows(lists.ids(View(topic="Sport"))))
    assert list(lists.ids(View(topic="sport"))) == list(lists.ids(View(topic="Sport")))
    assert list(lists.ids(View(since=NOW - timedelta(hours=3)))) == news[:4]
    assert list(lists.ids(View(filter="HEADLINE zeit"))) == news[2::3]
    assert len(lists.ids(View(search="budget "))) == 15
    assert list(lists.ids(View(topic="Sport", feed=feed.id, unread=True, search="budget ", filter="wire")))


def test_what_does_not_exist_shows_nothing(store, news):
    assert not store.lists.ids(View(topic="No such"))
    assert not store.lists.ids(View(feed=77))
    assert not store.lists.ids(View(filter="nowhere"))


def test_a_filter_takes_signs_for_what_they_are_and_folds_every_script(store, feed):
    put(
        store,
        feed,
        *[entry(n, title=t) for n, t in enumerate(("100% sure_thing", "Straße ΣΊΣΥΦΟΣ", "It’s ЁЖИК"))],
    )
    for text, found in (
        ("%", 1),
        ("_", 1),
        ("0% s", 1),
        ("\\", 0),
        ("STRASSE", 1),
        ("σίσυφοσ", 1),
        ("ёжик IT’S", 1),
    ):
        assert len(store.lists.ids(View(filter=text))) == found, text


def test_the_article_just_read_stays_where_it_stood(store, news, feed):
    store.marks.read(news[5:8])
    view = View(unread=True, keep=news[6])
    assert list(store.lists.ids(view)) == news[:5] + news[6:7] + news[8:]
    assert list(store.lists.ids(view, 6)) == news[:5] + news[6:7]
    assert list(store.lists.ids(view, 5)) == news[:5]
    store.marks.read(news)
    assert list(store.lists.ids(view)) == [news[6]]
    assert list(store.lists.ids(replace(view, starred=True, unread=False))) == [news[6]]
    assert not store.lists.ids(replace(view, filter="nowhere"))
    assert not store.lists.ids(replace(view, feed=99))
    assert not store.lists.ids(View(unread=True, keep=12345))


def test_the_topic_bar_has_the_readers_own_first_then_the_ones_with_most_articles(store, feed):
    given = (["Sport"], ["Mekong"], ["World"], ["Angkor", "Mekong"], ["Sport"])
    for n, topics in enumerate(given):
        put(store, feed, entry(n), topics=topics)
    assert [topic.name for topic in store.lists.topics()] == ["Mekong", "Angkor", "Sport", "World"]
    assert [topic.own for topic in store.lists.topics()] == [True, True, False, False]


def test_counts_follow_every_mark(store, news, feed):
    store.feeds.failed(feed.id, "no answer", NOW, NOW)
    assert store.lists.counts() == Counts(unread=30, total=30, feeds=3, failing=1)
    world = {t.name: (t.unread, t.total) for t in store.lists.topics()}
    assert world == {"World": (21, 21), "Sport": (9, 9)}
    store.marks.read(list(store.lists.ids(View(topic="Sport"))))
    assert {t.name: t.unread for t in store.lists.topics()} == {"World": 12, "Sport": 0}
    assert store.lists.counts().unread == 21
    assert sum(f.unread for f in store.feeds.all()) == 21
    store.marks.read(news, read=False)
    assert {t.name: t.unread for t in store.lists.topics()} == {"World": 21, "Sport": 9}


def test_marks_say_what_they_changed_so_that_it_can_be_undone(store, news):
    assert set(store.marks.read(news[:3])) == set(news[:3])
    changed = store.marks.read([*news[2:5], 999])
    assert set(changed) == set(news[3:5])
    assert store.marks.read([]) == ()
    store.marks.read(changed, read=False)
    assert [row.read for row in store.lists.rows(news[:5])] == [True] * 3 + [False] * 2
    assert set(store.marks.star(news[:2])) == set(news[:2])
    assert store.marks.star(news[:2]) == ()
    assert store.marks.star(news[1:3], starred=False) == (news[1],)


def test_marking_all_read_touches_the_view_only(store, news, feed):
    store.marks.read(news[:1])
    view = View(topic="Sport", feed=feed.id, keep=news[0])
    shown = set(store.lists.ids(view))
    assert set(store.marks.read_all(view)) == shown - {news[0]}
    assert store.lists.counts().unread == 30 - len(shown | {news[0]})
    assert store.marks.read_all(view) == ()


def test_a_story_is_told_by_other_feeds(store, news, feed):
    store.stories.put(news[:5], news[4])
    rows = store.lists.rows(news[:6])
    assert [row.others for row in rows] == [2, 2, 2, 2, 2, 0]
    assert store.lists.story(news[2]) == tuple(news[:5])
    assert store.lists.story(news[9]) == (news[9],)
    assert store.lists.story(999) == ()
    assert store.stories.of(news[:6]) == dict.fromkeys(news[:5], news[4])
    store.feeds.remove(feed.id)
    assert [row.others for row in store.lists.rows(news[:5])] == [1, 1, 1]
    store.stories.put(news[:5], 0)
    assert [row.others for row in store.lists.rows(news[:5])] == [0, 0, 0]


def test_the_ticker_has_the_newest_unread_each_story_once(store, news):
    store.stories.put(news[1:4], news[3])
    store.marks.read(news[:1])
    ticker = [row.id for row in store.lists.ticker(View(), 5)]
    assert ticker == [news[3], news[4], news[5], news[6], news[7]]
    sport = View(topic="Sport")
    assert store.lists.ticker(sport, 3)[0].id == store.lists.ids(sport)[0]
    store.marks.read(news)
    assert [row.id for row in store.lists.ticker(View(), 3)] == [news[0], news[3], news[4]]
    assert [row.id for row in store.lists.ticker(View(keep=news[9], unread=True), 3)] == []


def test_a_feed_that_posts_much_leaves_room_in_the_ticker_for_the_others():
    def headline(id, feed):
        return Headline(id=id, feed=feed, source="", title="", published=NOW)

    rows = [*(headline(n, 1) for n in range(10)), headline(10, 2), headline(11, 3)]
    fair = [row.id for row in lists._fair(rows)]
    assert fair[:6] == [0, 1, 2, 3, 10, 11]
    assert fair[6:] == [4, 5, 6, 7, 8, 9]


def test_an_empty_library_shows_nothing_and_raises_nothing(store):
    assert list(store.lists.ids(View(search="x", topic="World", unread=True))) == []
    assert store.lists.ticker(View()) == []
    assert store.lists.topics() == ()
    assert store.lists.counts() == Counts()


PLANS = [
    View(),
    View(unread=True),
    View(starred=True),
    View(topic="World"),
    View(topic="World", unread=True),
    View(feed=1),
    View(feed=1, unread=True),
    View(since=NOW),
    View(topic="World", starred=True),
]


@pytest.mark.parametrize("view", PLANS, ids=repr)
def test_the_first_page_needs_no_sorting(store, news, view):
    sql, bindings = listing(store.lists._facts(view), 200)
    plan = " ".join(row[3] for row in store.db.rows(f"EXPLAIN QUERY PLAN {sql}", bindings))
    assert "TEMP B-TREE" not in plan, plan
    assert "SCAN" not in plan.replace("SCAN s USING", ""), plan


def test_a_search_shows_the_latest_hits_only(store, feed, monkeypatch):
    assert HITS_MAX >= 1000
    monkeypatch.setattr("reader.store.views.HITS_MAX", 3)
    monkeypatch.setattr("reader.store.lists.HITS_MAX", 3)
    monkeypatch.setattr("reader.store.views.PROBE_MAX", 0)
    put(store, feed, *[entry(n) for n in range(9)], text="budget")
    view = View(search="budget")
    assert titles(store, store.lists.ids(view)) == ["Headline 0", "Headline 1", "Headline 2"]
    assert [store.lists.cut(each) for each in (view, replace(view, grouped=True), View(query="budget"))] == [
        True
    ] * 3
    assert not any(store.lists.cut(each) for each in (View(), View(filter="head"), View(search="nothing")))
    assert (
        len(store.marks.read_all(view)) == 9
    )  # not the latest alone: they would leave unread what is not seen


NARROWED = [
    View(starred=True),
    View(topic="World"),
    View(feed=1),
    View(feed=1, unread=True),
    View(unread=True),
    View(topic="World", feed=1, unread=True),
    View(since=NOW - timedelta(hours=20)),
]


@pytest.mark.parametrize("view", NARROWED, ids=repr)
def test_what_few_a_search_may_find_changes_how_it_is_asked_but_not_what_it_finds(
    store, news, monkeypatch, view
):
    store.marks.read(news[:15:2])
    store.marks.star(news[3:20])
    plain = store.lists.ids(view)
    wanted = [id for id in news if id in plain and id in store.lists.ids(View(search="budget "))]
    monkeypatch.setattr("reader.store.views.PROBE_MAX", 0)
    for few in (0, 1_000):
        monkeypatch.setattr("reader.store.views.HELD_MAX", few)
        assert list(store.lists.ids(replace(view, search="budget "))) == wanted
    assert wanted


@pytest.mark.parametrize(
    "query",
    [
        "-budget ",
        "topic:Sport OR budget ",
        "-title:7 -match ",
        'source:Post OR "budget" ',
        "unread (starred OR -budget) ",
    ],
)
def test_the_beginning_of_a_list_is_the_same_when_only_the_newest_are_looked_at(
    store, news, monkeypatch, query
):
    store.marks.read(news[::5])
    whole = list(store.lists.ids(View(query=query)))
    for window in (1, 4, 9, 20, 1_000):
        monkeypatch.setattr(lists, "WINDOW", window)
        assert [list(store.lists.ids(View(query=query), limit)) for limit in range(6)] == [
            whole[:limit] for limit in range(6)
        ]
    assert len(whole) > 5
