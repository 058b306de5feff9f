"""Articles handed to other programs: no shell, no word of an article among a command's words."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from reader import library
from reader.config import Config, ConfigError, load
from reader.config.commands import Command
from reader.model import Enclosure, ParsedFeed
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.desk import programs
from reader.tui.desk.programs import ProgramError, pager, player
from tests.tui.desks import NOW, Reader, config, entry, settle

EVIL = "$(touch evil); `touch evil` | touch evil & --help"


class Player:
    """A player that plays until it is told to stop."""

    def __init__(self) -> None:
        self.stopped = False

    def poll(self) -> int | None:
        return 0 if self.stopped else None

    def terminate(self) -> None:
        self.stopped = True


@asynccontextmanager
async def desk(folder: Path, **more: object) -> AsyncIterator[Reader]:
    """A desk over three articles: with two files, with one, with none."""
    settings: Config = replace(config(folder), **more)  # type: ignore[arg-type]
    store = Store.open(settings.library)
    feed, _ = store.feeds.add("https://a.example/f", title="Pod")
    files = (
        Enclosure("https://a.example/1.mp3", "audio/mpeg", 24_100_000),
        Enclosure("https://a.example/2.mp4", "video/mp4"),
    )
    entries = (
        replace(entry(1, EVIL, "<p>Hello <b>there</b> &amp; " + EVIL + "</p>"), enclosures=files),
        replace(entry(2, "One file"), enclosures=files[:1]),
        entry(3, "No file"),
    )
    library.ingest(store, feed, ParsedFeed(title="Pod", entries=entries), now=NOW)
    app = NewsApp(settings, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        yield Reader(app, pilot)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    calls: list[tuple[str, tuple[str, ...]]] = []

    def play(url: str, command: tuple[str, ...]) -> Player:
        calls.append((url, command))
        return Player()

    monkeypatch.setattr(programs, "play", play)
    return calls


async def test_what_is_attached_is_listed_and_played(
    tmp_path: Path, played: list[tuple[str, tuple[str, ...]]]
) -> None:
    async with desk(tmp_path, player=("mpv", "--no-video")) as reader:
        await reader.press("O")
        await reader.type("mp4")
        await reader.press("enter")
        assert played == [("https://a.example/2.mp4", ("mpv", "--no-video"))]
        assert "mpv plays https://a.example/2.mp4" in reader.text("footer")
        await reader.press("j", "O", "enter")  # something plays: it can be stopped
        assert "stopped" in reader.text("footer")
        await reader.press("O")
        assert len(played) == 2
        await reader.press("O", "escape", "j")
        reader.desk._playing = None
        await reader.press("O")
        assert "nothing is attached" in reader.text("footer")


def test_a_player_gets_canonical_addresses_as_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **_: calls.append(words))
    programs.play("https://a.example/1.mp3", ("mpv",))
    assert calls == [["mpv", "https://a.example/1.mp3"]]
    for address in ("file:///etc/passwd", "--script=/tmp/x", "javascript:alert(1)"):
        with pytest.raises(Exception, match="not a web address"):
            programs.play(address, ("mpv",))


def test_players_and_pagers_are_found_or_missed_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"mpv": "/bin/mpv", "less": "/bin/less", "nano": "/bin/nano"}
    monkeypatch.setattr(programs.shutil, "which", there.get)
    assert player(("vlc", "-I")) == ("vlc", "-I")
    assert player() == ("mpv", "--force-window")
    assert pager(("bat",), {}) == ("bat",)
    assert pager((), {"PAGER": "gone", "EDITOR": "nano -R"}) == ("nano", "-R")
    assert pager((), {"PAGER": "less '-R"}) == ("less",)
    there.clear()
    for found in (player, pager):
        with pytest.raises(ProgramError, match="in the config"):
            found()


@contextmanager
def aside() -> Iterator[None]:
    yield


async def test_the_pager_shows_the_article_from_a_file_that_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\ncat "$1" > "{seen}"\necho "$1" >> "{seen}"\n')
    script.chmod(0o700)
    async with desk(tmp_path, pager=(str(script),)) as reader:
        monkeypatch.setattr(type(reader.app), "suspend", lambda self: aside())
        await reader.press("E")
        text = seen.read_text()
        assert EVIL in text
        assert "Hello there &" in text
        assert text.splitlines()[-1].endswith("article.txt")
        assert not os.path.exists(text.splitlines()[-1])  # noqa: ASYNC240, PTH110 - a test may wait
        monkeypatch.setattr(reader.desk, "config", replace(reader.desk.config, pager=("/none/such",)))
        await reader.press("E")
        assert "/none/such does not start (no such file or directory)" in reader.text("footer")


async def test_a_command_gets_the_article_on_its_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.md"
    known = (
        Command("notes", ("tee", "-a", str(kept))),
        Command("fail", ("sh", "-c", "echo 'no \x1b[31mway' >&2; exit 3")),
        Command("link", ("cat",), "address"),
        Command("full screen", ("tee", str(tmp_path / "here")), "text", terminal=True),
    )
    monkeypatch.chdir(tmp_path)
    async with desk(tmp_path, commands=known) as reader:
        await reader.press("|", "enter")
        assert kept.read_text().startswith("# $(touch evil); \\`touch evil\\` \\| touch evil & --help")
        assert "notes: # $(touch evil)" in reader.text("footer")
        for name, words in (("fail", "sh failed (3): no way"), ("link", "link: https://example.org/1")):
            await reader.press("|")
            await reader.type(name)
            await reader.press("enter")
            assert words in reader.text("footer")
        monkeypatch.setattr(type(reader.app), "suspend", lambda self: aside())
        await reader.press("|")
        await reader.type("full")
        await reader.press("enter")
        assert "Hello there" in (tmp_path / "here").read_text()
        assert not (tmp_path / "evil").exists()


async def test_without_commands_the_key_says_how_to_have_some(tmp_path: Path) -> None:
    async with desk(tmp_path) as reader:
        await reader.press("|")
        assert "no commands yet: in the config, [commands]" in reader.text("footer")


async def test_a_command_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "PATIENCE", 0.05)
    with pytest.raises(ProgramError, match="took longer"):
        await programs.pipe("x", ("sleep", "30"))
    with pytest.raises(ProgramError, match="does not start"):
        await programs.pipe("x", ("/none/such",))
    assert await programs.pipe("", ("true",)) == ""
    assert await programs.pipe("\n  \nword\n", ("cat",)) == "word"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[commands]\na = []", "2: commands.a takes a list of texts such as"),
        ("[commands]\na = { form = 'text' }", "2: the command a needs run ="),
        ("[commands]\na = { run = ['x'], form = 'pdf' }", '2: commands.a.form takes "markdown"'),
        ("[commands]\na = { run = ['x'], trminal = true }", "did you mean 'terminal'?"),
        ("player = 3", "1: player takes a list of texts such as"),
    ],
)
def test_a_wrong_command_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(path, tmp_path / "l.db", env={})
    assert words in caught.value.problems[0]


def test_commands_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        "pager = 'less'\n[commands]\nb = 'cat'\na = { run = ['x', 'y'], form = 'text', terminal = true }\n"
    )
    settings = load(path, tmp_path / "l.db", env={})
    assert settings.commands == (Command("b", ("cat",)), Command("a", ("x", "y"), "text", terminal=True))
    assert settings.pager == ("less",)
