"""Text measured in terminal cells, for the panes that draw their own lines.

What is drawn goes through `text.one_line` again here, at the pane's edge: a stored string that slipped
the gate once must not reach the terminal either.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.segment import Segment
from rich.style import Style

from reader.text import one_line

ELLIPSIS = "…"


def clip(text: str, width: int) -> str:
    """Return one safe line of at most `width` cells, shortened with an ellipsis."""
    if width <= 0:
        return ""
    text = one_line(text)
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def graphemes(text: str) -> list[tuple[str, int]]:
    """Split text into what a reader sees as characters, each with its width in cells."""
    spans, _ = split_graphemes(text)
    return [(text[start:end], width) for start, end, width in spans]


def emphasised(text: str, words: tuple[str, ...], plain: Style, strong: Style) -> list[Segment]:
    """Cut text into segments, the given (casefolded) words drawn in the strong style."""
    if not words:
        return [Segment(text, plain)]
    folded = text.casefold()
    if len(folded) != len(text):  # ß, ﬁ: offsets would drift
        return [Segment(text, plain)]
    flags = bytearray(len(text))
    for word in words:
        at = folded.find(word)
        while at >= 0:
            flags[at : at + len(word)] = b"\1" * len(word)
            at = folded.find(word, at + len(word))
    segments, start = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or flags[at] != flags[start]:
            segments.append(Segment(text[start:at], strong if flags[start] else plain))
            start = at
    return segments
