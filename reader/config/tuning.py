"""Settings of single feeds written into the user's file: what stands there stays, comments included."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from reader.config.access import Access
from reader.config.editing import checked, ended, keyed, parsed, rewrite
from reader.config.lines import key_lines
from reader.config.values import Config
from reader.config.writing import toml
from reader.text import address

Value = str | int | None


def tune_feed(config: Config, url: str, key: str, value: Value) -> Config:
    """Write a setting of one feed into the file, or take it out (None); returns the settings with it.

    Raises ConfigError, and leaves the file as it is.
    """
    rewrite(config.path, partial(with_feed, url=url, key=key, value=value))
    access = config.feeds.get(url, Access())
    unset = Access()
    stated: dict[str, Any] = {key: getattr(unset, key) if value is None else value}
    return replace(config, feeds={**config.feeds, url: replace(access, **stated)})


def with_feed(text: str, *, url: str, key: str, value: Value) -> str:
    """Return a file's text with a setting of a feed, or without it. Raises ValueError."""
    wanted = parsed(text)
    tables: dict[str, Any] = wanted.get("feeds", {})
    name = next((name for name in tables if address(name) == url), url)
    table: dict[str, Any] = tables.get(name, {})
    if value is None and key not in table:
        return text
    lines, places = [ended(line) for line in text.splitlines(keepends=True)], key_lines(text)
    line = [] if value is None else [f"{key} = {toml(value)}\n"]
    at = places.get(("feeds", name, key))
    head = places.get(("feeds", name))
    if at is not None:
        lines[at - 1 : at] = line
    elif head is not None:
        lines[head:head] = line
    else:
        lines += [*(["\n"] if lines else []), f"[feeds.{keyed(name)}]\n", *line]
    wanted.setdefault("feeds", {})[name] = {**table, key: value}
    if value is None:
        del wanted["feeds"][name][key]
    return checked("".join(lines), wanted)
