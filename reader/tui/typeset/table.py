"""Tables: columns as wide as their words ask for, cells wrapped, numbers to the right.

A table that is wider than the pane keeps its first column in sight and shows as many of the others as fit;
they are moved sideways under it, whole columns at a time. Where not even that fits, it is told row by row:
"Heading: cell".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from itertools import zip_longest
from math import inf

from rich.cells import cell_len

from reader.records import dataclass
from reader.tui.typeset.lines import Ink, Light, Line, Marked, Run, Runs, cells
from reader.tui.typeset.shares import row_at, share
from reader.tui.typeset.wrap import Cut, drawn, wrap

SEPARATOR = " │ "
RULE = "─"
NARROWEST = 7
"""A column with fewer cells than this breaks nearly every word."""
WIDEST = 28  # cells of a column of a table that is moved sideways
ROOMIEST = 12  # columns that are set side by side without moving
TOLD_BELOW = 30  # cells of room in which nothing can be moved sideways: rows are told one by one
_NUMBER = re.compile(r"[-+−±]?[$€£¥]?\s?\d[\d\s.,'’]*\s?[%‰]?[a-zA-Z]{0,3}")
_EMPTY = Marked("", ())
_RULED, _NOTE = Ink("rule"), Ink("note")

Rows = tuple[tuple[Marked, ...], ...]


@dataclass(slots=True, kw_only=True)
class Grid:
    """A table: rows of cells, the first row its heading if it has one."""

    rows: Rows
    header: bool
    aligned: tuple[str, ...] = ()
    rest: Runs = ()
    gap: int = 0
    gap_runs: Runs = ()
    keys: str = ""  # those that move it sideways, as they are shown below it
    moved: int = 0  # columns that went out of sight behind the first
    lights: dict[int, list[Light]] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max((len(row) for row in self.rows), default=0)

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(self.parts)

    @property
    def parts(self) -> Sequence[str]:
        """The words of each cell, row by row."""
        return [cell.text for row in self.rows for cell in row]

    def light(self, lights: Sequence[Light]) -> None:
        """Mark these stretches of cells."""
        self.lights = {}
        for light in lights:
            self.lights.setdefault(light.part, []).append(light)

    def lay(self, width: int) -> LaidGrid:
        """Set the table for a width."""
        return LaidGrid(self, width)

    def cell(self, row: int, column: int) -> Marked:
        """Return a cell as it is drawn at present."""
        cells_of = self.rows[row]
        if column >= len(cells_of):
            return _EMPTY
        if self.lights:
            part = sum(len(above) for above in self.rows[:row]) + column
            if lights := self.lights.get(part):
                return cells_of[column].lit(lights)
        return cells_of[column]


@dataclass(frozen=True, slots=True)
class _Told:
    """A line of a table that is told: a stretch of a cell after its heading."""

    row: int
    column: int
    label: Run
    cut: Cut


class LaidGrid:
    """A table set for one width; its lines are drawn when they come into sight."""

    __slots__ = ("_cuts", "_fits", "_grid", "_lines", "_prefix", "_room", "_sides", "_widths", "movable")

    def __init__(self, grid: Grid, width: int) -> None:
        self._grid = grid
        self._prefix = grid.rest if cells(grid.rest) <= width // 2 else ()
        self._room = max(width - cells(self._prefix), NARROWEST)
        natural = _natural(grid.rows)
        separators = (len(natural) - 1) * len(SEPARATOR)
        widths = _widths(natural, self._room - separators) if len(natural) <= ROOMIEST else None
        if widths is None and sum(natural) + separators <= self._room:
            widths = natural
        self._fits = widths is not None
        self._widths = widths or _movable(natural, self._room)
        self._sides = _sides(grid, len(natural))
        self._cuts = [
            [wrap(cell.text, size) for cell, size in zip(row, self._widths, strict=False)]
            for row in grid.rows
        ]
        self._lines: list[tuple[int, int] | _Told | None] = []  # row and its line; None: a rule
        if not self._fits and self._room < TOLD_BELOW:
            self._lines = list(_told(grid, self._room))
        else:
            self._stack()
        self.movable = self._farthest()
        """By how many columns it can be moved sideways."""

    def _stack(self) -> None:
        heights = [max(map(len, row), default=1) for row in self._cuts]
        header = self._grid.header
        spread = any(height > 1 for height in heights[header:])
        for row, height in enumerate(heights):
            if row and (spread or (header and row == 1)):
                self._lines.append(None)
            self._lines.extend((row, line) for line in range(height))

    def _farthest(self) -> int:
        """Return by how many columns it can be moved sideways."""
        if self._fits or self._room < TOLD_BELOW:
            return 0
        moved = len(self._widths) - 2
        while moved > 0 and self._window(moved - 1)[-1] == len(self._widths) - 1:
            moved -= 1
        return moved

    def _window(self, moved: int) -> list[int]:
        """Return the columns in sight."""
        if self._fits:
            return list(range(len(self._widths)))
        shown = [0]
        room = self._room - self._widths[0]
        for column in range(1 + moved, len(self._widths)):
            room -= len(SEPARATOR) + self._widths[column]
            if room < 0:
                break
            shown.append(column)
        return shown

    @property
    def height(self) -> int:
        """How many lines it takes; one below says which columns are in sight."""
        return max(len(self._lines), 1) + (self.movable > 0)

    def line(self, row: int) -> Line:
        """Return one line."""
        runs = self._note() if row >= len(self._lines) else self._runs(self._lines[row])
        return Line((*self._prefix, *runs), sum(len(run.text) for run in self._prefix))

    def _runs(self, entry: tuple[int, int] | _Told | None) -> Runs:
        if isinstance(entry, _Told):
            return _told_line(self._grid, entry)
        shown = self._window(self._grid.moved)
        if entry is None and not self._fits and self._room < TOLD_BELOW:
            return (Run(RULE * min(self._room, 12), _RULED),)
        if entry is None:
            return (Run(f"{RULE}┼{RULE}".join(RULE * self._widths[column] for column in shown), _RULED),)
        row, line = entry
        out: list[Run] = []
        for place, column in enumerate(shown):
            if place:
                out.append(Run(SEPARATOR, _RULED))
            out.extend(self._cell(row, column, line))
        return tuple(run for run in out if run.text)

    def _cell(self, row: int, column: int, line: int) -> Runs:
        cuts = self._cuts[row][column] if column < len(self._cuts[row]) else []
        runs = self._grid.cell(row, column).line(cuts[line]) if line < len(cuts) else ()
        slack = self._widths[column] - cells(runs)
        before = {"right": slack, "centre": slack // 2}.get(self._sides[column], 0)
        return (Run(" " * before, Ink()), *runs, Run(" " * (slack - before), Ink()))

    def _begins(self, row: int, column: int, line: int) -> float:
        """Return where in a cell's text a line of its row begins; beyond all when it has none there."""
        cuts = self._cuts[row][column]
        return inf if line >= len(cuts) else cuts[line][0] if line else 0

    def _note(self) -> Runs:
        if not self.movable:
            return ()
        moved, count = self._grid.moved, len(self._widths)
        last = self._window(moved)[-1] + 1
        span = f"columns {moved + 2}–{last}" if last > moved + 2 else f"column {last}"
        words = f"{'◂ ' if moved else ''}{span} of {count}{' ▸' if last < count else ''}"
        if self._grid.keys and len(words) + len(self._grid.keys) + 13 <= self._room:
            words += f" · {self._grid.keys} move it"
        return (Run(words[: self._room], _NOTE),)

    def move(self, columns: int) -> bool:
        """Move the table sideways; False where it is at its edge or wholly in sight."""
        moved = max(0, min(self._grid.moved + columns, self.movable))
        before, self._grid.moved = self._grid.moved, moved
        return moved != before

    def offset(self, row: int) -> int:
        """Return the place of a line: its share of the table, alike at every width."""
        return share(row, self.height)

    def row(self, offset: int) -> int:
        """Return the line nearest to that share."""
        return row_at(offset, self.height)

    def row_of(self, part: int, start: int) -> int:
        """Return the line of a place in a cell, its column moved into sight."""
        row = 0
        while row + 1 < len(self._grid.rows) and part >= len(self._grid.rows[row]):
            part -= len(self._grid.rows[row])
            row += 1
        if self.movable and part and part not in self._window(self._grid.moved):
            self._grid.moved = min(part - 1, self.movable)
        found = 0
        for place, entry in enumerate(self._lines):
            if isinstance(entry, _Told):
                if (entry.row, entry.column) == (row, part) and entry.cut[0] <= start + len(entry.label.text):
                    found = place
            elif entry and entry[0] == row and self._begins(row, part, entry[1]) <= start:
                found = place
        return found


