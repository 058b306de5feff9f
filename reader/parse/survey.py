"""A first pass over XML by expat: is it sound, where are its items, and what must not reach feedparser.

feedparser has quadratic spots (attributes of one element, authors without a blank, categories of one item)
and extensions that make it raise; expat passes over a megabyte in some 20 ms and is immune to all of it.
"""

from __future__ import annotations

import re
from dataclasses import field
from enum import Enum, auto
from xml.parsers import expat

from reader.parse.raw import ParseError
from reader.records import dataclass

DEPTH_MAX = 256  # levels: honest feeds nest a dozen, xhtml content some more
ATTRIBUTES_MAX = 100  # of one element: looking each up costs feedparser time squared
PREFIXES_MAX = 100  # namespace prefixes: feedparser walks through them at every element
BASE_MAX = 4096  # characters of xml:base, which feedparser resolves anew at every element
LANG_MAX = 64  # characters of xml:lang, copied at every element
TAGS_MAX = 200  # category elements of an item: feedparser compares each with all others
TAG_TEXT_MAX = 2 * 1024  # bytes of a category element; its list of keywords is compared likewise
NAME_TEXT_MAX = 512  # bytes of an author element that need no second look
NAME_TEXT_TOP = 64 * 1024  # bytes of an author element that no paper's list of authors reaches
UNBROKEN_MAX = 128  # characters without a break in it: feedparser's search for a mail address is quadratic

