"""The article pane: a window over a typeset article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from reader.model import Article, Headline
from reader.tui.drawing import safe
from reader.tui.drawing.paint import Paint
from reader.tui.panes.extent import extend
from reader.tui.typeset.copying import copied, marked
from reader.tui.typeset.layout import Layout, Place
from reader.tui.typeset.lines import Ink, Line, Marked, Piece, Prose, Run

if TYPE_CHECKING:
    from reader.document.blocks import Document, Link

COLUMN = 76
"""Cells a line of text takes at most: longer ones are hard to follow to the next."""
ROOMY = 44  # cells of width from which two stay free on each side, else one
OVERLAP = 2  # lines of the last page still seen after paging
KEPT = 600  # drawn lines remembered: several screens in both directions


class ArticlePane(ScrollView, can_focus=True, inherit_bindings=False):
    """The open article; the desk calls `page_down`, `move`, `half`, `edge` for its keys."""

    ALLOW_SELECT = True

    COMPONENT_CLASSES = {
        f"article--{name}"
        for name in (
            *("text", "headline", "byline", "topic", "dateline", "heading", "subheading", "term"),
            *("quote", "bar", "marker", "rule", "table-head", "image", "caption", "link", "note", "empty"),
            *("code", "code-comment", "code-keyword", "code-string", "code-number", "code-name"),
            *("code-removed", "found", "found-here", "added", "removed"),
        )
    }

    @dataclass
    class LinkClicked(Message):
        """The reader clicked a link."""

        address: str

    @dataclass
    class WholeWanted(Message):
        """The reader has come to the end of a text that was cut short: show the whole document."""

        id: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.links: tuple[Link, ...] = ()
        """The numbered links, attached files last; the first is number 1."""
        self._article: int | None = None
        self._pieces: list[Piece] = []
        self._shown: tuple[Article, list[Piece]] | None = None  # with the pieces of its text
        self._more = False  # the document was cut short, and the rest has not been asked for
        self._set = Layout((), COLUMN)
        self._set_for = Size(0, 0)
        self._place = Place()
        self._placing = False
        self._paint: Paint | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(KEPT)

    # What is shown

    def show(self, article: Article, document: Document, now: datetime) -> None:
        """Show an article from its beginning; the same one again (marks changed) stays where it is."""
        from reader.document.blocks import Link
        from reader.tui.typeset.flow import flow  # an empty pane, as of a first screen, needs none of these
        from reader.tui.typeset.masthead import attached, attachments, goes_on, masthead, spaced

        body = flow(document.blocks, dateline=article.dateline)
        files = attachments(article.enclosures, len(document.links))
        more = goes_on() if document.truncated else []
        pieces = [*masthead(article, body, now), *spaced(body), *spaced(more), *spaced(files)]
        again = article.headline.id == self._article and self._stays(pieces)
        self._article, self._pieces, self._shown = article.headline.id, pieces, (article, body)
        self._more = document.truncated
        enclosed = (Link(enclosure.url, attached(enclosure)) for enclosure in article.enclosures)
        self.links = (*document.links, *enclosed)
        self._begin(self._place if again else Place())

    def remark(self, marked: Callable[[Headline], Headline]) -> None:
        """Show changed marks above the text."""
        from reader.tui.typeset.masthead import masthead

        if self._shown is None:
            return
        article, body = self._shown
        headline = marked(article.headline)
        if headline.starred != article.headline.starred:
            article = replace(article, headline=headline)
            head = masthead(article, body, datetime.now(UTC))
            self._pieces[: len(head)] = head  # as many as before: marks are facts of the byline
            self._shown = article, body
            self._begin(self._place)

    def _stays(self, pieces: Sequence[Piece]) -> bool:
        """Return whether the piece at the reader's place is still there."""
        at = self._place.piece
        return at < min(len(pieces), len(self._pieces)) and pieces[at].text == self._pieces[at].text

    def show_nothing(self, words: str) -> None:
        """Show why there is no article, or what to do."""
        self._article, self.links, self._more, self._shown = None, (), False, None
        inked = Marked.of((Run(safe.clean(words), Ink("empty")),))
        self._pieces = [Prose(marked=inked, gap=max(self._page // 3, 1), align="centre")]
        self._begin(Place())

    def _begin(self, place: Place) -> None:
        self._place = place
        self._paint = None
        self._typeset()
        self.refresh()

    def _typeset(self) -> None:
        """Break the pieces for the present width and go back to the reader's place."""
        region = self.scrollable_content_region
        if region.width <= 0:
            self._set_for = Size(0, 0)  # hidden: set when the pane comes into sight
            return
        margin = 2 if region.width >= ROOMY else 1
        self._set = Layout(self._pieces, max(min(COLUMN, region.width - 2 * margin), 1))
        self._set_for = self.size
        self._strips.clear()
        self._placing = True
        extend(self, Size(region.width, self._set.height + 1))
        self._scroll(self._set.find(self._place))
        self._placing = False

    # Where the reader is

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y >= self._last

    @property
    def progress(self) -> float:
        """How much of the article has been in sight, 0 to 1."""
        if self.at_end:
            return 1.0
        return (self.scroll_offset.y + self._page) / max(self.virtual_size.height, 1)

    @property
    def _page(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _last(self) -> int:
        return max(self.virtual_size.height - self._page, 0)

    @property
    def place(self) -> tuple[int, int]:
        """Where the reader is, whatever the width: a piece of the article, and how far into it."""
        return self._place.piece, self._place.offset

    def go(self, place: tuple[int, int]) -> None:
        """Scroll to such a place."""
        if self._pieces and place[0] < len(self._pieces):
            self._place = Place(*place)
            self._typeset()
            self.refresh()

    def page_down(self) -> bool:
        """Go on by a page; False (and nothing moves) when the end is already in sight.

        At the end of a text that was cut short the rest is asked for instead.
        """
        if self.at_end:
            return self._ask_for_the_rest()
        self.move(max(self._page - OVERLAP, 1))
        return True

    def _ask_for_the_rest(self) -> bool:
        if not self._more or self._article is None:
            return False
        self._more = False
        self.post_message(self.WholeWanted(self._article))
        return True

    def page_up(self) -> bool:
        """Go back by a page; False at the beginning."""
        if self.scroll_offset.y <= 0:
            return False
        self.move(-max(self._page - OVERLAP, 1))
        return True

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        self._scroll(self.scroll_offset.y + lines)

    def half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.move(direction * max(self._page // 2, 1))

    def edge(self, direction: int) -> None:
        """Go to the beginning (-1) or the end (1)."""
        self._scroll(0 if direction < 0 else self._last)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(0, min(line, self._last)), animate=False, force=True, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place, unless the pane is just being resized and scrolls by itself."""
        super().watch_scroll_y(old_value, new_value)
        if not self._placing and self.size == self._set_for:
            self._place = self._set.place(round(new_value))

    # Links

    def link(self, number: int) -> str | None:
        """Return the address of a numbered link, counted from 1."""
        return self.links[number - 1].url if 0 < number <= len(self.links) else None

    def _link_at(self, x: int, y: int) -> str | None:
        """Return the address of the link drawn at a cell of the window."""
        at = x - self._left
        if at < 0:
            return None
        for run in self._set.line(y + self.scroll_offset.y).runs:
            at -= cell_len(run.text)
            if at < 0:
                return self.link(run.ink.link + 1)
        return None

    # Drawing

    @property
    def _left(self) -> int:
        return max((self.scrollable_content_region.width - self._set.width) // 2, 0)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        if self.size != self._set_for:
            self.call_next(self.on_resize)  # a border came or went: Textual tells no one
        index = y + self.scroll_offset.y
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._drawn(self._set.line(index))
        if (selection := self.text_selection) and (span := selection.get_span(index)):
            strip = marked(strip, span, self._left, self.selection_style)
        return strip.apply_offsets(-self._left, index)

    def _drawn(self, line: Line) -> Strip:
        if self._paint is None:
            self._paint = Paint(self, "article", [link.url for link in self.links])
        return self._paint.strip(line, self.scrollable_content_region.width, self._left)

    # Events

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the marked text, its paragraphs on one line each."""
        return copied(self._set, selection.start, selection.end), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the marked text."""
        del selection  # each line asks for it when it is drawn
        self.refresh()

    def notify_style_update(self) -> None:
        """Mix the colours anew."""
        super().notify_style_update()
        self._paint = None
        self._strips.clear()

    def on_resize(self) -> None:
        """Break the lines anew; the reader stays at the same words."""
        if self.size != self._set_for:
            self._typeset()
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Follow a clicked link; the end of a drag is no click."""
        offset = event.get_content_offset(self)
        if offset is not None and self.text_selection is None and (address := self._link_at(*offset)):
            self.post_message(self.LinkClicked(address))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show a hand over links, where the terminal can."""
        offset = event.get_content_offset(self)
        over = offset is not None and self._link_at(*offset) is not None
        if over != (self.styles.pointer == "pointer"):
            self.styles.pointer = "pointer" if over else "default"
