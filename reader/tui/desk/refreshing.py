"""Bringing in news at the desk: the refresh in its own process, and what others write to the library."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from time import monotonic

from reader.model import Refreshed
from reader.tui.desk.notifying import Notifying
from reader.tui.panes.statusbar import Progress
from reader.tui.speaking import spoken

RELOAD_EVERY = 0.5  # seconds: the list follows a refresh at most twice a second
LOOK_EVERY = 2.0  # seconds between looks at whether something else has written
NOTHING = "nothing new"


class Refreshing(Notifying):
    """The part of the desk that refreshes and follows what changes."""

    _refreshing = False
    _failed: tuple[Refreshed, ...] = ()

    def on_mount(self) -> None:
        """Begin to look for changes; refresh if the config says so."""
        self.set_interval(LOOK_EVERY, self._look)
        if self.edition is None and self.config.refresh.on_start:
            self.call_after_refresh(self.refresh_feeds, due=True)

    @property
    def refreshing(self) -> bool:
        """Whether a refresh is running."""
        return self._refreshing

    def action_refresh(self) -> None:
        """Refresh all feeds."""
        self.refresh_feeds()

    def action_refresh_feed(self) -> None:
        """Refresh the feed of the article."""
        self.start("ask", self._refresh_feed)

    @spoken
    async def _refresh_feed(self) -> None:
        id = self.current or self.headlines.selected
        article = await self.ask(self.shelf.store.articles.get, id) if id is not None else None
        if article is None:
            self.say("there is no article here whose feed could be refreshed")
        else:
            self.refresh_feeds(article.headline.feed)

    def refresh_feeds(self, *feeds: int, due: bool = False) -> None:
        """Refresh these feeds, or all (only those that are due with `due`)."""
        if self.edition is not None:
            self.restart("reread", self._reread)
        elif self._refreshing:
            self.say(f"a refresh is running already{self.hint('back', 'stops it')}")
        else:
            self.restart("refresh", self._refresh, feeds, due=due)

    def cancel_refresh(self) -> bool:
        """Stop a running refresh; False when there is none."""
        if self._refreshing:
            self.workers.cancel_group(self, "refresh")
        return self._refreshing

    @spoken
    async def _refresh(self, feeds: tuple[int, ...], *, due: bool) -> None:
        from reader import child

        if due and not await self.ask(self._any_due):
            return
        self._refreshing, failed, new, updated, seen = True, [], 0, 0, monotonic()
        await self.mark_known()
        try:
            async with aclosing(child.refresh(self.config, feeds, all=not due)) as results:
                async for result in results:
                    new, updated = new + result.new, updated + result.updated
                    if result.error:
                        failed.append(result)
                    self.status.show_progress(Progress(result.done, result.total, new))
                    if new and monotonic() - seen > RELOAD_EVERY:
                        seen = monotonic()
                        self.reload()
            self._report(brought(new, updated), tuple(failed), due=due)
            self.keep_whole()
        except asyncio.CancelledError:
            self.say(f"refresh stopped · {brought(new, updated) or NOTHING}")
            raise
        finally:
            self._refreshing = False
            self.status.show_progress(None)
            self.reload()
            self.start("notify", self.tell_new)
            if updated:
                self.reopen()

    def _any_due(self) -> bool:
        from datetime import UTC, datetime

        return bool(self.shelf.store.feeds.due(datetime.now(UTC)))

    def _report(self, words: str, failed: tuple[Refreshed, ...], *, due: bool) -> None:
        self._failed = failed
        if failed:
            first = failed[0]
            many = (
                f"{len(failed)} feeds failed"
                if len(failed) > 1
                else f"{first.title or first.url}: {first.error}"
            )
            self.complain(f"{words or NOTHING} · {many}{self.hint('failures', 'shows why')}")
        elif words or not due:
            self.say(words or NOTHING)

    def action_failures(self) -> None:
        """List what failed in the last refresh."""
        self.start("choose", self._show_failures)

    @spoken
    async def _show_failures(self) -> None:
        from reader.tui.screens.choose import Choice, Choose

        feeds = await self.ask(self.shelf.store.feeds.all)
        choices = [Choice(feed.title or feed.url, feed.error, str(feed.id)) for feed in feeds if feed.error]
        if not choices:
            self.say("no feed is failing")
            return
        chosen = await self.app.push_screen_wait(Choose("Failing feeds · Enter tries one again", choices))
        if chosen:
            self.refresh_feeds(int(chosen))

    # What others change

    def _look(self) -> None:
        if self.edition is not None:
            self.start("reread", self._reread, quietly=True)
        else:
            self.start("follow", self._follow)

    @spoken
    async def _follow(self) -> None:
        await self.mark_known()
        if not self._refreshing and await self.ask(self.shelf.store.changed):
            self.reload()
            await self.tell_new()

    @spoken
    async def _reread(self, *, quietly: bool = False) -> None:
        if self.edition is None:
            return
        if await self.ask(self.edition.reload):
            self.reload()
            self.reopen()
            self.say("read again: a file has changed")
        elif not quietly:
            self.say("nothing has changed in these files")


def brought(new: int, updated: int) -> str:
    """Return what a refresh has brought, "" for nothing."""
    parts = [f"{new:,} new article{'s' * (new != 1)}"] if new else []
    if updated:
        parts.append(f"{updated:,} edited" if new else f"{updated:,} article{'s' * (updated != 1)} edited")
    return ", ".join(parts)
