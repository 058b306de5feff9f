"""newsread killed at random moments, and its write-ahead log torn: nothing acknowledged is ever lost.

    pytest -m slow -s tests/peers/test_durability.py tests/peers/test_refresh_kill.py

360 kills in all (60 each of marking, import, migration, removal, retention, and of a refresh in the other
file) and 300 torn logs, some 25 minutes; NEWSREAD_KILLS=10 (each) and NEWSREAD_TEARS=30 for a short run. -s
shows figures.
"""

import os
import random
import shutil
import signal

import apsw
import pytest

from reader.model import View
from reader.store import Store, schema
from tests.peers import old_library
from tests.peers.committing import digest
from tests.peers.soundness import (
    Tally,
    fill,
    finished,
    helper,
    killed,
    newsread,
    records,
    seconds,
    sound,
    spawned,
)

KILLS = int(os.environ.get("NEWSREAD_KILLS", "60"))
TEARS = int(os.environ.get("NEWSREAD_TEARS", "300"))
LISTED = 300  # feeds of the imported list
PARTS = ("", "-wal", "-shm", "-journal")

pytestmark = pytest.mark.slow


def copied(template, path):
    """Put a copy of a library in place of what is there."""
    for part in PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)
    shutil.copyfile(template, path)


@pytest.fixture
def template(tmp_path):
    """A library of 40 feeds with 100 articles each."""
    path = tmp_path / "template.db"
    with Store.open(path) as store:
        fill(store, 40, 100)
    return path


def test_marks_survive(template, tmp_path):
    path, chance, tally = tmp_path / "library.db", random.Random(1), Tally("mark all read")
    copied(template, path)
    command = helper("marking", path)
    empty = seconds(lambda: finished(helper("opening", template)))
    whole = max(seconds(lambda: finished(command)) - empty, 0.1)
    for _ in range(KILLS):
        copied(template, path)
        lines, died = killed(command, chance.uniform(0, whole), ready="ready")
        with Store.open(path) as store:
            sound(store)
            unread = {feed.id: feed.unread for feed in store.feeds.all()}
            assert all(unread[int(line)] == 0 for line in lines)
            assert set(unread.values()) <= {0, 100}
            tally.told(within=died and 0 < sum(unread.values()) < 4000)
        assert finished(command)[0] == 0
        with Store.open(path) as store:
            assert store.lists.counts().unread == 0
    tally.show()


def test_an_import_is_there_whole_or_not_at_all(tmp_path):
    path, chance, tally = tmp_path / "library.db", random.Random(2), Tally("import")
    outlines = (f'<outline text="Site {n}" xmlUrl="https://site{n}.example/feed"/>' for n in range(LISTED))
    listed = tmp_path / "feeds.opml"
    listed.write_text(f'<opml version="2.0"><body>{"".join(outlines)}</body></opml>')
    template = tmp_path / "template.db"
    with Store.open(template) as store:
        fill(store, 3, 10)
    command = newsread(path, "import", "--json", str(listed))
    empty = min(seconds(lambda: finished(newsread(path, "feeds"))) for _ in range(3))
    copied(template, path)
    whole = seconds(lambda: finished(command))
    for _ in range(KILLS):
        copied(template, path)
        lines, died = killed(command, chance.uniform(0.8 * empty, whole))
        with Store.open(path) as store:
            sound(store)
            there = {feed.url for feed in store.feeds.all()}
            assert len(there) in (3, LISTED)
            assert {one["url"] for one in records(lines)} <= there
            tally.told(within=died)
        code, lines, words = finished(command)
        assert (code, len(lines)) == (0, LISTED), words
        with Store.open(path) as store:
            assert len(store.feeds.all()) == LISTED
    tally.show()


