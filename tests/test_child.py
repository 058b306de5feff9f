"""A refresh in another process: lines in, a process that always ends. The child is a small script here."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

from reader import child
from reader.child import ChildError
from reader.config import Config
from reader.model import Refreshed
from reader.refresh import refreshed_to_json

CONFIG = Config(path=Path("/nonexistent/config.toml"), library=Path("/nonexistent/library.db"))
LINES = [
    Refreshed(feed=1, title="Ünïcode \u2028 news", url="http://a/", new=3, done=1, total=2),
    Refreshed(feed=2, title="b", url="/path", error="it failed", done=2, total=2),
]
SILENT = "import signal; signal.pause()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"


def script(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """Let the child be a script; it can `say` its process id in a line."""
    head = (
        "import os, sys, json\n"
        "def say(): print(json.dumps(dict(feed=os.getpid(), title='', url='')), flush=True)\n"
    )
    words = [sys.executable, "-c", head + source]
    monkeypatch.setattr(child, "command", lambda *_, **__: words)


async def collected() -> list[Refreshed]:
    return [result async for result in child.refresh(CONFIG)]


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def test_lines_become_results(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, f"print({chr(10).join(map(refreshed_to_json, LINES))!r})")
    assert await collected() == LINES


@pytest.mark.parametrize("code", [0, 3])
async def test_an_end_that_is_fine(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, f"sys.exit({code})")
    assert await collected() == []


async def test_all_feeds_failing_is_no_failure_of_the_refresh(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, f"print({refreshed_to_json(LINES[1])!r}); sys.exit(1)")
    assert await collected() == LINES[1:]


async def test_the_last_words_are_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    script(
        monkeypatch, "sys.stderr.write('warming up\\nnewsread: the disk is full\\x1b[2J\\n\\n'); sys.exit(1)"
    )
    with pytest.raises(ChildError, match=r"^the disk is full$"):
        await collected()


async def test_a_child_that_dies_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "say(); os.kill(os.getpid(), 9)")
    with pytest.raises(ChildError, match="broke off"):
        await collected()


@pytest.mark.parametrize(
    "line", ["'not JSON'", "[]", "{}", "json.dumps(dict(feed='1', title='', url=''))", "'x' * 2_000_000"]
)
async def test_a_line_that_is_no_result_ends_it(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, f"print({line}, flush=True)\n" + SILENT)
    with pytest.raises(ChildError, match="does not understand"):
        await collected()


async def test_much_on_standard_error_blocks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "sys.stderr.write('words\\n' * 100_000); say()")
    assert len(await collected()) == 1


@pytest.mark.parametrize("source", ["", DEAF])
async def test_closing_ends_the_child(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "GRACE", 0.2)
    script(monkeypatch, source + "say()\n" + SILENT)
    async with aclosing(child.refresh(CONFIG)) as results:
        result = await anext(results)
    assert gone(result.feed)


async def test_closing_ends_a_child_that_goes_on_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "while True: say()")
    async with aclosing(child.refresh(CONFIG)) as results:
        result = await anext(results)
    assert gone(result.feed)


async def test_cancelling_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "say()\n" + SILENT)
    began: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def follow() -> None:
        async for result in child.refresh(CONFIG):
            began.set_result(result.feed)

    task = asyncio.create_task(follow())
    pid = await began
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(pid)


async def test_a_python_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(ChildError, match="no refresh could be started"):
        await collected()


def test_the_command_line(tmp_path: Path) -> None:
    there = tmp_path / "config.toml"
    there.touch()
    words = child.command(Config(path=there, library=tmp_path / "library.db"), (3, 4), all=True)
    assert words[:4] == [sys.executable, "-P", "-m", "reader"]
    assert words[4:] == [
        *("refresh", "--library", str(tmp_path / "library.db"), "--config", str(there)),
        *("--json", "--no-fulltext", "--all", "3", "4"),
    ]
    assert "--config" not in child.command(CONFIG)


async def test_another_command_runs_on_the_same_library_and_says_how_it_went(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("A headline\n\nA text.\n")
    config = Config(path=tmp_path / "config.toml", library=tmp_path / "library.db")
    fine = await child.run(config, "add", "--", str(tmp_path / "page.txt"))
    assert (fine.code, "page.txt" in fine.words) == (0, True)
    refused = await child.run(config, "add", "--", str(tmp_path / "missing.txt"))
    assert refused.code == 1
    assert "missing.txt" in refused.words
