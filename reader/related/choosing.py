"""From ranked neighbours to the rows of the sidebar: what kind each is, which are shown, in which order.

Weak matches are not shown: an empty list is more honest than a forced one. Only what the page itself names
(its related list, its ticker) is shown however weak, because the page says that it belongs there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from reader.model import Headline, Kind
from reader.records import dataclass
from reader.related.ranking import MINUTES_A_DAY, Match
from reader.related.vectors import Vector

ROWS_MAX = 12
RELATED_FROM = 0.25
"""Score from which a neighbour is shown: three in four are right, on graded pairs of real feeds."""
EARLIER_FROM = 0.28
"""Likeness, not faded by time, from which an older article is background."""
EARLIER_DAYS = 5
SAME_MAX, EARLIER_MAX = 5, 4
"""Rows of one section where others have something to show."""
A_FEED_MAX = 3
"""Rows of one feed among "related", as long as other feeds have some."""
COPY = 0.8
"""Cosine from which two articles are copies: one of them is enough."""
EQUAL = 0.05
"""Scores within one such step are equals, the newest of which comes first."""

ORDER: tuple[Kind, ...] = ("listed", "same story", "related", "earlier", "on this page")


@dataclass(frozen=True, slots=True)
class Asked:
    """The article whose neighbours are chosen."""

    headline: Headline
    vector: Vector
    names: frozenset[int]  # keys that are names in its text
    listed: Sequence[int] = ()  # what the article itself lists as related
    named: Sequence[int] = ()  # what else its page names, most related first


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sidebar."""

    id: int
    kind: Kind
    score: float


def worth(match: Match) -> bool:
    """Tell whether a neighbour is like enough to have a row of its own merit."""
    return match.score >= RELATED_FROM or match.likeness >= EARLIER_FROM


def choose(
    asked: Asked, matches: Sequence[Match], headlines: Mapping[int, Headline], limit: int = ROWS_MAX
) -> list[Row]:
    """Return the rows to show, section by section; `headlines` of all ids that may be shown."""
    scores = {match.id: match.score for match in matches}
    listed = [Row(id, "listed", scores.get(id, 0.0)) for id in asked.listed if id in headlines]
    sections = _sections(asked, [match for match in matches if _free(asked, match.id, headlines)], headlines)
    room = max(limit - len(listed), 0)
    same = sections.same[: max(SAME_MAX, room - len(sections.related) - len(sections.earlier))][:room]
    room -= len(same)
    kept = min(len(sections.earlier), EARLIER_MAX, room)  # of the room, for what is earlier
    fresh = sections.related[: room - kept]
    old = sections.earlier[: room - len(fresh)]
    rows = [
        *listed,
        *(Row(match.id, "same story", match.score) for match in same),
        *(Row(match.id, "related", match.score) for match in _ordered(fresh)),
        *(Row(match.id, "earlier", match.score) for match in _ordered(old)),
    ]
    shown = {row.id for row in rows} | {asked.headline.id}
    page = [id for id in asked.named if id in headlines and id not in shown]
    return [*rows, *(Row(id, "on this page", scores.get(id, 0.0)) for id in page)][:limit]


@dataclass(frozen=True, slots=True)
class _Sections:
    same: list[Match]
    related: list[Match]
    earlier: list[Match]


def _sections(asked: Asked, matches: Sequence[Match], headlines: Mapping[int, Headline]) -> _Sections:
    """Return the matches that are worth a row, by kind, best first, copies left out."""
    others = [match for match in matches if not _one_story(asked.headline, headlines[match.id])]
    copies = Copies(asked.vector)
    fresh = list(copies.sifted(_spread(_related(asked, others))))
    return _Sections(
        list(_same(asked, matches, headlines)), fresh, list(copies.sifted(_earlier(asked, others)))
    )


def _free(asked: Asked, id: int, headlines: Mapping[int, Headline]) -> bool:
    """Tell whether a neighbour may stand in any section: not listed, and no mere mention of the same page."""
    if id not in headlines or id == asked.headline.id or id in asked.listed:
        return False
    return not (headlines[id].bare and id in asked.named)


def _one_story(one: Headline, other: Headline) -> bool:
    return one.story > 0 and one.story == other.story


def _same(asked: Asked, matches: Sequence[Match], headlines: Mapping[int, Headline]) -> Iterator[Match]:
    """Yield other feeds' reports of the event, the most alike of each feed."""
    feeds = {asked.headline.feed}
    for match in matches:
        other = headlines[match.id]
        if _one_story(asked.headline, other) and not other.bare and other.feed not in feeds:
            feeds.add(other.feed)
            yield match


def _is_earlier(asked: Asked, match: Match) -> bool:
    return asked.vector.minute - match.vector.minute >= EARLIER_DAYS * MINUTES_A_DAY


def _related(asked: Asked, matches: Sequence[Match]) -> Iterator[Match]:
    for match in matches:
        if match.score >= RELATED_FROM and not _is_earlier(asked, match):
            yield match


def _earlier(asked: Asked, matches: Sequence[Match]) -> list[Match]:
    """Return the background: older articles that share at least two terms, a name among them."""
    shared = asked.vector.weights.keys()
    found = []
    for match in matches:
        if match.likeness >= EARLIER_FROM and _is_earlier(asked, match):
            common = shared & match.vector.weights.keys()
            if len(common) > 1 and not common.isdisjoint(asked.names):
                found.append(match)
    return found


def _spread(matches: Iterator[Match]) -> list[Match]:
    """Put a feed's fourth row and those after it behind the other feeds'."""
    first: list[Match] = []
    later: list[Match] = []
    count: dict[int, int] = {}
    for match in matches:
        count[match.vector.feed] = count.get(match.vector.feed, 0) + 1
        (first if count[match.vector.feed] <= A_FEED_MAX else later).append(match)
    return first + later


def _ordered(matches: Sequence[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: (-round(match.score / EQUAL), -match.vector.minute, -match.id))


class Copies:
    """Lets one of several near-copies through."""

    def __init__(self, own: Vector) -> None:
        self.seen = [own]

    def sifted(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Yield those that copy nothing seen before."""
        for match in matches:
            if all(cosine(match.vector, other) < COPY for other in self.seen):
                self.seen.append(match.vector)
                yield match


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors before rarity."""
    small, large = sorted((one.weights, other.weights), key=len)
    product = sum(weight * large[key] for key, weight in small.items() if key in large)
    sizes = sum(w * w for w in small.values()) * sum(w * w for w in large.values())
    return product / sqrt(sizes) if sizes else 0.0
