"""What typesetting makes: runs of ink on lines, and pieces of an article that break into lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from rich.cells import cell_len

from reader.records import dataclass
from reader.tui.typeset.wrap import Cut, drawn, hyphenated, joint, narrow, wrap, wrap_exactly

WIDEST_PREFIX = 2
"""Bars and indents may take one in this many of a line's cells; the outermost go first in deep nesting."""


class Ink(NamedTuple):
    """How text looks, by meaning: the palette turns it into colours."""

    role: str = "text"
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    code: bool = False
    link: int = -1  # index into the article's links
    topic: str = ""  # drawn in this topic's colour
    pixels: str = ""  # of a picture: the colour of a cell's upper half, and of its lower half, `rrggbb` each
    found: int = 0  # HIT where it is one of the places that were looked for, HERE where it is the present one


HIT, HERE = 1, 2


class Light(NamedTuple):
    """A stretch of a piece's text that is marked while it is shown."""

    part: int  # which of the piece's texts: a table has one for each cell
    start: int
    end: int
    found: int = HIT


class Run(NamedTuple):
    """A stretch of a line in one ink."""

    text: str
    ink: Ink


Runs = tuple[Run, ...]


class Line(NamedTuple):
    """A line ready to be drawn, at most as wide as the column."""

    runs: Runs
    lead: int = 0  # characters of indent, bar or bullet before the text
    joint: str | None = None  # what joins it to the next line of its paragraph when copied; None: a line feed

    @property
    def text(self) -> str:
        """The characters drawn."""
        return "".join(run.text for run in self.runs)

    @property
    def pictorial(self) -> bool:
        """Whether it is a line of a picture: nothing to copy."""
        return bool(self.runs and self.runs[-1].ink.pixels)


class Laid(Protocol):
    """A piece broken into lines for one width."""

    @property
    def height(self) -> int:
        """How many lines it takes."""

    def line(self, row: int) -> Line:
        """Return one of its lines."""

    def offset(self, row: int) -> int:
        """Return where in the piece's text a line begins: the same place at every width."""

    def row(self, offset: int) -> int:
        """Return the line that shows a place in the text."""

    def row_of(self, part: int, start: int) -> int:
        """Return the line that shows a place in one of the piece's texts."""


class Piece(Protocol):
    """A part of an article that breaks into lines by itself: a paragraph, a table, a rule."""

    gap: int
    gap_runs: Runs

    @property
    def text(self) -> str:
        """Its words, for counting."""

    @property
    def parts(self) -> Sequence[str]:
        """The texts that can be searched."""

    def light(self, lights: Sequence[Light]) -> None:
        """Mark these stretches from now on, and no others; the lines stay where they are."""

    def lay(self, width: int) -> Laid:
        """Break it into lines of at most `width` cells."""


class Marked(NamedTuple):
    """Text with its inks: `marks` are (start, ink), the first at 0."""

    text: str
    marks: tuple[tuple[int, Ink], ...]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> Marked:
        """Join runs into one text."""
        parts: list[str] = []
        marks: list[tuple[int, Ink]] = []
        at = 0
        for text, ink in runs:
            if text:
                marks.append((at, ink))
                parts.append(text)
                at += len(text)
        return cls("".join(parts), tuple(marks))

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """Yield the runs of `text[start:end]`, without the characters that are never drawn."""
        for text, ink in self.stored(start, end):
            yield Run(drawn(text), ink)

    def lit(self, lights: Iterable[Light]) -> Marked:
        """Return the text with stretches of it marked; they come in order and do not overlap."""
        runs: list[Run] = []
        at = 0
        for _, start, end, found in lights:
            runs.extend(self.stored(at, start))
            runs.extend(Run(text, ink._replace(found=found)) for text, ink in self.stored(start, end))
            at = end
        runs.extend(self.stored(at, len(self.text)))
        return Marked.of(runs)

    def stored(self, start: int, end: int) -> Iterator[Run]:
        """Yield the runs of `text[start:end]` as they are stored."""
        index = max(bisect_right(self.marks, start, key=lambda mark: mark[0]) - 1, 0)
        while start < end:
            following = self.marks[index + 1][0] if index + 1 < len(self.marks) else end
            stop = min(following, end)
            yield Run(self.text[start:stop], self.marks[index][1])
            start, index = stop, index + 1

    def line(self, cut: Cut) -> Runs:
        """Return the runs of a line; a change of ink inside a grapheme is dropped: it would move cells."""
        runs = tuple(self.runs(*cut))
        if hyphenated(self.text, cut) and runs:
            runs = (*runs, Run("-", runs[-1].ink))
        if len(runs) > 1 and not narrow(self.text[cut[0] : cut[1]]):
            whole = "".join(run.text for run in runs)
            if cell_len(whole) != cells(runs):
                return (Run(whole, runs[0].ink),)
        return runs


