"""Pictures that the terminal itself draws, as the desk hangs them: sent, placed, painted anew, taken away.

A wall is told of every painting of the screen. Kitty's needs only know the sizes: its pictures stand in
cells. Sixels are painted over cells, and go with whatever is written there; so they follow each painting that
touched them, within the same one as far as the terminal can, and only where nothing else covers the article.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual.cache import LRUCache
from textual.geometry import Region

from reader.pictures import kitty, sharp
from reader.pictures.sixel import BAND, Sixels
from reader.tui.typeset.figure import Sharp

if TYPE_CHECKING:
    from reader.tui.panes.column import Hung

KEPT = 32
"""Parts of pictures that are remembered as sixels: a few megabytes; scrolling back paints at once."""


class Way(NamedTuple):
    """How the terminal draws pictures, by its own answers."""

    kind: str  # "kitty", "sixel"
    cell: tuple[int, int]  # width and height in pixels
    colours: int = 256
    true: bool = True  # whether it is given true colours
    widest: int = 0  # pixels of a picture across, 0 for any

    def shape(self, size: tuple[int, int]) -> float:
        """Return how many lines a picture takes for each column."""
        return size[1] * self.cell[0] / (size[0] * self.cell[1])


class Wall(Protocol):
    """Where pictures hang. All but `prepare` is called on the app's own thread."""

    way: Way

    def prepare(self, url: str, stored: bytes, columns: int) -> None:
        """Work a packed picture out, at most so many cells wide; on any thread. Raises ValueError."""

    def hang(self, url: str) -> Sharp | None:
        """Return how a prepared picture is drawn, None for one that is not here."""

    def painted(self, hung: Iterable[Hung], touched: Sequence[Region]) -> str:
        """Return what is to be written after the screen was painted in these regions."""

    def clear(self) -> str:
        """Take all pictures away; return what is to be written."""

    def again(self) -> str:
        """Begin again on a terminal that another program has had; return what is to be written."""


class KittyWall:
    """Pictures in placeholders: sent once, fitted anew when their size in cells changes."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self._numbers = cycle(range(kitty.FIRST, kitty.FIRST + kitty.COUNT))
        self._pictures: dict[str, tuple[int, bytes, float]] = {}  # number, PNG, shape
        self._sent: dict[str, tuple[int, int]] = {}  # columns and rows, of those that the terminal has

    def prepare(self, url: str, stored: bytes, columns: int) -> None:
        """Make the PNG, no finer than the terminal's pixels."""
        if url in self._pictures:
            return
        shape = self.way.shape(sharp.size(stored))
        width, height = columns * self.way.cell[0], round(columns * shape + 1) * self.way.cell[1]
        png = sharp.png(stored, width, height)
        self._pictures[url] = next(self._numbers), png, shape

    def hang(self, url: str) -> Sharp | None:
        """Return its shape and the colour of its placeholders."""
        if url not in self._pictures:
            return None
        number, _, shape = self._pictures[url]
        return Sharp(shape, kitty.colour(number, true=self.way.true))

    def painted(self, hung: Iterable[Hung], touched: Sequence[Region]) -> str:
        """Send what is in sight for the first time, and fit what has another size than before."""
        del touched  # what is written over placeholders takes the picture with it
        out: list[str] = []
        for url, place, seen in hung:
            if not seen or url not in self._pictures or self._sent.get(url) == tuple(place.size):
                continue
            number, png, _ = self._pictures[url]
            if url not in self._sent:
                out.append(kitty.sent(number, png))
            out.append(kitty.placed(number, *place.size))
            self._sent[url] = (place.width, place.height)
        return "".join(out)

    def clear(self) -> str:
        """Have the terminal forget what it was sent."""
        sent, pictures = self._sent, self._pictures
        self._sent, self._pictures = {}, {}
        return "".join(kitty.gone(pictures[url][0]) for url in sent)

    def again(self) -> str:
        """Send all anew when it is next in sight."""
        sent, self._sent = self._sent, {}
        return "".join(kitty.gone(self._pictures[url][0]) for url in sent)


class _Part(NamedTuple):
    """Lines of a picture at a size: what a painting shows of it."""

    url: str
    columns: int
    rows: int
    first: int
    last: int


