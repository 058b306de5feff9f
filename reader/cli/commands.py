"""The table of commands: where each lives, and its line in the help."""

from __future__ import annotations

from reader.records import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Its module has `<name>_arguments(parser)` and `<name>_run(args, out) -> exit code`."""

    name: str
    module: str  # below reader.cli; imported when the command is given
    text: str
    json: bool = True  # whether it prints data, and so takes --json


_TABLE = (
    Command("add", "subscriptions", "subscribe to an address, a page's feed, a local file or folder"),
    Command("remove", "subscriptions", "unsubscribe; for thirty days `add` brings the feed back as it was"),
    Command("feeds", "subscriptions", "list the subscriptions with their state and last error"),
    Command("refresh", "refreshing", "fetch what is due (--all: everything, now)"),
    Command("list", "listing", "list articles, newest first"),
    Command("brief", "brief", "what a time brought: stories, not articles, each with its sources"),
    Command("unread", "unread", "how much is unread, by feed (--count: the number alone, for a status bar)"),
    Command("show", "reading", "print an article"),
    Command("search", "listing", "search the library"),
    Command("views", "views", "list the saved views and their counts; list --view NAME shows one"),
    Command("rules", "rules", "list the rules that hide articles; rules test QUERY|NAME: a dry run"),
    Command("related", "reading", "what else was written about an article, and why it belongs there"),
    Command("story", "stories", "who tells the story of an article; a wrong one is taken apart: story split"),
    Command("follow", "follow", "follow the story of an article; without one, list what is followed"),
    Command("delete", "deleting", "delete articles; their feeds do not bring them back"),
    Command("restore", "deleting", "bring deleted articles back (without ID: those of the last 30 days)"),
    Command("topics", "topics", "list the topics and their counts"),
    Command("topic", "topics", "put the topic of an article or a feed right: topic set, topic auto"),
    Command(
        "import",
        "moving",
        "subscribe to what an OPML file or newsboat's urls file lists; newsboat: move in whole",
    ),
    Command("export", "moving", "write the subscriptions as OPML", json=False),
    Command(
        "doctor",
        "doctor",
        "look the library over; --rebuild makes its indexes and stories anew, --rescue saves it",
    ),
    Command("config", "upkeep", "show and check the settings (config init: write a commented file)"),
    Command("paths", "upkeep", "say where the files are"),
    Command("keys", "upkeep", "list the keys of the desk"),
    Command("completion", "completion", "print the completion of bash, zsh or fish for newsread", json=False),
    Command("man", "manual", "the manual", json=False),
)
COMMANDS = {command.name: command for command in _TABLE}
