"""`newsread import newsboat`: subscriptions, articles and marks out of newsboat's own files."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from reader.cli.newsboat import place
from reader.model import Entry, View
from reader.store import Known, Store
from reader.text import NewsreadError
from tests.server import Reply, Server
from tests.store.shelf import put

SCHEMA = """
CREATE TABLE rss_feed(rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
    title VARCHAR(1024) NOT NULL);
CREATE TABLE rss_item(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
    title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
    feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
    unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
    flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT '');
"""
ITEM = (
    "INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
WIRE, POST = "https://wire.example/feed", "HTTPS://Post.example/feed"
URLS = f"""{WIRE} world asia "~The Wire"
{POST} "my tag" !
"exec:~/bin/x.sh" scripts
"query:Mine:unread = \\"yes\\" and tags # \\"world\\""
"query:Further:tags # \\"Asia\\""
"query:Odd:title =~ \\"^a\\" or unread = \\"no\\""
"""


def item(n, feed=WIRE, *, unread=1, flags=None, deleted=0, **more):
    given = {"guid": f"g{n}", "title": f"News &amp; {n}", "url": f"https://wire.example/{n}"} | more
    when = 1_700_000_000 + n * 3600
    text = f"<p>Text of <b>{n}</b>.</p>"
    return (given["guid"], given["title"], "A", given["url"], feed, when, text, unread, flags, deleted)


def cache(path, *items):
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as made:
        made.executescript(SCHEMA)
        feeds = [(WIRE, "https://wire.example/", "Wire <b>News</b>"), (POST, "https://post.example/", "Post")]
        made.executemany("INSERT INTO rss_feed VALUES (?, ?, ?)", feeds)
        made.executemany(ITEM, items)
    made.close()


@pytest.fixture
def boat(home, monkeypatch):
    """A home folder with newsboat's files as it keeps them."""
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    folder = home / ".newsboat"
    items = [item(1, unread=0), item(2, flags="s"), item(3), item(4, POST, unread=0), item(5, deleted=1)]
    cache(folder / "cache.db", *items)
    (folder / "urls").write_text(URLS)
    return folder


def test_everything_is_taken_over_in_one_command(newsread, boat, store):
    before = (boat / "cache.db").read_bytes()
    ran = newsread("import", "newsboat")
    assert ran.code == 3, "some lines have no counterpart"
    feeds = {feed.url: feed for feed in store.feeds.all()}
    wire, post = feeds[WIRE], feeds["https://post.example/feed"]
    assert (wire.title, wire.topic, wire.paused, wire.unread, wire.total) == (
        "The Wire",
        "world",
        False,
        2,
        3,
    )
    assert (post.title, post.topic, post.muted, post.unread, post.total) == ("Post", "my tag", True, 0, 1)
    assert not post.paused
    assert "2 added, 0 already there, 2 refused" in ran.err
    assert "1 feed muted, as newsboat hides them" in ran.err
    assert "from newsboat's cache: 4 articles, 2 read marks, 1 star (from flags)," in ran.err
    assert "1 mark kept for articles still to come" in ran.err
    assert 'saved as a view: Mine: unread tag:"world"' in ran.err
    assert "refused: query:Odd" in ran.err
    assert 'saved as a view: asia: tag:"asia"' in ran.err
    assert (wire.tags, post.tags) == (("world", "asia"), ("my tag",))
    assert newsread("views").rows == [
        ["2", "2", "Mine", 'unread tag:"world"'],
        ["2", "3", "Further", 'tag:"Asia"'],
        ["2", "3", "asia", 'tag:"asia"'],
    ]
    assert (boat / "cache.db").read_bytes() == before
    assert sorted(path.name for path in boat.iterdir()) == ["cache.db", "urls"], "no trace is left"


CONFIG = f"""# mine
macro o open-in-browser ; set browser "x"
bind-key j down
browser "touch /tmp/x"
ignore-article "*" "title =~ \\"Cup\\""
ignore-article "{POST}" "author =~ \\"Bob\\" or title =~ \\"Cup\\""
ignore-article "*" "age > 10"
ignore-article "*" "title =~ \\"^a\\""
ignore-article "https://other.example/" "title =~ \\"a\\""
ignore-article "*" "title =~ \\"`touch x`\\""
"""


def test_what_newsboat_ignores_becomes_rules_and_the_rest_of_its_config_is_told(newsread, boat, store):
    (boat / "config").write_text(CONFIG)
    ran = newsread("import", "newsboat", "--json")
    rules = [(one["name"], one["query"]) for one in ran.records if one["result"] == "rule"]
    post = store.feeds.find("Post")[0].id
    query = f'feed:{post} (author:"Bob" OR title:Cup*)'
    assert rules == [("title:Cup*", "title:Cup*"), (query, query)]
    refused = {one["text"]: one["reason"] for one in ran.records if one["result"] == "refused"}
    reasons = " ".join(reason for text, reason in refused.items() if text.startswith("ignore-article"))
    for words in ("what stays, not for 'before'", "asked like 'title =~", "no such feed", "runs a command"):
        assert words in reasons
    assert "left in newsboat's config: 1 macro, 1 bind-key, 1 browser" in ran.err
    assert [row[1] for row in newsread("rules").rows] == ["title:Cup*", query]
    again = newsread("import", "newsboat", "--json").records
    assert "rule" not in {one["result"] for one in again}


