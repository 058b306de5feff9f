"""What the handlers of HTML's elements have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.document.builder import Builder
from reader.document.elements import BLOCKS, UNSEEN

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attributes = dict[str, str | None]
Leave = Callable[[], None]
"""What to do at an element's end."""
Handler = Callable[[Builder, "LexborNode", Attributes], Leave | bool]
"""Begins an element; False: what is inside is not shown."""


def number(text: str | None, default: int, lowest: int, highest: int) -> int:
    """Return an attribute's whole number within bounds, `default` when it is none."""
    text = (text or "").strip()
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
        return default
    return min(max(int(text), lowest), highest)


def raw(node: LexborNode) -> str:
    """Return the text below an element as it stands, a line feed for each `<br>` and around blocks."""
    parts: list[str] = []
    above: list[LexborNode] = []
    here = node.child
    while here is not None or above:
        if here is None:
            left = above.pop()
            if left.tag in BLOCKS and parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            here = left.next
            continue
        tag = here.tag
        if tag == "-text":
            parts.append(here.text_content or "")
        elif tag == "br":
            parts.append("\n")
        elif tag and tag not in UNSEEN:
            beside = tag == "code" and here.prev is not None and here.prev.tag == "code"  # a line each
            if (tag in BLOCKS or beside) and parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            above.append(here)
            here = here.child
            continue
        here = here.next
    return "".join(parts)
