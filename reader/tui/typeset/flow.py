"""From a document's blocks to the pieces that are set one below the other.

Nesting becomes prefixes here: a quote is a bar that runs down its lines, a list item an indent with a bullet
on its first line. Whatever is inside inherits both, so that a list in a quote in a list just works.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import bidirectional

from reader.document.blocks import (
    Block,
    Code,
    DefinitionList,
    Heading,
    Image,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from reader.document.marks import label, settled
from reader.records import dataclass
from reader.tui.drawing import safe
from reader.tui.typeset.code import coloured
from reader.tui.typeset.figure import Figure
from reader.tui.typeset.lines import Ink, Marked, Piece, Prose, Run, Runs
from reader.tui.typeset.table import Grid
from reader.tui.typeset.wrap import drawn

BULLETS = "•◦▪"
QUOTE_BAR = "▎ "
IMAGE = "▣ "
MEDIA = "▶ "
RULE = "· · ·"
DEEPEST = 24  # levels of quotes and lists that are drawn: more than the widest column has room for
TAB = 4  # cells, in program text
_MARKER = Ink("marker")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What blocks inherit from those they stand in."""

    prefix: Runs = ()
    role: str = "text"
    depth: int = 0  # of lists
    tight: bool = False  # no blank lines between these blocks


def flow(
    blocks: Iterable[Block], *, dateline: str = "", keys: str = "", numbered: bool = True
) -> list[Piece]:
    """Return the pieces of a document.

    `dateline` is the place its first paragraph opens with, or ""; `keys` those that move wide tables. Links
    are `numbered` unless the text is only to be compared.
    """
    stream = _Stream(keys, numbered=numbered)
    stream.blocks(blocks, Setting())
    if dateline:
        _style_dateline(stream.pieces, safe.line(dateline))
    return stream.pieces


def right_to_left(text: str) -> bool:
    """Return whether a paragraph reads from the right: its first strong character says so (UAX 9, P2)."""
    if _RTL.search(text) is None:
        return False
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return first != "L"


def inked(spans: Sequence[Span], role: str, *, numbered: bool = True) -> Marked:
    """Join spans to one text with inks; a link's number follows its last word."""
    runs: list[Run] = []
    if any(span.sup or span.sub for span in spans):
        spans = tuple(settled(tuple(spans)))
    for index, span in enumerate(spans):
        text = safe.clean(span.text)
        link = -1 if span.link is None else span.link
        runs.append(
            Run(text, Ink(role, span.bold, span.italic, span.strike, span.underline, span.code, link))
        )
        ends = index + 1 == len(spans) or spans[index + 1].link != span.link
        if link >= 0 and ends and numbered:
            runs.append(_number(link))
    return Marked.of(runs)


def _number(link: int) -> Run:
    return Run(f"[{link + 1}]", Ink("note", link=link))


