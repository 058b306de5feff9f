"""Bringing in feeds at the desk: an address, a file, starter packs, what other readers have left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reader.config import Config
from reader.records import dataclass
from reader.store import Store
from reader.text import one_line
from reader.tui.desk.base import Part
from reader.tui.panes.prompt import Prompt
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from textual.app import App

    from reader.opml import Subscription
    from reader.opml.finding import Found

QUESTIONS = {
    "address": ("add", "address of a feed or a web site, a local file or folder"),
    "subscriptions": ("import", "path of an OPML file or newsboat's urls file"),
    "local": ("add", "path of a local file or folder"),
}
"""What is asked for: the command that takes the answer, and the hint in the prompt."""
FINE = (0, 3)
"""Exit codes of a command that did what it could: all of it, some of it."""
LISTS = (".opml",)
"""What files of subscriptions end with, whatever they are given to."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of what was brought in."""

    source: str
    words: str
    bad: bool = False
    picks: tuple[tuple[str, str], ...] = ()  # feeds that a page announces, name and address: one is chosen
    refused: tuple[tuple[str, str], ...] = ()  # entries of a list that were not taken, and why

    @property
    def asks(self) -> bool:
        """Whether there is something to choose or to look at."""
        return bool(self.picks or self.refused)


async def bring(config: Config, command: str, source: str, *, pick: int = 0) -> Brought:
    """Subscribe to a source, or to what a list names, in a process of its own."""
    from reader import child

    command = "import" if command == "add" and source.lower().endswith(LISTS) else command
    more = ("--pick", str(pick)) if pick else ()
    outcome = await child.run(config, command, "--json", *more, "--", source)
    records = outcome.records
    picks = tuple((str(each["title"]), str(each["url"])) for each in records if "pick" in each)
    if picks:
        return Brought(source, f"{source} announces {len(picks)} feeds", picks=picks)
    if outcome.code not in FINE or not records:
        return Brought(source, outcome.words, bad=outcome.code != 0)
    if command == "import":
        refused = tuple(
            (str(each["text"]), str(each["reason"])) for each in records if each.get("result") == "refused"
        )
        return Brought(source, imported(records), refused=refused)
    return Brought(source, added(records[0]))


def added(record: Mapping[str, Any]) -> str:
    """Return what `add` did, in words."""
    title, new = record.get("title", ""), record.get("new", 0)
    if not record.get("added"):
        return f"{title} is among your feeds already"
    return f"subscribed to {title}: {new:,} article{'s' * (new != 1)}"


def imported(records: tuple[Mapping[str, Any], ...]) -> str:
    """Return what an import did, in words."""
    results = Counter(str(record.get("result")) for record in records)
    named = {
        "added": "added",
        "paused": "added paused",
        "known": "already there",
        "view": "saved as views",
        "rule": "saved as rules",
    }
    parts = [
        f"{results[kind]:,} {words}" for kind, words in named.items() if results[kind] or kind == "added"
    ]
    for what, words in (("articles", "articles"), ("read", "read marks"), ("starred", "stars")):
        if many := sum(record.get(what, 0) for record in records):
            parts.append(f"{many:,} {words}")
    return ", ".join([*parts, *([f"{results['refused']:,} refused"] if results["refused"] else [])])


async def picked(app: App[Any], brought: Brought) -> int:
    """Let the reader choose a feed that a page announces, from 1; 0: none. Or show what was refused."""
    from reader.tui.screens.choose import Choice, Choose

    if brought.refused:
        rows = [Choice(text, why) for text, why in brought.refused]
        await app.push_screen_wait(Choose(f"{brought.words}: why", rows))
        return 0
    choices = [Choice(name, url, str(at)) for at, (name, url) in enumerate(brought.picks, 1)]
    return int(await app.push_screen_wait(Choose(one_line(brought.words), choices)) or 0)


def subscribe(config: Config, feeds: tuple[Subscription, ...]) -> int:
    """Subscribe to feeds in the library; return how many are new. Raises StoreError."""
    store = Store.open(config.library)
    try:
        return sum(store.feeds.add(feed.url, title=feed.title, topic=feed.topic)[1] for feed in feeds)
    finally:
        store.close()


class Bringing(Part):
    """The part of the desk that subscribes."""

    def action_add(self) -> None:
        """Ask for an address or a file to subscribe to."""
        self.ask_for("address")

    def action_welcome(self) -> None:
        """Offer starter packs and the other ways to begin."""
        self.start("bring", self.welcome, first=False)

    def ask_for(self, purpose: str) -> None:
        """Ask for an address or a path."""
        command, hint = QUESTIONS[purpose]
        self.query(Prompt).remove()
        self.mount(Prompt(purpose, command, hint=hint), before=self.footer)

    @spoken
    async def welcome(self, *, first: bool) -> None:
        """Look what other readers have left on the machine, and offer the ways to begin."""
        import asyncio

        from reader.opml.finding import found

        self.start("choose", self._offer, await asyncio.to_thread(found), first=first)

    @spoken
    async def _offer(self, lists: Sequence[Found], *, first: bool) -> None:
        from reader.edition import packs
        from reader.tui.screens.welcome import Welcome

        offered = packs()
        begin = await self.app.push_screen_wait(Welcome(offered, first=first, lists=lists))
        if begin is None:
            return
        if begin.take:
            self._begin("import", begin.take)
        elif begin.ask:
            self.ask_for(begin.ask)
        elif begin.packs:
            chosen = tuple(feed for feed in offered if feed.topic in begin.packs)
            await self.ask(subscribe, self.config, chosen)
            self.moved_in()

    def answered(self, purpose: str, text: str) -> None:
        """Subscribe to what was typed."""
        self._begin(QUESTIONS[purpose][0], text)

    def _begin(self, command: str, source: str) -> None:
        self.say(f"{command}: {source} …")
        self.start("bring", self._bring, command, source)

    @spoken
    async def _bring(self, command: str, source: str, pick: int = 0) -> None:
        brought = await bring(self.config, command, source, pick=pick)
        if brought.bad:
            self.complain(brought.words)
            return
        self.say(brought.words)
        if brought.asks:
            self.start("choose", self._pick, brought)
        if not brought.picks:
            self.moved_in()

    @spoken
    async def _pick(self, brought: Brought) -> None:
        if pick := await picked(self.app, brought):
            self.start("bring", self._bring, "add", brought.source, pick)

    def moved_in(self) -> None:
        """Show the library, which has new feeds, and fetch what is due; the desk knows how."""
        raise NotImplementedError
