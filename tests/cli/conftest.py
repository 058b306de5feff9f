"""Run `newsread` in process, on a library of its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from reader.cli import main
from reader.model import Enclosure, Entry, Evidence
from reader.store import Store
from tests.server import Server

NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def records(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with config.toml and library.db of its own; nothing of the developer's is touched."""
    monkeypatch.setenv("NEWSREAD_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("NEWSREAD_LIBRARY", str(tmp_path / "library.db"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("NEWSREAD_DEBUG", raising=False)
    for name in ("COLUMNS", "PYTHONUNBUFFERED", "PYTHONUTF8", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def newsread(home, capsys):
    """Call the command line; no run may print a traceback or a control character."""

    def newsread(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert all(char.isprintable() or char in "\n\t\u200b\u200d" for char in out + err)
        return Ran(code, out, err)

    return newsread


@pytest.fixture
def spawn(home):
    """Call the command line as a process of its own."""

    def spawn(*words: object, **more) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-P", "-m", "reader", *map(str, words)]
        return subprocess.run(command, capture_output=True, timeout=60, check=False, **more)

    return spawn


@pytest.fixture
def store(home):
    """The library behind the commands."""
    with Store.open(home / "library.db") as opened:
        yield opened


@pytest.fixture
def filled(store):
    """A library with two feeds and five articles; returns their ids, newest first."""
    wire, _ = store.feeds.add("https://wire.example/feed", title="The Wire", topic="World")
    post, _ = store.feeds.add("https://post.example/feed", title="Morning Post")
    articles = [
        (wire.id, "Treaty signed at the border", "World", 1),
        (post.id, "Border treaty: what it says", "World", 2),
        (wire.id, "Chip maker opens a plant", "Technology", 30),
        (post.id, "Marathon record falls", "Sport", 60),
        (post.id, "日本語の見出し：首相が新計画を発表しました", "World", 100),
    ]
    ids = []
    for feed, title, topic, hours in articles:
        entry = Entry(
            title=title,
            guid=title,
            url=f"https://wire.example/{hours}",
            author="A. Writer",
            published=NOW - timedelta(hours=hours),
            html=f"<h1>{title}</h1><p>The <b>first</b> paragraph of {hours}.</p>",
            categories=(topic,),
            enclosures=(Enclosure("https://wire.example/a.mp3", "audio/mpeg", 12),) if hours == 1 else (),
        )
        from dataclasses import replace

        rows = [
            replace(row, text=title, topics=(Evidence(topic, "category"),))
            for row in store.articles.sift(feed, [entry])
        ]
        ids += store.articles.save(feed, rows, NOW).new
    return ids


@pytest.fixture
def server():
    """A server of this machine."""
    with Server() as running:
        yield running
