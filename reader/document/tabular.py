"""Tables while they are read: real ones become one, those for layout dissolve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from itertools import zip_longest

from reader.document.blocks import Block, Heading, Paragraph, Spans, Table
from reader.document.frames import COLUMNS_MAX, Frame, flat, tidy
from reader.records import dataclass

PARAGRAPHS_MAX = 2  # in a cell of data; with more it is there for layout


@dataclass(slots=True)
class Cell:
    """A cell of a table, with what stands in it."""

    blocks: list[Block]
    heading: bool
    columns: int = 1
    rows: int = 1
    aligned: str = ""


@dataclass(slots=True)
class TableFrame(Frame):
    """A table: real ones become one, those for layout dissolve into what their cells hold."""

    rows: list[list[Cell]] = field(default_factory=list)
    headed: bool = False  # there is a <thead>

    def end(self) -> list[Block]:
        """Return the table below its caption."""
        rows = [row for row in self.rows if any(cell.blocks for cell in row)]
        if not self._is_data(rows):
            return [*self.blocks, *(block for row in rows for cell in row for block in cell.blocks)]
        header = len(rows) > 1 and (self.headed or all(cell.heading for cell in rows[0]))
        return [*self.blocks, Table(*_grid(rows, header=header))]

    @staticmethod
    def _is_data(rows: list[list[Cell]]) -> bool:
        """Return whether cells are short texts in rows and columns."""
        cells = [cell for row in rows for cell in row]
        texts = all(isinstance(block, Paragraph | Heading) for cell in cells for block in cell.blocks)
        if not texts or any(len(cell.blocks) > PARAGRAPHS_MAX for cell in cells):
            return False
        if len(rows) < 2:
            return len(cells) > 1 and any(cell.heading for cell in cells)
        return sum(len(row) > 1 for row in rows) * 2 > len(rows)


@dataclass(slots=True)
class CellFrame(Frame):
    """A cell being read."""

    table: TableFrame = field(default_factory=TableFrame)
    heading: bool = False
    columns: int = 1
    rows: int = 1
    aligned: str = ""

    def end(self) -> list[Block]:
        """Put the cell into its table."""
        if not self.table.rows:
            self.table.rows.append([])
        blocks = list(tidy(self.blocks))
        self.table.rows[-1].append(Cell(blocks, self.heading, self.columns, self.rows, self.aligned))
        return []


def _grid(
    rows: list[list[Cell]], *, header: bool
) -> tuple[tuple[tuple[Spans, ...], ...], bool, tuple[str, ...]]:
    """Return the texts of the cells, those that span rows and columns followed by empty ones; how aligned."""
    grid: list[list[Spans]] = []
    aligned: list[list[str]] = []
    below: dict[int, int] = {}  # column: rows that a cell above still covers
    for place, row in enumerate(rows):
        line: list[Spans] = []
        sides: dict[int, str] = {}
        cells = iter(row)
        while len(line) < COLUMNS_MAX:
            if below.get(len(line), 0):
                below[len(line)] -= 1
                line.append(())
                continue
            cell = next(cells, None)
            if cell is None:
                break
            for column in range(len(line), len(line) + cell.columns):
                below[column] = cell.rows - 1
            spans = flat(cell.blocks)
            if cell.heading and not (header and not place):
                spans = tuple(replace(span, bold=True) for span in spans)
            sides[len(line)] = cell.aligned
            line += [spans, *[()] * (cell.columns - 1)]
        grid.append(line[:COLUMNS_MAX])
        aligned.append([sides.get(column, "") for column in range(len(grid[-1]))])
    columns = list(zip_longest(*grid, fillvalue=()))
    filled = [place for place, column in enumerate(columns) if any(column)]
    sides_of = [_usual(column[header:]) for column in zip_longest(*aligned, fillvalue="")]
    kept = tuple(sides_of[place] for place in filled)
    texts = tuple(zip(*(columns[place] for place in filled), strict=True))
    return texts, header, kept if any(kept) else ()


def _usual(sides: Sequence[str]) -> str:
    """Return how most cells of a column that say so are aligned."""
    stated = [side for side in sides if side]
    return max(stated, key=stated.count) if stated else ""
