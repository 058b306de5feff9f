"""`newsread import` and `export`."""

import contextlib
import errno
import io
import sqlite3
import sys

import pytest

from reader.model import View
from tests.server import Reply, Server

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="World"><outline type="rss" text="The Wire" xmlUrl="https://wire.example/feed"/>
<outline text="Asia"><outline type="rss" text="Post" xmlUrl="https://post.example/feed"/></outline></outline>
<outline type="rss" text="Inner" xmlUrl="http://127.0.0.1:8000/feed"/>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""
URLS = 'https://wire.example/feed world "~The Wire"\nhttp://127.0.0.1:8000/f\n"exec:~/bin/x.sh" scripts\n'


@pytest.fixture
def listed(home):
    (home / "mine.opml").write_text(OPML)
    (home / "urls").write_text(URLS)
    return home


def test_opml_is_taken_with_folders_as_topics(newsread, listed, store):
    ran = newsread("import", "mine.opml")
    assert ran.code == 3
    feeds = {feed.title: feed for feed in store.feeds.all()}
    assert feeds["The Wire"].topic == "World"
    assert feeds["Post"].topic == "World/Asia"
    assert "3 added, 0 already there, 1 of them paused, 1 refused" in ran.err
    assert "refused: " in ran.err


def test_private_addresses_of_a_list_are_paused(newsread, listed, store):
    newsread("import", "mine.opml")
    inner = store.feeds.find("Inner")[0]
    assert (inner.paused, inner.local) == (True, False)


@pytest.mark.parametrize("how", ["option", "config"])
def test_private_addresses_are_live_when_the_user_says_so(newsread, listed, store, how):
    if how == "config":
        (listed / "config.toml").write_text("[fetch]\nprivate = true\n")
    newsread("import", "mine.opml", *["--private"] * (how == "option"))
    inner = store.feeds.find("Inner")[0]
    assert (inner.paused, inner.local) == (False, True)


def test_what_was_paused_for_where_it_lies_starts_once_the_list_is_trusted(newsread, listed, store):
    newsread("import", "mine.opml")
    ran = newsread("import", "mine.opml", "--private")
    assert "3 already there, 1 no longer paused" in ran.err
    inner = store.feeds.find("Inner")[0]
    assert (inner.paused, inner.local) == (False, True)
    store.feeds.pause(inner.id)
    newsread("import", "mine.opml", "--private")
    assert store.feeds.find("Inner")[0].paused, "the reader paused it, no import"


def test_urls_that_were_typed_by_hand_are_live_and_commands_refused(newsread, listed, store):
    ran = newsread("import", "urls", "--json")
    assert ran.code == 3
    assert [record["result"] for record in ran.records] == ["added", "added", "refused"]
    assert "exec:" in ran.records[2]["text"]
    assert all(not feed.paused for feed in store.feeds.all())


def test_what_takes_a_query_feed_over_is_said(newsread, home):
    (home / "urls").write_text('https://a.example/f\n"query:Unread:unread = \\"yes\\""\n')
    assert "`newsread import newsboat --urls FILE` saves its queries" in newsread("import", "urls").err
    assert "saves its queries" not in newsread("import", "newsboat", "--urls", "urls").err


def test_a_second_import_adds_nothing(newsread, listed, store):
    newsread("import", "mine.opml")
    assert "0 added, 3 already there" in newsread("import", "mine.opml").err
    assert len(store.feeds.all()) == 3


def test_standard_input_is_taken(newsread, listed, store, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OPML.encode())))
    newsread("import", "-")
    assert len(store.feeds.all()) == 3


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("gone.opml", None, "there is no file 'gone.opml'"),
        (".", None, "this is a folder, not a file"),
        ("empty.opml", b"", ""),
        ("junk.opml", b"\x00\xff\x1b[2J", ""),
        ("none.opml", b"<opml version='2.0'><body/></opml>", "there are no feeds in this list"),
    ],
)
def test_what_is_no_list_is_said(newsread, home, store, name, body, said):
    if body is not None:
        (home / name).write_bytes(body)
    ran = newsread("import", name)
    assert ran.code == 1
    assert said in ran.err
    assert store.feeds.all() == ()


