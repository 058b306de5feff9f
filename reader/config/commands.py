"""Programs of the user's own that newsread runs: the player, the pager, and the table [commands].

Each is a list of words: no shell ever sees one, and nothing of an article stands among them.
"""

from __future__ import annotations

from typing import Any

from reader.config.checks import Choice, Flag, Words
from reader.config.document import Document
from reader.records import dataclass
from reader.text import one_line

PLAYER = Words(1_024, 32, '["mpv", "--force-window"]')
PAGER = Words(1_024, 32, '["less", "-R"]')
RUN = Words(1_024, 32, '["tee", "-a", "notes.md"]')
FORMS = ("markdown", "text", "html", "address")
NAME_MAX = 64


@dataclass(frozen=True, slots=True)
class Command:
    """A program that gets an article on its standard input."""

    name: str
    run: tuple[str, ...]
    form: str = FORMS[0]  # what it gets
    terminal: bool = False  # it draws on the terminal: the desk stands aside


def commands(document: Document) -> tuple[Command, ...]:
    """Return the table [commands] in its order; mistakes are noted."""
    found = (_command(document, name, value) for name, value in document.table("commands").items())
    return tuple(command for command in found if command is not None)


def _command(document: Document, name: str, value: Any) -> Command | None:
    place, shown = ("commands", name), one_line(name)
    if not shown or len(shown) > NAME_MAX:
        document.mistake(place, f"a command's name takes 1 to {NAME_MAX} visible characters")
        return None
    if not isinstance(value, dict):
        run = document.check(place, value, RUN)
        return Command(shown, run) if run else None
    document.known(value, place, ["run", "form", "terminal"])
    if "run" not in value:
        document.mistake(place, f'the command {shown} needs run = ["a", "list", "of", "words"]')
        return None
    checks = {"run": RUN, "form": Choice(FORMS), "terminal": Flag()}
    stated = {key: document.check((*place, key), value[key], c) for key, c in checks.items() if key in value}
    if None in stated.values():
        return None
    return Command(shown, stated["run"], stated.get("form", FORMS[0]), stated.get("terminal", False))
