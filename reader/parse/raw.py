"""What a feed states, before any judgement: the seam between reading bytes and making entries.

Whoever reads a feed (feedparser, the JSON Feed reader, a faster reader some day) fills these values with the
feed's own words; `reader.parse.values` makes entries of them.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from reader.model import Pace, Slices
from reader.records import dataclass
from reader.text import NewsreadError


class ParseError(NewsreadError):
    """Bytes that are no feed, or no longer one that can be read."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A text and what it is written in."""

    text: str = ""
    html: bool = True  # False: plain text, in which `<b>` is just that


@dataclass(frozen=True, slots=True)
class RawFile:
    """An enclosure, or a `media:content`."""

    url: str
    type: str = ""
    length: str = ""  # bytes, as the feed writes them
    duration: str = ""  # seconds or a clock's 1:02:03, as the feed writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One item in the feed's own words; addresses may be relative, dates may be absurd."""

    id: str = ""
    link: str = ""
    title: Markup = Markup()
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    summary: Markup = Markup()
    contents: tuple[Markup, ...] = ()
    base: str = ""  # what relative addresses in summary and contents start from, where the feed says so
    categories: tuple[str, ...] = ()
    files: tuple[RawFile, ...] = ()
    duration: str = ""  # of what is attached, where the item says it and not the file
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed in its own words."""

    title: Markup = Markup()
    link: str = ""
    lang: str = ""
    authors: tuple[str, ...] = ()  # where the format lets entries inherit them
    entries: tuple[RawEntry, ...] = ()
    dropped: int = 0  # items that were left out: beyond the limit, cut short, or harmful
    pace: Pace = field(default_factory=Pace)
    slices: Slices | None = None  # with a digest for each of the entries
