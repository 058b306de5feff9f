"""The values that travel between the layers: frozen, comparable, free of I/O.

The name says the stage: an `Entry` is what a feed states (no id yet), an `Article` is what the library keeps.
Times are aware UTC datetimes. Every string has passed `reader.text`, except `html`, which only
`reader.document` reads.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Literal

from reader.records import dataclass

STANDARD_TOPICS = (
    "World",
    "Politics",
    "Business",
    "Technology",
    "Science",
    "Health",
    "Environment",
    "Sport",
    "Entertainment",
    "Life",
)
"""The topics every library knows, in the order of the topic bar; the user's own come before them."""

Kind = Literal["same story", "related", "earlier", "listed", "on this page"]
"""How a neighbour relates: tells the same event; shares names and terms; is its background; was given as
related by the article itself; merely stands on the same page."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry carries along: a podcast, a video, a picture."""

    url: str
    type: str = ""
    length: int | None = None  # bytes, as the feed states them
    duration: int | None = None  # seconds that it plays, as the feed states them


@dataclass(frozen=True, slots=True)
class Mention:
    """A headline that a page names without telling its article: a ticker item, a listed related item."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as its feed or file states it."""

    title: str
    guid: str = ""  # "" when the feed gives none
    url: str = ""  # canonical http(s) address, or ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""  # HTML, where the feed gives a summary beside the content
    html: str = ""  # the content (the summary when there is nothing else), as HTML
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    lang: str = ""
    dateline: str = ""  # the place a local page's first paragraph opens with
    related: tuple[Mention, ...] = ()  # what the page itself lists as related


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a feed itself wants to be asked (RSS `ttl`, `skipHours`, `skipDays`; `sy:updatePeriod`)."""

    minutes: int = 0  # between two visits at least, 0: it says nothing
    hours: tuple[int, ...] = ()  # of the day, UTC, in which nothing new comes
    days: tuple[int, ...] = ()  # of the week, Monday is 0


@dataclass(frozen=True, slots=True)
class Moving:
    """A permanent redirect that has been met, and is not yet trusted for ever."""

    url: str = ""  # where it leads, "" when there is none
    since: datetime | None = None  # when it was first met
    times: int = 0  # in how many refreshes


@dataclass(frozen=True, slots=True)
class Slices:
    """What tells the items of a feed document by their bytes alone, so that they need not be read again."""

    context: bytes  # a digest of all outside of the items that what they mean hangs on
    entries: tuple[bytes, ...] = ()  # a digest of each entry's bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed, page or folder after parsing."""

    title: str = ""
    site: str = ""  # address of the site the feed belongs to, or ""
    lang: str = ""
    entries: tuple[Entry, ...] = ()
    ticker: tuple[Mention, ...] = ()  # the headline line of a local page
    dropped: int = 0  # entries beyond the limit that were not read
    pace: Pace = Pace()
    slices: Slices | None = None  # None: its items cannot be told by their bytes
    known: tuple[bytes, ...] = ()  # keys of its further items, which were not read: they are as they were


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscription as the library keeps it."""

    id: int
    url: str  # http(s) address, or a local path for a subscribed file
    title: str  # what is shown: the user's own name, else the feed's
    site: str = ""
    topic: str = ""  # given by the user; "" when none
    tags: tuple[str, ...] = ()  # further names by which `tag:` finds it; its topic may be one of them
    etag: str = ""
    modified: str = ""
    digest: bytes = b""  # of the last body, so that an unchanged one is not parsed
    fetched: datetime | None = None  # last attempt
    succeeded: datetime | None = None  # last attempt that went well
    due: datetime | None = None
    failures: int = 0  # in a row
    error: str = ""  # the last failure in words, "" after a success
    asked: datetime | None = None  # before which the server does not want to be asked at all
    pace: Pace = Pace()
    moving: Moving = Moving()
    paused: bool = False
    local: bool = False  # the user gave its address: it may be on a private network
    muted: bool = False  # its articles are shown in its own list and its topics only
    unread: int = 0
    total: int = 0
    visits: int = 0  # that went well
    unchanged: int = 0  # of them that the server answered by 304
    saved: int = 0  # bytes that these answers spared


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A list row and a ticker item."""

    id: int
    feed: int
    source: str  # the feed's title
    title: str
    published: datetime
    read: bool = False
    starred: bool = False
    story: int = 0  # 0: no story of its own yet
    others: int = 0  # how many other sources tell the same story
    waiting: int = 0  # unread articles of its story, itself apart
    topics: tuple[str, ...] = ()
    bare: bool = False  # a headline named by a page, with no article behind it
    hidden: bool = False  # by a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A headline with all that the library keeps of it."""

    headline: Headline
    url: str = ""
    author: str = ""
    dateline: str = ""
    updated: datetime | None = None
    html: str = ""
    summary: str = ""
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    lang: str = ""
    evidence: tuple[Evidence, ...] = ()  # why it belongs to its topics, strongest first


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its counts in the library."""

    name: str
    unread: int = 0
    total: int = 0
    own: bool = False  # the user's, not one of STANDARD_TOPICS


@dataclass(frozen=True, slots=True)
class Related:
    """A neighbour of an article, and why it is one."""

    headline: Headline
    score: float
    kind: Kind
    why: str = ""  # the shared names and terms, in the words of the article


@dataclass(frozen=True, slots=True)
class Coverage:
    """A story with those who tell it."""

    story: int
    lead: int  # the article that stands for it
    reports: tuple[tuple[int, int, int], ...]  # (article, feed, seconds since 1970), by article


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the list shows. THE state of the desk; every field narrows."""

    topic: str = ""
    feed: int | None = None
    unread: bool = False
    starred: bool = False
    since: datetime | None = None
    query: str = ""  # of a saved view
    name: str = ""  # that view's
    search: str = ""  # a query, its words looked for in headline and text
    filter: str = ""  # a query, its words looked for in headline and source
    ranked: bool = False  # what a search finds in headlines comes before what it finds in texts
    top: bool = False  # the stories that most sources tell now, ranked
    grouped: bool = False  # each story once
    keep: int | None = None  # an article that stays in the list although it no longer matches (just read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A story that the reader follows."""

    article: int  # the one by which it is followed
    since: datetime
    reports: int
    unread: int  # of them
    latest: datetime  # when its newest report was published


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The library in numbers, for the status bar."""

    unread: int = 0
    total: int = 0
    feeds: int = 0
    failing: int = 0
    updated: datetime | None = None  # the newest successful refresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What became of one feed in a refresh; a line of `newsread refresh --json`."""

    feed: int
    title: str
    url: str
    new: int = 0
    updated: int = 0
    unchanged: bool = False  # the server or the digest said so
    busy: bool = False  # another newsread is fetching it right now: left to that one
    moved: str = ""  # its new address, taken over in this refresh
    error: str = ""  # one line in words, "" when it went well
    done: int = 0  # feeds finished so far, this one included
    total: int = 0  # feeds in this refresh


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an article belongs to a topic."""

    topic: str
    reason: str  # "feed: Tech", "category: Sports", "keyword: election", "you: World" (a correction), ...


@dataclass(frozen=True, slots=True)
class TopicRule:
    """A topic of the user's own: articles that hold one of the words or answer the query belong to it."""

    name: str
    keywords: tuple[str, ...] = field(default=())
    query: str = ""  # as typed into the search box


@dataclass(frozen=True, slots=True)
class Mute:
    """A rule of the user's: articles that answer its query are hidden."""

    name: str
    query: str
    until: datetime | None = None  # from when on it no longer holds; None: for good


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query of the user's with a name, by which the topic bar has it."""

    name: str
    query: str
