"""What a reader types to find articles, taken apart: the search box and the reader's own topics ask alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

QUERY_MAX = 24
"""Pieces of a query that count: far above what anyone types, below what would take long."""

QUERY_LENGTH = 400
"""Characters of a query that count, for the same reasons."""

SHORT = 3
"""Words of fewer letters have no other number."""

_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_SIMPLE = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a "phrase" of a query."""

    text: str
    excluded: bool = False  # -word: must not be there
    quoted: bool = False
    last: bool = False  # nothing follows, not even a space: it may still be being typed


def pieces(query: str) -> tuple[Piece, ...]:
    """Return the pieces of a query in their order; any text is a query."""
    query = query[:QUERY_LENGTH]
    found = []
    for match in list(_PIECE.finditer(query))[:QUERY_MAX]:
        minus, quoted, word = match.groups()
        text = quoted if word is None else _POSSESSIVE.sub("", word)
        found.append(Piece(text, bool(minus), word is None, match.end() == len(query)))
    return tuple(found)


def forms(word: str) -> list[str]:
    """Return a word and its other number in English; a form that does not exist finds nothing."""
    if not _SIMPLE.fullmatch(word) or len(word) < SHORT:
        return [word]
    if word.endswith("ies"):
        return [word, word[:-3] + "y"]
    if word.endswith("s") and not word.endswith("ss"):
        return [word, word[:-1]]
    return [word, word + "s", *([word[:-1] + "ies"] if word.endswith("y") else [])]
