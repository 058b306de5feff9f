"""What both writers of documents need: raised and lowered characters, runs of one link, tight lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from reader.document.blocks import Block, ListBlock, Paragraph, Span, Spans

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_RAISED_MAX = 8  # characters: whole sentences are easier to read as they are
_NOTE = re.compile(r"[\[(](\d{1,3})[\])]")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ROMAN_MAX = 3999


def settled(spans: Spans) -> Iterator[Span]:
    """Yield spans, raised and lowered text in Unicode's own characters where it has all of them."""
    for (sup, sub), group in groupby(spans, key=lambda span: (span.sup, span.sub)):
        run = list(group)
        table = _RAISED if sup else _LOWERED if sub else {}
        if sup and (note := _NOTE.fullmatch("".join(span.text for span in run))):
            run = [replace(run[0], text=note[1])]
        size = sum(len(span.text) for span in run)
        if size <= _RAISED_MAX and table and all(ord(char) in table for span in run for char in span.text):
            run = [replace(span, text=span.text.translate(table)) for span in run]
        yield from run


def linked(spans: Spans) -> Iterator[tuple[int | None, Spans]]:
    """Yield stretches of settled spans that lead to one place, with its number."""
    for link, run in groupby(settled(spans), key=lambda span: span.link):
        yield link, tuple(run)


def counted(block: ListBlock, place: int) -> int:
    """Return the number of an item of an ordered list."""
    return block.numbers[place] if block.numbers else block.start + place


def label(block: ListBlock, place: int) -> str:
    """Return an item's number as its list counts: "3", "c", "iv"."""
    count = counted(block, place)
    kind = block.numbering.lower()
    if kind == "i" and 0 < count <= _ROMAN_MAX:
        words = _roman(count)
    elif kind == "a" and count > 0:
        words = _letters(count)
    else:
        words = str(count)
    return words.upper() if block.numbering.isupper() else words


def _roman(count: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (count // value)
        count %= value
    return words


def _letters(count: int) -> str:
    words = ""
    while count > 0:
        count, letter = divmod(count - 1, 26)
        words = chr(ord("a") + letter) + words
    return words


def is_tight(item: tuple[Block, ...]) -> bool:
    """Return whether a list item needs no blank lines around it: a line, perhaps with a list below."""
    match item:
        case () | (_,) | (Paragraph(), ListBlock(ordered=False) | ListBlock(start=1)):
            return True
    return False
