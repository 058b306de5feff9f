"""Marks at the desk: read, starred, all of it, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reader.model import Headline
from reader.tui.base import DeskBase, spoken

UNDOS = 100


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take back one step of marking."""

    words: str
    ids: tuple[int, ...]
    take_back: Callable[[tuple[int, ...]], object]
    marks: dict[str, bool]  # as they are then


class Marking(DeskBase):
    """The part of the desk that marks articles."""

    _undos: tuple[Undo, ...] = ()

    def aimed_at(self) -> int | None:
        """The article that a mark is about: the open one, or in the list the one under the cursor."""
        return self.headlines.selected if self.pane == "list" else self.current or self.headlines.selected

    @spoken
    async def mark_read(self, ids: Sequence[int], *, read: bool, undoable: bool = True) -> None:
        """Mark articles read or unread."""
        marks = self.shelf.store.marks
        changed = await self.ask(marks.read, ids, read)
        if undoable and changed:
            words = "marked read" if read else "marked unread"
            self._remember(words, changed, lambda ids: marks.read(ids, not read), read=not read)
        await self._show_marks(changed, read=read)

    async def _show_marks(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        here = set(ids)

        def marked(row: Headline) -> Headline:
            if row.id not in here:
                return row
            return replace(
                row,
                read=row.read if read is None else read,
                starred=row.starred if starred is None else starred,
            )

        for pane in (self.headlines, self.related, self.article):
            pane.remark(marked)
        await self.show_counts()

    async def show_counts(self) -> None:
        """Show the library's counts anew; the desk knows how."""
        raise NotImplementedError

    def _remember(
        self,
        words: str,
        ids: tuple[int, ...],
        take_back: Callable[[tuple[int, ...]], object],
        **marks: bool,
    ) -> None:
        self._undos = (*self._undos, Undo(words, ids, take_back, marks))[-UNDOS:]

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
        self._remember(
            "starred" if starred else "star removed",
            changed,
            lambda ids: marks.star(ids, not starred),
            starred=not starred,
        )
        await self._show_marks(changed, starred=starred)
        self.say("starred" if starred else "star removed")

    def action_mark_all(self) -> None:
        """Mark all that is shown as read."""
        self.start("marks", self._mark_all)

    @spoken
    async def _mark_all(self) -> None:
        marks = self.shelf.store.marks
        changed = await self.ask(marks.read_all, self.view)
        if not changed:
            self.say("everything here is read already")
            return
        self._remember("marked all read", changed, lambda ids: marks.read(ids, False), read=False)
        await self._show_marks(changed, read=True)
        self.say(f"{len(changed):,} marked read · u takes it back")

    def action_undo(self) -> None:
        """Take back the last mark."""
        self.start("marks", self._undo)

    @spoken
    async def _undo(self) -> None:
        if not self._undos:
            self.say("nothing to take back")
            return
        *kept, undo = self._undos
        self._undos = tuple(kept)
        await self.ask(undo.take_back, undo.ids)
        await self._show_marks(undo.ids, **undo.marks)
        many = f" ({len(undo.ids):,} articles)" if len(undo.ids) > 1 else ""
        self.say(f"taken back: {undo.words}{many}")
