"""Reading at the desk: opening articles and moving on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.config.checks import NEVER
from reader.model import Article, Headline, Related
from reader.store import Store
from reader.tui.desk.linking import Linking
from reader.tui.panes.article import ArticlePane
from reader.tui.panes.listing import shown
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.document import Document

LOOK_PAUSE = 0.04  # seconds the cursor rests before its article is shown: longer than a held key repeats
PREVIEW_PAUSE = 0.12  # seconds more before its related news is looked up
HISTORY = 100  # articles one can go back through


def _document(article: Article, *, whole: bool = False) -> Document:
    """Return an article's content; what reads it is imported here, off the UI thread, when first needed."""
    from reader import document

    return document.from_html(article.html, base=article.url, title=article.headline.title, whole=whole)


def _related(store: Store, id: int) -> tuple[Related, ...]:
    """Return an article's neighbours; the engines, too, are imported when first needed."""
    from reader import library

    return library.related(store, id)


class Reading(Linking):
    """The part of the desk that opens articles."""

    _reading: Article | None = None
    _full = False  # whether it is shown as its page has it
    _preview = False  # what is being loaded is only looked at, not opened
    _history: tuple[int, ...] = ()
    _counted = 0  # the article whose opening was counted last

    def take_place(self, id: int) -> None:
        """Scroll an article that was just shown to where it was left; the session knows."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forget what was read and marked: the ids are another library's from now on."""
        self._reading, self._history, self._undos = None, (), ()

    def leave_out(self, id: int) -> None:
        """Forget an article that is gone."""
        self._history = tuple(seen for seen in self._history if seen != id)
        if self.current == id:
            self._reading, self.current = None, None

    # Opening

    def open(self, id: int, *, preview: bool = False, back: bool = False) -> None:
        """Show an article; a preview is not marked read and does not take the focus."""
        if not (preview or back) and self.current not in (None, id):
            self._history = (*self._history, self.current or 0)[-HISTORY:]
        self._preview = preview
        if self.current == id:
            self.watch_current(id)
        self.current = id
        if not preview:
            self.headlines.select(id)
            self.article.focus()

    def watch_current(self, id: int | None) -> None:
        """Load what is open, in place of what was being loaded."""
        self.forget_number()
        if id is not None:
            self.restart("article", self._load_article, id, preview=self._preview)

    def reopen(self, id: int | None = None) -> None:
        """Show the open article anew, at the same place: it may have been edited. Or another in its place."""
        if id is not None:
            self.open(id, preview=True)
        elif self.current is not None:
            self.restart("article", self._load_article, self.current, preview=True)

    @spoken
    async def _load_article(self, id: int, *, preview: bool) -> None:
        if preview:
            await asyncio.sleep(LOOK_PAUSE)
        article = await self.ask(self.shelf.store.articles.get, id)
        if article is None:
            self.complain("this article is no longer in the library")
            return
        if article.headline.bare:
            self.say_bare(article.headline)
            return
        given, article = article, await self.ask(self.shelf.store.fulltexts.in_full, article)
        text = await asyncio.to_thread(_document, article)
        self._reading = article
        earlier = await self.read_before(article, opened=not preview)
        self._full = article is not given
        earlier = None if self._full else earlier  # it is what the feed said
        self.article.show(article, text, datetime.now(UTC), earlier)
        self.take_place(id)
        self.pictures_again(id, preview=preview)
        await self._follow_hidden(article.headline)
        if preview:
            await asyncio.sleep(PREVIEW_PAUSE)
        else:
            self.start("marks", self._mark_opened, article.headline)
            self.start("fulltext", self.want_whole, article)
        rows = await self.ask(_related, self.shelf.store, id)
        self.related.show(rows, datetime.now(UTC), others=article.headline.others)
        if not rows:
            self.related.show_empty("Nothing else about this yet.")

    async def _follow_hidden(self, headline: Headline) -> None:
        """Put the cursor on the row that stands for an opened article that its folded story hides."""
        if self.pane == "list" or not headline.story or headline.id in self.headlines.ids:
            return
        for id in await self.ask(self.shelf.store.stories.members, headline.story):
            if self.headlines.select(id):
                return

    @spoken
    async def _mark_opened(self, headline: Headline) -> None:
        """Count that an article was opened, and mark it read, with its story where that is wanted."""
        store, ui = self.shelf.store, self.config.ui
        if headline.id != self._counted:
            self._counted = headline.id
            await self.ask(store.marks.opened, headline.id)
        ids = await self.ask(store.lists.story, headline.id) if ui.mark_story else (headline.id,)
        if ui.mark_read == NEVER or (headline.read and not ui.mark_story):
            return
        if isinstance(ui.mark_read, str):
            await self.mark_read(ids, read=True, undoable=False)
        else:
            self._mark_later(headline.id, ids, ui.mark_read)

    def _mark_later(self, id: int, ids: Sequence[int], seconds: float) -> None:
        """Mark articles read if the one that was opened is still being read after so many seconds."""

        def mark() -> None:
            if self.current == id and not self._preview:
                self.start("marks", self.mark_read, ids, read=True, undoable=False)

        self.set_timer(seconds, mark)

    def on_article_pane_whole_wanted(self, event: ArticlePane.WholeWanted) -> None:
        """Draw the rest of an article that was cut short."""
        if self._reading is not None and self._reading.headline.id == event.id:
            self.start("article", self._show_whole, self._reading)

    @spoken
    async def _show_whole(self, article: Article) -> None:
        text = await asyncio.to_thread(_document, article, whole=True)
        if self._reading is article:
            earlier = await self.read_before(article, opened=False)
            self.article.show(article, text, datetime.now(UTC), None if self._full else earlier)
            self.pictures_again(article.headline.id, preview=True)

    async def want_whole(self, article: Article) -> None:
        """Fetch the page of an article whose feed is always read whole."""
        raise NotImplementedError

    def pictures_again(self, id: int, *, preview: bool) -> None:
        """Show the pictures of an article that was shown anew."""
        raise NotImplementedError

    def say_bare(self, headline: Headline) -> None:
        """Say that a headline of a page's ticker has no article behind it."""
        self.say(f"this is only a headline: {headline.source} gives no article for it")

    # Moving on

    def step_article(self, direction: int) -> None:
        """Open the next or previous article of the list, staying in the article pane."""
        ids = self.headlines.ids
        row = self.headlines.cursor + direction
        if not 0 <= row < len(ids):
            self.say("this is the last article" if direction > 0 else "this is the first article")
            return
        self.open(ids[row])

    @spoken
    async def step_unread(self, direction: int, *, reading: bool) -> None:
        """Go to the next or previous unread article, beginning again at the other end."""
        ids, here = self.headlines.ids, self.headlines.cursor
        # A story is as read as the article that stands for it: the lead of its unread ones may be another.
        view = replace(self.view, unread=True, grouped=False, keep=None)
        unread = set(await self.ask(shown, self.shelf.store, view))
        unread.discard(self.current or 0)
        rows = range(len(ids))
        ahead = (
            [*rows[here + 1 :], *rows[:here]]
            if direction > 0
            else [*rows[:here][::-1], *rows[here + 1 :][::-1]]
        )
        found = next((row for row in ahead if ids[row] in unread), None)
        if found is None:
            self.say("no more unread articles here")
        elif reading:
            self.open(ids[found])
        else:
            self.headlines.cursor = found

    def action_page(self) -> None:
        """Page through the article; at its end open the next unread one."""
        if self._reading is None or self.current is None or self._preview:
            if (selected := self.headlines.selected) is not None:
                self.open(selected)
        elif not self.article.page_down():
            self.restart("step", self.step_unread, 1, reading=True)

    def action_page_back(self) -> None:
        """Page back through the article."""
        self.article.page_up()

    def action_next_article(self) -> None:
        """Open the next article."""
        self.step_article(1)

    def action_previous_article(self) -> None:
        """Open the previous article."""
        self.step_article(-1)

    def action_next_unread(self) -> None:
        """Go to the next unread article, or the next hit of a search."""
        self._next(1)

    def action_previous_unread(self) -> None:
        """Go to the previous unread article, or the previous hit of a search."""
        self._next(-1)

    def _next(self, direction: int) -> None:
        reading = self.pane == "article"
        if reading and self.article.finding:
            self.step_inside(direction)
        elif self.view.search or self.view.filter:
            self.step_article(direction) if reading else self.headlines.move(direction)
        else:
            self.restart("step", self.step_unread, direction, reading=reading)

    def action_next_in_story(self) -> None:
        """Open the next article of the same story."""
        self.restart("step", self._step_story, 1)

    def action_previous_in_story(self) -> None:
        """Open the previous article of the same story."""
        self.restart("step", self._step_story, -1)

    @spoken
    async def _step_story(self, direction: int) -> None:
        here = self.current or self.headlines.selected
        if here is None:
            return
        story = await self.ask(self.shelf.store.lists.story, here)
        if len(story) < 2 or here not in story:
            self.say("no other source tells this story yet")
            return
        self.open(story[(story.index(here) + direction) % len(story)])

    def action_history_back(self) -> None:
        """Open the article one came from."""
        if not self._history:
            self.say("this is where you began")
            return
        *behind, id = self._history
        self._history = tuple(behind)
        self.open(id, back=True)
