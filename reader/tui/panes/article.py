"""The article pane: the open article, its links, what was looked for in it, and how it was edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.message import Message

from reader.model import Article, Headline
from reader.records import dataclass
from reader.tui.drawing import safe
from reader.tui.panes.column import COLUMN
from reader.tui.panes.searching import Searching
from reader.tui.typeset.layout import Place
from reader.tui.typeset.lines import Ink, Marked, Piece, Prose, Run

if TYPE_CHECKING:
    from reader.document.blocks import Document, Link

__all__ = ["COLUMN", "ArticlePane", "Earlier"]


AHEAD = 3  # pages before the end of a text that was cut short at which the rest is asked for


class Earlier(NamedTuple):
    """What an article said when it was first read, where it has been edited since."""

    title: str
    document: Document


class ArticlePane(Searching):
    """The open article."""

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
        self.table_keys = ""
        """The keys that move wide tables sideways, as they are shown below one."""
        self.changes_key = ""
        """The key that shows what was edited."""
        self._article: int | None = None
        self._shown: tuple[Article, list[Piece]] | None = None  # with the pieces of its text
        self._more = False  # the document was cut short, and the rest has not been asked for
        self._document: Document | None = None
        self._earlier: Earlier | None = None
        self._instead: tuple[list[Piece], Place] | None = None  # the article, while its changes are shown

    # What is shown

    def show(
        self, article: Article, document: Document, now: datetime, earlier: Earlier | None = None
    ) -> None:
        """Show an article from its beginning; the same one again (marks changed) stays where it is.

        `earlier` is what it said when the reader read it, where it has been edited since.
        """
        from reader.document.blocks import Link
        from reader.tui.typeset.flow import flow  # an empty pane, as of a first screen, needs none of these
        from reader.tui.typeset.masthead import attached, attachments, goes_on, masthead, spaced

        body = flow(document.blocks, dateline=article.dateline, keys=self.table_keys)
        files = attachments(article.enclosures, len(document.links))
        more = goes_on() if document.truncated else []
        changed = self._changed_note(earlier)
        pieces = [*masthead(article, body, now, changed), *spaced(body), *spaced(more), *spaced(files)]
        again = article.headline.id == self._article and not self.comparing and self._stays(pieces)
        if article.headline.id != self._article:
            self._words = ""
        self._article, self._shown, self._document = article.headline.id, (article, body), document
        self._more, self._earlier, self._instead = document.truncated, earlier, None
        enclosed = (Link(enclosure.url, attached(enclosure)) for enclosure in article.enclosures)
        self.links = (*document.links, *enclosed)
        self._begin(pieces, self._place if again else Place())

    def _changed_note(self, earlier: Earlier | None) -> str:
        if earlier is None:
            return ""
        return f"edited after you first read it · {self.changes_key} shows what changed".replace("·  ", "· ")

    def remark(self, marked: Callable[[Headline], Headline]) -> None:
        """Show changed marks above the text."""
        from reader.tui.typeset.masthead import masthead

        if self._shown is None:
            return
        article, body = self._shown
        headline = marked(article.headline)
        if headline.starred != article.headline.starred:
            article = replace(article, headline=headline)
            head = masthead(article, body, datetime.now(UTC), self._changed_note(self._earlier))
            self._shown = article, body
            if not self.comparing:  # as many pieces as before: marks are facts of the byline
                self._begin([*head, *self._pieces[len(head) :]], self._place)

    def _stays(self, pieces: Sequence[Piece]) -> bool:
        """Return whether the piece at the reader's place is still there."""
        at = self._place.piece
        return at < min(len(pieces), len(self._pieces)) and pieces[at].text == self._pieces[at].text

    def show_nothing(self, words: str) -> None:
        """Show why there is no article, or what to do."""
        self._article, self.links, self._more, self._shown = None, (), False, None
        self._document, self._earlier, self._instead, self._words = None, None, None, ""
        inked = Marked.of((Run(safe.clean(words), Ink("empty")),))
        self._begin([Prose(marked=inked, gap=max(self._page // 3, 1), align="centre")], Place())

    # Reading on

    def page_down(self) -> bool:
        """Go on by a page; False (and nothing moves) when the end is already in sight.

        At the end of a text that was cut short the rest is asked for instead.
        """
        return super().page_down() or self.want_rest()

    def want_rest(self) -> bool:
        """Ask for the rest of a text that was cut short; False when all is here, or has been asked for."""
        if not self._more or self._article is None:
            return False
        self._more = False
        self.post_message(self.WholeWanted(self._article))
        return True

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rest of a text in time, before its reader comes to where it was cut."""
        super().watch_scroll_y(old_value, new_value)
        if self._more and not self._placing and new_value > max(old_value, self._last - AHEAD * self._page):
            self.want_rest()

    # How it was edited

    @property
    def comparing(self) -> bool:
        """Whether the changes are shown."""
        return self._instead is not None

    def compare(self) -> bool:
        """Show what was edited after the article was first read, or the article again; False: nothing was."""
        if self._instead is not None:
            (pieces, place), self._instead = self._instead, None
            self._words = ""
            self._begin(pieces, place)
            return True
        if self._earlier is None or self._shown is None or self._document is None:
            return False
        from reader.tui.typeset.changes import compared
        from reader.tui.typeset.flow import flow
        from reader.tui.typeset.masthead import spaced, titled

        now = (self._shown[0].headline.title, self._document)
        before, after = (
            [titled(title), *spaced(flow(text.blocks, numbered=False))]
            for title, text in (self._earlier, now)
        )
        pieces, changes = compared(before, after)
        self._words, self._instead = "", (self._pieces, self._place)
        self._begin(pieces, Place())
        self.go_through(changes)
        return True

    def end_find(self) -> None:
        """Look for nothing any more, and show the article instead of its changes."""
        if self.comparing:
            self.compare()
        super().end_find()

    # Wide tables

    def sideways(self, columns: int) -> bool:
        """Move the wide tables in sight by columns; False where none moves."""
        top = self.scroll_offset.y
        moved = self._set.move(top, top + self._page, columns)
        if moved:
            self._redraw()
        return moved

    # Links

    def link(self, number: int) -> str | None:
        """Return the address of a numbered link, counted from 1."""
        return self.links[number - 1].url if 0 < number <= len(self.links) else None

    def _addresses(self) -> Sequence[str]:
        return [link.url for link in self.links]

    def _link_at(self, x: int, y: int) -> str | None:
        """Return the address of the link drawn at a cell of the window."""
        run = self._run_at(x, y)
        return self.link(run.ink.link + 1) if run is not None else None

    # Events

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

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move a wide table with Shift and the wheel, which many mice have instead of a second wheel."""
        if event.shift and self.sideways(1):
            event.prevent_default().stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move a wide table back with Shift and the wheel."""
        if event.shift and self.sideways(-1):
            event.prevent_default().stop()

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Move a wide table."""
        if self.sideways(1):
            event.prevent_default().stop()

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Move a wide table back."""
        if self.sideways(-1):
            event.prevent_default().stop()
