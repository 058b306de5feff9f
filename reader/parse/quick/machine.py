"""expat's events turned into what feedparser does at them, within the limits of the survey."""

from __future__ import annotations

from xml.parsers import expat

from reader.parse import slicing
from reader.parse.quick import names, texts
from reader.parse.quick.elements import HANDLERS, Element, element
from reader.parse.quick.slices import Slicer
from reader.parse.quick.state import XHTML, Doubt, State
from reader.parse.survey import (
    ATTRIBUTES_MAX,
    BASE_MAX,
    DEPTH_MAX,
    LANG_MAX,
    PREFIXES_MAX,
    TAG_TEXT_MAX,
    TAGS_MAX,
)

Attributes = dict[str, str]
_NAMESPACES = (names.XML, names.RDF)  # whose attributes are told from those without one
_SCOPE = ("base", "lang")
_LIMITS = {"base": BASE_MAX, "lang": LANG_MAX}
_VERSIONS = {names.RSS1: "rss10", names.ATOM: "atom10"}


class Machine(State):
    """A document on its way through expat; `limit` is the number of items that are read.

    A `slicer` is told of each item, and of the marks that stand for others.
    """

    def __init__(self, base: str, limit: int, slicer: Slicer | None = None) -> None:
        super().__init__(base)
        self.skipped = 0  # items beyond the limit
        self._limit = limit
        self._slicer = slicer
        self._document = b""
        self._skipping = 0  # depth within what is passed over
        self._prefixes: dict[str | None, str] = {}  # as the feed declares them, to feedparser's
        self._used: dict[str, str] = {}  # feedparser's namespaces_in_use
        self._seen: set[str | None] = set()  # prefixes
        self._defaults: set[str] = set()  # default namespaces that feedparser does not know
        self._fresh = False  # whether a namespace was declared for the next element
        self._elements: dict[str, Element] = {}  # by expat's names, as long as no prefix changes
        self._open: list[tuple[Element, int]] = []
        self._scopes: list[
            tuple[int, str, str]
        ] = []  # depth of an xml:base or xml:lang, and what it replaced
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.buffer_size = 64 * 1024
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartNamespaceDeclHandler = self._declare
        if slicer:
            self._parser.ProcessingInstructionHandler = self._mark
        self._listen()

    def run(self, document: bytes) -> None:
        """Read `document`. Raises Doubt."""
        self._document = document
        try:
            self._parser.Parse(document, True)
        except expat.ExpatError as error:
            raise Doubt("ill-formed") from error
        if not self.version:
            raise Doubt("no version")

    def _listen(self) -> None:
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text

    def _skip(self, attributes: Attributes) -> None:
        """Pass over the element that has just begun, as if it were not there."""
        if self._fresh:
            raise Doubt("namespace")
        self._skipping = 0
        self._skip_start("", attributes)
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._skip_start, self._skip_end
        parser.CharacterDataHandler = None

    def _skip_start(self, _name: str, attributes: Attributes) -> None:
        self._skipping += 1
        self._measure(attributes)

    def _skip_end(self, _name: str) -> None:
        self._skipping -= 1
        if not self._skipping:
            self._listen()

    def _doctype(self, *_: object) -> None:
        raise Doubt("DOCTYPE")

    def _text(self, text: str) -> None:
        if self.stack:
            self.stack[-1][2].append(texts.escaped(text) if self.construct.type == XHTML else text)

    def _start(self, name: str, attributes: Attributes) -> None:
        one = self._elements.get(name) or self._resolve(name)
        if one.rare and self._rare(one, attributes):
            return
        self._fresh = False
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise Doubt("limits")
        self._open.append((one, self._parser.CurrentByteIndex if one.weight else -1))
        if self.incontent:
            self._inside(one, attributes)
            return
        if attributes and not names.ATTRIBUTES.issuperset(attributes):
            attributes = self._normal(attributes)
        if self.inimage or self.intextinput:
            self.inimage = self.inimage and one.in_image
            self.intextinput = self.intextinput and one.in_textinput
        if one.start:
            one.start(self, attributes)
        elif not attributes:
            self.stack.append((one.tag, True, []))

    def _rare(self, one: Element, attributes: Attributes) -> bool:
        """Return whether an element is passed over; count the categories."""
        if one.useless or (one.item and len(self.entries) >= self._limit):
            self._skip(attributes)
            self.skipped += one.item
            return True
        if one.item and self._slicer:
            self._slicer.open(self._parser.CurrentByteIndex, self._seen_by_items())
        self.tags += one.weight == TAG_TEXT_MAX
        if self.tags > TAGS_MAX:
            raise Doubt("limits")
        return False

    def _end(self, _name: str) -> None:
        one, start = self._open.pop()
        if start >= 0 and self._parser.CurrentByteIndex - start > one.weight:
            raise Doubt("long name or category")
        if one.end:
            one.end(self)
        else:
            self.drop(one.tag)
        if self.incontent:
            self.stack[-1][2].append(f"</{one.local}>")
        if self._scopes and self._scopes[-1][0] == self.depth:
            _, self.base, self.lang = self._scopes.pop()
        self.depth -= 1

    def _inside(self, one: Element, attributes: Attributes) -> None:
        """Write the start tag of an element of an xhtml construct."""
        if self.construct.type != XHTML or not one.inner:
            raise Doubt("markup in a text" if self.construct.type != XHTML else "foreign markup in xhtml")
        self._measure(attributes)
        written: dict[str, str] = {}
        for name, value in attributes.items():
            key = _key(name)
            if key in written:
                raise Doubt("attributes")
            written[key] = value.lower() if key in ("rel", "type") else value
        pairs = "".join(f' {key}="{texts.quoted(value)}"' for key, value in written.items())
        self.stack[-1][2].append(f"<{one.local}{pairs}>")

    def _normal(self, attributes: Attributes) -> Attributes:
        """Return attributes by feedparser's names; begin a scope where they say a base or a language."""
        self._measure(attributes)
        normal: Attributes = {}
        for name, value in attributes.items():
            uri, _, local = name.rpartition(" ")
            if uri and uri not in _NAMESPACES:
                if local.lower() in names.READ:
                    raise Doubt("attributes")
                key = name
            else:
                key = _key(name)
            if key in normal:
                raise Doubt("attributes")
            normal[key] = value
        base, lang = (normal.get(f"xml:{key}", normal.get(key)) for key in _SCOPE)
        if base or lang is not None:
            self._scopes.append((self.depth, self.base, self.lang))
            self.base = self.joined(self.base, base) if base else self.base
            self.lang = self.lang if lang is None else lang
        return normal

    def _measure(self, attributes: Attributes) -> None:
        """Doubt what the survey refuses."""
        if self.depth + self._skipping > DEPTH_MAX or len(attributes) > ATTRIBUTES_MAX:
            raise Doubt("limits")
        for name, value in attributes.items():
            limit = _LIMITS.get(name.rpartition(" ")[2])
            if limit and len(value) > limit:
                raise Doubt("limits")

    # Slices

    def _seen_by_items(self) -> tuple[object, ...]:
        """Return all of the state that an item can see when it begins.

        XHTML counts under no other name than its own, wherever it is declared.
        """
        return (
            *(self.version, self.base, self.lang, self.depth, self._skipping, self.incontent, self.construct),
            *(self.infeed, self.inentry, self.insource, self.inimage, self.intextinput),
            *(self.inauthor, self.inpublisher, self.summary_is_content, self.has_content),
            *(self.image is None, self.textinput is None, tuple([one.tag for one, _ in self._open])),
            tuple([(prefix, uri) for prefix, uri in self._used.items() if prefix != "xhtml"]),
            tuple([pair for pair in self._prefixes.items() if pair[0]]),
            tuple(sorted(self._defaults)),
        )

    def leave_item(self) -> None:
        """Note that an item has ended."""
        if self._slicer:
            self._slicer.close(self._document, self._parser.CurrentByteIndex)

    def spoil_slices(self) -> None:
        """Note that an item changes what the items behind it see."""
        if self._slicer:
            self._slicer.spoil()

    def _mark(self, target: str, data: str) -> None:
        if target == slicing.TARGET and self._slicer:
            number = data.strip()
            self._slicer.mark(self._document, self._parser.CurrentByteIndex, number, self._seen_by_items())

    # Namespaces

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._seen.add(prefix)
        if len(self._seen) > PREFIXES_MAX:
            raise Doubt("limits")
        if self._skipping or not uri:
            return
        known = names.PREFIXES.get(_lower(uri))
        if self._slicer and (prefix or known != "xhtml"):
            self._slicer.declare(self._parser.CurrentByteIndex)
        clash = prefix == "rdf" and known != "rdf"
        if clash or uri != "".join(uri.split()) or (uri == names.XLINK and self.depth):
            raise Doubt("namespace")
        if not self.version:
            rss090 = prefix is None and uri.lower() == names.NETSCAPE
            self.version = "rss090" if rss090 else _VERSIONS.get(uri.lower(), "")
        if known is None:
            fresh = prefix not in self._used
            self._use(prefix or "", uri)
        else:
            fresh = self._prefixes.get(prefix) != known
            self._prefixes[prefix] = known
            self._used[known] = uri
        if fresh and prefix:
            self._elements.clear()
        self._fresh = self._fresh or (fresh and known not in names.MAPS)

    def _use(self, prefix: str, uri: str) -> None:
        """Note a namespace that feedparser does not know, which must not change its name in the document."""
        if prefix:
            others = (used for name, used in self._used.items() if name != prefix)
            if self._used.get(prefix, uri) != uri or uri in self._defaults or uri in others:
                raise Doubt("namespace")
        else:
            self._defaults.add(uri)
        self._used[prefix] = uri

    def _resolve(self, name: str) -> Element:
        """Find out what to do about elements that expat calls `name`. Raises Doubt."""
        uri, _, local = name.rpartition(" ")
        known = names.PREFIXES.get(_lower(uri))
        prefix = (self._own_prefix(uri) if known is None else known).lower()
        prefix = self._prefixes.get(prefix, prefix)
        if known is None and not prefix and local.lower() in HANDLERS:
            raise Doubt("unknown default namespace")
        found = self._elements[name] = element(prefix, local.lower(), uri)
        return found

    def _own_prefix(self, uri: str) -> str:
        """Return the document's own prefix for a namespace that feedparser does not know, "" for none."""
        return next((prefix for prefix, used in self._used.items() if prefix and used == uri), "")


def _lower(uri: str) -> str:
    """Return how feedparser looks a namespace up."""
    lower = uri.lower()
    return names.USERLAND if names.USERLANDS in lower else lower


def _key(name: str) -> str:
    """Return feedparser's name for an attribute."""
    uri, _, local = name.rpartition(" ")
    if not uri:
        return local.lower()
    if uri not in _NAMESPACES:
        raise Doubt("attributes")
    return f"{'xml' if uri == names.XML else 'rdf'}:{local.lower()}"
