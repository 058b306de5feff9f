"""What is asked of the library with the engines' help: neighbours, the top stories, the ticker."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from reader import related as engine
from reader.library.texts import text_of
from reader.model import Coverage, Headline, Related, View
from reader.related.trending import HISTORY_DAYS, TOP_DAYS, Trend, trending
from reader.store import Store

TICKER_MAX = 30  # headlines
TICKER_FOLLOWED = 8
TICKER_TOP = 12
"""Of them top stories at most: the ticker also brings what only one source tells."""


def related(store: Store, article_id: int, *, limit: int = engine.ROWS_MAX) -> tuple[Related, ...]:
    """Return an article's neighbours for the sidebar, with why; () when there are none or it is gone."""
    article = store.articles.get(article_id)
    if article is None:
        return ()
    headline = article.headline
    context = engine.Context(
        story=[id for id in store.lists.story(article_id) if id != article_id],
        listed=store.mentions.listed(article_id),
        named=store.mentions.ticker(headline.feed),
    )

    def rows(ids: Sequence[int]) -> list[Headline]:
        return [row for row in store.lists.rows(ids) if not row.hidden]

    return engine.neighbours(headline, text_of(article), store.neighbours, rows, context, limit=limit)


def top(store: Store, now: datetime) -> list[Trend]:
    """Return the stories that several sources tell now, the first one first."""
    return _ranked(store, _covered(store, now), now)


def shown(store: Store, view: View, now: datetime, limit: int | None = None) -> array[int]:
    """Return the ids of the articles that a view shows, as `lists.ids` does; of `view.top` too.

    The top stories stand in the order of their rank, of each the articles that the view shows, its lead
    first; in a grouped view one of each.
    """
    if not view.top:
        return store.lists.ids(view, limit)
    covered = _covered(store, now)
    rank = {trend.story: place for place, trend in enumerate(_ranked(store, covered, now))}
    places = {
        article: (rank[story.story], article != story.lead)
        for story in covered
        if story.story in rank
        for article, *_ in story.reports
    }
    ids = store.lists.ids(replace(view, top=False, grouped=False, since=_since(view, now)))
    chosen = sorted((id for id in ids if id in places), key=places.__getitem__)
    if view.grouped:
        first: dict[int, int] = {}
        for id in chosen:
            first.setdefault(places[id][0], id)
        chosen = list(first.values())
    return array("q", chosen[:limit])


def _covered(store: Store, now: datetime) -> list[Coverage]:
    return store.stories.covered(now - timedelta(days=TOP_DAYS))


def _ranked(store: Store, covered: Sequence[Coverage], now: datetime) -> list[Trend]:
    feeds = {feed for story in covered for _, feed, _ in story.reports}
    outputs = store.stories.outputs(feeds, now - timedelta(days=HISTORY_DAYS)) if feeds else {}
    return trending(covered, outputs, int(now.timestamp()))


def _since(view: View, now: datetime) -> datetime | None:
    """Return where the list may begin: a top story's older reports belong to it, but not for ever."""
    floor = now - timedelta(days=2 * TOP_DAYS)
    return max(view.since, floor) if view.since else floor


def ticker(store: Store, view: View, now: datetime) -> list[Headline]:
    """Return the headlines for the ticker of a view: followed and top stories, then the newest, fairly."""
    leading = _followed(store, view, now)
    top = shown(store, replace(view, top=True, grouped=True, unread=True, keep=None), now, TICKER_TOP)
    leading.extend(id for id in top if id not in leading)
    return store.lists.ticker(view, TICKER_MAX, top=leading)


def _followed(store: Store, view: View, now: datetime) -> array[int]:
    """Return what is unread of followed stories, of each the newest report first that the view shows."""
    if view.top or not store.following.all(now):
        return array("q")
    both = f"({view.query}) followed" if view.query else "followed"
    return store.lists.ids(replace(view, query=both, grouped=True, unread=True, keep=None), TICKER_FOLLOWED)
