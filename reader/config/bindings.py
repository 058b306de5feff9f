"""Which keys call which action: the table [keys], or `keys = "newsboat"`; every mistake in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from reader.config.checks import Choice, Words, named
from reader.config.document import Document
from reader.text import one_line

DEFAULT = "default"
PRESETS = (DEFAULT, "newsboat")
PRESET = Choice(PRESETS)
BINDING = Words(32, 16, '["j", "down"]')
MAY_QUIT = frozenset({"ctrl+c", "ctrl+q"})
RESERVED = frozenset({"ctrl+s", "ctrl+z"}) | MAY_QUIT
"""Keys that stop, suspend or freeze a program everywhere else; some of them may be bound to `quit` alone."""
SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Keys that terminals send alike."""

OWN = "feeds_"
"""How the actions begin that the feeds screen alone has."""

_ACTION = re.compile(r"[a-z][a-z0-9_]*\Z")
_MODIFIERS = frozenset({"ctrl", "shift", "alt", "meta", "super", "hyper"})
_NAMED = frozenset(
    [
        *("backspace", "delete", "down", "end", "enter", "escape", "home", "insert", "left", "pagedown"),
        *("pageup", "right", "space", "tab", "up", *(f"f{number}" for number in range(1, 25))),
    ]
)
_TEXTUAL = {  # names whose hyphen is gone, or that are Textual's own
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}


def same_key(key: str) -> str:
    """Return one name for each key however it is written: `slash` is "/". "" where there is no such key."""
    before, _, name = key.rpartition("+") if key[-1:] != "+" else (key[:-1].rstrip("+"), "+", "+")
    modifiers = sorted(before.split("+")) if before else []
    if not name or not _MODIFIERS.issuperset(modifiers):
        return ""
    if len(name) > 1 and name not in _NAMED:
        name = _TEXTUAL.get(name) or _character(name)
    return "+".join([*modifiers, name]) if name else ""


def _character(name: str) -> str:
    """Return the character that Unicode calls so, "" where there is none."""
    import unicodedata

    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""


def bindings(document: Document, actions: Collection[str] | None) -> tuple[dict[str, str], str]:
    """Return the user's keys (action id -> keys joined by commas) and the preset; mistakes are noted."""
    stated = document.data.get("keys", {})
    if isinstance(stated, str):
        return {}, document.check(("keys",), stated, PRESET) or DEFAULT
    table = dict(document.table("keys"))
    preset = DEFAULT
    if "preset" in table:
        preset = document.check(("keys", "preset"), table.pop("preset"), PRESET) or DEFAULT
    keys: dict[str, str] = {}
    owner: dict[tuple[str, str], str] = {}  # the action of each key that the file states, by screen
    for action, value in table.items():
        bound = _keys(document, action, value, actions)
        if bound and not _shared(document, action, bound, owner):
            keys[action] = ",".join(bound)
            owner |= {(screen(action), same_key(key)): action for key in bound}
    return keys, preset


def screen(action: str) -> str:
    """Return which screen's own an action is, "" for those of the desk: a key may call one of each."""
    return OWN if action.startswith(OWN) else ""


def _keys(
    document: Document, action: str, value: Any, actions: Collection[str] | None
) -> tuple[str, ...] | None:
    """Return the keys that the file gives an action, None after a mistake."""
    place = ("keys", action)
    bound: tuple[str, ...] | None = document.check(place, value, BINDING)
    if not _ACTION.match(action) or (actions is not None and action not in actions):
        from difflib import get_close_matches

        close = get_close_matches(action.lower(), actions or (), n=1, cutoff=0.6)
        hint = f"did you mean {close[0]!r}?" if close else "`newsread keys` lists them"
        document.mistake(place, f"unknown action {one_line(action, 80)!r}; {hint}")
        return None
    for key in bound or ():
        if problem := _problem(key, action):
            document.mistake(place, f"keys.{action}{problem}")
            return None
    return bound


def _problem(key: str, action: str) -> str:
    """Return what is wrong with a key, "" when nothing is."""
    if " " in key or (key != "," and "," in key):
        return ' takes names of keys, such as "j", "ctrl+d", "space" or "comma"'
    if key == ",":
        return ': write "comma" for the key ","'
    if key in (RESERVED - MAY_QUIT if action == "quit" else RESERVED):
        return f": {key} is the terminal's own: choose another"
    if key in SAME:
        return f": terminals send {key} as {SAME[key]}: write {SAME[key]!r}"
    return _no_key(key)


def _no_key(key: str) -> str:
    """Return why no such key can come from a terminal, "" when it can."""
    if key.isdecimal() and len(key) == 1:
        return f": {key} is taken: digits choose topics and links"
    if key.startswith("shift+") and len(key) == len("shift+a"):
        return f": write {key[-1].upper()!r} for {key}"
    return "" if same_key(key) else f": there is no key {named(key).removeprefix('the text ')}"


def _shared(
    document: Document, action: str, bound: Collection[str], owner: dict[tuple[str, str], str]
) -> bool:
    """Note a key that the file gives to another action of the same screen already."""
    for key in bound:
        if other := owner.get((screen(action), same_key(key))):
            document.mistake(("keys", action), f"keys.{action}: {key} calls {other} already: choose another")
            return True
    return False
