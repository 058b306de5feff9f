"""`newsread brief`: what the last hours brought, as stories with their sources and a sentence each."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from reader import document
from reader.cli.border import OK
from reader.cli.opening import library, one_topic, settings
from reader.cli.output import Output, counted, fitted
from reader.cli.parser import Arguments, Parser, UsageError, count, one_of, since
from reader.document.blocks import Block, Document, Heading, Link, Paragraph, Span
from reader.library.briefing import Brief, about, brief, summed
from reader.model import View

FORMATS = ("terminal", "markdown", "html")
HOURS, LIMIT = 24, 20
WIDTH = 88  # cells, where the terminal has as many


def brief_arguments(parser: Parser) -> None:
    """Add which articles, how many stories and in what form."""
    parser.add_argument(
        "--since", type=since, metavar="WHEN", help="the time to tell of: 24h (the default), 2d, today"
    )
    parser.add_argument("--topic", metavar="T", help="only this topic")
    parser.add_argument("--unread", action="store_true", help="only what is unread")
    parser.add_argument(
        "--limit", type=count, metavar="N", help=f"at most N stories, 0 for all ({LIMIT} by default)"
    )
    parser.add_argument(
        "--format",
        type=one_of(*FORMATS),
        default="terminal",
        metavar="|".join(FORMATS),
        help="how it is written",
    )
    parser.add_argument("--mark-read", action="store_true", help="then mark all of that time read")


def brief_run(args: Arguments, out: Output) -> int:
    """Print the digest; with `--mark-read` file what it told of, and the rest of that time, as read."""
    if out.json and args.format != "terminal":
        raise UsageError("--json is a form of its own: leave --format away")
    now = datetime.now(UTC)
    config = settings(args)
    start = args.since or now - timedelta(hours=HOURS)
    with library(config) as store:
        topic = one_topic(store, args.topic, config.topics) if args.topic else ""
        view = View(topic=topic, unread=args.unread, since=start)
        followed = [rule.name for rule in config.topics]
        limit = LIMIT if args.limit is None else args.limit
        made = brief(store, view, followed, limit or store.lists.counts().total)
        _print(made, args.format, start, now, out)
        out.flush()
        if args.mark_read:
            out.say(f"{counted(len(store.marks.read(made.articles)), 'article')} marked read")
    return OK


def _print(made: Brief, form: str, start: datetime, now: datetime, out: Output) -> None:
    if out.json:
        for place, told in enumerate(made.told, 1):
            out.record(told, rank=place)
        return
    if form == "markdown":
        out.text(document.to_markdown(_document(made, start, now)))
    elif form == "html":
        out.text("\n".join(_html(made, start, now)))
    else:
        out.text("\n".join(_lines(made, start, now, min(out.columns or WIDTH, WIDTH))))


def _title(start: datetime, now: datetime) -> str:
    hours = round((now - start).total_seconds() / 3600)
    if hours <= 48:
        return f"The last {counted(max(hours, 1), 'hour')}"
    return f"The last {counted(round(hours / 24), 'day')}"


def _rest(made: Brief) -> str:
    left = made.stories + made.single - len(made.told)
    return f"{left:,} more: --limit 0 shows all" if left > 0 else ""


def _lines(made: Brief, start: datetime, now: datetime, columns: int) -> Iterator[str]:
    yield f"{_title(start, now)}: {summed(made)}."
    indent = len(str(len(made.told))) + 2
    for place, told in enumerate(made.told, 1):
        yield ""
        yield fitted(f"{place:>{indent - 1}} {told.headline.title}", columns)
        yield " " * indent + fitted(about(told, now), columns - indent)
        if told.sentence:
            yield from (" " * indent + line for line in _wrapped(told.sentence, columns - indent))
    if rest := _rest(made):
        yield f"\n{rest}"


def _wrapped(text: str, columns: int) -> list[str]:
    return document.to_text(document.from_text(text), columns).rstrip("\n").split("\n")


def _document(made: Brief, start: datetime, now: datetime) -> Document:
    blocks: list[Block] = [
        Heading(1, (Span(_title(start, now)),)),
        Paragraph((Span(f"{summed(made)}."),)),
    ]
    links: list[Link] = []
    for told in made.told:
        if told.url:
            links.append(Link(told.url, told.headline.title))
        link = len(links) - 1 if told.url else None
        blocks.append(Heading(2, (Span(told.headline.title, link=link),)))
        blocks.append(Paragraph((Span(about(told, now), italic=True),)))
        if told.sentence:
            blocks.append(Paragraph((Span(told.sentence),)))
    if rest := _rest(made):
        blocks.append(Paragraph((Span(rest),)))
    return Document(tuple(blocks), tuple(links))


def _html(made: Brief, start: datetime, now: datetime) -> Iterator[str]:
    title = html.escape(_title(start, now))
    yield '<!doctype html>\n<html><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title>"
    yield "<style>body{font:1rem/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem}</style></head>"
    yield f"<body><h1>{title}</h1><p>{html.escape(summed(made))}.</p>"
    for told in made.told:
        headline = html.escape(told.headline.title)
        linked = f'<a href="{html.escape(told.url)}">{headline}</a>' if told.url else headline
        yield f"<h2>{linked}</h2><p><small>{html.escape(about(told, now))}</small></p>"
        if told.sentence:
            yield f"<p>{html.escape(told.sentence)}</p>"
    if rest := _rest(made):
        yield f"<p>{html.escape(rest)}</p>"
    yield "</body></html>"
