"""Opening what commands work on: the settings, and the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.parser import Arguments, did_you_mean, quoted
from reader.cli.sources import without_login
from reader.config import Config, load
from reader.model import STANDARD_TOPICS, Feed, SavedView, TopicRule
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.store import Store

SHOWN = 5  # feeds that a "which one?" names


class NotFoundError(NewsreadError):
    """The library has no such feed, topic or article."""


def settings(args: Arguments, *, keys: bool = False) -> Config:
    """Return the settings with the files that the command line chose. Raises ConfigError.

    With `keys`, an action id that the desk does not know is a mistake too.
    """
    if not keys:
        return load(args.config, args.library)
    from reader.tui.keys import ACTIONS

    return load(args.config, args.library, actions=ACTIONS)


@contextmanager
def library(config: Config) -> Iterator[Store]:
    """Open the library for a command, and close it again. Raises StoreError."""
    from reader.store import Store

    store = Store.open(config.library)
    try:
        _follow(store, config)
        yield store
    finally:
        store.close()


def _follow(store: Store, config: Config) -> None:
    """Hide and show what is stored as the rules of the config say, where they have changed or ended."""
    if not config.rules and not store.hidden.rules():
        return
    from reader.library import apply_mutes

    apply_mutes(store, config.rules, datetime.now(UTC))


def one_feed(store: Store, text: str) -> Feed:
    """Return the feed with this id, address or title, or with this part of a title. Raises NotFoundError."""
    found = store.feeds.find(text)
    exact = [
        feed
        for feed in found
        if text.casefold() in (str(feed.id), feed.url.casefold(), feed.title.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if len(exact) == 1:
        return exact[0]
    if not found:
        titles = [feed.title for feed in store.feeds.all()]
        hint = did_you_mean(text, titles) or "; `newsread feeds` lists them"
        raise NotFoundError(f"there is no feed {quoted(without_login(text))}{hint}")
    raise NotFoundError(f"{quoted(text)} may be {_named(found)}; give its number")


def one_view(config: Config, name: str) -> SavedView:
    """Return the saved view of this name. Raises NotFoundError."""
    for view in config.views:
        if view.name.casefold() == name.casefold():
            return view
    names = [view.name for view in config.views]
    hint = did_you_mean(name, names) or "; `newsread views` lists them"
    raise NotFoundError(f"there is no view {quoted(name)}{hint}")


def one_topic(store: Store, text: str, rules: Sequence[TopicRule] = ()) -> str:
    """Return a topic as the library writes it; the user's own `rules` applied. Raises NotFoundError.

    One that has no article today is a topic all the same: a script that asks for it each day must not fail.
    """
    own_topics(store, rules)
    names = topic_names(store, rules)
    for name in names:
        if name.casefold() == text.casefold():
            return name
    raise NotFoundError(
        f"there is no topic {quoted(text)}{did_you_mean(text, names) or '; `newsread topics` lists them'}"
    )


def topic_names(store: Store, rules: Sequence[TopicRule] = ()) -> list[str]:
    """Return every topic that there is: with articles, by the user's own rules, of feeds, standard."""
    stored = [topic.name for topic in store.lists.topics()]
    given = [feed.topic for feed in store.feeds.all() if feed.topic]
    return list(dict.fromkeys([*stored, *(rule.name for rule in rules), *given, *STANDARD_TOPICS]))


def own_topics(store: Store, rules: Sequence[TopicRule]) -> int:
    """Apply the user's own topics to what is stored, if they have changed; how many articles changed."""
    from reader.topics import keywords

    if store.rules.all() == keywords.digests(rules):
        return 0
    from reader.library import apply_rules  # the engines, which are not needed otherwise

    return apply_rules(store, rules)


def _named(feeds: Sequence[Feed]) -> str:
    names = [f"{feed.id} ({feed.title})" for feed in feeds[:SHOWN]]
    if len(feeds) > SHOWN:
        names.append(f"{len(feeds) - SHOWN} more")
    return " or ".join((", ".join(names[:-1]), names[-1]))
