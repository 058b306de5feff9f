"""The rows of a list at hand: fetched page by page, and forgotten far from the cursor."""

from __future__ import annotations

from array import array
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime

from reader.model import Headline

PAGE = 200  # rows fetched at once: under 2 ms, and several screens
KEPT = 4_000  # rows remembered before the distant ones are forgotten

Rows = Callable[[Sequence[int]], Awaitable[list[Headline]]]
"""Fetches the rows of the given ids; those that are gone are left out."""


def beside(ids: Sequence[int], placed: Mapping[int, int]) -> list[int]:
    """Return rows and what they are placed by, where that is another article."""
    return [*ids, *(placed[id] for id in ids if id in placed)]


class Pages:
    """Rows by id, and which pages of the list have been asked for."""

    def __init__(self, fetch: Rows) -> None:
        self._fetch = fetch
        self._placed: Mapping[int, int] = {}
        self._rows: dict[int, Headline] = {}
        self._asked: set[int] = set()

    def get(self, id: int) -> Headline | None:
        """Return a row if it is at hand."""
        return self._rows.get(id)

    def all(self) -> list[Headline]:
        """Return every row at hand."""
        return list(self._rows.values())

    def keep(self, rows: Iterable[Headline]) -> None:
        """Have these rows at hand, in place of what was known of them."""
        self._rows.update((row.id, row) for row in rows)

    def when(self, row: Headline) -> datetime:
        """Return the time that a row stands by: of a folded story its newest report's."""
        newest = self._rows.get(self._placed.get(row.id, row.id))
        return (newest or row).published

    def begin(self, rows: Iterable[Headline], placed: Mapping[int, int]) -> None:
        """Begin another list, with these rows at hand; `placed`: the newest report of each folded story."""
        self._placed = placed
        if len(self._rows) > KEPT:
            self._rows.clear()
        self._asked.clear()
        self.keep(rows)

    def wanted(self, row: int) -> slice | None:
        """Return the page of a row if it has not been asked for; from now on it has."""
        page = row // PAGE
        if page in self._asked:
            return None
        self._asked.add(page)
        return slice(page * PAGE, (page + 1) * PAGE)

    async def load(self, ids: Sequence[int], near: array[int]) -> None:
        """Fetch rows; with too many at hand only those `near` the cursor are kept beside them."""
        rows = await self._fetch(beside(ids, self._placed))
        if len(self._rows) > KEPT:
            self._rows = {id: self._rows[id] for id in beside(near, self._placed) if id in self._rows}
            self._asked.clear()
        self.keep(rows)
