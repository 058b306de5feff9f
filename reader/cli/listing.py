"""`newsread list` and `newsread search`: articles of the library, or of sources read without subscribing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.cli.border import FAILED, OK, PARTLY
from reader.cli.opening import library, one_feed, one_topic, one_view, settings
from reader.cli.output import Column, Output, counted, flattened, left_out, stamp
from reader.cli.parser import Arguments, Parser, UsageError, count, since
from reader.cli.sources import STDIN, source, standard_input
from reader.config import Config
from reader.model import Headline, View
from reader.query import parse
from reader.text import ago

if TYPE_CHECKING:
    from reader.cli.template import Template
    from reader.edition import Edition
    from reader.related.trending import Trend
    from reader.store import Store

PAGE = 200  # headlines asked for at once
WHOLE = 20  # articles with their texts: together a few MB at most
TTY_LIMIT = 50  # articles on a terminal unless --limit says otherwise: nobody reads further up
STDIN_MAX = 20 * 1024 * 1024  # bytes, as of a local file


def list_arguments(parser: Parser) -> None:
    """Add the filters."""
    parser.surplus = "--source reads a file or an address, `newsread search` looks for words"
    parser.add_argument(
        "--source", action="append", metavar="FILE|ADDRESS", help="read this without subscribing; repeatable"
    )
    _filters(parser)
    parser.add_argument("--search", metavar="QUERY", help="only what answers this query, as for `search`")
    parser.add_argument("--view", metavar="NAME", help="a saved view (`newsread views` lists them)")
    parser.add_argument(
        "--top", action="store_true", help="the stories that most sources tell now, by rank, with why"
    )
    parser.add_argument("--stories", action="store_true", help="each story once, by the report that leads it")


def search_arguments(parser: Parser) -> None:
    """Add the words and the filters."""
    parser.dashed = True
    parser.add_argument(
        "words",
        nargs="+",
        metavar="QUERY",
        help='words, all of them; "a phrase", -without, (this OR that), title:word, topic:, source:, author:,'
        " since:2d, unread, starred, hidden",
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
    parser.add_argument(
        "--format",
        type=_template,
        metavar="TEMPLATE",
        help=r"a line of your own for each: '{id}\t{title:40}\t{url}'; the fields are those of --json",
    )


def _template(text: str) -> Template:
    from reader.cli.template import template

    return template(text)


def list_run(args: Arguments, out: Output) -> int:
    """List articles, newest first, or the top stories by rank."""
    if args.top and args.stories:
        raise UsageError("--top shows each story once anyway: leave --stories away")
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
        _list(args, search, store, config, out, ranked=True)
    return OK


@contextmanager
def _edition(args: Arguments, config: Config) -> Iterator[Edition]:
    """Read the sources into a library in memory."""
    from reader.sandbox import warm

    sources = [source(word) for word in args.source]
    warm()
    from reader import edition

    stdin = standard_input(STDIN_MAX) if STDIN in sources else None
    opened = edition.load(sources, config, stdin)
    try:
        yield opened
    finally:
        opened.close()


def _list(
    args: Arguments, search: str, store: Store, config: Config, out: Output, *, ranked: bool = False
) -> None:
    if args.format and out.json:
        raise UsageError("--json and --format are two ways to print: give one of them")
    parse(search)  # nobody is typing any more: what is not finished is a mistake
    top = bool(getattr(args, "top", False))
    saved = one_view(config, args.view) if getattr(args, "view", None) else None
    view = View(
        query=saved.query if saved else "",
        name=saved.name if saved else "",
        ranked=ranked,
        topic=one_topic(store, args.topic, config.topics) if args.topic else "",
        feed=one_feed(store, args.feed).id if args.feed else None,
        unread=args.unread,
        starred=args.starred,
        since=args.since,
        search=f"{search} " if search else "",  # a space: its last word is whole
        top=top,
        grouped=top or bool(getattr(args, "stories", False)),
    )
    limit = args.limit if args.limit is not None else TTY_LIMIT if out.tty and not out.json else 0
    now = datetime.now(UTC)
    most = None if out.tty or not limit else limit  # a terminal is told how many there are
    ids, trends = _found(store, view, now, most)
    shown = ids[:limit] if limit else ids
    if out.json:
        for record in _records(store, shown, trends):
            out.record(record)
    elif args.format:
        _formatted(store, shown, trends, args.format, out)
    elif out.tty:
        _table(store, shown, trends, out, apart=view.grouped)
    else:
        out.table((), (_fields(row, trends) for row in _pages(store, shown)))
    if not shown:
        out.say(_nothing(store, view, trends, read=bool(getattr(args, "source", None))))
    elif len(shown) < len(ids) and out.tty:
        kind = "stories" if top else "stories and articles" if view.grouped else "articles"
        latest, these = ("the latest ", "these") if store.lists.cut(view) else ("", "all")
        out.say(f"{len(shown)} of {latest}{len(ids):,} {kind}; --limit 0 shows {these}")
    elif len(shown) != limit and store.lists.cut(view):
        out.say(f"these are the latest {len(shown):,} that were found; before:DATE asks for older ones")


def _found(
    store: Store, view: View, now: datetime, limit: int | None
) -> tuple[Sequence[int], Mapping[int, Trend]]:
    """Return the ids that a view shows, and for the top of the list why each story is there."""
    if not view.top:
        return store.lists.ids(view, limit), {}
    from reader.library import shown, top  # the engines, which a plain list does not need

    return shown(store, view, now, limit), {trend.story: trend for trend in top(store, now)}


def _records(store: Store, ids: Sequence[int], trends: Mapping[int, Trend]) -> Iterator[dict[str, Any]]:
    """Yield articles as the JSON has them, page by page: a reader of the first does not wait for the last."""
    for start in range(0, len(ids), WHOLE):
        page = ids[start : start + WHOLE]
        leads = store.stories.leads(page)
        for article in store.articles.some(page):
            trend = trends.get(article.headline.story)
            why = {name: getattr(trend, name) for name in ("sources", "reports", "score")} if trend else {}
            yield flattened(article) | {"lead": leads.get(article.headline.id, (0, 0))[1]} | why


def _formatted(
    store: Store, ids: Sequence[int], trends: Mapping[int, Trend], template: Template, out: Output
) -> None:
    """Print a line of the user's own making for each article."""
    rows = map(flattened, _pages(store, ids)) if template.listed else _records(store, ids, trends)
    for row in rows:
        out.line(template.line(row))


