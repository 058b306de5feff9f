"""Pictures at the desk: fetched when the reader asks for them, drawn below their words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing, suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from reader.config import cache_path
from reader.store import Store
from reader.tui.desk.reading import Reading
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.errands import Errand
    from reader.pictures.raster import Raster
    from reader.tui.graphics.pictorial import PictorialApp
    from reader.tui.graphics.walls import Wall

MANY = 20
"""Pictures of an article that are fetched; galleries of hundreds are for the browser."""
NONE: Mapping[str, Raster] = MappingProxyType({})


def _cached(urls: Sequence[str], wall: Wall | None) -> dict[str, Raster]:
    """Return those of some pictures that are on disk, and make them ready for the wall, if there is one."""
    from reader.pictures.cache import Cache

    cache = Cache(cache_path() / "pictures")
    found: dict[str, Raster] = {}
    for url in urls:
        if raster := cache.get(url):
            found[url] = raster
            if wall and (stored := cache.sharp(url)):
                with suppress(ValueError):  # damaged: its half-blocks are there
                    wall.prepare(url, stored, raster.width)
    return found


def _errands(store: Store, id: int, urls: Sequence[str], *, sharp: bool) -> list[Errand]:
    """Return the errands to an article's pictures."""
    from reader.errands import errand

    article = store.articles.get(id)
    feed = store.feeds.get(article.headline.feed) if article else None
    return [errand("picture", url, feed, id, sharp=sharp) for url in urls]


def _possible() -> bool:
    from reader.config import extras

    return extras.installed("images")


class Seeing(Reading):
    """The part of the desk that shows pictures."""

    _seeing: int | None = None  # the article whose pictures are shown or under way
    _seen: Mapping[str, Raster] = NONE  # those that have come
    _awaited = 0  # how many are under way
    _wall: Wall | None = None  # where the terminal itself draws them

    @property
    def sees_pictures(self) -> bool:
        """Whether the pictures of the open article are shown."""
        return self._seeing is not None

    def action_pictures(self) -> None:
        """Show the pictures of the open article, or hide them again."""
        if self.current is None:
            self.say("no article is open")
        elif self._seeing == self.current:
            self.article.show_pictures(NONE)
            self._forget_pictures()
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
        self._seeing, self._seen, self._wall = None, NONE, None
        self._easel.take_down()

    @property
    def _easel(self) -> PictorialApp:
        return cast("PictorialApp", self.app)

    def remeasure_pictures(self) -> None:
        """Show the pictures anew in letters of another size."""
        if self._seeing is not None:
            self.restart("pictures", self._see, self._seeing, quietly=True)

    def _show_pictures(self) -> None:
        sharps = {url: self._wall.hang(url) for url in self._seen} if self._wall else {}
        self.article.show_pictures(self._seen, {url: sharp for url, sharp in sharps.items() if sharp})

    def _lacks(self, url: str) -> bool:
        """Whether a picture has not come, or not as fine as the terminal can show it."""
        return url not in self._seen or (self._wall is not None and self._wall.hang(url) is None)

    @spoken
    async def _see(self, id: int, *, quietly: bool = False) -> None:
        urls = self.article.pictures[:MANY]
        if self.config.reading.images == "never":
            self.say('the config says images = "never": `newsread config` shows where')
            return
        if not urls or self.app.no_color:
            if not quietly:
                self.say(
                    "NO_COLOR is set, and pictures are colours" if urls else "this article has no pictures"
                )
            return
        self._seeing = id
        self._wall = await self._easel.find_wall(self.config.reading.graphics)
        self._seen = await asyncio.to_thread(_cached, urls, self._wall)
        self._show_pictures()
        missing = [url for url in urls if self._lacks(url)]
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
            fine = self._wall is not None
            errands = await self.ask(_errands, self.shelf.store, id, urls, sharp=fine)
            async with aclosing(child.errands(self.config, errands)) as answers:
                async for answer in answers:
                    came = await asyncio.to_thread(_cached, [answer.url], self._wall)
                    if not came:
                        failed.append(answer.error or "the picture could not be kept: is the disk full?")
                    elif self._seeing == id:
                        self._seen = {**self._seen, **came}
                        self._show_pictures()
        finally:
            self._awaited = 0
        return failed
