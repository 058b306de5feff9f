"""Strangers' text made safe: the gate that every string from outside passes, addresses, terms, wording.

One gate for one-line fields (`one_line`), one for long text (`plain`), one for addresses (`address`). Each
takes time in proportion to its input, whatever the input is. What the first screen does not need is loaded on
demand.
"""

from __future__ import annotations

from reader.text.gate import (
    AUTHOR_MAX,
    CATEGORIES_MAX,
    CATEGORY_MAX,
    ENCLOSURES_MAX,
    GUID_MAX,
    TITLE_MAX,
    UNTITLED,
    blank,
    from_html,
    one_line,
    plain,
    title,
)
from reader.text.wording import NewsreadError, ago, playing_time

ADDRESS_MAX = 4096  # characters: what servers and browsers agree on is half of it

__all__ = [
    "ADDRESS_MAX",
    "AUTHOR_MAX",
    "CATEGORIES_MAX",
    "CATEGORY_MAX",
    "ENCLOSURES_MAX",
    "GUID_MAX",
    "TITLE_MAX",
    "UNTITLED",
    "NewsreadError",
    "address",
    "ago",
    "blank",
    "from_html",
    "one_line",
    "plain",
    "playing_time",
    "title",
    "width",
    "words",
]


def address(url: str, base: str = "", *, strip_login: bool = False) -> str:
    """Return `url` as a canonical http(s) address, resolved against `base`; "" when it is not one.

    Scheme and host in lower case, IDN as punycode, unsafe characters percent-encoded, no default port, dot
    segments resolved, at most ADDRESS_MAX characters. A user name or password makes it ""; with `strip_login`
    only they are left out: for links that a feed states, never for addresses to fetch.
    """
    from reader.text import addresses

    return addresses.canonical(url, base, strip_login=strip_login, limit=ADDRESS_MAX)


def words(text: str) -> list[str]:
    """Return the normalised terms of `text` in order: for the search index, queries, related news, topics."""
    from reader.text import terms

    return terms.split(text)


def width(text: str) -> int:
    """Return the cells of a terminal that `text` takes: wide characters two, marks none."""
    if text.isascii():
        return len(text)
    from reader.text import cells

    return cells.width(text)
