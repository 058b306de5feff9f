"""What HTML's elements mean for an article, as far as their names tell."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """Return the names in a line of them."""
    return frozenset(text.split())


_VOID_SHOWN = names("br hr image img input wbr")
_VOID_DROPPED = names("area base basefont bgsound col embed frame keygen link meta param source track")
VOID = _VOID_SHOWN | _VOID_DROPPED
"""Elements without content."""

DROPPED = names(
    "script style iframe object svg form template noscript noembed noframes xmp plaintext head title canvas"
    " map button select textarea datalist dialog option optgroup applet annotation annotation-xml rp"
)
"""What is inside is never drawn: programs, frames, foreign documents, controls."""

EMBEDDED = "iframe"
"""Dropped, but the film that it frames is named."""

UNSEEN = DROPPED | _VOID_DROPPED

BLOCKS = names(
    "address article aside body center div fieldset figure footer header hgroup html legend main nav"
    " p search section tbody tfoot"
)
"""Elements that begin and end a line, and mean nothing else here."""

LINES = names(
    "blockquote br caption dd details dir dl dt figcaption h1 h2 h3 h4 h5 h6 hr li menu ol pre summary table"
    " td th tr ul"
)
"""Elements that begin and end a line, and mean something of their own."""

_BOLD, _ITALIC, _CODE = {"bold": True}, {"italic": True}, {"code": True}
_STRUCK, _UNDERLINED = {"strike": True}, {"underline": True}
STYLES = {
    "b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC, "cite": _ITALIC, "dfn": _ITALIC, "var": _ITALIC,
    "code": _CODE, "kbd": _CODE, "samp": _CODE, "tt": _CODE, "s": _STRUCK, "strike": _STRUCK, "del": _STRUCK,
    "mark": _BOLD, "u": _UNDERLINED, "ins": _UNDERLINED, "sup": {"sup": True}, "sub": {"sub": True},
}  # fmt: skip
"""Elements that only change how text looks."""
