"""Topics anew, after what decides them has changed."""

from __future__ import annotations

from collections.abc import Sequence

from reader import topics
from reader.library.texts import batches, body, plain
from reader.model import Entry, TopicRule
from reader.store import Store


def retopic(store: Store, rules: Sequence[TopicRule] = ()) -> int:
    """Classify every stored article anew, after a change of rules or of a feed's topic; how many changed."""
    feeds = {feed.id: feed for feed in store.feeds.all()}
    changed = 0
    for batch in batches(store):
        with store.transaction():
            for article in batch:
                feed = feeds[article.headline.feed]
                entry = Entry(title=article.headline.title, url=article.url, categories=article.categories)
                needed = topics.reads_text(entry, feed.topic, feed.title, rules)
                text = plain(body(article)) if needed else ""
                found = topics.classify(entry, feed.topic, feed.title, rules, text)
                changed += store.articles.set_topics(article.headline.id, found)
    return changed
