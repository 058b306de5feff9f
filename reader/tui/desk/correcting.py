"""Topics at the desk: why an article is where it is, putting that right, and following the config's rules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from reader.config import Config
from reader.model import STANDARD_TOPICS, Article, Evidence, Feed, TopicRule
from reader.records import dataclass
from reader.store import Store
from reader.text import NewsreadError
from reader.tui.desk.marking import Marking, Undo
from reader.tui.speaking import spoken

NONE, FOUND = "\n", "\nfound"
"""Stand for no topic, and for what newsread finds, where a topic is chosen: no topic is named so."""


class TopicError(NewsreadError):
    """A topic could not be put right; the text is what the command said."""


@dataclass(frozen=True, slots=True)
class Case:
    """An article whose topic is in question."""

    article: Article
    feed: Feed
    correction: str | None  # what the reader said before: "" no topic, None nothing

    @property
    def why(self) -> tuple[str, ...]:
        """Why it is where it is, a line for each of its topics."""
        if not self.article.evidence:
            return ("no topic: you said so" if self.correction == "" else "no topic: nothing names one",)
        return tuple(reason(evidence) for evidence in self.article.evidence)


def reason(evidence: Evidence) -> str:
    """Return why an article belongs to a topic, as the desk says it."""
    told = "you said so" if evidence.reason.startswith("you: ") else evidence.reason
    return f"{evidence.topic} · {told}"


class Correcting(Marking):
    """The part of the desk that puts topics right."""

    def action_correct(self) -> None:
        """Say why the article belongs to its topics, and let the reader choose another."""
        if (id := self.aimed_at()) is not None:
            self.start("choose", self._correct, id)

    @spoken
    async def _correct(self, id: int) -> None:
        case = await self.ask(_case, self.shelf.store, id)
        if case is None:
            self.say("this article is no longer in the library")
            return
        topic = await self._chosen_topic(case, await self.ask(names, self.shelf.store, self.config.topics))
        everywhere = topic is not None and await self._asked_everywhere(case, topic)
        if topic is not None and everywhere is not None:
            self.start("marks", self._put_right, case, topic, everywhere=everywhere)

    @spoken
    async def _put_right(self, case: Case, topic: str, *, everywhere: bool) -> None:
        store, rules, id = self.shelf.store, self.config.topics, case.article.headline.id
        named = {NONE: "no topic", FOUND: "as newsread finds it"}.get(topic, topic)
        given = {NONE: "", FOUND: None}.get(topic, topic)
        whose = f"every article of {case.feed.title}" if everywhere else "this article"
        take_back: Callable[[], Awaitable[object]]
        if everywhere:
            self.say(f"{named}: {whose} …")
            await self._move_feed(case, given or "", None)
            take_back = partial(self._move_feed, case, case.feed.topic, case.correction)
        else:
            await self.ask(_correct, store, id, given, rules)
            take_back = partial(self.ask, _correct, store, id, case.correction, rules)
        self.remember(Undo(f"{named}: {whose}", take_back, anew=True))
        self.reload()
        self.reopen()
        self.say(f"{named}: {whose}, from now on{self.hint('undo', 'takes it back')}")

    async def _chosen_topic(self, case: Case, names: Sequence[str]) -> str | None:
        from reader.tui.screens.choose import Choice, Choose

        now = [evidence.topic for evidence in case.article.evidence]
        choices = [Choice(name, "now" if name in now else "", name) for name in names]
        choices.append(Choice("no topic", "" if now else "now", NONE))
        if case.correction is not None or case.feed.topic:
            choices.append(Choice("as found", "takes back what you said", FOUND))
        title = "Which topic does this article belong to?"
        chosen = now[0] if now else NONE
        return await self.app.push_screen_wait(Choose(title, choices, about=case.why, chosen=chosen))

    async def _asked_everywhere(self, case: Case, topic: str) -> bool | None:
        """Ask whether the whole feed is meant, where it can be; None when the reader thinks better of it."""
        from reader.tui.screens.choose import Choice, Choose

        if topic == NONE:
            return False
        if topic == FOUND and (case.correction is None or not case.feed.topic):
            return case.correction is None
        choices = [
            Choice("This article", case.article.headline.title, "one"),
            Choice(f"Every article of {case.feed.title}", "those to come, too", "all"),
        ]
        named = "As newsread finds it" if topic == FOUND else topic
        answer = await self.app.push_screen_wait(Choose(f"{named}: what belongs there?", choices))
        return None if answer is None else answer == "all"

    async def _move_feed(self, case: Case, topic: str, correction: str | None) -> None:
        """Give a feed a topic, "" for none, and the article in question what the reader said of it alone.

        Beside the desk where the library is a file: a feed of thousands takes seconds. Raises TopicError.
        """
        store, rules = self.shelf.store, self.config.topics
        if self.edition is None:
            from reader import child

            act = ("set", topic) if topic else ("auto",)
            outcome = await child.run(self.config, "topic", *act, "--feed", str(case.feed.id))
            if outcome.code:
                raise TopicError(outcome.words)
        else:
            await self.ask(_move_feed, store, case.feed.id, topic, rules)
        if case.correction is not None:
            await self.ask(_correct, store, case.article.headline.id, correction, rules)

    @spoken
    async def follow_rules(self) -> None:
        """Bring what is stored up to the config's topics where these have changed, beside the desk."""
        if self.edition is not None or not await self.ask(_rules_changed, self.shelf.store, self.config):
            return
        from reader import child

        outcome = await child.run(self.config, "topics")
        if outcome.code:
            raise TopicError(outcome.words)
        self.reload()


def _case(store: Store, id: int) -> Case | None:
    article = store.articles.get(id)
    feed = store.feeds.get(article.headline.feed) if article else None
    return Case(article, feed, store.topics.correction(id)) if article and feed else None


def names(store: Store, rules: Sequence[TopicRule]) -> list[str]:
    """Return every topic there is: the reader's own, then the standard ones, then those of feeds."""
    stored = [topic.name for topic in store.lists.topics() if topic.own]
    given = [feed.topic for feed in store.feeds.all() if feed.topic]
    found: dict[str, str] = {}
    for name in (*(rule.name for rule in rules), *stored, *STANDARD_TOPICS, *given):
        found.setdefault(name.casefold(), name)
    return list(found.values())


def _correct(store: Store, id: int, topic: str | None, rules: Sequence[TopicRule]) -> None:
    from reader import library

    library.correct(store, id, topic, rules)


def _move_feed(store: Store, feed: int, topic: str, rules: Sequence[TopicRule]) -> None:
    from reader import library

    library.move_feed(store, feed, topic, rules)


def _rules_changed(store: Store, config: Config) -> bool:
    from reader import library

    muted = library.mutes_changed(store, config.rules, datetime.now(UTC))
    return muted or library.rules_changed(store, config.topics)
