"""What a file holds: told by its first bytes, and by its ending where they leave it open."""

from __future__ import annotations

import re
from typing import Literal

from reader.text import NewsreadError

Kind = Literal["feed", "html", "markdown", "text"]

FEEDS = frozenset([".xml", ".rss", ".atom", ".rdf", ".json"])
PAGES = frozenset([".html", ".htm", ".xhtml"])
MARKDOWN = frozenset([".md", ".markdown", ".mkd"])
TEXTS = frozenset([".txt", ".text"])
ENDINGS = FEEDS | PAGES | MARKDOWN | TEXTS
"""What is read from a folder; a file that is named itself may end as it likes."""

HEAD = 65_536  # bytes looked at
CONTROLS_MAX = 0.05  # share of control bytes from which on no text is meant

_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"BZh", "a compressed file; unpack it first"),
    (b"\xfd7zXZ", "a compressed file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
)
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27}) + b"\x7f"
_WIDE = re.compile(rb"\A(?:\xff\xfe|\xfe\xff|\0\0\xfe\xff|[\t\n\r -~]\0|\0[\t\n\r -~]|\0\0\0[\t\n\r -~])")
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})")
_FEED_ROOTS = frozenset(["rss", "feed", "rdf", "channel"])
_PAGE_ROOTS = frozenset(
    ["html", "head", "body", "title", "meta", "article", "main", "section", "div", "p", "h1", "h2", "h3"]
)
_MARKED = re.compile(r"^#{1,3} \S|^```|\]\(https?://", re.MULTILINE)


class PageError(NewsreadError):
    """Bytes that are no news of any kind, and why: a sentence that names them."""


def refuse_binary(body: bytes, name: str) -> None:
    """Raise PageError, saying what it is, for bytes that are no text in any encoding."""
    for signature, what in _SIGNATURES:
        if body.startswith(signature):
            raise PageError(f"{name} is {what}: it cannot be read as news")
    head = body[:HEAD]
    if not _WIDE.match(head) and len(head) - len(head.translate(None, _CONTROLS)) > CONTROLS_MAX * len(head):
        raise PageError(f"{name} is binary data: it cannot be read as news")


def kind(text: str, ending: str, name: str) -> Kind:
    """Tell what a text is by its opening, else by its file's ending.

    Raises PageError, naming the file, for a list of subscriptions.
    """
    head = text[:HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        return _marked_up(head, ending, name)
    if head.startswith("{") and (ending not in ENDINGS or ending in FEEDS):
        return "feed" if ending in FEEDS or "jsonfeed.org/version" in head else "text"
    if ending in FEEDS:
        return "feed"
    if ending in PAGES:
        return "html"
    if ending in MARKDOWN or (ending not in TEXTS and len(_MARKED.findall(head)) > 1):
        return "markdown"
    return "text"


def _marked_up(head: str, ending: str, name: str) -> Kind:
    root = _root(head)
    if root == "opml":
        raise PageError(f"{name} is a list of subscriptions (OPML); take it in with: newsread import {name}")
    if root in _FEED_ROOTS:
        return "feed"
    if ending in FEEDS and root != "html":
        return "feed"  # the parser says what is wrong with it
    if ending in PAGES or root in _PAGE_ROOTS or root == "!html":
        return "html"
    if ending in MARKDOWN:
        return "markdown"
    return "feed" if head.startswith("<?xml") else "text"


def _root(head: str) -> str:
    """Return the name of the first element, past declarations and comments; "!html" for a doctype alone."""
    at, doctype = 0, ""
    while (at := head.find("<", at)) >= 0:
        close = {"<!--": "-->", "<?": "?>", "<!": ">"}
        opening = next((each for each in close if head.startswith(each, at)), "")
        if not opening:
            match = _ROOT.match(head, at)
            return match[1].lower() if match else doctype
        if head[at : at + 15].lower().startswith("<!doctype html"):
            doctype = "!html"
        end = head.find(close[opening], at + len(opening))
        if end < 0:
            break
        at = end + len(close[opening])
    return doctype
