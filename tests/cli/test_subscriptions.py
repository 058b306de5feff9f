"""`newsread add`, `remove` and `feeds`, against a loopback server and local files."""

import os

import pytest

from reader.store import StoreError
from reader.store.feeds import Feeds
from tests.cli.conftest import NOW
from tests.cli.feeds import page, rss
from tests.server import Reply, Server


@pytest.fixture
def server():
    with Server() as running:
        running.routes["/feed"] = Reply(rss("The Wire", "One", "Two"), headers={"ETag": '"v1"'})
        running.routes["/other"] = Reply(rss("Other", "Three"))
        yield running


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_feed_is_added_with_its_articles(newsread, server, store):
    ran = newsread("add", server.url("/feed"), "--topic", "World")
    assert (ran.code, ran.out, ran.err) == (0, "", "subscribed to The Wire: 2 articles\n")
    (feed,) = store.feeds.all()
    assert (feed.url, feed.title, feed.topic, feed.total) == (server.url("/feed"), "The Wire", "World", 2)
    assert feed.etag == '"v1"'
    assert feed.local, "the user typed it: it may lie in a private network"
    assert feed.due > feed.succeeded
    assert [row[4] for row in newsread("list").rows] == ["Two", "One"]
    assert newsread("list", "--topic", "World", "--json").records[0]["topics"][0] == "World"


def test_a_second_time_it_says_so_and_asks_nobody(newsread, server):
    newsread("add", server.url("/feed"))
    hits = len(server.hits)
    ran = newsread("add", server.url("/feed"), "--json")
    assert ran.code == 0
    assert ran.records[0]["added"] is False
    assert newsread("add", server.url("/feed")).err == "The Wire is among your feeds already\n"
    assert len(server.hits) == hits


def test_json_of_a_new_feed(newsread, server):
    record = newsread("add", "--json", "--title", "Mine", server.url("/feed")).records[0]
    assert (record["title"], record["added"], record["new"], record["total"]) == ("Mine", True, 2, 2)


def test_the_feed_of_a_page_is_found(newsread, server, store):
    server.routes["/"] = Reply(page(("The Wire", "/feed")), headers=HTML)
    assert newsread("add", server.url("/")).code == 0
    assert [feed.url for feed in store.feeds.all()] == [server.url("/feed")]


def test_several_feeds_are_listed_to_choose_from(newsread, server, store):
    server.routes["/"] = Reply(page(("The Wire", "/feed"), ("Other", "/other")), headers=HTML)
    ran = newsread("add", server.url("/"))
    assert ran.code == 1
    assert ran.rows == [["1", "The Wire", server.url("/feed")], ["2", "Other", server.url("/other")]]
    assert "announces 2 feeds; add one by its address, or with --pick N" in ran.err
    assert newsread("add", "--json", server.url("/")).records[1] == {
        "pick": 2,
        "title": "Other",
        "url": server.url("/other"),
        "page": server.url("/"),
    }
    assert store.feeds.all() == ()
    assert newsread("add", server.url("/"), "--pick", 2).code == 0
    assert [feed.title for feed in store.feeds.all()] == ["Other"]
    assert "there is no number 3" in newsread("add", server.url("/"), "--pick", 3).err


def test_a_page_does_not_lead_to_another_private_host(newsread, server, store):
    with Server() as inner:
        inner.routes["/secret"] = Reply(rss("Inner", "x"))
        address = inner.url("/secret").replace("127.0.0.1", "127.0.0.2")
        server.routes["/"] = Reply(page(("Inner", address)), headers=HTML)
        ran = newsread("add", server.url("/"))
        assert (ran.code, inner.hits) == (1, [])
        assert "private network" in ran.err


@pytest.mark.parametrize(
    "answer",
    [
        Reply(status=404),
        Reply(b""),
        Reply(b"\x00\x01junk"),
        Reply(page(), headers=HTML),
        Reply(rss("T", "x")[:60]),
        b"",
    ],
    ids=["404", "empty", "junk", "page", "cut", "nothing"],
)
def test_what_is_no_feed_is_said_and_not_added(newsread, server, store, answer):
    server.routes["/feed"] = answer
    ran = newsread("add", server.url("/feed"))
    assert ran.code == 1
    assert ran.err.startswith(f"newsread: {server.url('/feed')}")
    assert ran.err.count("\n") == 1
    assert store.feeds.all() == ()


def test_one_of_two_sources_may_fail(newsread, server):
    ran = newsread("add", server.url("/nothing"), server.url("/feed"))
    assert ran.code == 3
    assert "subscribed to The Wire" in ran.err


def test_a_local_file_is_added_by_its_full_path(newsread, home, store):
    (home / "feed.xml").write_bytes(rss("Local", "One"))
    ran = newsread("add", "feed.xml")
    assert (ran.code, ran.err) == (0, "subscribed to Local: 1 article\n")
    assert store.feeds.all()[0].url == str(home / "feed.xml")
    assert "already" in newsread("add", home / "feed.xml").err


def test_what_cannot_be_added_is_said(newsread, home):
    (home / "mine.opml").write_text("<opml/>")
    assert "`newsread import` takes it" in newsread("add", "mine.opml").err
    assert "`newsread -` reads it" in newsread("add", "-").err
    assert "there is no file or folder 'gone.xml'" in newsread("add", "gone.xml").err


