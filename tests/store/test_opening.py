"""A library is made, refused or migrated in words; what is refused stays as it was."""

import os
import sqlite3
import stat
import threading

import apsw
import pytest

from reader.model import View
from reader.store import DamagedError, Store, StoreError, copying, errors, opening, schema
from reader.text import NewsreadError
from tests.store.shelf import NOW, entry, put


def refused(path):
    """The sentence with which a library is refused; nothing beside it or in it may change."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == before
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return str(caught.value)


def filled(path, count=50):
    with Store.open(path) as store:
        feed = store.feeds.add("https://wire.example/feed")[0]
        put(store, feed, *[entry(n) for n in range(count)], text="budget " * 50, terms=("budget",))
    return path


def test_a_new_library_is_for_its_owner_only(tmp_path):
    path = tmp_path / "new" / "library.db"
    with Store.open(path) as store:
        store.feeds.add("https://wire.example/feed")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert "library.db-wal" in modes


def test_it_is_known_as_a_library_of_newsread(path):
    filled(path)
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72]) == schema.APPLICATION_ID
    assert int.from_bytes(header[60:64]) == schema.version()


def test_what_was_stored_is_there_again(path):
    filled(path)
    with Store.open(path) as store:
        assert store.lists.counts().total == 50
        assert len(store.lists.ids(View(search="budget"))) == 50


def test_errors_are_for_the_user(path):
    path.write_text("hello")
    with pytest.raises(NewsreadError):
        Store.open(path)


@pytest.mark.parametrize("content", [b"hello", b"x" * 5000, b"\0" * 4096, b"SQLite format 3\0"], ids=repr)
def test_a_file_of_another_kind_is_refused(path, content):
    path.write_bytes(content)
    assert "not a newsread library" in refused(path)


def test_a_database_of_another_program_is_refused(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE feed(id)")
    other.commit()
    other.close()
    assert "not a newsread library" in refused(path)


def test_a_newer_library_is_refused(path):
    filled(path)
    raw = apsw.Connection(str(path))
    raw.execute(f"PRAGMA user_version = {schema.version() + 1}")
    raw.close()
    assert "newer newsread" in refused(path)


def test_a_newer_library_is_refused_while_its_version_is_only_in_the_log(path):
    filled(path)
    raw = apsw.Connection(str(path))
    raw.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    raw.execute(f"PRAGMA user_version = {schema.version() + 1}")
    raw.close()
    before = [path.read_bytes(), path.with_name("library.db-wal").read_bytes()]
    with pytest.raises(StoreError, match="newer newsread"):
        Store.open(path)
    assert [path.read_bytes(), path.with_name("library.db-wal").read_bytes()] == before


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_library_is_refused(path, share):
    filled(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refused(path)


def test_a_library_with_a_damaged_schema_is_refused(path):
    filled(path)
    content = bytearray(path.read_bytes())
    content[100:108] = b"\xff" * 8
    path.write_bytes(content)
    assert "damaged" in refused(path)


def test_damage_deeper_inside_is_said_in_words(path):
    filled(path, 400)
    content = bytearray(path.read_bytes())
    for page in range(60, len(content) // 4096):
        content[page * 4096 : page * 4096 + 12] = b"\xff" * 12
    path.write_bytes(content)
    with Store.open(path) as store, pytest.raises(DamagedError, match="damaged"):
        store.articles.after(0, 400)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)


def test_a_file_where_a_folder_should_be_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "file" / "library.db")


def test_a_pipe_is_refused(path):
    os.mkfifo(path)
    with pytest.raises(StoreError):
        Store.open(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    filled(tmp_path / "library.db")
    (tmp_path / "library.db").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        for name in ("library.db", "other.db"):
            with pytest.raises(StoreError, match=r"cannot be opened .*--library"):
                Store.open(tmp_path / name)
    finally:
        tmp_path.chmod(0o700)


def test_permission_denied_is_said(path, monkeypatch):
    def denied(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening.os, "open", denied)
    with pytest.raises(StoreError, match=r"cannot be opened \(Permission denied\).*--library"):
        Store.open(path)


def test_odd_names_are_fine(tmp_path):
    path = tmp_path / "a #b?c%20 ü.db"
    filled(path)
    with Store.open(str(path)) as store:
        assert store.lists.counts().total == 50


def test_a_full_disk_is_said_and_loses_nothing(path):
    filled(path)
    with Store.open(path) as store:
        pages = store.db.value("PRAGMA page_count")
        store.db.run(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk is full"):
            put(
                store, 1, *[entry(n, html=os.urandom(3000).hex()) for n in range(100, 200)], text="more words"
            )
        assert store.lists.counts().total == 50
        assert not store.lists.ids(View(search="more"))
        assert store.marks.read(store.lists.ids(View(), 3))
        store.db.run("PRAGMA max_page_count = 1000000")
        assert len(put(store, 1, entry(77)).new) == 1
        assert store.problems() == ()


def test_a_locked_library_is_said(path, monkeypatch):
    filled(path)
    monkeypatch.setattr(opening, "BUSY_MS", 50)
    with Store.open(path) as one, Store.open(path) as two, one.transaction():
        one.feeds.rename(1, "Mine")
        with pytest.raises(StoreError, match="locked"):
            two.feeds.rename(1, "Yours")
        assert two.feeds.get(1).title == "https://wire.example/feed"


def test_many_may_make_the_same_library_at_once(path):
    problems = []

    def make():
        try:
            with Store.open(path) as store:
                store.feeds.add("https://wire.example/feed")
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with Store.open(path) as store:
        assert len(store.feeds.all()) == 1


@pytest.fixture
def next_version(monkeypatch):
    """A version to come that adds a column."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "ALTER TABLE feed ADD COLUMN colour TEXT"))
    return schema.version()


