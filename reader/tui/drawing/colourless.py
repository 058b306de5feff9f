"""NO_COLOR: the desk in the terminal's own two colours. What a ground set apart is reversed instead."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

PLAIN = Style(color=RichColor.default(), bgcolor=RichColor.default(), reverse=False)
REVERSED = PLAIN + Style(reverse=True)
APART = 0.2
"""Difference of brightness from which on a ground is more than a shade of the desk's: a chosen row's is."""


class Colourless(LineFilter):
    """Takes all colours away; bold, underlined and links stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [
            Segment(text, None if style is None else style + _instead(style, background.brightness), control)
            for text, style, control in segments
        ]


@lru_cache(2_048)
def _instead(style: Style, ground: float) -> Style:
    """Return what replaces a style's colours on a desk of this brightness."""
    colour = style.color if style.reverse else style.bgcolor
    if colour is None or colour.is_default:
        return PLAIN
    return REVERSED if abs(Color.from_rich_color(colour).brightness - ground) > APART else PLAIN
