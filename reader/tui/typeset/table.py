"""Tables: columns as wide as their words ask for, cells wrapped, numbers to the right.

A table with more columns than the pane has room for is told row by row instead: "Heading: cell".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len

from reader.tui.typeset.lines import Ink, LaidLines, Line, Marked, Run, Runs, cells
from reader.tui.typeset.wrap import drawn, wrap

SEPARATOR = " │ "
RULE = "─"
NARROWEST = 7
"""A column with fewer cells than this breaks nearly every word: rows are told one by one instead."""
MOST_COLUMNS = 12
_NUMBER = re.compile(r"[-+−±]?[$€£¥]?\s?\d[\d\s.,'’]*\s?[%‰]?[a-zA-Z]{0,3}")
_EMPTY = Marked("", ())
_RULED = Ink("rule")

Rows = tuple[tuple[Marked, ...], ...]


@dataclass(slots=True, kw_only=True)
class Grid:
    """A table: rows of cells, the first row its heading if it has one."""

    rows: Rows
    header: bool
    rest: Runs = ()
    gap: int = 0
    gap_runs: Runs = ()

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(cell.text for row in self.rows for cell in row)

    def lay(self, width: int) -> LaidLines:
        """Set the table for a width."""
        prefix = self.rest if cells(self.rest) <= width // 2 else ()
        room = max(width - cells(prefix), NARROWEST)
        columns = max((len(row) for row in self.rows), default=0)
        widths = (
            _widths(self.rows, room - (columns - 1) * len(SEPARATOR)) if columns <= MOST_COLUMNS else None
        )
        lines = _told(self.rows, room, header=self.header) if widths is None else _set(self, widths)
        lead = sum(len(run.text) for run in prefix)
        return LaidLines([Line((*prefix, *runs), lead) for runs in lines])


def _widths(rows: Rows, room: int) -> list[int] | None:
    """Share `room` cells among the columns: small ones take what they need, the others equal parts."""
    natural = [
        max((cell_len(line) for cell in column for line in drawn(cell.text).split("\n")), default=1) or 1
        for column in zip_longest(*rows, fillvalue=_EMPTY)
    ]
    widths = [0] * len(natural)
    open_columns = sorted(range(len(natural)), key=natural.__getitem__)
    while open_columns:
        share = room // len(open_columns)
        index = open_columns.pop(0)
        if natural[index] > share and share < NARROWEST:
            return None
        widths[index] = min(natural[index], share)
        room -= widths[index]
    return widths


def _set(grid: Grid, widths: Sequence[int]) -> list[Runs]:
    body = grid.rows[1:] if grid.header else grid.rows
    numeric = [
        all(_NUMBER.fullmatch(cell.text.strip()) for cell in column if cell.text.strip())
        and any(cell.text.strip() for cell in column)
        for column in zip_longest(*body, fillvalue=_EMPTY)
    ]
    numeric += [False] * (len(widths) - len(numeric))
    set_rows = [_row(row, widths, numeric) for row in grid.rows]
    rule = (Run(f"{RULE}┼{RULE}".join(RULE * width for width in widths), _RULED),)
    spread = any(len(lines) > 1 for lines in set_rows[grid.header :])
    out: list[Runs] = []
    for index, lines in enumerate(set_rows):
        if index and (spread or (grid.header and index == 1)):
            out.append(rule)
        out.extend(lines)
    return out


def _row(row: Sequence[Marked], widths: Sequence[int], numeric: Sequence[bool]) -> list[Runs]:
    columns = [
        [cell.line(cut) for cut in wrap(cell.text, width)]
        for cell, width in zip_longest(row, widths, fillvalue=_EMPTY)
        if isinstance(width, int)
    ]
    return [_across(parts, widths, numeric) for parts in zip_longest(*columns, fillvalue=())]


def _across(parts: Sequence[Runs], widths: Sequence[int], numeric: Sequence[bool]) -> Runs:
    out: list[Run] = []
    for index, (runs, width) in enumerate(zip(parts, widths, strict=True)):
        if index:
            out.append(Run(SEPARATOR, _RULED))
        pad = Run(" " * (width - cells(runs)), Ink())
        out.extend((pad, *runs) if numeric[index] else (*runs, pad))
    return tuple(run for run in out if run.text)


def _told(rows: Rows, room: int, *, header: bool) -> list[Runs]:
    names = rows[0] if header else ()
    out: list[Runs] = []
    for row in rows[1:] if header else rows:
        if out:
            out.append((Run(RULE * min(room, 12), _RULED),))
        for name, cell in zip_longest(names[: len(row)], row, fillvalue=_EMPTY):
            if not cell.text.strip():
                continue
            label = Run(f"{name.text.strip()}: ", Ink("table-head")) if name.text.strip() else Run("", Ink())
            whole = Marked.of((label, *cell.runs(0, len(cell.text))))
            out.extend(whole.line(cut) for cut in wrap(whole.text, room))
    return out
