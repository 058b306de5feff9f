"""Clearing away at the desk: deleting an article, and marking read what stands above or below the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from reader.model import View
from reader.store import Store
from reader.tui.desk.marking import Undo
from reader.tui.desk.resuming import Resuming
from reader.tui.panes.listing import shown
from reader.tui.speaking import spoken


class Sweeping(Resuming):
    """The part of the desk that clears away."""

    # Deleting

    def action_delete(self) -> None:
        """Delete the article; undo brings it back."""
        if (id := self.aimed_at()) is not None:
            self.start("marks", self._delete, id)

    @spoken
    async def _delete(self, id: int) -> None:
        store, near = self.shelf.store, self._near(id)
        if not await self.ask(_deleted, store, id):
            self.say("this is only a headline: there is nothing to delete")
            return
        self.remember(Undo("deleted", partial(self.ask, _undeleted, store, id), anew=True, back_to=id))
        self.leave_out(id)
        if near is not None:
            self.headlines.select(near)
            self.open(near, preview=True)
        self.reload()
        self.say(f"deleted{self.hint('undo', 'brings it back')}")

    def _near(self, id: int) -> int | None:
        """Return the article whose row comes next, at the end of the list the one before."""
        ids = self.headlines.ids
        at = ids.index(id) if id in ids else self.headlines.cursor
        for row in (at + 1, at - 1):
            if 0 <= row < len(ids) and ids[row] != id:
                return ids[row]
        return None

    # Above and below

    def action_read_above(self) -> None:
        """Mark read all that stands above the cursor."""
        self._sweep(self.headlines.ids[: self.headlines.cursor], "above")

    def action_read_below(self) -> None:
        """Mark read all that stands below the cursor."""
        self._sweep(self.headlines.ids[self.headlines.cursor + 1 :], "below")

    def _sweep(self, rows: Sequence[int], side: str) -> None:
        if rows:
            self.start("marks", self._mark_side, rows, side)
        else:
            self.say(f"nothing stands {side} this")

    @spoken
    async def _mark_side(self, rows: Sequence[int], side: str) -> None:
        own = self.headlines.selected
        ids = await self.ask(_with_stories, self.shelf.store, self.view, rows, own)
        changed = await self.put_read(ids, read=True, words=f"all {side} marked read")
        if changed:
            self.say(f"{len(changed):,} {side} marked read{self.hint('undo', 'takes it back')}")
        else:
            self.say(f"everything {side} is read already")


def _deleted(store: Store, id: int) -> tuple[int, ...]:
    """Delete an article; the engines are imported when first needed."""
    from reader import library

    return library.delete(store, (id,))


def _undeleted(store: Store, id: int) -> None:
    from reader import library

    library.undelete(store, (id,))


def _with_stories(store: Store, view: View, rows: Sequence[int], own: int | None) -> list[int]:
    """Return the articles of some rows, with all that the view shows of their stories; never `own`'s story.

    A row stands for its story, as in marking all read.
    """
    if not view.grouped:
        return list(rows)
    stories = set(store.stories.of(rows).values())
    spared = set(store.lists.story(own)) if own is not None else set()
    told = {id for story in stories for id in store.stories.members(story)}
    seen = set(shown(store, replace(view, unread=True, grouped=False, keep=None)))
    return sorted(({*rows} | (told & seen)) - spared)
