"""The one door through which strings from outside reach Textual and Rich.

Markup is never parsed here, and what a terminal could take for a command is taken out again: a string that
slipped the gate at ingest, or one that never passed it (an error's text, a file's name), does no harm.
"""

from __future__ import annotations

import re

from rich.text import Text
from textual.content import Content

from reader.text import one_line, plain

_NO_CHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    f"{_NO_CHARACTERS}\U000e0000-\U000e0fff]|[^\\w\\s\x00-\u02ff]{{9}}"  # marks are no word characters
)
"""What the gate of `reader.text` removes, replaces or cuts; a text without it needs no second passage."""


def clean(text: str) -> str:
    """Return long text fit for the terminal: line feeds and tabs kept. Nearly free when nothing is wrong."""
    return plain(text) if _SUSPECT.search(text) else text


def line(text: str) -> str:
    """Return text fit for the terminal on one line."""
    return one_line(text) if _SUSPECT.search(text) or "\n" in text or "\t" in text else text


def content(text: str, style: str = "") -> Content:
    """Return text from outside as Textual content, in one style if given; never markup."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def rich_text(text: str, style: str = "") -> Text:
    """Return text from outside for the widgets that want Rich's `Text` (tables, trees); never markup."""
    return Text(clean(text), style=style, end="")
