"""Starting programs of the user's own: never through a shell, an article's words never among its words."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reader.text import NewsreadError, one_line
from reader.tui.desk.browser import started

PLAYERS = (("mpv", "--force-window"), ("vlc",), ("mplayer",))
"""Tried in this order where the config names none: all take an address."""
PAGERS = ("less", "more")
PATIENCE = 60.0  # seconds that a command may take
OUTPUT_MAX = 64 * 1024  # bytes of its answer that are looked at


class ProgramError(NewsreadError):
    """A program was not started, or failed; says why."""


def player(configured: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the command that plays an address. Raises ProgramError when there is none."""
    if configured:
        return tuple(configured)
    for command in PLAYERS:
        if shutil.which(command[0]):
            return command
    raise ProgramError("there is no player: set `player` in the config, or open the link instead")


def pager(configured: Sequence[str] = (), env: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the command that shows a file: the configured one, $PAGER, $EDITOR, less.

    Raises ProgramError.
    """
    if configured:
        return tuple(configured)
    for name in ("PAGER", "EDITOR"):
        with suppress(ValueError):  # an open quote
            words = shlex.split(env.get(name, ""))
            if words and shutil.which(words[0]):
                return tuple(words)
    for command in PAGERS:
        if shutil.which(command):
            return (command,)
    raise ProgramError("there is no pager: set `pager` in the config, or $PAGER")


def play(url: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a player for an address in a session of its own. Raises ProgramError."""
    try:
        return started(command, url)
    except OSError as error:
        raise _unstarted(command, error) from error


def show_here(text: str, command: Sequence[str], suffix: str) -> None:
    """Show a text on this terminal until its program ends, from a file that is gone afterwards.

    Raises ProgramError.
    """
    with tempfile.TemporaryDirectory(prefix="newsread-") as folder:  # 0700
        file = Path(folder) / f"article{suffix}"
        file.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise _unstarted(command, error) from error


def pipe_here(text: str, command: Sequence[str]) -> None:
    """Give a text to a program that has this terminal until it ends. Raises ProgramError."""
    try:
        subprocess.run(list(command), input=text.encode(), check=False)
    except OSError as error:
        raise _unstarted(command, error) from error


async def pipe(text: str, command: Sequence[str]) -> str:
    """Give a text to a program; return the first line that it answers. Raises ProgramError.

    It is ended when it takes longer than PATIENCE, or when whoever waits is cancelled.
    """
    pipes = asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipes, stdout=pipes, stderr=pipes, start_new_session=True
        )
    except OSError as error:
        raise _unstarted(command, error) from error
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate(text.encode())
    except TimeoutError:
        raise ProgramError(f"{command[0]} took longer than {PATIENCE:.0f} seconds and was ended") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
    if process.returncode:
        raise ProgramError(f"{command[0]} failed ({process.returncode}): {_first(err) or _first(out)}")
    return _first(out)


def _first(answer: bytes) -> str:
    """Return the first line of an answer that says anything, made safe."""
    lines = answer[:OUTPUT_MAX].decode("utf-8", "replace").splitlines()
    return next((words for line in lines if (words := one_line(line, 200))), "")


def _unstarted(command: Sequence[str], error: OSError) -> ProgramError:
    return ProgramError(f"{command[0]} does not start ({(error.strerror or 'unknown').lower()})")
