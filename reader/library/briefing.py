"""A digest: a time's articles as stories, each with its sources and a sentence from the fullest report.

Deterministic and offline: stories are what the library tells of them, sentences are the reports' own.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from reader.library.texts import body, plain
from reader.model import Coverage, Headline, View
from reader.records import dataclass
from reader.related.sentences import telling
from reader.store import Store
from reader.text import ago

FOLLOWED = 2.0
"""A followed topic counts as so many times the sources."""
FIRST = 1_000.0
"""A followed story comes before all others."""
SOURCES = 6  # named at most
READ_MAX = 4
"""Reports of a story whose headlines a sentence is chosen by, besides the fullest one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story of a digest, or a report that stands alone."""

    headline: Headline
    sources: tuple[str, ...]  # who tells it, the headline's first
    reports: tuple[int, ...]  # the articles of that time, the headline's first
    sentence: str  # "" where the reports say no more than their headlines
    url: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What a time brought."""

    articles: array[int]  # all of it, newest first
    stories: int  # of several sources
    single: int  # articles that stand alone
    told: tuple[Told, ...]  # the first ones by rank


@dataclass(frozen=True, slots=True)
class _Candidate:
    reports: tuple[int, ...]  # the one that stands for all first
    sources: int
    place: int  # of its newest report in the list


def brief(store: Store, view: View, followed: Collection[str] = (), limit: int = 20) -> Brief:
    """Return the digest of what a view shows, `limit` stories and single reports of it.

    Followed stories come first, then those that most sources tell, a followed topic (by its name) counting
    double, the newer first among equals; then single reports, newest first, each feed in its turn.
    """
    ids = store.lists.ids(replace(view, grouped=False, top=False))
    if not ids:
        return Brief(ids, 0, 0, ())
    stories, alone = _parted(ids, store.stories.covered(_oldest(store, ids)))
    topics = {name.casefold() for name in followed}
    kept = store.following.articles()
    first = _ranked(store, stories + [one for one in alone if one.reports[0] in kept], topics, limit)
    rest = [one for one in alone if one.reports[0] not in kept]
    first += _fair(store, rest, topics, limit - len(first))
    return Brief(ids, len(stories), len(alone), tuple(told for one in first if (told := _told(store, one))))


def _oldest(store: Store, ids: Sequence[int]) -> datetime:
    when = store.lists.time(ids[-1])
    if when is None:
        raise LookupError(f"article {ids[-1]} is gone")
    return when


def _parted(ids: Sequence[int], covered: Sequence[Coverage]) -> tuple[list[_Candidate], list[_Candidate]]:
    """Return the stories that at least two sources tell among `ids`, and what stands alone."""
    places = {article: place for place, article in enumerate(ids)}
    stories: list[_Candidate] = []
    for story in covered:
        here = [report for report in story.reports if report[0] in places]
        sources = len({feed for _, feed, _ in here})
        if sources > 1:
            reports = sorted((one for one, *_ in here), key=lambda one: (one != story.lead, places[one]))
            stories.append(_Candidate(tuple(reports), sources, min(places[one] for one in reports)))
    taken = {one for story in stories for one in story.reports}
    alone = [_Candidate((one,), 1, place) for one, place in places.items() if one not in taken]
    return stories, alone


def _ranked(
    store: Store, candidates: Sequence[_Candidate], topics: Collection[str], limit: int
) -> list[_Candidate]:
    factor = _factors(store, candidates, topics)
    ranked = sorted(candidates, key=lambda one: (-one.sources * factor[one.reports[0]], one.place))
    return ranked[:limit]


def _fair(
    store: Store, candidates: Sequence[_Candidate], topics: Collection[str], limit: int
) -> list[_Candidate]:
    """Return single reports, every feed's first before anybody's second, those of followed topics before."""
    if limit <= 0:
        return []
    feeds = {row.id: row.feed for row in store.lists.rows([one.reports[0] for one in candidates])}
    factor = _factors(store, candidates, topics)
    turns: Counter[tuple[int, float]] = Counter()
    order: list[tuple[float, int, int, _Candidate]] = []
    for one in candidates:
        article = one.reports[0]
        whose = (feeds.get(article, 0), factor[article])
        order.append((-factor[article], turns[whose], one.place, one))
        turns[whose] += 1
    return [one for *_, one in sorted(order, key=lambda each: each[:3])][:limit]


def _factors(store: Store, candidates: Sequence[_Candidate], topics: Collection[str]) -> dict[int, float]:
    """Return for the article that stands for each candidate what following its story or topic adds."""
    kept = store.following.articles()
    factor = {one.reports[0]: 1.0 if kept.isdisjoint(one.reports) else FIRST for one in candidates}
    if topics:
        for row in store.lists.rows(list(factor)):
            if any(topic.casefold() in topics for topic in row.topics):
                factor[row.id] *= FOLLOWED
    return factor


def _told(store: Store, candidate: _Candidate) -> Told | None:
    """Read the reports of a story and let the fullest one say it; None when all are gone meanwhile."""
    rows = store.lists.rows(candidate.reports)
    articles = [found for row in rows[: READ_MAX + 1] if (found := store.articles.get(row.id))]
    if not articles:
        return None
    texts = {article.headline.id: plain(body(article)) for article in articles}
    fullest = max(articles, key=lambda one: (len(texts[one.headline.id]), -one.headline.id))
    others = [article.headline.title for article in articles if article is not fullest]
    return Told(
        headline=rows[0],
        sources=tuple(dict.fromkeys(row.source for row in rows)),
        reports=candidate.reports,
        sentence=telling(texts[fullest.headline.id], [fullest.headline.title, *others]),
        url=articles[0].url,
    )


def summed(made: Brief) -> str:
    """Return what became of the articles: `1,204 articles are 38 stories and 611 single reports`."""
    if not made.articles:
        return "no article"
    parts = [
        words
        for number, words in (
            (made.stories, f"{made.stories:,} {'story' if made.stories == 1 else 'stories'}"),
            (made.single, f"{made.single:,} single report{'s' * (made.single != 1)}"),
        )
        if number
    ]
    many = len(made.articles)
    return f"{many:,} article{' is' if many == 1 else 's are'} {' and '.join(parts)}"


def about(told: Told, now: datetime) -> str:
    """Return topic, age and sources: `World · 2 h ago · 4 sources: The Wire, Morning Post …`."""
    names = ", ".join(told.sources[:SOURCES]) + (" …" if len(told.sources) > SOURCES else "")
    many = f"{len(told.sources)} sources: " if len(told.sources) > 1 else ""
    topic = told.headline.topics[:1]
    return " · ".join((*topic, ago(told.headline.published, now), many + names))
