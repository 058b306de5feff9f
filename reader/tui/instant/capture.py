"""What is painted on the desk, as a frame to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rich.console import Console
from textual.screen import Screen
from textual.strip import Strip

from reader import __version__
from reader.frame import matching
from reader.frame.form import Frame, Run

_SEQUENCE = re.compile(r"\x1b\[([0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_AGE = re.compile(
    r"(?<=· )(?:now|\d+ min|\d+ h)(?=  | ·| ▾|$)"  # under a headline of today
    r"|updated (?:just now|\d+ \w+ ago)|just now|\d+ (?:min|h|days?|weeks?|months?|years?) ago"
)
"""What will read otherwise when the frame is drawn. It is left blank: the desk fills it in."""


def frame(
    screen: Screen[None], words: Iterable[str], files: Iterable[str], place: int, instead: Mapping[int, Strip]
) -> Frame | None:
    """Return the frame of a screen, true for these words of the command line; None where there is none.

    `place`: the list's, in lines. The stamps of the `files` are added once nothing writes to them any more.
    `instead`: whole lines, by number, that a launch begins with.
    """
    size, console = screen.app.size, screen.app.console
    facts = matching.facts(tuple(words), (size.width, size.height), __version__)
    strips = screen._compositor.render_strips(size)  # noqa: SLF001 (Textual shows it nowhere else)
    if facts is None or len(strips) != size.height:
        return None
    strips = [instead.get(line, strip) for line, strip in enumerate(strips)]
    stamps = [(path, matching.ABSENT) for path in files]
    return Frame(facts, stamps, [_row(strip, console) for strip in strips], place)


def _row(strip: Strip, console: Console) -> list[Run]:
    """Return a line as runs, its ages blank."""
    runs = _runs(strip.render(console))
    plain = "".join(text for _, text in runs)
    blank = _AGE.sub(lambda found: " " * len(found[0]), plain)
    if blank == plain:
        return runs
    at, cut = 0, []
    for style, text in runs:
        cut.append((style, blank[at : at + len(text)]))
        at += len(text)
    return cut


def _runs(painted: str) -> list[Run]:
    """Return what a line was painted with, without its links."""
    runs: list[Run] = []
    style, at = "", 0
    for found in _SEQUENCE.finditer(painted):
        _add(runs, style, painted[at : found.start()])
        at = found.end()
        if found[1] is not None:
            style = "" if found[1] in ("", "0") else found[1]
    _add(runs, style, painted[at:])
    return runs or [("", "")]


def _add(runs: list[Run], style: str, text: str) -> None:
    if not text:
        return
    if runs and runs[-1][0] == style:
        runs[-1] = (style, runs[-1][1] + text)
    else:
        runs.append((style, text))
