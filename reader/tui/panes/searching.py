"""A column of text in which words are looked for, and places gone through one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.tui.panes.column import Column
from reader.tui.typeset.layout import Place
from reader.tui.typeset.lines import Piece

if TYPE_CHECKING:
    from reader.tui.typeset.finding import Spot

Hits = Callable[[str], Sequence[tuple[int, int]]]
"""Finds stretches of a text that are worth a mark."""


class Searching(Column):
    """A column with marked places, one of them the present one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ""  # that are looked for
        self._spots: list[Spot] = []
        self._here = -1  # the present one of the spots
        self._quiet = False  # only the present one is marked: the others show by themselves
        self._hits: Hits | None = None

    def _begin(self, pieces: list[Piece], place: Place) -> None:
        here, self._spots, self._here = self._here, [], -1
        super()._begin(pieces, place)
        if self._words:
            self._look()
            if self._spots:
                self._go_to(max(min(here, len(self._spots) - 1), 0))  # the same one, or the first to come
        elif self._hits is not None:
            self._light_hits()

    @property
    def finding(self) -> bool:
        """Whether places are gone through."""
        return bool(self._words or self._spots)

    @property
    def found(self) -> tuple[int, int]:
        """Which of the places is the present one, from 1, and how many there are."""
        return self._here + 1, len(self._spots)

    def want_rest(self) -> bool:
        """Ask for the rest of a text that was cut short; False when all is here."""
        return False

    def find(self, words: str) -> None:
        """Look for words and go to the first place from the top of the window on; "" finds nothing."""
        self._words, self._here, self._quiet = words, -1, False
        if words:
            self.want_rest()
        self._look()
        if self._spots:
            top = self.scroll_offset.y
            self._go_to(next((n for n, spot in enumerate(self._spots) if self._line(spot) >= top), 0))

    def go_through(self, spots: Sequence[Spot]) -> None:
        """Go to the first of these places, which show by themselves; only the present one is marked."""
        self._spots, self._here, self._quiet = list(spots), -1, True
        if self._spots:
            self._go_to(0)

    def end_find(self) -> None:
        """Look for nothing any more; the text stays where it is."""
        self._words, self._spots, self._here = "", [], -1
        self._light_hits()

    def find_next(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) place, beginning again at the other end."""
        if self._spots:
            self._go_to((self._here + direction) % len(self._spots))

    def highlight(self, hits: Hits | None) -> None:
        """Mark what a function finds in each text (a search's hits) while nothing else is looked for."""
        self._hits = hits
        if not self.finding:
            self._light_hits()

    def _look(self) -> None:
        from reader.tui.typeset.finding import light, spots

        self._spots = spots(self._pieces, self._words)
        light(self._pieces, self._spots, self._here)
        self._redraw()

    def _light_hits(self) -> None:
        from reader.tui.typeset.finding import light, struck

        light(self._pieces, struck(self._pieces, self._hits) if self._hits else ())
        self._redraw()

    def _go_to(self, place: int) -> None:
        from reader.tui.typeset.finding import light

        self._here = place
        if self._quiet:
            light(self._pieces, self._spots[place : place + 1], 0)
        else:
            light(self._pieces, self._spots, place)
        self._reveal(self._line(self._spots[place]))
        self._redraw()

    def _line(self, spot: Spot) -> int:
        return self._set.row_of(spot.piece, spot.part, spot.start)
