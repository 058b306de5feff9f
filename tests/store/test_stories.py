"""Stories in the library: their rows, their leads, the grouped list, and what the reader takes apart."""

from datetime import timedelta

import pytest

from reader.model import View
from tests.store.shelf import NOW

GROUPED = View(grouped=True)


def story_of(store, id):
    return store.stories.of([id]).get(id, 0)


def test_a_grouped_list_shows_each_story_once_by_its_lead(store, news):
    store.stories.put(news[1:4], news[3])
    store.stories.set_lead(news[3], news[2])
    assert list(store.lists.ids(GROUPED))[:4] == [news[0], news[2], news[4], news[5]]
    assert list(store.lists.ids(GROUPED, 3)) == [news[0], news[2], news[4]]
    assert len(store.lists.ids(GROUPED)) == len(news) - 2


def test_a_story_whose_lead_is_not_in_the_view_is_shown_by_its_newest(store, news):
    store.stories.put(news[1:4], news[3])
    store.marks.read([news[3]])
    unread = View(grouped=True, unread=True)
    assert list(store.lists.ids(unread))[:3] == [news[0], news[1], news[4]]
    assert list(store.lists.ids(unread, 3)) == [news[0], news[1], news[4]]


def test_the_beginning_of_a_grouped_list_is_that_of_the_whole(store, news):
    store.stories.put([news[0], news[20]], news[20])
    for limit in (1, 5, 25):
        assert list(store.lists.ids(GROUPED, limit)) == list(store.lists.ids(GROUPED))[:limit]


def test_big_stories_leave_the_beginning_of_a_grouped_list_full(store, news):
    store.stories.put(news[:20], news[19])
    store.stories.set_lead(news[19], news[19])
    assert list(store.lists.ids(GROUPED, 3)) == list(store.lists.ids(GROUPED))[:3] == news[19:22]


def test_a_lead_that_was_just_read_keeps_its_story_together(store, news):
    store.stories.put([news[0], news[20]], news[20])
    store.stories.set_lead(news[20], news[20])
    store.marks.read([news[20]])
    view = View(grouped=True, unread=True, keep=news[20])
    assert list(store.lists.ids(view, 4)) == list(store.lists.ids(view))[:4] == [news[20], *news[1:4]]


def test_marking_all_of_a_grouped_list_marks_the_stories_whole(store, news):
    store.stories.put(news[1:4], news[3])
    assert len(store.marks.read_all(GROUPED)) == len(news)
    with pytest.raises(ValueError, match="by their ids"):
        store.marks.read_all(View(top=True))


def test_a_story_that_loses_its_lead_gets_another_and_one_article_is_no_story(store, news):
    store.stories.put(news[1:4], news[3])
    store.articles.remove([news[3]])
    lead, other = sorted(news[1:3])
    assert set(store.lists.ids(GROUPED)) & {lead, other} == {lead}
    store.articles.remove([lead])
    assert story_of(store, other) == 0
    assert other in store.lists.ids(GROUPED)
    assert store.db.rows("SELECT * FROM story") == []


def test_what_the_reader_takes_out_of_a_story_stands_alone_and_may_not_come_back(store, news):
    store.stories.put(news[1:5], news[4])
    assert store.stories.part([news[2]])
    assert story_of(store, news[2]) == 0
    assert store.lists.story(news[1]) == (news[1], news[3], news[4])
    assert store.stories.apart([news[2]]) == {news[1], news[3], news[4]}
    assert store.stories.apart([news[1]]) == {news[2]}


def test_a_story_without_its_founder_goes_on_under_another_number(store, news):
    store.stories.put(news[1:5], news[4])
    assert store.stories.part([news[4], news[1]])
    assert store.lists.story(news[1]) == (news[1], news[4])
    assert store.lists.story(news[2]) == (news[2], news[3])
    assert len({story_of(store, id) for id in news[1:5]} - {0}) == 2


def test_a_whole_story_comes_apart_into_single_articles(store, news):
    store.stories.put(news[1:4], news[3])
    assert store.stories.part(news[1:4]) == 0
    assert store.stories.part(news[1:4], each=True)
    assert store.stories.of(news[1:4]) == {}
    assert store.stories.apart([news[1]]) == {news[2], news[3]}


def test_taking_apart_can_be_taken_back(store, news):
    store.stories.put(news[1:5], news[4])
    act = store.stories.part([news[4]])
    store.stories.rejoin(act)
    assert store.lists.story(news[2]) == tuple(news[1:5])
    assert store.stories.apart(news[1:5]) == frozenset()
    assert store.stories.part([news[9]]) == 0


def test_a_story_remembers_who_tells_it_and_since_when(store, news):
    store.stories.put(news[1:4], news[3])
    (found,) = store.stories.covered(NOW - timedelta(days=3_000))
    assert (found.story, found.lead) == (news[3], news[3])
    assert [report[0] for report in found.reports] == sorted(news[1:4])
    assert store.stories.covered(NOW + timedelta(days=1)) == []
    feeds = {feed for _, feed, _ in found.reports}
    outputs = store.stories.outputs(feeds, NOW - timedelta(days=3_000))
    assert outputs == {feed.id: feed.total for feed in store.feeds.all() if feed.id in feeds}


def test_an_act_is_found_by_either_side_of_it(store, news):
    store.stories.put(news[1:5], news[4])
    first = store.stories.part([news[1]])
    second = store.stories.part([news[2]])
    assert [store.stories.division(id) for id in news[1:5]] == [first, second, second, second]
    assert store.stories.division(news[9]) == 0


def test_what_a_later_act_took_out_stays_out(store, news):
    store.stories.put(news[1:5], news[4])
    first = store.stories.part(news[1:3])
    store.stories.part([news[2]])
    assert store.stories.rejoin(first) == tuple(sorted([news[1], *news[3:5]]))
    assert story_of(store, news[2]) == 0
    assert store.stories.apart([news[1]]) == {news[2]}


def test_what_joined_a_part_comes_back_with_it_and_what_was_parted_from_the_rest_does_not(store, news):
    store.stories.put(news[1:6], news[5])
    store.stories.part([news[5]])
    act = store.stories.part(news[1:3])
    founder = story_of(store, news[1])
    store.stories.put([news[0], news[5]], founder)
    assert set(store.stories.rejoin(act)) == {*news[:5]}
    assert story_of(store, news[5]) == 0
    assert news[5] in store.stories.apart([news[1]])


def test_an_article_that_tells_another_story_by_now_leaves_that_one_behind(store, news):
    store.stories.put(news[1:4], news[3])
    act = store.stories.part([news[1]])
    store.stories.put([news[1], *news[6:8]], news[7])
    assert set(store.stories.rejoin(act)) == set(news[1:4])
    assert store.lists.story(news[6]) == tuple(news[6:8])


def test_a_story_has_the_number_of_an_article_of_its_own(store, news):
    store.stories.put(news[1:6], news[5])
    first = store.stories.part(news[1:3])
    store.stories.part([news[5]])
    store.stories.rejoin(first)
    assert store.lists.story(news[1]) == tuple(news[1:5])
    assert story_of(store, news[1]) == min(news[1:5])
    store.stories.put([news[5], news[9]], news[5])
    assert store.lists.story(news[9]) == (news[5], news[9])


def test_an_act_whose_articles_are_gone_changes_nothing(store, news):
    store.stories.put(news[1:4], news[3])
    act = store.stories.part([news[1]])
    store.articles.remove(news[1:4])
    assert store.stories.rejoin(act) == ()
    assert store.db.rows("SELECT * FROM apart") == []
