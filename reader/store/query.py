"""What a query asks for, as an expression of SQLite's FTS5: pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reader.query import And, Field, Node, Not, Or, Phrase, Word
from reader.query.words import bare, forms
from reader.records import dataclass
from reader.text import words

TEXT_MAX = 50_000
"""Characters of a body that are indexed: whole books need not be found by their last chapter."""

BEGINNING = 3
"""A last word of up to so many letters finds headlines with a word that begins so, and texts with that very
word. Looking for so short a beginning in all texts would read half the index at each key."""

MARK = "\ue000"
"""Opens the tokens that stand for the beginnings of a headline's words: a letter that no text has."""

UNSPACED = (  # compiled when first needed: so wide a set takes 2 ms of a launch
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
    return re.sub(UNSPACED, _pieces, text.replace(MARK, " ").casefold())


def beginnings(title: str) -> str:
    """Return the tokens for the beginnings of a headline's words."""
    return " ".join(map(_starts, BREAK.split(indexable(title).lower())))


@lru_cache(maxsize=16_384)
def _starts(word: str) -> str:
    return " ".join(f"{MARK}{word[:size]}" for size in range(1, min(len(word), BEGINNING) + 1))


def indexed(node: Node) -> bool:
    """Tell whether the full-text index alone knows what a query asks for."""
    if isinstance(node, And | Or):
        return all(map(indexed, node.nodes))
    if isinstance(node, Not):
        return indexed(node.node)
    return isinstance(node, Word | Phrase) or (isinstance(node, Field) and node.name == "title")


def expression(node: Node) -> Expression | None:
    """Return what a query asks of the index, of which `indexed` is true.

    Words without a letter or digit ask for nothing: false where there are no others. None where the index
    cannot say it at once: one of several, of which some must not be.
    """
    if isinstance(node, And | Or):
        parts = [expression(each) for each in node.nodes]
        found = [part for part in parts if part]
        return None if None in parts else _all(found) if isinstance(node, And) else _any(found)
    if isinstance(node, Not):
        inner = expression(node.node)
        if inner is None:
            return None
        return Expression("", inner.match) if inner.wanted else Expression(inner.unwanted)
    if isinstance(node, Field):
        return Expression(_sought(node.value, title=True))
    return Expression(_sought(node)) if isinstance(node, Word | Phrase) else None


def _all(parts: Sequence[Expression]) -> Expression:
    wanted = " AND ".join(_bracketed(part.wanted) for part in parts if part.wanted)
    return Expression(wanted, " OR ".join(_bracketed(part.unwanted) for part in parts if part.unwanted))


def _any(parts: Sequence[Expression]) -> Expression | None:
    if not all(part.wanted for part in parts):
        return None
    return Expression(" OR ".join(_bracketed(part.match) for part in parts))


def _bracketed(part: str) -> str:
    return f"({part})"


def _sought(value: Word | Phrase, *, title: bool = False) -> str:
    """Return the expression for a word or phrase, "" where it has no letter or digit."""
    quoted = isinstance(value, Phrase)
    text = _text(value.text if quoted else bare(value.text))
    if not text:
        return ""
    if quoted and not re.fullmatch(UNSPACED, text):
        found = f'"{text}"'
    elif isinstance(value, Word) and value.beginning:
        return _beginning(text, title=title)
    else:
        found = _word(text)
    return f"title : ({found})" if title else found


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
    return bool(re.fullmatch(UNSPACED, word)) and len(word) < len(words(word * 4)[0])


def _text(asked: str) -> str:
    """Return words as they may stand between FTS5's quotes, "" when no letter or digit is among them."""
    text = " ".join(indexable(asked.replace("\0", " ")).lower().replace('"', " ").split())
    return text if any(letter.isalnum() for letter in text) else ""


def _word(text: str) -> str:
    """Return the expression for a word in singular and plural."""
    if re.fullmatch(UNSPACED, text):
        return f'"{text}" *'  # a single character: the index holds pairs
    return "(" + " OR ".join(f'"{form}"' for form in forms(text)) + ")"


def _beginning(text: str, *, title: bool = False) -> str:
    """Return the expression for a word that may still be being typed."""
    column = "title : " if title else ""
    if len(text) > BEGINNING or re.search(UNSPACED, text):
        return f'{column}("{text}" *' + "".join(f' OR "{form}"' for form in forms(text)[1:]) + ")"
    start = BREAK.sub("", text)
    return f'({column}"{text}" OR beginnings : "{MARK}{start}")'


def _pieces(run: re.Match[str]) -> str:
    return f" {' '.join(words(run[0]))} "
