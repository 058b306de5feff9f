"""How many cells of a terminal a text takes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_JOINER, _EMOJI = "\u200d", "\ufe0f"


def width(text: str) -> int:
    """Return the cells that `text` takes: wide characters two, marks and invisible ones none.

    Joined emoji, flags, skin tones and emoji variants count as the one picture that they are.
    """
    if text.isascii():
        return len(text)
    total = last = 0
    joined = paired = False
    for char in text:
        if char == _EMOJI and last == 1:
            cells = 1  # the character before becomes a picture of two cells
        elif joined or (_is_flag(char) and paired) or (_is_tone(char) and last):
            cells = 0
        else:
            cells = _cells(char)
        paired = _is_flag(char) and not paired
        joined = char == _JOINER
        last = cells or last
        total += cells
    return total


def _is_flag(char: str) -> bool:
    """Return whether `char` is a regional indicator: two of them are a flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_tone(char: str) -> bool:
    """Return whether `char` colours the emoji before it."""
    return "\U0001f3fb" <= char <= "\U0001f3ff"


@lru_cache(maxsize=8192)
def _cells(char: str) -> int:
    """Return the cells of a character that stands alone."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if _is_flag(char) or unicodedata.east_asian_width(char) in "WF" else 1
