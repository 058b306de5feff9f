"""In which line of a TOML file a key stands: tomllib reads the values but keeps no places."""

from __future__ import annotations

import re
import tomllib

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(
    r"""[ \t]*(?:(?P<bare>[A-Za-z0-9_-]+)|(?P<basic>"(?:[^"\\\n]|\\.)*")|'(?P<literal>[^'\n]*)')[ \t]*"""
)
# Within a value only its end matters: strings and comments may hold brackets and line ends of their own.
_VALUE = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[\[\]{}\n]''',
    re.DOTALL,
)


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line (from 1) of every key and table of a TOML text that tomllib has accepted.

    Keys within inline tables are not listed: they stand in the line of their parent.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    line, counted, at = 1, 0, 0
    while (at := _after(_GAP, text, at)) < len(text):
        line += text.count("\n", counted, at)
        counted = at
        header = text[at] == "["
        key, at = _key(text, _after(re.compile(r"\[*"), text, at) if header else at)
        if not key:
            break
        if header:
            table = key
            at = _end(text, text.find("]", at) + 1)
        else:
            key = table + key
            at = _end(text, at + 1)
        found.setdefault(key, line)
    return found


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _key(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read a dotted key; return its parts and the place behind it."""
    parts: list[str] = []
    while match := _KEY.match(text, at):
        if match["basic"]:
            parts.append(tomllib.loads(f"key = {match['basic']}")["key"])
        else:
            parts.append(match["bare"] or match["literal"] or "")
        at = match.end()
        if text[at : at + 1] != ".":
            break
        at += 1
    return tuple(parts), at


def _end(text: str, at: int) -> int:
    """Return the place of the line end that closes a value, or of the text's end."""
    depth = 0
    for match in _VALUE.finditer(text, at):
        mark = match[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark == "\n" and depth <= 0:
            return match.start()
    return len(text)
