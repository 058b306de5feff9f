"""How long articles stay, and what happens to the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader import library
from reader.config import Config, load
from reader.library.keeping import tidy
from reader.model import Entry, ParsedFeed, View
from reader.store import Store

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = "https://wire.example/feed"


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


def settings(tmp_path: Path, text: str) -> Config:
    (tmp_path / "config.toml").write_text(text)
    return load(tmp_path / "config.toml", tmp_path / "library.db")


def entries(*days: int) -> ParsedFeed:
    """Return a feed with an article of each of so many days ago, with words of its own."""
    return ParsedFeed(
        title="The Wire",
        entries=tuple(
            Entry(
                title=f"Event number {day}",
                guid=str(day),
                published=NOW - timedelta(days=day),
                html=f"<p>{'word' + str(day)} happened.</p>",
            )
            for day in days
        ),
    )


def bring(store: Store, *days: int, seen: datetime | None = None) -> list[int]:
    """Let the feed bring articles; `seen` at which time, else on their days. Returns them, oldest first."""
    feed, _ = store.feeds.add(URL, title="The Wire")
    for day in sorted(days, reverse=True):
        library.ingest(store, feed, entries(day), now=seen or NOW - timedelta(days=day))
    return list(reversed(store.lists.ids(View())))


def left(store: Store) -> list[str]:
    return [row.title.split()[-1] for row in store.lists.rows(store.lists.ids(View()))]


def read(store: Store, ids: list[int], days: int) -> None:
    """Mark articles read so many days ago."""
    store.marks.read(ids)
    store.db.run("UPDATE state SET read = ? WHERE read > 0", (int((NOW - timedelta(days=days)).timestamp()),))


def test_articles_stay_for_ever_unless_told_otherwise(store, tmp_path):
    read(store, bring(store, 900, 5), 800)
    assert tidy(store, settings(tmp_path, ""), NOW).articles == 0
    assert left(store) == ["5", "900"]


def test_what_was_read_goes_after_so_many_days_and_does_not_come_back(store, tmp_path):
    read(store, bring(store, 40, 35, 20), 31)
    config = settings(tmp_path, "[keep]\ndays = 30\n")
    assert tidy(store, config, NOW).articles == 2
    assert left(store) == ["20"]
    (feed,) = store.feeds.all()
    library.ingest(store, feed, entries(40, 35, 20), now=NOW)
    assert left(store) == ["20"]
    assert store.lists.ids(View(search="word35")) == store.lists.ids(View(search="nothing"))
    assert store.problems() == ()


def test_unread_ones_stay_where_they_shall(store, tmp_path):
    bring(store, 40, 20)
    assert tidy(store, settings(tmp_path, "[keep]\ndays = 30\n"), NOW).articles == 0
    assert tidy(store, settings(tmp_path, "[keep]\ndays = 30\nunread = false\n"), NOW).articles == 1


def test_starred_ones_always_stay(store, tmp_path):
    ids = bring(store, 60, 50, 40)
    read(store, ids, 39)
    store.marks.star(ids[:1], True)
    assert tidy(store, settings(tmp_path, "[keep]\ndays = 1\narticles = 1\n"), NOW).articles == 2
    assert left(store) == ["60"]


def test_an_old_article_counts_from_when_it_came_and_was_read(store, tmp_path):
    ids = bring(store, 400, 300, seen=NOW - timedelta(days=3))
    config = settings(tmp_path, "[keep]\ndays = 10\nunread = false\n")
    assert tidy(store, config, NOW).articles == 0
    read(store, ids[:1], 1)
    assert tidy(store, config, NOW + timedelta(days=8)).articles == 1
    assert left(store) == ["400"], "it was read nine days ago, the other came eleven days ago"


def test_the_oldest_of_many_go_the_newest_stay(store, tmp_path):
    read(store, bring(store, 5, 4, 3, 2, 1), 0)
    assert tidy(store, settings(tmp_path, "[keep]\narticles = 2\n"), NOW).articles == 3
    assert left(store) == ["1", "2"]


def test_a_feed_may_say_otherwise(store, tmp_path):
    read(store, bring(store, 40, 20), 20)
    own = f'[feeds."{URL}"]\nkeep_days = 0\n'
    assert tidy(store, settings(tmp_path, f"[keep]\ndays = 10\n{own}"), NOW).articles == 0
    own = f'[feeds."{URL}"]\nkeep_days = 30\n'
    assert tidy(store, settings(tmp_path, own), NOW).articles == 0
    own = f'[feeds."{URL}"]\nkeep_articles = 1\n'
    assert tidy(store, settings(tmp_path, own), NOW).articles == 1


def test_once_a_day_is_enough_and_a_clock_that_went_back_does_not_stop_it(store, tmp_path):
    config = settings(tmp_path, "[keep]\ndays = 10\n")
    read(store, bring(store, 40), 30)
    assert tidy(store, config, NOW, due=True).articles == 1
    read(store, bring(store, 41), 30)
    assert tidy(store, config, NOW + timedelta(hours=23), due=True).articles == 0
    assert tidy(store, config, NOW + timedelta(hours=25), due=True).articles == 1
    read(store, bring(store, 42), 30)
    assert tidy(store, config, NOW - timedelta(days=4), due=True).articles == 1


def test_the_file_shrinks(store, tmp_path):
    feed, _ = store.feeds.add(URL, title="The Wire")
    many = replace(
        entries(),
        entries=tuple(
            Entry(title=f"Event {n}", guid=str(n), html=f"<p>{' '.join(f'w{n}x{k}' for k in range(400))}</p>")
            for n in range(400)
        ),
    )
    library.ingest(store, feed, many, now=NOW - timedelta(days=30))
    read(store, list(store.lists.ids(View())), 20)
    size = store.db.value("PRAGMA page_count") * 4096
    done = tidy(store, settings(tmp_path, "[keep]\ndays = 10\n"), NOW)
    assert done.articles == 400
    assert done.bytes > size / 2
    assert (tmp_path / "library.db").stat().st_size < size / 2
    assert not (tmp_path / "library.db-wal").stat().st_size
    assert store.problems() == ()


def test_the_lead_of_a_story_may_go_and_another_leads(store, tmp_path):
    for number in range(3):
        feed, _ = store.feeds.add(f"https://{number}.example/feed", title=f"Source {number}")
        told = Entry(
            title="Lisbon floods force thousands from homes",
            guid="1",
            published=NOW - timedelta(days=20 - number),
            html="<p>Heavy rain flooded Lisbon on Monday, mayor Carlos Moedas said. Trains stopped.</p>",
        )
        seen = NOW - timedelta(days=20 - number)
        library.ingest(store, feed, ParsedFeed(title="x", entries=(told,)), now=seen)
    ids = list(store.lists.ids(View()))
    story, lead = store.stories.leads(ids)[ids[0]]
    read(store, [lead], 15)
    assert tidy(store, settings(tmp_path, "[keep]\ndays = 10\n"), NOW).articles == 1
    rest = [id for id in ids if id != lead]
    assert list(store.lists.ids(View())) == rest
    assert store.stories.leads(rest)[rest[0]][1] in rest
    assert store.lists.rows(rest)[0].others == 1
    assert story


def test_followed_stories_stay_until_they_are_over(store, tmp_path):
    ids = bring(store, 30, 20)
    read(store, ids, 15)
    store.following.follow(ids[0], NOW)
    config = settings(tmp_path, "[keep]\ndays = 10\n")
    assert tidy(store, config, NOW).articles == 1
    assert left(store) == ["30"]
    assert tidy(store, config, NOW + timedelta(days=8)).articles == 1