def _natural(rows: Rows) -> list[int]:
    """Return the cells that each column would fill unbroken."""
    return [
        max((cell_len(line) for cell in column for line in drawn(cell.text).split("\n")), default=1) or 1
        for column in zip_longest(*rows, fillvalue=_EMPTY)
    ]


def _widths(natural: Sequence[int], room: int) -> list[int] | None:
    """Share `room` cells among the columns: small ones take what they need, the others equal parts."""
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    while open_columns:
        share_of = room // len(open_columns)
        index = open_columns.pop(0)
        if natural[index] > share_of and share_of < NARROWEST:
            return None
        widths[index] = min(natural[index], share_of)
        room -= widths[index]
    return widths


def _movable(natural: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns that are moved sideways under the first."""
    first = min(natural[0], max(room // 3, NARROWEST))
    most = max(min(WIDEST, room - first - len(SEPARATOR)), NARROWEST)
    return [first, *(min(width, most) for width in natural[1:])]


def _sides(grid: Grid, count: int) -> list[str]:
    """Return how each column is aligned: as the page says, else numbers to the right."""
    body = grid.rows[1:] if grid.header else grid.rows
    columns = [
        [cell.text.strip() for cell in column if cell.text.strip()]
        for column in zip_longest(*body, fillvalue=_EMPTY)
    ]
    numeric = [bool(column) and all(map(_NUMBER.fullmatch, column)) for column in columns]
    numeric += [False] * (count - len(numeric))
    stated = [*grid.aligned, *[""] * count][:count]
    return [side or ("right" if number else "left") for side, number in zip(stated, numeric, strict=True)]


def _told(grid: Grid, room: int) -> Sequence[_Told | None]:
    """Return a table's lines row by row, each cell after its heading."""
    names = grid.rows[0] if grid.header else ()
    out: list[_Told | None] = []
    for row in range(int(grid.header), len(grid.rows)):
        if out:
            out.append(None)
        for column, cell in enumerate(grid.rows[row]):
            if cell.text.strip():
                name = names[column].text.strip() if column < len(names) else ""
                label = Run(f"{name}: " if name else "", Ink("table-head"))
                out.extend(_Told(row, column, label, cut) for cut in wrap(label.text + cell.text, room))
    return out


def _told_line(grid: Grid, entry: _Told) -> Runs:
    cell = grid.cell(entry.row, entry.column)
    whole = Marked.of((entry.label, *cell.stored(0, len(cell.text))))
    return whole.line(entry.cut)
