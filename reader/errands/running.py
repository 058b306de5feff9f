"""Errands at work: many fetched at once, by the fetcher's manners, read one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from reader import document
from reader.config import Access, Config, cache_path
from reader.config.secrets import Logins
from reader.errands.values import TEXT_MAX, Answer, Errand
from reader.fetch import Fetched, Fetcher, FetchError, TooLargeError
from reader.pictures.cache import Cache
from reader.sandbox import Sandbox
from reader.text import NewsreadError

SECONDS = 20.0
"""For a page or a picture with all its redirects: somebody waits for it."""
PARSING = 8.0
"""Seconds for reading one."""
BYTES_MAX = 8 * 1024 * 1024
"""Bytes of a page or a picture; the heaviest front pages have two."""

PAGES = ("text/html", "application/xhtml+xml")
ACCEPT = {
    "article": "text/html, application/xhtml+xml",
    "picture": "image/webp, image/png, image/jpeg, image/gif;q=0.8",
}
KINDS = {"article": PAGES, "picture": ("image/", "application/octet-stream")}
"""How the types begin that are read; some servers know no type of a picture."""


async def run(errands: Sequence[Errand], config: Config) -> AsyncGenerator[Answer, None]:
    """Do errands; yield each one's answer as it comes. Closing the generator ends the rest."""
    with Sandbox(seconds=PARSING) as sandbox:
        async with Fetcher(config.fetch) as fetcher:
            runner = _Runner(config, fetcher, sandbox, Cache(cache_path() / "pictures"))
            tasks = [asyncio.create_task(runner.answer(one)) for one in errands]
            try:
                for done in asyncio.as_completed(tasks):
                    yield await done
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


class _Runner:
    def __init__(self, config: Config, fetcher: Fetcher, sandbox: Sandbox, cache: Cache) -> None:
        self._config, self._logins = config, Logins()
        self._fetcher, self._sandbox, self._cache = fetcher, sandbox, cache

    async def answer(self, errand: Errand) -> Answer:
        """Do one errand; whatever goes wrong is told in its answer."""
        answer = Answer(errand.kind, errand.url, errand.article)
        try:
            return await self._done(errand, answer)
        except FetchError as error:
            return replace(answer, error=_worded(error, errand))
        except NewsreadError as error:
            return replace(answer, error=str(error))
        except Exception as error:
            return replace(answer, error=f"newsread failed at this {errand.kind} ({type(error).__name__})")

    async def _done(self, errand: Errand, answer: Answer) -> Answer:
        if errand.kind == "picture" and await asyncio.to_thread(self._cached, errand):
            return answer
        access = self._config.feeds.get(errand.feed, Access())
        fetched = await self._fetcher.get(
            errand.url,
            private_ok=errand.private_ok,
            accept=ACCEPT[errand.kind],
            kinds=KINDS[errand.kind],
            limit=BYTES_MAX,
            seconds=SECONDS,
            login=await self._logins.of(access),
            more=access.headers,
        )
        if errand.kind == "picture":
            await asyncio.to_thread(self._picture, fetched.body, errand)
            return answer
        return await asyncio.to_thread(self._article, fetched, answer)

    def _cached(self, errand: Errand) -> bool:
        there = self._cache.get(errand.url) is not None
        return there and (not errand.sharp or self._cache.sharp(errand.url) is not None)

    def _picture(self, body: bytes, errand: Errand) -> None:
        """Read a picture and keep it."""
        from reader.pictures import sharp

        small, *fine = self._sandbox.pictures(body, sharp=errand.sharp)
        self._cache.put(errand.url, small, sharp.pack(fine[0]) if fine else None)

    def _article(self, fetched: Fetched, answer: Answer) -> Answer:
        html = self._sandbox.article(fetched.body, address=fetched.address, content_type=fetched.content_type)
        text = document.plain_text(html, TEXT_MAX)
        return replace(answer, address=fetched.address, html=html, text=text)


def _worded(error: FetchError, errand: Errand) -> str:
    """Return what went wrong in words for a page or a picture; the fetcher's own speak of feeds."""
    thing = "page" if errand.kind == "article" else "picture"
    if isinstance(error, TooLargeError):
        return f"the {thing} is larger than {BYTES_MAX >> 20} MiB: open it in the browser"
    words = str(error).replace("this feed", f"this {thing}").replace("the feed", f"the {thing}")
    return words.replace("where a public feed must not lead", f"where a public feed's {thing} must not lie")