Parts = dict[_Part, str]
Work = Callable[[], Parts]


class SixelWall:
    """Pictures painted over cells. `later` runs work on another thread, then hands what it brings back."""

    def __init__(
        self,
        way: Way,
        covered: Callable[[Region], bool],
        later: Callable[[Work, Callable[[Parts], None]], None],
    ) -> None:
        self.way = way
        self._covered, self._later = covered, later
        self._stored: dict[str, tuple[bytes, float]] = {}
        self._whole: dict[str, tuple[int, int, Sixels]] = {}  # columns, rows, at which it was worked out
        self._parts: LRUCache[_Part, str] = LRUCache(KEPT)
        self._painted: dict[Region, _Part] = {}  # what stands where
        self._busy = False

    def prepare(self, url: str, stored: bytes, columns: int) -> None:
        """Keep it: at which size it is wanted shows when it is in sight."""
        del columns
        if url not in self._stored:
            self._stored[url] = stored, self.way.shape(sharp.size(stored))

    def hang(self, url: str) -> Sharp | None:
        """Return its shape; the cells below it hold its half-blocks."""
        return Sharp(self._stored[url][1]) if url in self._stored else None

    def painted(self, hung: Iterable[Hung], touched: Sequence[Region]) -> str:
        """Paint what is new in sight and what was written over; the rest stands."""
        before, self._painted = self._painted, {}
        out: list[str] = []
        missing: list[_Part] = []
        for url, place, seen in hung:
            if (
                not seen
                or url not in self._stored
                or place.width * self.way.cell[0] > (self.way.widest or 1e9)
            ):
                continue
            part = _Part(url, *place.size, seen.y - place.y, seen.bottom - place.y)
            stands = before.get(seen) == part and not any(seen.overlaps(each) for each in touched)
            if stands:
                self._painted[seen] = part
            elif seen.width == place.width and not self._covered(seen):
                if (drawn := self._parts.get(part)) is None:
                    missing.append(part)
                elif drawn:
                    out.append(f"\x1b[{seen.y + 1};{seen.x + 1}H{drawn}")
                    self._painted[seen] = part
        if missing and not self._busy:
            self._busy = True
            self._later(partial(self._made, missing), self._keep)
        return "".join(out)

    def _made(self, parts: Sequence[_Part]) -> Parts:
        """Work parts out, on another thread; what fails stays half-blocks."""
        return {part: self._drawn(part) for part in parts}

    def _drawn(self, part: _Part) -> str:
        (width, height), stored = self.way.cell, self._stored.get(part.url)
        columns, rows, sixels = self._whole.get(part.url, (0, 0, None))
        try:
            if stored is not None and (sixels is None or (columns, rows) != (part.columns, part.rows)):
                high = part.rows * height  # its last line whole: see `Sixels.part`
                size = part.columns * width, max(high - high % BAND, 1)
                sixels = Sixels(sharp.paletted(stored[0], *size, self.way.colours))
                self._whole[part.url] = part.columns, part.rows, sixels
        except ValueError:
            return ""
        return sixels.part(part.first * height, part.last * height) if sixels else ""

    def _keep(self, made: Parts) -> None:
        self._busy = False
        for part, drawn in made.items():
            self._parts[part] = drawn

    def clear(self) -> str:
        """Forget them; what is written into their cells takes them off the screen."""
        self._stored, self._whole, self._painted = {}, {}, {}
        self._parts.clear()
        return ""

    def again(self) -> str:
        """Paint all anew."""
        self._painted = {}
        return ""


def touched(update: object, size: tuple[int, int]) -> list[Region]:
    """Return where an update of Textual's wrote: its spans, or all."""
    spans: Sequence[tuple[int, int, int]] | None = getattr(update, "spans", None)
    if spans is None:
        return [Region(0, 0, *size)]
    return [Region(left, y, right - left, 1) for y, left, right in spans]


async def aside(work: Work, then: Callable[[Parts], None]) -> None:
    """Do something slow on another thread, then what follows on this one."""
    made: Parts = {}
    try:
        made = await asyncio.to_thread(work)
    finally:
        then(made)
