"""Two steps from an article to its neighbours: candidates from the inverted index, then likeness by vectors.

Rare terms search the whole archive within a budget of postings, common ones only the articles that arrived
around the same time. The best candidates are compared by their vectors; news is local in time, so likeness
fades with the days between; where the best neighbours are good, their terms join the question once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from heapq import nlargest
from math import exp
from typing import Protocol

from reader.records import dataclass
from reader.related.vectors import Frequencies, Rarity, Vector, charged, pivoted, product, token, unpack

POSTINGS = 2_000
"""Of rare terms, read over the whole archive: more cost time and found nothing better."""
WINDOW = 20_000
"""Articles before and after the one asked about, in order of arrival, where common terms are looked up."""
WINDOW_HITS = 120
"""Of one common term on either side, the nearest."""
TERMS_ASKED = 16
"""Heaviest terms of an article that are looked up."""
COMPARED = 100
"""Candidates whose vectors are read."""
KEPT, FADED_IN_DAYS, FADED_IN_WEEKS = 0.4, 0.3, 0.3
DAYS, WEEKS = 3, 40
"""Of likeness, a part stays, a part fades within days, a part within weeks."""
FEEDBACK_FROM, FEEDBACK_BEST, FEEDBACK_SHARE = 0.2, 5, 0.6
"""Neighbours from this score on, at most so many, lend their terms with this share of their weight."""

MINUTES_A_DAY = 1_440


class Index(Frequencies, Protocol):
    """The inverted index and the vectors, as the library keeps them."""

    def candidates(
        self, terms: Iterable[str], floor_rowid: int = 0, limit: int = 200, ceiling_rowid: int = ...
    ) -> Collection[int]:
        """Return the newest articles within bounds that hold any of the terms."""
        ...

    def after(self, terms: Iterable[str], article: int, limit: int = 200) -> Collection[int]:
        """Return the next articles after one that hold any of the terms."""
        ...

    def vectors(self, ids: Iterable[int]) -> dict[int, bytes]:
        """Return the packed vectors of those articles that have one."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """A neighbour with its likeness."""

    id: int
    score: float  # likeness faded by time: what neighbours are ranked by
    likeness: float  # product of the vectors over their pivoted norms
    vector: Vector


def rank(
    article: int, vector: Vector, rarity: Rarity, index: Index, also: Collection[int] = ()
) -> list[Match]:
    """Return the neighbours of an article, best first, among equals the newest; `also` those given."""
    question = charged(vector.weights, rarity)
    ids = candidates(article, question, rarity.counts, index)
    packed = index.vectors({*ids, *also} - {article})
    pool = {found: unpack(blob) for found, blob in packed.items()}
    matches = compare(question, vector, pool)
    wider = widened(question, matches, index)
    return compare(wider, vector, pool) if wider else matches


def candidates(
    article: int, question: Mapping[int, float], counts: Mapping[int, int], index: Index
) -> list[int]:
    """Return the ids worth comparing (perhaps the article's own too): those that share most."""
    shared: dict[int, float] = {}
    left = POSTINGS
    heaviest = nlargest(TERMS_ASKED, question, key=lambda key: (question[key], key))
    for key in sorted(heaviest, key=lambda key: (counts.get(key, 0), key)):
        count = counts.get(key, 0)
        if count <= left:
            left -= count
            hits = index.candidates((token(key),), 0, POSTINGS)
        else:
            left = 0
            hits = _around(article, token(key), index)
        weight = question[key]
        for hit in hits:
            shared[hit] = shared.get(hit, 0.0) + weight
    best = sorted(zip(shared.values(), shared, strict=True), reverse=True)
    return [found for _, found in best[:COMPARED]]


def _around(article: int, term: str, index: Index) -> list[int]:
    """Return the articles that hold a common term and arrived around the same time as one, on both sides."""
    later = index.after((term,), article, WINDOW_HITS)
    before = index.candidates((term,), max(article - WINDOW, 0), WINDOW_HITS, article - 1)
    return [*before, *(hit for hit in later if hit <= article + WINDOW)]


def compare(question: Mapping[int, float], asked: Vector, pool: Mapping[int, Vector]) -> list[Match]:
    """Return the pool in order of likeness to the question."""
    own = pivoted(asked.norm)
    found = []
    for article, vector in pool.items():
        likeness = product(question, vector) / (own * pivoted(vector.norm))
        found.append(Match(article, likeness * faded(asked.minute, vector.minute), likeness, vector))
    found.sort(key=lambda match: (-round(match.score, 3), -match.vector.minute, -match.id))
    return found


def faded(one: int, other: int) -> float:
    """Return what time leaves of the likeness of two articles, by their minutes."""
    days = abs(one - other) / MINUTES_A_DAY
    return KEPT + FADED_IN_DAYS * exp(-days / DAYS) + FADED_IN_WEEKS * exp(-days / WEEKS)


def widened(question: Mapping[int, float], matches: list[Match], index: Index) -> dict[int, float]:
    """Return the question with the terms of its best answers, or nothing when none is good enough."""
    best = [match for match in matches[:FEEDBACK_BEST] if match.score >= FEEDBACK_FROM]
    lent: dict[int, float] = {}
    for match in best:
        share = FEEDBACK_SHARE * match.score / len(best)
        for key, weight in match.vector.weights.items():
            lent[key] = lent.get(key, 0.0) + share * weight
    if not lent:
        return {}
    wider = charged(lent, Rarity.of(lent, index))
    for key, asked in question.items():
        wider[key] = wider.get(key, 0.0) + asked
    return wider
