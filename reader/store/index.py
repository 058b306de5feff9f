"""The index of neighbours: which articles share terms, how rare a term is, how much it weighs where.

The terms are the engine's (normalised words); here they are hashed. Three parts: an inverted index whose
rowid is the article's id, so that "the newest" is a range; a vector of the heaviest terms for each article,
opaque to the store; and a counter for each term, because counting a common one's articles costs 13 ms
at a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zlib import crc32

from reader.store.database import Database, packed, packed_or_none
from reader.store.values import seconds

HOLDING = "SELECT rowid FROM neighbour WHERE neighbour MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid "
ROWID_MAX = 2**63 - 1

DRIFT_SHARE = 20
"""One in so many articles may be gone before the terms are counted anew: removing does not know the terms."""

GATHERED = 2_000
"""Articles whose terms are held in memory before they are written, in a transaction that adds many."""

CACHE = 16_384
"""Terms whose hash is remembered: most words of the news are among the commonest ones."""


def term_hash(term: str) -> int:
    """Return the 32-bit hash that the index knows a term by; vectors may use it too."""
    return crc32(term.encode("utf-8", "replace"))


class Neighbours:
    """The index of neighbours; kept in the same transaction as the articles.

    Terms on their way into the index are gathered until the transaction ends; what is asked meanwhile is
    answered from both, because every reading of the inverted index makes it write a segment first.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self._pending: dict[int, str] = {}  # article -> its terms as tokens
        self._holders: dict[str, list[int]] = {}  # token -> articles gathered that hold it
        db.buffers.append(self)

    def add(self, article: int, terms: Iterable[str], vector: bytes) -> None:
        """Index one article, in place of what was indexed of it before."""
        self.add_all([(article, terms, vector)])

    def add_all(self, articles: Iterable[tuple[int, Iterable[str], bytes]]) -> None:
        """Index many articles at once: (id, terms, vector) each; cheaper than one by one."""
        batch = {article: (set(map(_token, terms)), vector) for article, terms, vector in articles}
        if not batch:
            return
        with self.db.transaction(durable=False):
            known = set(self._indexed(batch))
            if known or len(self._pending) >= GATHERED:
                self.flush()
            for article, (tokens, _) in batch.items():
                if article in known:
                    self._replace(article, tokens)
                else:
                    self._gather(article, tokens)
            self.db.many(
                "INSERT OR REPLACE INTO vector VALUES (?, ?)",
                ((article, vector) for article, (_, vector) in batch.items()),
            )
            self._count("neighbours", len(batch) - len(known))

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._pending:
            return
        pending, self._pending = self._pending, {}
        holders, self._holders = self._holders, {}
        self._write(sorted(pending.items()), {token: len(held) for token, held in holders.items()})

    def drop(self) -> None:
        """Forget what was gathered."""
        self._pending.clear()
        self._holders.clear()

    def remove(self, ids: Sequence[int]) -> None:
        """Forget articles; ids that are not indexed are passed over."""
        with self.db.transaction():
            indexed = self._indexed(ids)
            if not indexed:
                return
            self.flush()
            self.db.run("DELETE FROM neighbour WHERE rowid IN carray(?)", (packed(indexed),))
            self.db.run("DELETE FROM vector WHERE article IN carray(?)", (packed(indexed),))
            self._count("neighbours", -len(indexed))
            self._count("drift", len(indexed))
            if self._counter("drift") * DRIFT_SHARE > self.total():
                self.recount()

    def candidates(
        self, terms: Iterable[str], floor_rowid: int = 0, limit: int = 200, ceiling_rowid: int = ROWID_MAX
    ) -> tuple[int, ...]:
        """Return the newest articles that hold any of the terms, newest first, none outside the bounds."""
        return self._holding(terms, (floor_rowid, ceiling_rowid), limit, newest=True)

    def after(self, terms: Iterable[str], article: int, limit: int = 200) -> tuple[int, ...]:
        """Return the next articles after one that hold any of the terms, the nearest first."""
        return self._holding(terms, (article + 1, ROWID_MAX), limit, newest=False)

    def _holding(
        self, terms: Iterable[str], bounds: tuple[int, int], limit: int, *, newest: bool
    ) -> tuple[int, ...]:
        tokens = sorted(set(map(_token, terms)))
        if not tokens:
            return ()
        sql = HOLDING + ("DESC LIMIT ?" if newest else "ASC LIMIT ?")
        written = tuple(self.db.column(sql, (" OR ".join(tokens), *bounds, limit)))
        low, high = bounds
        gathered = {id for token in tokens for id in self._holders.get(token, ()) if low <= id <= high}
        return tuple(sorted(gathered.union(written), reverse=newest)[:limit]) if gathered else written

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many articles each term stands, 0 included; a little high after removals."""
        given = {term: _token(term) for term in terms}
        if not given:
            return {}
        sql = "SELECT hash, frequency FROM term WHERE hash IN carray(?)"
        known: dict[int, int] = dict(self.db.rows(sql, (packed(int(token, 16) for token in given.values()),)))
        return {
            term: known.get(int(token, 16), 0) + len(self._holders.get(token, ()))
            for term, token in given.items()
        }

    def vectors(self, ids: Iterable[int]) -> dict[int, bytes]:
        """Return the vectors of those articles that have one."""
        wanted = packed_or_none(ids)
        if wanted is None:
            return {}
        return dict(self.db.rows("SELECT article, weights FROM vector WHERE article IN carray(?)", (wanted,)))

    def total(self) -> int:
        """Return how many articles are indexed."""
        return self._counter("neighbours")

    def floor(self, since: datetime) -> int:
        """Return an id that parts the articles: those from it on were first seen at `since` or later."""
        low, high = 1, self._counter("article") + 1
        sql = "SELECT seen FROM content WHERE article >= ? ORDER BY article LIMIT 1"
        while low < high:
            middle = (low + high) // 2
            seen = self.db.value(sql, (middle,))
            if seen is None or seen >= seconds(since):
                high = middle
            else:
                low = middle + 1
        return low

    def recount(self) -> None:
        """Count every term anew: 0.15 s at 200,000 articles."""
        with self.db.transaction():
            self.flush()
            self.db.run("DELETE FROM term")
            counted = self.db.rows("SELECT term, doc FROM neighbour_terms")
            self.db.many(
                "INSERT INTO term VALUES (?, ?)", sorted((int(token, 16), n) for token, n in counted)
            )
            self.db.run("UPDATE counter SET value = 0 WHERE name = 'drift'")

    def clear(self) -> None:
        """Forget everything, for a rebuild from the articles."""
        with self.db.transaction():
            self.drop()
            self.db.run("INSERT INTO neighbour(neighbour) VALUES ('delete-all')")
            self.db.run("DELETE FROM vector")
            self.db.run("DELETE FROM term")
            self.db.run("UPDATE counter SET value = 0 WHERE name IN ('neighbours', 'drift')")

    def _gather(self, article: int, tokens: Iterable[str]) -> None:
        self._pending[article] = " ".join(tokens)
        for token in tokens:
            self._holders.setdefault(token, []).append(article)

    def _replace(self, article: int, tokens: set[str]) -> None:
        """Write an article that is indexed already; only terms new to it count."""
        gained = tokens - self._held(article, tokens)
        self._write([(article, " ".join(tokens))], dict.fromkeys(gained, 1))

    def _write(self, rows: Iterable[tuple[int, str]], gained: Mapping[str, int]) -> None:
        self.db.many("INSERT OR REPLACE INTO neighbour(rowid, terms) VALUES (?, ?)", rows)
        self.db.many(
            "INSERT INTO term VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET frequency = frequency + excluded.frequency",
            sorted((int(token, 16), count) for token, count in gained.items()),
        )

    def _indexed(self, ids: Iterable[int]) -> tuple[int, ...]:
        wanted = packed_or_none(ids)
        if wanted is None:
            return ()
        return tuple(self.db.column("SELECT article FROM vector WHERE article IN carray(?)", (wanted,)))

    def _held(self, article: int, tokens: Iterable[str]) -> set[str]:
        """Return which of the terms are indexed for the article already."""
        sql = "SELECT 1 FROM neighbour WHERE neighbour MATCH ? AND rowid = ?"
        return {token for token in tokens if self.db.value(sql, (token, article))}

    def _counter(self, name: str) -> int:
        return self.db.value("SELECT value FROM counter WHERE name = ?", (name,)) or 0

    def _count(self, name: str, change: int) -> None:
        self.db.run("UPDATE counter SET value = value + ? WHERE name = ?", (change, name))


@lru_cache(maxsize=CACHE)
def _token(term: str) -> str:
    return f"{term_hash(term):08x}"
