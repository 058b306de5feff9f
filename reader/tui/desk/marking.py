"""Marks at the desk: read, starred, all of it, and taking it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import partial

from reader.model import Headline, View
from reader.records import dataclass
from reader.store import Store
from reader.tui.desk.base import Part
from reader.tui.panes.listing import shown
from reader.tui.speaking import spoken

UNDOS = 100


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take back one step of marking."""

    words: str
    take_back: Callable[[], Awaitable[object]]
    ids: tuple[int, ...] = ()  # the articles whose marks change
    marks: Mapping[str, bool] = field(default_factory=dict)  # as they are then
    anew: bool = False  # the list and the open article are then shown anew
    back_to: int | None = None  # the article that the cursor then stands on
    of_feeds: bool = False  # the feeds screen takes it back, too


class Marking(Part):
    """The part of the desk that marks articles."""

    _undos: tuple[Undo, ...] = ()

    def aimed_at(self) -> int | None:
        """The article that a mark is about: the open one, or in the list the one under the cursor."""
        return self.headlines.selected if self.pane == "list" else self.current or self.headlines.selected

    @spoken
    async def mark_read(self, ids: Sequence[int], *, read: bool, undoable: bool = True) -> None:
        """Mark articles read or unread."""
        await self.put_read(ids, read=read, words=("marked read" if read else "marked unread") * undoable)

    async def put_read(self, ids: Sequence[int], *, read: bool, words: str = "") -> tuple[int, ...]:
        """Mark articles read or unread, undoable by those words if any; returns those that changed."""
        marks = self.shelf.store.marks
        changed = await self.ask(marks.read, ids, read)
        if words and changed:
            self._remember_marks(words, changed, partial(marks.read, changed, not read), read=not read)
        await self._show_marks(changed, read=read)
        return changed

    async def _show_marks(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        here = set(ids)
        stories = self.shelf.store.lists.unread_in_stories
        unread = {} if read is None else await self.ask(stories, tuple(ids))

        def marked(row: Headline) -> Headline:
            if row.id in here:
                row = replace(
                    row,
                    read=row.read if read is None else read,
                    starred=row.starred if starred is None else starred,
                )
            if row.story in unread:
                row = replace(row, waiting=unread[row.story] - (not row.read))
            return row

        for pane in (self.headlines, self.related, self.article):
            pane.remark(marked)
        await self.show_counts()

    def _remember_marks(
        self, words: str, ids: tuple[int, ...], take_back: Callable[[], object], **marks: bool
    ) -> None:
        self.remember(Undo(words, partial(self.ask, take_back), ids, marks))

    def remember(self, undo: Undo) -> None:
        """Remember how to take a step back."""
        self._undos = (*self._undos, undo)[-UNDOS:]

    def action_toggle_read(self) -> None:
        """Mark the article read or unread."""
        if (id := self.aimed_at()) is not None:
            self.start("marks", self._toggle_read, id)

    @spoken
    async def _toggle_read(self, id: int) -> None:
        for row in await self.ask(self.shelf.store.lists.rows, (id,)):
            await self.mark_read((id,), read=not row.read)
            self.say("marked unread" if row.read else "marked read")

    def action_toggle_star(self) -> None:
        """Star the article, or take the star away."""
        if (id := self.aimed_at()) is not None:
            self.start("marks", self._toggle_star, id)

    @spoken
    async def _toggle_star(self, id: int) -> None:
        article = await self.ask(self.shelf.store.articles.get, id)
        if article is None:
            return
        starred, marks = not article.headline.starred, self.shelf.store.marks
        changed = await self.ask(marks.star, (id,), starred)
        self._remember_marks(
            "starred" if starred else "star removed",
            changed,
            partial(marks.star, changed, not starred),
            starred=not starred,
        )
        await self._show_marks(changed, starred=starred)
        self.say("starred" if starred else "star removed")
        if starred:
            self.keep_whole()

    def action_mark_all(self) -> None:
        """Mark all that is shown as read."""
        self.start("marks", self._mark_all)

    @spoken
    async def _mark_all(self) -> None:
        marks = self.shelf.store.marks
        changed = await self.ask(_read_all, self.shelf.store, self.view)
        if not changed:
            self.say("everything here is read already")
            return
        self._remember_marks("marked all read", changed, partial(marks.read, changed, False), read=False)
        await self._show_marks(changed, read=True)
        self.say(f"{len(changed):,} marked read{self.hint('undo', 'takes it back')}")

    def action_undo(self) -> None:
        """Take back the last mark."""
        self.start("marks", self._undo)

    @spoken
    async def _undo(self) -> None:
        self.say(await self.take_back())

    async def take_back(self) -> str:
        """Take back the last step; returns in words what that was."""
        if not self._undos:
            return "nothing to take back"
        *kept, undo = self._undos
        self._undos = tuple(kept)
        await undo.take_back()
        if undo.marks:
            await self._show_marks(undo.ids, **undo.marks)
        if undo.anew:
            self.reload(undo.back_to)
            self.reopen(undo.back_to)
        many = f" ({len(undo.ids):,} articles)" if len(undo.ids) > 1 else ""
        return f"taken back: {undo.words}{many}"


def _read_all(store: Store, view: View) -> tuple[int, ...]:
    """Mark all that a view shows read, stories whole; return those that were unread."""
    if not view.top:
        return store.marks.read_all(view)
    return store.marks.read(shown(store, replace(view, unread=True, grouped=False, keep=None)))
