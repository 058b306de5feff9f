"""The commented default file, and the settings as they stand."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import Field, fields, replace
from typing import Any

from reader.config.values import TABLES, Config
from reader.model import Mute, TopicRule
from reader.records import dataclass

WIDTH = 96
HIDDEN = "(set, not shown)"

_HEAD = """\
# The settings of newsread. A line such as "#timeout = 30" shows a default: take the "#" away to change it.
# `newsread config` checks this file and shows what holds; `newsread paths` says where it is. A desk that is
# open follows a change at once. A variable of the environment wins: NEWSREAD_UI_THEME over theme in [ui].

# The library: your feeds, articles and marks, in one file. `--library` and NEWSREAD_LIBRARY win over this.
#library = "~/.local/share/newsread/library.db"

# The command that opens an address, word by word; the address comes last. Left out: the platform's own.
#opener = ["firefox", "--new-tab"]

# What plays a podcast (the key O; the address comes last), and what shows an article (the key E; a file comes
# last). Left out: mpv or vlc; $PAGER, $EDITOR or less.
#player = ["mpv", "--force-window"]
#pager = ["less", "-R"]
"""
_TAIL = """
# Topics of your own: an article belongs to one if its headline or text holds one of the words ("elect*":
# every word that begins so), or if it answers the query: all words, "phrases", -without, as in the search.
# A change applies to the stored articles, too, at the next refresh.
[topics]
#Mekong = ["mekong", "tonle sap"]
#Elections = { query = 'election -sport "run-off"', keywords = ["ballot", "polling station"] }

# Queries with names, which the topic bar and `newsread list --view NAME` show; B on the desk adds one.
[views]
#Votes = 'unread topic:world (election OR ballot) -source:"Wire" since:2d'

# What is hidden: articles that answer a query, for good or until a day. Only what stays can be asked for:
# words, title:, topic:, tag:, source:, author:, lang:, feed:. H on the desk adds one; `newsread rules` lists
# them.
#[[rules]]
#name = "The cup"
#hide = 'title:"world cup" -topic:politics'
#until = 2026-12-20

# Single feeds: headers that only they are sent, or a login. The password is the first line that a command
# prints (no shell sees it), or stands in a variable of the environment: password_env = "NAME" instead.
# `newsread config` never shows any of it. Of a feed that gives its articles' beginnings only, the whole
# texts are fetched with fulltext = "always" (with the extra newsread[fulltext]). keep_days and keep_articles
# say how long its articles stay, instead of [keep]; interval says how many minutes lie between two visits,
# instead of [refresh]. The feeds screen (the key F) writes interval and fulltext.
#[feeds."https://example.com/private.xml"]
#headers = { "X-Token" = "letters and digits" }
#user = "me"
#password_command = ["pass", "show", "feeds/example"]
#fulltext = "always"
#interval = 30
#keep_days = 30

# Themes of your own, here or in a file themes/NAME.toml beside this one: colours as "#rrggbb"; what is left
# out is mixed of background and foreground, and what could not be read is made readable.
#[themes.mine]
#background = "#10141b"
#foreground = "#dbe1ea"
#primary = "#7cb7ff"
#  also: secondary, accent, warning, error, success, muted, panel, bar, rule, cursor, cursor-idle, code

# Programs that the key | gives the article to, on their standard input, as Markdown; no shell sees them.
# A longer form: share = { run = ["mail-it"], form = "text", terminal = true }; the forms are markdown, text,
# html and address.
[commands]
#notes = ["tee", "-a", "/home/me/notes.md"]

# Keys: the action's name (`newsread keys` lists them), and the key or keys that shall call it instead. A key
# that you give to one action is taken from the other. preset = "newsboat" begins with the keys of newsboat.
[keys]
#preset = "default"
#browse = "o"
#down = ["j", "down"]
"""
_TITLES = {
    "refresh": "When feeds are fetched.",
    "fetch": "How feeds are fetched.",
    "keep": "How long articles stay. Starred ones always do.",
    "notify": "What is told outside the desk after a refresh.",
    "ui": "How the desk looks and moves.",
    "reading": "What is fetched for reading, beyond the feeds.",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it stands."""

    key: str  # "fetch.timeout"
    value: Any  # as the file would state it
    default: Any
    text: str  # what it means, with its unit
    source: str = "default"  # or "file", "environment", "option"
    where: str = ""  # file and line, the variable, the option


