"""Text measured in terminal cells, for the panes that draw their own lines.

What is drawn goes through `text.one_line` again here, at the pane's edge: a stored string that slipped
the gate once must not reach the terminal either.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.segment import Segment
from rich.style import Style

from reader.query import Hits
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


def emphasised(text: str, hits: Hits, plain: Style, strong: Style) -> list[Segment]:
    """Cut text into segments, what a query has found in it drawn in the strong style."""
    segments, at = [], 0
    for start, end in hits.ranges(text):
        if start > at:
            segments.append(Segment(text[at:start], plain))
        segments.append(Segment(text[start:end], strong))
        at = end
    return [*segments, Segment(text[at:], plain)] if at < len(text) or not segments else segments
