"""Hiding at the desk: a rule made from the article at hand, tried before it holds; and why one is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from reader.config import Config
from reader.model import Article, Headline, Mute
from reader.query import Field, Phrase, parse, printed
from reader.store import Store
from reader.text import one_line
from reader.tui.desk.finding import Finding
from reader.tui.desk.marking import Marking, Undo
from reader.tui.panes.prompt import Prompt
from reader.tui.speaking import spoken

SAMPLE = 6  # headlines that a dry run shows
WORDS, KEEP, DROP = "\nwords", "\nkeep", "\ndrop"
"""Stand for choices that are no queries."""
TIMES = (("Hide for 7 days", 7), ("Hide for 30 days", 30), ("Hide for good", 0))


class Hiding(Finding, Marking):
    """The part of the desk that hides articles by rules."""

    def action_mute(self) -> None:
        """Hide articles like the one at hand, or say why it is hidden."""
        if (id := self.aimed_at()) is not None:
            self.start("choose", self._mute, id)

    @spoken
    async def _mute(self, id: int) -> None:
        article = await self.ask(self.shelf.store.articles.get, id)
        if article is None:
            self.say("this article is no longer in the library")
        elif article.headline.hidden:
            await self._why(id)
        else:
            await self._ask_what(article)

    async def _ask_what(self, article: Article) -> None:
        from reader.tui.screens.choose import Choice, Choose

        choices = [Choice(label, query, query) for label, query in offers(article)]
        choices.append(Choice("Words …", "any query: words, title:word, -without", WORDS))
        query = await self.app.push_screen_wait(Choose("Hide which articles?", choices))
        if query == WORDS:
            self.prompt(Prompt("mute", "hide", text="title:", hint="what the articles hold that are hidden"))
        elif query:
            await self.confirm(query)

    def hide_asked(self, query: str) -> None:
        """Go on with the words that were typed."""
        self.start("choose", self._confirm, query)

    @spoken
    async def _confirm(self, query: str) -> None:
        await self.confirm(query)

    async def confirm(self, query: str) -> None:
        """Show what a rule would have hidden in the last week, and ask for how long it shall hold."""
        from reader.config.queries import Query
        from reader.tui.screens.choose import Choice, Choose

        try:
            Query(lasting=True)(query)
        except ValueError as error:
            self.complain(f"a rule {error}")
            return
        query = printed(parse(query))
        count, rows = await self.ask(_tried, self.shelf.store, query)
        title = f"{query} · {count:,} article{'s' * (count != 1)} of the last week"
        choices = [Choice(label, "", str(days)) for label, days in TIMES]
        choices.append(Choice("Hide nothing", "", KEEP))
        about = [f"{row.source} · {row.title}" for row in rows]
        if count > len(rows):
            about.append(f"… and {count - len(rows):,} more")
        days = await self.app.push_screen_wait(Choose(title, choices, about=about))
        if days and days != KEEP:
            self.start("marks", self._hide, query, int(days))

    @spoken
    async def _hide(self, query: str, days: int) -> None:
        from reader.config.editing import add_rule

        now = datetime.now(UTC)
        until = now.replace(microsecond=0) + timedelta(days=days) if days else None
        rule = Mute(_free(query, [each.name for each in self.config.rules]), query, until)
        await self._hold_to(await self.ask(add_rule, self.config, rule))
        words = f"hidden: {query}" + (f", for {days} days" if days else "")
        self.remember(Undo(words, partial(self._unhide, rule.name)))
        self.say(f"{words}{self.hint('undo', 'takes it back')}")

    async def _unhide(self, name: str) -> None:
        from reader.config.editing import drop_rule

        await self._hold_to(await self.ask(drop_rule, self.config, name))

    async def _hold_to(self, config: Config) -> None:
        """Let other rules hold, and show the list anew."""
        self.config = config
        await self.ask(_apply, self.shelf.store, config.rules)
        self.reload()

    async def _why(self, id: int) -> None:
        """Say which rule hides an article, and offer to take the rule back."""
        from reader.tui.screens.choose import Choice, Choose

        rule = await self.ask(self.shelf.store.hidden.why, id)
        if rule is None:
            return
        until = f"until {rule.until.astimezone():%d %B %Y}" if rule.until else "for good"
        choices = [
            Choice("Leave it hidden", "", KEEP),
            Choice("Take the rule back", "shows all that it hides", DROP),
        ]
        about = (f"by the rule {rule.name}: {rule.query}, {until}",)
        if await self.app.push_screen_wait(Choose("This article is hidden", choices, about=about)) == DROP:
            await self._unhide(rule.name)
            self.say(f"no longer hidden: {rule.query}")


def offers(article: Article) -> list[tuple[str, str]]:
    """Return what articles like one may be hidden by: words for it, and the query."""
    headline = article.headline
    found = [
        (f"All of {headline.source}", Field("source", Phrase(_quotable(headline.source)))),
        *((f"Topic {name}", Field("topic", Phrase(_quotable(name)))) for name in headline.topics),
    ]
    if article.author:
        found.append((f"Everything by {article.author}", Field("author", Phrase(_quotable(article.author)))))
    return [(label, printed(node)) for label, node in found if node.value.text]


def _quotable(text: str) -> str:
    return " ".join(text.replace('"', " ").split())


def _free(query: str, names: Sequence[str]) -> str:
    """Return a name for a rule that no other has."""
    taken = {name.casefold() for name in names}
    name = one_line(query, 48)
    more = (f"{name} {number}" for number in range(2, len(names) + 3))
    return next(each for each in (name, *more) if each.casefold() not in taken)


def _tried(store: Store, query: str) -> tuple[int, list[Headline]]:
    """Return how many of the last week's articles a rule would hide, and some of them."""
    from reader.library import would_hide

    ids = would_hide(store, query, datetime.now(UTC))
    return len(ids), store.lists.rows(ids[:SAMPLE])


def _apply(store: Store, rules: Sequence[Mute]) -> None:
    from reader.library import apply_mutes

    apply_mutes(store, rules, datetime.now(UTC))
