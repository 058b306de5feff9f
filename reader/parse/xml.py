"""RSS and Atom by feedparser, which judges all that `quick` doubts; what it sees was cleaned and measured."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from reader.parse import dates
from reader.parse.raw import Markup, ParseError, RawEntry, RawFeed, RawFile
from reader.parse.sound import Sound, prepared
from reader.parse.survey import Span

_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
NOWHERE = "http://nowhere.invalid/here/"
"""What feedparser resolves against when nobody knows where a feed came from: with nothing at all, it lets the
xml:base of one entry leak into the next."""
DAMAGED = "this feed is damaged in a way that cannot be read: try again later"
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_TEXT_TYPES = frozenset({"text/plain", *_HTML_TYPES})


class NoFeedError(ParseError):
    """XML in which feedparser finds nothing of a feed: another kind of document, or one past repair."""


def read(text: str, *, address: str, limit: int) -> RawFeed:
    """Return what the feed in `text` (cleaned XML) states; at most `limit` items of it.

    An item that makes feedparser raise is left out, the others are kept. Raises ParseError; the feed has no
    entries and no version when the document is no feed at all.
    """
    sound = prepared(text, limit)
    base = address or NOWHERE
    try:
        result = _feedparser(sound.with_items(sound.items), base)
        entries, bad = list(result["entries"]), 0
    except MemoryError:
        raise
    except Exception as error:
        better = sound if sound.well_formed else sound.prefix
        if not better:
            raise NoFeedError(DAMAGED) from error
        sound = better
        result, entries, bad = _item_by_item(sound, base)
    if not entries and not (result.get("version") and sound.well_formed):
        raise NoFeedError(DAMAGED)
    return RawFeed(
        title=_markup(result["feed"], "title", atom=_is_atom(result)),
        link=placed(result["feed"].get("link")),
        lang=_text(result["feed"].get("language")),
        authors=_authors(result["feed"]) if _is_atom(result) else (),
        entries=tuple(_entry(entry, base, atom=_is_atom(result)) for entry in entries[:limit]),
        dropped=sound.dropped + bad + max(0, len(entries) - limit),
    )


def _feedparser(document: bytes, base: str) -> Any:
    """Call feedparser in the only way that opens no file and is quick: document.py drops what is unsafe."""
    import feedparser

    return feedparser.parse(
        io.BytesIO(_DECLARATION + document),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-location": base},
    )


def _item_by_item(sound: Sound, base: str) -> tuple[Any, list[Any], int]:
    """Return the feed, the entries that can be read and the number of those that cannot."""
    try:
        result = _feedparser(sound.with_items(()), base)
    except Exception as error:
        raise NoFeedError(DAMAGED) from error
    entries: list[Any] = []
    bad = 0
    pending: list[Sequence[Span]] = [sound.items]
    while pending:
        items = pending.pop()
        try:
            entries += _feedparser(sound.with_items(items), base)["entries"]
        except MemoryError:
            raise
        except Exception:
            if len(items) < 2:
                bad += len(items)
            else:
                middle = len(items) // 2
                pending += [items[middle:], items[:middle]]
    return result, entries, bad


def _is_atom(result: Any) -> bool:
    return _text(result.get("version")).startswith("atom")


def _entry(entry: Any, base: str, *, atom: bool) -> RawEntry:
    contents = tuple(_body(content) for content in _listed(entry, "content") if _readable(content))
    details = [*_listed(entry, "content"), _detail(entry, "summary")]
    bases = [_text(detail.get("base")) for detail in details if detail]
    return RawEntry(
        id=placed(entry.get("id")),
        link=placed(entry.get("link")),
        title=_markup(entry, "title", atom=atom),
        authors=_authors(entry),
        published=_date(entry, "published") or _date(entry, "created"),
        updated=_date(entry, "updated"),
        summary=_markup(entry, "summary", atom=True),
        contents=contents,
        base=bases[0] if bases and bases[0] != base else "",
        categories=tuple(_text(tag.get("label") or tag.get("term")) for tag in _listed(entry, "tags")),
        files=tuple(_files(entry)),
        duration=_text(entry.get("itunes_duration")),
        lang=next((lang for detail in details if (lang := _text(detail.get("language")))), ""),
    )


def _text(value: Any) -> str:
    """Return a value of feedparser's as text: some of its fields may hold anything."""
    return value if isinstance(value, str) else ""


def _listed(context: Any, key: str) -> list[Any]:
    """Return a list of feedparser's; an element of that very name puts its text there instead."""
    found = context.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _detail(context: Any, key: str) -> Any:
    found = context.get(f"{key}_detail")
    return found if isinstance(found, dict) else {}


def placed(value: Any) -> str:
    """Return an address as the feed states it, without the stand-in for an unknown place."""
    return _text(value).removeprefix(NOWHERE).removeprefix(NOWHERE[: -len("/here/")])


def _markup(context: Any, key: str, *, atom: bool) -> Markup:
    """Return a text; only Atom says reliably that one is plain."""
    kind = _text(_detail(context, key).get("type"))
    return Markup(_text(context.get(key)), html=not (atom and kind == "text/plain"))


def _readable(content: Any) -> bool:
    return _text(content.get("type")) in _TEXT_TYPES


def _body(content: Any) -> Markup:
    return Markup(_text(content.get("value")), html=_text(content.get("type")) in _HTML_TYPES)


def _authors(context: Any) -> tuple[str, ...]:
    listed = (
        _text(author.get("name")) or _text(author.get("email")) for author in _listed(context, "authors")
    )
    return tuple(name for name in listed if name) or ((_text(context.get("author")),))


def _date(entry: Any, key: str) -> Any:
    if key not in entry:  # asking for `updated` would give `published`, with a warning
        return None
    fields = entry.get(f"{key}_parsed")
    return dates.from_fields(fields if isinstance(fields, tuple) else None) or dates.parse(
        _text(entry.get(key))
    )


def _files(entry: Any) -> Iterable[RawFile]:
    for link in _listed(entry, "links"):
        if link.get("rel") == "enclosure":
            yield RawFile(placed(link.get("href")), _text(link.get("type")), _text(link.get("length")))
    for file in _listed(entry, "media_content"):
        kind = _text(file.get("type")) or _text(file.get("medium"))
        length, duration = _text(file.get("filesize")), _text(file.get("duration"))
        yield RawFile(_text(file.get("url")), kind, length, duration)
