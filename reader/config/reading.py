"""The config file, read and checked: every mistake is named with file, line and key."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

from reader.config import queries
from reader.config.access import accesses
from reader.config.bindings import bindings
from reader.config.checks import Words
from reader.config.commands import PAGER, PLAYER, commands
from reader.config.document import ConfigError, Document
from reader.config.environment import overlay
from reader.config.files import read_file, reason
from reader.config.places import LIBRARY_ENV, config_path, full, library_path, state_path
from reader.config.themes import themes
from reader.config.values import TABLES, Config
from reader.frame.matching import stamp
from reader.text import one_line

CONFIG_MAX = 1024 * 1024
"""Bytes of a config file: a thousand times what a long one measures."""

OWN = ("player", "pager", "themes", "commands")
"""Settings that other modules read."""
OPENER = Words(1_024, 32, '["firefox", "--new-tab"]')


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
    document, before = Document(file, _homes()), stamp(os.fspath(file))
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


def _homes() -> dict[str, list[str]]:
    """Return the tables of each setting, by the name that the file states it by."""
    homes: dict[str, list[str]] = {}
    for table, cls in TABLES.items():
        for item in fields(cls):
            homes.setdefault(_stated(item), []).append(table)
    return homes


def _stated(item: Field[Any]) -> str:
    """Return the name by which the file states a field."""
    return str(item.metadata["name"] or item.name)
