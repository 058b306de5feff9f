"""Themes of the user's own: the tables [themes.NAME], and the files themes/NAME.toml beside the config."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reader.config.checks import Flag, named
from reader.config.document import ConfigError, Document
from reader.config.files import read_file, reason
from reader.records import dataclass
from reader.text import one_line

FOLDER = "themes"
THEMES_MAX = 100
FILE_MAX = 64 * 1024  # bytes: thirty times what a theme needs
COLOURS = (
    *("background", "foreground", "primary", "secondary", "accent", "warning", "error", "success", "muted"),
    *("panel", "bar", "rule", "cursor", "cursor-idle", "code"),
)
NEEDED = ("background", "foreground")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\Z")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class ThemeColours:
    """A theme as the user states it."""

    name: str
    colours: Mapping[str, str]
    dark: bool | None = None  # None: as the background is


def themes(document: Document) -> tuple[ThemeColours, ...]:
    """Return the user's themes; mistakes are noted with file and line. A table wins over a file."""
    found = {theme.name: theme for theme in _files(document)}
    for name, table in document.table("themes").items():
        if theme := _theme(document, ("themes", name), name, table):
            found[name] = theme
    return tuple(found.values())


def _files(document: Document) -> list[ThemeColours]:
    folder = document.path.parent / FOLDER
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")[:THEMES_MAX]
    except OSError:  # most have none
        return []
    return [theme for path in paths if (theme := _file(document, path)) is not None]


def _file(document: Document, path: Path) -> ThemeColours | None:
    inner = Document(path)
    try:
        inner.parse(read_file(path, FILE_MAX))
    except ConfigError as error:
        document.problems += [(0, words) for words in error.problems]
        return None
    except OSError as error:
        document.problems.append((0, f"{inner.name}: cannot be read: {reason(error)}"))
        return None
    except ValueError as error:
        document.problems.append((0, f"{inner.name}: {error}"))
        return None
    theme = _theme(inner, (), path.stem, inner.data)
    document.problems += inner.problems
    return theme


def _theme(document: Document, place: tuple[str, ...], name: str, table: Any) -> ThemeColours | None:
    before = len(document.problems)
    if not _NAME.match(name):
        document.mistake(
            place, f"{one_line(name, 64)!r} is no name for a theme: it takes letters, digits and -"
        )
    if not isinstance(table, dict):
        document.mistake(place, f"a theme is a table, written as [themes.{one_line(name, 64)}]")
        return None
    document.known(table, place, [*COLOURS, "dark"])
    for key, value in table.items():
        if key in COLOURS and not (isinstance(value, str) and _COLOUR.match(value)):
            words = f'{key} takes a colour such as "#7cb7ff", not {named(value)}'
            document.mistake((*place, key), words)
    for key in NEEDED:
        if key not in table:
            document.mistake(place, f"the theme {one_line(name, 64)} needs a {key}")
    dark = document.check((*place, "dark"), table["dark"], Flag()) if "dark" in table else None
    if len(document.problems) > before:
        return None
    return ThemeColours(name, {key: table[key] for key in COLOURS if key in table}, dark)
