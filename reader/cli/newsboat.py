"""`newsread import newsboat`: where newsboat keeps its files, and what its cache knows of the feeds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.opening import own_topics
from reader.cli.output import Output, counted
from reader.config import Config, ConfigError
from reader.config.editing import add_rule, save_view
from reader.config.places import full
from reader.model import Mute, SavedView
from reader.opml import Imported, Refused, hiding
from reader.opml.finding import newsboat_folders
from reader.query import Field, Phrase, printed
from reader.records import dataclass
from reader.text import NewsreadError, one_line

if TYPE_CHECKING:
    from reader.library import Taken
    from reader.opml import Subscription
    from reader.opml.hiding import Ignored
    from reader.store import Store

CONFIG_MAX = 1024 * 1024  # bytes of newsboat's config that are looked at
RULE_NAME_MAX = 48

_CACHE_FILE = re.compile(r"^\s*cache-file\s+(?:\"([^\"\n]+)\"|(\S+))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one newsboat."""

    urls: Path
    cache: Path
    config: str  # what its config says


@dataclass(frozen=True, slots=True)
class Moved:
    """What came out of a cache."""

    taken: dict[str, Taken]  # by the feed's address here
    waiting: int = 0  # marks whose articles are still to come
    others: int = 0  # feeds of the cache that are not subscribed to
    trouble: str = ""  # why it is not all; "" when it is

    def counts(self, url: str) -> dict[str, int]:
        """Return what came for a feed, as the JSON has it."""
        taken = self.taken.get(url)
        names = ("articles", "read", "starred")
        return {name: getattr(taken, name) if taken else 0 for name in names}


def place(urls: Path | None, cache: Path | None, env: Mapping[str, str] = os.environ) -> Place:
    """Return newsboat's files: those that were named, else where newsboat looks. Raises NewsreadError."""
    folders = newsboat_folders(env)
    found = next((folder for folder in folders if (folder[0] / "urls").is_file()), None)
    if urls is None and found is None:
        looked = " nor in ".join(str(folder) for folder, _ in folders)
        raise NewsreadError(f"newsboat's `urls` is neither in {looked}: name it with --urls FILE")
    config, data = found or (full(urls or "urls").parent, full(urls or "urls").parent)
    stated = _stated(config / "config")
    named = [match[1] or match[2] for match in _CACHE_FILE.finditer(stated)]
    beside = full(named[-1], config) if named else data / "cache.db"
    return Place(full(urls) if urls else config / "urls", full(cache) if cache else beside, stated)


def _stated(config: Path) -> str:
    try:
        with config.open("rb") as file:
            return file.read(CONFIG_MAX).decode("utf-8", "replace")
    except OSError:
        return ""


def take_over(store: Store, config: Config, path: Path, out: Output) -> Moved:
    """Take articles and marks out of newsboat's cache for the feeds that are subscribed to.

    Feed by feed, so that what is interrupted or breaks off keeps what it has; a second import goes on.
    """
    from reader.library import Taken, take
    from reader.store.newsboat import CacheError, opened

    taken: dict[str, Taken] = {}
    others, trouble = 0, ""
    feeds = {feed.url: feed for feed in store.feeds.all()}
    try:
        with opened(path) as cache, _progress(out) as step:
            own_topics(store, config.topics)
            stated = [(one, feeds.get(_here(one.url))) for one in cache.feeds()]
            others = sum(feed is None for _, feed in stated)
            wanted = [(one, feed) for one, feed in stated if feed]
            for done, (one, feed) in enumerate(wanted, 1):
                store.feeds.entitle(feed.id, _title(one.title), _site(one.site))
                named = store.feeds.get(feed.id) or feed
                for items in cache.items(one.url):
                    some = take(store, named, items, datetime.now(UTC), config.topics)
                    taken[feed.url] = taken.get(feed.url, Taken()) + some
                step(done, len(wanted))
    except CacheError as error:
        trouble = str(error)
    return Moved(taken, sum(store.awaited.count(feed.id) for feed in feeds.values()), others, trouble)


