"""What the engines read of an article: its plain text, and walking the whole library."""

from __future__ import annotations

from collections.abc import Iterator

from reader.model import Article
from reader.related import Text
from reader.store import Store

TEXT_MAX = 20_000
"""Characters of a body that are indexed for search: a long report, and a bound for the hostile."""
BATCH = 500


def batches(store: Store) -> Iterator[list[Article]]:
    """Yield all articles of the library, the oldest first."""
    last = 0
    while batch := store.articles.after(last, BATCH):
        yield batch
        last = batch[-1].headline.id


def text_of(article: Article) -> Text:
    """Return what of an article is compared with others."""
    return Text(article.headline.title, plain(body(article)), article.lang, article.headline.source)


def body(article: Article) -> str:
    """Return an article's content as HTML, its summary where it has no other."""
    return article.html or article.summary


def plain(html: str) -> str:
    """Return HTML as plain text."""
    from reader import document  # brings selectolax, which a first screen does not need

    return document.plain_text(html, TEXT_MAX) if html else ""
