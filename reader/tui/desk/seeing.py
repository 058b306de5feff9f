"""Pictures at the desk: fetched when the reader asks for them, drawn below their words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from types import MappingProxyType
from typing import TYPE_CHECKING

from reader.config import cache_path
from reader.store import Store
from reader.tui.desk.reading import Reading
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.errands import Errand
    from reader.pictures.raster import Raster

MANY = 20
"""Pictures of an article that are fetched; galleries of hundreds are for the browser."""
NONE: Mapping[str, Raster] = MappingProxyType({})


def _cached(urls: Sequence[str]) -> dict[str, Raster]:
    """Return those of some pictures that are on disk."""
    from reader.pictures.cache import Cache

    cache = Cache(cache_path() / "pictures")
    found = {url: cache.get(url) for url in urls}
    return {url: raster for url, raster in found.items() if raster}


def _errands(store: Store, id: int, urls: Sequence[str]) -> list[Errand]:
    """Return the errands to an article's pictures."""
    from reader.errands import errand

    article = store.articles.get(id)
    feed = store.feeds.get(article.headline.feed) if article else None
    return [errand("picture", url, feed, id) for url in urls]


def _possible() -> bool:
    from reader.config import extras

    return extras.installed("images")


class Seeing(Reading):
    """The part of the desk that shows pictures."""

    _seeing: int | None = None  # the article whose pictures are shown or under way
    _seen: Mapping[str, Raster] = NONE  # those that have come
    _awaited = 0  # how many are under way

    def action_pictures(self) -> None:
        """Show the pictures of the open article, or hide them again."""
        if self.current is None:
            self.say("no article is open")
        elif self._seeing == self.current:
            self._forget_pictures()
            self.article.show_pictures(NONE)
            self.say(f"pictures hidden · {self._key('pictures')} shows them")
        else:
            self.restart("pictures", self._see, self.current)

    def pictures_again(self, id: int, *, preview: bool) -> None:
        """Show the pictures of an article that was shown anew; those of another one are done with."""
        if self._seeing != id:
            self._forget_pictures()
        wanted = self.config.reading.images == "always" and not preview
        if self._seeing == id or (wanted and _possible()):
            self.restart("pictures", self._see, id, quietly=True)

    def cancel_pictures(self) -> bool:
        """Stop the pictures that are under way; False when there are none."""
        if not self._awaited:
            return False
        self.workers.cancel_group(self, "pictures")
        self.say("stopped: the pictures that have come stay")
        return True

    def _forget_pictures(self) -> None:
        self.workers.cancel_group(self, "pictures")
        self._seeing, self._seen = None, NONE

    @spoken
    async def _see(self, id: int, *, quietly: bool = False) -> None:
        urls = self.article.pictures[:MANY]
        if self.config.reading.images == "never":
            self.say('the config says images = "never": `newsread config` shows where')
            return
        if not urls:
            if not quietly:
                self.say("this article has no pictures")
            return
        self._seeing, self._seen = id, await asyncio.to_thread(_cached, urls)
        self.article.show_pictures(self._seen)
        missing = [url for url in urls if url not in self._seen]
        failed = await self._bring_pictures(id, missing, quietly=quietly) if missing else []
        if failed and not quietly:
            self.complain(f"{len(urls) - len(failed)} of {len(urls)} pictures came: {failed[0]}")
        elif not quietly:
            self.say(f"{self._key('pictures')} hides the pictures")

    async def _bring_pictures(self, id: int, urls: Sequence[str], *, quietly: bool) -> list[str]:
        """Fetch pictures and show each as it comes; return what failed, in words."""
        from reader import child
        from reader.config import extras

        extras.require("images")
        failed: list[str] = []
        self._awaited = len(urls)
        if not quietly:
            self.say(f"fetching {len(urls)} pictures … · Esc stops it" if len(urls) > 1 else "fetching …")
        try:
            errands = await self.ask(_errands, self.shelf.store, id, urls)
            async with aclosing(child.errands(self.config, errands)) as answers:
                async for answer in answers:
                    came = await asyncio.to_thread(_cached, [answer.url])
                    if answer.error or not came:
                        failed.append(answer.error or "the picture could not be kept: is the disk full?")
                    elif self._seeing == id:
                        self._seen = {**self._seen, **came}
                        self.article.show_pictures(self._seen)
        finally:
            self._awaited = 0
        return failed
