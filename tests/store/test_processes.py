"""Several newsreads on one library, and newsreads that die."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.model import View
from reader.store import Store
from tests.store.writer import SIZE

ROOT = Path(__file__).parents[2]


def writer(path, name, batches):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(path), name, str(batches)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sound(store):
    """Everything agrees with everything else."""
    assert store.problems() == ()
    store.db.run("INSERT INTO search(search) VALUES ('integrity-check')")
    store.db.run("INSERT INTO neighbour(neighbour) VALUES ('integrity-check')")
    total = store.db.value("SELECT count(*) FROM state")
    unread = store.db.value("SELECT count(*) FROM state WHERE read = 0")
    counts = store.lists.counts()
    assert (counts.total, counts.unread) == (total, unread)
    assert [(topic.total, topic.unread) for topic in store.lists.topics()] == [(total, unread)] * bool(total)
    assert len(store.lists.ids(View())) == len(store.neighbours.candidates(["budget"], 0, 10**6)) == total
    assert store.neighbours.total() == store.neighbours.frequencies(["budget"])["budget"] == total
    assert store.db.value("SELECT count(*) FROM search WHERE search MATCH 'budget'") == total
    for table in ("content", "article"):
        assert store.db.value(f"SELECT count(*) FROM {table}") == total + len(store.feeds.all()) * bool(total)


def test_two_write_while_one_reads_without_error_or_loss(path):
    writers = [writer(path, name, 12) for name in ("one", "two")]
    with Store.open(path) as store:
        seen = 0
        while any(process.poll() is None for process in writers):
            counts = store.lists.counts()
            assert counts.total % SIZE == 0
            assert counts.total >= seen
            seen = counts.total
            found = store.lists.rows(store.lists.ids(View(search="budget"), 50))
            assert len(found) >= min(50, seen)
            store.marks.star(store.lists.ids(View(), 1))
        for process in writers:
            _, errors = process.communicate()
            assert (process.returncode, errors) == (0, "")
        assert store.lists.counts().total == 2 * 12 * SIZE
        assert store.lists.counts().unread == 2 * (12 * SIZE - 3)
        sound(store)


def killed(path, batches):
    """Kill a writer after so many batches, most likely within the next; returns what it said was stored."""
    process = writer(path, "one", 1000)
    said = 0
    for _ in range(batches):
        said = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    with process:
        rest = process.stdout.read().split()
    return int(rest[-1]) if rest else said


@pytest.mark.parametrize("batches", [1, 2, 5])
def test_a_kill_loses_nothing_that_was_stored(path, batches):
    said = killed(path, batches)
    with Store.open(path) as store:
        total = store.lists.counts().total
        assert said <= total <= said + SIZE
        sound(store)


@pytest.mark.slow
def test_many_kills(path):
    chance = random.Random(7)
    total = 0
    for _ in range(50):
        said = killed(path, chance.randint(1, 6))
        with Store.open(path) as store:
            total = store.lists.counts().total
            assert said <= total <= said + SIZE
            sound(store)


@pytest.mark.slow
def test_torn_logs(path):
    """Cut the write-ahead log anywhere, as a power cut might: whatever is left is whole."""
    chance = random.Random(7)
    log = path.with_name(path.name + "-wal")
    for _ in range(50):
        killed(path, 2)
        if log.exists():
            with log.open("r+b") as file:
                file.truncate(chance.randint(0, log.stat().st_size))
        with Store.open(path) as store:
            sound(store)
