"""What encloses blocks while they are read: each frame collects, and says at its end what it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from reader.document.blocks import (
    Block,
    Code,
    DefinitionList,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    spans_text,
)

COLUMNS_MAX = 50  # cells of a row that a table is drawn with
ROWS_SPANNED_MAX = 500
PARAGRAPHS_MAX = 2  # in a cell of data; with more it is there for layout
_CELL_BREAK = Span("\n")


@dataclass(slots=True)
class Frame:
    """The article itself, a list item, a meaning: any place where blocks stand one below the other."""

    blocks: list[Block] = field(default_factory=list)

    def end(self) -> list[Block]:
        """Return what the frame leaves in the one around it."""
        return self.blocks


@dataclass(slots=True)
class QuoteFrame(Frame):
    """A quotation."""

    def end(self) -> list[Block]:
        """Return the quotation, nothing for an empty one."""
        blocks = tidy(self.blocks)
        return [Quote(blocks)] if blocks else []


@dataclass(slots=True)
class ListFrame(Frame):
    """A list. What stands in it outside items belongs to the item before."""

    ordered: bool = False
    start: int = 1
    items: list[list[Block]] = field(default_factory=list)

    def end(self) -> list[Block]:
        """Return the list, nothing for an empty one."""
        self.settle()
        items = tuple(tidy(item) for item in self.items)
        if not self.ordered:
            items = tuple(item for item in items if item)
        return [ListBlock(items, self.ordered, self.start)] if any(items) else []

    def settle(self) -> None:
        """Give what stands between items to the item before."""
        if self.blocks and self.items:
            self.items[-1] += self.blocks
        elif self.blocks:
            self.items.append(self.blocks)
        self.blocks = []


@dataclass(slots=True)
class ItemFrame(Frame):
    """A list item; without `parent` the page forgot the list."""

    parent: ListFrame | None = None

    def end(self) -> list[Block]:
        """Put the item into its list."""
        if self.parent is None:
            return ListFrame(items=[self.blocks]).end()
        self.parent.settle()
        self.parent.items.append(self.blocks)
        return []


@dataclass(slots=True)
class TermsFrame(Frame):
    """A list of definitions."""

    items: list[tuple[Spans, tuple[Block, ...]]] = field(default_factory=list)

    def end(self) -> list[Block]:
        """Return the list, and whatever stood in it outside terms and meanings."""
        return [*([DefinitionList(tuple(self.items))] if self.items else []), *self.blocks]


@dataclass(slots=True)
class TermFrame(Frame):
    """A term, or (`meaning`) what it means."""

    terms: TermsFrame = field(default_factory=TermsFrame)
    meaning: bool = False

    def end(self) -> list[Block]:
        """Put the term or meaning into its list."""
        items = self.terms.items
        if not self.meaning:
            spans = flat(self.blocks)
            if spans:
                items.append((spans, ()))
        elif blocks := tidy(self.blocks):
            if items and not items[-1][1]:
                items[-1] = (items[-1][0], blocks)
            else:
                items.append(((), blocks))
        return []


@dataclass(slots=True)
class Cell:
    """A cell of a table, with what stands in it."""

    blocks: list[Block]
    heading: bool
    columns: int = 1
    rows: int = 1


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
        header = self.headed or all(cell.heading for cell in rows[0])
        return [*self.blocks, Table(_grid(rows), header and len(rows) > 1)]

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

    def end(self) -> list[Block]:
        """Put the cell into its table."""
        if not self.table.rows:
            self.table.rows.append([])
        self.table.rows[-1].append(Cell(list(tidy(self.blocks)), self.heading, self.columns, self.rows))
        return []


def _grid(rows: list[list[Cell]]) -> tuple[tuple[Spans, ...], ...]:
    """Return the texts of the cells, those that span rows and columns followed by empty ones."""
    grid: list[list[Spans]] = []
    below: dict[int, int] = {}  # column: rows that a cell above still covers
    for row in rows:
        line: list[Spans] = []
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
            line += [flat(cell.blocks), *[()] * (cell.columns - 1)]
        grid.append(line[:COLUMNS_MAX])
    columns = list(zip_longest(*grid, fillvalue=()))
    filled = [column for column in columns if any(column)]
    return tuple(zip(*filled, strict=True))


def flat(blocks: list[Block]) -> Spans:
    """Return the texts of paragraphs and headings as one, each on its line."""
    spans: list[Span] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            spans += [_CELL_BREAK, *block.spans] if spans else block.spans
        elif isinstance(block, Code):
            spans += [_CELL_BREAK, Span(block.text, code=True)] if spans else [Span(block.text, code=True)]
    return tuple(spans)


def tidy(blocks: list[Block]) -> tuple[Block, ...]:
    """Return blocks without rules at the ends or in a row; neighbouring plain lists become one."""
    kept: list[Block] = []
    for kind, group in groupby(blocks, key=_kind):
        if kind is Rule:
            kept.append(Rule())
        elif kind is ListBlock:
            lists = [block for block in group if isinstance(block, ListBlock)]
            joined = ListBlock(tuple(item for block in lists for item in block.items))
            kept.append(joined if len(lists) > 1 else lists[0])
        else:
            kept += group
    if kept and isinstance(kept[0], Rule):
        del kept[0]
    if kept and isinstance(kept[-1], Rule):
        del kept[-1]
    return tuple(kept)


def _kind(block: Block) -> type[Rule | ListBlock] | None:
    """Return what can be joined with its like: rules, and lists whose items the page may have scattered."""
    if isinstance(block, ListBlock):
        return None if block.ordered else ListBlock
    return Rule if isinstance(block, Rule) else None


def words(block: Block) -> str:
    """Return the words of a heading or paragraph, "" for any other block."""
    return spans_text(block.spans) if isinstance(block, Heading | Paragraph) else ""
