"""The indexes made anew from the articles alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, islice

from reader.library.ingesting import RECENT, bare, index, tell, told_since
from reader.library.texts import BATCH, batches
from reader.model import Article, Feed
from reader.store import Store

Progress = Callable[[int, int], None]
"""Called with how many articles are done, of how many."""


def rebuild(store: Store, progress: Progress | None = None) -> int:
    """Make the index of neighbours and the stories anew from the articles; how many were indexed.

    All or nothing, article by article in the order in which they came, so that the same library gives the
    same answer each time. What the reader took apart stays apart. Stories may differ from those that grew
    with the library where articles were edited or removed since, where a feed got another name, where two
    fetches of one feed had nothing between them, and where bare headlines had made a term common.
    """
    count = 0
    with store.transaction():
        total = store.lists.counts().total
        feeds = {feed.id: feed for feed in store.feeds.all()}  # only now: others add and remove some
        store.neighbours.clear()
        store.stories.clear()
        store.slices.clear()
        for batch in batches(store):
            for feed, fetched in groupby(batch, key=lambda article: article.headline.feed):
                _tell_anew(store, feeds[feed], list(fetched))
            count += len(batch)
            if progress:
                progress(count, total)
        named = iter(store.mentions.bare())
        while some := list(islice(named, BATCH)):
            index(store, bare(store, some))
    return count


def _tell_anew(store: Store, feed: Feed, articles: Sequence[Article]) -> None:
    """Index articles that came together, and put them into their stories."""
    found = index(store, articles)
    seen = store.articles.seen(articles[0].headline.id)
    floor, fresh = store.neighbours.floor(seen - RECENT), told_since(feed, seen)
    told = {a.headline.id: known for a, known in zip(articles, found, strict=True) if known.since(fresh)}
    tell(store, told, floor)
