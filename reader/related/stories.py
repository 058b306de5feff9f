"""Which articles tell the same event: one at a time, at ingest, strictly.

    candidates by rare terms | cosine to each | grouped by story | likeness to the story as a whole
    | join the best, or found one | merge stories that turn out to be one

An article joins the story that is most like it, as the mean of its cosine to the nearest report and to the
story's centre. Where a new article brings two stories together, they merge if their centres are alike. A
wrong merge is worse than a missed one: at least two terms must carry it, one of them rare; the more text
there is, the more of it must be alike; no story grows for longer than two days after its first report, so
that it stays one event and does not drift along a war or a championship; and the reader's word is final: what
was taken apart never meets again. A story's number is the id of an article in it, mostly of the oldest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import sqrt
from typing import Protocol

from reader.records import dataclass
from reader.related.ranking import MINUTES_A_DAY, Index
from reader.related.vectors import Rarity, Vector, charged, product, token, unpack

DAYS = 2.0
"""From a story's oldest report to its last; what comes later is related."""
FOUND = 0.41
"""Cosine from which two feeds tell the same event."""
JOIN = 0.37
"""Likeness to a story (mean of the cosines to its nearest report and to its centre) from which one joins."""
MERGE, ABSORB = 0.48, 0.44
"""Cosine of centres from which two stories are one; a story and an article that stood alone."""
NEAR = 0.25
"""Cosine to one report below which a story is not considered."""
UPDATE = 0.7
"""Cosine from which one feed tells the same event again."""
ROOT, ROOTS = 0.1, 3
"""Cosine to the centre of a story's oldest reports that is asked as well: no story drifts, step by step."""
OWN = 0.7
"""What a cosine counts within one feed: it tells of many events in the same words."""
AGEING = 0.1
"""Taken off a cosine for each day between."""
LENGTH_SHARE, LENGTH_FROM, LENGTH_TO, LENGTH_USUAL = 0.1, 2.5, 6.0, 3.0
"""All limits rise by this share for each USUAL of norm beyond a headline's, between FROM and TO: where there
is more text, agreeing on a part of it is no proof."""
PROBES, PROBE_HITS = 7, 60
"""Heaviest terms looked up, and newest articles read for each."""
COMPARED = 30
"""Candidates whose vectors are read: those that share most."""
SAMPLED = 12
"""Reports that a story's centre is made of: the oldest half and the newest half."""
MERGED = 3
"""Stories beside the best that are considered for merging."""
EVENT_SHARE, EVENT_LEAST = 0.08, 20
"""A term that more articles hold (share of the library, number) belongs to a subject, not to an event."""
SHARED = 2
"""Terms that must be shared, of those looked up too: one name makes no event."""
UNSEEN = 0.5
"""Square of the rarity of a term that the asking article does not hold: the usual one."""


NOBODY = 0
"""In place of a feed: of headlines that have no article behind them, and belong to no story."""


class Stories(Protocol):
    """The stories so far, as the library keeps them."""

    def of(self, ids: Iterable[int]) -> Mapping[int, int]:
        """Return the story of each article that has one."""
        ...

    def members(self, story: int) -> Sequence[int]:
        """Return the articles of a story."""
        ...

    def apart(self, ids: Iterable[int]) -> Collection[int]:
        """Return the articles that the reader has parted from any of these."""
        ...


