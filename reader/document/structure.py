"""Elements that build blocks: headings, lists, quotations, tables, definitions, program text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.document.blocks import Image, Paragraph, Rule
from reader.document.builder import Builder
from reader.document.frames import (
    COLUMNS_MAX,
    ROWS_SPANNED_MAX,
    UNSTATED,
    DetailsFrame,
    Frame,
    ItemFrame,
    ListFrame,
    QuoteFrame,
    SummaryFrame,
    TermFrame,
    TermsFrame,
    words,
)
from reader.document.tabular import CellFrame, TableFrame
from reader.document.visit import Attributes, Handler, Leave, number, raw

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|(?:highlight-)?source-|brush:\s*)([\w+#.-]{1,20})")
_NAME = re.compile(r"[\w+#.-]{1,20}")
_CLASS_LOOKED_AT = 500  # characters
_START_MAX = 999_999
_NUMBERINGS = frozenset("1aAiI")
_ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)


def _framed(builder: Builder, frame: Frame) -> Leave:
    """Begin a frame; where frames are too deep already, only a new line."""
    return builder.close if builder.open(frame) else builder.flush


def _heading(builder: Builder, node: LexborNode, _: Attributes) -> Leave:
    builder.flush()
    before, builder.level = builder.level, int((node.tag or "h6")[1])

    def leave() -> None:
        builder.flush()
        builder.level = before

    return leave


def _quote(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    return _framed(builder, QuoteFrame())


def _list(builder: Builder, node: LexborNode, attributes: Attributes) -> Leave:
    ordered = node.tag == "ol"
    frame = ListFrame(
        ordered=ordered,
        start=number(attributes.get("start"), UNSTATED, 0, _START_MAX) if ordered else 1,
        numbering=kind if (kind := attributes.get("type") or "") in _NUMBERINGS else "1",
        backwards=ordered and "reversed" in attributes,
    )
    return _framed(builder, frame)


def _item(builder: Builder, _: LexborNode, attributes: Attributes) -> Leave:
    frame = builder.frame
    parent = frame if isinstance(frame, ListFrame) else None
    value = number(attributes.get("value"), UNSTATED, 0, _START_MAX)
    return _framed(builder, ItemFrame(parent=parent, value=value))


def _terms(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    return _framed(builder, TermsFrame())


def _term(builder: Builder, node: LexborNode, _: Attributes) -> Leave:
    frame = builder.frame
    if isinstance(frame, TermsFrame):
        return _framed(builder, TermFrame(terms=frame, meaning=node.tag == "dd"))
    builder.flush()
    return builder.flush


def _table(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    return _framed(builder, TableFrame())


def _head(builder: Builder, _: LexborNode, __: Attributes) -> bool:
    frame = builder.frame
    if isinstance(frame, TableFrame) and not frame.rows:
        frame.headed = True
    return True


def _row(builder: Builder, _: LexborNode, __: Attributes) -> bool:
    builder.flush()
    frame = builder.frame
    if isinstance(frame, TableFrame):
        frame.rows.append([])
    return True


def _cell(builder: Builder, node: LexborNode, attributes: Attributes) -> Leave:
    frame = builder.frame
    if not isinstance(frame, TableFrame):
        builder.flush()
        return builder.flush
    columns = number(attributes.get("colspan"), 1, 1, COLUMNS_MAX)
    rows = number(attributes.get("rowspan"), 1, 1, ROWS_SPANNED_MAX)
    heading, aligned = node.tag == "th", _alignment(attributes)
    cell = CellFrame(table=frame, heading=heading, columns=columns, rows=rows, aligned=aligned)
    return _framed(builder, cell)


def _alignment(attributes: Attributes) -> str:
    """Return how a cell is aligned: "left", "centre", "right", "" where the page leaves it open."""
    styled = _ALIGNED.search(attributes.get("style") or "")
    stated = (styled[1] if styled else attributes.get("align") or "").strip().lower()
    return {"center": "centre", "left": "left", "right": "right"}.get(stated, "")


def caption(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    """Begin what is said about a picture, film, quotation or table."""
    builder.flush()
    restore = builder.restyle(italic=True)
    frame, first = builder.frame, len(builder.frame.blocks)

    def leave() -> None:
        builder.flush()
        restore()
        frame.blocks[first:] = [
            replace(block, caption=True) if isinstance(block, Paragraph) else block
            for block in frame.blocks[first:]
        ]
        match builder.frame.blocks[-2:]:
            case [Image(alt=alt), caption] if alt and alt == words(caption):
                del builder.frame.blocks[-1]

    return leave


def _details(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    return _framed(builder, DetailsFrame())


def _summary(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    if isinstance(frame := builder.frame, DetailsFrame):
        return _framed(builder, SummaryFrame(details=frame))
    builder.flush()
    restore = builder.restyle(bold=True)

    def leave() -> None:
        builder.flush()
        restore()

    return leave


def _rule(builder: Builder, _: LexborNode, __: Attributes) -> bool:
    builder.add(Rule())
    return False


def _code(builder: Builder, node: LexborNode, attributes: Attributes) -> bool:
    if "verse" in (attributes.get("class") or ""):
        builder.flush()
        builder.verbatim(raw(node).strip())
        builder.flush()
    else:
        builder.code(raw(node), _language(node))
    return False


def _language(node: LexborNode) -> str:
    """Return the language that program text, its `<code>` or what is around it names."""
    for place in (node.child, node, node.parent):
        attributes = place.attributes if place is not None and place.is_element_node else {}
        named = _LANGUAGE.search((attributes.get("class") or "")[:_CLASS_LOOKED_AT])
        stated = _NAME.fullmatch(attributes.get("data-lang") or attributes.get("data-language") or "")
        if named or stated:
            return (named[1] if named else stated[0] if stated else "").lower()
    return ""


HANDLERS: dict[str, Handler] = {
    "blockquote": _quote, "caption": caption, "dd": _term, "details": _details, "dir": _list,
    "dl": _terms, "dt": _term,
    "figcaption": caption, "h1": _heading, "h2": _heading, "h3": _heading, "h4": _heading, "h5": _heading,
    "h6": _heading, "hr": _rule, "li": _item, "menu": _list, "ol": _list, "pre": _code, "summary": _summary,
    "table": _table, "td": _cell, "th": _cell, "thead": _head, "tr": _row, "ul": _list,
}  # fmt: skip
