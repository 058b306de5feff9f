"""OPML: outlines read tag by tag, so that what is broken costs no more than itself, and written sound.

No entities but XML's and HTML's own, no recursion, linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from urllib.parse import quote

from reader import text
from reader.model import Feed
from reader.opml.entries import (
    TAG_MAX,
    TAGS_MAX,
    Imported,
    Refused,
    Subscription,
    checked,
    collected,
    local_path,
    refused,
    tagged,
    topic_path,
)

OUTLINES_MAX = 20_000  # outlines of a list that are read
TAGS_LONGEST = (TAGS_MAX + 1) * (TAG_MAX + 1)  # characters of all tags of a feed

_QUOTED = r""""(?:[^"<]|<(?!/?outline))*+"|'(?:[^'<]|<(?!/?outline))*+\'"""
_TAG = re.compile(
    r"""<!--(?P<comment>)|<!\[CDATA\[(?P<data>)|(?P<end></outline\s*>)"""
    rf"""|<outline(?=[\s/>])(?P<attributes>(?:[^<>"']|{_QUOTED})*+)>|(?P<broken><outline[\s/>])""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]{1,64})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_END = re.compile(r"</(?:body|opml)\s*>", re.IGNORECASE)
_END_WITHIN = 4096  # characters at the end of a file: comments and blanks may follow
_FEED_TYPES = frozenset({"", "rss", "rss1", "rss2", "atom", "feed", "xml", "json", "jsonfeed"})


def read(document: str, *, files: bool = False) -> Imported:
    """Return the feeds of an OPML document (cleaned XML); local files too, where it is the user's own."""
    outlines = _Outlines(document, files=files)
    found = list(outlines.entries())
    return collected(found, outlines.damage())


class _Outlines:
    """A walk over the outlines of a document."""

    def __init__(self, document: str, *, files: bool) -> None:
        self.document = document
        self.files = files
        self.folders: list[str] = []  # the name of each open outline; "" for those that are feeds
        self.unreadable = 0
        self.full = False

    def entries(self) -> Iterator[Subscription | Refused]:
        """Yield feeds and refusals in the document's order."""
        at = count = 0
        while tag := _TAG.search(self.document, at):
            at = tag.end()
            if tag["comment"] is not None or tag["data"] is not None:
                end = self.document.find("]]>" if tag["comment"] is None else "-->", at)
                at = end + 3 if end >= 0 else len(self.document)
            elif tag["end"]:
                del self.folders[-1:]
            elif tag["broken"]:
                self.unreadable += 1
            else:
                count += 1
                self.full = count > OUTLINES_MAX
                if self.full:
                    return
                yield from self.outline(tag["attributes"])

    def outline(self, source: str) -> Iterator[Subscription | Refused]:
        """Yield the feed of an outline, if it is one; open its folder, if it has content."""
        attributes = {match[1].lower(): _value(match) for match in _ATTRIBUTE.finditer(source)}
        name = text.one_line(attributes.get("text", "")) or text.one_line(attributes.get("title", ""))
        alone = source.rstrip().endswith("/")
        kind = attributes.get("type", "").strip().lower()
        stated = attributes.get("xmlurl", attributes.get("url") if kind in _FEED_TYPES else None)
        if stated is not None and "+" in kind:
            made = f"another reader makes a feed of it by rules of its own (type “{text.one_line(kind, 40)}”)"
            yield refused(f"{name}: {stated}" if name else stated, f"it is no feed: {made}")
        elif stated is not None and (stated.strip() or alone):
            yield self.feed(stated, name, attributes)
            name = ""
        elif alone and kind not in _FEED_TYPES and "url" in attributes:
            yield refused(
                name or attributes["url"],
                f"it is no feed: newsread does not follow type “{text.one_line(kind, 20)}”",
            )
        if not alone:
            self.folders.append(name)

    def feed(self, stated: str, name: str, attributes: dict[str, str]) -> Subscription | Refused:
        url, reason = checked(stated)
        path = local_path(stated.strip()) if self.files else ""
        if reason and not path:
            return refused(f"{name}: {stated}" if name else stated, reason)
        tags = attributes.get("category", "").split(",")
        topic = topic_path(self.folders) or "".join(tagged(tags[:1]))  # a comma first: tags alone
        site = text.address(attributes.get("htmlurl", ""), strip_login=True)
        if name in (text.one_line(stated), text.one_line(url)):  # written for want of a name: it is none
            name = ""
        return Subscription(url or path, name, topic, site, tagged(tags), local=bool(path))

    def damage(self) -> str:
        """Say what could not be read; "" when everything could."""
        if self.full:
            return f"it has more than {OUTLINES_MAX:,} entries: only the first were read"
        if not _END.search(self.document[-_END_WITHIN:]):
            return "it breaks off: what came before was read"
        if self.unreadable:
            return f"{self.unreadable:,} of its entries {'is' if self.unreadable == 1 else 'are'} damaged"
        return ""


def _value(match: re.Match[str]) -> str:
    value = match[2] if match[2] is not None else match[3]
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), value) if "&" in value else value


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """Return the subscriptions as OPML 2.0: topics as folders in folders, reading it gives the same again."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["  <head><title>newsread subscriptions</title></head>", "  <body>"]
    inside: list[str] = []
    placed = [
        (topic_path([feed.topic]).split("/") if topic_path([feed.topic]) else [], feed) for feed in feeds
    ]
    for folders, feed in sorted(placed, key=lambda pair: pair[0]):
        shared = _shared(inside, folders)
        lines += [_indent(depth) + "</outline>" for depth in range(len(inside), shared, -1)]
        lines += [
            f"{_indent(depth)}<outline{_attribute('text', name)}{_attribute('title', name)}>"
            for depth, name in enumerate(folders[shared:], shared + 1)
        ]
        lines.append(_indent(len(folders) + 1) + _outline(feed))
        inside = folders
    lines += [_indent(depth) + "</outline>" for depth in range(len(inside), 0, -1)]
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _shared(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (depth for depth, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other))
    )


def _outline(feed: Feed) -> str:
    url = "file://" + quote(feed.url) if feed.url.startswith("/") else feed.url
    title = text.one_line(feed.title)
    names = _attribute("text", title) + _attribute("title", title)
    site = _attribute("htmlUrl", feed.site) if feed.site else ""
    first = () if feed.topic else ("",)
    tags = _attribute("category", ",".join([*first, *feed.tags]), TAGS_LONGEST) if feed.tags else ""
    return f'<outline type="rss"{names}{_attribute("xmlUrl", url)}{site}{tags}/>'


def _attribute(name: str, value: str, longest: int = text.ADDRESS_MAX) -> str:
    return f' {name}="{escape(text.one_line(value, longest))}"'


def _indent(depth: int) -> str:
    return "  " * (depth + 1)
