"""What is asked of an errand and what it brings, and how both travel as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, field, fields
from typing import Any, Literal
from urllib.parse import urlsplit

from reader.model import Feed
from reader.records import dataclass
from reader.text import address

Kind = Literal["article", "picture"]

TEXT_MAX = 20_000
"""Characters of an article's plain words, as many as of a feed's for the search."""


@dataclass(frozen=True, slots=True)
class Errand:
    """An address to fetch, and what for."""

    kind: Kind
    url: str
    private_ok: bool = False  # whether it may lie on this machine or in a private network
    article: int = 0  # whose it is
    sharp: bool = False  # of a picture: for a terminal that draws its pixels
    feed: str = ""  # the feed's address where it lies at the feed's own server: its login goes along


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an errand. A picture is in the cache when there is no error."""

    kind: Kind
    url: str
    article: int = 0
    address: str = ""  # where an article's page was found in the end
    html: str = field(default="", repr=False)  # of an article
    text: str = field(default="", repr=False)  # its plain words
    error: str = ""  # one line in words, "" when it went well


def errand(kind: Kind, url: str, feed: Feed | None, article: int = 0, *, sharp: bool = False) -> Errand:
    """Return the errand to an address that a feed's article names.

    Only what lies at the very server of a feed is asked with its login, and only at that of one that the
    user typed may be on a private network: a stranger's feed, or one that gathers strangers' texts, must not
    make newsread ask the machines behind the firewall.
    """
    if feed is None or not _origin(feed.url) == _origin(url) != "":
        return Errand(kind, url, article=article, sharp=sharp)
    return Errand(kind, url, feed.local, article, sharp, feed.url)


def _origin(url: str) -> str:
    clean = address(url, strip_login=True)
    parts = urlsplit(clean)
    return f"{parts.scheme}://{parts.netloc}" if clean else ""


def errands_to_json(errands: tuple[Errand, ...]) -> bytes:
    """Return errands as the child reads them."""
    return json.dumps([asdict(one) for one in errands]).encode()


def errands_from_json(body: bytes) -> tuple[Errand, ...]:
    """Return what `errands_to_json` packed."""
    return tuple(Errand(**one) for one in json.loads(body))


def answer_to_json(answer: Answer) -> str:
    """Return an answer as one line."""
    return json.dumps(asdict(answer), ensure_ascii=True)  # no character in it ends a line


def answer_from_json(line: str | bytes) -> Answer:
    """Return the answer that a line states. Raises ValueError for any other line."""
    stated: Any = json.loads(line)
    kinds = {one.name: int if one.name == "article" else str for one in fields(Answer)}
    if not isinstance(stated, dict) or stated.keys() != kinds.keys():
        raise ValueError("no answer of an errand")
    if any(type(value) is not kinds[name] for name, value in stated.items()):
        raise ValueError("no answer of an errand")
    return Answer(**stated)
