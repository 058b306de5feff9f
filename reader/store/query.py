"""What a reader types into the search, as an expression of SQLite's FTS5: pure.

Words are all required, the last one as a beginning while nothing follows it; "quoted words" stand side by
side; -word and -"quoted words" are excluded. Whatever else is typed is read as words: no input raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reader.text import words
from reader.text.asking import forms, pieces

TEXT_MAX = 50_000
"""Characters of a body that are indexed: whole books need not be found by their last chapter."""

BEGINNING = 3
"""A last word of up to so many letters finds headlines with a word that begins so, and texts with that very
word. Looking for so short a beginning in all texts would read half the index at each key."""

MARK = "\ue000"
"""Opens the tokens that stand for the beginnings of a headline's words: a letter that no text has."""

UNSPACED = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u17d7\u17dc\u17dd\u200b"
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Runs of scripts whose words no space ends: Thai, Lao, Burmese, Khmer, Kana, Han, Hangul."""

BREAK = re.compile(r"[\s\x00-/:-@\[-`{-\x7f\u2000-\u206f\u3000-\u3004\u3008-\u303f]+")


@dataclass(frozen=True, slots=True)
class Expression:
    """What must and what must not be found, each an FTS5 expression or ""."""

    wanted: str = ""
    unwanted: str = ""

    @property
    def match(self) -> str:
        """Both in one, for a query that wants something."""
        return f"({self.wanted}) NOT ({self.unwanted})" if self.unwanted else self.wanted

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def indexable(text: str) -> str:
    """Return text as the index takes it: folded beyond what FTS5 folds, unspaced scripts in pieces."""
    text = text[:TEXT_MAX]
    if text.isascii():
        return text
    return UNSPACED.sub(_pieces, text.replace(MARK, " ").casefold())


def beginnings(title: str) -> str:
    """Return the tokens for the beginnings of a headline's words."""
    return " ".join(map(_starts, BREAK.split(indexable(title).lower())))


@lru_cache(maxsize=16_384)
def _starts(word: str) -> str:
    return " ".join(f"{MARK}{word[:size]}" for size in range(1, min(len(word), BEGINNING) + 1))


def expression(query: str) -> Expression:
    """Return what a query asks for; false when it asks for nothing that could be found."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for piece in pieces(query):
        text = _text(piece.text)
        if not text:
            continue
        if piece.quoted and not UNSPACED.fullmatch(text):
            one = f'"{text}"'
        else:
            one = _beginning(text) if piece.last and not piece.excluded else _word(text)
        (unwanted if piece.excluded else wanted).append(one)
    return Expression(" AND ".join(wanted), " OR ".join(unwanted))


def phrase(title: str) -> str:
    """Return the expression for headlines that hold all these words side by side, "" when there are none."""
    text = _text(title)
    return f'title : "{text}"' if text else ""


def side_by_side(asked: str, *, beginning: bool = False, numbers: bool = False) -> str:
    """Return the expression for words side by side, "" where the index cannot tell.

    `beginning` takes every word that begins so, `numbers` an English word in singular and plural.
    """
    found = []
    for text in dict.fromkeys((_text(asked), _text(asked.casefold()))):
        if not text or any(map(_alone, text.split())):
            return ""
        if beginning:
            found.append(f'"{text}" *')
        else:
            found += [f'"{form}"' for form in (forms(text) if numbers else [text])]
    return " OR ".join(dict.fromkeys(found))


def _alone(word: str) -> bool:
    """Tell whether a word is less than the pieces that the index has of a script without spaces."""
    return bool(UNSPACED.fullmatch(word)) and len(word) < len(words(word * 4)[0])


def _text(asked: str) -> str:
    """Return words as they may stand between FTS5's quotes, "" when no letter or digit is among them."""
    text = " ".join(indexable(asked.replace("\0", " ")).lower().replace('"', " ").split())
    return text if any(letter.isalnum() for letter in text) else ""


def _word(text: str) -> str:
    """Return the expression for a word in singular and plural."""
    if UNSPACED.fullmatch(text):
        return f'"{text}" *'  # a single character: the index holds pairs
    return "(" + " OR ".join(f'"{form}"' for form in forms(text)) + ")"


def _beginning(text: str) -> str:
    """Return the expression for a word that may still be being typed."""
    if len(text) > BEGINNING or UNSPACED.search(text):
        return f'("{text}" *' + "".join(f' OR "{form}"' for form in forms(text)[1:]) + ")"
    start = BREAK.sub("", text)
    return f'("{text}" OR beginnings : "{MARK}{start}")'


def _pieces(run: re.Match[str]) -> str:
    return f" {' '.join(words(run[0]))} "
