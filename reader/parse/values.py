"""A feed's own words made into entries: gated text, canonical addresses, sober dates. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from reader import text
from reader.model import Enclosure, Entry, ParsedFeed
from reader.parse.bodies import body, opening
from reader.parse.raw import Markup, RawEntry, RawFeed, RawFile
from reader.records import dataclass

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # older than any feed: a clock that was never set
AHEAD_MAX = timedelta(hours=24)  # a zone confused is half a day; more is a wish to stay on top
LENGTH_MAX = 2**53  # bytes of an enclosure: what every JSON reader can count
DURATION_MAX = 100 * 3600  # seconds of an enclosure: no audio book is as long as four days
LANG_MAX = 35  # characters of a language tag (RFC 5646, 4.4.1)

_LANG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_DURATION = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,9})(?:\.\d*)?", re.ASCII)
_PLAYED = ("audio", "video", "")
"""What is played, of all kinds of files; "" where the feed does not say."""
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Feed:
    """What the entries of one feed have in common."""

    base: str
    site: str
    lang: str
    authors: tuple[str, ...]
    latest: datetime


def parsed(raw: RawFeed, *, address: str = "", now: datetime | None = None) -> ParsedFeed:
    """Return the feed that `raw` states; `address` is where it came from, `now` what the time is (UTC)."""
    site = text.address(raw.link, address, strip_login=True)
    latest = (now or datetime.now(UTC)) + AHEAD_MAX
    feed = _Feed(address or site, site, _lang(raw.lang), raw.authors, latest)
    stated = [number for number, entry in enumerate(raw.entries) if not _nothing(entry)]
    slices = raw.slices and replace(
        raw.slices, entries=tuple([raw.slices.entries[number] for number in stated])
    )
    return ParsedFeed(
        title=_title(raw.title) or _host(site or address),
        site=site,
        lang=feed.lang,
        entries=tuple([_entry(raw.entries[number], feed) for number in stated]),
        dropped=raw.dropped,
        pace=raw.pace,
        slices=slices,
    )


def _entry(raw: RawEntry, feed: _Feed) -> Entry:
    url = text.address(raw.link, feed.base, strip_login=True)
    html, summary = body(raw.summary, raw.contents, raw.base)
    updated = _sober(raw.updated, feed.latest)
    return Entry(
        title=_title(raw.title) or opening(html) or text.UNTITLED,
        guid=_guid(raw.id),
        url=url,
        author=_authors(raw.authors) or _authors(feed.authors),
        published=_sober(raw.published, feed.latest) or updated,
        updated=updated,
        summary=summary,
        html=html,
        categories=_categories(raw.categories),
        enclosures=_enclosures(raw.files, feed.base, _seconds(raw.duration)),
        lang=_lang(raw.lang) or feed.lang,
    )


def _nothing(raw: RawEntry) -> bool:
    """Return whether an item states nothing at all."""
    texts = (raw.title.text, raw.summary.text, raw.id, raw.link, *raw.authors, *raw.categories)
    return not (
        any(stated.strip() for stated in texts) or raw.contents or raw.files or raw.published or raw.updated
    )


def _title(title: Markup) -> str:
    return text.from_html(title.text) if title.html else text.one_line(title.text)


def _host(address: str) -> str:
    """Return what to call a feed without a title."""
    return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""


def _sober(when: datetime | None, latest: datetime) -> datetime | None:
    return when if when and EARLIEST <= when <= latest else None


def _guid(guid: str) -> str:
    """Return the feed's id for an entry; a very long one by its digest."""
    if len(guid) > text.GUID_MAX:
        return "sha256:" + hashlib.sha256(guid.encode("utf-8", "replace")).hexdigest()
    return text.one_line(guid, text.GUID_MAX)


def _authors(names: tuple[str, ...]) -> str:
    if not any(names):
        return ""
    return text.one_line(", ".join(_distinct(text.from_html(name) for name in names)), text.AUTHOR_MAX)


def _categories(names: Iterable[str]) -> tuple[str, ...]:
    """Return the categories' names; those that are addresses say something to machines only."""
    lines = (
        text.one_line(text.from_html(name), text.CATEGORY_MAX) for name in names if not _SCHEME.match(name)
    )
    return _distinct(lines)[: text.CATEGORIES_MAX]


def _distinct(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that show something, each once whatever its case."""
    seen: dict[str, str] = {}
    for line in lines:
        if line:
            seen.setdefault(line.casefold(), line)
    return tuple(seen.values())


def _enclosures(files: Iterable[RawFile], base: str, duration: int | None) -> tuple[Enclosure, ...]:
    """Return the files, each once; the item's own duration is that of the first one that is played."""
    found: dict[str, Enclosure] = {}
    for file in files:
        url = text.address(file.url, base, strip_login=True)
        kind, seconds = text.one_line(file.type, text.CATEGORY_MAX).lower(), _seconds(file.duration)
        if url and url not in found:
            if duration and kind.partition("/")[0] in _PLAYED:
                seconds, duration = seconds or duration, None
            found[url] = Enclosure(url, kind, _length(file.length), seconds)
        elif url and seconds and not found[url].duration:
            found[url] = replace(found[url], duration=seconds)
        if len(found) == text.ENCLOSURES_MAX:
            break
    return tuple(found.values())


def _seconds(stated: str) -> int | None:
    """Return the seconds of "1:02:03", "62:03" or "3723"; None of anything else."""
    match = _DURATION.fullmatch(stated.strip()) if len(stated) < text.CATEGORY_MAX else None
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    found = hours * 3600 + minutes * 60 + seconds
    return found if 0 < found <= DURATION_MAX else None


def _length(stated: str) -> int | None:
    digits = stated.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 17):
        return None
    return int(digits) if 0 < int(digits) <= LENGTH_MAX else None


def _lang(stated: str) -> str:
    tag = stated.strip()
    return tag.replace("_", "-") if len(tag) <= LANG_MAX and _LANG.fullmatch(tag) else ""
