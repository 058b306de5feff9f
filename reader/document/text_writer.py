"""A document as plain text: for `newsread show`, pipes and screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from reader import text as gate
from reader.document.blocks import (
    Block,
    Code,
    DefinitionList,
    Document,
    Heading,
    Image,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Spans,
    Table,
    spans_text,
)
from reader.document.marks import is_tight, label, linked

NARROWEST = 20  # cells that text keeps, however deep it stands
_PIECE = re.compile(r" *[^ \u200b]+\u200b?| +|\u200b")
UNDERLINED = 2  # levels of headings
_RULE, _COLUMN = "* * *", " | "


def write(document: Document, width: int) -> str:
    """Return the document as plain text (see `reader.document.to_text`)."""
    lines = _blocks(document.blocks, max(width, NARROWEST))
    if document.links:
        lines += ["", *(f"[{place}] {link.url}" for place, link in enumerate(document.links, 1))]
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _blocks(blocks: Iterable[Block], width: int, *, tight: bool = False) -> list[str]:
    """Return the lines of blocks, a blank one between two."""
    lines: list[str] = []
    for block in blocks:
        if lines and not tight:
            lines.append("")
        lines += _lines(block, width)
    return lines


@singledispatch
def _lines(_: Block, width: int) -> list[str]:
    """Return the lines of a block: of a rule, when it is none of those below."""
    return [_RULE.center(width).rstrip()]


@_lines.register
def _paragraph(block: Paragraph, width: int) -> list[str]:
    return wrap(_inline(block.spans), width)


@_lines.register
def _heading(block: Heading, width: int) -> list[str]:
    lines = wrap(_inline(block.spans).replace("\n", " "), width)
    if block.level > UNDERLINED:
        return lines
    return [*lines, ("=" if block.level == 1 else "-") * max(map(gate.width, lines), default=0)]


@_lines.register
def _quote(block: Quote, width: int) -> list[str]:
    return _indented(_blocks(block.blocks, max(width - 2, NARROWEST)), "> ")


@_lines.register
def _code(block: Code, _: int) -> list[str]:
    return _indented(block.text.split("\n"), "    ")


@_lines.register
def _image(block: Image, width: int) -> list[str]:
    return wrap(_label("image", block.alt, block.link), width)


@_lines.register
def _media(block: Media, width: int) -> list[str]:
    return wrap(_label(block.kind, block.title, block.link), width)


def _label(kind: str, words: str, link: int | None) -> str:
    """Return what stands for something that is not text."""
    return f"[{kind}: {words}] {_number(link)}" if words else f"[{kind}] {_number(link)}"


@_lines.register
def _list(block: ListBlock, width: int) -> list[str]:
    tight = all(is_tight(item) for item in block.items)
    lines: list[str] = []
    for place, item in enumerate(block.items):
        marker = f"{label(block, place)}. " if block.ordered else "- "
        inner = _blocks(item, max(width - len(marker), NARROWEST), tight=tight)
        if lines and not tight:
            lines.append("")
        lines += _indented(inner or [""], marker, " " * len(marker))
    return lines


@_lines.register
def _definitions(block: DefinitionList, width: int) -> list[str]:
    lines: list[str] = []
    for term, meaning in block.items:
        lines += wrap(_inline(term), width) if term else []
        lines += _indented(_blocks(meaning, max(width - 4, NARROWEST)), "    ")
    return lines


@_lines.register
def _table(block: Table, width: int) -> list[str]:
    """Return a table in columns; row by row, each cell after its heading, where it would be too wide."""
    rows = [[_inline(cell).replace("\n", " ") for cell in row] for row in block.rows]
    sizes = [max(map(gate.width, column)) for column in zip(*rows, strict=True)]
    if sum(sizes) + len(_COLUMN) * (len(sizes) - 1) > width:
        return list(_told(rows, width, header=block.header))
    lines = [_COLUMN.join(map(_padded, row, sizes)).rstrip() for row in rows]
    if block.header:
        lines.insert(1, "-+-".join("-" * size for size in sizes))
    return lines


def _padded(text: str, size: int) -> str:
    return text + " " * (size - gate.width(text))


def _told(rows: list[list[str]], width: int, *, header: bool) -> Iterator[str]:
    names = rows[0] if header else [""] * len(rows[0])
    for place, row in enumerate(rows[1:] if header else rows):
        if place:
            yield ""
        for name, cell in zip(names, row, strict=True):
            if cell:
                yield from wrap(f"{name}: {cell}" if name else cell, width)


def _inline(spans: Spans) -> str:
    text = ""
    for link, run in linked(spans):
        said = spans_text(run)
        words = said.rstrip()
        text += words + _number(link) + said[len(words) :]
    return text


def _number(link: int | None) -> str:
    return "" if link is None else f"[{link + 1}]"


def _indented(lines: list[str], first: str, rest: str | None = None) -> list[str]:
    """Put a prefix before lines; without `rest` all have the same."""
    rest = first if rest is None else rest
    return [f"{rest if place else first}{line}".rstrip() for place, line in enumerate(lines)]


def wrap(text: str, width: int) -> list[str]:
    """Return lines of at most `width` cells, broken at spaces and word breaks, else between characters."""
    lines: list[str] = []
    for stated in text.split("\n"):
        line, room = "", width
        for found in _PIECE.findall(stated):
            piece, size = found, gate.width(found)
            if size > room and not (size > len(piece) and room > 2):  # Chinese goes on in the same line
                if line.strip():
                    lines.append(line.rstrip())
                line, room, piece = "", width, piece.lstrip(" ")
                size = gate.width(piece)
            if size > room:
                *full, piece = _chunks(piece, room, width)
                lines += [(line + full[0]).rstrip(), *full[1:]]
                line, room, size = "", width, gate.width(piece)
            line += piece
            room -= size
        lines.append(line.rstrip())
    return lines


def _chunks(text: str, room: int, width: int) -> list[str]:
    """Cut text between characters: the first part fits into `room` cells, the others into `width`."""
    chunks, start, used = list[str](), 0, 0
    for place, char in enumerate(text):
        cells = gate.width(char)
        if used + cells > room:
            chunks.append(text[start:place])
            start, used, room = place, 0, width
        used += cells
    return [*chunks, text[start:]]
