"""What can be read of a damaged library is saved into a new one; the damaged one stays as it is."""

from datetime import UTC, datetime

import apsw
import pytest

from reader import library
from reader.model import Mute, View
from reader.store import DamagedError, Store, StoreError, schema
from tests.cli.conftest import home, newsread  # noqa: F401 (fixtures)
from tests.peers.soundness import fill, sound

PAGE = 4096


@pytest.fixture
def path(tmp_path):
    """A library of 5 feeds with 60 articles each, some starred."""
    path = tmp_path / "library.db"
    with Store.open(path) as store:
        fill(store, 5, 60)
        store.marks.star(range(1, 300, 7))
        store.feeds.rename(2, "Mine")
    return path


def pages(path, name):
    """The pages of a table's leaves, by SQLite's own account."""
    connection = apsw.Connection(str(path))
    sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno"
    found = [number for (number,) in connection.execute(sql, (name,))]
    connection.close()
    return found


def spoil(path, *numbers):
    """Overwrite pages."""
    body = bytearray(path.read_bytes())
    for number in numbers:
        body[(number - 1) * PAGE : number * PAGE] = b"\xa5" * PAGE
    path.write_bytes(body)
    return bytes(body)


def test_a_whole_library_is_copied_whole(path, tmp_path):
    found = library.rescue(path, tmp_path / "new.db")
    assert (found.feeds, found.articles, found.marked, found.textless) == (5, 300, 43, 0)
    with Store.open(path) as old, Store.open(tmp_path / "new.db") as new:
        sound(new)
        for sql in (
            "SELECT article, read, starred, feed, sort FROM state",
            "SELECT id, title FROM article",
            "SELECT article, url, html, size FROM content",
            "SELECT topic, sort, article, evidence FROM article_topic",
            "SELECT feed, key, article, digest FROM item",
            "SELECT id, url, name, unread, total FROM feed",
        ):
            assert old.db.rows(sql) == new.db.rows(sql)
        assert len(new.lists.ids(View(search="budget"))) == 300


def test_what_is_out_of_sight_is_kept_with_its_marks(path, tmp_path):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    rule = Mute("one", "feed:1")
    with Store.open(path) as store:
        store.marks.read([2, 70, 130])
        store.earlier.keep([130])
        library.apply_mutes(store, [rule], now)
        store.feeds.removals.put(2, now)
        store.trash.put([200])
    assert library.rescue(path, tmp_path / "new.db").feeds == 5
    with Store.open(tmp_path / "new.db") as store:
        sound(store)
        assert len(store.feeds.all()) == 4
        assert [deleted.id for deleted in store.trash.all()] == [200]
        assert store.earlier.get(130) is not None
        assert {row.feed for row in store.lists.rows(store.lists.ids(View()))} == {1, 3, 4, 5}
        library.apply_mutes(store, [rule], now)
        assert store.lists.counts().total == 179 + 9  # what is starred is not hidden
        assert library.restore_feed(store, 2) == 60
        library.apply_mutes(store, [], now)
        assert store.lists.counts().total == 299
        assert not set(store.lists.ids(View(unread=True))) & {2, 70, 130}


@pytest.mark.parametrize("table", ["article", "content", "state", "item", "search_data", "vector"])
def test_what_is_lost_is_the_damaged_page_alone(path, tmp_path, table):
    leaves = pages(path, table)
    body = spoil(path, leaves[len(leaves) // 2])
    found = library.rescue(path, tmp_path / "new.db")
    assert path.read_bytes() == body
    assert found.feeds == 5
    assert found.articles >= 200
    assert (found.textless > 0) == (table == "content")
    with Store.open(tmp_path / "new.db") as store:
        sound(store)


def test_feeds_come_from_the_index_of_addresses_when_their_rows_are_lost(path, tmp_path):
    spoil(path, *pages(path, "feed"))
    found = library.rescue(path, tmp_path / "new.db")
    assert (found.feeds, found.articles) == (5, 300)


def test_what_was_lost_is_fetched_again(path, tmp_path):
    with Store.open(path) as store:
        store.db.run("UPDATE feed SET etag = 'e', digest = x'01', due = 9999999999")
    library.rescue(path, tmp_path / "new.db")
    with Store.open(tmp_path / "new.db") as store:
        assert {(feed.etag, feed.digest, feed.due) for feed in store.feeds.all()} == {("", b"", None)}


def test_a_header_that_is_gone_is_known(path, tmp_path):
    body = path.read_bytes()
    path.write_bytes(b"\0" * 24 + body[24:])
    assert library.rescue(path, tmp_path / "new.db").articles == 300


def test_a_library_of_the_first_version_is_rescued(tmp_path):
    from tests.peers.old_library import make

    make(tmp_path / "old.db", 2)
    found = library.rescue(tmp_path / "old.db", tmp_path / "new.db")
    assert (found.feeds, found.articles) == (2, 400)


@pytest.mark.parametrize("body", [b"", b"x" * 9000, b"\0" * 9000])
def test_where_nothing_is_left_nothing_is_made(tmp_path, body):
    (tmp_path / "library.db").write_bytes(body)
    with pytest.raises(DamagedError, match="nothing could be read"):
        library.rescue(tmp_path / "library.db", tmp_path / "new.db")
    assert [file.name for file in tmp_path.iterdir()] == ["library.db"]


def test_a_newer_library_is_left_alone(path, tmp_path):
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA user_version = {schema.version() + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer"):
        library.rescue(path, tmp_path / "new.db")


def test_a_text_that_is_damaged_is_said_and_left_out(path, tmp_path):
    with Store.open(path) as store:
        store.db.run("UPDATE content SET html = x'789c0102', extra = '[', seen = 1 << 60 WHERE article = 9")
        article = store.articles.get(9)
        assert "damaged" in article.html
        assert article.categories == ()
    assert library.rescue(path, tmp_path / "new.db").textless == 1


def test_the_command(newsread, home):  # noqa: F811
    with Store.open(home / "library.db") as store:
        fill(store, 2, 10)
    ran = newsread("doctor", "--rescue", "new.db")
    assert ran.code == 0
    assert f"2 feeds and 20 articles (0 read or starred) were saved into {home / 'new.db'}" in ran.err
    assert newsread("doctor", "--library", home / "new.db").code == 0
    ran = newsread("doctor", "--rescue", "new.db")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "is there already" in ran.err
    assert "no folder" in newsread("doctor", "--rescue", "not/there.db").err
    (record,) = newsread("doctor", "--rescue", "other.db", "--json").records
    assert (record["feeds"], record["articles"]) == (2, 20)


def test_a_damaged_library_is_not_rebuilt(newsread, home):  # noqa: F811
    path = home / "library.db"
    with Store.open(path) as store:
        fill(store, 5, 60)
    body = spoil(path, pages(path, "state")[0])
    ran = newsread("doctor", "--rebuild")
    assert (ran.code, path.read_bytes()) == (1, body)
    assert "--rescue FILE" in ran.err
