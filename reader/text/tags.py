"""HTML in one-line fields read as text."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,11})(?:[\s/][^<>]*)?>")
_COMMENT = re.compile(r"<!--[^<]*?-->")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE = (
    "a abbr acronym b bdi bdo big blink cite code del dfn em font i img ins kbd mark nobr q rp rt ruby s samp"
    " small span strike strong sub sup svg time tt u var wbr"
)
_BREAKING = (
    "article audio blockquote br center dd div dl dt embed footer h1 h2 h3 h4 h5 h6 header hr iframe li nav"
    " ol p pre script section style table tbody td th thead title tr ul video"
)
_REPLACEMENTS = dict.fromkeys(_INLINE.split(), "") | dict.fromkeys(_BREAKING.split(), " ")


def untag(text: str) -> str:
    """Return `text` without tags of known elements, references decoded once."""
    if "<" in text:
        text = _TAG.sub(_replacement, _HIDDEN.sub(" ", _COMMENT.sub("", text)))
    return _REFERENCE.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def _replacement(match: re.Match[str]) -> str:
    """Return what stands for a tag: nothing, a space where it breaks the line, itself where it is text."""
    return _REPLACEMENTS.get(match[1].lower(), match[0])