def test_articles_are_there_with_text_and_dates(newsread, boat, store):
    newsread("import", "newsboat")
    (starred,) = newsread("list", "--starred", "--json").records
    assert (starred["title"], starred["published"]) == ("News & 2", "2023-11-15T00:13:20Z")
    shown = newsread("show", starred["id"]).out
    assert "Text of" in shown
    assert "https://wire.example/2" in shown


def test_a_second_import_adds_nothing_and_takes_no_mark_back(newsread, boat, store):
    newsread("import", "newsboat")
    store.marks.read(store.lists.ids(View()))
    ran = newsread("import", "newsboat", "--json")
    assert [record["result"] for record in ran.records] == ["known", "known", *["refused"] * 2]
    assert [record.get("articles") for record in ran.records] == [0, 0, None, None]
    assert "0 articles, 0 read marks, 0 stars" in ran.err
    assert store.lists.counts().unread == 0


def test_articles_that_are_here_already_get_their_marks(newsread, boat, store):
    feed, _ = store.feeds.add(WIRE)
    entries = [
        Entry(title="Another", guid="g1", url="https://wire.example/other"),
        Entry(title="News & 2", guid="not as newsboat", url="https://wire.example/2"),
    ]
    put(store, feed, *entries)
    newsread("import", "newsboat")
    rows = store.lists.rows(store.lists.ids(View(feed=feed.id)))
    assert {row.title: (row.read, row.starred) for row in rows if "1" in row.title or "2" in row.title} == {
        "News & 1": (True, False),
        "News & 2": (False, True),
    }


def test_a_feed_that_is_fetched_later_brings_nothing_twice(newsread, boat, home, store):
    """newsboat makes up guids of addresses: with or without one in the feed, it is the same article."""
    with Server() as server:
        url = server.url("/feed")
        items = "".join(
            f"<item><title>News {n}</title><link>https://wire.example/{n}</link>{guid}<description>New {n}"
            "</description></item>"
            for n, guid in enumerate(
                ["", "<guid>https://wire.example/1</guid>", "<guid>own</guid>", "<guid>gone</guid>"]
            )
        )
        body = f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()
        server.routes["/feed"] = Reply(body)
        (boat / "urls").write_text(url)
        (boat / "cache.db").unlink()
        guids = ["https://wire.example/0Sat, 01", "https://wire.example/1", "own", "gone"]
        cache(
            boat / "cache.db",
            *(
                item(n, url, unread=0, guid=guid, title=f"Old {n}", deleted=int(n == 3))
                for n, guid in enumerate(guids)
            ),
        )
        with sqlite3.connect(boat / "cache.db") as made:
            made.execute("INSERT INTO rss_feed VALUES (?, '', 'W')", (url,))
        made.close()
        assert newsread("import", "newsboat").code == 0
        assert newsread("refresh", "--all").code == 0
    (feed,) = store.feeds.all()
    rows = store.lists.rows(store.lists.ids(View()))
    assert sorted(row.title for row in rows) == [f"News {n}" for n in range(4)]
    assert (feed.total, feed.unread) == (4, 0), "what was deleted there comes, and is read"


def test_marks_wait_sixty_days_for_their_articles(path_store):
    store, feed, now = path_store
    store.awaited.put(feed, [Known("a", "", read=True), Known("b", "https://e.example/b", starred=True)], now)
    store.awaited.put(feed, [Known("c", "", read=False)], now)
    assert store.awaited.count(feed) == 2
    put(store, feed, Entry(title="A", guid="a"), Entry(title="C", guid="c"), now=now)
    assert store.awaited.count(feed) == 1
    assert {row.title: row.read for row in store.lists.rows(store.lists.ids(View()))} == {
        "A": True,
        "C": False,
    }
    put(store, feed, Entry(title="B", guid="x", url="https://e.example/b"), now=now + timedelta(days=61))
    assert store.awaited.count(feed) == 0
    assert not store.lists.ids(View(starred=True))


def test_marks_go_with_their_feed(path_store):
    store, feed, now = path_store
    store.awaited.put(feed, [Known("a", "", read=True)], now)
    store.feeds.remove(feed)
    assert store.awaited.count(feed) == 0


