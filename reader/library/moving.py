"""Articles and marks taken over from another reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin

from reader.library.ingesting import ingest
from reader.model import Entry, Feed, TopicRule
from reader.parse.raw import Markup, RawEntry, RawFeed, RawFile
from reader.parse.values import parsed
from reader.records import dataclass
from reader.store import Known, Store
from reader.store.newsboat import CachedItem


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it."""

    articles: int = 0  # new ones
    read: int = 0  # marks that were not there before
    starred: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.articles + other.articles, self.read + other.read, self.starred + other.starred)


def take(
    store: Store, feed: Feed, items: Sequence[CachedItem], now: datetime, rules: Sequence[TopicRule] = ()
) -> Taken:
    """Store newsboat's articles of a feed with their marks, all or nothing.

    What the user deleted there does not come as an article, and is read when the feed still brings it. A mark
    is only ever added: what was read here stays read.
    """
    address = "" if feed.url.startswith("/") else feed.url
    kept = RawFeed(entries=tuple(_raw(item) for item in items if not item.deleted))
    document = parsed(kept, address=address, now=now)
    stated = parsed(RawFeed(entries=tuple(map(_named, items))), address=address, now=now).entries
    with store.transaction():
        read, starred = store.awaited.marked(feed.id)
        store.awaited.put(feed.id, map(_known, items, stated), now)
        saved = ingest(store, feed, document, rules=rules, now=now)
        store.awaited.also_known(feed.id, [_otherwise(entry, address) for entry in document.entries])
        store.awaited.settle(feed.id, now)
        now_read, now_starred = store.awaited.marked(feed.id)
    return Taken(len(saved.new), now_read - read, now_starred - starred)


def _raw(item: CachedItem) -> RawEntry:
    return RawEntry(
        id=item.guid,
        link=item.url,
        title=Markup(item.title),
        authors=(item.author,),
        published=_moment(item.published),
        contents=(Markup(item.content),) if item.content else (),
        base=item.base,
        files=(RawFile(item.enclosure_url, item.enclosure_type),) if item.enclosure_url else (),
    )


def _named(item: CachedItem) -> RawEntry:
    """Return no more of an item than what it is known by."""
    return RawEntry(id=item.guid, link=item.url, title=Markup("-"))


def _known(item: CachedItem, entry: Entry) -> Known:
    return Known(entry.guid, entry.url, read=not item.unread or item.deleted, starred=bool(item.flags))


def _otherwise(entry: Entry, address: str) -> tuple[str, str, str]:
    """Return an entry's guid, and as what else the feed may state it: another guid, an address; or "".

    newsboat makes a guid of the link (and date) where there is none; it leaves a relative one alone, which
    the parser resolves, as RSS takes guids for addresses unless they say otherwise.
    """
    made_up = bool(entry.url) and entry.guid.startswith(entry.url)
    relative = bool(address) and ":" not in entry.guid
    return entry.guid, urljoin(address, entry.guid) if relative else "", entry.url if made_up else ""


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (OverflowError, ValueError, OSError):
        return None
