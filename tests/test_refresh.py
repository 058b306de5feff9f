"""The pipeline of a refresh, from a loopback server into a library in memory."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from reader import library, parse
from reader.config import Access, Config, Fetch
from reader.model import Feed, Pace, ParsedFeed, Refreshed
from reader.refresh import pipeline, run, storing
from reader.sandbox import Sandbox, StoppedError, tasks
from reader.store import Store, StoreError
from tests.server import Asked, Reply, Server

CONFIG = Config(
    path=Path("/nonexistent/config.toml"),
    library=Path(":memory:"),
    fetch=Fetch(timeout=10.0, connect=2.0, read=5.0, spacing=0),
)


def feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()


class Here:
    """A sandbox without a process of its own, which counts."""

    parsed = 0
    marks: ClassVar[list[int]] = []

    def feed(self, body: bytes, **said: Any) -> ParsedFeed:
        Here.parsed += 1
        Here.marks.append(said["marks"])
        return parse.feed(body, **said)

    def news(self, body: bytes, *said: Any, **more: Any) -> ParsedFeed:
        return tasks.news(body, *said, **more)

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Sandbox", Here)
    Here.parsed = 0
    Here.marks.clear()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as it:
        yield it


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as it:
        yield it


def subscribe(store: Store, url: str, **said: Any) -> Feed:
    return store.feeds.add(url, local=True, **said)[0]


def now_of(store: Store, old: Feed) -> Feed:
    found = store.feeds.get(old.id)
    assert found
    return found


async def refreshed(store: Store, *, force: bool = True, config: Config = CONFIG) -> list[Refreshed]:
    return [result async for result in run(store, store.feeds.all(), config, force=force)]


async def test_a_feed_comes_in(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(feed("a", "b"), headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    sub = subscribe(store, server.url("/f"))
    before = datetime.now(UTC).replace(microsecond=0)
    (result,) = await refreshed(store)
    assert result == Refreshed(feed=sub.id, title="News", url=sub.url, new=2, done=1, total=1)
    sub = now_of(store, sub)
    assert (sub.title, sub.etag, sub.modified, sub.total) == ("News", '"1"', "yesterday", 2)
    assert (sub.failures, sub.error) == (0, "")
    assert sub.due
    assert sub.succeeded
    assert sub.succeeded >= before
    assert timedelta(minutes=53) < sub.due - before < timedelta(minutes=61)


async def test_an_unchanged_feed_is_not_parsed(server: Server, store: Store) -> None:
    def answer(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"1"'
        return Reply(status=304) if same else Reply(feed("a"), headers={"ETag": '"1"'})

    server.routes |= {"/304": answer, "/same": Reply(feed("a"))}
    subs = [subscribe(store, server.url(path)) for path in server.routes]
    await refreshed(store)
    assert Here.parsed == 2
    results = await refreshed(store)
    assert Here.parsed == 2
    assert [(one.unchanged, one.new, one.error) for one in results] == [(True, 0, "")] * 2
    assert now_of(store, subs[0]).etag == '"1"'
    assert now_of(store, subs[0]).title == "News"


async def test_new_and_edited_items_are_told(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(feed("a"))
    subscribe(store, server.url("/f"))
    await refreshed(store)
    server.routes["/f"] = Reply(feed("a", "b").replace(b"<title>a</title>", b"<title>a, edited</title>"))
    (result,) = await refreshed(store)
    assert (result.new, result.updated, result.unchanged) == (1, 1, False)


async def test_only_what_is_due_unless_all_is_asked_for(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(feed("a"))
    subscribe(store, server.url("/f"))
    assert len(await refreshed(store, force=False)) == 1
    assert await refreshed(store, force=False) == []
    assert len(await refreshed(store)) == 1
    assert len(server.hits) == 2


async def test_one_failure_is_told_and_holds_nobody_up(server: Server, store: Store) -> None:
    server.routes |= {"/good": Reply(feed("a")), "/page": Reply(b"<html><body>no feed</body></html>")}
    subs = {path: subscribe(store, server.url(path)) for path in ("/good", "/page", "/missing", "/gone")}
    server.routes["/gone"] = Reply(status=410)
    results = {result.feed: result for result in await refreshed(store)}
    assert [result.done for result in results.values()] == [1, 2, 3, 4]
    assert {result.total for result in results.values()} == {4}
    assert results[subs["/good"].id].new == 1
    for path, words in (("/page", "web page"), ("/missing", "(404)"), ("/gone", "gone for good")):
        assert words in results[subs[path].id].error
        sub = now_of(store, subs[path])
        assert (sub.error, sub.failures) == (results[sub.id].error, 1)
        assert sub.due
        assert timedelta(minutes=11) < sub.due - datetime.now(UTC) < timedelta(minutes=19)
    assert [now_of(store, sub).paused for sub in subs.values()] == [False, False, False, True]


async def test_a_success_makes_failures_forgotten(server: Server, store: Store) -> None:
    sub = subscribe(store, server.url("/f"))
    for _ in range(3):
        await refreshed(store)
    assert now_of(store, sub).failures == 3
    server.routes["/f"] = Reply(feed("a"))
    await refreshed(store)
    assert (now_of(store, sub).failures, now_of(store, sub).error) == (0, "")


async def test_a_server_is_not_asked_before_it_wants_to_be(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(status=503, headers={"Retry-After": "7200"})
    sub = subscribe(store, server.url("/f"))
    await refreshed(store)
    due = now_of(store, sub).due
    assert due
    assert timedelta(minutes=119) < due - datetime.now(UTC) <= timedelta(minutes=120)
    (again,) = await refreshed(store, force=True)
    assert "asked newsread not to come before" in again.error
    assert len(server.hits) == 1
    assert now_of(store, sub).failures == 1


async def test_two_refreshes_at_once_do_the_work_once(server: Server, store: Store) -> None:
    for number in range(10):
        server.routes[f"/{number}"] = Reply(feed(f"{number}-a"))
        subscribe(store, server.url(f"/{number}"))
    one, two = await asyncio.gather(refreshed(store), refreshed(store))
    assert len(server.hits) == 10
    assert sorted((item.new, item.busy) for item in one + two) == [(0, True)] * 10 + [(1, False)] * 10
    assert store.db.rows("SELECT * FROM claim") == []
    assert not [item for item in await refreshed(store) if item.busy]


async def test_what_a_refresh_that_died_was_at_is_fetched_by_the_next(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(feed("a"))
    sub = subscribe(store, server.url("/f"))
    store.claims.take([sub.id], "999999999:1", datetime.now(UTC), lambda _: True)
    (result,) = await refreshed(store)
    assert (result.new, result.busy) == (1, False)


async def test_what_server_and_feed_ask_for_is_waited_out(server: Server, store: Store) -> None:
    slow = feed("a").replace(b"<channel>", b"<channel><ttl>300</ttl><skipHours><hour>3</hour></skipHours>")
    server.routes |= {
        "/slow": Reply(slow),
        "/fresh": Reply(feed("b"), headers={"Cache-Control": "public, max-age=36000"}),
    }
    by_pace, by_server = (subscribe(store, server.url(path)) for path in ("/slow", "/fresh"))
    now = datetime.now(UTC)
    await refreshed(store)
    due = [now_of(store, sub).due or now for sub in (by_pace, by_server)]
    assert timedelta(hours=4.4) <= due[0] - now
    assert due[0].hour != 3
    assert timedelta(hours=9.9) <= due[1] - now <= timedelta(hours=10.1)
    assert now_of(store, by_pace).pace == Pace(300, (3,))
    await refreshed(store)
    assert now_of(store, by_pace).pace == Pace(300, (3,))


async def test_a_document_that_is_no_feed_keeps_what_was_there(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(feed("a"), headers={"ETag": '"good"'})
    sub = subscribe(store, server.url("/f"))
    await refreshed(store)
    server.routes["/f"] = Reply(b"<html><body>Please log in</body></html>", headers={"ETag": '"bad"'})
    (result,) = await refreshed(store)
    assert result.error
    assert (now_of(store, sub).etag, now_of(store, sub).total) == ('"good"', 1)


async def test_a_parser_that_had_to_be_killed_is_a_failure_in_words(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> ParsedFeed:
        raise StoppedError("this feed took too long")

    monkeypatch.setattr(Here, "feed", stopped)
    server.routes["/f"] = Reply(feed("a"))
    sub = subscribe(store, server.url("/f"))
    for _ in range(3):
        (result,) = await refreshed(store)
    assert result.error == "this feed took too long"
    due = now_of(store, sub).due
    assert due
    assert due - datetime.now(UTC) > timedelta(hours=23)


async def test_a_fault_of_our_own_is_a_failure_in_words(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> ParsedFeed:
        raise RuntimeError("a fault")

    monkeypatch.setattr(Here, "feed", broken)
    server.routes["/f"] = Reply(feed("a"))
    subscribe(store, server.url("/f"))
    (result,) = await refreshed(store)
    assert result.error == "newsread failed at this feed (RuntimeError)"


async def test_a_private_address_needs_the_users_word(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(feed("a"))
    store.feeds.add(server.url("/f"))
    (result,) = await refreshed(store)
    assert "private network" in result.error
    allowed = replace(CONFIG, fetch=replace(CONFIG.fetch, private=True))
    (result,) = await refreshed(store, config=allowed)
    assert not result.error


async def test_a_permanent_redirect_is_followed_but_not_kept_at_once(server: Server, store: Store) -> None:
    server.routes |= {"/old": Reply(status=301, headers={"Location": "/new"}), "/new": Reply(feed("a"))}
    sub = subscribe(store, server.url("/old"))
    (result,) = await refreshed(store)
    assert result.new == 1
    assert now_of(store, sub).url == sub.url


async def test_a_permanent_redirect_is_kept_when_it_was_met_three_times_over_a_day(
    server: Server, store: Store
) -> None:
    server.routes |= {"/old": Reply(status=308, headers={"Location": "/new"}), "/new": Reply(feed("a"))}
    sub = subscribe(store, server.url("/old"))
    for _ in range(3):
        await refreshed(store)
    assert now_of(store, sub).url == sub.url
    store.db.run("UPDATE feed SET moving_since = moving_since - 86400")
    (result,) = await refreshed(store)
    assert result.moved == now_of(store, sub).url == server.url("/new")
    (result,) = await refreshed(store)
    assert (result.error, result.moved) == ("", "")
    assert server.paths()[-1] == "/new"


async def test_a_feed_that_the_config_names_keeps_its_address(server: Server, store: Store) -> None:
    server.routes |= {"/old": Reply(status=308, headers={"Location": "/new"}), "/new": Reply(feed("a"))}
    sub = subscribe(store, server.url("/old"))
    config = replace(CONFIG, feeds={sub.url: Access(headers=(("X-Key", "word"),))})
    for _ in range(4):
        (result,) = await refreshed(store, config=config)
        store.db.run("UPDATE feed SET moving_since = moving_since - 86400")
    assert (result.error, result.moved, now_of(store, sub).url) == ("", "", sub.url)
    assert server.hits[-1].headers["x-key"] == "word"


async def test_one_password_command_serves_all_feeds_that_name_it(
    server: Server, store: Store, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    command = (sys.executable, "-c", f"print('word'); open({str(asked)!r}, 'a').write('x')")
    access = Access(user="me", password_command=command)
    server.routes |= {"/a": Reply(feed("a")), "/b": Reply(feed("b"))}
    subs = [subscribe(store, server.url(path)) for path in ("/a", "/b")]
    await refreshed(store, config=replace(CONFIG, feeds={sub.url: access for sub in subs}))
    assert {hit.headers["authorization"] for hit in server.hits} == {"Basic bWU6d29yZA=="}
    assert (len(server.hits), asked.read_text()) == (2, "x")


async def test_a_redirect_for_now_is_never_kept(server: Server, store: Store) -> None:
    server.routes |= {"/old": Reply(status=302, headers={"Location": "/new"}), "/new": Reply(feed("a"))}
    sub = subscribe(store, server.url("/old"))
    for _ in range(5):
        await refreshed(store)
        store.db.run("UPDATE feed SET moving_since = moving_since - 86400")
    assert now_of(store, sub).url == sub.url


async def test_a_feed_that_is_gone_is_retired_and_says_so(server: Server, store: Store) -> None:
    server.routes["/f"] = Reply(status=410)
    sub = subscribe(store, server.url("/f"))
    (result,) = await refreshed(store)
    assert "gone for good" in result.error
    assert now_of(store, sub).paused
    assert now_of(store, sub).error == result.error
    assert result.error.endswith("newsread asks there no more: the feed is paused")


async def test_of_a_changed_feed_only_new_items_are_read(server: Server, store: Store) -> None:
    """But for once in a while, when the feed is fetched and read as if nothing of it were known."""
    server.routes["/f"] = Reply(feed("a", "b"))
    sub = subscribe(store, server.url("/f"))
    await refreshed(store)
    server.routes["/f"] = Reply(feed("c", "a", "b"))
    (result,) = await refreshed(store)
    assert (result.new, now_of(store, sub).total, Here.marks) == (1, 3, [0, 2])
    store.db.run("UPDATE feed SET succeeded = succeeded - 8 * 86400")
    server.routes["/f"] = Reply(feed("d", "c", "a", "b"))
    (result,) = await refreshed(store)
    assert (result.new, now_of(store, sub).total, Here.marks) == (1, 4, [0, 2, 0])


async def test_a_local_file_is_read_again_when_it_has_changed(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "news.xml"
    file.write_bytes(feed("a"))
    sub = subscribe(store, str(file))
    (result,) = await refreshed(store)
    assert (result.new, now_of(store, sub).title) == (1, "News")
    (result,) = await refreshed(store)
    assert result.unchanged
    file.write_bytes(feed("a", "another one"))
    (result,) = await refreshed(store)
    assert result.new == 1
    file.unlink()
    (result,) = await refreshed(store)
    assert result.error
    assert now_of(store, sub).total == 2


async def test_many_feeds_in_many_batches(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More bodies than may wait for the parser, more feeds than a batch holds."""
    monkeypatch.setattr(pipeline, "HELD_MAX", 1000)
    monkeypatch.setattr(storing, "BATCH_FEEDS", 7)
    for number in range(40):
        server.routes[f"/{number}"] = Reply(feed(*(f"{number}-{item}" for item in range(5))))
        subscribe(store, server.url(f"/{number}"))
    results = await refreshed(store)
    assert [result.done for result in results] == list(range(1, 41))
    assert sum(result.new for result in results) == 200
    assert store.lists.counts().total == 200


