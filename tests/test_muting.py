"""Rules that hide: out of every list and counter, with a reason, and back as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader import library, refresh
from reader.config import Config
from reader.model import Entry, Mute, ParsedFeed, View
from reader.store import Store

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
SPORT, CUP = Mute("Sport", "topic:sport"), Mute("Cup", "title:cup")


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


def add(store, *titles, feed="one", hours=0, guid="", **fields):
    known = store.feeds.add(f"https://{feed}.example/feed", title=feed)[0]
    entries = tuple(
        Entry(
            title=t, guid=guid or t, html="<p>text</p>", published=NOW - timedelta(hours=hours + n), **fields
        )
        for n, t in enumerate(titles)
    )
    saved = library.ingest(store, known, ParsedFeed(title=feed, entries=entries), now=NOW)
    return saved.new or saved.updated


def shown(store, **view):
    return {row.title for row in store.lists.rows(store.lists.ids(View(**view)))}


def test_hidden_is_out_of_lists_counters_and_topics_and_comes_back_as_it_was(store):
    ids = add(store, "The Cup final", "A cup of tea", "Rain", categories=("Sport",))
    store.marks.read(ids[:1])
    before = (
        store.lists.counts(),
        store.lists.topics(),
        list(store.lists.ids(View())),
        [f.unread for f in store.feeds.all()],
    )
    library.apply_mutes(store, (CUP,), NOW)
    assert shown(store) == {"Rain"}
    assert shown(store, topic="Sport") == {"Rain"}
    assert shown(store, search="cup") == set()
    assert store.lists.counts().total == 1
    assert [topic.total for topic in store.lists.topics()] == [1]
    assert [row.title for row in store.lists.ticker(View())] == ["Rain"]
    assert shown(store, search="hidden") == {"The Cup final", "A cup of tea"}
    assert shown(store, search="hidden topic:sport tea") == {"A cup of tea"}
    assert [row.hidden for row in store.lists.rows(ids)].count(True) == 2
    cup = next(row.id for row in store.lists.rows(ids) if row.title == "A cup of tea")
    assert store.hidden.why(cup) == CUP
    assert store.articles.get(cup).headline.hidden
    assert not library.mutes_changed(store, (CUP,), NOW)
    library.apply_mutes(store, (), NOW)
    after = (
        store.lists.counts(),
        store.lists.topics(),
        list(store.lists.ids(View())),
        [f.unread for f in store.feeds.all()],
    )
    assert after == before
    assert store.hidden.why(cup) is None


def test_a_rule_ends(store):
    add(store, "A cup of tea")
    rule = replace(CUP, until=NOW + timedelta(days=7))
    library.apply_mutes(store, (rule,), NOW)
    assert not shown(store)
    later = NOW + timedelta(days=7)
    assert library.mutes_changed(store, (rule,), later)
    library.apply_mutes(store, (rule,), later)
    assert shown(store) == {"A cup of tea"}


def test_what_one_rule_lets_go_another_may_still_hide(store):
    add(store, "The cup", "Tea", categories=("Sport",))
    tea = Mute("Tea", "tea")
    library.apply_mutes(store, (SPORT, CUP, tea), NOW)
    assert store.hidden.counts() == {1: 2}
    library.apply_mutes(store, (CUP, tea), NOW)
    assert not shown(store)
    assert {rule.name: store.hidden.counts()[number] for rule, number in store.hidden.rules().items()} == {
        "Cup": 1,
        "Tea": 1,
    }
    library.apply_mutes(store, (CUP,), NOW)
    assert shown(store) == {"Tea"}
    library.apply_mutes(store, (CUP, SPORT), NOW)
    assert not shown(store)
    library.apply_mutes(store, (CUP,), NOW)
    assert shown(store) == {"Tea"}


def test_what_comes_later_is_hidden_and_an_edit_is_looked_at_anew(store):
    library.apply_mutes(store, (CUP,), NOW)
    first = add(store, "The cup", guid="a")
    other = add(store, "Rain", guid="b", hours=1)
    assert library.mute(store, [*first, *other]) == 1
    assert shown(store) == {"Rain"}
    assert add(store, "Tea in the afternoon", guid="a") == first
    assert library.mute(store, first) == 0
    assert shown(store) == {"Rain", "Tea in the afternoon"}
    assert add(store, "Rain at the cup", guid="b", hours=1) == other
    assert library.mute(store, other) == 1
    assert shown(store) == {"Tea in the afternoon"}


def test_what_is_starred_is_never_hidden(store):
    one, two = add(store, "The cup", "Another cup")
    store.marks.star([one])
    assert list(library.would_hide(store, CUP.query, NOW)) == [two]
    library.apply_mutes(store, (CUP,), NOW)
    assert list(store.lists.ids(View())) == [one]


def test_a_dry_run_looks_at_the_last_week_and_hides_nothing(store):
    add(store, "The cup", "A cup")
    add(store, "An old cup", hours=24 * 8)
    assert len(library.would_hide(store, "cup", NOW)) == 2
    assert len(shown(store)) == 3


def test_a_story_does_without_its_hidden_reports_and_gets_them_back(store):
    (one,), (two,), (three,) = (add(store, f"Report {n}", feed=n) for n in ("one", "two", "three"))
    store.stories.put((one, two, three), one)
    assert [row.others for row in store.lists.rows((one,))] == [2]
    library.apply_mutes(store, (Mute("Two", "source:two"),), NOW)
    assert [row.others for row in store.lists.rows((one,))] == [1]
    assert set(store.lists.story(one)) == {one, three}
    library.apply_mutes(store, (Mute("Both", "source:two OR source:three"),), NOW)
    assert [row.others for row in store.lists.rows((one,))] == [0]
    assert store.db.rows("SELECT * FROM story") == []
    library.apply_mutes(store, (), NOW)
    assert set(store.lists.story(one)) == {one, two, three}
    assert [row.others for row in store.lists.rows((one,))] == [2]


def test_related_news_leaves_hidden_articles_out(store):
    text = {"html": "<p>" + "Angkor temple restoration Siem Reap ministry culture " * 5 + "</p>"}
    known = [store.feeds.add(f"https://{n}.example/f", title=n)[0] for n in ("one", "two")]
    ids = []
    for n, feed in enumerate(known):
        entry = Entry(title=f"Angkor temple restoration in Siem Reap {n}", guid=str(n), published=NOW, **text)
        ids += library.ingest(store, feed, ParsedFeed(entries=(entry,)), now=NOW).new
    assert [item.headline.id for item in library.related(store, ids[0])] == ids[1:]
    library.apply_mutes(store, (Mute("Two", "source:two"),), NOW)
    assert library.related(store, ids[0]) == ()


def test_a_hidden_article_goes_with_its_feed(store):
    add(store, "The cup", categories=("Sport",))
    library.apply_mutes(store, (CUP,), NOW)
    store.feeds.remove(store.feeds.all()[0].id)
    for table in ("hidden", "hidden_topic", "article"):
        assert store.db.value(f"SELECT count(*) FROM {table}") == 0


async def test_a_refresh_hides_what_it_brings(store, tmp_path):
    library.apply_mutes(store, (CUP,), NOW)
    items = "".join(f"<item><title>{t}</title><guid>{t}</guid></item>" for t in ("The cup", "Rain"))
    file = tmp_path / "news.xml"
    file.write_text(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')
    feed = store.feeds.add(str(file), local=True)[0]
    config = Config(path=tmp_path / "config.toml", library=tmp_path / "library.db")
    results = [result async for result in refresh.run(store, [feed], config, force=True)]
    assert [(result.new, result.error) for result in results] == [(2, "")]
    assert shown(store) == {"Rain"}
    assert shown(store, search="hidden") == {"The cup"}
