"""What encloses blocks while they are read: each frame collects, and says at its end what it was."""

from __future__ import annotations

from dataclasses import field
from itertools import groupby

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
    spans_text,
)
from reader.records import dataclass

COLUMNS_MAX = 50  # cells of a row that a table is drawn with
ROWS_SPANNED_MAX = 500
UNSTATED = -1  # the number of a list or item that the page leaves to the browser
OPENED = "▾ "  # before the words that a browser unfolds by
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
    numbering: str = "1"
    backwards: bool = False
    items: list[list[Block]] = field(default_factory=list)
    values: list[int] = field(default_factory=list)  # the number that each item states

    def end(self) -> list[Block]:
        """Return the list, nothing for an empty one."""
        self.settle()
        items = tuple(tidy(item) for item in self.items)
        if not self.ordered:
            items = tuple(item for item in items if item)
        if not any(items):
            return []
        if not self.ordered:
            return [ListBlock(items)]
        numbers = self._numbers()
        counting = numbers == tuple(range(numbers[0], numbers[0] + len(numbers)))
        return [ListBlock(items, True, numbers[0], self.numbering, () if counting else numbers)]

    def _numbers(self) -> tuple[int, ...]:
        """Return each item's number as a browser counts: on from the last one that is stated."""
        step = -1 if self.backwards else 1
        begin = len(self.items) if self.backwards else 1
        following = begin if self.start == UNSTATED else self.start
        numbers: list[int] = []
        for value in self.values:
            number = following if value == UNSTATED else value
            numbers.append(number)
            following = number + step
        return tuple(numbers)

    def put(self, item: list[Block], value: int = UNSTATED) -> None:
        """Add an item."""
        self.items.append(item)
        self.values.append(value)

    def settle(self) -> None:
        """Give what stands between items to the item before."""
        if self.blocks and self.items:
            self.items[-1] += self.blocks
        elif self.blocks:
            self.put(self.blocks)
        self.blocks = []


@dataclass(slots=True)
class ItemFrame(Frame):
    """A list item; without `parent` the page forgot the list."""

    parent: ListFrame | None = None
    value: int = UNSTATED

    def end(self) -> list[Block]:
        """Put the item into its list."""
        if self.parent is None:
            return ListFrame(items=[self.blocks]).end()
        self.parent.settle()
        self.parent.put(self.blocks, self.value)
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
class DetailsFrame(Frame):
    """What a browser shows when it is asked: a term and what is behind it."""

    summary: Spans = ()

    def end(self) -> list[Block]:
        """Return both, nothing when there is nothing."""
        blocks = tidy(self.blocks)
        if not blocks and not self.summary:
            return []
        return [DefinitionList((((Span(OPENED), *(self.summary or (Span("Details"),))), blocks),))]


@dataclass(slots=True)
class SummaryFrame(Frame):
    """The words by which details are unfolded."""

    details: DetailsFrame = field(default_factory=DetailsFrame)

    def end(self) -> list[Block]:
        """Give the words to the details; pictures among them stay below."""
        self.details.summary = flat(self.blocks)
        return [block for block in self.blocks if not isinstance(block, Paragraph | Heading | Code)]


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
