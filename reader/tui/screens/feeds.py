"""The feeds screen: all that can be done with a subscription, each change with its way back."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec

from reader.model import Feed
from reader.refresh.schedule import is_file
from reader.tui.desk.bringing import Brought, bring, picked
from reader.tui.panes.prompt import Prompt
from reader.tui.screens.feedsbase import FeedsBase
from reader.tui.speaking import spoken

P = ParamSpec("P")
NONE, NEW = "\n", "\t"
"""Stand for no topic, and for a new one, where a topic is chosen: none is named so."""


class FeedsScreen(FeedsBase):
    """Returns the feed to read on the desk, or None."""

    _asked: Feed | None = None  # the feed that a prompt is about

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        """Narrow the list while typing."""
        if event.purpose == "find":
            self._words = event.text
            self._show(top=True)

    def on_prompt_cancelled(self, event: Prompt.Cancelled) -> None:
        """Leave things as they are; what was searched is shown no longer."""
        self.query(Prompt).remove()
        self.list.focus()
        if event.purpose == "find":
            self._words = ""
            self._show()

    def on_prompt_answered(self, event: Prompt.Answered) -> None:
        """Do what was asked for with the answer."""
        self.query(Prompt).remove()
        self.list.focus()
        feed = self._asked
        if event.purpose == "add" and event.text:
            self.start("edits", self._add, event.text)
        elif event.purpose == "rename" and feed:
            self._change(self.desk.rename_feed, feed, event.text)
        elif event.purpose == "topic" and feed and event.text:
            self._change(self.desk.place_feed, feed, event.text)
        elif event.purpose == "tags" and feed:
            self._change(self.desk.tag_feed, feed, event.text)
        elif event.purpose == "interval" and feed:
            self._set_interval(feed, event.text)

    def _set_interval(self, feed: Feed, text: str) -> None:
        from reader.config.access import INTERVAL

        try:
            minutes = int(INTERVAL(int(text))) if text else None
        except ValueError:
            self.say(f"an interval is {INTERVAL.shape} ({INTERVAL.unit}); none: as for all feeds", bad=True)
            return
        self._change(self.desk.time_feed, feed, minutes)

    # Changing

    def _change(self, change: Callable[P, Awaitable[str]], *args: P.args, **kwargs: P.kwargs) -> None:
        self.start("edits", self._changed, functools.partial(change, *args, **kwargs))

    @spoken
    async def _changed(self, change: Callable[[], Awaitable[str]]) -> None:
        words = await change()
        await self.loaded()
        self.say(words)

    def action_add(self) -> None:
        """Ask for what to subscribe to."""
        self.prompt("add", "add", hint="address of a feed or web site, a local file or folder, an OPML file")

    @spoken
    async def _add(self, text: str, pick: int = 0) -> None:
        self.say(f"add: {text} …")
        brought = await bring(self.desk.config, "add", text, pick=pick)
        await self.loaded()
        self.say(brought.words, bad=brought.bad)
        if brought.asks:
            self.start("choose", self._pick, brought)

    @spoken
    async def _pick(self, brought: Brought) -> None:
        if pick := await picked(self.app, brought):
            self.start("edits", self._add, brought.source, pick)

    def action_feeds_rename(self) -> None:
        """Ask for another name."""
        if (feed := self.feed) is not None:
            self._asked = feed
            self.prompt("rename", "name", text=feed.title, hint="none: its own title")

    def action_feeds_topic(self) -> None:
        """Put the feed under a topic."""
        if (feed := self.feed) is not None:
            self.start("choose", self._place, feed)

    @spoken
    async def _place(self, feed: Feed) -> None:
        from reader.tui.screens.choose import Choice, Choose

        choices = [
            Choice(name, "now" if name == feed.topic else "", name) for name in await self.desk.topic_names()
        ]
        choices.append(Choice("A new topic …", "any name", NEW))
        choices.append(Choice("No topic of its own", "each article as newsread finds it", NONE))
        title = f"Which topic do the articles of {feed.title} belong to?"
        topic = await self.app.push_screen_wait(Choose(title, choices, chosen=feed.topic))
        if topic == NEW:
            self._asked = feed
            self.prompt("topic", "topic", hint="a name for the topic")
        elif topic is not None:
            self._change(self.desk.place_feed, feed, "" if topic == NONE else topic)

    def action_feeds_tags(self) -> None:
        """Ask for the feed's tags."""
        if (feed := self.feed) is not None:
            self._asked = feed
            self.prompt("tags", "tags", text=", ".join(feed.tags), hint="commas between them; none: no tags")

    def action_feeds_mute(self) -> None:
        """Keep the feed out of all news, or let it in."""
        if (feed := self.feed) is not None:
            self._change(self.desk.mute_feed, feed)

    def action_feeds_pause(self) -> None:
        """Fetch the feed no more, or again."""
        if (feed := self.feed) is not None:
            self._change(self.desk.pause_feed, feed)

    def action_feeds_interval(self) -> None:
        """Ask for the minutes between two visits."""
        if (feed := self._addressed()) is not None:
            self._asked = feed
            now = self.desk.access(feed).interval
            self.prompt("interval", "minutes", text=str(now or ""), hint="5 to 10080; none: as for all feeds")

    def action_fulltext(self) -> None:
        """Fetch the feed's full texts always, or on demand."""
        if (feed := self._addressed()) is not None:
            self._change(self.desk.read_whole, feed)

    def _addressed(self) -> Feed | None:
        """Return the feed under the cursor if it has an address, by which the config has its settings."""
        if (feed := self.feed) is not None and is_file(feed):
            self.say("a local file is read when it has changed; it has no such setting")
            return None
        return feed

    def action_delete(self) -> None:
        """Unsubscribe."""
        if (feed := self.feed) is not None:
            self._change(self.desk.remove_feed, feed)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._change(self.desk.undo_feeds)

    def action_refresh_feed(self) -> None:
        """Fetch the feed now."""
        if (feed := self.feed) is not None:
            self.desk.refresh_feeds(feed.id)
            self.say(f"{feed.title}: fetching …")

    def action_copy_link(self) -> None:
        """Copy the feed's address."""
        if (feed := self.feed) is not None:
            self.app.copy_to_clipboard(feed.url)
            self.say("copied")
