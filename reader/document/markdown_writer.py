"""A document as Markdown: what reads it again (CommonMark, tables, struck-out text) finds the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import singledispatch
from itertools import zip_longest

from reader.document.blocks import (
    Block,
    Code,
    DefinitionList,
    Document,
    Heading,
    Image,
    Link,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
)
from reader.document.marks import counted, is_tight, linked

_SPECIAL = re.compile(r"[\\`*\[\]<]|~(?=~|$)|(?<=~)~|^~|&(?=[a-zA-Z#]|$)|_(?<![^\W_]_)|_(?![^\W_])")
_INDENT = re.compile(r"(?m)^[ \t]+")
_AT_START = re.compile(r"(?m)^([0-9]{1,9}(?=[.)])|(?=[#>+:=-]))")
_TRAILING = re.compile(r"(?<!\\)#+$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)", re.IGNORECASE)
_RULES = {"left": ":--", "centre": ":-:", "right": "--:"}
_TICKS = re.compile(r"`+")


Links = tuple[Link, ...]


def write(document: Document) -> str:
    """Return the document as Markdown (see `reader.document.to_markdown`)."""
    lines = _blocks(document.blocks, document.links)
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _blocks(blocks: Iterable[Block], links: Links, *, tight: bool = False) -> list[str]:
    """Return the lines of blocks, a blank one between two."""
    lines: list[str] = []
    before: Block | None = None
    other = False  # the list after a list needs another marker, or the two would be one
    for block in blocks:
        if before is not None and not tight:
            lines.append("")
        other = _would_merge(before, block) and not other
        lines += _list(block, links, other=other) if isinstance(block, ListBlock) else _lines(block, links)
        before = block
    return lines


def _would_merge(before: Block | None, block: Block) -> bool:
    """Return whether two lists in a row would be read as one."""
    return isinstance(before, ListBlock) and isinstance(block, ListBlock) and before.ordered == block.ordered


@singledispatch
def _lines(_: Block, __: Links) -> list[str]:
    """Return the lines of a block: of a rule, when it is none of those below."""
    return ["***"]


@_lines.register
def _paragraph(block: Paragraph, links: Links) -> list[str]:
    return _inline(block.spans, links).replace("\n", "\\\n").split("\n")


@_lines.register
def _heading(block: Heading, links: Links) -> list[str]:
    text = _inline(block.spans, links).replace("\n", " ")
    return ["#" * block.level + " " + _TRAILING.sub(r"\\\g<0>", text)]


@_lines.register
def _quote(block: Quote, links: Links) -> list[str]:
    return [f"> {line}".rstrip() for line in _blocks(block.blocks, links)]


@_lines.register
def _code(block: Code, _: Links) -> list[str]:
    fence = "`" * max(3, _ticks(block.text))
    return [fence + block.lang, *block.text.split("\n"), fence]


@_lines.register
def _image(block: Image, links: Links) -> list[str]:
    if block.link is not None and _PICTURE.search(links[block.link].url):
        return ["!" + _to(_escaped(block.alt), block.link, links)]
    return [_to(_escaped(f"image: {block.alt}" if block.alt else "image"), block.link, links)]


@_lines.register
def _media(block: Media, links: Links) -> list[str]:
    return [_to(_escaped(f"{block.kind}: {block.title}" if block.title else block.kind), block.link, links)]


@_lines.register
def _definitions(block: DefinitionList, links: Links) -> list[str]:
    """Return terms as paragraphs, each with its meaning as the only item of a list."""
    blocks: list[Block] = []
    for term, meaning in block.items:
        blocks += [Paragraph(term)] if term else []
        blocks += [ListBlock((meaning,))] if meaning else []
    return _blocks(blocks, links)


@_lines.register
def _table(block: Table, links: Links) -> list[str]:
    rows = [[_inline(cell, links).replace("\n", " ") for cell in row] for row in block.rows]
    if not block.header:
        rows.insert(0, [""] * len(rows[0]))
    lines = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    rules = (_RULES.get(aligned, "---") for aligned in block.aligned or [""] * len(rows[0]))
    lines.insert(1, "| " + " | ".join(rules) + " |")
    return lines


def _list(block: ListBlock, links: Links, *, other: bool) -> list[str]:
    tight = all(is_tight(item) for item in block.items)
    lines: list[str] = []
    for place, item in enumerate(block.items):
        marker = (
            f"{counted(block, place)}{')' if other else '.'} " if block.ordered else "+ " if other else "- "
        )
        if lines and not tight:
            lines.append("")
        indent = " " * len(marker)
        inner = _blocks(item, links, tight=tight) or [""]
        lines += [f"{indent if row else marker}{line}".rstrip() for row, line in enumerate(inner)]
    return lines


def _to(text: str, link: int | None, links: Links) -> str:
    """Return text that leads to a link."""
    return f"\\[{text}\\]" if link is None else f"[{text}](<{links[link].url}>)"


def _inline(spans: Spans, links: Links) -> str:
    """Return spans with their styles and links; no line of it begins like another kind of block."""
    runs = list(linked(spans))
    out = ""
    for (link, run), (_, following) in zip_longest(runs, runs[1:], fillvalue=(None, ())):
        after = following[0].text[:1] if following else ""
        styled = _styled(run, out[-1:], after) if link is None else _styled(run, "", "")
        out += styled if link is None else _to(styled, link, links)
    return _AT_START.sub(r"\1\\", _INDENT.sub("", out))


def _styled(spans: Spans, before: str, after: str) -> str:
    """Return the spans of one link in their styles."""
    out = ""
    for span, following in zip(spans, [*spans[1:], Span(after)], strict=True):
        out += _span(span, (before + out)[-1:], following.text[:1])
    return out


def _span(span: Span, before: str, after: str) -> str:
    """Return one span in its style, where Markdown can say it."""
    text = span.text
    core = text.strip()
    if not core or "\n" in text:
        return _escaped(text)
    head, tail = text[: text.index(core)], text[text.index(core) + len(core) :]
    if span.code and not (before + head).endswith("`"):
        ticks = "`" * _ticks(core)
        gap = " " if "`" in {core[0], core[-1]} else ""
        return f"{head}{ticks}{gap}{core}{gap}{ticks}{tail}"
    mark = "~~" * span.strike + "**" * span.bold + "*" * span.italic
    before, after = (before + head)[-1:], (tail + after)[:1]
    opens = (core[0].isalnum() or _parts(before)) and before not in {"*", "~"}
    closes = core[-1].isalnum() or _parts(after)
    if not (mark and opens and closes):
        return _escaped(text)
    return f"{head}{mark}{_escaped(core)}{mark[::-1]}{tail}"


def _ticks(text: str) -> int:
    """Return how many backticks enclose program text."""
    return 1 + max(map(len, _TICKS.findall(text)), default=0)


def _parts(char: str) -> bool:
    """Return whether a mark beside `char` stands at the border of a word."""
    return not char or char.isspace() or unicodedata.category(char)[0] == "P"


def _escaped(text: str) -> str:
    """Return text whose characters mean nothing but themselves."""
    return _SPECIAL.sub(r"\\\g<0>", text)
