"""Which articles are neighbours, which tell the same story, and why: an engine over values.

`described` turns texts into what the index keeps; `neighbours` answers for one article from the index;
`storied` says which story a new article belongs to. The index itself is the library's: see `Index`.

    text -> terms (weighted words) -> vectors (rarity) -> ranking (two steps) -> choosing (rows) -> reasons
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from reader.model import Headline, Related
from reader.records import dataclass
from reader.related.choosing import ROWS_MAX, Asked, choose, worth
from reader.related.leads import Report, lead
from reader.related.ranking import Index, Match, compare, rank
from reader.related.reasons import Reasons, Wordings
from reader.related.stories import NOBODY, Joined, Stories, Telling, probe
from reader.related.terms import WHOLE_WORDS, Text, weigh
from reader.related.vectors import Rarity, Vector, charged, make, minute, pack, token, unpack

__all__ = [
    "NOBODY",
    "ROWS_MAX",
    "Context",
    "Described",
    "Index",
    "Joined",
    "Report",
    "Stories",
    "Text",
    "described",
    "lead",
    "neighbours",
    "ranked",
    "storied",
    "unpack",
]

CHOSEN_FROM = 60
"""Best matches whose headlines are read, so that kinds and feeds have something to choose from."""


@dataclass(frozen=True, slots=True)
class Described:
    """What the index keeps of one article."""

    terms: tuple[str, ...]
    packed: bytes
    vector: Vector
    rarity: Rarity

    def since(self, when: datetime) -> bool:
        """Tell whether the article was published at a time or later."""
        return self.vector.minute >= minute(when)


def described(texts: Iterable[tuple[Text, int, datetime]], index: Index) -> list[Described]:
    """Return what the index keeps of articles: (text, feed, published) each."""
    weighed = [(weigh(text), feed, minute(published)) for text, feed, published in texts]
    rarity = Rarity.of({key for weights, _, _ in weighed for key in weights}, index)
    found = []
    for weights, feed, published in weighed:
        vector = make(feed, published, weights, rarity)
        found.append(Described(tuple(map(token, vector.weights)), pack(vector), vector, rarity))
    return found


def storied(article: int, new: Described, index: Index, floor: int, stories: Stories) -> Joined | None:
    """Return the story that an article belongs to among those that came before it, if any.

    `floor`: the first id that is recent.
    """
    ids = [id for id in probe(new.vector, new.rarity, index, floor) if id < article]
    return Telling(article, new.vector, new.rarity, index, stories).join(ids) if ids else None


def ranked(article: int, index: Index, also: Collection[int] = ()) -> tuple[Vector, Rarity, list[Match]]:
    """Return an article's vector, the rarity of its terms, and its neighbours, best first."""
    vector = unpack(index.vectors((article,)).get(article, b""))
    rarity = Rarity.of(vector.weights, index)
    return vector, rarity, rank(article, vector, rarity, index, also)


@dataclass(frozen=True, slots=True)
class Context:
    """What the library knows around an article, beside the index."""

    story: Sequence[int] = ()  # the articles of the same story
    listed: Sequence[int] = ()  # what the article itself lists as related
    named: Sequence[int] = ()  # the other headlines of its page


def neighbours(
    headline: Headline,
    text: Text,
    index: Index,
    headlines: Callable[[Sequence[int]], Sequence[Headline]],
    context: Context,
    *,
    limit: int = ROWS_MAX,
) -> tuple[Related, ...]:
    """Return the rows of the sidebar for one article; `headlines` reads those of some ids."""
    given = [*context.story, *context.listed, *context.named]
    vector, rarity, matches = ranked(headline.id, index, given)
    wanted = dict.fromkeys([*given, *(match.id for match in matches[:CHOSEN_FROM] if worth(match))])
    known = {found.id: found for found in headlines(list(wanted))}
    reasons = Reasons(Wordings.of(text), vector.weights, rarity)
    page = _Page.of(text, vector, index, context.named) if context.named else _Page((), reasons)
    asked = Asked(headline, vector, reasons.wordings.names, context.listed, page.order)
    compared = {match.id: match.vector for match in matches}
    rows = []
    for row in choose(asked, matches, known, limit):
        shown = page.reasons if row.kind == "on this page" else reasons
        why = shown.why(compared[row.id].weights) if row.id in compared else ""
        rows.append(Related(known[row.id], round(min(row.score, 1.0), 3), row.kind, why))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Page:
    """The headlines that a page names beside its article, compared with the whole of it."""

    order: Sequence[int]  # most related first
    reasons: Reasons

    @classmethod
    def of(cls, text: Text, vector: Vector, index: Index, named: Sequence[int]) -> _Page:
        weights = weigh(text, WHOLE_WORDS)
        rarity = Rarity.of(weights, index)
        pool = {id: unpack(blob) for id, blob in index.vectors(named).items()}
        scores = {match.id: match.score for match in compare(charged(weights, rarity), vector, pool)}
        order = sorted(named, key=lambda named: -scores.get(named, 0.0))
        return cls(order, Reasons(Wordings.of(text, WHOLE_WORDS), weights, rarity))
