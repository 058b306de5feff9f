"""An article's text as weighted terms: what relates it to others.

The headline counts twice, the first sixty words of the body once; a capitalised word inside a sentence is
probably a name and counts more; function words of the text's language do not count at all. Weights are square
roots of these counts; rarity comes in later, when two articles are compared (`reader.related.vectors`).
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from reader.related.keys import EVERY, Sight, sights
from reader.related.stopwords import dates, languages

TITLE_WEIGHT = 2.0
BODY_WEIGHT = 1.0
NAME_FACTOR = 1.3
"""For capitalised words inside a sentence; 1.5 lost on long descriptions, where half the words are names."""
BODY_WORDS = 60
"""Of the body: news says in its first sentences what it is about."""
WHOLE_WORDS = 1_000
"""Of the body, where the headlines of one page are told apart by what it mentions anywhere."""
CHARS_A_WORD = 20
"""Looked at to find a body's words; bounds the work on text without spaces."""
TITLE_WORDS = 80
TITLE_CASE = 0.7
"""From this share of capitalised words on, a headline is set in title case and its capitals say nothing."""

# Everything between words, the breaks of Khmer and Thai (ZWSP) too; full stops, apostrophes, ampersands and
# hyphens may stand inside one.
_WORD = re.compile(
    r"[^\s!\"#$%()*+,/:;<=>?@\[\\\]^_`{|}~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00bf\u00d7\u00f7\u055a-\u055f\u0589"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u104a-\u104f\u17d4-\u17da\u200b\u2010-\u2018\u201a-\u2027"
    r"\u2030-\u205e\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u30fb\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65]+"
)
_EDGES = ".'’&-\u200c\u200d\u2060"
_OPENERS = frozenset("\"“„«‘'(:!?…\n|—–")
_CREDIT = re.compile(r"\bThe post .{1,300} (?:appeared first on|first appeared on) .{1,100}$", re.DOTALL)


class Word(NamedTuple):
    """A word where it stands in a text."""

    surface: str
    sights: tuple[Sight, ...]
    start: int
    name: bool  # capitalised where the grammar does not ask for it

    def keys(self) -> list[int]:
        """Return the keys of the word's terms."""
        return [sight.key for sight in self.sights]


def scan(text: str, limit: int) -> list[Word]:
    """Return the first `limit` words of a text (two terms of a script without spaces count as one word)."""
    found: list[Word] = []
    opening, end, spent, capitals, long = True, 0, 0, 0, 0
    for match in _WORD.finditer(text):
        raw = match[0]
        surface = raw.strip(_EDGES)
        seen = sights(surface) if surface else ()
        if not seen:
            continue
        start = match.start()
        if start - end > 1 and not opening:
            opening = not _OPENERS.isdisjoint(text[end:start])
        capital = surface[0].isupper()
        if not opening and len(surface) > 3:
            long += 1
            capitals += capital
        found.append(Word(surface, seen, start, capital and not opening))
        opening, end = raw[-1] == "." and len(surface) > 2, match.end()
        spent += len(seen) // 2 or 1
        if spent >= limit:
            break
    if long and capitals >= TITLE_CASE * long:
        return [word._replace(name=False) for word in found]
    return found


def spoken(words: Iterable[Word], lang: str = "") -> int:
    """Return the languages whose function words a text uses most, as bits.

    `lang` is what the feed says (often nothing, sometimes wrong): it decides where the words do not.
    """
    votes = 0
    for word in words:
        for sight in word.sights:
            if sight.languages > 0:
                votes += _votes(sight.languages)
    if not votes:
        return _stated(lang)
    counts = array("H", votes.to_bytes(2 * len(languages()), sys.byteorder))
    if sys.byteorder == "big":
        counts.reverse()
    most = max(counts)
    best = sum(1 << bit for bit, count in enumerate(counts) if count == most)
    return best & _stated(lang) or best


@cache
def _votes(grammars: int) -> int:
    """Return languages, given as bits, as a number with 16 bits for each: texts are counted by sums."""
    grammars &= ~dates()
    return sum(1 << 16 * bit for bit in range(len(languages())) if grammars >> bit & 1)


@lru_cache(256)
def _stated(lang: str) -> int:
    code = lang.casefold().replace("_", "-").split("-")[0][:2]
    return 1 << languages().index(code) if code in languages() else 0


@dataclass(frozen=True, slots=True)
class Text:
    """What of an article is compared: its headline and the beginning of its body, as plain text."""

    title: str
    body: str = ""
    lang: str = ""
    source: str = ""

    def parts(self, words: int = BODY_WORDS) -> tuple[tuple[float, list[Word]], ...]:
        """Return the words of the headline and the first ones of the body, each part with its weight."""
        title = _without(self.title, self.source)
        body = self.body[: words * CHARS_A_WORD]
        if "The post" in body:
            body = _CREDIT.sub("", body)
        return ((TITLE_WEIGHT, scan(title, TITLE_WORDS)), (BODY_WEIGHT, scan(body, words)))


def _without(title: str, source: str) -> str:
    """Return a headline without the name of its source at the end ("… - The Wire")."""
    if source and len(title) > len(source) + 4 and title.casefold().endswith(source.casefold()):
        rest = title[: -len(source)].rstrip()
        if rest[-1] in "-–—|·:":
            return rest[:-1].rstrip()
    return title


def matter(text: Text, words: int = BODY_WORDS) -> Iterator[tuple[float, Word, int]]:
    """Yield weight, word and key of every term that says something."""
    parts = text.parts(words)
    grammar = spoken(chain.from_iterable(part for _, part in parts), text.lang)
    for weight, part in parts:
        for word in part:
            for key, grammars in word.sights:
                if not grammars & grammar and grammars != EVERY:
                    yield weight, word, key


def weigh(text: Text, words: int = BODY_WORDS) -> dict[int, float]:
    """Return the terms of an article by key, with their weights before rarity."""
    counts: dict[int, float] = {}
    names: set[int] = set()
    for weight, word, key in matter(text, words):
        counts[key] = counts.get(key, 0.0) + weight
        if word.name:
            names.add(key)
    return {key: count**0.5 * (NAME_FACTOR if key in names else 1.0) for key, count in counts.items()}
