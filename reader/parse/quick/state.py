"""feedparser's state while it reads: what is open, what text has been gathered, where a value belongs.

The names and the order of events are feedparser's own (its mixin.py): what it keeps depends on both. What is
not repeated exactly raises Doubt, and the whole document is handed over.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.parse.quick import texts
from reader.parse.quick.context import Construct, Context
from reader.parse.raw import RawEntry

TEXT_MAX = 2 * 1024 * 1024  # characters of an element
XHTML = "application/xhtml+xml"
_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": XHTML}
_TYPES |= {type_: type_ for type_ in ("text/plain", "text/html", XHTML)}
_ADDRESSES = frozenset({"id", "link", "href"})
_TEXTS = frozenset({"description", "summary", "content"})
_KEPT = frozenset(
    [
        *("title", "summary", "author", "id", "published", "updated", "created", "language", "link"),
        "itunes_duration",
    ]
)


class Doubt(Exception):  # noqa: N818 (no error: the other way is taken)
    """Something in a document that feedparser must judge; the argument says what, in a word or two."""


class State:
    """What feedparser remembers between two elements."""

    def __init__(self, base: str) -> None:
        self.own_base = base  # what the document was asked for
        self.base = self.joined(base, base)
        self.lang = ""
        self.version = ""
        self.feed = Context()
        self.entry = Context()
        self.entries: list[RawEntry] = []
        self.image: Context | None = None
        self.textinput: Context | None = None
        self.source = Context()
        self.infeed = self.inentry = self.insource = self.inimage = self.intextinput = False
        self.inauthor = self.inpublisher = False
        self.incontent = 0  # how many texts are open in which an element has no place, but for xhtml
        self.construct = Construct()
        self.summary_is_content = False
        self.has_content = False
        self.guid_is_link = False
        self.title_depth = -1
        self.depth = 0
        self.tags = 0  # category elements of the item
        self.stack: list[tuple[str, bool, list[str]]] = []  # name, whether its text is kept, pieces of it

    def leave_item(self) -> None:
        """Note that an item has ended."""

    def spoil_slices(self) -> None:
        """Note that an item changes what the items behind it see."""

    @property
    def atom(self) -> bool:
        """Whether feedparser calls this a kind of Atom."""
        return self.version.startswith("atom")

    def joined(self, base: str, address: str) -> str:
        """Return a base address as feedparser arrives at it, and stays with it in the elements below."""
        found = texts.resolved(base, address)
        if not found.startswith(("http://", "https://")) or texts.resolved(found, found) != found:
            raise Doubt("xml:base")
        return found

    def context(self) -> Context:
        """Return what values belong to just now."""
        if self.insource:
            return self.source
        if self.inimage and self.image:
            return self.image
        if self.intextinput and self.textinput:
            return self.textinput
        return self.entry if self.inentry else self.feed

    def placed(self) -> bool:
        """Return whether texts belong to anything just now."""
        return self.infeed or self.inentry or self.insource

    def push(self, element: str, expecting: bool = True) -> None:
        """Gather text for `element`."""
        self.stack.append((element, expecting, []))

    def push_leaf(self, element: str, expecting: bool = True) -> None:
        """Gather text for `element`, doubt any element in it; whoever ends it lowers `incontent`."""
        self.push(element, expecting)
        self.incontent += 1

    def push_construct(
        self, element: str, attributes: dict[str, str], default: str, expecting: bool = True
    ) -> None:
        """Gather text that says in what it is written, by an attribute or by `default`."""
        stated = default
        if attributes:
            stated = _TYPES.get(attributes.get("type", default).lower(), "")
            if not stated or attributes.get("mode", "xml") not in {"xml", "escaped"}:
                raise Doubt("type or mode of text")
        self.incontent += 1
        self.construct = Construct(stated, self.lang.replace("_", "-"), self.base)
        self.stack.append((element, expecting, []))

    def pop_construct(self, element: str) -> str:
        """Take such a text."""
        value = self.pop(element)
        self.incontent -= 1
        self.construct = Construct()
        return value

    def drop(self, element: str) -> None:
        """Forget the text of `element`, if it is the one that is open."""
        if self.stack and self.stack[-1][0] == element:
            self.stack.pop()

    def pop(self, element: str) -> str:
        """Take the text of `element` and keep it where it belongs; "" where another element is open."""
        if not self.stack or self.stack[-1][0] != element:
            return ""
        _, expecting, pieces = self.stack.pop()
        construct = self.construct
        if construct.type == XHTML and self.version == "atom10":
            pieces = texts.inner(pieces)
        value = (pieces[0] if len(pieces) == 1 else "".join(pieces)).strip()
        if len(value) > TEXT_MAX:
            raise Doubt("long text")
        if not expecting or not value:
            return self._keep(element, value) if expecting else value
        if element in _ADDRESSES:
            if element != "id" or self.guid_is_link:
                value = texts.resolved(self.base, value)
        elif construct.type == "text/plain" and element in _TEXTS and not self.atom:
            self.construct = construct._replace(type=texts.guessed_type(value))
        return self._keep(element, value if value.isascii() else texts.mended(value))

    def _keep(self, element: str, value: str) -> str:
        if element == "category" or (element == "title" and -1 < self.title_depth <= self.depth):
            return value
        if self.inentry and not self.insource:
            self._keep_in_entry("summary" if element == "description" else element, value)
        elif (self.infeed or self.insource) and element in _KEPT:
            context = self.context()
            context.values[element] = texts.without_semicolons(value) if element == "link" else value
            if self.incontent:
                context.details[element] = self.construct
        return value

    def _keep_in_entry(self, element: str, value: str) -> None:
        entry = self.entry
        if element == "content":
            entry.contents.append(self.construct._replace(text=value))
        elif element == "link":
            if not self.inimage:
                entry.values["link"] = texts.without_semicolons(value.replace("&amp;", "&"))
        elif element in _KEPT:
            depth = entry.depths.get(element)
            if depth is None or self.depth <= depth:
                entry.depths[element] = self.depth
                entry.values[element] = value
            if self.incontent:
                entry.details[element] = self.construct


Start = Callable[[State, dict[str, str]], None]
End = Callable[[State], None]
Handlers = dict[str, tuple[Start | None, End | None]]
"""What is done at the start and the end of elements, by feedparser's name for them."""
