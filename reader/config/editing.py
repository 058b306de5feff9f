"""A saved view or a rule written into the user's file: what stands there stays, comments included."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

from reader.config.document import ConfigError
from reader.config.files import read_file, reason, write_file
from reader.config.lines import key_lines
from reader.config.reading import CONFIG_MAX
from reader.config.values import Config
from reader.config.writing import toml
from reader.model import Mute, SavedView
from reader.text import one_line

_RULE = re.compile(r"^[ \t]*\[\[[ \t]*rules[ \t]*\]\][^\n]*\n?", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def save_view(config: Config, view: SavedView) -> Config:
    """Write a view into the file, in place of one of its name; returns the settings with it.

    Raises ConfigError, and leaves the file as it is.
    """
    rewrite(config.path, partial(with_view, view=view))
    others = [each for each in config.views if each.name != view.name]
    same = len(others) < len(config.views)
    views = [view if each.name == view.name else each for each in config.views] if same else [*others, view]
    return replace(config, views=tuple(views))


def add_rule(config: Config, rule: Mute) -> Config:
    """Write a rule at the end of the file; returns the settings with it. Raises ConfigError."""
    rewrite(config.path, partial(with_rule, rule=rule))
    return replace(config, rules=(*config.rules, rule))


def drop_rule(config: Config, name: str) -> Config:
    """Take a rule out of the file; returns the settings without it. Raises ConfigError."""
    rewrite(config.path, partial(without_rule, name=name))
    return replace(config, rules=tuple(rule for rule in config.rules if rule.name != name))


def with_view(text: str, view: SavedView) -> str:
    """Return a file's text with a view. Raises ValueError where the place is too unusual to be found."""
    line = f"{keyed(view.name)} = {toml(view.query)}\n"
    wanted = parsed(text)
    wanted.setdefault("views", {})[view.name] = view.query
    lines, places = text.splitlines(keepends=True), key_lines(text)
    at = places.get(("views", view.name))
    if at is not None:
        made = "".join([*lines[: at - 1], line, *lines[at:]])
    elif ("views",) in places:
        last = max(place for key, place in places.items() if key[0] == "views")
        made = "".join([*map(ended, lines[:last]), line, *lines[last:]])
    else:
        made = f"{ended(text)}\n[views]\n{line}" if text else f"[views]\n{line}"
    return checked(made, wanted)


def with_rule(text: str, rule: Mute) -> str:
    """Return a file's text with a rule behind all others. Raises ValueError."""
    stated: dict[str, Any] = {"name": rule.name, "hide": rule.query}
    lines = [f"{key} = {toml(value)}\n" for key, value in stated.items()]
    if rule.until is not None:
        stated["until"] = rule.until.astimezone(UTC).replace(microsecond=0)
        lines.append(f"until = {stated['until'].strftime('%Y-%m-%dT%H:%M:%SZ')}\n")
    wanted = parsed(text)
    wanted["rules"] = [*wanted.get("rules", []), stated]
    gap = "\n" if text else ""
    return checked(f"{ended(text)}{gap}[[rules]]\n{''.join(lines)}", wanted)


def without_rule(text: str, name: str) -> str:
    """Return a file's text without a rule. Raises ValueError."""
    wanted = parsed(text)
    wanted["rules"] = [rule for rule in wanted.get("rules", []) if one_line(str(rule.get("name"))) != name]
    if not wanted["rules"]:
        del wanted["rules"]
    for match in _RULE.finditer(text):
        after = _TABLE.search(text, match.end())
        end = after.start() if after else len(text)
        try:
            return checked(text[: match.start()] + text[end:], wanted)
        except ValueError:  # another rule, or brackets within its text
            continue
    raise ValueError(f"there is no rule {name!r} in it that could be taken out: edit it by hand")


def keyed(name: str) -> str:
    """Return a key as the file writes it."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml(name)


def ended(text: str) -> str:
    """Return a text with a line end behind it."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def parsed(text: str) -> dict[str, Any]:
    """Return what a file's text says. Raises ValueError."""
    import tomllib

    return tomllib.loads(text)


def checked(text: str, wanted: dict[str, Any]) -> str:
    """Return a text that says what is wanted. Raises ValueError for one that does not."""
    try:
        same = parsed(text) == wanted
    except ValueError:
        same = False
    if not same:
        raise ValueError("it is written in a way that newsread cannot change: edit it by hand")
    return text


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Change the file's text. Raises ConfigError and leaves it as it is where that cannot be done."""
    shown = one_line(str(path))
    try:
        text = read_file(path, CONFIG_MAX).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        text = ""
    except OSError as error:
        raise ConfigError([f"{shown}: cannot be read: {reason(error)}"]) from None
    except ValueError as error:
        raise ConfigError([f"{shown}: {error}"]) from None
    try:
        write_file(path, change(text).encode())
    except OSError as error:
        raise ConfigError([f"{shown}: cannot be written: {reason(error)}"]) from None
    except ValueError as error:
        raise ConfigError([f"{shown}: {error}"]) from None
