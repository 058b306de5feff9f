"""Pictures, sounds and films: a terminal shows them in words, with a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import text as gate
from reader.document.blocks import Image, Media, Paragraph, Span
from reader.document.builder import Builder
from reader.document.links import described, is_beacon
from reader.document.visit import Attributes, Handler, number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file")
_INLINE_CLASSES = frozenset(["emoji", "wp-smiley", "emojione", "twemoji", "latex"])
_ICON_HEIGHT = 32  # pixels: what is no higher stands in the line
_TITLE_WORDS = 4  # from so many words on a picture's title is a sentence worth reading


def _image(builder: Builder, _: LexborNode, attributes: Attributes) -> bool:
    source = _source(builder, attributes)
    sizes = (attributes.get("width"), attributes.get("height"))
    if is_beacon(source, sizes, attributes.get("style") or ""):
        return False
    alt = described(attributes.get("alt") or "")
    if _stands_in_line(attributes):
        builder.text(alt)
        return False
    link = builder.style.link
    if link is None:
        link = builder.links.number(source) if source else None
    if link is not None:
        builder.links.name(link, alt)
    elif not alt:
        return False
    builder.add(Image(alt, link))
    title = gate.one_line(attributes.get("title") or "")
    if len(title.split()) >= _TITLE_WORDS and title != alt:
        builder.add(Paragraph((Span(title, italic=True),)))
    return False


def _source(builder: Builder, attributes: Attributes) -> str:
    """Return the address of a picture, also of one that a script would load later; "" when there is none."""
    stated = [attributes.get(name) or "" for name in _SOURCES]
    stated += [(attributes.get(name) or "").strip().split(" ")[0] for name in ("srcset", "data-srcset")]
    return next((url for url in map(builder.links.resolve, stated) if url), "")


def _stands_in_line(attributes: Attributes) -> bool:
    """Return whether a picture is a character of the text: an emoji, a formula, an icon."""
    classes = (attributes.get("class") or "").split()
    return not _INLINE_CLASSES.isdisjoint(classes) or (
        number(attributes.get("height"), _ICON_HEIGHT + 1, 0, _ICON_HEIGHT + 1) <= _ICON_HEIGHT
    )


def _media(builder: Builder, node: LexborNode, attributes: Attributes) -> bool:
    address = attributes.get("src") or ""
    child = node.child
    while child is not None and not address:
        if child.tag == "source":
            address = child.attributes.get("src") or ""
        child = child.next
    link = builder.links.number(address)
    if link is not None:
        title = gate.one_line(attributes.get("title") or attributes.get("aria-label") or "")
        builder.links.name(link, title)
        builder.add(Media(node.tag or "video", title, link))
    return False


HANDLERS: dict[str, Handler] = {"audio": _media, "image": _image, "img": _image, "video": _media}