def test_what_was_exported_is_imported_again(newsread, listed, store, home):
    newsread("import", "mine.opml")
    before = {(feed.url, feed.title, feed.topic) for feed in store.feeds.all()}
    ran = newsread("export", "out.opml")
    assert (ran.code, ran.out) == (0, "")
    assert (home / "out.opml").stat().st_mode & 0o777 == 0o600
    assert newsread("export").out.encode() == (home / "out.opml").read_bytes()
    newsread("--library", home / "new.db", "import", "out.opml")
    records = newsread("--library", home / "new.db", "feeds", "--json").records
    assert {(record["url"], record["title"], record["topic"]) for record in records} == before


def test_an_export_that_cannot_be_written_is_said(newsread, store):
    ran = newsread("export", "/proc/nothing/here.opml")
    assert ran.code == 1
    assert "cannot be written" in ran.err


def test_local_files_are_exported_and_taken_back_from_a_list_of_ones_own(newsread, home, store):
    (home / "a b%20ü.txt").write_text("Headline\n\nText.\n")
    newsread("add", "a b%20ü.txt", "--topic", "Mine")
    newsread("export", "out.opml")
    other = home / "new.db"
    refused = newsread("--library", other, "import", "out.opml", "--json")
    assert refused.code == 1
    assert "--private" in refused.records[0]["reason"], "such a list may come from anyone"
    taken = newsread("--library", other, "import", "out.opml", "--private")
    assert (taken.code, taken.err) == (0, "1 added, 0 already there\n")
    (feed,) = newsread("--library", other, "feeds", "--json").records
    assert (feed["url"], feed["topic"], feed["local"]) == (str(home / "a b%20ü.txt"), "Mine", True)
    assert newsread("--library", other, "refresh", "--all").err.startswith("1 feed: 1 new article")


def test_a_list_is_taken_from_an_address(newsread, home, store):
    with Server() as server:
        server.routes["/list.opml"] = Reply(OPML.encode())
        server.routes["/urls"] = Reply(b"https://a.example/feed\nhttp://10.0.0.1/f\n")
        assert "3 added" in newsread("import", server.url("/list.opml")).err
        ran = newsread("import", server.url("/urls"), "--json")
        assert [record["result"] for record in ran.records] == ["added", "paused"], "nobody typed it here"
        ran = newsread("import", server.url("/gone"))
        assert ran.code == 1
        assert ran.err.startswith(f"newsread: {server.url('/gone')}: there is nothing at this address (404)")


def test_what_is_printed_is_on_disk(newsread, listed, monkeypatch):
    """A list is stored in one transaction: told of any earlier, a kill would make the telling a lie."""
    from reader.cli.output import Output
    from reader.store import Store

    record, there = Output.record, []

    def looking(out, value):
        with Store.open(listed / "library.db") as other:
            there.append(len(other.feeds.all()))
        record(out, value)

    monkeypatch.setattr(Output, "record", looking)
    assert newsread("import", "mine.opml", "--json").code == 3
    assert there == [3] * 4


# Copies of the library


def test_the_whole_library_is_copied_while_it_is_in_use_and_put_back(newsread, store, filled, home):
    ran = newsread("export", "--library", home / "copy.db")
    assert (ran.code, ran.out) == (0, "")
    assert f"`newsread import --restore {home / 'copy.db'}` puts it back" in ran.err
    assert (home / "copy.db").stat().st_mode & 0o777 == 0o600
    before = newsread("list", "--json").out
    store.marks.read(filled)
    newsread("remove", "1")
    ran = newsread("import", "--restore", "copy.db")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        f"2 feeds and 5 articles restored from {home / 'copy.db'}; what was there until now is"
        f" {home / 'library.db.before-restore'}\n"
    )
    assert newsread("list", "--json").out == before
    assert len(store.lists.ids(View())) == 5, "a library that was open meanwhile sees it"
    assert store.problems() == ()
    kept = newsread("list", "--json", "--library", home / "library.db.before-restore")
    assert len(kept.records) == 3
    assert not list(home.glob("*.part"))


def test_a_copy_never_replaces_a_file(newsread, store, home):
    (home / "there.db").write_text("mine")
    ran = newsread("export", "--library", home / "there.db")
    assert ran.code == 1
    assert "is there already: name a new file" in ran.err
    assert (home / "there.db").read_text() == "mine"


