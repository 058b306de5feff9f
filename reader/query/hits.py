"""Which parts of a text a query has found: for highlighting headlines, sources and articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from reader.query.tree import And, Field, Node, Or, Phrase, Word
from reader.query.words import bare, forms
from reader.records import dataclass

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3"
_BEFORE = rf"(?<![^\W_{_UNSPACED}])"
_AFTER = rf"(?![^\W_{_UNSPACED}])"
_IN_UNSPACED = f"[{_UNSPACED}]"  # compiled when first needed: so wide a set takes 2 ms of a launch
_TOKENS = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|[^\W_])*"
)

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What to highlight; false when there is nothing."""

    pattern: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return self.pattern is not None

    def ranges(self, text: str) -> Ranges:
        """Return (start, end) of each hit in a text, in their order, none within another."""
        if self.pattern is None:
            return ()
        if text.isascii():
            return tuple(match.span() for match in self.pattern.finditer(text.lower()))
        folded, places = _folded(text)
        spans = ((places[m.start()], places[m.end() - 1] + 1) for m in self.pattern.finditer(folded))
        return tuple((start, _whole(text, end)) for start, end in spans)


@lru_cache(64)
def hits(node: Node, *, anywhere: bool = False) -> Hits:
    """Return what a query wants to be seen; `anywhere`: its words may stand within longer ones."""
    spelt = dict.fromkeys(_spelt(value, anywhere=anywhere) for value in _wanted(node))
    parts = sorted((part for part in spelt if part), key=len, reverse=True)
    return Hits(re.compile("|".join(parts)) if parts else None)


def together(*found: Hits) -> Hits:
    """Return the hits of several queries as one."""
    patterns = [each.pattern.pattern for each in found if each.pattern]
    return Hits(re.compile("|".join(patterns)) if patterns else None)


def _wanted(node: Node) -> Iterator[Word | Phrase]:
    if isinstance(node, And | Or):
        for each in node.nodes:
            yield from _wanted(each)
    elif isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, Field) and node.name in ("title", "source", "author"):
        yield node.value


def _spelt(value: Word | Phrase, *, anywhere: bool) -> str:
    """Return a pattern for a word or phrase, "" where it has no letter."""
    if anywhere:
        return r"\s+".join(map(re.escape, _folded(value.text)[0].split()))
    words = _TOKENS.findall(_folded(bare(value.text))[0])
    if not words:
        return ""
    single = isinstance(value, Word) and len(words) == 1
    choices = forms(words[0]) if single else [r"\W+".join(map(re.escape, words))]
    beginning = isinstance(value, Word) and value.beginning
    before = "" if re.match(_IN_UNSPACED, words[0]) else _BEFORE
    after = "" if beginning or re.match(_IN_UNSPACED, words[-1][-1]) else _AFTER
    return f"{before}(?:{'|'.join(sorted(choices, key=len, reverse=True))}){after}"


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without case and accents, and the place in it that each character stands for."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFD", letter.casefold()):
            if not "\u0300" <= part <= "\u036f":
                folded.append("'" if part == "\u2019" else part)
                places.append(place)
    return "".join(folded), places


def _whole(text: str, end: int) -> int:
    """Return the end of a hit with the marks that belong to its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
