"""The kept frame on the screen within milliseconds of a launch, and the terminal given back whatever happens.

The terminal is made to keep keys (no echo, no lines) but for Ctrl+C, which still interrupts; what is typed
waits in its buffer until the desk reads it. The desk `take`s the terminal over as it stands, with the
alternate screen entered; where it never does, `give_back` restores it.
"""

from __future__ import annotations

import os
import sys

from reader.frame import form, keeping, matching

TYPE_CHECKING = False  # the real one costs more than the frame
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Attributes = list[Any]
    """A terminal's settings, as `termios` gives them."""

ENTER = "\x1b[?1049h"
BEGIN = ENTER + "\x1b[?25l\x1b[?7l\x1b[?2026h"
END = "\x1b[?2026l"
LEAVE = END + "\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"


class _Terminal:
    """The terminal while a kept frame stands on it."""

    before: Attributes | None = None  # its settings before; None unless a frame stands
    place = 0  # the list's in the frame that stands
    words: tuple[str, ...] | None = None  # of the command line; None unless a frame may be kept for them


_terminal = _Terminal()


def draw(words: Sequence[str]) -> bool:
    """Draw the kept frame if it is the desk that these words open; tell whether it was."""
    if not all(map(os.isatty, (0, 1, 2))) or not (path := keeping.place()):
        return False
    _terminal.words = tuple(words)
    frame = keeping.kept(path)
    if frame is None:
        return False
    from reader import __version__

    size = os.get_terminal_size(1)
    found = matching.facts(words, (size.columns, size.lines), __version__)
    if not matching.holds(frame.facts, frame.stamps, found):
        return False
    if len(frame.rows) != size.lines or os.tcgetpgrp(0) != os.getpgrp():
        return False
    _terminal.place = frame.place
    return _paint(BEGIN + form.sequences(frame.rows) + END)


def _paint(text: str) -> bool:
    import termios

    before = termios.tcgetattr(0)
    quiet = [*before[:6], list(before[6])]
    quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    quiet[6][termios.VSUSP] = b"\0"  # a stopped process would leave its screen behind
    _heed_signals()
    _terminal.before = before
    termios.tcsetattr(0, termios.TCSANOW, quiet)
    _write(text)
    return True


def _heed_signals() -> None:
    """Give the terminal back also when told to end."""
    import _signal as signal  # type: ignore[import-not-found]  # `signal` itself makes enumerations first

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def words() -> tuple[str, ...] | None:
    """Return the words that a frame may be kept for, None where it may not."""
    return _terminal.words


def stands() -> bool:
    """Tell whether a kept frame is on the screen and the desk has not taken over yet."""
    return _terminal.before is not None


def place() -> int:
    """Return how many lines of the list the frame had scrolled past."""
    return _terminal.place


def take() -> Attributes | None:
    """Take the terminal over; return its settings before the frame was drawn, None where none stands."""
    before, _terminal.before = _terminal.before, None
    return before


def give_back() -> None:
    """Restore the terminal if a frame still stands on it."""
    before = take()
    if before is None:
        return
    import termios

    try:
        _write(LEAVE)
        termios.tcsetattr(0, termios.TCSANOW, before)
    except (OSError, termios.error):  # the terminal is gone
        pass


def _write(text: str) -> None:
    body = text.encode()
    sys.stderr.flush()
    while body:
        body = body[os.write(2, body) :]
