"""Settings out of the environment: NEWSREAD_<TABLE>_<KEY> states an option of the file, and wins over it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, replace
from typing import Any

from reader.config.bindings import PRESET
from reader.config.checks import Choice, Flag, Number, Reach, Timing, Word
from reader.config.values import TABLES
from reader.text import one_line

PREFIX = "NEWSREAD_"
FLAGS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
SCALAR = (Number, Flag, Timing, Choice, Reach, Word)
"""What a variable can state: lists and tables of the file have no form in the environment."""
LAST = sys.maxsize
"""The line of a mistake that has none and is told after those of the file."""

_PRESET = f"{PREFIX}KEYS_PRESET"


def variable(table: str, key: str) -> str:
    """Return the variable that states an option: `NEWSREAD_UI_THEME`."""
    return f"{PREFIX}{table}_{key}".upper()


def variables() -> dict[str, tuple[str, Field[Any]]]:
    """Return every variable of an option in a table, with the table's name and the option's field."""
    return {
        variable(table, str(item.metadata["name"] or item.name)): (table, item)
        for table, cls in TABLES.items()
        for item in fields(cls)
        if isinstance(item.metadata["check"], SCALAR)
    }


def overlay(
    values: dict[str, Any], problems: list[tuple[int, str]], env: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Let the environment win over the tables in `values`; mistakes are noted in `problems`.

    Returns which variable states an option, by its key in the file. A variable that is empty says nothing.
    """
    given = {name: text for name, text in env.items() if text and name.startswith(PREFIX)}
    if not given:
        return {}
    known, stated = variables(), {}
    for name, text in sorted(given.items()):
        if name == _PRESET:
            values["preset"] = _checked(name, text, PRESET, problems) or values["preset"]
            stated["keys.preset"] = name
        elif name in known:
            table, item = known[name]
            value = _checked(name, text, item.metadata["check"], problems)
            if value is not None:
                scaled = value * item.metadata["scale"] if item.metadata["scale"] != 1 else value
                values[table] = replace(values[table], **{item.name: scaled})
            stated[f"{table}.{item.metadata['name'] or item.name}"] = name
        elif name.startswith(tuple(_families())):
            problems.append((LAST, f"{one_line(name, 80)}: there is no such setting{_hint(name, known)}"))
    return stated


def _families() -> Iterator[str]:
    """Return how the variables of each table begin: only there is an unknown one a slip."""
    yield from (variable(table, "") for table in (*TABLES, "keys"))


def _hint(name: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, [*known, _PRESET], n=1, cutoff=0.75)
    return f"; did you mean {close[0]}?" if close else "; `newsread config` lists them"


def _checked(name: str, text: str, check: Any, problems: list[tuple[int, str]]) -> Any:
    """Return what a variable states, as the program wants it; None after a mistake."""
    try:
        return check(_value(text.strip(), check))
    except ValueError as error:
        problems.append((LAST, f"{name} {error}"))
        return None


def _value(text: str, check: Any) -> object:
    """Return a variable's text as the file would state the value; the text itself where it is none."""
    if isinstance(check, Flag | Timing) and text.lower() in FLAGS and not text.isdecimal():
        return FLAGS[text.lower()]
    if isinstance(check, Flag):
        return FLAGS.get(text, text)
    if not isinstance(check, Number | Timing):
        return text
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
