"""Makes long HTML harmless to parse: well nested and not deep, in one pass.

HTML's own rules turn kilobytes into gigabytes: 1,000 unclosed `<font size=...>` are opened again in each of
1,000 paragraphs (19 kB: a million nodes, 370 MB), and each `<div>` looks through all that are open (250 kB:
4.6 s). A short page cannot do harm, so only long ones come here; what is left open in them ends with its
paragraph.
"""

from __future__ import annotations

import re
from itertools import islice

from reader.document.elements import DROPPED, EMBEDDED, VOID, names

HARMLESS_LENGTH = 20_000  # characters: Lexbor takes 70 ms if all of it is the attributes of one tag, and n²
ATTRIBUTES_PLAIN = 1000  # characters of a tag whose attributes are taken as they stand
ATTRIBUTES_MAX = 100  # of a longer tag: the first ones in quotes
HARMLESS_TAGS = 500  # half of them opened again in the other half: 62,000 nodes, 50 ms
DEEPEST = 200  # elements inside each other; newsletters nest about 60

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,20})\s*=\s*("[^"]*"|'[^']*')""")
_IGNORED = names("html head body frameset")  # tags only: what is inside stays
_FORMATS = names("a b big code em font i nobr s small strike strong tt u")
_ENDING_P = names(
    "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer h1 h2"
    " h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul"
)
_GROUPS = names("table thead tbody tfoot")
_INSIDE = {
    "thead": names("table"), "tbody": names("table"), "tfoot": names("table"),
    "caption": names("table"), "colgroup": names("table"), "tr": _GROUPS,
    "td": _GROUPS | {"tr"}, "th": _GROUPS | {"tr"},
}  # fmt: skip
"""Parts of a table, and what they stand in: anything else that is open there ends."""
_WALLS = names("table td th caption")  # an end tag inside does not end what is outside
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_LISTS = names("ul ol menu dir dl") | _WALLS
_ENDING = {  # what the start tag ends, and where the search for it stops
    "li": (names("li"), _LISTS),
    "dt": (names("dt dd"), _LISTS),
    "dd": (names("dt dd"), _LISTS),
    "a": (names("a"), _WALLS),
    "nobr": (names("nobr"), _WALLS),
    "rt": (names("rt rp"), names("ruby") | _WALLS),
    "rp": (names("rt rp"), names("ruby") | _WALLS),
} | dict.fromkeys(_HEADINGS, (_HEADINGS, _WALLS))
_P, _TABLE, _NONE = names("p"), names("table"), frozenset[str]()


def tame(html: str) -> str:
    """Return HTML that reads the same and takes time and memory in proportion to its length."""
    if len(html) <= HARMLESS_LENGTH and html.count("<") <= HARMLESS_TAGS:
        return html
    return _Tamer(html).run()


class _Tamer:
    """Goes through the tags with the stack of open elements that a parser would have."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._out: list[str] = []
        self._open: list[str] = []

    def run(self) -> str:
        """Return the whole, well nested."""
        at = 0
        while (start := self._html.find("<", at)) >= 0:
            self._out.append(self._html[at:start])
            tag = _TAG.match(self._html, start)
            at = self._tag(tag) if tag else self._other(start)
            if at < 0:  # something that never ends: the rest is part of it
                break
        else:
            self._out.append(self._html[at:])
        self._close(0)
        return "".join(self._out)

    def _other(self, start: int) -> int:
        """Skip a comment or declaration; return where to go on, -1 at the end."""
        following = self._html[start + 1 : start + 2]
        if self._html.startswith("<!--", start):
            return self._after("-->", start + 2)
        if following in "!?/" and following:
            return self._after(">", start)
        if following.isascii() and following.isalpha():
            return -1
        self._out.append("&lt;")
        return start + 1

    def _after(self, end: str, start: int) -> int:
        found = self._html.find(end, start)
        return found + len(end) if found >= 0 else -1

    def _tag(self, tag: re.Match[str]) -> int:
        """Take a tag; return where to go on, -1 at the end."""
        name = tag[2].lower()
        if name in _IGNORED:
            return tag.end()
        if name in VOID:
            if not tag[1] or name == "br":
                self._out.append(f"<{name}{_attributes(tag[3])}>")
        elif tag[1]:
            self._end(name)
        elif name in DROPPED:
            if name == EMBEDDED:
                self._out.append(f"<{name}{_attributes(tag[3])}></{name}>")
            return self._skip(name, tag)
        else:
            self._start(name, tag[3])
        return tag.end()

    def _skip(self, name: str, tag: re.Match[str]) -> int:
        """Return the end of an element that is never drawn."""
        if tag[3].endswith("/") and name == "svg":
            return tag.end()
        end = re.compile(rf"</{re.escape(name)}[\s/>]", re.IGNORECASE).search(self._html, tag.end())
        return self._after(">", end.end() - 1) if end else -1

    def _start(self, name: str, attributes: str) -> None:
        if name in _INSIDE:
            if "table" not in self._open:
                return
            while self._open[-1] not in _INSIDE[name]:
                self._close(len(self._open) - 1)
        elif name in _ENDING:
            self._end_open(*_ENDING[name])
        if name in _ENDING_P:
            self._end_open(_P, _WALLS)
        if len(self._open) >= DEEPEST and name not in _FORMATS:
            while self._open and self._open[-1] in _FORMATS:
                self._close(len(self._open) - 1)
        if len(self._open) >= DEEPEST:
            return
        plain = name in _FORMATS and name != "a" and self._open[-1:] != ["pre"]
        self._out.append(f"<{name}{'' if plain else _attributes(attributes)}>")
        self._open.append(name)

    def _end(self, name: str) -> None:
        walls = _NONE if name == "table" else _TABLE if name in _INSIDE else _WALLS
        self._end_open(_HEADINGS if name in _HEADINGS else frozenset([name]), walls)

    def _end_open(self, names: frozenset[str], walls: frozenset[str]) -> None:
        """Close the innermost open element of these names, unless a wall stands before it."""
        if names.isdisjoint(self._open):
            return
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] in names:
                self._close(place)
                return
            if self._open[place] in walls:
                return

    def _close(self, place: int) -> None:
        """Close all that is open from `place` on, innermost first."""
        self._out += [f"</{name}>" for name in reversed(self._open[place:])]
        del self._open[place:]


def _attributes(text: str) -> str:
    """Return attributes; of many, or where they hold a `<`, only those in quotes: no tag can hide in them."""
    if "<" not in text and len(text) <= ATTRIBUTES_PLAIN:
        return text
    found = islice(_ATTRIBUTE.finditer(text), ATTRIBUTES_MAX)
    return "".join(f" {match[1]}={match[2].replace('<', '&lt;')}" for match in found)