def _options() -> Iterator[tuple[str, str, Field[Any]]]:
    for table, cls in TABLES.items():
        for item in fields(cls):
            yield table, str(item.metadata["name"] or item.name), item


def _stated(item: Field[Any], value: Any) -> Any:
    """Return a value in the unit of the file."""
    return value // item.metadata["scale"] if item.metadata["scale"] != 1 else value


def settings(config: Config) -> tuple[Setting, ...]:
    """Return every setting in the order of the file."""
    found = [
        Setting("library", str(config.library), None, "The library's file."),
        Setting("opener", list(config.opener), [], "The command that opens an address."),
    ]
    found.append(Setting("player", list(config.player), [], "The command that plays what is attached."))
    found.append(Setting("pager", list(config.pager), [], "The command that shows an article from a file."))
    for table, name, item in _options():
        value, default = (
            _stated(item, getattr(getattr(config, table), item.name)),
            _stated(item, item.default),
        )
        found.append(Setting(f"{table}.{name}", value, default, item.metadata["text"]))
    found += [Setting(f"topics.{rule.name}", _rule(rule), None, "") for rule in config.topics]
    found += [Setting(f"views.{view.name}", view.query, None, "") for view in config.views]
    found += [Setting(f"rules.{rule.name}", _muted(rule), None, "") for rule in config.rules]
    found += [Setting(f"feeds.{url}", HIDDEN, None, "") for url in config.feeds]
    found += [Setting(f"commands.{each.name}", list(each.run), None, "") for each in config.commands]
    found += [Setting(f"themes.{theme.name}", dict(theme.colours), None, "") for theme in config.themes]
    found.append(Setting("keys.preset", config.preset, "default", "Whose keys hold for what is not listed."))
    found += [Setting(f"keys.{action}", keys.split(","), None, "") for action, keys in config.keys.items()]
    return tuple(_sourced(item, config) for item in found)


def _sourced(item: Setting, config: Config) -> Setting:
    """Return a setting with where it was stated."""
    where = config.origins.get(item.key, "")
    if item.key == "keys.preset" and not where and config.preset != item.default:
        where = config.origins.get("keys", "")  # keys = "newsboat"
    if where.startswith("--"):
        return replace(item, source="option", where=where)
    if where.startswith("NEWSREAD_"):
        return replace(item, source="environment", where=where)
    own = item.default is None and item.key != "library"  # what only a file can state
    return replace(item, source="file", where=where) if where or own else item


def _rule(rule: TopicRule) -> list[str] | dict[str, Any]:
    """Return a topic as the file would state it."""
    if not rule.query:
        return list(rule.keywords)
    return {"query": rule.query} | ({"keywords": list(rule.keywords)} if rule.keywords else {})


def _muted(rule: Mute) -> dict[str, Any]:
    """Return a rule as the file would state it."""
    return {"hide": rule.query} | ({"until": rule.until.isoformat()} if rule.until else {})


def default_toml() -> str:
    """Return a config file in which every option is explained and commented out."""
    parts = [_HEAD]
    open_table = ""
    for table, name, item in _options():
        if table != open_table:
            parts.append(f"\n# {_TITLES[table]}\n[{table}]\n")
            open_table = table
        text, shape = item.metadata["text"], item.metadata["check"].shape
        parts.append(textwrap.fill(text, WIDTH, initial_indent="# ", subsequent_indent="# ") + "\n")
        parts.append(f"{f'#{name} = {toml(_stated(item, item.default))}':<24}  # {shape}\n")
    parts.append(_TAIL)
    return "".join(parts)


def toml(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
