"""Which articles tell the same event: one at a time, at ingest, strictly.

An article joins the story of the most alike recent article of another feed (or of its own, when it is
nearly a copy: an update). A wrong merge is worse than a missed one: likeness must be high, at least two terms
must carry it, one of them rare, and the story's founder must be alike and recent too, so that a story stays
one event and does not drift along a war or a championship. A story's number is its founder's id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from reader.related.ranking import MINUTES_A_DAY, Index
from reader.related.vectors import Rarity, Vector, charged, pivoted, product, token, unpack

DAYS = 2.0
"""From a story's founder to its last report; what comes later is related."""
JOIN = 0.4
"""Likeness from which two feeds tell the same event."""
AGREE = 0.22
"""Likeness to the story's founder that is asked as well."""
UPDATE = 0.7
"""Cosine from which one feed tells the same event again."""
AGEING = 0.03
"""Taken off the likeness for each day between."""
PROBES, PROBE_HITS = 5, 40
"""Heaviest terms looked up, and newest articles read for each."""
COMPARED = 10
"""Candidates whose vectors are read: those that share most."""
EVENT_SHARE, EVENT_LEAST = 0.02, 20
"""A term that more articles hold (share of the library, number) belongs to a subject, not to an event."""
SHARED = 2
"""Terms that must be shared: one name makes no event."""


@dataclass(frozen=True, slots=True)
class Member:
    """A recent article that a new one is compared with."""

    id: int
    story: int  # 0: none yet
    vector: Vector


@dataclass(frozen=True, slots=True)
class Joined:
    """The decision: the article joins `story`; its founder does too, where it stood alone until now."""

    story: int
    founded: bool = False


def probe(vector: Vector, rarity: Rarity, index: Index, floor: int) -> list[int]:
    """Return the recent articles (ids from `floor` on) that share most of what is rare enough for an event.

    Terms that the library did not know before are passed over: nobody else can have told of them.
    """
    question = charged(vector.weights, rarity)
    most = max(EVENT_LEAST, EVENT_SHARE * rarity.total)
    rare = [key for key in question if 0 < rarity.counts.get(key, 0) <= most]
    shared: dict[int, float] = {}
    for key in nlargest(PROBES, rare, key=lambda key: (question[key], key)):
        for hit in index.candidates((token(key),), floor, PROBE_HITS):
            shared[hit] = shared.get(hit, 0.0) + question[key]
    best = nlargest(COMPARED, zip(shared.values(), shared, strict=True))
    return sorted(found for _, found in best)


def join(
    vector: Vector, rarity: Rarity, members: Sequence[Member], founders: Mapping[int, Vector]
) -> Joined | None:
    """Return the story that an article belongs to, or None when it tells an event of its own.

    `founders` are the vectors of the members' stories, by story; one whose founder is gone is closed.
    """
    question = charged(vector.weights, rarity)
    close = [(alike(question, vector, member.vector), member) for member in members]
    for likeness, best in sorted(close, key=lambda pair: (-pair[0], pair[1].id)):
        if likeness < JOIN:
            return None
        if best.vector.feed == vector.feed and _cosine(question, vector, best.vector) < UPDATE:
            continue
        if not best.story:
            return Joined(best.id, founded=True)
        founder = founders.get(best.story)
        if founder and alike(question, vector, founder) >= AGREE:
            return Joined(best.story)
    return None


def alike(question: Mapping[int, float], asked: Vector, other: Vector) -> float:
    """Return how much two articles seem to tell one event, 0 where one term or too many days speak."""
    days = abs(asked.minute - other.minute) / MINUTES_A_DAY
    if days > DAYS or len(question.keys() & other.weights.keys()) < SHARED:
        return 0.0
    return product(question, other) / (pivoted(asked.norm) * pivoted(other.norm)) - AGEING * days


def _cosine(question: Mapping[int, float], asked: Vector, other: Vector) -> float:
    norms = asked.norm * other.norm
    return product(question, other) / norms if norms else 0.0


def members(ids: Sequence[int], vectors: Mapping[int, bytes], stories: Mapping[int, int]) -> list[Member]:
    """Return the articles to compare with, from what the library keeps of them."""
    return [Member(id, stories.get(id, 0), unpack(vectors[id])) for id in ids if id in vectors]