@dataclass(slots=True, kw_only=True)
class Prose:
    """A paragraph, heading, list item or code: text that wraps between its prefix and the column's edge."""

    marked: Marked
    first: Runs = ()  # before the first line: indents, bars, a bullet
    rest: Runs = ()  # before the others, as wide
    gap: int = 0  # blank lines above
    gap_runs: Runs = ()  # the bars that run through them
    align: str = "left"  # "left", "right" (right-to-left scripts) or "centre"
    fill: Ink | None = None  # background to the column's edge, and every space kept: program text
    lights: Sequence[Light] = ()
    _lit: Marked | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.marked.text

    @property
    def parts(self) -> Sequence[str]:
        """The words, in which places can be looked for."""
        return (self.marked.text,)

    def light(self, lights: Sequence[Light]) -> None:
        """Mark these stretches; worked out when a line of it comes into sight."""
        self.lights, self._lit = lights, None

    @property
    def shown(self) -> Marked:
        """The text as it is drawn at present."""
        if not self.lights:
            return self.marked
        if self._lit is None:
            self._lit = self.marked.lit(self.lights)
        return self._lit

    def lay(self, width: int) -> LaidProse:
        """Break the text."""
        return LaidProse(self, width)


class LaidProse:
    """Prose broken into lines; what a line looks like is worked out when it is asked for."""

    __slots__ = ("_cuts", "_first", "_prose", "_rest", "_width")

    def __init__(self, prose: Prose, width: int) -> None:
        room = width // WIDEST_PREFIX
        self._prose = prose
        self._first = _clipped(prose.first, room)
        self._rest = _clipped(prose.rest, room)
        self._width = max(width - max(cells(self._first), cells(self._rest)), 1)
        padding = 2 if prose.fill else 0
        breaking = wrap_exactly if prose.fill else wrap
        self._cuts = breaking(prose.text, self._width - padding)

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return len(self._cuts)

    def offset(self, row: int) -> int:
        """Return the index in the text at which a line begins."""
        return self._cuts[row][0]

    def row(self, offset: int) -> int:
        """Return the line that holds an index of the text."""
        return max(bisect_right(self._cuts, offset, key=lambda cut: cut[0]) - 1, 0)

    def row_of(self, part: int, start: int) -> int:
        """Return the line that holds an index of the text, the only one."""
        del part
        return self.row(start)

    def line(self, row: int) -> Line:
        """Return one line with its prefix, aligned and filled."""
        prose, cut = self._prose, self._cuts[row]
        prefix = self._rest if row else self._first
        runs = prose.shown.line(cut)
        if prose.fill:
            runs = _filled(runs, prose.fill, self._width)
        last = row + 1 == len(self._cuts)
        seam = None if last or prose.fill else joint(prose.text, cut, self._cuts[row + 1])
        if prose.align == "left":
            return Line((*prefix, *runs), sum(len(run.text) for run in prefix), seam)
        slack = max(self._width - cells(runs), 0)
        if prose.align == "centre":
            pad = (Run(" " * (slack // 2), Ink()),)
            return Line((*prefix, *pad, *runs), sum(len(run.text) for run in (*prefix, *pad)), seam)
        return Line((Run(" " * slack, Ink()), *runs, *mirrored(prefix)), slack, seam)


def cells(runs: Iterable[Run]) -> int:
    """Return how many cells runs fill."""
    return sum(cell_len(run.text) for run in runs)


def mirrored(prefix: Runs) -> Runs:
    """Return a prefix as it stands at the right edge: bullet and indents in reverse order."""
    swapped = []
    for text, ink in reversed(prefix):
        core = text.strip(" ")
        before = len(text) - len(text.lstrip(" "))
        after = len(text) - len(core) - before
        swapped.append(Run(" " * after + core.replace("▎", "▕") + " " * before, ink))
    return tuple(swapped)


def _filled(runs: Runs, fill: Ink, width: int) -> Runs:
    return (Run(" ", fill), *runs, Run(" " * max(width - cells(runs) - 1, 1), fill))


def _clipped(prefix: Runs, room: int) -> Runs:
    """Return the innermost bars and indents that `room` cells hold."""
    for index in range(len(prefix) - 1, -1, -1):
        room -= cell_len(prefix[index].text)
        if room < 0:
            return prefix[index + 1 :]
    return prefix


def blank(prefix: Sequence[Run]) -> Line:
    """Return an empty line through which the bars of a quote run on."""
    return Line(tuple(prefix), sum(len(run.text) for run in prefix))
