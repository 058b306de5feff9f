"""Asking and answering, line by line: from a terminal or from a pipe, until quit or the end of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from reader.plain.session import Session

PROMPT = "Next?"
LONGEST = 4_096  # characters of a line that is typed


def run(session: Session, lines: TextIO, say: Callable[[str], None], *, prompt: bool) -> None:
    """Answer lines until they end; `prompt`: say on a line of its own when the next one is awaited.

    `say` writes a line, lets it be seen at once, and keeps to the rules for what a terminal may get.
    """
    _say(session.begin(), say)
    while not session.over:
        if prompt:
            say(PROMPT)
        line = lines.readline(LONGEST)
        if not line:
            return
        _say(session.do(line), say)


def _say(answer: Iterable[str], say: Callable[[str], None]) -> None:
    for line in answer:
        say(line)
