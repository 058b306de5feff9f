"""Full texts at the desk: the article's page in place of what its feed gives."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.model import Article
from reader.store import Store
from reader.tui.desk.reading import Reading
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.errands import Answer, Errand


def _asked(store: Store, article: Article) -> Errand:
    """Return the errand to an article's page; what knows of errands is imported when first needed."""
    from reader.errands import wholes

    return wholes.asked(store, article)


def _possible() -> bool:
    from reader.config import extras

    return extras.installed("fulltext")


def _keep(store: Store, answer: Answer) -> None:
    from reader.errands import wholes

    wholes.keep(store, answer, datetime.now(UTC))


class Whole(Reading):
    """The part of the desk that fetches and shows full texts."""

    _fetching: frozenset[int] = frozenset()  # articles whose pages are under way

    def action_fulltext(self) -> None:
        """Show the full text, fetched if need be, or the feed's text again."""
        if (id := self.aimed_at()) is not None:
            self.start("fulltext", self._toggle_whole, id)

    @spoken
    async def _toggle_whole(self, id: int) -> None:
        store = self.shelf.store
        article = await self.ask(store.articles.get, id)
        kept = await self.ask(store.fulltexts.get, id)
        if article is None or article.headline.bare:
            self.say("there is no article here whose page could be fetched")
        elif id in self._fetching:
            self.say(f"its page is being fetched{self.hint('back', 'stops it')}")
        elif kept:
            await self.ask(store.fulltexts.show, id, shown=not kept.shown)
            self._show_again(id)
            self._say_which(whole=not kept.shown)
            if not kept.shown and article.updated and article.updated > kept.fetched and _possible():
                await self._fetch(
                    (await self.ask(_asked, store, article),), quietly=True
                )  # it was edited since
        else:
            errand = await self.ask(_asked, store, article)
            self.say(f"fetching the full text …{self.hint('back', 'stops it')}")
            await self._fetch((errand,))

    async def _fetch(self, errands: Sequence[Errand], *, quietly: bool = False) -> None:
        """Fetch pages and keep their articles, each as it comes."""
        from reader import child

        ids = frozenset(errand.article for errand in errands) - self._fetching
        todo = [errand for errand in errands if errand.article in ids]
        if not todo:
            return
        self._fetching |= ids
        try:
            async with aclosing(child.errands(self.config, todo)) as answers:
                async for answer in answers:
                    await self.ask(_keep, self.shelf.store, answer)
                    self._fetched(answer, quietly=quietly)
        finally:
            self._fetching -= ids

    def _fetched(self, answer: Answer, *, quietly: bool) -> None:
        """Show what has come, if the reader is still there; where it failed the article stays as it was."""
        if answer.error:
            if not quietly:
                self.complain(f"no full text: {answer.error}")
            return
        self._show_again(answer.article)
        if not quietly:
            self._say_which(whole=True)

    def _say_which(self, *, whole: bool) -> None:
        other = "shows the feed's" if whole else "shows the full text"
        self.say(f"{'full text' if whole else 'as in the feed'}{self.hint('fulltext', other)}")

    def _show_again(self, id: int) -> None:
        if self.current == id:
            self.reopen()

    def cancel_fetching(self) -> bool:
        """Stop the pages that are under way; False when there are none."""
        if not self._fetching:
            return False
        self.workers.cancel_group(self, "fulltext")
        self.say("stopped: the article stays as it is in the feed")
        return True

    # Of newsread's own accord

    def keep_whole(self) -> None:
        """Fetch the full texts that are wanted by now: of feeds that are always read whole, of stars."""
        if self.edition is None:
            self.start("fulltexts", self._keep_wanted)

    @spoken
    async def _keep_wanted(self) -> None:
        from reader.errands import wholes

        await self._fetch(
            await self.ask(wholes.wanted, self.shelf.store, self.config, datetime.now(UTC)), quietly=True
        )

    @spoken
    async def want_whole(self, article: Article) -> None:
        """Fetch the page of an article that was opened, the first time, if its feed is always read whole."""
        store = self.shelf.store
        if not any(access.fulltext for access in self.config.feeds.values()):
            return
        from reader.errands import wholes

        if await self.ask(wholes.is_always, store, self.config, article) and not await self.ask(
            store.fulltexts.tried, article.headline.id
        ):
            errand = await self.ask(_asked, store, article)
            self.say("fetching the full text …")
            await self._fetch((errand,))
