"""Strangers' XML made fit for a parser: text in, text out, in linear time whatever it holds.

No document type is ever handed on, so that no entity of a document's own exists to be expanded, and no
regular expression of a parser ever sees a prolog (feedparser's need 18 s for 64,000 line breaks there).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

_CHARREF = re.compile(r"&#(?:([0-9]+)|[xX]([0-9a-fA-F]+));")
_REFERENCE = re.compile(r"&(?:(#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)?")
_PREDEFINED = frozenset({"lt", "gt", "amp", "quot", "apos"})
_ESCAPE_SEQUENCE = re.compile(  # what a terminal would obey; it never reaches over a tag
    r"\x1b(?:[\]PX^_][^\x07\x1b<]{0,4096}(?:\x07|\x1b\\)|\[[0-?]{0,64}[ -/]{0,8}[@-~]|[ -/]{0,8}[0-Z\\^-~])"
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML 1.0 has no place for them
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)")
_SPACE = re.compile(r"[\s\ufeff]*")
_LATER_START = re.compile(r"<\?xml\s|<(?:rss|feed|opml|(?:[\w.-]+:)?RDF)[\s>]", re.IGNORECASE)
_LATER_WITHIN = 64 * 1024  # characters of a server's warnings that may stand before the document
_JUNK_MAX = 1000  # less-than signs that begin nothing, before the document: more is no document
_DOCTYPE_TOKEN = re.compile(r"""["']|<!--|<\?|[<>\]]""")
_DOCTYPE_SPAN = {'"': '"', "'": "'", "<!--": "-->", "<?": "?>"}
_DOCTYPE = "<!doctype"
_PASSAGE = re.compile(r"<!\[CDATA\[|<!--")
_PASSAGE_END = {"<![CDATA[": "]]>", "<!--": "-->"}


def clean(text: str) -> str:
    """Return `text` from its outermost element on ("" if there is none), without what XML forbids."""
    text = _without_controls(text)
    start = _root_start(text, 0)
    if start >= 0 and root_name(text[start : start + 256]) not in {"rss", "feed", "rdf", "opml", "html"}:
        start = _later_start(text, start)
    return text[start:] if start >= 0 else ""


def root_name(text: str) -> str:
    """Return the local name, in lower case, of the element that `text` opens with, or ""."""
    match = _ROOT.match(text)
    return match[1].rpartition(":")[2].lower() if match else ""


def repair(text: str) -> str:
    """Make bare ampersands and HTML's entities legal XML, outside of CDATA and comments."""
    return "".join(part if raw else _REFERENCE.sub(_legal_reference, part) for part, raw in _passages(text))


def without_doctypes(text: str) -> str:
    """Turn declarations in the middle of ill-formed XML into text, for parsers that would follow them."""
    return "".join(
        part if raw else re.sub(r"<!(?=doctype|entity|\[)", "&lt;!", part, flags=re.IGNORECASE)
        for part, raw in _passages(text)
    )


def _passages(text: str) -> Iterator[tuple[str, bool]]:
    """Split `text` into pieces of markup (False), and CDATA sections and comments (True)."""
    at = 0
    while opening := _PASSAGE.search(text, at):
        end = text.find(_PASSAGE_END[opening[0]], opening.end())
        if end < 0:
            break
        yield text[at : opening.start()], False
        at = end + 3
        yield text[opening.start() : at], True
    yield text[at:], False


def _legal_reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name[0] == "#" or name in _PREDEFINED:
        return match[0]
    meant = html5.get(name + ";")
    if meant is None:
        return f"&amp;{name};"
    return meant.replace("&", "&amp;").replace("<", "&lt;")


def _without_controls(text: str) -> str:
    if "&#" in text:
        text = _CHARREF.sub(_legal_charref, text)
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", _ESCAPE_SEQUENCE.sub("", text))
    return _NO_CHARACTER.sub("\ufffd", text)


def _legal_charref(match: re.Match[str]) -> str:
    """Keep a reference that XML allows; a control becomes the control (and is removed with its sequence)."""
    digits = (match[1] or match[2]).lstrip("0")
    if len(digits) > 7:  # beyond Unicode; int() refuses thousands of digits
        return "\ufffd"
    code = int(digits or "0", 10 if match[1] else 16)
    if code < 0x20 and code not in (0x9, 0xA, 0xD):
        return chr(code)
    if 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return "\ufffd"
    return match[0].replace("X", "x")


def _root_start(text: str, at: int) -> int:
    """Return where the first element begins, past declarations, comments, stray words; -1 if none does."""
    declared = False
    junk = 0
    while (at := text.find("<", _space(text, at))) >= 0:
        if text.startswith("<?", at):
            end = text.find(">", at)
            at = end + 1 if end >= 0 else len(text)
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            at = end + 3 if end >= 0 else len(text)
        elif text[at : at + len(_DOCTYPE)].lower() == _DOCTYPE:
            close = text.find(">", at)
            at = _after_subset(text, at) if not declared else close + 1 if close >= 0 else len(text)
            declared = True  # only one may be: reading each of a million to the end would never end
        elif _ROOT.match(text, at):
            return at
        elif (junk := junk + 1) > _JUNK_MAX:
            return -1
        else:
            at += 1
    return -1


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _later_start(text: str, start: int) -> int:
    """Look for the document behind what a server's script complained about before it."""
    later = _LATER_START.search(text, start, start + _LATER_WITHIN)
    found = _root_start(text, later.start()) if later else -1
    return found if found >= 0 else start


def _after_subset(text: str, at: int) -> int:
    """Return where the document goes on after a DOCTYPE, internal subset and all."""
    close, subset = text.find(">", at), text.find("[", at)
    if close < 0:
        return len(text)
    if not 0 <= subset < close:
        return close + 1
    level = 0
    at = subset + 1
    while token := _DOCTYPE_TOKEN.search(text, at):
        mark, at = token[0], token.end()
        if mark in _DOCTYPE_SPAN:
            end = text.find(_DOCTYPE_SPAN[mark], at)
            if end < 0:
                break
            at = end + len(_DOCTYPE_SPAN[mark])
        elif mark == "]" and not level:
            end = text.find(">", at)
            return end + 1 if end >= 0 else len(text)
        else:
            level = max(0, level + {"<": 1, ">": -1}.get(mark, 0))
    return close + 1