class _Stream:
    """The pieces so far, and what waits to be put before the next one."""

    def __init__(self, keys: str = "", *, numbered: bool = True) -> None:
        self.pieces: list[Piece] = []
        self._numbered = numbered
        self._keys = keys
        self._marker: Runs | None = None  # the first line's prefix, bullet and all, of the next piece
        self._gap = 0
        self._gap_runs: Runs = ()

    def blocks(self, blocks: Iterable[Block], setting: Setting) -> None:
        """Set blocks one below the other."""
        before: Block | None = None
        for block in blocks:
            attached = before is not None and _attached(before, block, setting)
            if before is not None and not attached:
                self._space(setting)
            if attached and isinstance(block, Paragraph):  # below the words of the picture
                self._block(block, replace(setting, prefix=_longer(setting.prefix, Run("  ", _MARKER))))
            else:
                self._block(block, setting)
            before = block

    def _inked(self, spans: Sequence[Span], role: str) -> Marked:
        return inked(spans, role, numbered=self._numbered)

    def _space(self, setting: Setting) -> None:
        if self.pieces:
            self._gap, self._gap_runs = 1, setting.prefix

    def _block(self, block: Block, setting: Setting) -> None:
        match block:
            case Paragraph(caption=True):
                self._prose(self._inked(block.spans, "caption"), setting)
            case Paragraph():
                self._prose(self._inked(block.spans, setting.role), setting)
            case Heading():
                role = "heading" if block.level <= 2 else "subheading"
                self._prose(self._inked(block.spans, role), setting)
            case Code():
                self._code(block, setting)
            case Image():
                self._labelled(IMAGE, block.alt or "image", block.link, setting, block.source)
            case Media():
                self._labelled(MEDIA, ": ".join(filter(None, (block.kind, block.title))), block.link, setting)
            case Rule():
                self._add(Prose(marked=Marked.of((Run(RULE, _MARKER),)), align="centre"), setting)
            case _:
                self._container(block, setting)

    def _container(self, block: Block, setting: Setting) -> None:
        match block:
            case ListBlock():
                self._list(block, setting)
            case Quote():
                bar = Run(QUOTE_BAR, Ink("bar"))
                self._inside(block.blocks, bar, replace(setting, role="quote", tight=False))
            case Table():
                self._table(block, setting)
            case DefinitionList():
                self._definitions(block, setting)

    def _inside(self, blocks: Iterable[Block], bar: Run, setting: Setting) -> None:
        if self._marker is not None:
            self._marker = _longer(self._marker, bar)
        self.blocks(blocks, replace(setting, prefix=_longer(setting.prefix, bar)))

    def _list(self, block: ListBlock, setting: Setting) -> None:
        labels = [f"{label(block, place)}. " for place in range(len(block.items))] if block.ordered else []
        wide = max(map(len, labels), default=2)
        tight = all(_is_tight(item) for item in block.items if item)
        for number, item in enumerate(block.items):
            if number and not tight:
                self._space(setting)
            if block.ordered:
                bullet = labels[number].rjust(wide)
            else:
                bullet = BULLETS[setting.depth % len(BULLETS)] + " "
            before = setting.prefix if self._marker is None else self._marker
            self._marker = _longer(before, Run(bullet, _MARKER))
            inner = _longer(setting.prefix, Run(" " * wide, _MARKER))
            self.blocks(item, Setting(inner, setting.role, setting.depth + 1, tight))
            self._flush(setting)

    def _flush(self, setting: Setting) -> None:
        """Set a bullet that no block of its item has taken: an empty item is still an item."""
        if self._marker is not None:
            self._prose(Marked("", ()), setting)

    def _definitions(self, block: DefinitionList, setting: Setting) -> None:
        for index, (term, meaning) in enumerate(block.items):
            if index and term and block.items[index - 1][1]:
                self._space(setting)
            if term:
                self._prose(self._inked(term, "term"), setting)
            self._inside(meaning, Run("    ", _MARKER), replace(setting, tight=True))

    def _code(self, block: Code, setting: Setting) -> None:
        text = drawn(safe.clean(block.text)).expandtabs(TAB).strip("\n")
        self._add(Prose(marked=coloured(text, block.lang), fill=Ink("code")), setting)

    def _table(self, block: Table, setting: Setting) -> None:
        rows = tuple(
            tuple(
                self._inked(cell, "table-head" if block.header and not index else setting.role)
                for cell in row
            )
            for index, row in enumerate(block.rows)
        )
        self._flush(setting)
        if rows:
            grid = Grid(rows=rows, header=block.header, aligned=block.aligned, rest=setting.prefix)
            grid.keys = self._keys
            self._add(grid, setting)

    def _labelled(self, sign: str, words: str, link: int | None, setting: Setting, picture: str = "") -> None:
        label = Run(safe.line(words), Ink("image", link=-1 if link is None else link))
        runs = (label, _number(link)) if link is not None and self._numbered else (label,)
        hanging = (*setting.prefix, Run("  ", _MARKER))
        before = setting.prefix if self._marker is None else self._marker
        self._marker = (*before, Run(sign, Ink("image")))
        self._add(Prose(marked=Marked.of(runs)), replace(setting, prefix=hanging))
        if picture:
            self._add(Figure(url=picture, link=label.ink.link, rest=setting.prefix), setting)

    def _prose(self, marked: Marked, setting: Setting) -> None:
        align = "right" if right_to_left(marked.text) else "left"
        self._add(Prose(marked=marked, align=align), setting)

    def _add(self, piece: Prose | Grid | Figure, setting: Setting) -> None:
        if isinstance(piece, Prose):
            piece.first = setting.prefix if self._marker is None else self._marker
            piece.rest = setting.prefix
            self._marker = None
        piece.gap, piece.gap_runs = self._gap, self._gap_runs
        self._gap, self._gap_runs = 0, ()
        self.pieces.append(piece)


def _attached(before: Block, block: Block, setting: Setting) -> bool:
    """Return whether no blank line stands between two blocks: captions, lists in tight items."""
    if isinstance(block, Paragraph) and block.caption:
        return not isinstance(before, Paragraph | Heading) or (
            isinstance(before, Paragraph) and before.caption
        )
    if isinstance(before, Paragraph) and before.caption and isinstance(block, Table):
        return True
    return setting.tight and isinstance(block, ListBlock)


def _longer(prefix: Runs, run: Run) -> Runs:
    """Return a prefix with one more bar or indent; of very deep nesting the innermost levels are enough."""
    return (*prefix[1 - DEEPEST :], run)


def _is_tight(item: Sequence[Block]) -> bool:
    """Return whether an item is one paragraph, perhaps with lists below: such lists have no blank lines."""
    return isinstance(item[0], Paragraph) and all(isinstance(block, ListBlock) for block in item[1:])


_OPENING = 60  # characters in which a dateline's date and colon are looked for after the place


def _style_dateline(pieces: Sequence[Piece], place: str) -> None:
    """Draw "Phnom Penh, June 13, 2024:" at the first paragraph's opening in the dateline's ink."""
    first = next((piece for piece in pieces if isinstance(piece, Prose) and not piece.first), None)
    if first is None:
        return
    text = first.text
    if not text.casefold().startswith(place.casefold()):
        first.marked = Marked.of((Run(f"{place} — ", Ink("dateline")), *first.marked.runs(0, len(text))))
        return
    end = re.compile(r"[:–—]|\s-\s").search(text, len(place), len(place) + _OPENING)
    until = end.end() if end else len(place)
    first.marked = Marked.of((Run(text[:until], Ink("dateline")), *first.marked.runs(until, len(text))))
