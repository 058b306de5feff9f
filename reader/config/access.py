"""How single feeds are asked: the tables [feeds."ADDRESS"] with headers, logins, and whether texts are whole.

Nothing here is ever printed: a token in a header is as much a secret as a password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from reader.config.checks import Choice, Number, Word, Words
from reader.config.document import Document
from reader.records import dataclass
from reader.text import address

HEADERS_MAX = 16
VALUE_MAX = 4_096
ALWAYS = "always"
OURS = frozenset(
    [
        *("accept-encoding", "connection", "content-length", "cookie", "host", "if-modified-since"),
        *("if-none-match", "te", "trailer", "transfer-encoding", "upgrade"),
    ]
)
"""Headers that newsread says itself, or never says."""

USER = Word(256, "a name")
VARIABLE = Word(128, "the name of a variable of the environment")
FULLTEXT = Choice(("on demand", ALWAYS))
INTERVAL = Number(5, 10_080, "minutes", whole=True)
KEEP_DAYS = Number(0, 36_500, "days; 0: for ever", whole=True)
KEEP_ARTICLES = Number(0, 10_000_000, "articles; 0: any number", whole=True)
COMMAND = Words(1_024, 32, '["pass", "show", "feeds/example"]')

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}\Z")  # RFC 9110, section 5.1


@dataclass(frozen=True, slots=True)
class Access:
    """What one feed is asked with, beside what all are."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    user: str = ""
    password_env: str = ""  # the variable that holds the password
    password_command: tuple[str, ...] = ()  # prints the password; no shell sees it
    keep_days: int | None = None  # None: as [keep] says
    keep_articles: int | None = None
    fulltext: str = ""  # "always": the pages of its articles are fetched, too
    interval: int | None = None  # minutes between two visits; None: as [refresh] says


def accesses(document: Document) -> dict[str, Access]:
    """Return the tables by canonical address; mistakes are noted in the document."""
    found = {}
    for name, table in document.table("feeds").items():
        place = ("feeds", name)
        url = address(name)
        if not url:
            document.mistake(place, 'a table of [feeds] is named by an address: [feeds."https://…"]')
        elif not isinstance(table, dict):
            document.mistake(place, 'a feed\'s table is written as [feeds."https://…"]')
        else:
            found[url] = _access(document, place, table)
    return found


def _access(document: Document, place: tuple[str, ...], table: Mapping[str, Any]) -> Access:
    checks: dict[str, Any] = {
        "user": USER,
        "password_env": VARIABLE,
        "password_command": COMMAND,
        "fulltext": FULLTEXT,
    }
    checks |= {"interval": INTERVAL, "keep_days": KEEP_DAYS, "keep_articles": KEEP_ARTICLES}
    document.known(table, place, ["headers", *checks])
    stated = {
        key: document.check((*place, key), table[key], check) for key, check in checks.items() if key in table
    }
    if ("password_env" in table or "password_command" in table) and "user" not in table:
        document.mistake(place, "a password needs a user beside it")
    if "password_env" in table and "password_command" in table:
        document.mistake(place, "takes password_env or password_command, not both")
    return Access(
        headers=_headers(document, (*place, "headers"), table.get("headers", {})),
        user=stated.get("user") or "",
        password_env=stated.get("password_env") or "",
        password_command=stated.get("password_command") or (),
        keep_days=stated.get("keep_days"),
        keep_articles=stated.get("keep_articles"),
        fulltext=stated.get("fulltext") or "",
        interval=stated.get("interval"),
    )


def _headers(document: Document, place: tuple[str, ...], stated: object) -> tuple[tuple[str, str], ...]:
    """Return the headers; an error names them, never their values."""
    if not isinstance(stated, dict) or len(stated) > HEADERS_MAX:
        document.mistake(place, f"headers takes a table of at most {HEADERS_MAX} headers")
        return ()
    found = []
    for name, value in stated.items():
        if not _NAME.match(name) or name.lower() in OURS:
            document.mistake(place, f"headers takes no {name!r}: newsread says that itself, or never")
        elif not isinstance(value, str) or len(value) > VALUE_MAX or not value.isprintable():
            document.mistake(place, f"the header {name} takes one line of text")
        elif not _latin(value):
            document.mistake(place, f"the header {name} takes letters of Western Europe only")
        else:
            found.append((name, value.strip()))
    return tuple(found)


def _latin(value: str) -> bool:
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True
