"""Subscriptions in and out: OPML 1.0 and 2.0, and newsboat's `urls` file.

    bytes -> text (encoding, cleaning) -> outline (OPML) or urls (newsboat) -> Imported;   Feed ... -> OPML

Nothing in a list is ever run or fetched: commands, queries and odd addresses are told apart and listed with
the reason why they were refused.
"""

from __future__ import annotations

from reader import encoding, xmltext
from reader.opml import outline, urls
from reader.opml.entries import Imported, OpmlError, Refused, Subscription, tagged, topic_path
from reader.opml.outline import write_opml

__all__ = ["Imported", "OpmlError", "Refused", "Subscription", "read", "tagged", "topic_path", "write_opml"]

BODY_MAX = 16 * 1024 * 1024  # bytes: a list of 20,000 feeds has some 5 MiB


def read(body: bytes, *, files: bool = False) -> Imported:
    """Return the subscriptions that `body` lists, OPML or newsboat's `urls`. Raises OpmlError in words.

    With `files` an OPML document may name local files: a list of the user's own, as `write_opml` makes it.
    """
    if len(body) > BODY_MAX:
        raise OpmlError(f"this list is larger than {BODY_MAX >> 20} MiB: it was not read")
    text = encoding.decode(body).strip("\ufeff\0 \t\r\n")
    if not text:
        raise OpmlError("there is nothing in this file")
    cleaned = xmltext.clean(text)
    root = xmltext.root_name(cleaned)
    if root == "opml":
        return _some(outline.read(cleaned, files=files))
    if text.startswith("<"):
        raise OpmlError(_NOT_OPML.get(root, "this is XML, but no list of subscriptions (OPML)"))
    return _some(urls.read(text))


_NOT_OPML = {
    "html": "this is a web page, not a list of subscriptions: try `newsread add ADDRESS`",
    "rss": "this is a feed, not a list of feeds: try `newsread add FILE`",
    "feed": "this is a feed, not a list of feeds: try `newsread add FILE`",
    "rdf": "this is a feed, not a list of feeds: try `newsread add FILE`",
}


def _some(imported: Imported) -> Imported:
    if not imported.subscriptions and not imported.refused:
        raise OpmlError(f"there are no feeds in this list{f': {imported.damage}' if imported.damage else ''}")
    return imported