# --- what goes wrong with the library


def spoil(monkeypatch: pytest.MonkeyPatch, url: str, error: Exception) -> None:
    """Let storing the articles of one feed fail halfway."""
    ingest = library.ingest

    def spoilt(store: Store, feed: Feed, *said: Any, **more: Any) -> Any:
        saved = ingest(store, feed, *said, **more)
        if feed.url == url:
            raise error
        return saved

    monkeypatch.setattr(library, "ingest", spoilt)


@pytest.mark.parametrize("error", [ValueError("odd"), StoreError("the library failed")])
async def test_a_feed_that_cannot_be_stored_spoils_no_other(
    error: Exception, server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes |= {path: Reply(feed(path), headers={"ETag": '"1"'}) for path in ("/a", "/b", "/c")}
    subs = [subscribe(store, server.url(path)) for path in server.routes]
    spoil(monkeypatch, subs[1].url, error)
    results = {result.feed: result for result in await refreshed(store)}
    assert [results[sub.id].new for sub in subs] == [1, 0, 1]
    assert ("ValueError" if isinstance(error, ValueError) else str(error)) in results[subs[1].id].error
    spoilt = now_of(store, subs[1])
    assert (spoilt.total, spoilt.etag, spoilt.failures) == (0, "", 1)  # no 304 will hide its article


async def test_a_library_that_cannot_be_written_ends_the_refresh(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes |= {path: Reply(feed(path)) for path in ("/a", "/b")}
    for path in server.routes:
        subscribe(store, server.url(path))

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(library, "ingest", full)
    monkeypatch.setattr(store.feeds, "failed", full)
    with pytest.raises(StoreError, match="the disk is full"):
        await refreshed(store)


async def test_a_feed_that_was_removed_meanwhile(server: Server, store: Store) -> None:
    sub = subscribe(store, server.url("/f"))

    def answer(_: Asked) -> Reply:
        store.feeds.remove(sub.id)
        return Reply(feed("a"))

    server.routes["/f"] = answer
    (result,) = await refreshed(store)
    assert (result.error, result.unchanged) == ("", True)  # the reader wished it
    assert store.lists.counts().total == 0


# --- stopping


async def test_cancelling_keeps_what_was_told_and_leaves_nothing_running(
    server: Server, store: Store
) -> None:
    server.routes |= {"/good": Reply(feed("a")), "/slow": lambda _: server.silence()}
    good, slow = (subscribe(store, server.url(path)) for path in server.routes)
    told: asyncio.Future[Refreshed] = asyncio.get_running_loop().create_future()

    async def follow() -> None:
        async for result in run(store, store.feeds.all(), CONFIG, force=True):
            told.set_result(result)

    task = asyncio.create_task(follow())
    assert (await told).feed == good.id
    task.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await task
    assert now_of(store, good).total == 1
    assert now_of(store, slow).fetched is None
    assert len(asyncio.all_tasks()) == 1
    assert not [one for one in threading.enumerate() if one.name.startswith("library")]


def test_stopping_waits_for_the_feed_at_hand_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = storing.Writer(store, CONFIG)
    ingest = library.ingest

    def stopped_meanwhile(*said: Any, **more: Any) -> Any:
        writer._stopping.set()
        return ingest(*said, **more)

    monkeypatch.setattr(library, "ingest", stopped_meanwhile)
    now = datetime.now(UTC)
    batch = [
        storing.Outcome(subscribe(store, f"http://127.0.0.1/{name}"), now, parse.feed(feed(name)))
        for name in ("a", "b", "c")
    ]
    assert len(writer._batch(batch)) == 1
    assert [now_of(store, outcome.feed).total for outcome in batch] == [1, 0, 0]


async def test_closing_in_the_middle(server: Server, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "BATCH_FEEDS", 2)
    for number in range(20):
        server.routes[f"/{number}"] = Reply(feed(f"{number}-a", f"{number}-b"))
        subscribe(store, server.url(f"/{number}"))
    async with aclosing(run(store, store.feeds.all(), CONFIG, force=True)) as results:
        await anext(results)
    assert len(asyncio.all_tasks()) == 1
    stored = store.feeds.all()
    assert all((one.total, bool(one.succeeded)) in {(0, False), (2, True)} for one in stored)
    assert store.db.value("PRAGMA integrity_check") == "ok"


async def test_with_the_real_sandbox(server: Server, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Sandbox", Sandbox)
    server.routes["/f"] = Reply(feed("a", "b"))
    subscribe(store, server.url("/f"))
    (result,) = await refreshed(store)
    assert (result.new, result.error) == (2, "")