def test_a_migration_is_done_or_not_begun(tmp_path):
    path, chance, tally = tmp_path / "library.db", random.Random(3), Tally("migration")
    backup = path.with_name(f"{path.name}.version-1.backup")
    template = tmp_path / "template.db"
    old_library.make(template, 50)
    total = 50 * old_library.ITEMS
    copied(template, path)
    command = helper("opening", path)
    whole = seconds(lambda: finished(command))
    again = seconds(lambda: finished(command))  # without anything to migrate
    for _ in range(KILLS):
        copied(template, path)
        backup.unlink(missing_ok=True)
        lines, died = killed(command, chance.uniform(0, 1.2 * (whole - again)), ready="ready")
        raw = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        version = raw.execute("PRAGMA user_version").get
        assert raw.execute("PRAGMA integrity_check").get == "ok"
        raw.close()
        assert version in (1, schema.version())
        assert version > 1 or "done" not in lines
        tally.told(within=died and (version == 1 or "done" not in lines))
        if version > 1:
            assert backup.exists()
        with Store.open(path) as store:
            sound(store)
            counts = store.lists.counts()
            assert (counts.total, counts.unread) == (total, total - total // 3)
            assert len(store.lists.ids(View(starred=True))) == total // 10
            assert store.db.value("SELECT count(*) FROM story") > 0
        old = apsw.Connection(str(backup))
        assert old.execute("PRAGMA integrity_check").get == "ok"
        assert old.execute("SELECT count(*) FROM article").get == total
        old.close()
        assert finished(newsread(path, "feeds"))[0] == 0
    tally.show()


def test_a_removal_takes_each_feed_whole(template, tmp_path):
    path, chance, tally = tmp_path / "library.db", random.Random(4), Tally("removal")
    command = newsread(path, "remove", "--json", *map(str, range(1, 21)))
    copied(template, path)
    empty = min(seconds(lambda: finished(newsread(path, "feeds"))) for _ in range(3))
    whole = seconds(lambda: finished(command))
    for _ in range(KILLS):
        copied(template, path)
        lines, died = killed(command, chance.uniform(0.8 * empty, 1.05 * whole))
        with Store.open(path) as store:
            sound(store)
            left = {feed.id: feed.total for feed in store.feeds.all()}
            assert set(left.values()) == {100}
            assert not {one["id"] for one in records(lines)} & left.keys()
            tally.told(within=died and 20 < len(left) < 40)
            rest = sorted(left.keys() & set(range(1, 21)))
        if rest:
            code, lines, words = finished(newsread(path, "remove", "--json", *map(str, rest)))
            assert (code, len(lines)) == (0, len(rest)), words
        with Store.open(path) as store:
            assert len(store.feeds.all()) == 20
            assert store.lists.counts().total == 2000
    tally.show()


def test_tidying_takes_only_what_it_may_and_the_file_stays_whole(template, tmp_path):
    """Killed while articles leave or the file is written anew; what stays is whole, what went stays away."""
    path, chance, tally = tmp_path / "library.db", random.Random(5), Tally("retention")
    config = tmp_path / "config.toml"
    config.write_text("[keep]\narticles = 30\n")
    with Store.open(template) as store:
        store.marks.read(store.lists.ids(View()))
        starred = store.lists.ids(View())[-200:]
        store.marks.star(starred)
    command = newsread(path, "doctor", "--tidy", "--json", config=config)
    copied(template, path)
    empty = min(seconds(lambda: finished(newsread(path, "feeds"))) for _ in range(3))
    whole = seconds(lambda: finished(command))
    for _ in range(KILLS):
        copied(template, path)
        _, died = killed(command, chance.uniform(0.8 * empty, whole))
        with Store.open(path) as store:
            sound(store)
            left = store.lists.counts().total
            assert set(starred) <= set(store.lists.ids(View(starred=True)))
            tally.told(within=died and left < 4000)
        assert finished(command)[0] in (0, 1)  # 1: what `fill` stores has no stories
        with Store.open(path) as store:
            sound(store)
            assert {feed.total for feed in store.feeds.all()} <= set(range(30, 131))
            assert store.lists.counts().total < 40 * 30 + 201
            fill(store, 40, 100)  # the feeds bring everything again
            assert store.lists.counts().total < 40 * 30 + 201
    tally.show()


# Torn logs


def logged(path, rounds, checkpoint):
    """Let a newsread commit and die; returns the digests of its states, the one before its log first."""
    process = spawned(helper("committing", path, rounds, checkpoint))
    states = []
    while (line := process.stdout.readline().strip()) != "end":
        assert line, process.stderr.read()
        states.append(line)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return states[max(checkpoint, 0) :]


def torn(body, chance):
    """Return a log as a power cut or a bad disk may leave it: cut, or bytes of it wrong."""
    if chance.random() < 0.5:
        return body[: chance.randint(0, len(body))]
    spoilt = bytearray(body)
    for _ in range(chance.choice((1, 1, 3, 20))):
        spoilt[chance.randrange(len(spoilt))] ^= chance.randint(1, 255)
    return bytes(spoilt)


def test_torn_logs_leave_an_earlier_state_whole(template, tmp_path):
    chance, states, earlier = random.Random(5), [], 0
    path = tmp_path / "library.db"
    log, saved = path.with_name("library.db-wal"), tmp_path / "saved.db"
    for tear in range(TEARS):
        if tear % 25 == 0:  # a new history; in every second one the log was begun anew
            copied(template, path)
            rounds = chance.randint(4, 20)
            states = logged(path, rounds, rounds // 3 if tear % 50 else -1)
            shutil.copyfile(path, saved)
            body = log.read_bytes()
        copied(saved, path)
        log.write_bytes(torn(body, chance))
        with Store.open(path) as store:
            sound(store)
            found = digest(store)
            assert found in states
            earlier += found != states[-1]
            store.feeds.rename(1, "It can be written to")
        with Store.open(path) as store:
            sound(store)
    print(f"\n{TEARS} torn logs, {earlier} of them left an earlier state, all sound")
