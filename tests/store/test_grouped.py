"""The grouped list whose stories come up again with each new report."""

import pytest

from reader.model import View

GROUPED = View(grouped=True)


def listed(found):
    rows, newest = found
    return list(zip(rows, newest, strict=True))


@pytest.fixture
def told(store, news):
    """Let the oldest of three articles, far down, lead the story whose newest report is the first of all."""
    story = [news[0], news[3], news[20]]
    store.stories.put(story, news[20])
    store.stories.set_lead(news[20], news[20])
    return story


def test_a_story_stands_by_its_lead_where_its_newest_report_does(store, news, told):
    rows = listed(store.lists.grouped(GROUPED))
    assert rows[:4] == [
        (news[20], news[0]),
        (news[1], news[1]),
        (news[2], news[2]),
        (news[4], news[4]),
    ]
    assert {row for row, _ in rows} == set(store.lists.ids(GROUPED))
    assert len(rows) == len(store.lists.ids(GROUPED))


def test_its_beginning_is_that_of_the_whole(store, news, told):
    for limit in (1, 2, 5, 25):
        assert listed(store.lists.grouped(GROUPED, limit)) == listed(store.lists.grouped(GROUPED))[:limit]
    store.stories.put(news[:20], news[19])
    assert listed(store.lists.grouped(GROUPED, 3)) == listed(store.lists.grouped(GROUPED))[:3]


def test_a_lead_that_is_not_shown_leaves_its_place_to_the_newest(store, news, told):
    store.marks.read([news[20], news[0]])
    rows = listed(store.lists.grouped(View(grouped=True, unread=True)))
    assert rows[:3] == [(news[1], news[1]), (news[2], news[2]), (news[3], news[3])]
    kept = View(grouped=True, unread=True, keep=news[20])
    assert (news[20], news[3]) in listed(store.lists.grouped(kept, 4))


def test_a_view_of_nothing_is_empty(store, news):
    assert listed(store.lists.grouped(View(grouped=True, topic="No such topic"))) == []
