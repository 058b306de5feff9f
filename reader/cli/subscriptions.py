"""`newsread add`, `remove` and `feeds`: the subscriptions."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import FAILED, OK, PARTLY
from reader.cli.opening import library, one_feed, settings
from reader.cli.output import Column, Output, counted, left_out
from reader.cli.parser import Arguments, Parser, UsageError, positive
from reader.cli.sources import source, without_login
from reader.model import Feed
from reader.text import NewsreadError, ago, one_line

if TYPE_CHECKING:
    from reader.cli.adding import Added, ChoiceError

SHOWN_MAX = 200  # characters of a source that an error repeats
TOPIC_MAX = 64  # characters, as of a category


def outcome(done: int, failed: int) -> int:
    """Return the exit code for so many that went well and so many that failed."""
    return OK if not failed else PARTLY if done else FAILED


def add_arguments(parser: Parser) -> None:
    """Add the sources and what to call them."""
    parser.add_argument(
        "sources", nargs="+", metavar="ADDRESS|FILE", help="a feed, a web page, a file or a folder"
    )
    parser.add_argument("--topic", default="", metavar="T", help="the topic that all its articles belong to")
    parser.add_argument("--title", default="", metavar="NAME", help="your own name for it")
    parser.add_argument(
        "--pick", type=positive, default=0, metavar="N", help="the Nth feed that the page announces"
    )


def add_run(args: Arguments, out: Output) -> int:
    """Subscribe, and fetch the articles at once."""
    if args.title and len(args.sources) > 1:
        raise UsageError("--title names one feed: add them one by one")
    from reader.cli.adding import Adder, ChoiceError
    from reader.sandbox import Sandbox
    from reader.store import StoreError

    config = settings(args)
    done = 0
    with library(config) as store, Sandbox() as sandbox:
        adder = Adder(
            store=store,
            config=config,
            sandbox=sandbox,
            topic=one_line(args.topic, TOPIC_MAX),
            title=one_line(args.title),
            pick=args.pick,
        )
        for word in args.sources:
            try:
                added = adder.add(source(word))
            except ChoiceError as choice:
                out.say(f"newsread: {choice}")
                _offer(choice, out)
            except StoreError:
                raise  # it is not about this source
            except NewsreadError as error:
                shown = one_line(without_login(word), SHOWN_MAX)
                out.say(f"newsread: {shown}: {error}" if shown not in str(error) else f"newsread: {error}")
            else:
                done += 1
                if out.json:
                    out.record(added.feed, added=added.new, new=added.articles, dropped=added.dropped)
                else:
                    out.say(_added(added, named=bool(adder.topic or adder.title)))
    return outcome(done, len(args.sources) - done)


def _offer(choice: ChoiceError, out: Output) -> None:
    """List the feeds that a page announces."""
    rows = [(str(number), item.title, item.url) for number, item in enumerate(choice.candidates, 1)]
    if out.json:
        for number, title, url in rows:
            out.record({"pick": int(number), "title": title, "url": url, "page": choice.page})
    else:
        out.table((Column("", 4, right=True), Column("", 40), Column("")), rows, header=False)


def _added(added: Added, *, named: bool) -> str:
    """Return what became of a source; `named`: a topic or a title was given for it."""
    feed = added.feed
    if added.new and feed.total and not added.articles:
        return f"{feed.title} is back with its {counted(feed.total, 'article')}"
    if added.new:
        more = f", {left_out(added.dropped)}" if added.dropped else ""
        return f"subscribed to {feed.title}: {counted(added.articles, 'article')}{more}"
    now = f" (topic: {feed.topic or 'none'})" if named else ""
    return f"{feed.title} is among your feeds already{now}"


def remove_arguments(parser: Parser) -> None:
    """Add the feeds."""
    parser.add_argument(
        "feeds", nargs="+", metavar="FEED", help="its number, address, or a part of its title"
    )


def remove_run(args: Arguments, out: Output) -> int:
    """Unsubscribe."""
    from reader.library import remove_feed

    done = 0
    with library(settings(args)) as store:
        for text in args.feeds:
            try:
                feed = one_feed(store, text)
            except NewsreadError as error:
                out.say(f"newsread: {error}")
                continue
            remove_feed(store, feed.id)
            done += 1
            if out.json:
                out.record(feed)
            else:
                out.say(
                    f"removed {feed.title} and its {counted(feed.total, 'article')};"
                    f" for thirty days `newsread add {shlex.quote(feed.url)}` brings both back"
                )
    return outcome(done, len(args.feeds) - done)


def feeds_arguments(parser: Parser) -> None:
    """Add the one filter."""
    parser.add_argument("--failing", action="store_true", help="only those whose last refresh failed")


def feeds_run(args: Arguments, out: Output) -> int:
    """List the subscriptions."""
    with library(settings(args)) as store:
        feeds = [feed for feed in store.feeds.all() if feed.error or not args.failing]
    if out.json:
        for feed in feeds:
            out.record(feed)
    else:
        _table(feeds, out)
    if not feeds:
        none = (
            "no feed fails"
            if args.failing
            else "there are no feeds yet: `newsread add ADDRESS` subscribes to one"
        )
        out.say(none)
    return OK


def _table(feeds: list[Feed], out: Output) -> None:
    now = datetime.now(UTC)
    columns = (
        Column("feed", 8, right=True),
        Column("unread", 8, right=True),
        Column("all", 8, right=True),
        Column("topic", 14),
        Column("title", 32),
        Column("state"),
        Column("address"),
    )
    rows = [
        (str(feed.id), str(feed.unread), str(feed.total), feed.topic, feed.title, _state(feed, now), feed.url)
        for feed in feeds
    ]
    out.table(columns, rows)


def _state(feed: Feed, now: datetime) -> str:
    """Return how a feed is doing, in words."""
    if feed.error:
        times = f" ({feed.failures} times)" if feed.failures > 1 else ""
        return f"failed{times}: {feed.error}"
    if feed.paused:
        return "paused"
    muted = "muted, " if feed.muted else ""
    return muted + (f"fetched {ago(feed.succeeded, now)}" if feed.succeeded else "not fetched yet")
