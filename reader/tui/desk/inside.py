"""Inside the open article: looking for words, what was edited in it, wide tables."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.model import Article
from reader.tui.desk.marking import Marking
from reader.tui.keys import shown
from reader.tui.panes.article import Earlier
from reader.tui.panes.prompt import Prompt
from reader.tui.panes.searching import Hits
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.document import Document


class FindLine(Prompt):
    """The line to type into what is looked for in the article."""

    class Changed(Prompt.Changed):
        """The reader is typing."""

    class Answered(Prompt.Answered):
        """The reader has pressed Enter."""

    class Cancelled(Prompt.Cancelled):
        """The reader has pressed Esc."""


class Inside(Marking):
    """The part of the desk that moves within the open article."""

    @property
    def pane(self) -> str:
        """The name of the focused pane; while words for the article are typed, that is the article."""
        typing = self.focused is not None and isinstance(self.focused.parent, FindLine)
        return "article" if typing else super().pane

    def action_search(self) -> None:
        """In the article find words, elsewhere search the library."""
        if self.pane != "article":
            super().action_search()  # type: ignore[misc]  # the part of the desk that searches has it
            return
        self.query(Prompt).remove()
        self.mount(FindLine("find", "find in the article /", hint="words"), before=self.footer)

    def on_find_line_changed(self, event: FindLine.Changed) -> None:
        """Show the first hit while typing."""
        self.article.find(event.text)
        self._say_found(event.text)

    def on_find_line_answered(self, event: FindLine.Answered) -> None:
        """Keep what was found, to go through it."""
        self.query(FindLine).remove()
        self.article.focus()
        if not event.text or not self.article.found[1]:
            self.article.end_find()
        self._say_found(event.text)

    def on_find_line_cancelled(self) -> None:
        """Forget what was looked for."""
        self.query(FindLine).remove()
        self.article.end_find()
        self.article.focus()

    def step_inside(self, direction: int) -> None:
        """Go to the next or previous hit."""
        self.article.find_next(direction)
        self._say_found("what you look for")

    def end_inside(self) -> bool:
        """Stop looking for words, leave the changes; False where neither is going on."""
        if not self.article.finding and not self.article.comparing:
            return False
        self.article.end_find()
        return True

    def _say_found(self, words: str) -> None:
        at, count = self.article.found
        keys = f"{self._key('next_unread')} {self._key('previous_unread')}"
        if count:
            what = "change" if self.article.comparing else "hit"
            self.say(f"{what} {at:,} of {count:,} · {keys} go on · {self._key('back')} ends")
        elif words:
            self.say(f"this article does not have: {words}")

    def _key(self, action: str) -> str:
        return next((shown(key.keys[0]) for key in self.keys if key.action == action and key.keys), "")

    # How it was edited

    async def read_before(self, article: Article, *, opened: bool) -> Earlier | None:
        """Return what an article said when it was read, where it was edited since."""
        pane, store, id = self.article, self.shelf.store, article.headline.id
        pane.table_keys = f"{self._key('table_left')} {self._key('table_right')}".strip()
        pane.changes_key = self._key("changes")
        pane.highlight(self._searched())
        found = await self.ask(store.earlier.get, id)
        if found is None:
            return None
        if opened:
            self.start("marks", self._note_opened, id)
        title, html = found
        return Earlier(title, await asyncio.to_thread(_read, article, html))

    @spoken
    async def _note_opened(self, id: int) -> None:
        await self.ask(self.shelf.store.earlier.opened, id)

    def _searched(self) -> Hits | None:
        """Return what finds the search's words in a text."""
        from reader.query import QueryError, hits, parse

        try:
            found = hits(parse(self.view.search)) if self.view.search else None
        except QueryError:
            return None
        return found.ranges if found else None

    def action_changes(self) -> None:
        """Show what was edited after the article was read, or the article again."""
        if not self.article.compare():
            self.say("this article was not edited after you read it")
        elif self.article.comparing:
            if self.article.found[1]:
                self._say_found("")
            else:
                self.say("only its pictures or its looks were edited, no word of it")

    # Wide tables

    def action_table_right(self) -> None:
        """Show further columns of the wide tables in sight."""
        self._sideways(1)

    def action_table_left(self) -> None:
        """Show earlier columns of the wide tables in sight."""
        self._sideways(-1)

    def _sideways(self, columns: int) -> None:
        if not self.article.sideways(columns):
            self.say("no table here goes on in that direction")


def _read(article: Article, html: str) -> Document:
    from reader import document

    return document.from_html(html, article.url, article.headline.title)