def test_an_older_library_is_migrated_after_a_backup(path, request):
    filled(path)
    before = schema.version()
    version = request.getfixturevalue("next_version")
    with Store.open(path) as store:
        assert store.db.value("PRAGMA user_version") == version
        assert store.db.row("SELECT colour FROM feed") == (None,)
        assert store.lists.counts().total == 50
    backup = path.with_name(f"library.db.version-{before}.backup")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    copy = apsw.Connection(str(backup))
    assert copy.execute("SELECT count(*) FROM article").get == 50
    assert copy.execute("PRAGMA user_version").get == before
    assert copy.execute("PRAGMA integrity_check").get == "ok"
    copy.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["library.db", backup.name]


def test_a_backup_holds_what_is_only_in_the_log(path, request):
    filled(path)
    with Store.open(path) as desk:
        desk.feeds.rename(1, "Mine")
        before = request.getfixturevalue("next_version") - 1
        with Store.open(path):
            pass
    copy = apsw.Connection(str(path.with_name(f"library.db.version-{before}.backup")))
    assert copy.execute("SELECT name FROM feed").get == "Mine"
    copy.close()


def test_a_migration_that_fails_changes_nothing(path, monkeypatch):
    filled(path)
    broken = "ALTER TABLE feed ADD COLUMN colour TEXT; UPDATE feed SET colour = 'x'; SELECT no_such_thing"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
        with pytest.raises(StoreError):
            Store.open(path)
    with Store.open(path) as store:
        assert "colour" not in [row[1] for row in store.db.rows("PRAGMA table_info(feed)")]
        assert store.lists.counts().total == 50


def test_without_room_for_the_backup_nothing_is_migrated(path, request, monkeypatch):
    filled(path)
    request.getfixturevalue("next_version")

    def failing(error):
        def fail(*args):
            raise error

        return fail

    for error, said in ((apsw.FullError(), "disk is full"), (OSError(28, "No space left"), "No space left")):
        with monkeypatch.context() as patched:
            patched.setattr(copying, "_pour", failing(error))
            with pytest.raises(StoreError, match=said):
                Store.open(path)
    raw = apsw.Connection(str(path))
    assert raw.execute("PRAGMA user_version").get == schema.version() - 1
    raw.close()


def test_settings_of_the_connection(path):
    filled(path)
    with Store.open(path) as store:
        settings = {
            name: store.db.value(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "trusted_schema", "cell_size_check", "busy_timeout")
        }
        assert settings == {
            "journal_mode": "wal",
            "synchronous": 2,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "busy_timeout": 5000,
        }
        with store.transaction():
            assert store.db.value("PRAGMA synchronous") == 1
        assert store.db.value("PRAGMA synchronous") == 2


def test_closing_twice_is_no_error(path):
    store = Store.open(path)
    store.close()
    store.close()


def test_another_connection_that_wrote_is_noticed_once(path):
    with Store.open(path) as one, Store.open(path) as two:
        feed = one.feeds.add("https://wire.example/feed")[0]
        assert not one.changed()
        assert two.changed()
        assert not two.changed()
        put(two, feed, entry(1), now=NOW)
        assert one.changed()


def test_a_sound_library_has_no_problems_however_long_it_was_open(path):
    filled(path)
    with Store.open(path) as desk, Store.open(path) as other:
        assert desk.lists.ids(View(search="budget"))
        for n in range(80):
            put(
                other,
                1,
                *[entry(1000 + n * 20 + i) for i in range(20)],
                text="budget " * 50,
                terms=("budget",),
            )
        assert desk.problems() == ()


def test_problems_are_listed(path):
    filled(path, 400)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 4096 // 2 * 4096)
        file.write(b"\xff" * 12)
    with Store.open(path) as store:
        assert store.problems()


def test_threads_take_turns(path):
    problems = []
    with Store.open(path) as store:
        feed = store.feeds.add("https://wire.example/feed")[0]
        inside = threading.Event()

        def write():
            try:
                for n in range(40):
                    with store.transaction():
                        put(store, feed, entry(n))
                        inside.set()
                        put(store, feed, entry(1000 + n))
            except Exception as error:
                problems.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        inside.wait()
        while thread.is_alive():
            if store.lists.counts().total % 2 or len(store.lists.ids(View())) % 2:
                problems.append("half a transaction was seen")
            store.marks.star(store.lists.ids(View(), 1))
        thread.join()
    assert problems == []


def test_a_disk_without_room_for_shared_memory_is_told_as_full(path, monkeypatch):
    filled(path)
    disk = os.statvfs(path.parent)
    monkeypatch.setattr(errors.os, "statvfs", lambda _: os.statvfs_result([*disk[:4], 0, *disk[5:]]))
    for error in (apsw.IOError(), apsw.CantOpenError()):
        assert "free some space" in str(errors.explained(error, str(path)))
    monkeypatch.setattr(errors.os, "statvfs", lambda _: disk)
    assert "check the disk" in str(errors.explained(apsw.IOError(), str(path)))
