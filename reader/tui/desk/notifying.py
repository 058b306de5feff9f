"""Telling outside the desk what a refresh has brought, where the reader has asked for that."""

from __future__ import annotations

from reader.config import Config
from reader.model import Headline, View
from reader.store import Store
from reader.tui.desk.base import Part
from reader.tui.speaking import spoken

MOST = 1_000  # new articles that are looked at: a first refresh brings more than anybody is told of


class Notifying(Part):
    """The part of the desk that gives notice."""

    _known: int | None = None  # the newest article that was there at the last look

    @property
    def _wanted(self) -> bool:
        return self.config.notify.by != "never" and self.edition is None

    @spoken
    async def mark_known(self) -> None:
        """Note what is there, so that only what comes later is told."""
        if self._wanted and self._known is None:
            self._known = await self.ask(self.shelf.store.articles.newest)

    @spoken
    async def tell_new(self) -> None:
        """Give notice of the articles that came since the last look, once."""
        if not self._wanted or self._known is None:
            return
        since, store = self._known, self.shelf.store
        self._known = await self.ask(store.articles.newest)
        if self._known > since and (found := await self.ask(_new, store, self.config, since)):
            self._notice(found)

    def _notice(self, found: list[Headline]) -> None:
        from reader.tui import notices

        title, body = notices.words(found)
        how = self.config.notify.by
        if how == "desktop":
            notices.to_desktop(title, body, self.config.notify.command)
        elif (driver := self.app._driver) is not None:  # noqa: SLF001 - the one way to the terminal
            driver.write(notices.sequence(how, title, body))


def _new(store: Store, config: Config, since: int) -> list[Headline]:
    """Return the unread articles after `since` that the reader wants to hear of, the newest first."""
    named = {view.name: view.query for view in config.views}
    queries = [named.get(query, query) for query in config.notify.queries] or [""]
    found: set[int] = set()
    for query in queries:
        view = View(unread=True, search=query)
        found.update(id for id in store.lists.ids(view, MOST) if id > since)
    return sorted(store.lists.rows(sorted(found)), key=lambda row: row.published, reverse=True)