def test_a_name_that_is_no_text_is_said(newsread, home):
    name = os.fsdecode(b"\xff.xml")
    (home / name).write_bytes(rss("T", "One"))
    ran = newsread("add", name)
    assert (ran.code, ran.err) == (
        1,
        "newsread: \ufffd.xml: its name is not text in UTF-8: rename it first\n",
    )


def test_a_refused_connection_is_words(newsread, server):
    with Server() as gone:
        address = gone.url("/")
    ran = newsread("add", address)
    assert ran.code == 1
    assert address in ran.err


# remove and feeds


def test_a_feed_is_removed_by_number_address_or_title(newsread, store, filled):
    one, two = store.feeds.all()
    ran = newsread("remove", one.id, "the wire")
    assert (ran.code, store.feeds.all()) == (0, ())
    assert f"removed {one.title} and its 3 articles; for thirty days `newsread add {one.url}`" in ran.err
    assert newsread("remove", two.id).code == 1


def test_what_is_removed_comes_back_with_its_marks_when_it_is_added_again(newsread, store, filled):
    feed = next(feed for feed in store.feeds.all() if feed.total == 3)
    first, second, _ = [row["id"] for row in newsread("list", "--feed", feed.id, "--json").records]
    store.marks.read([first])
    store.marks.star([second])
    newsread("remove", feed.id)
    assert newsread("list", "--starred").rows == []
    ran = newsread("add", feed.url)
    assert f"{feed.title} is back with its 3 articles" in ran.err
    (starred,) = newsread("list", "--starred", "--json").records
    assert starred["id"] == second
    assert store.feeds.all()[0].unread + store.feeds.all()[-1].unread >= 2
    assert first not in {row["id"] for row in newsread("list", "--unread", "--json").records}


def test_removing_what_is_not_there_fails_for_that_only(newsread, filled):
    assert newsread("remove", "nothing-like-it", "post").code == 3


def test_feeds_show_how_they_are(newsread, store, filled):
    store.feeds.failed(1, "the server is gone", None, NOW)
    store.feeds.pause(2)
    rows = {row[4]: row for row in newsread("feeds").rows}
    assert rows["The Wire"][:4] == ["1", "2", "2", "World"]
    assert rows["The Wire"][5:] == ["failed: the server is gone", "https://wire.example/feed"]
    assert rows["Morning Post"][5] == "paused"
    assert [record["id"] for record in newsread("feeds", "--failing", "--json").records] == [1]
    record = newsread("feeds", "--json").records[0]
    assert (record["title"], record["paused"], record["digest"]) == ("Morning Post", True, "")


def test_a_feed_that_is_there_takes_the_topic_and_title_that_are_given(newsread, server, store):
    newsread("add", server.url("/feed"))
    ran = newsread("add", server.url("/feed"), "--topic", "World", "--title", "Mine")
    assert (ran.code, ran.err) == (0, "Mine is among your feeds already (topic: World)\n")
    (feed,) = store.feeds.all()
    assert (feed.title, feed.topic) == ("Mine", "World")
    assert len(newsread("list", "--topic", "World").rows) == 2
    newsread("add", server.url("/feed"))
    assert store.feeds.all()[0].topic == "World", "saying nothing changes nothing"


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_a_password_is_never_repeated(newsread, home, scheme):
    ran = newsread("add", f"{scheme}://user:secret@a.example/feed")
    assert ran.code == 1
    assert "secret" not in ran.err
    assert "a.example" in ran.err


def test_articles_beyond_the_limit_are_not_read(newsread, home, store):
    (home / "config.toml").write_text("[fetch]\nmax_items = 3\n")
    (home / "feed.xml").write_bytes(rss("Long", *map(str, range(9))))
    said = "6 more were not read (beyond fetch.max_items, or damaged)"
    assert newsread("list", "--source", "feed.xml").err == f"{said}\n"
    assert newsread("add", "feed.xml").err == f"subscribed to Long: 3 articles, {said}\n"
    assert store.feeds.all()[0].total == 3
    (home / "feed.xml").write_bytes(rss("Long", *map(str, range(20, 29))))
    newsread("refresh", "--all")
    assert store.feeds.all()[0].total == 6


def test_the_way_back_can_be_pasted_into_a_shell(newsread, home, store):
    (home / "a b.txt").write_text("Headline\n\nText.\n")
    newsread("add", "a b.txt")
    assert f"`newsread add '{home / 'a b.txt'}'` brings both back" in newsread("remove", "a b.txt").err


def test_a_feed_that_is_not_there_is_named_without_its_password(newsread, store):
    ran = newsread("remove", "https://user:secret@a.example/")
    assert ran.code == 1
    assert "secret" not in ran.err


def test_an_endless_word_is_not_repeated_whole(newsread, home):
    ran = newsread("add", "a" * 5_000)
    assert ran.code == 1
    assert len(ran.err) < 500


def test_a_library_that_fails_is_said_once_and_not_of_a_source(newsread, home, store, monkeypatch):
    def full(*_, **__):
        raise StoreError("the disk is full")

    monkeypatch.setattr(Feeds, "add", full)
    for name in ("a.txt", "b.txt"):
        (home / name).write_text("Headline\n\nText.\n")
    ran = newsread("add", "a.txt", "b.txt")
    assert (ran.code, ran.err) == (1, "newsread: the disk is full\n")
