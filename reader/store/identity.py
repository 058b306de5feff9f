"""How an item is known again in its feed: pure functions over entries."""

from __future__ import annotations

from urllib.parse import urlsplit

from reader.model import Entry
from reader.store.values import maybe_seconds

KEY_BYTES = 12
"""Of an item's key: no two items of one feed meet by chance, and a million keys stay small."""

DIGEST_BYTES = 8
"""Of the content's digest: compared with one stored value only."""


def _hash(size: int, *parts: str) -> bytes:
    from hashlib import blake2b  # brings OpenSSL along: 2 ms that a launch need not wait for

    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size).digest()


def key(entry: Entry) -> bytes:
    """Return what the item is known by: its guid, else its address, else its title and text.

    The address of a site's front page names no item.
    """
    if entry.guid:
        return guid_key(entry.guid)
    return url_key(entry.url) or _hash(KEY_BYTES, "text", entry.title, entry.html or entry.summary)


def guid_key(guid: str) -> bytes:
    """Return the key of the item with this guid."""
    return _hash(KEY_BYTES, "guid", guid)


def url_key(url: str) -> bytes:
    """Return the key of an item without a guid at this address, b"" where the address names no item."""
    return _hash(KEY_BYTES, "url", url) if url and not _front_page(url) else b""


def second_key(entry: Entry) -> bytes:
    """Return the key for an item whose first key belongs to another one already."""
    return _hash(KEY_BYTES, "both", entry.guid, entry.url, entry.title)


def digest(entry: Entry) -> bytes:
    """Return a digest of all that a reader sees; dates apart, which some feeds renew at each fetch."""
    return _hash(
        DIGEST_BYTES,
        entry.title,
        entry.url,
        entry.author,
        entry.html,
        entry.summary,
        entry.dateline,
        entry.lang,
        *entry.categories,
        *(f"{e.url} {e.type} {e.length} {e.duration or ''}".rstrip() for e in entry.enclosures),
    )


def link(entry: Entry) -> int:
    """Return a positive hash of address and title, or 0 without an address."""
    if not entry.url:
        return 0
    return int.from_bytes(_hash(8, entry.url, entry.title)) >> 1 or 1


def same_item(entry: Entry, url: str, title: str, published: int | None) -> bool:
    """Tell an edited item from another one under the same key.

    An edit keeps its title, its address or its date; without address and date the key decides.
    """
    stated = maybe_seconds(entry.published)
    addressed, dated = bool(entry.url and url), stated is not None and published is not None
    if entry.title == title or (addressed and entry.url == url) or (dated and stated == published):
        return True
    return not addressed and not dated


def _front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query and not parts.fragment
