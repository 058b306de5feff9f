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
from functools import cache, lru_cache
from itertools import chain, compress
from typing import NamedTuple

from reader.records import dataclass
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
WORDS_CACHED = 32_768
"""Different words as written that stay analysed: most of what a refresh meets, in some 16 MB."""
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


class Look(NamedTuple):
    """What is known of a word as written, wherever it stands."""

    surface: str
    sights: tuple[Sight, ...]
    matter: tuple[Sight, ...]  # those that are not grammar in whatever language
    votes: int  # for the languages that it is grammar in (see `_votes`)
    capital: bool
    long: bool
    closing: bool  # ends a sentence
    cost: int  # words that it counts for


@lru_cache(WORDS_CACHED)
def _look(raw: str) -> Look | None:
    """Return what there is to know of a word, None where it has no terms."""
    surface = raw.strip(_EDGES)
    seen = sights(surface) if surface else ()
    if not seen:
        return None
    told = [sight.languages != EVERY for sight in seen]
    votes = sum(_votes(sight.languages) for sight in seen if sight.languages > 0)
    return Look(
        surface,
        seen,
        seen if all(told) else tuple(compress(seen, told)),
        votes,
        surface[0].isupper(),
        len(surface) > 3,
        raw[-1] == "." and len(surface) > 2,
        len(seen) // 2 or 1,
    )


def _looks(text: str, limit: int) -> tuple[list[Look], list[int], list[bool]]:
    """Return the first `limit` words of a text, where they start, and which seem to be names."""
    found: list[Look] = []
    starts: list[int] = []
    names: list[bool] = []
    opening, end, spent, capitals, long = True, 0, 0, 0, 0
    for match in _WORD.finditer(text):
        look = _look(match[0])
        if look is None:
            continue
        start, stop = match.span()
        if not opening:
            if start - end > 1:
                opening = not _OPENERS.isdisjoint(text[end:start])
            if look.long and not opening:
                long += 1
                capitals += look.capital
        found.append(look)
        starts.append(start)
        names.append(look.capital and not opening)
        opening, end = look.closing, stop
        spent += look.cost
        if spent >= limit:
            break
    if long and capitals >= TITLE_CASE * long:
        names = [False] * len(names)
    return found, starts, names


def scan(text: str, limit: int) -> list[Word]:
    """Return the first `limit` words of a text (two terms of a script without spaces count as one word)."""
    looks, starts, names = _looks(text, limit)
    return [
        Word(look.surface, look.sights, start, name)
        for look, start, name in zip(looks, starts, names, strict=True)
    ]


def spoken(words: Iterable[Word], lang: str = "") -> int:
    """Return the languages whose function words a text uses most, as bits.

    `lang` is what the feed says (often nothing, sometimes wrong): it decides where the words do not.
    """
    languages = [sight.languages for word in words for sight in word.sights]
    return _elected(sum(_votes(bits) for bits in languages if bits > 0), lang)


def _elected(votes: int, lang: str) -> int:
    """Return the languages with most votes, those that the feed states where they are among them."""
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
        return tuple((weight, scan(part, limit)) for weight, part, limit in self.strings(words))

    def strings(self, words: int = BODY_WORDS) -> tuple[tuple[float, str, int], ...]:
        """Return the headline and the beginning of the body, each with its weight and its limit in words."""
        title = _without(self.title, self.source)
        body = self.body[: words * CHARS_A_WORD]
        if "The post" in body:
            body = _CREDIT.sub("", body)
        return ((TITLE_WEIGHT, title, TITLE_WORDS), (BODY_WEIGHT, body, words))


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
    """Return the terms of an article by key, with their weights before rarity.

    It says what `matter` does, in half the time: every article on its way in is weighed.
    """
    parts = [(weight, *_looks(string, limit)) for weight, string, limit in text.strings(words)]
    grammar = _elected(sum(look.votes for _, looks, _, _ in parts for look in looks), text.lang)
    counts: dict[int, float] = {}
    named: set[int] = set()
    for weight, looks, _, names in parts:
        for look, name in zip(looks, names, strict=True):
            for key, grammars in look.matter:
                if not grammars & grammar:
                    counts[key] = counts.get(key, 0.0) + weight
                    if name:
                        named.add(key)
    return {key: count**0.5 * (NAME_FACTOR if key in named else 1.0) for key, count in counts.items()}
