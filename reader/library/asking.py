"""What is asked of the library with the engines' help: the neighbours of an article."""

from __future__ import annotations

from reader import related as engine
from reader.library.texts import text_of
from reader.model import Related
from reader.store import Store


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
    return engine.neighbours(
        headline, text_of(article), store.neighbours, store.lists.rows, context, limit=limit
    )
