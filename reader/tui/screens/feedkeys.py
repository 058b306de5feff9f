"""The keys of the feeds screen, in one table: bindings, footer and help are drawn from it.

It has few of its own; where it does what the desk does, too, the desk's keys do it, bound anew or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reader.config.bindings import OWN, same_key, screen
from reader.tui.keys import FEED_KEYS, Key, rebound

HERE = ("feeds",)
ROWS: tuple[str | tuple[str, str, str, str], ...] = (
    ("open", "read this feed on the desk", "Feeds", "read"),
    ("add", "add an address, a web page, a local file or folder", "Feeds", "add"),
    ("filter", "narrow the list while typing", "Feeds", "find"),
    *("feeds_rename", "feeds_topic", "feeds_mute"),
    ("delete", "remove it with its articles; undo brings both back", "Feeds", "remove"),
    ("undo", "take the last change back", "Feeds", "undo"),
    *("feeds_pause", "feeds_interval"),
    ("fulltext", "fetch its full texts always, or on demand", "Feeds", "full text"),
    "feeds_tags",
    ("refresh_feed", "fetch it now", "Feeds", "fetch"),
    ("copy_link", "copy its address", "Feeds", ""),
    *("feeds_sort", "feeds_troubled"),
    ("down", "next feed", "List", ""),
    ("up", "previous feed", "List", ""),
    ("half_down", "half a page down", "List", ""),
    ("half_up", "half a page up", "List", ""),
    ("top", "to the top", "List", ""),
    ("bottom", "to the bottom", "List", ""),
    ("back", "back to the desk", "List", ""),
    ("help", "help", "List", "help"),
)
"""Actions of its own by their names, those of the desk with what they do here."""
TOO = {
    "filter": ("search", "filter"),
    "half_down": ("half_down", "page"),
    "half_up": ("half_up", "page_back"),
    "back": ("back", "leave", "feeds"),
}
"""Where more than one action of the desk comes to the same."""
MORE = {"delete": ("delete",)}
"""Keys that call such an action besides."""


def feed_keys(overrides: Mapping[str, str], preset: str = "default") -> tuple[Key, ...]:
    """Return the table with the user's keys in it.

    A key calls one action: what the user has bound wins, then what is this screen's own.
    """
    desk = {key.action: key.keys for key in rebound(overrides, preset)}
    own = {key.action: key for key in rebound(overrides, preset, FEED_KEYS)}
    table = [own[row] if isinstance(row, str) else _shared(row, desk) for row in ROWS]
    owner: dict[str, str] = {}
    for key in sorted(table, key=lambda key: (overrides.keys().isdisjoint(_all(key)), key.action not in own)):
        for name in key.keys:
            owner.setdefault(same_key(name), key.action)
    return tuple(
        replace(key, keys=tuple(name for name in key.keys if owner[same_key(name)] == key.action))
        for key in table
    )


def taken(overrides: Mapping[str, str], preset: str = "default") -> Iterator[str]:
    """Yield in words what a key that the user bound no longer does here; what the desk says itself apart."""
    before, now = (
        {same_key(name): key.action for key in feed_keys(bound, preset) for name in key.keys}
        for bound in ({}, overrides)
    )
    for name, action in before.items():
        new = now.get(name, action)
        if new != action and action not in overrides and OWN in (screen(action), screen(new)):
            yield f"{name} calls {new} in the list of feeds now, no longer {action}"


def _all(key: Key) -> tuple[str, ...]:
    return TOO.get(key.action, (key.action,))


def _shared(row: tuple[str, str, str, str], desk: Mapping[str, tuple[str, ...]]) -> Key:
    action, text, group, hint = row
    key = Key(action, (), text, group, hint, HERE)
    names = (name for each in _all(key) for name in desk[each])
    return replace(key, keys=(*names, *MORE.get(action, ())))
