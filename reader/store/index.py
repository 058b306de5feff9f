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

CACHE = 32_768
"""Terms whose hash is remembered: most words of the news are among the commonest ones."""

COUNTED, REMEMBERED = 65_536, 4_096
"""Terms whose frequency, and whose newest articles, are remembered while nobody else writes."""


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
        self._counts: dict[str, int] = {}  # what was read while nobody else could write: token -> frequency
        self._floor = (ROWID_MAX, 1)  # since when, and from which article on
        self._newest: dict[str, tuple[int, int, Sequence[int]]] = {}  # token -> floor, limit, articles
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
        for token in holders.keys() & self._newest.keys():
            floor, limit, known = self._newest[token]
            self._newest[token] = (floor, limit, _newest(known, holders[token], limit))

    def drop(self) -> None:
        """Forget what was gathered."""
        self._pending.clear()
        self._holders.clear()

    def forget(self) -> None:
        """Forget what was read."""
        self._counts.clear()
        self._newest.clear()
        self._floor = (ROWID_MAX, 1)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget articles; ids that are not indexed are passed over."""
        with self.db.transaction():
            indexed = self._indexed(ids)
            if not indexed:
                return
            self.flush()
            self.forget()
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
        if self.db.writing and newest and len(tokens) == 1 and bounds[1] == ROWID_MAX:
            return self._latest(tokens[0], bounds[0], limit)
        sql = HOLDING + ("DESC LIMIT ?" if newest else "ASC LIMIT ?")
        written = tuple(self.db.column(sql, (" OR ".join(tokens), *bounds, limit)))
        low, high = bounds
        gathered = {id for token in tokens for id in self._holders.get(token, ()) if low <= id <= high}
        return tuple(sorted(gathered.union(written), reverse=newest)[:limit]) if gathered else written

    def _latest(self, token: str, floor: int, limit: int) -> tuple[int, ...]:
        """Return the newest articles that hold a token; each is looked up once in a refresh."""
        lowest, most, written = self._newest.get(token, (ROWID_MAX, 0, ()))
        if floor < lowest or limit > most:
            if len(self._newest) >= REMEMBERED:
                self._newest.clear()
            sql = HOLDING + "DESC LIMIT ?"
            written = tuple(self.db.column(sql, (token, floor, ROWID_MAX, limit)))
            self._newest[token] = (floor, limit, written)
        gathered = self._holders.get(token)
        found = _newest(written, gathered, limit) if gathered else written[:limit]
        return tuple(found) if not found or found[-1] >= floor else tuple(id for id in found if id >= floor)

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many articles each term stands, 0 included; a little high after removals."""
        given = {term: _token(term) for term in terms}
        if not given:
            return {}
        known = self._remembered(given.values()) if self.db.writing else self._stored(given.values())
        holders = self._holders
        return {
            term: known.get(token, 0) + (len(holders[token]) if token in holders else 0)
            for term, token in given.items()
        }

    def _remembered(self, tokens: Iterable[str]) -> dict[str, int]:
        """Return how many articles hold each token, of those written; each is read once in a refresh."""
        if len(self._counts) > COUNTED:
            self._counts.clear()
        missing = [token for token in tokens if token not in self._counts]
        if missing:
            self._counts |= dict.fromkeys(missing, 0) | self._stored(missing)
        return self._counts

    def _stored(self, tokens: Iterable[str]) -> dict[str, int]:
        numbers = {int(token, 16): token for token in tokens}
        sql = "SELECT hash, frequency FROM term WHERE hash IN carray(?)"
        return {numbers[number]: count for number, count in self.db.rows(sql, (packed(numbers),))}

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
        low, high, wanted = 1, self._counter("article") + 1, seconds(since)
        before, known = self._floor
        if self.db.writing and wanted >= before:  # the feeds of one refresh ask for about the same time
            low = known
        sql = "SELECT seen FROM content WHERE article >= ? ORDER BY article LIMIT 1"
        middle = low
        while low < high:
            seen = self.db.value(sql, (middle,))
            if seen is None or seen >= wanted:
                high = middle
            else:
                low = middle + 1
            middle = (low + high) // 2
        if self.db.writing:
            self._floor = wanted, low
        return low

    def recount(self) -> None:
        """Count every term anew: 0.15 s at 200,000 articles."""
        with self.db.transaction():
            self.flush()
            self.forget()
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
            self.forget()
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
        self._newest.clear()
        self._write([(article, " ".join(tokens))], dict.fromkeys(gained, 1))

    def _write(self, rows: Iterable[tuple[int, str]], gained: Mapping[str, int]) -> None:
        self.db.many("INSERT OR REPLACE INTO neighbour(rowid, terms) VALUES (?, ?)", rows)
        self.db.many(
            "INSERT INTO term VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET frequency = frequency + excluded.frequency",
            sorted((int(token, 16), count) for token, count in gained.items()),
        )
        counts = self._counts
        counts |= {token: counts[token] + count for token, count in gained.items() if token in counts}

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


def _newest(written: Sequence[int], gathered: Iterable[int], limit: int) -> Sequence[int]:
    """Return the highest ids of both, so many at most, the highest first."""
    late = sorted(gathered, reverse=True)
    if not written or late[-1] > written[0]:  # as always but in rebuilds
        return (*late, *written)[:limit]
    return sorted({*written, *late}, reverse=True)[:limit]
