"""Articles: from a feed's entries into the tables, and one of them back out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from reader.model import Article, Entry, Evidence, Headline
from reader.store.core import Core
from reader.store.database import packed
from reader.store.saving import Saving
from reader.store.sift import Sift
from reader.store.topics import Topics
from reader.store.values import Row, Saved, maybe_moment, moment, unpacked_extras, unsqueezed

CONTENT = """
SELECT article, url, author, dateline, updated, html, summary, extra, lang
FROM content WHERE article IN carray(?)
"""

FORGET = "DELETE FROM item WHERE feed = ? AND article IN carray(?)"
BURY = "UPDATE item SET article = 0 WHERE feed = ? AND article IN carray(?)"


class Articles:
    """What the library keeps of its feeds' entries."""

    def __init__(self, core: Core, headlines: Callable[[Sequence[int]], list[Headline]]) -> None:
        self.core = core
        self.db = core.db
        self._headlines = headlines

    def sift(self, feed: int, entries: Sequence[Entry], unread: Sequence[bytes] = ()) -> tuple[Row, ...]:
        """Return rows for the entries that are new or changed since they were saved, in their order.

        Only these cost the engines any work. Known again by guid, else address, else title and text; a
        feed that changes its guids or gives one guid to several items is seen through. `unread` are the
        keys of the items that were not read again (`slices`).
        """
        return Sift(self.db, feed).run(entries, unread)

    def save(self, feed: int, rows: Sequence[Row], now: datetime) -> Saved:
        """Store what `sift` returned, with search index, topics and neighbours, in one transaction.

        New articles get ids in the order of their dates. A changed one keeps marks, place and story. What
        another process stored meanwhile is passed over. Wrap several feeds in `store.transaction` to
        commit them together.
        """
        with self.db.transaction(durable=False):
            return Saving(self.core, feed, now).run(rows)

    def get(self, article: int) -> Article | None:
        """Return an article whole, or None."""
        found = self._whole((article,))
        return found[0] if found else None

    def some(self, ids: Sequence[int]) -> list[Article]:
        """Return articles whole, in their order; ids that are gone are left out."""
        return self._whole(ids)

    def after(self, article: int = 0, limit: int = 500) -> list[Article]:
        """Return the next articles by id, for walking the whole library; bare headlines are left out."""
        ids = self.db.column(
            "SELECT article FROM state WHERE article > ? ORDER BY article LIMIT ?", (article, limit)
        )
        return self._whole(ids)

    def newest(self) -> int:
        """Return the number that was given last; 0 in a new library."""
        number: int = self.db.value("SELECT value FROM counter WHERE name = 'article'")
        return number

    def seen(self, article: int) -> datetime:
        """Return when an article that is there was first seen."""
        return moment(self.db.value("SELECT seen FROM content WHERE article = ?", (article,)))

    def evidence(self, article: int) -> tuple[Evidence, ...]:
        """Return why the article belongs to its topics, strongest first."""
        return Topics(self.db).evidence(article)

    def set_topics(self, article: int, topics: Sequence[Evidence]) -> bool:
        """Give an article these topics, and no others; returns whether anything changed."""
        return Topics(self.db).assign(article, topics)

    def remove(self, ids: Sequence[int], *, forget: bool = False) -> None:
        """Delete articles. Unless told to `forget` them, a refresh does not bring them back."""
        if not ids:
            return
        with self.db.transaction():
            known = self.db.rows("SELECT feed, id FROM article WHERE id IN carray(?)", (packed(ids),))
            by_feed: dict[int, list[int]] = {}
            for feed, article in known:
                by_feed.setdefault(feed, []).append(article)
            change = FORGET if forget else BURY
            for feed, articles in by_feed.items():
                self.db.run(change, (feed, packed(articles)))
            self.core.remove(ids)

    def _whole(self, ids: Sequence[int]) -> list[Article]:
        if not ids:
            return []
        content = {number: rest for number, *rest in self.db.rows(CONTENT, (packed(ids),))}
        why = Topics(self.db).evidences(content)
        return [
            _article(row, why.get(row.id, ()), *content[row.id])
            for row in self._headlines(ids)
            if row.id in content
        ]


def _article(headline: Headline, evidence: tuple[Evidence, ...], *row: Any) -> Article:
    url, author, dateline, updated, html, summary, extra, lang = row
    categories, enclosures = unpacked_extras(extra)
    return Article(
        headline=headline,
        url=url,
        author=author,
        dateline=dateline,
        updated=maybe_moment(updated),
        html=unsqueezed(html),
        summary=unsqueezed(summary),
        categories=categories,
        enclosures=enclosures,
        lang=lang,
        evidence=evidence,
    )
