"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): strict about kinds of values, tolerant of the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from reader.parse import dates
from reader.parse.raw import Markup, ParseError, RawEntry, RawFeed, RawFile

_DECODER = json.JSONDecoder(
    strict=False,  # raw line breaks inside of strings are common
    parse_int=str,  # ids are often numbers, and some of them too long for one
    parse_float=str,
    parse_constant=lambda _name: "",  # NaN and its like are no JSON
)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def read(text: str, *, limit: int) -> RawFeed:
    """Return what the JSON Feed in `text` states; at most `limit` items. Raises ParseError.

    Of a feed that breaks off, or that is damaged further down, the items before the damage are kept.
    """
    lost = 0
    try:
        feed = _DECODER.decode(text)
    except (ValueError, RecursionError):
        feed = _rescued(text)
        lost = 1
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError("this is JSON, but no JSON Feed: it has no list of items")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    return RawFeed(
        title=Markup(_text(feed, "title"), html=False),
        link=_text(feed, "home_page_url"),
        lang=_text(feed, "language"),
        authors=_authors(feed),
        entries=tuple(_entry(item) for item in items[:limit]),
        dropped=lost + max(0, len(items) - limit),
    )


def _rescued(text: str) -> dict[str, Any]:
    """Return the head and the whole items of broken JSON."""
    start = _ITEMS.search(text)
    items = list(_whole_items(text, start.end())) if start else []
    if start is None or not items:
        raise ParseError("this JSON Feed is damaged before the end of its first article: try again later")
    try:
        head = _DECODER.decode(text[: start.end()] + "]}")
    except (ValueError, RecursionError):
        head = {}
    return {**(head if isinstance(head, dict) else {}), "items": items}


def _whole_items(text: str, at: int) -> Iterator[Any]:
    while True:
        between = _BETWEEN.match(text, at)
        try:
            item, at = _DECODER.raw_decode(text, between.end() if between else at)
        except (ValueError, RecursionError):
            return
        yield item


def _entry(item: dict[str, Any]) -> RawEntry:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    content = Markup(html) if html else Markup(plain, html=False)
    return RawEntry(
        id=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=Markup(_text(item, "title"), html=False),
        authors=_authors(item),
        published=dates.parse(_text(item, "date_published")),
        updated=dates.parse(_text(item, "date_modified")),
        summary=Markup(_text(item, "summary"), html=False),
        contents=(content,) if content.text else (),
        categories=tuple(_texts(item.get("tags"))),
        files=tuple(_files(item.get("attachments"))),
        lang=_text(item, "language"),
    )


def _text(value: dict[str, Any], key: str) -> str:
    """Return a member as text; numbers come as their digits."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _texts(value: Any) -> Iterable[str]:
    return (text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def _authors(value: dict[str, Any]) -> tuple[str, ...]:
    """Return the names: a list since version 1.1, one author in version 1."""
    listed = value.get("authors")
    authors = listed if isinstance(listed, list) else [value.get("author")]
    return tuple(_text(author, "name") for author in authors if isinstance(author, dict))


def _files(value: Any) -> Iterable[RawFile]:
    for file in value if isinstance(value, list) else ():
        if isinstance(file, dict):
            length, duration = _text(file, "size_in_bytes"), _text(file, "duration_in_seconds")
            yield RawFile(_text(file, "url"), _text(file, "mime_type"), length, duration)
