"""The config file, read and checked: every mistake is named with file, line and key."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

from reader.config import queries
from reader.config.access import accesses
from reader.config.bindings import bindings
from reader.config.checks import Words, named
from reader.config.commands import PAGER, PLAYER, commands
from reader.config.environment import overlay
from reader.config.files import read_file, reason
from reader.config.places import LIBRARY_ENV, config_path, full, library_path, state_path
from reader.config.themes import themes
from reader.config.values import TABLES, Config
from reader.frame.matching import stamp
from reader.text import NewsreadError, one_line

CONFIG_MAX = 1024 * 1024
"""Bytes of a config file: a thousand times what a long one measures."""
NAME_SHOWN = 80
"""Characters of a key that an error repeats."""

OWN = ("player", "pager", "themes", "commands")
"""Settings that other modules read."""
OPENER = Words(1_024, 32, '["firefox", "--new-tab"]')


class ConfigError(NewsreadError):
    """The config file cannot be used. `problems` holds every mistake, one line each; str() is the first.

    `library` is the file that it means all the same, None where that cannot be told.
    """

    def __init__(self, problems: Iterable[str], library: Path | None = None) -> None:
        self.problems, self.library = tuple(problems), library
        more = len(self.problems) - 1
        super().__init__(
            self.problems[0] + (f" (and {more} more: `newsread config` lists them)" if more else "")
        )


def load(
    path: Path | None = None,
    library: Path | None = None,
    env: Mapping[str, str] = os.environ,
    actions: Collection[str] | None = None,
) -> Config:
    """Return the settings; without a file the defaults.

    `path` and `library` come from the command line and win over the environment. With `actions` (the ids
    that can be bound) an unknown one in [keys] is a mistake too. Raises ConfigError, also when a file that
    the user named is not there.
    """
    file = full(path) if path else config_path(env)
    document, before = Document(file), stamp(os.fspath(file))
    try:
        body = read_file(file, CONFIG_MAX)
    except FileNotFoundError:
        if path and file != config_path(env):
            hint = f"`newsread --config {one_line(str(path))} config init` writes one"
            raise ConfigError([f"{document.name}: there is no such file; {hint}"]) from None
    except OSError as error:
        raise ConfigError([f"{document.name}: cannot be read: {reason(error)}"]) from None
    except ValueError as error:
        raise ConfigError([f"{document.name}: {error}"]) from None
    else:
        document.parse(body)
    return replace(_config(document, library, env, actions), stamp=before)


def _config(
    document: Document, library: Path | None, env: Mapping[str, str], actions: Collection[str] | None
) -> Config:
    data = document.data
    known = ["library", "opener", "topics", "views", "rules", "keys", "feeds", *OWN]
    document.known(data, (), [*known, *TABLES])
    values: dict[str, Any] = {name: _table(document, name, cls) for name, cls in TABLES.items()}
    if "opener" in data:
        values["opener"] = document.check(("opener",), data["opener"], OPENER) or ()
    values["topics"] = queries.topics(document)
    values["views"] = queries.views(document)
    values["rules"] = queries.rules(document)
    values["keys"], values["preset"] = bindings(document, actions)
    values["feeds"] = accesses(document) if "feeds" in data else {}
    values["themes"] = themes(document)
    values["commands"] = commands(document)
    for name, check in (("player", PLAYER), ("pager", PAGER)):
        if name in data:
            values[name] = document.check((name,), data[name], check) or ()
    stated = data.get("library")
    if stated is not None and (not isinstance(stated, str) or not stated.strip() or "\0" in stated):
        document.mistake(("library",), 'library takes the path of a file, such as "~/news/library.db"')
        stated = None
    origins = document.places() | overlay(values, document.problems, env)
    if library or env.get(LIBRARY_ENV):
        origins["library"] = "--library" if library else LIBRARY_ENV
    elif stated:
        library = full(stated, document.path.parent)
    place = full(library) if library else library_path(env)
    if document.problems:
        raise ConfigError((words for _, words in sorted(document.problems)), place)
    return Config(path=document.path, library=place, state=state_path(), origins=origins, **values)


class Document:
    """A config file with its values, its lines, and the mistakes found so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = one_line(os.fsdecode(path))
        self.data: dict[str, Any] = {}
        self.lines: dict[tuple[str, ...], int] = {}
        self.problems: list[tuple[int, str]] = []

    def parse(self, body: bytes) -> None:
        """Read TOML. Raises ConfigError with the line."""
        import tomllib  # 13 ms that a start without a config file saves

        from reader.config.lines import key_lines

        try:
            text = body.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            raise ConfigError([f"{self.name}:{line}: this is not UTF-8 text"]) from None
        try:
            self.data = tomllib.loads(text)
        except RecursionError:
            raise ConfigError([f"{self.name}: brackets are nested too deeply"]) from None
        except ValueError as error:
            raise ConfigError([_syntax(self.name, text, str(error))]) from None
        self.lines = key_lines(text)

    def mistake(self, key: tuple[str, ...], words: str) -> None:
        """Note a mistake at `key`, or at the nearest parent that has a line."""
        line = next((self.lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.lines), 0)
        place = f"{self.name}:{line}" if line else self.name
        self.problems.append((line, f"{place}: {words}"))

    def check(self, key: tuple[str, ...], value: object, check: Any) -> Any:
        """Return the checked value; None after a mistake."""
        try:
            return check(value)
        except ValueError as error:
            self.mistake(key, f"{_dotted(key)} {error}")
            return None

    def places(self) -> dict[str, str]:
        """Return where each key stands: `file:line`."""
        return {".".join(key): f"{self.name}:{line}" for key, line in self.lines.items()}

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of the file; empty when it is absent or no table."""
        value = self.data.get(name, {})
        if isinstance(value, dict):
            return value
        self.mistake((name,), f"{name} is a table, written as [{name}], not {named(value)}")
        return {}

    def known(self, table: Mapping[str, Any], parent: tuple[str, ...], names: Collection[str]) -> None:
        """Note every key of a table that is not among `names`."""
        for name in table:
            if name not in names:
                key = (*parent, name)
                self.mistake(key, f"unknown key {_dotted(key)!r}{_hint(name, names, parent)}")


def _table(document: Document, name: str, cls: type) -> Any:
    """Return one of TABLES with what the file states; mistakes are noted and leave the default."""
    table = document.table(name)
    options: dict[str, Field[Any]] = {_stated(item): item for item in fields(cls)}
    document.known(table, (name,), options)
    values = {}
    for key, item in options.items():
        if key in table:
            value = document.check((name, key), table[key], item.metadata["check"])
            if value is not None:
                values[item.name] = value * item.metadata["scale"] if item.metadata["scale"] != 1 else value
    return cls(**values)


def _dotted(key: tuple[str, ...]) -> str:
    return one_line(".".join(key), NAME_SHOWN)


def _hint(name: str, names: Collection[str], parent: tuple[str, ...]) -> str:
    """Return "; did you mean 'x'?" where something comes close, or where the key belongs to another table."""
    from difflib import get_close_matches

    homes = [
        table for table, cls in TABLES.items() if (table,) != parent and name in map(_stated, fields(cls))
    ]
    if homes:
        return f"; did you mean {name!r} in the table [{homes[0]}]?"
    close = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def _stated(item: Field[Any]) -> str:
    """Return the name by which the file states a field."""
    return str(item.metadata["name"] or item.name)


def _syntax(name: str, text: str, error: str) -> str:
    """Return a TOML error with its line in front: tomllib puts it at the end, in brackets."""
    if match := re.search(r"\(at line (\d+), column \d+\)", error):
        line = int(match[1])
    else:
        line = text.rstrip().count("\n") + 1 if "end of document" in error else 0
    words = "this is not TOML: " + one_line(re.sub(r" \(at [^()]*\)", "", error), 200)
    return f"{name}:{line}: {words}" if line else f"{name}: {words}"
