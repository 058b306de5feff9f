"""The two lines of a headline: its mark and words, then its source, its time and who else tells it."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.model import Headline
from reader.query import Hits
from reader.records import dataclass
from reader.tui.drawing.cells import clip, emphasised

Styles = Callable[[str], Style]
"""Gives a component's style on the row's ground."""

NONE = Hits()
CURSOR = "▌"
UNREAD, WAITING, READ = "● ", "○ ", "  "  # WAITING: itself read, others of its story not
FOLLOWED, FOLLOWED_READ, WORD = "◆ ", "◇ ", " · followed"
UNFOLDED = " ▾"
LEAST = 10  # cells of a source's name, before the words after it are cut to figures


@dataclass(frozen=True, slots=True)
class Row:
    """A headline and how it stands in the list."""

    headline: Headline
    time: str
    guide: str = ""  # what leads from its story's row to it, where it stands below that: "│" or "╰"
    unfolded: bool = False  # the rest of its story stands below it
    followed: bool = False  # its story is
    cursor: bool = False
    hits: Hits = NONE  # what to highlight

    def title(self, width: int, styles: Styles) -> list[Segment]:
        """Return the first line."""
        headline = self.headline
        mark = Segment("★ ", styles("star")) if headline.starred else Segment(self._mark(), styles("unread"))
        plain = styles("read" if headline.read else "title")
        edge = [*self._edge(self.guide, styles), mark]
        words = clip(headline.title, width - _cells(edge) - 1)
        return [*edge, *emphasised(words, self.hits, plain, plain + styles("hit"))]

    def meta(self, width: int, styles: Styles) -> list[Segment]:
        """Return the second line; its last segment is who else tells it, "" if nobody is told of."""
        meta = styles("meta")
        edge = [*self._edge("│" if self.guide == "│" else self.guide and " ", styles), Segment("  ", meta)]
        after = (f" · {self.time}" if self.time else "") + (WORD if self.followed and not self.guide else "")
        room = width - _cells(edge) - cell_len(after) - 4
        least = min(LEAST, cell_len(self.headline.source))
        *longer, more = self._more()
        more = next((words for words in longer if room - cell_len(words) >= least), more)
        source = clip(self.headline.source, max(0, room - cell_len(more)))
        return [
            *edge,
            *emphasised(source, self.hits, meta, meta + styles("hit")),
            Segment(after, meta),
            Segment(" · " if more else "", meta),
            Segment(more, styles("more")),
        ]

    def _edge(self, guide: str, styles: Styles) -> list[Segment]:
        bar = Segment(CURSOR if self.cursor else " ", styles("unread"))
        return [bar, Segment(f" {guide} ", styles("guide"))] if guide else [bar]

    def _mark(self) -> str:
        if self.followed:
            return FOLLOWED_READ if self.headline.read and not self._waiting() else FOLLOWED
        if not self.headline.read:
            return UNREAD
        return WAITING if self._waiting() else READ

    def _waiting(self) -> int:
        """Return how many unread reports a row that looks read stands for."""
        return self.headline.waiting if self.headline.read and not self.guide else 0

    def _more(self) -> list[str]:
        """Return who else tells it, and how many reports are unread, in fewer and fewer cells."""
        others, waiting = self.headline.others, self._waiting()
        if self.guide or not (others or self.unfolded):
            return [""]
        count = [f"+{others}"] if others else []
        found = [" · ".join(count)]
        if waiting:
            long = [f"+{others} source{'s' * (others != 1)}"] if others else []
            told = ([*long, f"{waiting} unread"], [*count, f"{waiting} unread"], [*count, f"●{waiting}"])
            found = [" · ".join(words) for words in told]
        return [(words + UNFOLDED).strip() for words in found] if self.unfolded else found


def _cells(segments: list[Segment]) -> int:
    return sum(segment.cell_length for segment in segments)
