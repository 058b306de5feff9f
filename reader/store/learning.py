"""How often terms stood in articles of a stated topic: counts that the text classifier learns from."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

from reader.store.database import Database, packed
from reader.store.index import term_hash

TOPIC_BITS = 4
"""Of each packed count: up to 16 topics."""
CACHED = 16_384
REMEMBERED = 32_768
"""Terms whose counts are remembered during a refresh."""
NOTHING: dict[int, int] = {}


class Learned:
    """Counts on their way are gathered until the transaction ends, and counted in before.

    They are never exact: articles that are removed or edited leave their words behind. `clear` and adding
    every article again makes them so.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self._gained: dict[int, Counter[int]] = {}  # term -> articles by topic
        self._known: dict[int, dict[int, int]] = {}  # what was read while nobody else could write
        db.buffers.append(self)

    def add(self, lang: str, terms: Iterable[str], topic: int, times: int = 1) -> None:
        """Count an article of a topic with its terms (-1: take it back); only inside a transaction."""
        for term in ("", *terms):
            self._gained.setdefault(_hash(lang, term), Counter())[topic] += times

    def counts(self, lang: str, terms: Iterable[str]) -> dict[str, dict[int, int]]:
        """Return articles by topic for each of the terms that has any; the term "" is in every article."""
        hashes = {_hash(lang, term): term for term in terms}
        rows = self._remembered(hashes) if self.db.writing else self._read(hashes)
        found = {hashes[number]: row for number, row in rows.items()}
        for number in self._gained.keys() & hashes.keys():
            found[hashes[number]] = _sum(found.get(hashes[number], {}), self._gained[number])
        return found

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._gained:
            return
        gained, self._gained = self._gained, {}
        before = self._read(gained)
        now = {number: _sum(before.get(number, {}), gained[number]) for number in sorted(gained)}
        self.db.many(
            "INSERT OR REPLACE INTO learned(term, counts) VALUES (?, ?)",
            ((number, _packed(counts)) for number, counts in now.items()),
        )
        self._known |= {number: counts for number, counts in now.items() if number in self._known}

    def drop(self) -> None:
        """Forget what was gathered."""
        self._gained = {}

    def forget(self) -> None:
        """Forget what was read."""
        self._known = {}

    def clear(self) -> None:
        """Forget everything."""
        with self.db.transaction(durable=False):
            self.drop()
            self.forget()
            self.db.run("DELETE FROM learned")

    def _remembered(self, terms: Collection[int]) -> dict[int, dict[int, int]]:
        """Return the stored counts of those terms that have any; each is read once."""
        if len(self._known) > REMEMBERED:
            self.forget()
        known = self._known
        missing = [number for number in terms if number not in known]
        if missing:
            known |= dict.fromkeys(missing, NOTHING) | self._read(missing)
        return {number: row for number in terms if (row := known[number])}

    def _read(self, terms: Iterable[int]) -> dict[int, dict[int, int]]:
        sql = "SELECT term, counts FROM carray(?) CROSS JOIN learned ON term = value"
        return {number: _unpacked(row) for number, row in self.db.rows(sql, (packed(terms),))}


@lru_cache(CACHED)
def _hash(lang: str, term: str) -> int:
    return term_hash(f"{lang} {term}")


def _sum(one: dict[int, int], other: Counter[int]) -> dict[int, int]:
    """Return counts together, none below nought."""
    both = {topic: one.get(topic, 0) + other[topic] for topic in one.keys() | other.keys()}
    return {topic: count for topic, count in both.items() if count > 0}


def _packed(counts: dict[int, int]) -> bytes:
    return struct.pack(f"<{len(counts)}I", *(n << TOPIC_BITS | topic for topic, n in sorted(counts.items())))


def _unpacked(row: bytes) -> dict[int, int]:
    numbers = struct.unpack(f"<{len(row) // 4}I", row)
    return {number & ((1 << TOPIC_BITS) - 1): number >> TOPIC_BITS for number in numbers}
