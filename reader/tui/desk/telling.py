"""Stories over the desk: the catch-up and the timeline of one, and the way back to them from an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from reader.tui.desk.following import Following
from reader.tui.desk.resuming import Resuming
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.tui.screens.catchup import CatchUp
    from reader.tui.screens.timeline import Timeline

    Told: TypeAlias = CatchUp | Timeline


class Telling(Resuming, Following):
    """The part of the desk that tells stories instead of articles."""

    _back_to: tuple[int, Callable[[], Told]] | None = None  # the article opened from a screen, and the screen

    def action_catch_up(self) -> None:
        """Show what is unread as stories."""
        self.start("choose", self._catch_up)

    @spoken
    async def _catch_up(self) -> None:
        from reader.tui.screens.catchup import CatchUp

        await self._tell(CatchUp(self))

    def action_timeline(self) -> None:
        """Show the story of the article at hand as it came out."""
        if (id := self.aimed_at()) is not None:
            self.start("choose", self._timeline, id)

    @spoken
    async def _timeline(self, id: int) -> None:
        from reader.tui.screens.timeline import Timeline

        if await self.told_once(id):
            self.say("no other source tells this story yet")
        else:
            await self._tell(Timeline(self, id, id))

    async def told_once(self, id: int) -> bool:
        """Tell whether an article tells its story alone."""
        return len(await self.ask(self.shelf.store.lists.story, id)) < 2

    async def _tell(self, screen: Told) -> None:
        chosen = await self.app.push_screen_wait(screen)
        self._back_to = None if chosen is None else (chosen, screen.again)
        if chosen is not None:
            self.open(chosen)

    def to_stories(self) -> bool:
        """Go back to the screen that the open article was chosen from; False where there was none."""
        if self._back_to is None or self._back_to[0] != self.current:
            return False
        _, again = self._back_to
        self._back_to = None
        self.headlines.focus()
        self.start("choose", self._tell_again, again)
        return True

    @spoken
    async def _tell_again(self, again: Callable[[], Told]) -> None:
        await self._tell(again())

    def action_history_back(self) -> None:
        """Go back to the stories, or open the article one came from."""
        if self.pane == "list" or not self.to_stories():
            super().action_history_back()
