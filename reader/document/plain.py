"""Text without HTML: quickly for the index, and plain text as a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader import text as gate
from reader.document.blocks import Document
from reader.document.builder import Builder
from reader.document.elements import BLOCKS, LINES, UNSEEN
from reader.document.html import is_hidden
from reader.document.taming import tame

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HTML_READ = 200_000  # characters of HTML looked at besides 10 for each of text: style sheets come first
_PARTING = BLOCKS | LINES
_TAG = re.compile(r"""</?([a-z][^\s"'<>/=]*)((?: [^\s"'<>/=]+="[^"]*")*)>""")  # as Lexbor writes them
_HIDING = ("hidden", "none", "mso-hide", "screen-reader-text", "sr-only", "gutter", "lineno")
"""What the attributes of a hidden element hold (see `is_hidden`), in lower case."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2048}", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")
_FULL_LINE = 50  # characters: lines that are all this long were broken by a program, not by the author
_AFTER_ADDRESS = ".,;:!?'’”)]}>"  # ends the sentence around an address, not the address


def words(html: str, limit: int) -> str:
    """Return the words of HTML (see `reader.document.plain_text`)."""
    if "<" not in html and "&" not in html:
        return _squeezed(html[:limit])
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser("<body>" + tame(html[: HTML_READ + 10 * limit])).root
    if root is None:
        return ""
    found = _written(root.html or "")
    if found is None or len(found) > limit:
        found = _walked(root, limit)
    return _squeezed(found)


def _written(html: str) -> str | None:
    """Return the text of HTML as Lexbor writes a tree; None where something in it may not be seen.

    All tags are well formed in it, and no `<` or `>` stands for anything else: to take it apart costs a third
    of what walking through the tree does.
    """
    pieces = _TAG.split(html.removeprefix("<html><head></head>"))
    names = pieces[1::3]
    attributes = "".join(pieces[2::3]).lower()
    if not UNSEEN.isdisjoint(names) or any(map(attributes.__contains__, _HIDING)):
        return None
    pieces[1::3] = ["\n" if name in _PARTING else "" for name in names]
    pieces[2::3] = [""] * len(names)
    text = "".join(pieces)
    if "<" in text or ">" in text:  # a comment, an attribute of a strange name
        return None
    if "&" in text:
        text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text


def _walked(root: LexborNode, limit: int) -> str:
    """Return the text below a root without what is not to be seen, at most `limit` characters."""
    parts: list[str] = []
    above: list[LexborNode] = []
    length = 0
    node = root.child
    while length < limit:
        if node is None:
            if not above:
                break
            node = above.pop()
            if node.tag in _PARTING:
                parts.append("\n")
        elif (tag := node.tag) == "-text":
            parts.append(found := node.text_content or "")
            length += len(found)
        elif tag and tag not in UNSEEN and tag[0] not in "-!" and not is_hidden(node.attributes):
            if tag in _PARTING:
                parts.append("\n")
            if node.child is not None:
                above.append(node)
                node = node.child
                continue
        node = node.next
    return "".join(parts)[:limit]


def _squeezed(text: str) -> str:
    """Return safe text with single spaces and without blank lines."""
    lines = (" ".join(line.split()) for line in gate.plain(text).split("\n"))
    return "\n".join(filter(None, lines))


def read(text: str, room: float) -> Document:
    """Return plain text as paragraphs (see `reader.document.from_text`)."""
    builder = Builder("", room)
    for paragraph in _PARAGRAPH_END.split(gate.plain(text)):
        lines = [line.rstrip() for line in paragraph.strip("\n").split("\n")]
        broken = len(lines) > 1 and all(len(line) >= _FULL_LINE for line in lines[:-1])
        _linked(builder, " ".join(map(str.strip, lines)) if broken else "\n".join(lines))
        builder.flush()
    return builder.document()


def _linked(builder: Builder, text: str) -> None:
    """Add text with its addresses as links."""
    end = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_AFTER_ADDRESS)
        builder.verbatim(text[end : match.start()])
        before = builder.begin_link(address)
        builder.verbatim(address)
        builder.end_link(before)
        end = match.start() + len(address)
    builder.verbatim(text[end:])
