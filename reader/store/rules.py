"""The reader's own topics over what is stored: which are in force, and what the full-text index finds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from reader.store.core import Core
from reader.store.database import packed_or_none
from reader.store.query import side_by_side
from reader.store.values import unsqueezed

EVERYTHING = "SELECT article FROM state"


class Rules:
    """Which topics of the reader's own the stored articles have, and the means to bring them up to date."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db

    def all(self) -> dict[str, int]:
        """Return the reader's own topics as the stored articles have them, each with its digest."""
        return dict(self.db.rows("SELECT name, digest FROM rule"))

    def set(self, rules: Mapping[str, int]) -> None:
        """Note which of the reader's own topics the stored articles have from now on."""
        with self.db.transaction(durable=False):
            self.db.run("DELETE FROM rule")
            self.db.many("INSERT OR REPLACE INTO rule VALUES (?, ?)", rules.items())

    def everything(self) -> array[int]:
        """Return all articles."""
        return self.db.column(EVERYTHING)

    def holding(
        self, words: str, *, beginning: bool = False, numbers: bool = False, title: bool = False
    ) -> array[int]:
        """Return the articles that hold words side by side, more rather than fewer than a look would find.

        `beginning` takes every word that begins so, `numbers` singular and plural, `title` only headlines.
        Words that the index does not know, such as a sign alone or a single character of a script without
        spaces, may be anywhere.
        """
        asked = side_by_side(words, beginning=beginning, numbers=numbers)
        if not asked:
            return self.everything()
        self.core.search.flush()
        asked = f"title : ({asked})" if title else asked
        return self.db.column("SELECT rowid FROM search WHERE search MATCH ?", (asked,))

    def within(self, name: str) -> dict[int, str]:
        """Return the articles of a topic, each with the reason why it is among them."""
        sql = (
            "SELECT article, evidence FROM article_topic WHERE topic = (SELECT id FROM topic WHERE name = ?)"
        )
        return dict(self.db.rows(sql, (name,)))

    def titles(self, articles: Iterable[int]) -> dict[int, str]:
        """Return the headlines of those articles that are there."""
        wanted = packed_or_none(articles)
        if wanted is None:
            return {}
        return dict(
            self.db.rows("SELECT id, title FROM article WHERE bare = 0 AND id IN carray(?)", (wanted,))
        )

    def bodies(self, articles: Iterable[int]) -> dict[int, str]:
        """Return the content of those articles as HTML, the summary where there is no other."""
        wanted = packed_or_none(articles)
        if wanted is None:
            return {}
        sql = "SELECT article, html, summary FROM content WHERE article IN carray(?)"
        return {
            article: unsqueezed(html) or unsqueezed(summary)
            for article, html, summary in self.db.rows(sql, (wanted,))
        }
