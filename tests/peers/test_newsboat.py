"""Moving in from the real newsboat: it is set up, read and flagged in by its own keys, and taken over whole.

pytest -m slow tests/peers/test_newsboat.py
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.server import Reply, Server
from tests.terminal import Terminal

NEWSBOAT = shutil.which("newsboat")
ROOT = Path(__file__).resolve().parents[2]
TAGS = {0: ("world", "asia"), 1: ("sport",), 2: ("world",), 3: ()}
HIDDEN = 3  # its `!` comes where the others have their tags
ITEMS = {0: 6, 1: 5, 2: 4, 3: 3}
ATOM = 2  # this one is no RSS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed"),
]


def rss(paper):
    items = "".join(
        f"<item><title>Paper {paper} item {n}</title><link>https://p{paper}.example/{n}</link>"
        + (f"<guid>g-{paper}-{n}</guid>" if n % 2 else "")
        + f"<pubDate>Sun, {20 - n} Sep 2026 12:00:00 GMT</pubDate><description>Text {n}</description></item>"
        for n in range(ITEMS[paper])
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper {paper}</title>'
        f"<link>https://p{paper}.example/</link><description>d</description>{items}</channel></rss>"
    ).encode()


def atom(paper):
    entries = "".join(
        f'<entry><title>Paper {paper} item {n}</title><link href="https://p{paper}.example/{n}"/>'
        f"<id>tag:p{paper}.example,2026:{n}</id><updated>2026-09-{20 - n}T12:00:00Z</updated>"
        f'<content type="html">Text {n}</content></entry>'
        for n in range(ITEMS[paper])
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper {paper}</title>'
        f"<id>tag:p{paper}.example,2026:</id><updated>2026-09-20T12:00:00Z</updated>{entries}</feed>"
    ).encode()


@pytest.fixture
def site():
    with Server() as server:
        for paper in ITEMS:
            body = atom(paper) if paper == ATOM else rss(paper)
            server.routes[f"/{paper}"] = Reply(body, headers={"Content-Type": "application/xml"})
        yield server


@pytest.fixture
def env(tmp_path):
    return {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), ""),
    }


@pytest.fixture
def boat(tmp_path, site, env):
    """newsboat's folder after a reload and a visit: one feed read, an article opened, two flagged."""
    folder = tmp_path / ".newsboat"
    folder.mkdir()
    lines = [
        f'{site.url("/0")} world asia "~My Wire"',
        f"{site.url('/1')} sport",
        f"{site.url('/2')} world",
        f"{site.url('/3')} !",
        '"query:Mine:unread = \\"yes\\" and tags # \\"world\\""',
        '"query:Odd:rssurl =~ \\"^x\\""',
        '"exec:touch ran" scripts',
    ]
    (folder / "urls").write_text("\n".join(lines) + "\n")
    ran = subprocess.run([NEWSBOAT, "-x", "reload"], env=env, cwd=tmp_path, check=True, capture_output=True)
    assert not ran.stderr
    (tmp_path / "ran").unlink(missing_ok=True)  # newsboat runs it, and newsread shall not
    visit(env)
    return folder


def visit(env):
    """Read at newsboat's desk by its keys."""
    with Terminal([NEWSBOAT], env=env) as desk:
        for keys in (
            *("", "\r", "\r", "q"),  # the first feed, its first article
            *("j", "\x05", "s\r"),  # flag the one after the next
            *("j", "\r", "\x05", "s\r", "q"),  # open another and flag it
            *("q", "j", "A"),  # another feed is read
        ):
            desk.press(keys)
            desk.quiet(0.4)
        desk.press("Q")
        desk.quiet(1)
        if not desk.ended:
            desk.press("y")
            desk.quiet(2)
        assert desk.ended


