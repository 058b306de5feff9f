"""XML of any quality made into a document that feedparser may see: bounded, and sound where it can be.

HTML's entities and bare ampersands are mended, what follows the outermost element is dropped, a document
that breaks off ends after its last whole item. What is ill-formed in other ways stays so, up to 1 MiB of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from reader import xmltext
from reader.parse.raw import ParseError
from reader.parse.survey import (
    BAD_CHARREF,
    BROKEN_OFF,
    INVALID_TOKEN,
    JUNK_AFTER,
    NAME_TEXT_MAX,
    TAG_TEXT_MAX,
    TAGS_MAX,
    UNDEFINED_ENTITY,
    Span,
    Survey,
    survey,
    without,
)
from reader.records import dataclass

LOOSE_MAX = 1024 * 1024  # bytes of ill-formed XML: feedparser's loose parser takes 1 s and 100 MB for them

_MENDABLE = frozenset({UNDEFINED_ENTITY, INVALID_TOKEN, BAD_CHARREF})
_ITEM_START = re.compile(rb"<(?:item|entry)[\s>/]", re.IGNORECASE)
_ITEM_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
_NAME = r"author|creator|managingeditor|webmaster|publisher|owner|name|email"
_TAG = r"category|subject|keywords|tags"
_COSTLY = re.compile(  # what feedparser handles in quadratic time, as far as it can be told in ill-formed XML
    rf"(?P<item><(?:item|entry)[\s>/])"
    rf"|(?P<name><(?:\w{{1,16}}:)?(?:{_NAME})\b[^<>]{{0,256}}>)\s{{0,64}}(?:<!\[CDATA\[)?[^<]{{{NAME_TEXT_MAX},}}"
    rf"|<(?P<tag>(?:\w{{1,16}}:)?(?:{_TAG}))\b[^<>]{{0,1024}}>(?P<text>[^<]*)(?:</(?P=tag)\s*>)?".encode(),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sound:
    """A document that may be parsed, whole or with some of its items only."""

    document: bytes
    well_formed: bool
    items: tuple[Span, ...] = ()  # those to be read
    cuts: list[Span] = field(default_factory=list)  # what must be left out
    dropped: int = 0  # items that are not read
    prefix: Sound | None = None  # of an ill-formed document: what is sound before the damage

    def with_items(self, items: Sequence[Span]) -> bytes:
        """Return the document with `items` (some of its own) alone."""
        kept = set(items)
        return without(self.document, self.cuts + [item for item in self.items if item not in kept])


def prepared(text: str, limit: int) -> Sound:
    """Return `text`, cleaned XML, as a document of at most `limit` items. Raises ParseError."""
    document = text.encode()
    found = survey(document)
    if found.error in _MENDABLE:
        text = xmltext.repair(text)
        document = text.encode()
        found = survey(document)
    if found.error == JUNK_AFTER:
        return _chosen(document[: found.end], found, limit)
    if not found.error:
        return _chosen(document, found, limit)
    prefix = _prefix(document, found, limit)
    if found.error in BROKEN_OFF and not prefix:
        raise ParseError("this feed breaks off before the end of its first article: try again later")
    if prefix and (found.error in BROKEN_OFF or found.items[-1][1] > LOOSE_MAX):
        return prefix
    return _loose(xmltext.without_doctypes(text).encode(), limit, prefix)


def _prefix(document: bytes, found: Survey, limit: int) -> Sound | None:
    """Return the document up to its last whole item before the damage, if it has any."""
    if not found.items:
        return None
    whole = found.items[-1][1]
    lost = len(_ITEM_START.findall(document, whole))
    found.cuts = [cut for cut in found.cuts if cut[1] <= whole]
    return _chosen(document[:whole] + found.closing, found, limit, lost)


def _chosen(document: bytes, found: Survey, limit: int, lost: int = 0) -> Sound:
    harmful = set(found.harmful)
    items = [item for item in found.items if item not in harmful]
    dropped = lost + len(harmful) + max(0, len(items) - limit)
    return Sound(document, True, tuple(items[:limit]), found.cuts + found.harmful + items[limit:], dropped)


def _loose(document: bytes, limit: int, prefix: Sound | None) -> Sound:
    ends = [match.end() for match in _ITEM_END.finditer(document)]
    kept = [end for end in ends[:limit] if end <= LOOSE_MAX]
    if len(kept) < len(ends):
        document = document[: kept[-1] if kept else LOOSE_MAX]
    document = _COSTLY.sub(_Trim(), document[:LOOSE_MAX])
    return Sound(document, False, dropped=len(ends) - len(kept), prefix=prefix)


class _Trim:
    """Keeps a bounded number of categories of each item, and no overlong name."""

    def __init__(self) -> None:
        self.tags = 0

    def __call__(self, match: re.Match[bytes]) -> bytes:
        if match["item"]:
            self.tags = 0
        if not match["tag"]:
            return match["name"] or match[0]
        self.tags += 1
        return match[0] if self.tags <= TAGS_MAX and len(match["text"]) <= TAG_TEXT_MAX else b""
