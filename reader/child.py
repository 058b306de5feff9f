"""Work in another process: a refresh (`newsread refresh --json`) told of as it goes, pages and pictures.

Why another process: with 500 feeds a parsing thread made the desk lag 74 ms at p95, a child 10 ms; it is the
user's cron command too; and what eats memory or time dies alone (architecture.md "Flows").
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from reader.config import Config
from reader.errands.values import Answer, Errand, answer_from_json, errands_to_json
from reader.model import Refreshed
from reader.records import dataclass
from reader.refresh.lines import refreshed_from_json
from reader.text import NewsreadError, one_line

GRACE = 2.0
"""Seconds that a child may take to end after SIGTERM; a batch takes a fraction of one."""
LINE_MAX = 1024 * 1024
"""Bytes of a line: title, address and error, each with its limit, stay far below."""
ANSWER_MAX = 32 * 1024 * 1024
"""Bytes of an errand's answer, which may hold a page of the longest kind with every letter escaped."""
FINE = (0, 3)
"""Exit codes of a refresh that ran to its end: all well, some feeds failed."""


class ChildError(NewsreadError):
    """The refresh could not run to its end; the text is what it said itself."""


async def refresh(
    config: Config, feeds: Sequence[int] = (), *, all: bool = False
) -> AsyncGenerator[Refreshed, None]:
    """Refresh these feeds, or all, or those that are due; yield what becomes of each as it is stored.

    Cancelling or closing the generator ends the child; what was yielded stays stored. Raises ChildError.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command(config, feeds, all=all),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            limit=LINE_MAX,
            start_new_session=True,  # Ctrl+C in a pager that the desk lends the terminal is not ours
        )
    except OSError as error:
        raise ChildError(f"no refresh could be started: {error.strerror or error}") from error
    said = asyncio.create_task(_last_words(process))
    ended = False
    try:
        async for result in _results(process):
            ended = result.done == result.total > 0
            yield result
        code = await process.wait()
        if code not in FINE and not ended:
            raise ChildError(await said or f"the refresh broke off (exit code {code}): try it again")
    finally:
        await _end(process)
        await said


def command(config: Config, feeds: Sequence[int] = (), *, all: bool = False) -> list[str]:
    """Return the command line. `-P`: a folder named `reader` where the user stands is not ours."""
    every = ["--all"] if all else []
    return _newsread(config, "refresh", "--json", "--no-fulltext", *every, *map(str, feeds))


def _newsread(config: Config, name: str, *words: str) -> list[str]:
    places = ["--library", str(config.library)]
    if config.path.exists():
        places += ["--config", str(config.path)]
    return [sys.executable, "-P", "-m", "reader", name, *places, *words]


async def errands(config: Config, errands: Sequence[Errand]) -> AsyncGenerator[Answer, None]:
    """Fetch pages and pictures in a process of their own; yield what becomes of each as it comes.

    Cancelling or closing the generator ends the child. Raises ChildError.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *errand_command(config), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=ANSWER_MAX,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise ChildError(f"no page could be fetched: {error.strerror or error}") from error
    left = len(errands)
    try:
        await _told(process, errands_to_json(tuple(errands)))
        while line := await _line(process):
            left -= 1
            yield answer_from_json(line)
        if await process.wait() or left:
            raise ChildError("fetching broke off: try it again")
    except ValueError as error:
        raise ChildError("what was fetched came back in a way that the desk does not understand") from error
    finally:
        await _end(process)


def errand_command(config: Config) -> list[str]:
    """Return the command line that does errands."""
    return [sys.executable, "-P", "-m", "reader.errands", str(config.path)]


async def _told(process: Process, words: bytes) -> None:
    """Write to the child's standard input and close it; one that does not listen will say so by its end."""
    if process.stdin:
        with suppress(ConnectionError):
            process.stdin.write(words)
            await process.stdin.drain()
        process.stdin.close()


async def _line(process: Process) -> bytes:
    """Return the next line of the child, b"" at its end."""
    return await process.stdout.readline() if process.stdout else b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: its exit code, the last line that it said, and with --json what it printed."""

    code: int
    words: str
    records: tuple[Mapping[str, Any], ...] = ()


async def run(config: Config, *words: str) -> Outcome:
    """Run another command, such as `add`, on the same library. Cancelling ends it. Raises ChildError."""
    try:
        process = await asyncio.create_subprocess_exec(
            *_newsread(config, *words), stdin=DEVNULL, stdout=PIPE if "--json" in words else DEVNULL,
            stderr=PIPE, limit=LINE_MAX, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise ChildError(f"the command could not be started: {error.strerror or error}") from error
    said = asyncio.create_task(_last_words(process))
    try:
        records = [record async for record in _records(process)]
        return Outcome(await process.wait(), await said, tuple(records))
    finally:
        await _end(process)
        await said


async def _records(process: Process) -> AsyncGenerator[Mapping[str, Any], None]:
    """Yield the objects that a command prints with --json; what is none is left out."""
    import json

    while line := await _line(process):
        with suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


async def _results(process: Process) -> AsyncGenerator[Refreshed, None]:
    """Yield the lines that the child prints."""
    if process.stdout is None:
        return
    try:
        async for line in process.stdout:
            yield refreshed_from_json(line)
    except ValueError as error:  # also a line without end
        raise ChildError(
            "the refresh said something that the desk does not understand: try it again"
        ) from error


async def _last_words(process: Process) -> str:
    """Return the last line that the child says on its standard error."""
    last = ""
    if process.stderr:
        async for line in process.stderr:
            last = one_line(line.decode(errors="replace")) or last
    return last.removeprefix("newsread: ")


async def _end(process: Process) -> None:
    """End the child if it has not ended: politely, then by force. Wait until it is gone."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(GRACE):
            await _drained(process)
    except TimeoutError:
        process.kill()
        await _drained(process)


async def _drained(process: Process) -> None:
    """Wait for the child and for the end of what it prints, so that its pipes close."""
    if process.stdout:
        while await process.stdout.read(LINE_MAX):
            pass
    await process.wait()
