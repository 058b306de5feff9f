"""What both writers of documents need: raised and lowered characters, runs of one link, tight lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from reader.document.blocks import Block, ListBlock, Paragraph, Span, Spans

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def settled(spans: Spans) -> Iterator[Span]:
    """Yield spans, raised and lowered text in Unicode's own characters where it has all of them."""
    for (sup, sub), group in groupby(spans, key=lambda span: (span.sup, span.sub)):
        run = list(group)
        table = _RAISED if sup else _LOWERED if sub else {}
        if table and all(ord(char) in table for span in run for char in span.text):
            run = [replace(span, text=span.text.translate(table)) for span in run]
        yield from run


def linked(spans: Spans) -> Iterator[tuple[int | None, Spans]]:
    """Yield stretches of settled spans that lead to one place, with its number."""
    for link, run in groupby(settled(spans), key=lambda span: span.link):
        yield link, tuple(run)


def is_tight(item: tuple[Block, ...]) -> bool:
    """Return whether a list item needs no blank lines around it: a line, perhaps with a list below."""
    match item:
        case () | (_,) | (Paragraph(), ListBlock(ordered=False) | ListBlock(start=1)):
            return True
    return False
