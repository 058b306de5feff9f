"""From ink to colour: what a component class of the style sheets makes of a run of text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import Widget

from reader.text import address
from reader.tui.contrast import readable
from reader.tui.themes import topic_colour
from reader.tui.typeset.lines import HERE, Ink, Line, cells


class Paint:
    """The styles of one pane under the present theme; made anew when the theme changes."""

    def __init__(self, pane: Widget, prefix: str, addresses: Sequence[str] = ()) -> None:
        self._pane = pane
        self._prefix = prefix
        self._addresses = addresses
        self._styles: dict[tuple[Ink, str], Style] = {}

    def style(self, ink: Ink, ground: str = "") -> Style:
        """Return the style of an ink, on the background of the component `ground` if one is named."""
        if ink.pixels:
            return _halves(ink.pixels, self.style(Ink(), ground).bgcolor)
        key = (ink, ground)
        if (style := self._styles.get(key)) is None:
            style = self._styles[key] = self._mixed(ink, ground)
        return style

    def strip(self, line: Line, width: int, left: int = 0, ground: str = "") -> Strip:
        """Return a line as a strip of `width` cells, `left` cells from the edge."""
        plain = self.style(Ink(), ground)
        filled = left + cells(line.runs)
        segments = [Segment(run.text, self.style(run.ink, ground)) for run in line.runs]
        if left:
            segments.insert(0, Segment(" " * left, plain))
        if filled < width:
            segments.append(Segment(" " * (width - filled), plain))
        strip = Strip(Segment.simplify(segments), max(filled, width))
        return strip if filled <= width else strip.crop(0, width)

    def _mixed(self, ink: Ink, ground: str) -> Style:
        base = self._pane.get_visual_style(f"{self._prefix}--{ink.role}")
        background, colour = base.background or BLACK, base.foreground or WHITE
        if ground:
            background = self._part(ground).background or background
        if ink.code:
            background = self._part("code").background or background
        linked = ink.link >= 0 and ink.role != "note"
        if linked:
            colour = self._part("link").foreground or colour
        if ink.topic and colour.ansi is None:
            colour = Color.parse(topic_colour(ink.topic, dark=self._pane.app.current_theme.dark))
        mark = self._part("found-here" if ink.found == HERE else "found") if ink.found else base
        if ink.found:
            background, colour = mark.background or background, mark.foreground or colour
        colour = background + colour
        if ink.role != "rule":
            colour = readable(colour, background)
        return Style(
            color=colour.rich_color,
            bgcolor=background.rich_color,
            bold=ink.bold or base.bold or mark.bold,
            italic=ink.italic or base.italic,
            underline=ink.underline or base.underline or mark.underline or linked,
            strike=ink.strike or base.strike,
            link=self._address(ink.link),
        )

    def _part(self, name: str) -> VisualStyle:
        return self._pane.get_visual_style(f"{self._prefix}--{name}")

    def _address(self, link: int) -> str | None:
        """Return where a link leads, for the terminal's own hyperlinks; only what may be opened, too."""
        return address(self._addresses[link]) or None if 0 <= link < len(self._addresses) else None


@lru_cache(maxsize=8_192)
def _halves(pixels: str, ground: RichColor | None) -> Style:
    """Return the style of a picture's cells, on the pane's own ground where there is no lower half.

    A terminal with fewer colours gets the nearest of its own when they are written.
    """
    return Style(color=f"#{pixels[:6]}", bgcolor=RichColor.parse(f"#{pixels[6:]}") if pixels[6:] else ground)
