"""Why two articles are neighbours: the shared terms that weighed most, in the words of the one read."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from reader.records import dataclass
from reader.related.stopwords import dates
from reader.related.terms import BODY_WORDS, Text, Word, matter
from reader.related.vectors import Rarity

TERMS_MAX = 3
WEAKEST = 0.25
"""Of the heaviest shared term's weight: what is lighter explains nothing."""
RARE_ENOUGH = 0.35
"""Rarity below which a word is too common to be a reason."""
_POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Wordings:
    """How each term of a text is written there."""

    surfaces: Mapping[int, str]
    names: frozenset[int]
    runs: tuple[tuple[int, ...], ...]  # capitalised words side by side, as keys
    groups: Mapping[
        int, tuple[Word, int]
    ]  # groups of characters, in scripts without spaces: where they stand

    @classmethod
    def of(cls, text: Text, words: int = BODY_WORDS) -> Wordings:
        """Return the wordings of a text: inside a sentence rather than from a title in capitals."""
        surfaces: dict[int, str] = {}
        groups: dict[int, tuple[Word, int]] = {}
        runs: list[list[int]] = []
        names: set[int] = set()
        end = -1
        for _, word, key in matter(text, words):
            if any(sight.languages & dates() for sight in word.sights):
                continue
            if len(word.sights) > 1 and not word.surface.isascii():
                groups.setdefault(key, (word, word.keys().index(key)))
                surfaces.setdefault(key, word.surface)
            elif word.name:
                if key not in names:
                    surfaces[key] = _bare(word.surface)
                    names.add(key)
                if word.start == end + 1:
                    runs[-1].append(key)
                else:
                    runs.append([key])
                end = word.start + len(word.surface)
            elif key not in names and (key not in surfaces or surfaces[key][:1].isupper()):
                surfaces[key] = _bare(word.surface)
        return cls(surfaces, frozenset(names), tuple(map(tuple, runs)), groups)

    def phrase(self, key: int, among: Collection[int]) -> tuple[str, tuple[int, ...]]:
        """Return a name or a run of characters as whole as the terms `among` make it, and its terms."""
        if key in self.groups:
            word, place = self.groups[key]
            keys = _beside(word.keys(), place, among)
            size = len(word.surface) - len(word.sights) + 1  # of the overlapping groups
            start = word.keys().index(keys[0])
            text = word.surface[start : start + len(keys) - 1 + size] if size > 0 else word.surface
            while text and unicodedata.category(text[0])[0] == "M":
                text = text[1:]  # a vowel sign without its letter
            return text, keys
        run = next((run for run in self.runs if key in run), (key,))
        keys = _beside(run, run.index(key), among)
        return " ".join(self.surfaces[part] for part in keys), keys


def _beside(run: Sequence[int], place: int, among: Collection[int]) -> tuple[int, ...]:
    """Return the part of a run around a place whose terms are all `among` the given."""
    first = last = place
    while first and run[first - 1] in among:
        first -= 1
    while last + 1 < len(run) and run[last + 1] in among:
        last += 1
    return tuple(run[first : last + 1])


def _held(keys: Sequence[int], phrases: Iterable[Sequence[int]]) -> bool:
    """Return whether a longer phrase holds all these terms: "Lumen" says nothing beside "Port Lumen"."""
    return any(len(phrase) > len(keys) and set(keys) <= set(phrase) for phrase in phrases)


def _bare(surface: str) -> str:
    for ending in _POSSESSIVES:
        if surface.endswith(ending) and len(surface) > len(ending) + 1:
            return surface[: -len(ending)]
    return surface


@dataclass(frozen=True, slots=True)
class Reasons:
    """What an article can say about its neighbours."""

    wordings: Wordings
    weights: Mapping[int, float]  # of its terms, before rarity
    rarity: Rarity

    def why(self, other: Collection[int]) -> str:
        """Return the two or three terms shared with another that say most, names first; "" when none does."""
        weights = {key: self._weight(key) for key in self.weights.keys() & other if self._tells(key)}
        telling = sorted(weights, key=lambda key: (-weights[key], key))
        telling = [key for key in telling if weights[key] >= WEAKEST * weights[telling[0]]]
        phrases: dict[str, tuple[int, ...]] = {}
        for key in telling:
            phrase, keys = self.wordings.phrase(key, telling)
            if phrase:
                phrases[phrase] = keys
        whole = [phrase for phrase, keys in phrases.items() if not _held(keys, phrases.values())]
        heaviest = sorted(whole, key=lambda phrase: -sum(map(weights.__getitem__, phrases[phrase])))[
            :TERMS_MAX
        ]
        return ", ".join(sorted(heaviest, key=lambda phrase: phrases[phrase][0] not in self.wordings.names))

    def _weight(self, key: int) -> float:
        return self.weights[key] * self.rarity.values.get(key, 0.0)

    def _tells(self, key: int) -> bool:
        surface = self.wordings.surfaces.get(key, "")
        return bool(surface) and not surface.isdecimal() and self.rarity.values.get(key, 0.0) >= RARE_ENOUGH
