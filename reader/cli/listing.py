"""`newsread list` and `newsread search`: articles of the library, or of sources read without subscribing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import FAILED, OK, PARTLY
from reader.cli.opening import library, one_feed, one_topic, settings
from reader.cli.output import Column, Output, left_out, stamp
from reader.cli.parser import Arguments, Parser, UsageError, count, since
from reader.cli.sources import STDIN, source, standard_input
from reader.config import Config
from reader.model import Headline, View
from reader.text import ago

if TYPE_CHECKING:
    from reader.edition import Edition
    from reader.store import Store

PAGE = 200  # articles asked for at once
TTY_LIMIT = 50  # articles on a terminal unless --limit says otherwise: nobody reads further up
STDIN_MAX = 20 * 1024 * 1024  # bytes, as of a local file


def list_arguments(parser: Parser) -> None:
    """Add the filters."""
    parser.surplus = "--source reads a file or an address, `newsread search` looks for words"
    parser.add_argument(
        "--source", action="append", metavar="FILE|ADDRESS", help="read this without subscribing; repeatable"
    )
    _filters(parser)
    parser.add_argument("--search", metavar="WORDS", help="only articles with all of these words")


def search_arguments(parser: Parser) -> None:
    """Add the words and the filters."""
    parser.dashed = True
    parser.add_argument(
        "words", nargs="+", metavar="WORDS", help="words that the articles must hold; -word: must not hold"
    )
    _filters(parser)


def _filters(parser: Parser) -> None:
    parser.add_argument("--topic", metavar="T", help="only this topic")
    parser.add_argument(
        "--feed", metavar="F", help="only this feed: its number, address, or a part of its title"
    )
    parser.add_argument("--unread", action="store_true", help="only unread ones")
    parser.add_argument("--starred", action="store_true", help="only starred ones")
    parser.add_argument(
        "--since", type=since, metavar="WHEN", help="only newer ones: 2d, 36h, today, 2026-01-31"
    )
    parser.add_argument(
        "--limit", type=count, metavar="N", help=f"at most N, 0 for all ({TTY_LIMIT} on a terminal, else all)"
    )


def list_run(args: Arguments, out: Output) -> int:
    """List articles, newest first."""
    if not args.source:
        config = settings(args)
        with library(config) as store:
            _list(args, args.search or "", store, config, out)
        return OK
    if args.unread or args.starred:
        raise UsageError("--unread and --starred ask the library, which knows nothing of a --source")
    config = settings(args)
    with _edition(args, config) as opened:
        store, problems = opened.store, opened.problems
        for problem in problems:
            out.say(f"newsread: {problem}")
        if problems and not store.feeds.all():
            return FAILED
        _list(args, args.search or "", store, config, out)
        if opened.dropped:
            out.say(left_out(opened.dropped))
        return PARTLY if problems else OK


def search_run(args: Arguments, out: Output) -> int:
    """List the articles that hold the words."""
    search = " ".join(args.words)
    if not search.strip():
        raise UsageError("there is no word to search for (`newsread list` shows every article)")
    config = settings(args)
    with library(config) as store:
        _list(args, search, store, config, out)
    return OK


@contextmanager
def _edition(args: Arguments, config: Config) -> Iterator[Edition]:
    """Read the sources into a library in memory."""
    from reader import edition

    sources = [source(word) for word in args.source]
    stdin = standard_input(STDIN_MAX) if STDIN in sources else None
    opened = edition.load(sources, config, stdin)
    try:
        yield opened
    finally:
        opened.close()


def _list(args: Arguments, search: str, store: Store, config: Config, out: Output) -> None:
    view = View(
        topic=one_topic(store, args.topic, config.topics) if args.topic else "",
        feed=one_feed(store, args.feed).id if args.feed else None,
        unread=args.unread,
        starred=args.starred,
        since=args.since,
        search=search,
    )
    limit = args.limit if args.limit is not None else TTY_LIMIT if out.tty and not out.json else 0
    ids = store.lists.ids(
        view, None if out.tty or not limit else limit
    )  # a terminal is told how many there are
    shown = ids[:limit] if limit else ids
    if out.json:
        for number in shown:
            if article := store.articles.get(number):
                out.record(article)
    else:
        _table(store, shown, out)
    if not shown:
        out.say(_nothing(store, view, read=bool(getattr(args, "source", None))))
    elif len(shown) < len(ids) and out.tty:
        out.say(f"{len(shown)} of {len(ids):,} articles; --limit 0 shows all")


def _table(store: Store, ids: Sequence[int], out: Output) -> None:
    number = Column("", len(str(max(ids, default=0))), right=True)
    columns = (number, Column("", 1), Column("", 13), Column("", 20), Column(""))
    now = datetime.now(UTC)
    pages = (store.lists.rows(ids[start : start + PAGE]) for start in range(0, len(ids), PAGE))
    out.table(columns, (_row(row, now, tty=out.tty) for page in pages for row in page), header=False)


def _row(row: Headline, now: datetime, *, tty: bool) -> tuple[str, ...]:
    """Return a line for the eye, or one of fields for `cut`: number, time, marks, source, title."""
    if tty:
        mark = "★" if row.starred else " " if row.read else "●"
        more = f"  +{row.others}" if row.others else ""
        return (str(row.id), mark, ago(row.published, now), row.source, row.title + more)
    marks = ("read" if row.read else "unread") + (",starred" if row.starred else "")
    return (str(row.id), stamp(row.published), marks, row.source, row.title)


def _nothing(store: Store, view: View, *, read: bool) -> str:
    """Say why the list is empty; `read`: of sources that were read for this."""
    if view != View():
        return "no article is like that"
    if read:
        return "there are no articles in it"
    if store.feeds.all():
        return "there are no articles yet: `newsread refresh` fetches them"
    return "there are no feeds yet: `newsread add ADDRESS` subscribes to one"