@dataclass(frozen=True, slots=True)
class Joined:
    """The decision: the article joins `story`, and so do those `moved`, from none or from another one."""

    story: int
    moved: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A story, or an article that stands alone, among the candidates."""

    story: int  # 0: stands alone
    ids: Sequence[int]  # all its articles, the oldest first
    nearest: float  # cosine to the most alike of them
    likeness: float  # the same, and the centre's


def probe(vector: Vector, rarity: Rarity, index: Index, floor: int) -> list[int]:
    """Return the recent articles (ids from `floor` on) that share most of what is rare enough for an event.

    Terms that the library did not know before are passed over: nobody else can have told of them.
    """
    question = charged(vector.weights, rarity)
    most = max(EVENT_LEAST, EVENT_SHARE * rarity.total)
    counts = rarity.counts
    rare = [(weight, key) for key, weight in question.items() if 0 < counts.get(key, 0) <= most]
    probes = sorted(rare, reverse=True)[:PROBES]
    shared: dict[int, float] = {}
    several: set[int] = set()
    for weight, key in probes:
        for hit in index.candidates((token(key),), floor, PROBE_HITS):
            if hit in shared:
                several.add(hit)
                shared[hit] += weight
            else:
                shared[hit] = weight
    meant = several if len(probes) >= SHARED else shared
    return sorted(meant, key=lambda hit: (shared[hit], hit), reverse=True)[:COMPARED]


class Telling:
    """One new article looking for its story."""

    def __init__(self, article: int, vector: Vector, rarity: Rarity, index: Index, stories: Stories) -> None:
        self.article = article
        self.vector = vector
        self.index = index
        self.stories = stories
        self.question = charged(vector.weights, rarity)
        self.squares = rarity.squares
        self.vectors = {article: vector}
        self.strictness = strictness(vector.norm)

    def join(self, ids: Sequence[int]) -> Joined | None:
        """Return the decision among candidates, or None when the article tells an event of its own."""
        groups = sorted(self._groups(ids), key=lambda group: (-group.likeness, group.ids[0]))
        best = next(filter(self._fits, groups), None)
        if best is None:
            return None
        one = [best]
        for other in [group for group in groups if group is not best][:MERGED]:
            if self._same(one, other):
                one.append(other)
        oldest = min(one, key=lambda group: group.ids[0])
        story = oldest.story or oldest.ids[0]
        return Joined(story, tuple(id for group in one if group.story != story for id in group.ids))

    def _fits(self, group: Group) -> bool:
        return group.likeness >= self.strictness * (JOIN if group.story else FOUND)

    def _groups(self, ids: Sequence[int]) -> list[Group]:
        """Return the candidates by story, those that may be meant."""
        self._read(ids)
        known = self.stories.of(ids)
        near: dict[int, float] = {}  # by story, or by what stands alone, below 0
        for id in ids:
            if id in self.vectors and self.vectors[id].feed != NOBODY:
                story = known.get(id) or -id
                near[story] = max(near.get(story, 0.0), self._alike(self.vectors[id], alone=story < 0))
        parted = self.stories.apart((self.article,))
        groups = (self._group(story, found) for story, found in near.items() if found >= NEAR)
        return [group for group in groups if self._open(group.ids) and not set(group.ids) & set(parted)]

    def _group(self, story: int, nearest: float) -> Group:
        if story < 0:
            return Group(0, (-story,), nearest, nearest)
        members = sorted(self.stories.members(story))
        own = (self.article,)
        rooted = self._cosine(own, members[:ROOTS]) >= ROOT
        likeness = (nearest + self._cosine(own, members)) / 2 if rooted else 0.0
        return Group(story, members, nearest, likeness)

    def _open(self, ids: Sequence[int]) -> bool:
        """Tell whether a story is young enough for the article."""
        return self._within(self.article, ids[0])

    def _same(self, one: Sequence[Group], other: Group) -> bool:
        """Tell whether a story is the same as those found to be one, the new article among them."""
        ids = sorted(id for group in one for id in group.ids)
        if not self._within(ids[0], other.ids[0]) or not set(other.ids).isdisjoint(self.stories.apart(ids)):
            return False
        limit = self.strictness * (MERGE if other.story else ABSORB)
        return self._cosine([*ids, self.article], other.ids) >= limit

    def _within(self, one: int, other: int) -> bool:
        self._read((one, other))
        if one not in self.vectors or other not in self.vectors:
            return False
        return days(self.vectors[one], self.vectors[other]) <= DAYS

    def _alike(self, other: Vector, *, alone: bool) -> float:
        """Return the cosine to one report, 0 where one term or too many days speak."""
        apart = days(self.vector, other)
        if apart > DAYS or len(self.question.keys() & other.weights.keys()) < SHARED:
            return 0.0
        norms = self.vector.norm * other.norm
        found = product(self.question, other) / norms - AGEING * apart if norms else 0.0
        if other.feed != self.vector.feed:
            return found
        return 0.0 if alone and found < UPDATE else OWN * found

    def _cosine(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return the cosine of the centres of two stories, by their articles in order."""
        chosen, others = sample(one), sample(other)
        self._read((*chosen, *others))
        return cosine(self._centre(chosen), self._centre(others), self.squares)

    def _centre(self, ids: Sequence[int]) -> dict[int, float]:
        return centre([self.vectors[id] for id in ids if id in self.vectors])

    def _read(self, ids: Iterable[int]) -> None:
        missing = [id for id in ids if id not in self.vectors]
        if missing:
            self.vectors |= {id: unpack(blob) for id, blob in self.index.vectors(missing).items()}


def strictness(norm: float) -> float:
    """Return the factor on all limits for a text of this norm."""
    return 1 + LENGTH_SHARE * (min(max(norm, LENGTH_FROM), LENGTH_TO) / LENGTH_USUAL - 1)


def days(one: Vector, other: Vector) -> float:
    """Return the days between two articles."""
    return abs(one.minute - other.minute) / MINUTES_A_DAY


def sample(ids: Sequence[int]) -> Sequence[int]:
    """Return the articles that speak for a story."""
    return ids if len(ids) <= SAMPLED else [*ids[: SAMPLED // 2], *ids[-SAMPLED // 2 :]]


def centre(vectors: Iterable[Vector]) -> dict[int, float]:
    """Return the sum of vectors, each of the same length, before rarity."""
    total: dict[int, float] = {}
    for vector in vectors:
        share = 1 / vector.norm if vector.norm else 0.0
        for key, weight in vector.weights.items():
            total[key] = total.get(key, 0.0) + share * weight
    return total


def cosine(one: Mapping[int, float], other: Mapping[int, float], squares: Mapping[int, float]) -> float:
    """Return the cosine of two centres, given the squares of the terms' rarity."""
    shared = sum(one[key] * other[key] * squares.get(key, UNSEEN) for key in one.keys() & other.keys())
    sizes = [sum(w * w * squares.get(key, UNSEEN) for key, w in side.items()) for side in (one, other)]
    return shared / sqrt(sizes[0] * sizes[1]) if all(sizes) else 0.0