def test_another_librarys_subscriptions_are_exported_by_naming_where_to(newsread, store, filled, home):
    newsread("export", "--library", home / "copy.db")
    ran = newsread("export", "--library", home / "copy.db", "-")
    assert ran.out == newsread("export").out
    assert newsread("export", "--library", home / "copy.db", "out.opml").code == 0
    assert (home / "out.opml").exists()


@pytest.mark.parametrize("body", [b"", b"no library", b"SQLite format 3\0" + bytes(5_000)])
def test_what_is_no_library_is_not_restored(newsread, store, filled, home, body):
    (home / "odd.db").write_bytes(body)
    ran = newsread("import", "--restore", "odd.db")
    assert ran.code == 1
    assert "nothing was changed" in ran.err
    assert len(newsread("list").rows) == 5
    assert newsread("import", "--restore", "gone.db").code == 1
    assert "your library itself" in newsread("import", "--restore", "library.db").err


def test_restoring_twice_loses_neither_library(newsread, store, filled, home):
    newsread("export", "--library", home / "copy.db")
    newsread("remove", "1")
    newsread("import", "--restore", "copy.db")
    newsread("remove", "1", "2")
    newsread("import", "--restore", "copy.db")
    kept = [home / f"library.db.before-restore{number}" for number in ("", "-2")]
    assert [len(newsread("list", "--library", path).rows) for path in kept] == [3, 0]


def test_what_is_no_library_is_never_replaced(newsread, store, filled, home):
    """The settings may name anything: somebody's other database, a text."""
    newsread("export", "--library", home / "copy.db")
    with contextlib.closing(sqlite3.connect(home / "mine.db")) as mine:
        mine.execute("CREATE TABLE t(x)")
        mine.commit()
    (home / "mine.txt").write_text("mine")
    for name in ("mine.db", "mine.txt"):
        before = (home / name).read_bytes()
        ran = newsread("import", "--restore", home / "copy.db", "--library", home / name)
        assert ran.code == 1
        assert "is not a newsread library and was left as it is" in ran.err
        assert (home / name).read_bytes() == before


def test_a_copy_takes_the_place_of_a_damaged_library(newsread, store, filled, home):
    newsread("export", "--library", home / "copy.db")
    store.close()
    body = (home / "library.db").read_bytes()
    for part in home.glob("library.db-*"):
        part.unlink()
    (home / "library.db").write_bytes(body[: len(body) // 2])
    ran = newsread("import", "--restore", "copy.db")
    assert ran.code == 0, ran.err
    assert len(newsread("list").rows) == 5
    assert (home / "library.db.before-restore").stat().st_size == len(body) // 2


def test_a_damaged_library_stays_where_no_copy_of_another_can_be_made(
    newsread, store, filled, home, monkeypatch
):
    newsread("export", "--library", home / "copy.db")
    store.close()
    for part in home.glob("library.db-*"):
        part.unlink()
    body = (home / "library.db").read_bytes()[:20_000]
    (home / "library.db").write_bytes(body)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("reader.store.copying._pour", full)
    ran = newsread("import", "--restore", "copy.db")
    assert ran.code == 1
    assert "No space left on device" in ran.err
    assert (home / "library.db").read_bytes() == body
    assert not list(home.glob("library.db?*"))


def test_a_damaged_copy_is_not_restored(newsread, store, filled, home):
    newsread("export", "--library", home / "copy.db")
    body = bytearray((home / "copy.db").read_bytes())
    body[8_192:12_000] = bytes(12_000 - 8_192)
    (home / "copy.db").write_bytes(body)
    ran = newsread("import", "--restore", "copy.db")
    assert ran.code == 1
    assert "nothing was changed" in ran.err
    assert len(newsread("list").rows) == 5


def test_a_copy_makes_a_library_where_there_is_none(newsread, store, filled, home):
    newsread("export", "--library", home / "copy.db")
    ran = newsread("import", "--restore", home / "copy.db", "--library", home / "new.db")
    assert ran.err == f"2 feeds and 5 articles restored from {home / 'copy.db'}\n"
    assert len(newsread("list", "--library", home / "new.db").rows) == 5
