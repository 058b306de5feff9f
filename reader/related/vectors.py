"""Articles as small vectors of weighted terms: rarity, packing, likeness.

A packed vector holds weights before rarity, so that likeness follows the library as it grows; only the norm
is of the day it was packed. Layout, little-endian: feed (4 bytes), minute of publication (4), norm (2), then
the keys (4 each) and the weights (1 each) of the heaviest terms.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from heapq import nlargest
from importlib.resources import files
from math import log, sqrt
from typing import Protocol

from reader.related.keys import hashed
from reader.related.keys import key as key_of
from reader.related.stopwords import dates, table

TERMS_MAX = 40
"""Kept of an article: more terms add size but no quality."""
RARITY_POWER = 0.6
"""Full idf trusts typos and one-day words too much."""
BACKGROUND_TEXTS = 2_000
"""How many texts the shipped estimate of commonness counts for, beside the library's own."""
DATES_SHARE = 0.03
"""Of all texts that hold a given month or day of the week."""
NUMBERS_SHARE = 0.3
"""The same for a bare number, divided by the number: small ones are common."""
PIVOT, SLOPE = 3.5, 0.6
"""Pivoted length normalisation: short texts are not favoured for being short. PIVOT is a usual norm."""
WEIGHT_STEPS = 32
"""Steps of a packed weight: eight is the most a term reaches."""
NORM_STEPS = 1_024

_HEAD = struct.Struct("<IIH")
_BYTE_MAX, _SHORT_MAX, _INT_MAX = 0xFF, 0xFFFF, 0xFFFFFFFF


class Frequencies(Protocol):
    """How common terms are in the library."""

    def total(self) -> int:
        """Return how many articles are indexed."""
        ...

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many articles each term stands; absent ones may be left out."""
        ...


def token(key: int) -> str:
    """Return a key as the index takes it."""
    return f"{key:08x}"


@cache
def background() -> dict[int, float]:
    """Return the share of all texts that each common term stands in, by key."""
    found = {key_of(word): DATES_SHARE for word, languages in table().items() if languages & dates()}
    found.update((key_of(str(number)), NUMBERS_SHARE / number) for number in range(10, 1_000))
    for line in files("reader.related").joinpath("background.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            share, *terms = line.split()
            found.update(dict.fromkeys(map(hashed, terms), int(share) / 10_000))
    return found


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare terms are: 1 for one never seen, 0 for one in every article."""

    total: int  # articles in the library
    counts: Mapping[int, int]  # in how many of them each term stands
    values: Mapping[int, float]

    @classmethod
    def of(cls, keys: Collection[int], index: Frequencies) -> Rarity:
        """Return the rarity of these terms in a library."""
        total = index.total() + BACKGROUND_TEXTS
        usual = background()
        tokens = {token(key): key for key in keys}
        counts = {tokens[term]: count for term, count in index.frequencies(tokens).items()}
        values = {}
        for key in tokens.values():
            count = counts.get(key, 0) + BACKGROUND_TEXTS * usual.get(key, 0.0) + 0.5
            values[key] = (log(total / count) / log(total * 2)) ** RARITY_POWER if count < total else 0.0
        return cls(index.total(), counts, values)


@dataclass(frozen=True, slots=True)
class Vector:
    """What is compared of an article."""

    feed: int
    minute: int  # of publication, since 1970
    norm: float
    weights: dict[int, int]  # by key, before rarity, in WEIGHT_STEPS


def minute(when: datetime) -> int:
    """Return a time in whole minutes since 1970, within what a vector holds."""
    return min(max(int(when.timestamp() // 60), 0), _INT_MAX)


def make(feed: int, published: int, weights: Mapping[int, float], rarity: Rarity) -> Vector:
    """Return an article's vector: its heaviest terms, and their norm."""
    rare = {key: weight * rarity.values[key] for key, weight in weights.items()}
    heaviest = nlargest(TERMS_MAX, rare, key=lambda key: (rare[key], key))
    norm = sqrt(sum(rare[key] ** 2 for key in heaviest))
    steps = {key: min(max(round(weights[key] * WEIGHT_STEPS), 1), _BYTE_MAX) for key in heaviest}
    return Vector(feed & _INT_MAX, published, min(round(norm * NORM_STEPS), _SHORT_MAX) / NORM_STEPS, steps)


def pack(vector: Vector) -> bytes:
    """Return a vector as the library keeps it."""
    head = _HEAD.pack(vector.feed, vector.minute, round(vector.norm * NORM_STEPS))
    keys = array("I", vector.weights)
    if sys.byteorder == "big":
        keys.byteswap()
    return head + keys.tobytes() + bytes(vector.weights.values())


def unpack(blob: bytes) -> Vector:
    """Return what `pack` packed; a blob of another make is an empty vector."""
    size, rest = divmod(len(blob) - _HEAD.size, 5)
    if size < 0 or rest:
        return Vector(0, 0, 0.0, {})
    feed, published, norm = _HEAD.unpack_from(blob)
    keys = array("I", blob[_HEAD.size : _HEAD.size + 4 * size])
    if sys.byteorder == "big":
        keys.byteswap()
    return Vector(feed, published, norm / NORM_STEPS, dict(zip(keys, blob[len(blob) - size :], strict=True)))


def pivoted(norm: float) -> float:
    """Return the divisor for a text of this norm."""
    return (1 - SLOPE) * PIVOT + SLOPE * norm


def charged(weights: Mapping[int, float], rarity: Rarity) -> dict[int, float]:
    """Return weights (in steps) as a question: with rarity squared in, ready for `product`."""
    return {
        key: weight * rarity.values.get(key, 0.0) ** 2 / WEIGHT_STEPS**2 for key, weight in weights.items()
    }


def product(question: Mapping[int, float], other: Vector) -> float:
    """Return the product of a question and a vector, rarity included on both sides."""
    weights = other.weights
    return sum(question[key] * weights[key] for key in question.keys() & weights.keys())
