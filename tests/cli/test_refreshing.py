"""`newsread refresh`, against a loopback server."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.cli.feeds import rss
from tests.server import Reply


@pytest.fixture
def feeds(server, store):
    """Two feeds that work and one that fails."""
    server.routes["/a"] = Reply(rss("A", "One", "Two"))
    server.routes["/b"] = Reply(rss("B", "Three"))
    return [
        store.feeds.add(server.url(path), title=path[1:].upper(), local=True)[0]
        for path in ("/a", "/b", "/gone")
    ]


def test_what_is_due_is_fetched_and_failures_are_listed(newsread, feeds, store):
    ran = newsread("refresh")
    assert ran.code == 3
    assert ran.out == ""
    lines = ran.err.splitlines()
    assert lines[0].startswith("failed: GONE: ")
    assert lines[1] == "3 feeds: 3 new articles, 0 updated, 0 unchanged, 1 failed"
    assert store.lists.counts().total == 3
    assert newsread("refresh").err == "nothing is due; --all fetches everything now\n"


def test_where_every_feed_is_paused_that_is_said(newsread, feeds, store):
    for feed in feeds:
        store.feeds.pause(feed.id)
    assert newsread("refresh").err == "every feed is paused; `newsread feeds` lists them\n"


def test_named_feeds_are_fetched_at_once(newsread, feeds, server):
    newsread("refresh")
    server.hits.clear()
    assert newsread("refresh", "A").code == 0
    assert server.paths() == ["/a"]


def test_all_leaves_paused_feeds_alone(newsread, feeds, server, store):
    store.feeds.pause(feeds[1].id)
    newsread("refresh", "--all")
    assert sorted(server.paths()) == ["/a", "/gone"]


def test_all_that_fails_is_failure(newsread, feeds):
    assert newsread("refresh", "GONE").code == 1


def test_json_has_a_line_for_each_feed(newsread, feeds):
    ran = newsread("refresh", "--json")
    assert ran.err == ""
    records = {record["title"]: record for record in ran.records}
    assert records["A"]["new"] == 2
    assert records["GONE"]["error"]
    assert sorted(record["done"] for record in ran.records) == [1, 2, 3]
    assert {record["total"] for record in ran.records} == {3}


def test_quiet_says_only_what_failed(newsread, feeds):
    assert newsread("refresh", "A", "B", "-q").err == ""
    assert newsread("refresh", "--all", "-q").err.startswith("failed: GONE")


def test_without_feeds_there_is_nothing_to_do(newsread, store):
    ran = newsread("refresh", "--all")
    assert (ran.code, ran.err) == (0, "there are no feeds yet\n")


def test_a_name_that_no_feed_has_is_said(newsread, feeds):
    assert "there is no feed 'zzz'" in newsread("refresh", "zzz").err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_within_a_second_and_keeps_what_was_stored(home, feeds, server, store, number):
    server.routes["/gone"] = lambda _asked: server.silence()
    command = [sys.executable, "-P", "-m", "reader", "refresh", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        done = {json.loads(process.stdout.readline())["title"] for _ in range(2)}
        began = time.monotonic()
        process.send_signal(number)
        code = process.wait(30)
        taken = time.monotonic() - began
        assert process.stderr.read() == b""
    assert done == {"A", "B"}
    assert code >= 128
    assert taken < 1.5
    assert store.lists.counts().total == 3


def test_a_reader_that_leaves_stops_the_refresh(home, feeds, server):
    command = [sys.executable, "-P", "-m", "reader", "refresh", "--json", "--all"]
    for number in range(40):
        server.routes[f"/{number}"] = Reply(rss(str(number), "x"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_a_terminal_gets_a_progress_bar(home, feeds):
    """And the bar leaves nothing behind but the summary."""
    ours, theirs = pty.openpty()
    seen = bytearray()

    def read():
        while True:
            try:
                seen.extend(os.read(ours, 4096) or b"")
            except OSError:
                return

    reader = threading.Thread(target=read)
    reader.start()
    command = [sys.executable, "-P", "-m", "reader", "refresh"]
    env = os.environ | {"TERM": "xterm-256color"}
    ran = subprocess.run(command, stderr=theirs, stdout=subprocess.PIPE, timeout=60, check=False, env=env)
    os.close(theirs)
    reader.join(10)
    os.close(ours)
    assert ran.returncode == 3
    assert b"3/3" in seen
    assert b"3 new, 1 failed" in seen
    assert seen.rstrip().endswith(b"1 failed")
