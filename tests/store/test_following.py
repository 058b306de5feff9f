"""Followed stories: by any of their articles, through merges and removals, until they are quiet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.model import View
from tests.store.shelf import NOW


@pytest.fixture
def told(store, news):
    """The six newest articles; three of them tell one story, the next two another."""
    store.stories.put(news[:3], news[2])
    store.stories.put(news[3:5], news[4])
    return news[:6]


def followed(store, now=NOW):
    return [(story.reports, story.unread) for story in store.following.all(now)]


def asked(store):
    return list(store.lists.ids(View(filter="followed")))


def test_a_story_is_followed_by_any_of_its_articles(store, told):
    assert store.following.follow(told[1], NOW)
    assert followed(store) == [(3, 3)]
    assert asked(store) == told[:3]
    assert not store.following.follow(told[0], NOW), "it is followed already"
    store.marks.read(told[:1])
    assert followed(store) == [(3, 2)]
    assert store.following.leave(told[2]) == (told[1],)
    assert followed(store) == []
    assert asked(store) == []


def test_an_article_without_a_story_is_followed_and_the_story_it_comes_to_tell(store, told, news):
    store.following.follow(told[5], NOW)
    assert followed(store) == [(1, 1)]
    assert asked(store) == [told[5]]
    store.stories.put((told[5], news[7]), told[5])
    assert followed(store) == [(2, 2)]
    store.stories.put((told[5], news[7]), told[4])
    assert followed(store) == [(4, 4)]
    assert not store.following.follow(99_999, NOW), "an article that is gone"


def test_the_one_with_the_latest_report_comes_first(store, told):
    store.following.follow(told[4], NOW)
    store.following.follow(told[2], NOW)
    assert followed(store) == [(3, 3), (2, 2)]


def test_a_story_outlives_the_article_by_which_it_is_followed(store, told):
    store.following.follow(told[1], NOW)
    store.articles.remove([told[1]])
    assert followed(store) == [(2, 2)]
    store.articles.remove(told[:3])
    assert followed(store) == []
    assert store.db.value("SELECT count(*) FROM followed") == 0


def test_what_is_quiet_for_a_week_ends_by_itself(store, told):
    store.following.follow(told[0], NOW)
    week = timedelta(days=7)
    assert followed(store, NOW + week) == [(3, 3)]
    assert store.following.end_quiet(NOW + week) == 0
    assert followed(store, NOW + week + timedelta(hours=1)) == []
    assert store.following.end_quiet(NOW + week + timedelta(hours=1)) == 1
    assert asked(store) == []


def test_one_followed_today_is_not_over_however_old_its_reports(store, told):
    store.following.follow(told[0], NOW + timedelta(days=30))
    assert followed(store, NOW + timedelta(days=31)) == [(3, 3)]
