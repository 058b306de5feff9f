"""Marking and copying: what a selection looks like, and its text as its reader wants it in a letter."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.strip import Strip

from reader.tui.typeset.layout import Layout


def marked(strip: Strip, span: tuple[int, int], left: int, style: Style) -> Strip:
    """Return a strip with the characters of `span` on the background of another style.

    Its foreground stays out: a see-through one comes as the background's own colour.
    A span counts from the column's edge, `left` characters from the strip's; -1 for its end means the line's.
    """
    ground = Style(bgcolor=style.bgcolor)
    length = len(strip.text.rstrip())
    start = max(span[0], 0) + left
    end = length if span[1] < 0 else min(span[1] + left, length)
    segments: list[Segment] = []
    at = 0
    for text, ink, _ in strip:
        low, high = max(start - at, 0), max(end - at, 0)
        if low < high:
            inside = ground if ink is None else ink + ground
            parts = [(text[:low], ink), (text[low:high], inside), (text[high:], ink)]
        else:
            parts = [(text, ink)]
        segments.extend(Segment(part, look) for part, look in parts if part)
        at += len(text)
    return Strip(segments, strip.cell_length)


def copied(layout: Layout, start: Offset | None, end: Offset | None) -> str:
    """Return the text from `start` to before `end` (column's character, line); None means the very edge.

    A paragraph comes as one line, without the indents and bars of its later lines.
    """
    first = start or Offset(0, 0)
    last = end or Offset(-1, layout.height - 1)
    out: list[str] = []
    joint: str | None = None
    for y in range(max(first.y, 0), min(last.y + 1, layout.height)):
        line = layout.line(y)
        if line.pictorial:
            continue
        text = line.text.rstrip()
        left = max(first.x, 0) if y == first.y else 0
        right = last.x if y == last.y and end is not None else len(text)
        if joint is not None:
            left = max(left, line.lead)
        if out:
            out.append("\n" if joint is None else joint)
        out.append(text[left : max(right, 0)])
        joint = line.joint
    return "".join(out)
