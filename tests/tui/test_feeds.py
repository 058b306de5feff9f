"""The feeds screen: what it says of every subscription, and all that it changes and takes back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.config import load
from reader.config.bindings import same_key
from reader.edition import SAMPLES
from reader.model import View
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.desk.screen import Desk
from reader.tui.keys import FEED_KEYS, PRESETS, Key
from reader.tui.launch import edition_app
from reader.tui.panes.feedlist import FeedList
from reader.tui.screens.feedkeys import feed_keys, taken
from reader.tui.screens.feeds import FeedsScreen
from tests.server import Reply, Server
from tests.tui.desks import Reader, config, fill, reading, settle, shown

NOW = datetime.now(UTC)
OK = {"etag": "", "modified": "", "digest": b"", "title": "", "site": "", "due": NOW + timedelta(hours=1)}
RSS = (
    b'<rss version="2.0"><channel><title>Loopback</title>'
    b"<item><title>Fresh</title><guid>1</guid></item></channel></rss>"
)


def more(store: Store) -> None:
    """Feeds in every kind of trouble."""
    for feed in store.feeds.all():
        store.feeds.succeeded(feed.id, **OK, now=NOW - timedelta(minutes=5))  # type: ignore[arg-type]
    dead = store.feeds.add("https://dead.example/f", title="Dead Letter", topic="Politics")[0]
    store.feeds.succeeded(dead.id, **OK, now=NOW - timedelta(days=40))  # type: ignore[arg-type]
    for _ in range(3):
        store.feeds.failed(dead.id, "there is no such host", NOW + timedelta(hours=3), NOW)
    store.feeds.add("https://new.example/f", title="New Moon")
    store.feeds.add("https://off.example/f", title="Off Hours", paused=True)


@asynccontextmanager
async def feeds(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Reader]:
    """Open the feeds screen over a small library."""
    async with reading(folder, size=size, also=more) as reader:
        await reader.press("F")
        assert isinstance(reader.app.screen, FeedsScreen)
        yield reader


def here(reader: Reader) -> str:
    """Return the name of the feed under the cursor."""
    row = reader.app.screen.query_exactly_one(FeedList).selected
    return row.feed.title if row else ""


async def on(reader: Reader, name: str) -> None:
    """Put the cursor on a feed."""
    rows = reader.app.screen.query_exactly_one(FeedList)
    rows.select(reader.desk.shelf.store.feeds.find(name)[0].id)
    await settle(reader.pilot)


def line(reader: Reader, name: str) -> str:
    """Return the row of a feed."""
    return next(text for text in shown(reader).splitlines()[2:] if name in text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_feed_is_there_and_what_is_wrong_stands_out_in_words(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with feeds(tmp_path, size) as reader:
        assert "5 feeds · 1 failing" in shown(reader)
        assert "✗" in line(reader, "Dead Letter")
        assert "dead for" in line(reader, "Dead Letter")
        assert "not fetched yet" in line(reader, "New Moon")
        assert "‖ Off Hours" in line(reader, "Off Hours")
        assert "15" in line(reader, "Mekong Wire")
        assert re.search(r"\b\d+ min\b", line(reader, "Mekong Wire"))
        await on(reader, "Dead Letter")
        assert "✗ dead for" in shown(reader)
        assert "no such host" in shown(reader)
        assert "in 3 h: it failed 3 times in a row" in shown(reader)


async def test_enter_opens_a_feed_on_the_desk_and_escape_goes_back(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        await reader.press("escape")
        assert isinstance(reader.app.screen, Desk)
        await reader.press("F")
        await on(reader, "Delta Post")
        await reader.press("enter")
        feed = reader.desk.shelf.store.feeds.find("Delta Post")[0]
        assert reader.desk.view.feed == feed.id
        assert len(reader.desk.headlines.ids) == 15
        assert "Delta Post" in reader.text("status")
        await reader.press("escape")
        assert reader.desk.view.feed is None


async def test_typing_finds_sorting_sorts_and_trouble_is_shown_alone(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        await reader.press("/")
        await reader.type("dead pol")
        assert "1 of 5 feeds" in shown(reader)
        await reader.press("enter")
        assert here(reader) == "Dead Letter"
        await reader.press("escape")
        assert "5 feeds" in shown(reader)
        await reader.press("g")
        assert here(reader) == "Dead Letter"
        await reader.press("s")
        assert here(reader) == "Delta Post"
        await reader.press("s")
        assert here(reader) == "New Moon"
        await reader.press("s")
        assert here(reader) == "Dead Letter"
        await reader.press("!")
        assert "2 of 5 feeds" in shown(reader)
        await reader.press("escape")
        assert "5 feeds" in shown(reader)


async def test_the_cursor_goes_to_a_feed_that_is_added_or_brought_back(tmp_path: Path) -> None:
    with Server() as server:
        server.routes["/f"] = Reply(RSS)
        async with feeds(tmp_path) as reader:
            await reader.press("a")
            await reader.type(server.url("/f"))
            await reader.press("enter")
            await settle(reader.pilot)
            assert here(reader) == "Loopback"
            await reader.press("D")
            assert here(reader) != "Loopback"
            await reader.press("g", "u")
            assert here(reader) == "Loopback"


async def test_topics_that_differ_in_case_are_offered_once(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        reader.desk.shelf.store.feeds.add("https://w.example/f", topic="world")
        names = await reader.desk.topic_names()
        assert [name for name in names if name.casefold() == "world"] == ["World"]


async def test_tags_are_given_found_and_taken_back(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        store = reader.desk.shelf.store
        await on(reader, "Mekong Wire")
        await reader.press("#")
        await reader.type("daily, Far East,, daily")
        await reader.press("enter")
        assert store.feeds.find("Mekong Wire")[0].tags == ("daily", "Far East")
        assert "tags daily, Far East" in shown(reader)
        assert len(store.lists.ids(View(search='tag:"far east"'))) == 15
        await reader.press("/")
        await reader.type("far")
        assert "1 of 5 feeds" in shown(reader)
        await reader.press("escape", "#", "ctrl+u", "enter")
        assert store.feeds.find("Mekong Wire")[0].tags == ()
        await reader.press("u", "u")
        assert store.feeds.find("Mekong Wire")[0].tags == ()
        assert "taken back: Mekong Wire: daily, Far East" in shown(reader)


async def test_rename_topic_mute_pause_and_remove_are_done_and_taken_back(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        store = reader.desk.shelf.store
        await on(reader, "Mekong Wire")
        feed = store.feeds.find("Mekong Wire")[0]
        await reader.press("e", "ctrl+u")
        await reader.type("The River")
        await reader.press("enter")
        assert "The River" in line(reader, "The River")
        await reader.press("m")
        assert "muted" in line(reader, "The River")
        assert len(store.lists.ids(View())) == 15
        await reader.press("p")
        assert "paused" in line(reader, "The River")
        await reader.press("D")
        assert store.feeds.get(feed.id) is None
        assert "removed The River and its 15 articles" in shown(reader)
        assert "4 feeds" in shown(reader)
        for _ in range(4):
            await reader.press("u")
        assert store.feeds.get(feed.id) == feed
        await reader.press("u")
        assert "nothing to take back here" in shown(reader)


async def test_a_removed_feed_comes_back_by_the_desks_undo(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        await on(reader, "Mekong Wire")
        await reader.press("D", "escape")
        assert len(reader.desk.headlines.ids) == 15
        await reader.press("u")
        assert len(reader.desk.headlines.ids) == 29  # two tell one story
        await reader.press("m", "F", "u")
        assert "nothing to take back here" in shown(reader)


async def test_a_feed_is_put_under_a_topic_that_is_chosen_or_new(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        store = reader.desk.shelf.store
        await on(reader, "New Moon")
        await reader.press("t")
        await reader.type("heal")
        await reader.press("enter")
        await settle(reader.pilot)
        assert store.feeds.find("New Moon")[0].topic == "Health"
        await reader.press("t")
        await reader.type("a new topic")
        await reader.press("enter")
        await reader.type("Moons")
        await reader.press("enter")
        assert store.feeds.find("New Moon")[0].topic == "Moons"
        await reader.press("u", "u")
        assert store.feeds.find("New Moon")[0].topic == ""


async def test_interval_and_full_texts_are_written_into_the_config(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        await on(reader, "Mekong Wire")
        url = reader.desk.shelf.store.feeds.find("Mekong Wire")[0].url
        await reader.press("i")
        await reader.type("3")
        await reader.press("enter")
        assert "from 5 to 10080" in shown(reader)
        await reader.press("i")
        await reader.type("120")
        await reader.press("enter")
        await reader.press("x")
        stated = load(tmp_path / "config.toml").feeds[url]
        assert (stated.interval, stated.fulltext) == (120, "always")
        assert "every 120 min · full texts" in shown(reader)
        assert "in 2 h: every 2 h, as you have set for it" in shown(reader)
        await reader.press("u", "u")
        stated = load(tmp_path / "config.toml").feeds[url]
        assert (stated.interval, stated.fulltext) == (None, "")


async def test_a_page_with_several_feeds_lets_one_choose_and_a_list_says_what_it_refused(
    tmp_path: Path,
) -> None:
    opml = tmp_path / "mine.opml"
    with Server() as server:
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}">'
            for name in ("first", "second")
        )
        page = f"<html><head>{links}</head><body><p>Hello.</p></body></html>".encode()
        server.routes["/"] = Reply(page, headers={"Content-Type": "text/html"})
        server.routes["/second"] = Reply(RSS)
        opml.write_text(
            '<opml version="2.0"><body><outline text="N" xmlUrl="https://one.example/f"/>'
            '<outline text="Bad" xmlUrl="exec:rm"/></body></opml>'
        )
        async with feeds(tmp_path) as reader:
            await reader.press("a")
            await reader.type(server.url("/"))
            await reader.press("enter")
            assert "announces 2 feeds" in shown(reader)
            await reader.type("second")
            await reader.press("enter")
            await settle(reader.pilot)
            assert "subscribed to Loopback: 1 article" in shown(reader)
            assert "Loopback" in line(reader, "Loopback")
            await reader.press("a")
            await reader.type(str(opml))
            await reader.press("enter")
            assert "1 added, 1 refused: why" in shown(reader)
            assert "exec:rm" in shown(reader)
            await reader.press("escape")
            assert "one.example" in shown(reader) or "N" in line(reader, "N ")


async def test_the_mouse_chooses_sorts_and_opens(tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        rows = reader.app.screen.query_exactly_one(FeedList)
        await reader.pilot.click(rows, offset=(10, 2))
        await settle(reader.pilot)
        assert here(reader) == "Mekong Wire"
        head = reader.app.screen.query_one("#feeds-head")
        at = head.render_line(0).text.index("Unread")
        await reader.pilot.click(head, offset=(at, 0))
        await settle(reader.pilot)
        assert "most unread first" in shown(reader)
        footer = reader.app.screen.query_one("#footer")
        await reader.pilot.click(footer, offset=(footer.render_line(0).text.index("mute"), 0))
        await settle(reader.pilot)
        assert reader.desk.shelf.store.feeds.find(here(reader))[0].muted
        await reader.pilot.click(rows, offset=(10, 1), times=2)
        await settle(reader.pilot)
        assert reader.desk.view.feed is not None


async def test_a_click_on_what_is_known_of_a_feed_changes_it(tmp_path: Path) -> None:
    async with feeds(tmp_path, (80, 24)) as reader:
        about = "#feeds-about"

        async def click(words: str) -> None:
            rows = shown(reader).splitlines()
            row = next(at for at, text in enumerate(rows) if words in text)
            top = reader.app.screen.query_one(about).region.y
            await reader.pilot.click(about, offset=(rows[row].index(words) + 1, row - top))
            await settle(reader.pilot)

        await on(reader, "Mekong Wire")
        await click("in all news")
        assert "muted" in line(reader, "Mekong Wire")
        await click("usual visits")
        await reader.type("90")
        await reader.press("enter")
        await reader.press("j", "k")
        assert "every 90 min" in shown(reader)
        await click("texts on demand")
        await reader.press("j", "k")
        assert "full texts" in shown(reader)
        await click("no topic")
        assert "Which topic do the articles of Mekong Wire" in shown(reader)


async def test_what_a_feed_is_called_is_text(tmp_path: Path) -> None:
    def evil(store: Store) -> None:
        feed = store.feeds.add("https://evil.example/f", title="[@click=app.quit]Evil [b")[0]
        store.feeds.failed(feed.id, "[/sarcasm] \x1b[2J", NOW, NOW)

    async with reading(tmp_path, also=evil) as reader:
        await reader.press("F")
        assert "[@click=app.quit]Evil [b" in shown(reader)
        assert "[/sarcasm]" in shown(reader)
        assert "\x1b" not in shown(reader)


async def test_two_thousand_feeds_are_drawn_as_far_as_they_are_seen(tmp_path: Path) -> None:
    def many(store: Store) -> None:
        with store.transaction(durable=False):
            for number in range(2_000):
                store.feeds.add(f"https://f{number}.example/f", title=f"Feed {number:04}")

    async with reading(tmp_path, also=many) as reader:
        await reader.press("F", "G")
        assert "Mekong Wire" in shown(reader)
        assert "2,002 feeds" in shown(reader)
        await reader.press("g", "ctrl+d", "j")
        assert here(reader).startswith("Feed 00")


async def test_the_sample_edition_has_no_subscriptions(tmp_path: Path) -> None:
    app = edition_app(config(tmp_path), (str(SAMPLES),))
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("F")
        assert "no subscriptions here" in reader.text("footer")


async def test_help_lists_every_key_of_the_screen(tmp_path: Path) -> None:
    async with feeds(tmp_path, (120, 80)) as reader:
        await reader.press("?")
        text = shown(reader)
        assert all(key.text[:40] in text for key in feed_keys({}))
        await reader.press("escape")
        assert isinstance(reader.app.screen, FeedsScreen)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_key_of_the_screen_does_something_and_one_thing_only(preset: str) -> None:
    table = feed_keys({}, preset)
    names = [same_key(name) for key in table for name in key.keys]
    assert len(names) == len(set(names))
    assert [key.action for key in table if not key.keys] == []
    assert all(hasattr(FeedsScreen, f"action_{key.action}") for key in table)


def test_its_keys_are_bound_anew_and_follow_the_desks() -> None:
    bound = {key.action: key.keys for key in feed_keys({"feeds_pause": "j", "down": "ctrl+n,e", "undo": "m"})}
    assert bound["feeds_pause"] == ("j",)
    assert bound["down"] == ("ctrl+n", "e")  # what the user has bound wins
    assert bound["feeds_rename"] == ()
    assert bound["undo"] == ("m",)
    assert bound["feeds_mute"] == ()
    assert bound["back"] == ("escape", "q", "F")
    assert feed_keys({}, "newsboat")[7].keys == ("U",)


def test_what_a_bound_key_no_longer_does_is_said() -> None:
    assert list(taken({"down": "e"})) == ["e calls down in the list of feeds now, no longer feeds_rename"]
    assert list(taken({"feeds_pause": "j"})) == [
        "j calls feeds_pause in the list of feeds now, no longer down"
    ]
    assert list(taken({"down": "g"})) == []  # the desk says so already


async def test_a_key_bound_anew_works_and_stands_in_footer_and_help(tmp_path: Path) -> None:
    settings = replace(config(tmp_path), keys={"feeds_sort": "ctrl+o", "undo": "U"})
    store = Store.open(settings.library)
    fill(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=(200, 50)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("F", "s")
        assert "by name" in shown(reader)
        await reader.press("ctrl+o")
        assert "most unread first" in shown(reader)
        assert "Ctrl+o sort" in shown(reader)
        await reader.press("m", "U")
        assert "taken back" in shown(reader)


@pytest.mark.parametrize("key", FEED_KEYS, ids=lambda key: key.action)
async def test_each_of_its_own_actions_does_something_that_is_seen(key: Key, tmp_path: Path) -> None:
    async with feeds(tmp_path) as reader:
        before = shown(reader)
        await reader.press(key.keys[0])
        assert shown(reader) != before