_UNBROKEN = re.compile(rb"[A-Za-z0-9_.+-]{%d}" % (UNBROKEN_MAX + 1))
_START_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_XML = "http://www.w3.org/XML/1998/namespace"
_BASES = (f"{_XML} base xml", "base")
_LANGS = (f"{_XML} lang xml", "lang")
USELESS = frozenset(  # namespaces of places on maps: nothing newsread shows, and they make feedparser raise
    {"http://www.georss.org/georss", "http://www.opengis.net/gml", "http://www.w3.org/2003/01/geo/wgs84_pos#"}
)
_FORMATS = frozenset(  # namespaces whose items are items under any prefix
    {
        "http://www.w3.org/2005/atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
    }
)
_ITEMS = frozenset({"item", "entry"})
NAMES = frozenset({"author", "creator", "managingeditor", "webmaster", "publisher", "owner", "contributor"})
NAMES |= {"name", "email"}
TAGS = frozenset({"category", "subject", "keywords", "tags"})
_ERRORS = expat.errors.codes
UNDEFINED_ENTITY = _ERRORS[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
INVALID_TOKEN = _ERRORS[expat.errors.XML_ERROR_INVALID_TOKEN]
BAD_CHARREF = _ERRORS[expat.errors.XML_ERROR_BAD_CHAR_REF]
JUNK_AFTER = _ERRORS[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
BROKEN_OFF = frozenset(
    {
        _ERRORS[expat.errors.XML_ERROR_NO_ELEMENTS],
        _ERRORS[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        _ERRORS[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
        _ERRORS[expat.errors.XML_ERROR_PARTIAL_CHAR],
    }
)

Span = tuple[int, int]
"""Where something begins and ends in the document, in bytes."""


class _Kind(Enum):
    ITEM = auto()
    NAME = auto()
    TAG = auto()
    USELESS = auto()
    OTHER = auto()


@dataclass(slots=True)
class Survey:
    """What expat found."""

    error: int = 0  # expat's code; 0: well-formed
    items: list[Span] = field(default_factory=list)
    harmful: list[Span] = field(default_factory=list)  # items that go beyond a limit
    cuts: list[Span] = field(default_factory=list)  # elements that feedparser must not see
    end: int = 0  # where the outermost element ends
    closing: bytes = b""  # the end tags that complete the document after its last whole item


def survey(document: bytes) -> Survey:
    """Return what expat finds in `document`, which must have no DOCTYPE.

    Raises ParseError when something outside of the items goes beyond a limit.
    """
    return _Surveyor(document).run()


def without(document: bytes, spans: list[Span]) -> bytes:
    """Return `document` without `spans`, which may nest."""
    kept: list[bytes] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            kept.append(document[at:start])
        at = max(at, end)
    kept.append(document[at:])
    return b"".join(kept)


def _split(name: str) -> tuple[str, str, str]:
    """Return namespace, local name and prefix of expat's name for an element."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name, ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


class _Surveyor:
    def __init__(self, document: bytes) -> None:
        self.document = document
        self.found = Survey()
        self.kinds: dict[str, _Kind] = {}
        self.prefixes: set[str | None] = set()
        self.path: list[str] = []
        self.around: list[str] = []  # what the last whole item stood in
        self.starts: list[tuple[_Kind, int]] = []  # what is open, and where it began (-1: of no interest)
        self.item = 0  # depth of the item that is open
        self.tags = 0  # category elements of that item
        self.harmful = False
        self.useless = 0  # depth of the useless element that is open
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.stop
        self.parser.StartNamespaceDeclHandler = self.declare

    def run(self) -> Survey:
        try:
            self.parser.Parse(self.document, True)
        except expat.ExpatError as error:
            self.found.error = error.code
        for name in reversed(self.around):
            _, local, prefix = _split(name)
            self.found.closing += f"</{prefix}:{local}>".encode() if prefix else f"</{local}>".encode()
        return self.found

    def declare(self, prefix: str | None, _uri: str) -> None:
        self.prefixes.add(prefix)
        if len(self.prefixes) > PREFIXES_MAX:
            raise ParseError(f"this feed declares more than {PREFIXES_MAX} namespaces: it was not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        kind = self.kinds.get(name) or self.classify(name)
        depth = len(self.path)
        noted = kind is not _Kind.OTHER or depth == 1
        self.starts.append((kind, self.parser.CurrentByteIndex if noted else -1))
        if kind is _Kind.ITEM and not self.item:
            self.item, self.tags, self.harmful = depth, 0, False
        elif kind is _Kind.USELESS and not self.useless:
            self.useless = depth
        if depth > DEPTH_MAX:
            self.refuse(f"nests its elements more than {DEPTH_MAX} deep")
        if attributes:
            self.check(attributes)

    def check(self, attributes: dict[str, str]) -> None:
        if len(attributes) > ATTRIBUTES_MAX:
            self.refuse(f"has an element with more than {ATTRIBUTES_MAX} attributes")
        for names, limit in ((_BASES, BASE_MAX), (_LANGS, LANG_MAX)):
            if any(len(attributes.get(name, "")) > limit for name in names):
                self.refuse(f"has a base address or a language of more than {limit} characters")

    def refuse(self, why: str) -> None:
        """Give up the item, or the whole feed where there is no item to blame."""
        if not self.item:
            raise ParseError(f"this feed {why}: it was not read")
        self.harmful = True

    def classify(self, name: str) -> _Kind:
        uri, local, prefix = _split(name)
        local = local.lower()
        if uri in USELESS:
            kind = _Kind.USELESS
        elif local in _ITEMS and (not prefix or uri.lower() in _FORMATS):
            kind = _Kind.ITEM
        elif local in NAMES:
            kind = _Kind.NAME
        else:
            kind = _Kind.TAG if local in TAGS else _Kind.OTHER
        self.kinds[name] = kind
        return kind

    def stop(self, _name: str) -> None:
        depth = len(self.path)
        self.path.pop()
        kind, start = self.starts.pop()
        if start < 0:
            return
        if depth == 1:
            self.found.end = self.after(start)
        if kind is _Kind.ITEM:
            if depth == self.item:
                self.finish_item(start)
        elif kind is _Kind.USELESS:
            if depth == self.useless:
                self.useless = 0
                self.found.cuts.append((start, self.after(start)))
        elif kind is not _Kind.OTHER and self.too_much(kind, start):
            self.found.cuts.append((start, self.after(start)))

    def after(self, start: int) -> int:
        """Return where the element that began at `start` and ends now is over."""
        tag = _START_TAG.match(self.document, start)
        if tag and tag[0].endswith(b"/>"):
            return tag.end()
        return self.document.index(b">", self.parser.CurrentByteIndex) + 1

    def finish_item(self, start: int) -> None:
        span = (start, self.after(start))
        self.item = 0
        if self.harmful:
            self.found.harmful.append(span)
        self.found.items.append(span)
        self.around = self.path.copy()

    def too_much(self, kind: _Kind, start: int) -> bool:
        size = self.parser.CurrentByteIndex - start
        if kind is _Kind.TAG:
            self.tags += 1
            return self.tags > TAGS_MAX or size > TAG_TEXT_MAX
        if size <= NAME_TEXT_MAX:
            return False
        return size > NAME_TEXT_TOP or bool(_UNBROKEN.search(self.document, start, start + size))
