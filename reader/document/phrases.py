"""Elements inside a line: links, breaks, short quotations, readings, formulas."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from reader.document.builder import Builder
from reader.document.visit import Attributes, Handler, Leave

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PERMALINKS = frozenset(["", "#", "¶", "§", "🔗", "↩", "↩︎", "↩\ufe0e", "↑", "^"])
_SAYS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SAYS_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


def _link(builder: Builder, node: LexborNode, attributes: Attributes) -> Leave | bool:
    address = attributes.get("href") or ""
    if address.startswith("#"):  # a place in this very article: there is nothing to open
        return node.text(strip=True) not in _PERMALINKS
    return partial(builder.end_link, builder.begin_link(address))


def _break(builder: Builder, _: LexborNode, __: Attributes) -> bool:
    builder.line_break()
    return False


def _word_break(builder: Builder, _: LexborNode, __: Attributes) -> bool:
    builder.text("\u200b")
    return False


def _quotation(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    builder.text("“")
    return partial(builder.text, "”")


def _reading(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    builder.text("(")
    return partial(builder.text, ")")


def _formula(builder: Builder, _: LexborNode, attributes: Attributes) -> bool:
    words = attributes.get("alttext")
    if not words:
        return True
    builder.text(words)
    return False


def _span(builder: Builder, _: LexborNode, attributes: Attributes) -> Leave | bool:
    style = attributes.get("style")
    if not style:
        return True
    before = builder.style
    return builder.restyle(
        bold=before.bold or bool(_SAYS_BOLD.search(style)),
        italic=before.italic or bool(_SAYS_ITALIC.search(style)),
    )


def _box(builder: Builder, _: LexborNode, attributes: Attributes) -> bool:
    """Show whether a point of a list of tasks is ticked; other controls are not drawn."""
    if (attributes.get("type") or "").lower() == "checkbox":
        builder.text("☑ " if "checked" in attributes else "☐ ")
    return False


HANDLERS: dict[str, Handler] = {
    "a": _link, "br": _break, "input": _box, "math": _formula, "q": _quotation, "rt": _reading,
    "span": _span, "wbr": _word_break,
}  # fmt: skip
