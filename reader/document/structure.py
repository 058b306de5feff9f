"""Elements that build blocks: headings, lists, quotations, tables, definitions, program text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.document.blocks import Image, Rule
from reader.document.builder import Builder
from reader.document.frames import (
    COLUMNS_MAX,
    ROWS_SPANNED_MAX,
    CellFrame,
    Frame,
    ItemFrame,
    ListFrame,
    QuoteFrame,
    TableFrame,
    TermFrame,
    TermsFrame,
    words,
)
from reader.document.visit import Attributes, Handler, Leave, number, raw

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|(?:highlight-)?source-|brush:\s*)([\w+#.-]{1,20})")
_NAME = re.compile(r"[\w+#.-]{1,20}")
_CLASS_LOOKED_AT = 500  # characters
_START_MAX = 999_999


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
    start = number(attributes.get("start"), 1, 0, _START_MAX)
    return _framed(builder, ListFrame(ordered=node.tag == "ol", start=start))


def _item(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    frame = builder.frame
    return _framed(builder, ItemFrame(parent=frame if isinstance(frame, ListFrame) else None))


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
    return _framed(builder, CellFrame(table=frame, heading=node.tag == "th", columns=columns, rows=rows))


def _caption(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
    builder.flush()
    restore = builder.restyle(italic=True)

    def leave() -> None:
        builder.flush()
        restore()
        match builder.frame.blocks[-2:]:
            case [Image(alt=alt), caption] if alt and alt == words(caption):
                del builder.frame.blocks[-1]

    return leave


def _summary(builder: Builder, _: LexborNode, __: Attributes) -> Leave:
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
    "blockquote": _quote, "caption": _caption, "dd": _term, "dir": _list, "dl": _terms, "dt": _term,
    "figcaption": _caption, "h1": _heading, "h2": _heading, "h3": _heading, "h4": _heading, "h5": _heading,
    "h6": _heading, "hr": _rule, "li": _item, "menu": _list, "ol": _list, "pre": _code, "summary": _summary,
    "table": _table, "td": _cell, "th": _cell, "thead": _head, "tr": _row, "ul": _list,
}  # fmt: skip
