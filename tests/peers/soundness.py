"""What the durability suites share: the program as a process, its sudden end, and a library that is sound."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.model import Entry, Evidence
from reader.store import Store
from reader.store.health import health

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AGREEING = (  # what triggers and code keep must be what counting gives
    "SELECT id FROM feed WHERE total <> (SELECT count(*) FROM state WHERE feed = feed.id)",
    "SELECT id FROM feed WHERE unread <> (SELECT count(*) FROM state WHERE feed = feed.id AND read = 0)",
    "SELECT id FROM topic WHERE total <> (SELECT count(*) FROM article_topic WHERE topic = topic.id)",
    """SELECT id FROM topic WHERE unread <>
       (SELECT count(*) FROM article_topic JOIN state USING (article) WHERE topic = topic.id AND read = 0)""",
    "SELECT id FROM article WHERE bare = 0 AND id NOT IN (SELECT article FROM content)",
    "SELECT id FROM article WHERE bare = 0 AND id NOT IN (SELECT id FROM search_docsize)",
    "SELECT id FROM search_docsize WHERE id NOT IN (SELECT id FROM article)",
    "SELECT key FROM item WHERE article > 0 AND article NOT IN (SELECT id FROM article)",
)


def sound(store: Store) -> None:
    """Assert that the file is whole, the indexes are consistent and everything counts the same."""
    assert store.problems() == ()
    for index in ("search", "neighbour"):
        store.db.run(f"INSERT INTO {index}({index}) VALUES ('integrity-check')")
    for sql in AGREEING:
        assert store.db.rows(sql) == [], sql
    found = health(store.db)
    assert (found.homeless, found.astray) == (0, 0)
    assert store.lists.counts().total == found.articles
    assert store.lists.counts().unread == found.unread


def fill(store: Store, feeds: int, items: int, *, topic: str = "World") -> None:
    """Store feeds with articles, a batch for each, as a refresh would."""
    for number in range(feeds):
        feed, _ = store.feeds.add(f"https://site{number}.example/feed", title=f"Site {number}")
        entries = [
            Entry(
                title=f"Budget {number}-{item} is read",
                guid=f"{number}-{item}",
                url=f"https://site{number}.example/{item}",
                html=f"<p>{'What the budget says. ' * 20}</p>",
                published=NOW - timedelta(minutes=item),
            )
            for item in range(items)
        ]
        rows = [
            replace(row, text="budget", topics=(Evidence(topic, "test"),), terms=("budget",), vector=b"v")
            for row in store.articles.sift(feed.id, entries)
        ]
        store.articles.save(feed.id, rows, NOW)


def newsread(path: Path, *words: str, config: Path | None = None) -> list[str]:
    """Return a command line of the program on a library."""
    command, *rest = words
    places = ["--library", str(path), *(["--config", str(config)] if config else [])]
    return [sys.executable, "-P", "-m", "reader", command, *places, *rest]


def helper(name: str, *words: object) -> list[str]:
    """Return the command line of a helper in this folder."""
    return [sys.executable, "-m", f"tests.peers.{name}", *map(str, words)]


def spawned(command: Sequence[str]) -> subprocess.Popen[str]:
    """Start a command whose lines arrive as it prints them."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "NEWSREAD_CONFIG": os.devnull},
    )


def finished(command: Sequence[str]) -> tuple[int, list[str], str]:
    """Run a command to its end; returns its exit code, the lines it printed and its words."""
    process = spawned(command)
    said, words = process.communicate(timeout=300)
    return process.returncode, said.splitlines(), words


def killed(command: Sequence[str], after: float, *, ready: str = "") -> tuple[list[str], bool]:
    """Kill a command after so many seconds (since it printed `ready`, where given).

    Returns the whole lines that it printed, and whether it was still at work.
    """
    process = spawned(command)
    assert process.stdout
    if ready:
        assert process.stdout.readline().strip() == ready
    killer = threading.Timer(after, process.send_signal, (signal.SIGKILL,))
    killer.start()
    said, words = process.communicate()
    killer.cancel()
    assert process.returncode in (0, -signal.SIGKILL), words
    return said[: said.rfind("\n") + 1].splitlines(), process.returncode != 0


def seconds(run: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


class Tally:
    """How many kills came while the work was half done."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kills = self.within = 0

    def told(self, *, within: bool) -> None:
        """Count one that was survived."""
        self.kills += 1
        self.within += within

    def show(self) -> None:
        """Print the figures."""
        print(f"\n{self.name}: {self.kills} kills survived, {self.within} of them in the middle of the work")


def records(lines: Sequence[str]) -> list[dict[str, object]]:
    """Return the JSON objects of lines."""
    return [json.loads(line) for line in lines]
