"""Stories at the desk: unfolded in the list, marked whole, taken apart."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from reader.model import Headline, View
from reader.store import Store
from reader.tui.desk.marking import Marking, Undo
from reader.tui.panes.listing import Laid, Listed, Story, laid, standing_for, unfolded
from reader.tui.speaking import spoken

NONE: Mapping[int, Story] = MappingProxyType({})


class Stories(Marking):
    """The part of the desk that deals with stories; it holds what the list is laid from."""

    laid = Laid(array("q"), (), {})
    _folded = Listed()
    _unfolded = NONE  # by the story's number; never changed in place

    # Unfolding

    async def unfold_anew(self, view: View, folded: Listed) -> None:
        """Lay another list, with the stories unfolded that were so before and are still in it."""
        if not view.grouped:
            self._unfolded = NONE
        before = tuple(self._unfolded)
        found = await self.ask(unfolded, self.shelf.store, view, folded.ids, before) if before else {}
        self._folded = folded
        self._unfolded = {  # those that were unfolded or folded while this was asked stay so
            story: found.get(story, each)
            for story, each in self._unfolded.items()
            if story in found or (story not in before and each.row in folded.ids)
        }
        self.laid = laid(folded, self._unfolded.values())

    async def row_instead(self, ids: array[int]) -> int | None:
        """Return the row that stands for the cursor's article where its folded story hides it."""
        held = self.headlines.selected
        if held is None or held in ids:
            return None
        return await self.ask(standing_for, self.shelf.store, held, ids)

    def action_fold(self) -> None:
        """Unfold the story under the cursor, or fold it."""
        if (id := self.headlines.selected) is not None:
            self.fold(id)

    def fold(self, id: int) -> None:
        """Unfold the story of a row, or fold it, the cursor then on the story's row."""
        row = self.headlines.owner(id) or id
        story = next((story for story, each in self._unfolded.items() if each.row == row), None)
        if story is None:
            self.start("fold", self._unfold, id)
            return
        self._unfolded = {other: each for other, each in self._unfolded.items() if other != story}
        self._show_laid(instead=row)

    @spoken
    async def _unfold(self, id: int) -> None:
        if not self.view.grouped:
            self.say(f"every report has its own row{self.hint('group', 'groups them by story')}")
            return
        story = (await self.ask(self.shelf.store.stories.of, (id,))).get(id, 0)
        if not story:
            self.say("no other source tells this story yet")
            return
        view = replace(self.view, keep=self.current)
        found = await self.ask(unfolded, self.shelf.store, view, self._folded.ids, (story,))
        if story not in found:
            self.say("nothing else of this story is shown here · ] opens its next report")
            return
        rows = await self.ask(self.shelf.store.lists.rows, found[story].others)
        if found[story].row in self._folded.ids:
            self._unfolded = {**self._unfolded, story: found[story]}
            self._show_laid(rows)

    def _show_laid(self, rows: Sequence[Headline] = (), instead: int | None = None) -> None:
        self.laid = laid(self._folded, self._unfolded.values())
        self.show_list(rows, instead)

    def show_list(self, rows: Sequence[Headline] = (), instead: int | None = None) -> None:
        """Show the list as it is laid; the desk knows how."""
        raise NotImplementedError

    def action_group(self) -> None:
        """Show each story once, or every report by itself."""
        self.view = replace(self.view, grouped=not self.view.grouped)
        self.say("each story once" if self.view.grouped else "every report by itself")

    # Marking

    def action_read_story(self) -> None:
        """Mark every report of the story read."""
        if (id := self.aimed_at()) is not None:
            self.start("marks", self._read_story, id)

    @spoken
    async def _read_story(self, id: int) -> None:
        ids = await self.ask(self.shelf.store.lists.story, id)
        changed = await self.put_read(ids, read=True, words="story marked read")
        many = "the one article" if len(changed) == 1 else f"{len(changed):,} articles"
        back = self.hint("undo", "takes it back")
        self.say(f"story read: {many}{back}" if changed else "this story is read already")

    # Taking apart

    def action_part(self) -> None:
        """Take the article out of its story, or the whole story apart."""
        if (id := self.aimed_at()) is not None:
            self.start("choose", self._part, id)

    @spoken
    async def _part(self, id: int) -> None:
        story = await self.ask(self.shelf.store.lists.story, id)
        if len(story) < 2:
            self.say("this article tells its story alone already")
            return
        whole = await self._asked_whole(id, len(story)) if self._stands_for_all(id, story) else False
        if whole is not None:
            self.start("marks", self._part_from, id, story, whole=whole)

    @spoken
    async def _part_from(self, id: int, story: Sequence[int], *, whole: bool) -> None:
        store = self.shelf.store
        act = await self.ask(partial(_parted, store, story if whole else (id,), each=whole))
        if not act:
            self.say("this article tells its story alone already")
            return
        words = f"story taken apart: {len(story)} articles" if whole else "article taken out of its story"
        self.remember(Undo(words, partial(self.ask, _rejoined, store, act), anew=True))
        self.reload()
        self.reopen()
        self.say(f"{words}, and it stays so{self.hint('undo', 'takes it back')}")

    def _stands_for_all(self, id: int, story: Sequence[int]) -> bool:
        """Tell whether more than an article is aimed at: the row of a folded story of three or more."""
        folded = id in self._folded.ids and all(each.row != id for each in self._unfolded.values())
        return self.pane == "list" and self.view.grouped and folded and len(story) > 2

    async def _asked_whole(self, id: int, count: int) -> bool | None:
        """Ask whether the story comes apart whole; None when the reader thinks better of it."""
        from reader.tui.screens.choose import Choice, Choose

        row = self.headlines.row(id)
        choices = [
            Choice("This article leaves the story", row.source if row else "", "one"),
            Choice("All articles apart", "each stands alone", "all"),
        ]
        answer = await self.app.push_screen_wait(Choose(f"A story of {count} articles", choices))
        return None if answer is None else answer == "all"


def _parted(store: Store, ids: Sequence[int], *, each: bool) -> int:
    """Take articles out of their story; the engines are imported when first needed."""
    from reader import library

    return library.part(store, ids, each=each)


def _rejoined(store: Store, division: int) -> None:
    from reader import library

    library.rejoin(store, division)
