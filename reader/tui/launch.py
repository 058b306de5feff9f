"""Opening the desk: on the library, on sources given for a moment, on the sample edition."""

from __future__ import annotations

import gc
import io
import os
import stat
import sys

from reader.config import Config
from reader.frame import early
from reader.store import Store
from reader.text import NewsreadError
from reader.tui.app import NewsApp
from reader.tui.instant import kept
from reader.tui.known import no_theme

STDIN = "-"
TERMINAL = "/dev/tty"
PIPED_MAX = 20 * 1024 * 1024  # bytes of standard input, as of a local file


class LaunchError(NewsreadError):
    """The desk cannot be opened here; says why."""


def launch(config: Config, sources: tuple[str, ...], *, demo: bool) -> int:
    """Open the desk and return the exit code when it is closed. Raises NewsreadError."""
    gc.disable()  # until the desk is painted: nothing allocated before that is garbage
    if wrong := no_theme(config):
        raise LaunchError(wrong)
    piped = _piped() if STDIN in sources else None
    _keyboard(alone=not (sources or demo))
    app = edition_app(config, sources, piped) if sources or demo else library_app(config)
    _screen()
    if early.stands():
        app.stand()
    app.run()
    if app.picture is not None:
        kept.keep(app.picture)
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
    """Return what standard input holds. Raises LaunchError."""
    if sys.stdin is None or sys.stdin.isatty():
        raise LaunchError(
            "`-` reads standard input, and nothing is piped into it: `cat page.txt | newsread -`"
        )
    body = sys.stdin.buffer.read(PIPED_MAX + 1)
    if len(body) > PIPED_MAX:
        raise LaunchError("standard input is over 20 MiB, which is more than a page: save it as a file first")
    return body


def _screen() -> None:
    """Let all that is painted arrive, also under PYTHONUNBUFFERED and where errors are led elsewhere.

    Unbuffered text streams forget what a write leaves over: the terminal then sees half a sequence. The
    toolkit paints to standard error; where that is no terminal, standard output is one.
    """
    told, shown = sys.__stderr__, sys.__stdout__
    elsewhere = shown is not None and shown.isatty() and not (told is not None and told.isatty())
    painted = shown if elsewhere else told
    if painted is not None and (elsewhere or isinstance(painted.buffer, io.RawIOBase)):
        whole = open(painted.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - lives on
        sys.__stderr__ = whole  # type: ignore[misc]


def _keyboard(*, alone: bool) -> None:
    """Let keys come from the terminal where standard input is none: a desk without keys cannot be left.

    `alone`: nothing was asked for but the desk, so that what is piped in would be lost. Raises LaunchError.
    """
    if sys.stdin is None:
        raise LaunchError("standard input is closed, and the desk takes its keys from there")
    if sys.stdin.isatty():
        return
    if alone:
        kind = os.fstat(sys.stdin.fileno()).st_mode
        if stat.S_ISFIFO(kind) or stat.S_ISREG(kind):
            raise LaunchError("standard input is no terminal: `newsread -` reads what comes through it")
    try:
        terminal = os.open(TERMINAL, os.O_RDWR)
    except OSError as error:
        raise LaunchError("there is no terminal to take keys from: try `newsread list`") from error
    os.dup2(terminal, 0)
    os.close(terminal)
