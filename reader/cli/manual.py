"""`newsread man`: the manual, made from the commands' parsers and the table of keys."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from shutil import which

from reader.cli.border import OK
from reader.cli.output import Output
from reader.cli.parser import Arguments, Parser

PAGERS = ("pager", "less", "more")


def man_arguments(_parser: Parser) -> None:
    """Add nothing."""


def man_run(_args: Arguments, out: Output) -> int:
    """Show the manual; in a pipe print it as roff, the source of a man page."""
    from reader import __version__
    from reader.cli import roff
    from reader.cli.described import described
    from reader.tui.keys import TABLES

    sections = roff.manual(described(), [key for table in TABLES for key in table])
    page = roff.roff(sections, __version__)
    if not out.tty:
        out.text(page)
    elif not _shown(["man", "-l", "-"], page):
        text = roff.plain(sections)
        if not any(_shown(command, text) for command in _pagers()):
            out.text(text)
    return OK


def _pagers() -> list[list[str]]:
    """Return what shows long text here: the user's own pager first."""
    own: list[str] = []
    with suppress(ValueError):  # a quote that does not end
        own = shlex.split(os.environ.get("PAGER", ""))
    return [*[own] * bool(own), *([name] for name in PAGERS)]


def _shown(command: Sequence[str], text: str) -> bool:
    """Let a program show a text; returns whether it is there and could."""
    if not which(command[0]):
        return False
    try:
        return (
            subprocess.run(command, input=text.encode(), stderr=subprocess.DEVNULL, check=False).returncode
            == 0
        )
    except OSError:
        return False
