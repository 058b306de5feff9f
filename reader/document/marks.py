"""What both writers of documents need: raised and lowered characters, runs of one link, tight lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reader.document.blocks import Block, ListBlock, Paragraph, Span, Spans

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def shifted(span: Span) -> str:
    """Return a span's text, raised or lowered where Unicode has all its characters that way."""
    if span.sup or span.sub:
        moved = span.text.translate(_RAISED if span.sup else _LOWERED)
        if not any(same == was for same, was in zip(moved, span.text, strict=True)):
            return moved
    return span.text


def linked(spans: Spans) -> Iterator[tuple[int | None, Spans]]:
    """Yield stretches of spans that lead to one place, with its number."""
    for link, run in groupby(spans, key=lambda span: span.link):
        yield link, tuple(run)


def is_tight(item: tuple[Block, ...]) -> bool:
    """Return whether a list item needs no blank lines around it: a line, perhaps with a list below."""
    match item:
        case () | (_,) | (Paragraph(), ListBlock(ordered=False) | ListBlock(start=1)):
            return True
    return False
