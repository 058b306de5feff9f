"""Every key in one table: bindings, footer, help, palette and `newsread keys` are drawn from it.

Free of Textual, so that the command line can print it at once. An action's id is what `[keys]` in the
config names; `action_<id>` on the Desk is what it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.config.bindings import same_key
from reader.records import dataclass

PANES = ("list", "article", "related", "ticker")


@dataclass(frozen=True, slots=True)
class Key:
    """One action and the keys that call it."""

    action: str
    keys: tuple[str, ...]  # Textual's names: "j", "space", "ctrl+d"
    text: str  # what it does, for help and palette
    group: str
    hint: str = ""  # the short word in the footer; "" keeps it out
    panes: tuple[str, ...] = PANES  # where the footer shows it


KEYS: tuple[Key, ...] = (
    Key("down", ("j", "down"), "next row, or scroll down", "Move", "move", ("list", "related")),
    Key("up", ("k", "up"), "previous row, or scroll up", "Move"),
    Key("left", ("h", "left"), "pane to the left", "Move"),
    Key("right", ("l", "right"), "pane to the right", "Move"),
    Key("next_pane", ("tab",), "next pane", "Move"),
    Key("previous_pane", ("shift+tab",), "previous pane", "Move"),
    Key("half_down", ("ctrl+d", "pagedown"), "half a page down", "Move"),
    Key("half_up", ("ctrl+u", "pageup"), "half a page up", "Move"),
    Key("top", ("g", "home"), "to the top", "Move"),
    Key("bottom", ("G", "end"), "to the bottom", "Move"),
    Key("open", ("enter",), "open", "Read", "read", ("list", "related", "ticker")),
    Key(
        "page",
        ("space",),
        "page down; at its end the next unread article",
        "Read",
        "next",
        ("list", "article"),
    ),
    Key("page_back", ("b",), "page back", "Read", "back a page", ("article",)),
    Key("next_article", ("J",), "next article", "Read"),
    Key("previous_article", ("K",), "previous article", "Read"),
    Key("next_unread", ("n",), "next unread article, or next hit of a search", "Read", "unread", ("list",)),
    Key("previous_unread", ("N",), "previous unread article, or previous hit", "Read"),
    Key("previous_in_story", ("[",), "previous article of the same story", "Read"),
    Key("next_in_story", ("]",), "next article of the same story", "Read", "story", ("article",)),
    Key("fold", ("e",), "unfold who else tells this story, or fold it", "Read", "sources", ("list",)),
    Key("timeline", ("L",), "the story as it came out, with what was new in each report", "Read"),
    Key("group", ("S",), "each story once, or every report by itself", "Read"),
    Key("history_back", ("backspace",), "the article you came from", "Read", "back", ("related",)),
    Key("browse", ("o",), "open in the browser", "Read", "browser", ("list", "article")),
    Key("copy_link", ("y",), "copy the link", "Read"),
    Key("fulltext", ("x",), "full text, or as in the feed", "Read", "full text", ("article",)),
    Key("pictures", ("I",), "the article's pictures, or their words alone", "Read"),
    Key("play", ("O",), "play what is attached: podcasts, videos; or stop it", "Read"),
    Key("pager", ("E",), "show the article in your pager or editor", "Read"),
    Key("pipe", ("|",), "give the article to a command of yours", "Read"),
    Key("links", (";",), "list the links of the article", "Read", "links", ("article",)),
    Key("changes", ("=",), "what was edited after you read the article", "Read"),
    Key("table_right", ("}", "shift+right"), "wide tables: further columns", "Read"),
    Key("table_left", ("{", "shift+left"), "wide tables: earlier columns", "Read"),
    Key("toggle_read", ("m",), "mark read or unread", "Marks"),
    Key("toggle_star", ("s",), "star", "Marks", "star", ("list", "article")),
    Key("read_story", ("M",), "mark the whole story read", "Marks"),
    Key("follow", ("w",), "follow this story, or no longer", "Marks"),
    Key("part", ("X",), "take the article out of its story, for good", "Marks"),
    Key("correct", ("c",), "why this topic, and putting it right", "Marks"),
    Key("mark_all", ("A",), "mark all that is shown as read", "Marks"),
    Key("read_above", ("(",), "mark all above the cursor as read", "Marks"),
    Key("read_below", (")",), "mark all below the cursor as read", "Marks"),
    Key("delete", ("D",), "delete the article; its feed does not bring it back, undo does", "Marks"),
    Key("undo", ("u",), "undo the last mark or deletion", "Marks"),
    Key("refresh_feed", ("r",), "refresh this article's feed", "News"),
    Key("refresh", ("R",), "refresh all feeds", "News"),
    Key("failures", ("!",), "what failed in the last refresh", "News"),
    Key("add", ("a",), "add a feed", "News"),
    Key("feeds", ("F",), "your feeds: how each is doing; name, topic, mute, pause, remove", "News"),
    Key("welcome", (), "starter packs, and other ways to bring in news", "News"),
    Key(
        "search",
        ("/",),
        "search everything; in the article: find in it",
        "Find",
        "search",
        ("list", "article"),
    ),
    Key("filter", ("f",), "filter the headlines shown", "Find"),
    Key("top_stories", ("p",), "top stories: what most sources tell now", "Find", "top", ("list",)),
    Key("catch_up", ("C",), "catch up: what is unread as stories, the rest filed at once", "Find"),
    Key("following", ("W",), "what the stories bring that you follow, or all again", "Find"),
    Key("topics", ("t",), "choose a topic or a saved view", "Find", "topic", ("list",)),
    Key("save_view", ("B",), "save what is shown as a view", "Find"),
    Key("mute", ("H",), "hide articles like this one; or why this one is hidden", "Find"),
    Key("unread_only", ("v",), "unread only, or all", "Find"),
    Key("related", ("i",), "related news on or off", "Panes", "related", ("article",)),
    Key("ticker", ("T",), "ticker on or off", "Panes"),
    Key("pause", ("P",), "let the ticker stand, or move on", "Panes", "pause", ("ticker",)),
    Key("faster", ("+",), "ticker faster", "Panes", "faster", ("ticker",)),
    Key("slower", ("-",), "ticker slower", "Panes", "slower", ("ticker",)),
    Key("narrower", ("<",), "this pane narrower", "Panes"),
    Key("wider", (">",), "this pane wider", "Panes"),
    Key("zen", ("z",), "the article alone", "Panes", "zen", ("article",)),
    Key(
        "back",
        ("escape",),
        "one level back; cancels what is running",
        "newsread",
        "back",
        ("article", "related", "ticker"),
    ),
    Key("leave", ("q",), "back, and quit at the top", "newsread"),
    Key("quit", ("Q",), "quit", "newsread"),
    Key("themes", ("ctrl+t",), "choose the theme: colours, seen at once", "Panes"),
    Key("palette", (":", "ctrl+p"), "all commands", "newsread"),
    Key("help", ("?",), "help", "newsread", "help"),
)

FEED_KEYS: tuple[Key, ...] = tuple(
    Key(f"feeds_{action}", (key,), text, "Feeds", hint, ("feeds",))
    for action, key, text, hint in (
        ("rename", "e", "give the feed another name", "name"),
        ("topic", "t", "put the feed under a topic", "topic"),
        ("mute", "m", "keep the feed out of all news and Top, or no longer", "mute"),
        ("pause", "p", "fetch the feed no more, or again", "pause"),
        ("interval", "i", "minutes between two visits to the feed", "interval"),
        ("tags", "#", "give the feed tags, which tag: asks for", "tags"),
        ("sort", "s", "sort the feeds by name, unread, last fetch, trouble", "sort"),
        ("troubled", "!", "only feeds that fail, are silent or paused; or all", "troubled"),
    )
)
"""What the feeds screen has keys of its own for; what the desk does too, the desk's keys do there."""

