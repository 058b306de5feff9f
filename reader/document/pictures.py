"""Pictures, sounds and films: a terminal shows them in words, with a link."""

from __future__ import annotations

import re
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
_WWW = r"https://(?:www\.|m\.)?"
_PLAYERS = tuple(
    (re.compile(player), kind, page)
    for player, kind, page in (
        (
            _WWW + r"youtube(?:-nocookie)?\.com/embed/([\w-]{6,})",
            "video",
            r"https://www.youtube.com/watch?v=\1",
        ),
        (r"https://player\.vimeo\.com/video/(\d+)", "video", r"https://vimeo.com/\1"),
        (
            r"https://(?:www|geo)\.dailymotion\.com/embed/video/(\w+)",
            "video",
            r"https://www.dailymotion.com/video/\1",
        ),
        (r"(https://[^/]+)/videos/embed/([\w-]+)", "video", r"\1/videos/watch/\2"),
        (r"https://archive\.org/embed/([\w.-]+)", "video", r"https://archive.org/details/\1"),
        (r"https://open\.spotify\.com/embed/([\w/-]+)", "audio", r"https://open.spotify.com/\1"),
        (r"https://embed\.podcasts\.apple\.com/(.+)", "audio", r"https://podcasts.apple.com/\1"),
        (r"(https://(?:w\.soundcloud\.com/player|bandcamp\.com/EmbeddedPlayer).*)", "audio", r"\1"),
    )
)
"""Players in frames: their address, what they play, and the page that shows it without the frame."""
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
    builder.add(Image(alt, link, source))
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
    return _add_media(builder, node.tag or "video", address, attributes)


def _add_media(builder: Builder, kind: str, address: str, attributes: Attributes) -> bool:
    link = builder.links.number(address)
    if link is not None:
        title = gate.one_line(attributes.get("title") or attributes.get("aria-label") or "")
        title = title or builder.links.host(link).removeprefix("www.")
        builder.links.name(link, title)
        builder.add(Media(kind, title, link))
    return False


def _frame(builder: Builder, _: LexborNode, attributes: Attributes) -> bool:
    """Name what a frame shows: a film or sound of a known player, else what has a title of its own."""
    address = _source(builder, attributes)
    sizes = (attributes.get("width"), attributes.get("height"))
    if not address or is_beacon(address, sizes, attributes.get("style") or ""):
        return False
    for player, kind, page in _PLAYERS:
        if found := player.match(address):
            return _add_media(builder, kind, found.expand(page), attributes)
    if gate.one_line(attributes.get("title") or ""):
        return _add_media(builder, "embedded", address, attributes)
    return False


HANDLERS: dict[str, Handler] = {
    "audio": _media, "iframe": _frame, "image": _image, "img": _image, "video": _media,
}  # fmt: skip