@pytest.fixture
def path_store():
    with Store.open(":memory:") as store:
        feed, _ = store.feeds.add(WIRE)
        yield store, feed.id, datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "there is no file"),
        (lambda path: path.write_bytes(b"no database" * 999), "is no cache of newsboat"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "is damaged"),
        (lambda path: path.write_bytes(b""), "is no cache of newsboat"),
    ],
    ids=["none", "foreign", "cut", "empty"],
)
def test_a_broken_cache_is_said_and_the_addresses_are_taken(newsread, boat, store, spoil, said):
    spoil(boat / "cache.db")
    ran = newsread("import", "newsboat")
    assert ran.code == 3
    assert said in ran.err
    assert len(store.feeds.all()) == 2


def test_a_locked_cache_is_said_and_the_addresses_are_taken(newsread, boat, store, monkeypatch):
    monkeypatch.setattr("reader.store.newsboat.BUSY_MS", 50)
    # Another process: locks of one process never stand in its own way.
    lock = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE');"
        "print(flush=True); input()"
    )
    command = [sys.executable, "-c", lock, boat / "cache.db"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        ran = newsread("import", "newsboat")
        other.communicate(b"\n")
    assert ran.code == 3
    assert "is locked by another program" in ran.err
    assert len(store.feeds.all()) == 2


def test_hostile_rows_cost_no_more_than_themselves(newsread, boat, store):
    with sqlite3.connect(boat / "cache.db") as made:
        odd = (
            b"\xff\xfe",
            "\x1b[2J\u202eevil",
            None or "",
            "javascript:1",
            WIRE,
            "soon",
            b"\x00" * 9,
            "x",
            7,
            0,
        )
        made.execute(ITEM, odd)
        made.execute(ITEM, (*item(9, title="t" * 70_000)[:5], 2**62, "c", 1, None, 0))
    made.close()
    ran = newsread("import", "newsboat")
    assert ran.code == 3
    assert "6 articles" in ran.err
    newsread("list", "--limit", "0")


def test_where_newsboat_keeps_its_files(tmp_path):
    env = {"HOME": str(tmp_path)}
    with pytest.raises(NewsreadError, match="--urls FILE"):
        place(None, None, env)
    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat" / "urls").touch()
    assert place(None, None, env).cache == tmp_path / ".newsboat" / "cache.db"
    xdg = tmp_path / ".config" / "newsboat"
    xdg.mkdir(parents=True)
    (xdg / "urls").touch()
    assert place(None, None, env).urls == xdg / "urls"
    assert place(None, None, env).cache == tmp_path / ".local/share/newsboat/cache.db"
    (xdg / "config").write_text('# cache-file no\nauto-reload yes\ncache-file "/var/n b.db"\n')
    assert str(place(None, None, env).cache) == "/var/n b.db"
    assert str(place(tmp_path / "u", tmp_path / "c", env).cache) == str(tmp_path / "c")


def test_the_files_may_be_named(newsread, home, store):
    cache(home / "c.db", item(1))
    (home / "u").write_text(WIRE)
    assert newsread("import", "newsboat", "--urls", "u", "--cache", "c.db").code == 0
    assert store.lists.counts().total == 1
    ran = newsread("import", "u", "--cache", "c.db")
    assert ran.code == 2
    assert "newsread import newsboat" in ran.err


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="there is no newsboat here")
def test_the_real_newsboat_is_taken_over(newsread, boat, home, store):
    """Every feed, tag and read mark arrives, and nothing comes twice."""
    with Server() as server:
        lines = []
        for feed in range(3):
            items = "".join(
                f"<item><title>Item {n} of {feed}</title><link>https://wire.example/{feed}/{n}</link>"
                f"{f'<guid>{feed}-{n}</guid>' if n % 2 else ''}<description>Text</description>"
                f"<pubDate>Mon, {n + 1:02} Jan 2024 10:00:00 GMT</pubDate></item>"
                for n in range(10)
            )
            body = f'<rss version="2.0"><channel><title>F{feed}</title>{items}</channel></rss>'
            server.routes[f"/{feed}"] = Reply(body.encode())
            lines.append(f'{server.url(f"/{feed}")} tag{feed} "~Feed {feed}"')
        (boat / "urls").write_text("\n".join(lines) + '\n"query:New:unread = \\"yes\\""\n')
        (boat / "cache.db").unlink()
        subprocess.run(["newsboat", "-q", "-x", "reload"], check=True, timeout=60, capture_output=True)
        with sqlite3.connect(boat / "cache.db") as made:
            made.execute("UPDATE rss_item SET unread = 0 WHERE id % 3 = 0")
            made.execute("UPDATE rss_item SET flags = 'a' WHERE id % 5 = 0")
            read, flagged = made.execute("SELECT sum(unread = 0), count(flags) FROM rss_item").fetchone()
        made.close()
        assert (read, flagged) == (10, 6)
        newsread("import", "newsboat")
        newsread("refresh", "--all")
    feeds = store.feeds.all()
    assert [(f.title, f.topic, f.total) for f in feeds] == [(f"Feed {n}", f"tag{n}", 10) for n in range(3)]
    counts = store.lists.counts()
    starred = len(store.lists.ids(View(starred=True)))
    assert (counts.total, counts.total - counts.unread, starred) == (30, 10, 6)