TABLES = (KEYS, FEED_KEYS)
"""A key may call an action of each."""
ACTIONS = tuple(key.action for table in TABLES for key in table)
"""What `[keys]` in the config may name."""

_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "comma": ",",
    "end": "End",
}


def shown(key: str) -> str:
    """Return a key's name as the help prints it: `shift+right` is `Shift+→`, `space` is `Space`."""
    if key in _NAMES:
        return _NAMES[key]
    held, plus, rest = key.partition("+")
    return f"{held.capitalize()}+{shown(rest)}" if plus and rest else key


def hint(keys: Sequence[Key], action: str, words: str) -> str:
    """Return " · u takes it back" by the first key of an action, "" where it has none."""
    return next((f" · {shown(key.keys[0])} {words}" for key in keys if key.action == action and key.keys), "")


PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "default": {},
    "newsboat": {
        "next_unread": ("n",),
        "previous_unread": ("p",),
        "toggle_read": ("N",),
        "top_stories": ("P",),
        "mark_all": ("A", "C"),
        "catch_up": ("d",),
        "unread_only": ("l", "v"),
        "left": ("left", "h"),
        "right": ("right",),
        "links": ("u", ";"),
        "undo": ("U",),
        "filter": ("F", "f"),
        "feeds": ("E",),
        "pager": ("ctrl+e",),
        "pause": ("comma",),
    },
}
"""What each preset has in place of newsread's own keys."""


def rebound(
    overrides: Mapping[str, str], preset: str = "default", table: Sequence[Key] = KEYS
) -> tuple[Key, ...]:
    """Return a table with a preset's and the user's keys (action id -> comma-separated keys) in it.

    A key that the user gives to one action is taken from the other that had it: `taken` says from which.
    """
    stated = _stated(overrides, table)
    owner = {same_key(name): action for action, names in stated.items() for name in names}
    if not owner and not PRESETS.get(preset):
        return tuple(table)
    given = {key.action: PRESETS.get(preset, {}).get(key.action, key.keys) for key in table} | stated
    return tuple(
        replace(
            key,
            keys=tuple(
                name for name in given[key.action] if owner.get(same_key(name), key.action) == key.action
            ),
        )
        for key in table
    )


def taken(overrides: Mapping[str, str], preset: str = "default") -> tuple[str, ...]:
    """Return in words which actions the user's keys have been taken from, a line each."""
    table, stated = rebound(overrides, preset), _stated(overrides, KEYS)
    before = {key.action: key.keys for key in rebound({}, preset)}
    owner = {same_key(name): action for action, names in stated.items() for name in names}
    return tuple(
        f"{name} calls {owner[same_key(name)]} now, no longer {key.action}"
        + ("" if key.keys else ", which has no key any more")
        for key in table
        if key.action not in stated
        for name in before[key.action]
        if name not in key.keys
    )


def _stated(overrides: Mapping[str, str], table: Sequence[Key]) -> dict[str, tuple[str, ...]]:
    return {
        key.action: tuple(part.strip() for part in overrides[key.action].split(",") if part.strip())
        for key in table
        if key.action in overrides
    }
