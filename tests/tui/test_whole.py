"""Full texts at the desk, the pages on a loopback server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader import child, library
from reader.config import Access, extras
from reader.model import Entry, ParsedFeed, View
from reader.store import Store
from reader.tui.app import NewsApp
from tests.extras import SENTENCE, needs_fulltext, page
from tests.server import Reply, Server
from tests.tui.desks import NOW, Reader, config, settle

HTML = {"Content-Type": "text/html; charset=utf-8"}
WORDS = "harbour master"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.routes["/1"] = Reply(page("Ferry sails again"), headers=HTML)
        yield running


@asynccontextmanager
async def reading(
    folder: Path, server: Server, *, access: Access | None = None, **more: object
) -> AsyncIterator[Reader]:
    """Open a desk over two articles of a feed that gives their beginnings only."""
    settings = replace(config(folder), feeds={server.url("/feed"): access} if access else {})
    settings = replace(settings, reading=replace(settings.reading, **{"fulltext_starred": "short"} | more))  # type: ignore[arg-type]
    store = Store.open(settings.library)
    feed, _ = store.feeds.add(server.url("/feed"), title="Wire", local=True)
    entries = tuple(
        Entry(guid=str(n), url=url, title=title, published=NOW, html=f"<p>Only the beginning of {n} …</p>")
        for n, url, title in ((1, server.url("/1"), "Ferry sails again"), (2, "", "Nothing behind"))
    )
    library.ingest(store, feed, ParsedFeed(title="Wire", entries=entries[::-1]), now=NOW)
    app = NewsApp(settings, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        reader = Reader(app, pilot)
        reader.desk.headlines.focus()
        if "Ferry" not in reader.text("article"):
            await reader.press("j")
        yield reader


def kept(reader: Reader) -> bool:
    return reader.desk.shelf.store.fulltexts.get(reader.desk.current or 0) is not None


@needs_fulltext
async def test_x_shows_the_full_text_and_again_the_feeds(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        assert "Only the beginning of 1" in reader.text("article")
        await reader.press("enter", "x")
        await reader.until("full text · x shows")
        assert WORDS in reader.text("article")
        assert reader.text("article").count("Ferry sails again") == 1
        lists = reader.desk.shelf.store.lists
        assert len(lists.ids(View(search="master"))) == 1 == len(lists.ids(View(search="beginning ferry")))
        await reader.press("x")
        assert "Only the beginning of 1" in reader.text("article")
        assert "as in the feed" in reader.text("footer")
        await reader.press("x")
        assert WORDS in reader.text("article")
        assert server.paths() == ["/1"]


@needs_fulltext
async def test_what_is_kept_is_there_offline_and_needs_no_extra(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(tmp_path, server) as reader:
        await reader.press("x")
        await reader.until("full text · x shows")
    monkeypatch.setattr(extras, "installed", lambda _: False)
    server.routes.clear()
    async with reading(tmp_path, server) as reader:
        assert WORDS in reader.text("article")
        await reader.press("x")
        assert "Only the beginning" in reader.text("article")


@needs_fulltext
async def test_a_failure_is_one_line_and_the_article_stays(tmp_path: Path, server: Server) -> None:
    server.routes["/1"] = Reply(b"", status=404)
    async with reading(tmp_path, server) as reader:
        await reader.press("x")
        await reader.until("no full text: there is nothing at this address (404)")
        assert "Only the beginning of 1" in reader.text("article")


async def test_without_the_extra_x_says_how_to_get_it(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "installed", lambda _: False)
    async with reading(tmp_path, server) as reader:
        await reader.press("x")
        assert "full text needs an extra: " in reader.text("footer")
        assert "newsread[fulltext]" in reader.text("footer")
        assert server.hits == []


@needs_fulltext
async def test_an_article_without_an_address_says_so(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        while "Nothing behind" not in reader.text("article"):
            await reader.press("k")
        await reader.press("x")
        assert "gives no web address" in reader.text("footer")


@needs_fulltext
async def test_esc_stops_it(tmp_path: Path, server: Server) -> None:
    server.routes["/1"] = lambda _: server.silence()
    async with reading(tmp_path, server) as reader:
        await reader.pilot.press("x")
        await reader.until("fetching the full text")
        await reader.pilot.press("x")
        await reader.until("its page is being fetched")
        await reader.pilot.press("escape")
        await reader.until("stopped: the article stays")
        await settle(reader.pilot)
        assert not kept(reader)


@needs_fulltext
async def test_a_star_keeps_the_whole_text_quietly(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        await reader.press("s")
        assert kept(reader)
        assert WORDS in reader.text("article")
        assert server.paths() == ["/1"]


@needs_fulltext
async def test_a_star_fetches_nothing_where_that_is_not_wanted(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server, fulltext_starred="never") as reader:
        await reader.press("s")
        assert server.hits == []


@needs_fulltext
async def test_a_feed_that_is_always_read_whole(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server, access=Access(fulltext="always")) as reader:
        assert server.hits == []  # a glance fetches nothing
        await reader.press("enter")
        assert WORDS in reader.text("article")
        await reader.press("x", "escape", "enter")
        assert "Only the beginning of 1" in reader.text("article")
        assert server.paths() == ["/1"]


async def test_a_child_that_breaks_off_leaves_words(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "installed", lambda _: True)
    monkeypatch.setattr(child, "errand_command", lambda _: ["false"])
    async with reading(tmp_path, server) as reader:
        await reader.press("x")
        assert "fetching broke off: try it again" in reader.text("footer")
        await reader.press("x")
        assert "fetching broke off: try it again" in reader.text("footer")


def test_the_page_of_these_tests_says_what_they_look_for() -> None:
    assert WORDS in SENTENCE


@needs_fulltext
async def test_what_its_feed_edited_is_no_change_of_the_full_text(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        await reader.press("enter", "x")
        await reader.until("full text · x shows")
        store = reader.desk.shelf.store
        feed = store.feeds.all()[0]
        edited = Entry(
            guid="1", url=server.url("/1"), title="Ferry sails again", published=NOW, html="<p>Edited.</p>"
        )
        library.ingest(store, feed, ParsedFeed(title="Wire", entries=(edited,)), now=NOW + timedelta(hours=1))
        reader.desk.reopen()
        await settle(reader.pilot)
        assert WORDS in reader.text("article")
        assert "edited after" not in reader.text("article")
        await reader.press("x")
        assert "Edited." in reader.text("article")
        assert "edited after" in reader.text("article")
        server.routes["/1"] = Reply(b"", status=500)
        await reader.press("x")
        assert WORDS in reader.text("article")  # what was kept, although the page cannot be had now
        server.routes["/1"] = Reply(
            page("Ferry sails again", "<p>A paragraph added later on.</p>"), headers=HTML
        )
        await reader.press("x", "x")
        assert "A paragraph added later on" in store.fulltexts.get(reader.desk.current).html
