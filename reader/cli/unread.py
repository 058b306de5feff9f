"""`newsread unread`: how much is unread, feed by feed or as one number."""

from __future__ import annotations

from reader.cli.border import OK
from reader.cli.opening import library, one_feed, one_topic, own_topics, settings
from reader.cli.output import Column, Output
from reader.cli.parser import Arguments, Parser
from reader.model import View


def unread_arguments(parser: Parser) -> None:
    """Add the filters, and the bare number."""
    parser.add_argument("-c", "--count", action="store_true", help="the number alone, for a status bar")
    parser.add_argument("--topic", metavar="T", help="only this topic")
    parser.add_argument(
        "--feed", metavar="F", help="only this feed: its number, address, or a part of its title"
    )


def unread_run(args: Arguments, out: Output) -> int:
    """Print the feeds that have unread articles, most first; with `--count` how many articles that are."""
    config = settings(args)
    with library(config) as store:
        feed = one_feed(store, args.feed) if args.feed else None
        feeds = [feed] if feed else [one for one in store.feeds.all() if args.topic or not one.muted]
        numbers = {one.id: one.unread for one in feeds}
        if args.topic:
            own_topics(store, config.topics)
            topic = one_topic(store, args.topic, config.topics)
            for one in feeds:
                numbers[one.id] = len(store.lists.ids(View(topic=topic, feed=one.id, unread=True)))
    total = sum(numbers.values())
    if args.count:
        if out.json:
            out.record({"unread": total})
        else:
            out.text(str(total))
        return OK
    rows = sorted((one for one in feeds if numbers[one.id]), key=lambda one: -numbers[one.id])
    if out.json:
        for one in rows:
            out.record({"feed": one.id, "title": one.title, "topic": one.topic, "unread": numbers[one.id]})
    else:
        columns = (Column("unread", 8, right=True), Column("feed", 8, right=True), Column("title"))
        out.table(columns, [(str(numbers[one.id]), str(one.id), one.title) for one in rows])
    if not rows:
        out.say("nothing is unread")
    return OK