def run(env, *words):
    command = [sys.executable, "-P", "-m", "reader", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


def records(env, *words):
    return [json.loads(line) for line in run(env, *words, "--json").stdout.splitlines()]


def cached(folder):
    """Return what newsboat knows of each article: by address its title, whether unread, its flags."""
    with closing(sqlite3.connect(f"file:{folder}/cache.db?mode=ro", uri=True)) as cache:
        rows = cache.execute("SELECT url, title, unread, coalesce(flags, '') FROM rss_item WHERE deleted = 0")
        return {url: (title, bool(unread), flags) for url, title, unread, flags in rows}


def test_every_feed_tag_and_mark_arrives_by_one_command(env, boat, site, tmp_path):
    known = cached(boat)
    assert len(known) == sum(ITEMS.values())
    read = {url for url, (_, unread, _) in known.items() if not unread}
    flagged = {url for url, (_, _, flags) in known.items() if flags}
    assert len(read) > min(ITEMS.values()), "newsboat was read in, a whole feed and an article"
    assert len(flagged) == 2
    before = {path.name: path.read_bytes() for path in boat.iterdir()}

    ran = run(env, "import", "newsboat")

    assert ran.returncode == 3, ran.stderr  # a query and a command have no counterpart
    assert "Traceback" not in ran.stderr
    assert {path.name: path.read_bytes() for path in boat.iterdir()} == before
    feeds = {feed["url"]: feed for feed in records(env, "feeds")}
    assert set(feeds) == {site.url(f"/{paper}") for paper in ITEMS}, "every feed"
    for paper, tags in TAGS.items():
        feed = feeds[site.url(f"/{paper}")]
        assert feed["topic"] == (tags[0] if tags else "")
        assert feed["tags"] == list(tags)
        assert feed["title"] == ("My Wire" if paper == 0 else f"Paper {paper}")
        assert feed["muted"] == (paper == HIDDEN)
        assert not feed["paused"]
        assert feed["total"] == ITEMS[paper]
    articles = {row["url"]: row for row in records(env, "list", "--search", "unread OR -unread")}
    hidden = {row["url"]: row for row in records(env, "list", "--feed", "Paper 3")}
    articles |= hidden
    assert set(articles) == set(known), "every article"
    assert {url for url, row in articles.items() if row["read"]} == read, "every read mark"
    assert {url for url, row in articles.items() if row["starred"]} == flagged, "every flag"
    assert all(articles[url]["title"] == title for url, (title, _, _) in known.items())
    views = {view["name"]: view["query"] for view in records(env, "views")}
    assert views["Mine"] == 'unread tag:"world"'
    tagged = {row["url"] for row in records(env, "list", "--view", "asia")}
    assert tagged == {url for url in known if url.startswith("https://p0.")}, "a further tag"
    assert set(views) == {"Mine", "asia"}
    assert "refused: query:Odd" in ran.stderr
    assert "exec:" in ran.stderr
    assert not (tmp_path / "ran").exists()


def test_both_count_the_same_unread_articles(env, boat):
    printed = subprocess.run(
        [NEWSBOAT, "-x", "print-unread"], env=env, check=True, capture_output=True, text=True
    )
    run(env, "import", "newsboat")
    assert run(env, "unread", "--count").stdout.split()[0] == printed.stdout.split()[0]


def test_a_refresh_brings_nothing_twice(env, boat):
    """The same documents, now fetched by newsread: all that newsboat knew is known."""
    run(env, "import", "newsboat")
    before = {row["id"]: row["read"] for row in records(env, "list")}
    ran = run(env, "refresh", "--all")
    assert ran.returncode == 0, ran.stderr
    assert {row["id"]: row["read"] for row in records(env, "list")} == before
    assert "0 added" in run(env, "import", "newsboat").stderr


def test_what_newsboat_exports_is_taken_too(env, boat, tmp_path):
    exported = subprocess.run([NEWSBOAT, "-e"], env=env, check=True, capture_output=True).stdout
    (tmp_path / "boat.opml").write_bytes(exported)
    ran = run(env, "import", "--private", str(tmp_path / "boat.opml"))
    assert "Traceback" not in ran.stderr
    feeds = records(env, "feeds")
    with_lines = [line.split()[0] for line in (boat / "urls").read_text().splitlines() if line[:4] == "http"]
    assert {feed["url"] for feed in feeds} == set(with_lines)
