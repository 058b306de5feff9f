"""Full texts: which articles' pages are to be fetched, and keeping what comes of it."""

from __future__ import annotations

from datetime import datetime

from reader.config import Access, Config, extras
from reader.config.access import ALWAYS
from reader.errands.values import TEXT_MAX, Answer, Errand, errand
from reader.model import Article
from reader.store import Store
from reader.text import NewsreadError, address

MANY = 40
"""Pages fetched at once of newsread's own accord; with a second between two visits to a host, a minute."""
ANY = Access()


def asked(store: Store, article: Article) -> Errand:
    """Return the errand to an article's page. Raises NewsreadError in words when there is none to fetch."""
    extras.require("fulltext")
    url = address(article.url)
    if not url:
        raise NewsreadError("this article gives no web address: there is no page to fetch")
    return errand("article", url, store.feeds.get(article.headline.feed), article.headline.id)


def is_always(store: Store, config: Config, article: Article) -> bool:
    """Whether the reader wants every article of this one's feed whole."""
    feed = store.feeds.get(article.headline.feed)
    return feed is not None and config.feeds.get(feed.url, ANY).fulltext == ALWAYS


def wanted(store: Store, config: Config, now: datetime) -> tuple[Errand, ...]:
    """Return the errands that newsread does by itself: for feeds that are always read whole, for stars."""
    if not extras.installed("fulltext"):
        return ()
    feeds = {feed.id: feed for feed in store.feeds.all()}
    always = [id for id, feed in feeds.items() if config.feeds.get(feed.url, ANY).fulltext == ALWAYS]
    found = store.fulltexts.wanted_of(always, now, MANY)
    starred = config.reading.fulltext_starred
    if starred != "never" and len(found) < MANY:
        found += store.fulltexts.wanted_starred(now, MANY - len(found), short=starred == "short")
    urls = {article: (address(url), feeds.get(feed)) for article, url, feed in found}
    return tuple(errand("article", url, feed, id) for id, (url, feed) in urls.items() if url)


def keep(store: Store, answer: Answer, now: datetime) -> None:
    """Keep what an article's errand brought, or note that it failed."""
    if answer.error:
        store.fulltexts.failed(answer.article, answer.error, now)
    else:
        from reader import document  # brings selectolax

        article = store.articles.get(answer.article)
        body = document.plain_text(article.html or article.summary, TEXT_MAX) if article else ""
        store.fulltexts.keep(answer.article, answer.address, answer.html, answer.text, now, body=body)
