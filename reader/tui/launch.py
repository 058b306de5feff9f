"""Opening the desk: on the library, on sources given for a moment, on the sample edition."""

from __future__ import annotations

import gc
import os
import sys

from reader.config import Config
from reader.store import Store
from reader.text import NewsreadError
from reader.tui.app import NewsApp

STDIN = "-"
TERMINAL = "/dev/tty"
PIPED_MAX = 20 * 1024 * 1024  # bytes of standard input, as of a local file


class LaunchError(NewsreadError):
    """The desk cannot be opened here; says why."""


def launch(config: Config, sources: tuple[str, ...], *, demo: bool) -> int:
    """Open the desk and return the exit code when it is closed. Raises NewsreadError."""
    gc.disable()  # until the desk is painted: nothing allocated before that is garbage
    piped = _piped() if STDIN in sources else None
    app = edition_app(config, sources, piped) if sources or demo else library_app(config)
    app.run()
    if app.fault is not None:
        raise LaunchError(
            f"the desk stopped over a fault of its own ({type(app.fault).__name__}); nothing is lost. "
            "NEWSREAD_DEBUG=1 newsread shows where: please report it"
        )
    return app.return_code or 0


def library_app(config: Config) -> NewsApp:
    """Return the app on the library; while it has no feeds, on the sample edition with the picker."""
    store = Store.open(config.library)
    if store.lists.counts().feeds:
        return NewsApp(config, store)
    store.close()
    app = edition_app(config, ())
    app.welcome = True
    return app


def edition_app(config: Config, sources: tuple[str, ...], piped: bytes | None = None) -> NewsApp:
    """Return the app on sources read for a moment, or without any on the sample edition."""
    from reader import edition

    opened = edition.load(sources or edition.samples(), config, piped)
    if opened.problems and not opened.store.lists.counts().total:
        raise LaunchError(opened.problems[0])
    return NewsApp(config, opened.store, opened)


def _piped() -> bytes:
    """Return what standard input holds, and give the keyboard back to the terminal. Raises LaunchError."""
    if sys.stdin.isatty():
        raise LaunchError(
            "`-` reads standard input, and nothing is piped into it: `cat page.txt | newsread -`"
        )
    body = sys.stdin.buffer.read(PIPED_MAX + 1)
    if len(body) > PIPED_MAX:
        raise LaunchError("standard input is over 20 MiB, which is more than a page: save it as a file first")
    try:
        terminal = os.open(TERMINAL, os.O_RDWR)
    except OSError as error:
        raise LaunchError("there is no terminal to take keys from: try `newsread list --source -`") from error
    os.dup2(terminal, 0)
    os.close(terminal)
    return body
