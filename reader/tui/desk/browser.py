"""Opening addresses outside: only canonical http(s) ones, never through a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from reader.text import NewsreadError, address
from reader.text.addresses import OWN_NAMES

TEXT_BROWSERS = frozenset({"w3m", "lynx", "links", "elinks", "links2"})
"""These need the terminal: the app must stand aside while they run."""

OPENED_MAX = 5
OPENED_WITHIN = 5.0
"""Addresses that are opened within so many seconds without a question: a key that is held down is a slip."""


class BrowserError(NewsreadError):
    """The address was not opened; says why."""


def opener(configured: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the command that opens addresses: the configured one, else $BROWSER, else the platform's.

    Raises BrowserError when there is none.
    """
    if configured:
        return tuple(configured)
    candidates = [os.environ.get("BROWSER", ""), "open" if sys.platform == "darwin" else "xdg-open"]
    for name in candidates:
        if name and " " not in name and shutil.which(name):
            return (name,)
    raise BrowserError(
        "there is no browser to open links with: set `opener` in the config, or press y to copy the link"
    )


def needs_terminal(command: Sequence[str]) -> bool:
    """Tell whether the command is a text browser."""
    return os.path.basename(command[0]) in TEXT_BROWSERS  # noqa: PTH119 - a command name, not a path


def checked(url: str) -> str:
    """Return the canonical address; raises BrowserError for anything that is not http(s)."""
    canonical = address(url)
    if not canonical:
        raise BrowserError("this is not a web address, so it is not opened")
    return canonical


def doubt(url: str) -> str:
    """Return why an address is not opened without a question, "" for the great many that are.

    A headline cannot show where it leads: to a number, into the reader's own network, to an odd port.
    """
    host = urlsplit(checked(url))
    name = host.hostname or ""
    if host.port:
        return f"port {host.port} is none that web sites use"
    if ":" in name or name.replace(".", "").isdecimal():
        return "this is the number of a machine, not the name of a web site"
    if "." not in name or name.endswith(OWN_NAMES):
        return "this is a machine of your own network, not a web site"
    return ""


def started(command: Sequence[str], url: str) -> subprocess.Popen[bytes]:
    """Start a program for an address in a session of its own. Raises BrowserError, OSError."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [*command, checked(url)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )


def open_outside(url: str, command: Sequence[str]) -> None:
    """Start the opener and forget it. Raises BrowserError."""
    try:
        started(command, url)
    except OSError as error:
        raise _unstarted(command, error) from error


def open_here(url: str, command: Sequence[str]) -> None:
    """Run a text browser on this terminal until it ends. Raises BrowserError."""
    try:
        subprocess.run([*command, checked(url)], check=False)
    except OSError as error:
        raise _unstarted(command, error) from error


def _unstarted(command: Sequence[str], error: OSError) -> BrowserError:
    return BrowserError(f"{command[0]} does not start ({error.strerror}): set `opener` in the config")
