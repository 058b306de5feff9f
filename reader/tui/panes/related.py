"""The sidebar: what else was written about this, in sections, each row with its why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from textual.message import Message

from reader.model import Headline, Related
from reader.records import dataclass
from reader.tui.panes.rowlist import RowList
from reader.tui.typeset.sidebar import Drawn, in_order, neighbours, nothing


class RelatedPane(RowList):
    """Neighbours of the open article."""

    @dataclass
    class Opened(Message):
        """The reader wants to read this neighbour."""

        id: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Related, ...] = ()
        self._now = datetime.now(UTC)
        self._nothing = ""
        self._others = 0

    def show(self, rows: Sequence[Related], now: datetime, *, others: int = 0) -> None:
        """Show neighbours; with the same articles as before (marks changed) nothing moves.

        `others`: how many other sources tell the article's story in all.
        """
        ordered = in_order(rows)
        same = [row.headline.id for row in ordered] == [row.headline.id for row in self._rows]
        self._rows, self._now, self._nothing, self._others = ordered, now, "", others
        self.lay_anew() if same else self.begin()

    def remark(self, marked: Callable[[Headline], Headline]) -> None:
        """Show changed marks."""
        rows = tuple(replace(row, headline=marked(row.headline)) for row in self._rows)
        if rows != self._rows:
            self._rows = rows
            self.lay_anew()

    def show_empty(self, words: str) -> None:
        """Show why there is nothing ("nothing else about this yet")."""
        self._rows, self._nothing = (), words
        self.begin()

    @property
    def selected(self) -> int | None:
        """The id of the headline under the cursor."""
        return self._rows[self.cursor].headline.id if self._rows else None

    def open_selected(self) -> None:
        """Ask for the article under the cursor."""
        if (selected := self.selected) is not None:
            self.post_message(self.Opened(selected))

    def laid(self, width: int) -> Iterable[Drawn]:
        """Return the lines at a width."""
        return (
            nothing(self._nothing, width)
            if self._nothing
            else neighbours(self._rows, width, self._now, self._others)
        )
