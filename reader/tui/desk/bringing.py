"""Bringing in feeds at the desk: an address, a file, starter packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.config import Config
from reader.store import Store
from reader.tui.desk.base import DeskBase, spoken
from reader.tui.panes.prompt import Prompt

if TYPE_CHECKING:
    from reader.opml import Subscription

QUESTIONS = {
    "address": ("add", "address of a feed or a web site"),
    "subscriptions": ("import", "path of an OPML file or newsboat's urls file"),
    "local": ("add", "path of a local file or folder"),
}
"""What is asked for: the command that takes the answer, and the hint in the prompt."""


def subscribe(config: Config, feeds: tuple[Subscription, ...]) -> int:
    """Subscribe to feeds in the library; return how many are new. Raises StoreError."""
    store = Store.open(config.library)
    try:
        return sum(store.feeds.add(feed.url, title=feed.title, topic=feed.topic)[1] for feed in feeds)
    finally:
        store.close()


class Bringing(DeskBase):
    """The part of the desk that subscribes."""

    def action_add(self) -> None:
        """Ask for an address or a file to subscribe to."""
        self.ask_for("address")

    def action_welcome(self) -> None:
        """Offer starter packs and the other ways to begin."""
        self.start("choose", self.welcome, first=False)

    def ask_for(self, purpose: str) -> None:
        """Ask for an address or a path."""
        command, hint = QUESTIONS[purpose]
        self.query(Prompt).remove()
        self.mount(Prompt(purpose, command, hint=hint), before=self.footer)

    @spoken
    async def welcome(self, *, first: bool) -> None:
        """Offer starter packs, and begin as the reader chooses."""
        from reader.edition import packs
        from reader.tui.screens.welcome import Welcome

        offered = packs()
        begin = await self.app.push_screen_wait(Welcome(offered, first=first))
        if begin is None:
            return
        if begin.ask:
            self.ask_for(begin.ask)
        elif begin.packs:
            chosen = tuple(feed for feed in offered if feed.topic in begin.packs)
            await self.ask(subscribe, self.config, chosen)
            self.moved_in()

    def answered(self, purpose: str, text: str) -> None:
        """Subscribe to what was typed."""
        command, _ = QUESTIONS[purpose]
        self.say(f"{command}: {text} …")
        self.start("bring", self._bring, command, text)

    @spoken
    async def _bring(self, command: str, text: str) -> None:
        from reader import child

        outcome = await child.run(self.config, command, "--", text)
        if outcome.code:
            self.complain(outcome.words)
        else:
            self.say(outcome.words)
            self.moved_in()

    def moved_in(self) -> None:
        """Show the library, which has new feeds, and fetch what is due; the desk knows how."""
        raise NotImplementedError
