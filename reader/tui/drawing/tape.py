"""The ticker's tape: headlines end to end, measured in cells."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Headline
from reader.tui.drawing.cells import clip, graphemes

GAP = "  •  "
LONGEST = 200  # cells of one headline: a ticker item is a line, not a text


class Tape:
    """Headlines laid end to end as cells; a wide character is its glyph and an empty cell."""

    def __init__(self, headlines: Sequence[Headline]) -> None:
        self.headlines = tuple(headlines)
        self.cells: list[str] = []
        self.owner: list[int] = []  # which headline a cell belongs to; -1 - n: the gap after headline n
        self.starts: list[int] = []  # where each headline begins
        for number, headline in enumerate(headlines):
            self.starts.append(len(self.cells))
            self._lay(clip(headline.title, LONGEST), number)
            self._lay(GAP, -1 - number)

    def _lay(self, text: str, owner: int) -> None:
        for glyph, width in graphemes(text):
            if width == 0:
                if self.cells:
                    self.cells[-1] += glyph
                continue
            self.cells += [glyph, *[""] * (width - 1)]
            self.owner += [owner] * width

    def __len__(self) -> int:
        return len(self.cells)

    def window(self, start: int, width: int) -> list[tuple[str, int]]:
        """Return (text, owner) runs for `width` cells from `start`, going round; no glyph is ever cut."""
        runs: list[tuple[str, int]] = []
        at, end, size = start, start + width, len(self.cells)
        while at < end:
            cell, owner = self.cells[at % size], self.owner[at % size]
            step = 1
            if cell == "":  # the second half of a glyph that has left
                cell = " "
            else:
                while step < size and self.cells[(at + step) % size] == "":
                    step += 1
                if at + step > end:  # only a part would fit
                    cell, step = " ", end - at
            if runs and runs[-1][1] == owner:
                runs[-1] = (runs[-1][0] + cell, owner)
            else:
                runs.append((cell, owner))
            at += step
        return runs
