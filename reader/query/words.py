"""Words as they are compared: English singular and plural, without the possessive."""

from __future__ import annotations

import re

SHORT = 3
"""Words of fewer letters have no other number."""

_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_SIMPLE = re.compile(r"[a-z]+")


def bare(word: str) -> str:
    """Return a word without its possessive: `minister's` asks for the minister."""
    return _POSSESSIVE.sub("", word)


def forms(word: str) -> list[str]:
    """Return a word and its other number in English; a form that does not exist finds nothing."""
    if not _SIMPLE.fullmatch(word) or len(word) < SHORT:
        return [word]
    if word.endswith("ies"):
        return [word, word[:-3] + "y"]
    if word.endswith("s") and not word.endswith("ss"):
        return [word, word[:-1]]
    return [word, word + "s", *([word[:-1] + "ies"] if word.endswith("y") else [])]
