"""The keys of the feeds screen, in one table: bindings, footer and help are drawn from it."""

from __future__ import annotations

from reader.tui.keys import Key

HERE = ("feeds",)

FEED_KEYS: tuple[Key, ...] = tuple(
    Key(action, keys, text, group, hint, HERE)
    for action, keys, text, group, hint in (
        ("open", ("enter",), "read this feed on the desk", "Feed", "read"),
        ("add", ("a",), "add an address, a web page, a local file or folder", "Feed", "add"),
        ("filter", ("/", "f"), "narrow the list while typing", "Feed", "find"),
        ("rename", ("e",), "give it another name", "Feed", "name"),
        ("topic", ("t",), "put it under a topic", "Feed", "topic"),
        ("mute", ("m",), "out of all news and Top, in its own list only; or back", "Feed", "mute"),
        ("delete", ("D", "delete"), "remove it with its articles; undo brings both back", "Feed", "remove"),
        ("undo", ("u",), "take the last change back", "Feed", "undo"),
        ("pause", ("p",), "fetch it no more, or again", "Feed", "pause"),
        ("interval", ("i",), "minutes between two visits", "Feed", "interval"),
        ("fulltext", ("x",), "fetch its full texts always, or on demand", "Feed", "full text"),
        ("tags", ("#",), "give it tags, by which tag: asks for it", "Feed", "tags"),
        ("refresh", ("r",), "fetch it now", "Feed", "fetch"),
        ("copy", ("y",), "copy its address", "Feed", ""),
        ("sort", ("s",), "sort by name, unread, last fetch, trouble", "List", "sort"),
        ("ailing", ("!",), "only what fails, is silent or paused; or all", "List", "troubled"),
        ("down", ("j", "down"), "next feed", "List", ""),
        ("up", ("k", "up"), "previous feed", "List", ""),
        ("half_down", ("ctrl+d", "pagedown", "space"), "half a page down", "List", ""),
        ("half_up", ("ctrl+u", "pageup", "b"), "half a page up", "List", ""),
        ("top", ("g", "home"), "to the top", "List", ""),
        ("bottom", ("G", "end"), "to the bottom", "List", ""),
        ("back", ("escape", "q", "F"), "back to the desk", "List", ""),
        ("help", ("?",), "help", "List", "help"),
    )
)
