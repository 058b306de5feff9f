"""Articles as small vectors of weighted terms: rarity, packing, likeness.

A packed vector holds weights before rarity, so that likeness follows the library as it grows; only the norm
is of the day it was packed. Layout, little-endian: feed (4 bytes, the highest bit set), minute of publication
(4), norm (2), number of different weights (1), each weight with the number of its terms (2 each), then the
keys (4 each), the heaviest first. In vectors of the first make that bit is not set: their keys follow the
norm, and after them the weights (1 each).
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, groupby
from math import log, sqrt
from operator import mul
from typing import Protocol

from reader.records import dataclass
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
WEIGHTS_CACHED = 1_024

_HEAD = struct.Struct("<IIH")
_BYTES = [bytes((weight,)) for weight in range(256)]
_GROUPED = 1 << 31  # in the feed's place: weights stand in groups
_BYTE_MAX, _SHORT_MAX, _INT_MAX, _FEED_MAX = 0xFF, 0xFFFF, 0xFFFFFFFF, _GROUPED - 1


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
    squares: Mapping[int, float]  # of the values

    @classmethod
    def of(cls, keys: Collection[int], index: Frequencies) -> Rarity:
        """Return the rarity of these terms in a library."""
        held = index.total()
        total = held + BACKGROUND_TEXTS
        usual = background()
        tokens = {token(key): key for key in keys}
        counts = {tokens[term]: count for term, count in index.frequencies(tokens).items()}
        values = {}
        known: dict[float, float] = {}  # most terms share their count with others
        for key in keys:
            count = counts.get(key, 0) + BACKGROUND_TEXTS * usual.get(key, 0.0) + 0.5
            value = known.get(count)
            if value is None:
                value = (log(total / count) / log(total * 2)) ** RARITY_POWER if count < total else 0.0
                known[count] = value
            values[key] = value
        return cls(held, counts, values, {key: value * value for key, value in values.items()})


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
    values = rarity.values
    rare = [(weight * values[key], key) for key, weight in weights.items()]
    rare.sort(reverse=True)
    del rare[TERMS_MAX:]
    norm = min(round(sqrt(sum([value**2 for value, _ in rare])) * NORM_STEPS), _SHORT_MAX) / NORM_STEPS
    steps = [(-_steps(weights[key]), key) for _, key in rare]
    steps.sort()  # as it is packed
    return Vector(
        feed & _FEED_MAX,
        published,
        min(round(norm * NORM_STEPS), _SHORT_MAX) / NORM_STEPS,
        {key: -weight for weight, key in steps},
    )


@lru_cache(WEIGHTS_CACHED)
def _steps(weight: float) -> int:
    """Return a weight as it is packed; counts are few, and so are their roots."""
    return min(max(round(weight * WEIGHT_STEPS), 1), _BYTE_MAX)


def pack(vector: Vector) -> bytes:
    """Return a vector as the library keeps it; its terms stand by weight, as `make` orders them."""
    head = _HEAD.pack(vector.feed | _GROUPED, vector.minute, round(vector.norm * NORM_STEPS))
    sizes = [(weight, len(list(same))) for weight, same in groupby(vector.weights.values())]
    return (
        head
        + bytes((len(sizes), *chain.from_iterable(sizes)))
        + _little(array("I", vector.weights)).tobytes()
    )


def unpack(blob: bytes) -> Vector:
    """Return what `pack` packed, now or in its first make; a damaged one is an empty vector."""
    if len(blob) <= _HEAD.size:
        return Vector(0, 0, 0.0, {})
    feed, published, norm = _HEAD.unpack_from(blob)
    keys, weights = (_grouped if feed & _GROUPED else _paired)(blob[_HEAD.size :])
    if len(keys) != 4 * len(weights):
        return Vector(0, 0, 0.0, {})
    terms = dict(zip(_little(array("I", keys)), weights, strict=True))
    return Vector(feed & _FEED_MAX, published, norm / NORM_STEPS, terms)


def _grouped(rest: bytes) -> tuple[bytes, bytes]:
    """Return keys and weights."""
    start = 1 + 2 * rest[0]
    sizes = rest[1:start]
    return rest[start:], b"".join(map(mul, map(_BYTES.__getitem__, sizes[::2]), sizes[1::2]))


def _paired(rest: bytes) -> tuple[bytes, bytes]:
    """Return keys and weights of a vector of the first make."""
    start = len(rest) // 5 * 4
    return rest[:start], rest[start:]


def _little(keys: array[int]) -> array[int]:
    """Return an array that was or will be in the file's order of bytes."""
    if sys.byteorder == "big":
        keys.byteswap()
    return keys


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
