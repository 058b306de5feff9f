"""What a list of subscriptions holds, and which addresses in it are acceptable. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from reader import text
from reader.model import SavedView
from reader.records import dataclass

TOPIC_MAX = 64  # characters of one folder's name
TOPIC_DEPTH_MAX = 16  # folders in each other that make a topic path
TAGS_MAX = 64  # of a feed
TAG_MAX = 128  # characters of one

_UNTAGGED = str.maketrans({",": " ", '"': "'"})
_FILE = re.compile(r"file://(?:localhost)?(?=/)", re.IGNORECASE)
_LOGIN = re.compile(r"//[^/?#\s@]*@")
_FEED_BEFORE = re.compile(r"feed:(?://)?(?=https?:)", re.IGNORECASE)  # feed:https://example.org/
_FEED_INSTEAD = re.compile(r"feed:(?=//)", re.IGNORECASE)  # feed://example.org/
_REASONS = (  # how an address begins, and why such are refused
    (re.compile(r"\||exec:", re.IGNORECASE), "it runs a command: newsread never runs what a list says"),
    (re.compile(r"filter:", re.IGNORECASE), "it passes a feed through a command: newsread never runs those"),
    (re.compile(r"query:", re.IGNORECASE), "it is a query over other feeds, not an address"),
    (
        re.compile(r"file:|/(?!/)|~", re.IGNORECASE),
        "it is a local file: `newsread add FILE` takes it, and --private all that a list of your own names",
    ),
)


class OpmlError(text.NewsreadError):
    """A file that is no list of subscriptions."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that a list names."""

    url: str  # canonical http(s) address; a path when `local`
    title: str = ""
    topic: str = ""  # the folders it lies in: "News/World"
    site: str = ""
    tags: tuple[str, ...] = ()  # newsboat's tags, OPML's categories
    hidden: bool = False  # newsboat's "!": not in the list of feeds
    local: bool = False  # a file of the user's own


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was not taken over, and why."""

    text: str
    reason: str
    view: SavedView | None = None  # what newsboat's query feed is here


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list says."""

    subscriptions: tuple[Subscription, ...] = ()
    refused: tuple[Refused, ...] = ()
    repeated: int = 0  # entries whose address came before
    damage: str = ""  # what could not be read of the file, in words; "" when all could


def checked(address: str) -> tuple[str, str]:
    """Return the canonical form of a feed's address and "", or "" and the reason why it is refused."""
    address = address.strip()
    if not address:
        return "", "it has no address"
    for beginning, reason in _REASONS:
        if beginning.match(address):
            return "", reason
    address = _FEED_INSTEAD.sub("http:", _FEED_BEFORE.sub("", address, count=1), count=1)
    url = text.address(address)
    if url:
        return url, ""
    if text.address(address, strip_login=True):
        return "", "it holds a user name or a password, which no list should: add the feed yourself"
    return "", "it is no web address (http or https)"


def local_path(address: str) -> str:
    """Return the path of a `file:` address, "" for what is none or could not be shown as it is."""
    start = _FILE.match(address)
    path = unquote(address[start.end() :]) if start else ""
    return path if text.one_line(path, text.ADDRESS_MAX) == path else ""


def refused(shown: str, reason: str) -> Refused:
    """Return an entry to be listed, as one safe line without a password."""
    return Refused(text.one_line(_LOGIN.sub("//", shown), 200) or "(empty)", reason)


def topic_path(names: Iterable[str]) -> str:
    """Return the topic of a feed from the names of its folders, "" for none; a name may be a path itself."""
    parts = (text.one_line(part, TOPIC_MAX) for name in names for part in name.split("/"))
    return "/".join([part for part in parts if part][:TOPIC_DEPTH_MAX])


def tag(name: str) -> str:
    """Return a tag as it is kept, "" where nothing is left: commas part tags in OPML."""
    return text.one_line(topic_path([name.translate(_UNTAGGED)]), TAG_MAX)


def tagged(names: Iterable[str]) -> tuple[str, ...]:
    """Return the tags of a feed, each once."""
    return tuple(islice(dict.fromkeys(filter(None, map(tag, names))), TAGS_MAX))


def collected(found: Iterable[Subscription | Refused], damage: str = "") -> Imported:
    """Return what was found, each address once: the first entry counts, a later one fills its gaps."""
    feeds: dict[str, Subscription] = {}
    bad: list[Refused] = []
    repeated = 0
    for entry in found:
        if isinstance(entry, Refused):
            bad.append(entry)
        elif first := feeds.get(entry.url):
            repeated += 1
            feeds[entry.url] = replace(
                first,
                title=first.title or entry.title,
                topic=first.topic or entry.topic,
                site=first.site or entry.site,
                tags=tagged((*first.tags, *entry.tags)),
            )
        else:
            feeds[entry.url] = entry
    return Imported(tuple(feeds.values()), tuple(bad), repeated, damage)
