"""What is done about an element: by feedparser's name for it, a prefix of its own and the local name."""

from __future__ import annotations

from functools import lru_cache

from reader.parse.quick import constructs, fields, names, people, structure
from reader.parse.quick.state import Doubt, End, Handlers, Start
from reader.parse.survey import NAME_TEXT_MAX, NAMES, TAG_TEXT_MAX, TAGS, USELESS

HANDLERS: Handlers = {
    **structure.HANDLERS,
    **people.HANDLERS,
    **fields.HANDLERS,
    **constructs.HANDLERS,
}
_IN_TEXTINPUT = frozenset({"title", "link", "description", "name"})
_IN_IMAGE = frozenset({"title", "link", "description", "url", "href", "width", "height"})


class Element:
    """What is done about elements of one name."""

    __slots__ = (
        "end",
        "in_image",
        "in_textinput",
        "inner",
        "item",
        "local",
        "rare",
        "start",
        "tag",
        "useless",
        "weight",
    )

    def __init__(self, prefix: str, local: str, uri: str) -> None:
        self.local = local
        self.tag = f"{prefix}_{local}" if prefix else local
        self.useless = uri in USELESS  # cut out before feedparser sees it
        self.item = self.tag in ("item", "entry")
        handlers: tuple[Start | None, End | None] = HANDLERS.get(self.tag, (None, None))
        self.start, self.end = handlers
        self.inner = prefix in ("", "xhtml") and self.tag not in HANDLERS  # may stand in xhtml
        self.in_image = bool(prefix) or local in _IN_IMAGE  # does not end an image that was left open
        self.in_textinput = bool(prefix) or local in _IN_TEXTINPUT
        self.weight = NAME_TEXT_MAX if local in NAMES else TAG_TEXT_MAX if local in TAGS else 0
        """Bytes above which the survey has to look at it."""
        self.rare = self.useless or self.item or self.weight == TAG_TEXT_MAX


@lru_cache(4096)
def element(prefix: str, local: str, uri: str) -> Element:
    """Return what to do about `local` in the namespace `uri`, whose prefix feedparser calls `prefix`.

    Raises Doubt.
    """
    found = Element(prefix, local, uri)
    if found.useless:
        return found
    stray = local in ("item", "entry") and (prefix or uri.lower() not in names.ITEM_NAMESPACES)
    unlike = found.tag not in HANDLERS and (found.tag in names.KEYS or found.tag in names.LEFT_OUT)
    if stray or unlike or prefix in names.MAPS or local in ("svg", "math"):
        raise Doubt(f"element {found.tag}"[:40])
    return found
