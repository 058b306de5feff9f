"""Full texts: what an article's page says, kept beside what its feed says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from reader.model import Article
from reader.records import dataclass
from reader.store.core import Core
from reader.store.database import packed_or_none
from reader.store.values import moment, seconds, squeezed, unsqueezed

SHORT = 1_500
"""Characters of a feed's text below which it is taken for a beginning: some 250 words."""
RECENT = timedelta(days=14)
"""How far back a feed's articles are looked after; older ones are fetched when somebody asks."""
TRIES = 3
"""Attempts of newsread's own; after that only the reader asks again."""
PAUSE = timedelta(hours=6)
"""Between two of them."""

KEEP = """
INSERT INTO fulltext(article, url, html, words, shown, fetched, failures, error)
VALUES (?, ?, ?, ?, 1, ?, 0, '')
ON CONFLICT DO UPDATE SET url = excluded.url, html = excluded.html, words = excluded.words, shown = 1,
    fetched = excluded.fetched, failures = 0, error = ''"""
FAIL = """
INSERT INTO fulltext(article, url, html, words, shown, fetched, failures, error)
VALUES (?, '', '', '', 1, ?, 1, ?)
ON CONFLICT DO UPDATE SET fetched = iif(html = '', excluded.fetched, fetched), failures = failures + 1,
    error = excluded.error"""
WANTED = """
SELECT article.id, content.url, article.feed FROM article JOIN state ON state.article = article.id
JOIN content ON content.article = article.id LEFT JOIN fulltext ON fulltext.article = article.id
WHERE content.url <> '' AND (fulltext.article IS NULL
    OR (fulltext.html = '' AND fulltext.failures < ? AND fulltext.fetched < ?))"""


Wanted = tuple[int, str, int]
"""An article, its address, its feed."""


@dataclass(frozen=True, slots=True)
class FullText:
    """What is kept of an article's page."""

    url: str  # where the page was found in the end: what its links are relative to
    html: str
    shown: bool  # whether it is shown in place of the feed's text
    fetched: datetime


class FullTexts:
    """The full texts of the library."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db

    def get(self, article: int) -> FullText | None:
        """Return what is kept of an article's page, None when nothing is."""
        sql = "SELECT url, html, shown, fetched FROM fulltext WHERE article = ? AND html <> ''"
        for url, html, shown, fetched in self.db.rows(sql, (article,)):
            return FullText(url, unsqueezed(html), bool(shown), moment(fetched))
        return None

    def in_full(self, article: Article) -> Article:
        """Return an article with its full text where that is kept and shown; its links are whole already."""
        kept = self.get(article.headline.id)
        return replace(article, html=kept.html) if kept and kept.shown else article

    def tried(self, article: int) -> bool:
        """Whether an article's page was ever fetched, or failed to be."""
        return bool(self.db.value("SELECT 1 FROM fulltext WHERE article = ?", (article,)))

    def keep(self, article: int, url: str, html: str, words: str, now: datetime, *, body: str = "") -> bool:
        """Keep an article's full text, findable and shown from now on; False when the article is gone.

        `body`: the plain words of what its feed says, which stay findable.
        """
        with self.db.transaction(durable=False):
            title = self.db.value("SELECT title FROM article WHERE id = ? AND bare = 0", (article,))
            if title is None:
                return False
            self.db.run(KEEP, (article, url, squeezed(html), squeezed(words), seconds(now)))
            self.core.search.put(article, title, _both(body, words))
        return True

    def failed(self, article: int, error: str, now: datetime) -> None:
        """Note that an article's page could not be had; what is kept of it stays."""
        with self.db.transaction(durable=False):
            if self.db.value("SELECT 1 FROM article WHERE id = ? AND bare = 0", (article,)):
                self.db.run(FAIL, (article, seconds(now), error))

    def show(self, article: int, *, shown: bool) -> None:
        """Show the full text, or the feed's."""
        with self.db.transaction(durable=True):
            self.db.run("UPDATE fulltext SET shown = ? WHERE article = ?", (int(shown), article))

    def wanted_of(self, feeds: Iterable[int], now: datetime, limit: int) -> list[Wanted]:
        """Return the latest articles of these feeds whose pages are still to be fetched."""
        among = packed_or_none(feeds)
        if among is None:
            return []
        sql = f"{WANTED} AND article.feed IN carray(?) AND state.sort > ? ORDER BY state.sort DESC LIMIT ?"
        return self.db.rows(sql, (TRIES, seconds(now - PAUSE), among, seconds(now - RECENT), limit))

    def wanted_starred(self, now: datetime, limit: int, *, short: bool) -> list[Wanted]:
        """Return what was starred of late and is still to be fetched; `short`: where the feed's text is."""
        sql = f"{WANTED} AND state.starred > ? AND content.size < ? ORDER BY state.starred DESC LIMIT ?"
        most = SHORT if short else 1 << 62
        return self.db.rows(sql, (TRIES, seconds(now - PAUSE), seconds(now - RECENT), most, limit))

    def searched(self, bodies: Mapping[int, str]) -> dict[int, str]:
        """Return what the search looks through of articles, given the plain words of what their feeds say.

        Where a full text is kept, its words stand behind those: a page may say less than the feed does.
        """
        among = packed_or_none(bodies)
        if among is None:
            return {}
        found = self.db.rows(
            "SELECT article, words FROM fulltext WHERE html <> '' AND article IN carray(?)", (among,)
        )
        return {**bodies, **{article: _both(bodies[article], unsqueezed(words)) for article, words in found}}


def _both(body: str, words: str) -> str:
    return f"{body}\n{words}" if body else words
