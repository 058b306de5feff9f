"""Contrast of text, and colours that are made readable."""

from __future__ import annotations

from textual.color import BLACK, WHITE, Color

ENOUGH = 4.5
"""Contrast that text needs (WCAG 2.2, level AA): whatever the theme, nothing is drawn with less."""
_STEPS = 10


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two opaque colours, 1 to 21 (WCAG 2.2: relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(colour: Color, ground: Color) -> Color:
    """Return `colour`, drawn towards black or white only as far as it takes to be read on `ground`."""
    if colour.ansi is not None or ground.ansi is not None or contrast(colour, ground) >= ENOUGH:
        return colour
    target = max(WHITE, BLACK, key=lambda end: contrast(end, ground))
    for step in range(1, _STEPS):
        nearer = colour.blend(target, step / _STEPS)
        if contrast(nearer, ground) >= ENOUGH:
            return nearer
    return target