def settle(store: Store, listed: Imported, place: Place, config: Config, out: Output) -> Imported:
    """Save as views and rules what newsboat's lists and config ask for; left is what has no counterpart."""
    config, left = _viewed(listed, config, out)
    ignored, others = hiding.read(place.config)
    left += _ruled(ignored, {feed.url: feed.id for feed in store.feeds.all()}, config, out)
    if others:
        named = ", ".join(f"{many} {name}" for name, many in others.items())
        out.say(f"left in newsboat's config: {named}; `newsread config init` explains what there is here")
    return replace(listed, refused=tuple(left))


def _viewed(listed: Imported, config: Config, out: Output) -> tuple[Config, list[Refused]]:
    """Save query feeds as views, and each tag that is more than a topic: a feed has one, and many tags."""
    further = dict.fromkeys(tag for item in listed.subscriptions for tag in item.tags[1:])
    views = [SavedView(tag, printed(Field("tag", Phrase(tag)))) for tag in further]
    tags = [Refused(view.name, "the tag's name is that of another view", view) for view in views]
    left = []
    for item in (*listed.refused, *tags):
        view = item.view
        taken = view is not None and any(each.name == view.name for each in config.views)
        if view is None or taken:
            left += [] if view in config.views else [item]
            continue
        try:
            config = save_view(config, view)
        except ConfigError as error:
            left.append(replace(item, reason=f"{item.reason} (not saved: {error})"))
            continue
        _saved("view", view.name, view.query, out)
    return config, left


def _ruled(
    ignored: Sequence[Ignored], feeds: Mapping[str, int], config: Config, out: Output
) -> Iterator[Refused]:
    """Save what newsboat ignores as rules; yields what cannot be one."""
    for one in ignored:
        feed = feeds.get(_here(one.feed))
        if not one.query or (feed is None and one.feed != hiding.EVERYWHERE):
            yield Refused(one.text, one.reason or "there is no such feed in newsboat's `urls`")
            continue
        query = f"feed:{feed} ({one.query})" if feed else one.query
        if any(rule.query == query for rule in config.rules):
            continue
        name = one_line(query, RULE_NAME_MAX)
        if any(rule.name.casefold() == name.casefold() for rule in config.rules):
            name = one_line(f"{len(config.rules) + 1}: {query}", RULE_NAME_MAX)
        try:
            config = add_rule(config, Mute(name, query))
        except ConfigError as error:
            yield Refused(one.text, f"it could not be saved as a rule: {error}")
            continue
        _saved("rule", name, query, out)


def _saved(kind: str, name: str, query: str, out: Output) -> None:
    if out.json:
        out.record({"result": kind, "name": name, "query": query})
    else:
        out.say(f"saved as a {kind}: {name}: {query}" if name != query else f"saved as a {kind}: {query}")


def tell(done: Sequence[tuple[str, Subscription]], moved: Moved, out: Output) -> None:
    """Say what came beside the subscriptions."""
    if hidden := sum(result != "known" and item.hidden for result, item in done):
        out.say(f"{counted(hidden, 'feed')} muted, as newsboat hides them (`!`): in their own lists only")
    if moved.trouble:
        out.say(f"newsread: {moved.trouble}")
    if moved.taken or not moved.trouble:
        out.say(_summary(moved))


def _here(url: str) -> str:
    """Return what a feed of newsboat's is called here."""
    from reader.opml.entries import checked, local_path

    return checked(url)[0] or local_path(url)


def _title(title: str) -> str:
    from reader.text import from_html

    return from_html(title)


def _site(url: str) -> str:
    from reader.text import address

    return address(url, strip_login=True)


def _progress(out: Output) -> AbstractContextManager[Callable[[int, int], None]]:
    import sys

    if out.json or not sys.stderr.isatty():
        return nullcontext(lambda _done, _total: None)
    from reader.cli.progress import counter

    return counter("newsboat")


def _summary(moved: Moved) -> str:
    """Return what came out of the cache, in one line."""
    from reader.library import Taken

    total = sum(moved.taken.values(), Taken())
    parts = [
        counted(total.articles, "article"),
        counted(total.read, "read mark"),
        counted(total.starred, "star") + " (from flags)" * bool(total.starred),
    ]
    if moved.waiting:
        parts.append(f"{counted(moved.waiting, 'mark')} kept for articles still to come")
    if moved.others:
        parts.append(f"{counted(moved.others, 'feed')} of the cache left out (not in `urls`)")
    return f"from newsboat's cache: {', '.join(parts)}"
