"""The command line on hostile news: every byte of its output, for people, for scripts, and of its errors.

python -m pytest tests/peers/test_bytes_lines.py                 # a small hostile library of its own
python -m pytest -m slow -s tests/peers/test_bytes_lines.py      # the whole kit; prints figures
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import product
from pathlib import Path

import pytest

from reader.cli import main
from reader.store import Store
from tests.peers.hands import ROOT
from tests.peers.strange import ADDRESSES, EVIL, settings, stock
from tests.peers.test_bytes import whole  # noqa: F401 - a fixture
from tests.peers.wire import Wire
from tests.shared import shared
from tests.terminal import Terminal

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # a pty beside threads

CODES = {0, 1, 2, 3}
ANYWHERE = [
    *(("list", *more) for more in ((), ("--stories",), ("--top",), ("--unread", "--limit", "9"))),
    *(("feeds", *more) for more in ((), ("--failing",))),
    *(("topics",), ("doctor",), ("config",), ("paths",), ("keys",), ("search", "immigration", "-x")),
]
"""Commands that take no word from outside."""
BY_NUMBER = [
    ("show",),
    ("show", "--format", "markdown"),
    ("show", "--format", "html"),
    ("related",),
    ("story",),
]


class Lines:
    """Runs commands in this process and looks at all that they write."""

    def __init__(self, home: Path) -> None:
        self.places = ("--library", f"{home}/library.db", "--config", f"{home}/config.toml")
        self.out, self.said = Wire(desk=False), Wire(desk=False)
        self.runs = 0

    def run(self, *words: str) -> bytes:
        """Run a command; return what it wrote to standard output."""
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            code = main([words[0], *self.places, *words[1:]])
        out, said = (stream.detach().getvalue() for stream in streams)
        self.runs += 1
        self.out.feed(out, last=True)
        self.said.feed(said, last=True)
        assert code in CODES
        assert b"should not have" not in said, (words, said)
        assert [*self.out.offences, *self.said.offences] == [], words
        assert said.count(b"\n") <= len(words) + 2
        return out

    def both(self, *words: str) -> None:
        """Run a command for people, and for scripts: what these get is JSON on every line."""
        self.run(*words)
        for line in self.run(words[0], "--json", *words[1:]).splitlines():
            json.loads(line)

    def figures(self) -> str:
        return f"{self.runs} commands, {self.out.read:,} bytes of output, {self.said.read:,} of words"


def numbers(home: Path) -> list[str]:
    with Store.open(home / "library.db") as store:
        return [str(article.headline.id) for article in store.articles.after(0, 100_000)]


def everything(lines: Lines, ids: Iterable[str]) -> None:
    """Ask for all that a library has to say."""
    for words in ANYWHERE:
        lines.both(*words)
    for words, id in product(BY_NUMBER, ids):
        lines.both(*words, id)
    lines.run("export")


def refusals() -> Iterator[tuple[str, ...]]:
    """Return command lines that hold hostile words where a name, an address or a number is asked for."""
    for evil in filter(lambda each: "\0" not in each, EVIL):
        for option in ("--topic", "--feed", "--since", "--limit", "--source", f"--{evil}"):
            yield ("list", option, evil)
        for command in ("list", "search", "show", "related", "story", "remove", "import"):
            yield (command, evil)
        yield ("topic", "set", evil, "1")
    for address in ADDRESSES:
        if address.startswith(("http", "HTTP", "//")) and "pw@" not in address:
            continue  # these would be fetched
        yield from (("add", address), ("list", "--source", address), ("import", address))


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    settings(tmp_path, "true")
    with Store.open(tmp_path / "library.db") as store:
        stock(store)
    return tmp_path


def test_nothing_of_hostile_news_is_printed(shelf):
    lines = Lines(shelf)
    everything(lines, numbers(shelf)[:30:3])
    print(lines.figures())


def test_errors_repeat_hostile_words_without_harm(shelf, monkeypatch):
    monkeypatch.chdir(shelf)
    lines = Lines(shelf)
    for words in refusals():
        lines.run(*words)
    assert lines.said.read
    print(lines.figures())


def test_a_hostile_config_and_library_are_refused_without_harm(shelf):
    for place, evil in product(("config.toml", "library.db"), EVIL):
        before = (shelf / place).read_bytes()
        (shelf / place).write_text(f'{evil} = 3\n["{evil}"]\n', encoding="utf-8")
        Lines(shelf).run("list")
        (shelf / place).write_bytes(before)


@pytest.fixture
def terminal(shelf) -> Callable[..., bytes]:
    """Return a function that runs a command on a pseudo-terminal and returns what it wrote."""

    def run(*words: str, home: Path = shelf) -> bytes:
        env = {"NEWSREAD_LIBRARY": f"{home}/library.db", "NEWSREAD_CONFIG": f"{home}/config.toml"}
        command = [sys.executable, "-P", "-m", "reader", *words]
        with Terminal(command, env=env | {"PYTHONPATH": str(ROOT)}) as on:
            on.quiet(30, timeout=60)
            return bytes(on.raw)

    return run


ON_A_TERMINAL = [("list",), ("feeds",), ("show", "1"), ("refresh", "--all"), ("list", "\x1b[2J\x07")]


@pytest.mark.parametrize("words", ON_A_TERMINAL, ids=str)
def test_a_terminal_gets_columns_and_a_bar_and_nothing_else(terminal, words, shelf):
    with Store.open(shelf / "library.db") as store:
        for feed in store.feeds.all():  # nothing is asked of the network
            store.feeds.pause(feed.id)
        store.feeds.add(str(shelf / "\x1b]0;gone\x07.xml"), title="\x9b2J", local=True)
    wire = Wire(desk=False, progress=words[0] == "refresh")
    wire.feed(terminal(*words), last=True)
    assert wire.offences == []
    assert wire.read


@pytest.mark.slow
def test_the_whole_kit_is_printed(whole, terminal):  # noqa: F811 - the fixture
    lines = Lines(whole)
    everything(lines, numbers(whole))
    for path in sorted([*shared("hostile").glob("feeds/[0-9]*"), *(whole / "files").rglob("*")]):
        lines.both("list", "--source", str(path))
    wire = Wire(desk=False)
    for words in (
        ("list", "--limit", "0"),
        ("feeds",),
        ("topics",),
        ("list", "--stories"),
        ("list", "--top"),
    ):
        wire.feed(terminal(*words, home=whole), last=True)
    assert wire.offences == []
    print(f"{lines.figures()}; {wire.read:,} bytes on a terminal")
