"""HTML to a document: Lexbor's tree, walked with a stack of our own, so that no depth can break it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from reader.document import phrases, pictures, structure
from reader.document.blocks import Document
from reader.document.builder import Builder
from reader.document.elements import BLOCKS, EMBEDDED, STYLES, UNSEEN
from reader.document.taming import tame
from reader.document.visit import Attributes, Handler, Leave

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HTML_READ = 2_000_000  # characters looked at unless the whole is asked for: text is a tenth of it and more
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:screen-reader-text|sr-only|visually-hidden|gutter|linenos?)(?:\s|$)")
_CAPTION_CLASS = re.compile(r"(?:^|\s)(?:wp-caption-text|(?:image-)?caption-text|image-caption)(?:\s|$)")
_HANDLERS: dict[str, Handler] = structure.HANDLERS | phrases.HANDLERS | pictures.HANDLERS


def read(html: str, base: str, title: str, room: float) -> Document:
    """Return the document that HTML means, up to `room` characters (see `reader.document.from_html`)."""
    from selectolax.lexbor import LexborHTMLParser

    builder = Builder(base, room)
    beyond = room < math.inf and len(html) > HTML_READ
    html = html[:HTML_READ] if beyond else html
    if "<" not in html:  # plain text that passes for HTML
        html = _BLANK_LINES.sub("<p>", html)
    root = LexborHTMLParser("<body>" + tame(html)).root
    if root is not None:
        _walk(root, builder)
    builder.truncated = builder.truncated or beyond
    return builder.document(title)


def _walk(root: LexborNode, builder: Builder) -> None:
    """Tell the builder what stands below `root`, in order, until there is no room."""
    above: list[tuple[LexborNode, Leave | None]] = []
    node: LexborNode | None = root.child
    while not builder.truncated:
        if node is None:
            if not above:
                return
            node, leave = above.pop()
            if leave:
                leave()
        elif (tag := node.tag) == "-text":
            builder.text(node.text_content or "")
        elif tag and (tag not in UNSEEN or tag == EMBEDDED) and tag[0] not in "-!":
            then = _enter(node, tag, builder)
            if then is not False:
                above.append((node, then if callable(then) else None))
                node = node.child
                continue
        node = node.next


def _enter(node: LexborNode, tag: str, builder: Builder) -> Leave | bool:
    """Begin an element; return what to do at its end, or False when what is inside is not shown."""
    attributes: Attributes = node.attributes
    if attributes and is_hidden(attributes):
        return False
    if tag in BLOCKS:
        if _CAPTION_CLASS.search(attributes.get("class") or ""):
            return structure.caption(builder, node, attributes)
        builder.flush()
        return builder.flush
    if tag in STYLES:
        return builder.restyle(**STYLES[tag])
    handler = _HANDLERS.get(tag)
    return handler(builder, node, attributes) if handler else True


def is_hidden(attributes: Attributes) -> bool:
    """Return whether an element is not to be seen: previews of newsletters, line numbers."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
        or bool(_HIDDEN_CLASS.search(attributes.get("class") or ""))
    )
