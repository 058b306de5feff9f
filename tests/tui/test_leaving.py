"""Leaving because of a signal or a terminal that is gone: in order, within two seconds."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0  # promised

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # a pty beside threads


def desk(home: Path) -> Terminal:
    """Return the sample edition on a terminal, painted."""
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    env = places | {"PYTHONPATH": str(ROOT), "NEWSREAD_CONFIG": "", "NEWSREAD_LIBRARY": ""}
    shown = Terminal([sys.executable, "-P", "-m", "reader", "--demo", "--reduced-motion"], env=env)
    shown.wait("sample edition")
    shown.quiet(0.3)
    return shown


def ended(pid: int) -> tuple[int, float]:
    """Return how a process ended, and after how many seconds."""
    began = monotonic()
    while monotonic() < began + 10:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), monotonic() - began
    pytest.fail("it did not end")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=str)
def test_a_signal_ends_the_desk_and_gives_the_terminal_back(tmp_path, number):
    shown = desk(tmp_path)
    shown.press("j")
    os.kill(shown.pid, number)
    while shown.pump(SECONDS):
        pass
    code, took = ended(shown.pid)
    os.close(shown.fd)
    assert (code, took < SECONDS) == (128 + number, True)
    assert shown.wrote - shown.mark < SECONDS
    for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[<u"):
        assert restored in shown.fresh
    assert b"Traceback" not in shown.raw


def test_a_terminal_that_is_closed_ends_the_desk(tmp_path):
    shown = desk(tmp_path)
    os.close(shown.fd)
    _, took = ended(shown.pid)
    assert took < SECONDS
