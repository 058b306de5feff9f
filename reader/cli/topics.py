"""`newsread topics` and `topic`: what there is by topic, and putting right what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.border import OK
from reader.cli.opening import NotFoundError, library, one_feed, own_topics, settings, topic_names
from reader.cli.output import Column, Output, counted
from reader.cli.parser import Arguments, Parser, UsageError, count, did_you_mean, one_of, quoted
from reader.cli.subscriptions import TOPIC_MAX, outcome
from reader.text import one_line

if TYPE_CHECKING:
    from reader.config import Config
    from reader.store import Store

NONE = "none"
"""What the reader calls no topic."""


def topics_arguments(parser: Parser) -> None:
    """Add the one thing that can be done with all of them."""
    parser.add_argument(
        "--anew", action="store_true", help="find every article's topics anew; what you put right stays"
    )


def topics_run(args: Arguments, out: Output) -> int:
    """Print the topics with their counts, the user's own first."""
    config = settings(args)
    with library(config) as store:
        if args.anew:
            from reader.library import relearn, retopic

            relearn(store)
            out.say(f"{counted(retopic(store, config.topics), 'article')} changed")
        own_topics(store, config.topics)
        topics = store.lists.topics()
    if out.json:
        for topic in topics:
            out.record(topic)
    else:
        columns = (
            Column("unread", 10, right=True),
            Column("all", 10, right=True),
            Column("topic"),
            Column(""),
        )
        rows = [(str(t.unread), str(t.total), t.name, "your own" if t.own else "") for t in topics]
        out.table(columns, rows if out.tty else [row[:3] for row in rows])
    if not topics:
        out.say("no article belongs to a topic yet")
    return OK


def topic_arguments(parser: Parser) -> None:
    """Add what to do, and with what."""
    parser.usage = "newsread topic set TOPIC|none ID ... | auto ID ... | (set TOPIC | auto) --feed F"
    parser.add_argument(
        "act", type=one_of("set", "auto"), metavar="set|auto", help="auto: by what newsread finds, as before"
    )
    parser.add_argument(
        "words", nargs="*", metavar="TOPIC|ID", help="the topic (`none`: no topic), the numbers of articles"
    )
    parser.add_argument("--feed", metavar="F", help="a feed with all its articles, those to come included")
    parser.add_argument("--new", action="store_true", help="the topic is a new one of your own")


def topic_run(args: Arguments, out: Output) -> int:
    """Give articles or a feed a topic that stays, or take that back."""
    words = list(args.words)
    if args.act == "set" and not words:
        raise UsageError("`topic set` takes a topic: `newsread topic set World 12`")
    named = one_line(words.pop(0), TOPIC_MAX) if args.act == "set" else None
    if bool(words) == bool(args.feed):
        raise UsageError("say which articles by their numbers (`newsread list` shows them), or --feed F")
    numbers = [_number(word) for word in words]
    config = settings(args)
    with library(config) as store:
        topic = None if named is None else _topic(store, config, named, new=args.new)
        if args.feed:
            _move(store, config, args.feed, topic or "", out)
            return OK
        done = sum(_correct(store, config, number, topic, out) for number in dict.fromkeys(numbers))
    return outcome(done, len(set(numbers)) - done)


def _number(word: str) -> int:
    if not word.isdecimal() or len(word) > 9:
        raise UsageError(f"{quoted(word)} is no number of an article; `newsread list` shows the numbers")
    return count(word)


def _topic(store: Store, config: Config, text: str, *, new: bool) -> str:
    """Return a topic as it is written, "" for none. Raises NotFoundError for one that is not there yet."""
    if text.casefold() == NONE or not text:
        return ""
    names = topic_names(store, config.topics)
    for name in names:
        if name.casefold() == text.casefold():
            return name
    if new:
        return text
    hint = did_you_mean(text, names)
    raise NotFoundError(f"there is no topic {quoted(text)}{hint}; --new makes it one of your own")


def _correct(store: Store, config: Config, number: int, topic: str | None, out: Output) -> bool:
    """Put one article right and tell; False when it is not there."""
    from reader.library import correct

    before = store.topics.correction(number)
    headline = next(iter(store.lists.rows([number])), None)
    if headline is None or headline.bare:
        out.say(f"newsread: there is no article {number}; `newsread list` shows the numbers")
        return False
    found = correct(store, number, topic, config.topics)
    if out.json:
        out.record(
            {"id": number, "title": headline.title, "correction": topic, "before": before, "evidence": found}
        )
    else:
        told = ", ".join(f"{evidence.topic} ({evidence.reason})" for evidence in found) or "no topic"
        out.say(f"{number} ({headline.title}): {told}")
    return True


def _move(store: Store, config: Config, text: str, topic: str, out: Output) -> None:
    """Put a feed under a topic and tell."""
    from reader.library import move_feed

    feed = one_feed(store, text)
    changed = move_feed(store, feed.id, topic, config.topics)
    if out.json:
        out.record(store.feeds.get(feed.id) or feed, before=feed.topic, changed=changed)
    else:
        out.say(f"{feed.title}: {topic or 'no topic of its own'}; {counted(changed, 'article')} changed")