def _pages(store: Store, ids: Sequence[int]) -> Iterator[Headline]:
    for start in range(0, len(ids), PAGE):
        yield from store.lists.rows(ids[start : start + PAGE])


def _table(
    store: Store, ids: Sequence[int], trends: Mapping[int, Trend], out: Output, *, apart: bool
) -> None:
    """Print rows for the eye; `apart`: `+N` in a column of its own, where no long headline pushes it out.

    Below a top story stands why it is one.
    """
    now = datetime.now(UTC)
    number = Column("", len(str(max(ids, default=0))), right=True)
    columns = (number, Column("", 1), Column("", 13), Column("", 20), *[Column("", 4)] * apart, Column(""))
    rows: list[tuple[str, ...]] = []
    for row in _pages(store, ids):
        rows.append(_row(row, now, apart=apart))
        if trend := trends.get(row.story):
            rows.append((*[""] * (len(columns) - 1), _reason(trend)))
    out.table(columns, rows, header=False)


def _row(row: Headline, now: datetime, *, apart: bool) -> tuple[str, ...]:
    mark = "★" if row.starred else " " if row.read else "●"
    more = f"+{row.others}" if row.others else ""
    title = (more, row.title) if apart else (f"{row.title}  {more}" if more else row.title,)
    return (str(row.id), mark, ago(row.published, now), row.source, *title)


def _reason(trend: Trend) -> str:
    """Return why a story is on top: `6 sources, 4 reports in 6 h`."""
    from reader.related.trending import BURST

    recent = counted(trend.reports, "report") if trend.reports else "none"
    return f"{counted(trend.sources, 'source')}, {recent} in {BURST // 3600} h"


def _fields(row: Headline, trends: Mapping[int, Trend]) -> tuple[str, ...]:
    """Return a line for `cut`: number, time, marks, source, title; of a top story its sources and reports."""
    marks = ("read" if row.read else "unread") + (",starred" if row.starred else "")
    trend = trends.get(row.story)
    figures = (str(trend.sources), str(trend.reports)) if trend else ()
    return (str(row.id), stamp(row.published), marks, row.source, row.title, *figures)


def _nothing(store: Store, view: View, trends: Mapping[int, Trend], *, read: bool) -> str:
    """Say why the list is empty; `read`: of sources that were read for this."""
    plain = replace(view, top=False, grouped=False, ranked=False)
    told = bool(read or store.feeds.all())
    if view.top and told and not trends:
        return "no story of the last days is told by two sources"
    if plain != View():
        return "no top story is like that" if view.top else "no article is like that"
    if read:
        return "there are no articles in it"
    if told:
        return "there are no articles yet: `newsread refresh` fetches them"
    return "there are no feeds yet: `newsread add ADDRESS` subscribes to one"
