"""`newsread show` and `related`: one article, and what else was written about it."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import OK
from reader.cli.opening import NotFoundError, library, settings
from reader.cli.output import Column, Output, stamp
from reader.cli.parser import Arguments, Parser, count, one_of
from reader.cli.rules import told
from reader.model import Article, Enclosure, Related
from reader.text import ago, playing_time

if TYPE_CHECKING:
    from reader.document import Document
    from reader.store import Store

TEXT_WIDTH = 76  # columns: longer lines tire the eye
RELATED_LIMIT = 12  # as beside the article on the desk
_KINDS = {
    "same story": "Same story",
    "listed": "Given as related",
    "related": "Related",
    "earlier": "Earlier",
    "on this page": "On this page",
}


def show_arguments(parser: Parser) -> None:
    """Add the article and its form."""
    parser.add_argument(
        "id", type=count, metavar="ID", help="the article's number, as `newsread list` prints it"
    )
    forms = one_of("text", "markdown", "html")
    parser.add_argument(
        "--format", type=forms, default="text", metavar="FORM", help="text (default), markdown, html"
    )
    parser.add_argument(
        "--full", action="store_true", help="the full text of its page, fetched and kept if it is not yet"
    )


def show_run(args: Arguments, out: Output) -> int:
    """Print an article, its full text where that is kept and shown."""
    config = settings(args)
    with library(config) as store:
        article = _article(store, args.id)
        if args.full:
            from reader.cli.fulltexts import fetch

            fetch(store, config, article)
        article = store.fulltexts.in_full(article)
        _, lead = store.stories.leads((args.id,)).get(args.id, (0, 0))
        rule = store.hidden.why(args.id) if article.headline.hidden else None
    if rule:
        out.say(f"hidden by {told(rule)}")
    if out.json:
        why = {"rule": rule} if rule else {}
        out.record(article, lead=lead, **why)
    elif args.format == "html":
        out.text(_html(article))
    else:
        out.text(_markdown(article) if args.format == "markdown" else _text(article, out))
    return OK


def related_arguments(parser: Parser) -> None:
    """Add the articles."""
    parser.add_argument("ids", type=count, nargs="+", metavar="ID", help="the number of an article")
    parser.add_argument("--limit", type=count, default=RELATED_LIMIT, metavar="N", help="at most N for each")


def related_run(args: Arguments, out: Output) -> int:
    """Print the neighbours of articles, each with its why."""
    from reader.library import related

    now = datetime.now(UTC)
    with library(settings(args)) as store:
        for number in args.ids:
            article = _article(store, number)
            found = related(store, number, limit=args.limit)
            if out.json:
                for item in found:
                    out.record(item, article=number)
            elif out.tty:
                _sections(article, found, out, now)
            else:
                out.table((), [_fields(number, item) for item in found])
            if not found:
                out.say(f"nothing else is known about {number} ({article.headline.title}) yet")
    return OK


def _article(store: Store, number: int) -> Article:
    article = store.articles.get(number)
    if article is None:
        raise NotFoundError(f"there is no article {number}; `newsread list` shows the numbers")
    return article


def _byline(article: Article) -> str:
    """Return source, author, place and time in one line."""
    when = article.headline.published.astimezone()
    parts = (article.headline.source, article.author, article.dateline, f"{when:%d %B %Y, %H:%M}".lstrip("0"))
    return " · ".join(part for part in parts if part)


def _topics(article: Article) -> str:
    """Return the topics, each with its why: `Topics: World (feed: World news), Sport (text: goal, cup)`."""
    told = ", ".join(f"{evidence.topic} ({evidence.reason})" for evidence in article.evidence)
    return f"Topic{'s' if len(article.evidence) > 1 else ''}: {told}" if told else ""


def _document(article: Article) -> Document:
    from reader import document

    return document.from_html(
        article.html or article.summary, article.url, article.headline.title, whole=True
    )


def _text(article: Article, out: Output) -> str:
    from reader import document

    width = min(out.columns, TEXT_WIDTH) if out.tty else TEXT_WIDTH
    body = document.to_text(_document(article), width)
    files = "\n".join(f"{item.url} ({_kind(item)})" for item in article.enclosures)
    lines = (article.headline.title, _byline(article), article.url, _topics(article))
    head = "\n".join(line for line in lines if line)
    return "\n\n".join(part for part in (head, body.strip("\n") or _bodyless(article), files) if part)


def _kind(item: Enclosure) -> str:
    kind = item.type or "file"
    return f"{kind}, {playing_time(item.duration)}" if item.duration else kind


def _markdown(article: Article) -> str:
    from reader import document

    title = "".join(f"\\{char}" if char in "\\`*_[]<>#|~" else char for char in article.headline.title)
    link = f"<{article.url}>" if article.url else ""
    head = [f"# {title}", f"*{_byline(article).replace('*', '')}*", link]
    return "\n\n".join(part for part in (*head, document.to_markdown(_document(article)).strip("\n")) if part)


def _html(article: Article) -> str:
    """Return the article as its feed states it, below its headline."""
    title = html.escape(article.headline.title)
    if article.url:
        title = f'<a href="{html.escape(article.url)}">{title}</a>'
    return f"<h1>{title}</h1>\n<p>{html.escape(_byline(article))}</p>\n{article.html or article.summary}"


def _bodyless(article: Article) -> str:
    if article.headline.bare:
        return "(Only this headline is known: a page names it without telling the article.)"
    return "(The feed gives no text; the article is at the address above.)" if article.url else "(No text.)"


def _sections(article: Article, found: tuple[Related, ...], out: Output, now: datetime) -> None:
    """Print neighbours for the eye, under the kinds of relation."""
    columns = (Column("", 8, right=True), Column("", 20), Column("", 13), Column(""))
    rows = []
    for item in found:
        line = item.headline
        rows.append((str(line.id), line.source, ago(line.published, now), line.title))
        rows.append(("", "", "", item.why))
    lines = out.aligned(columns, rows)
    out.text(f"{article.headline.id}  {article.headline.title}")
    for kind, title in _KINDS.items():
        of_kind = [number for number, item in enumerate(found) if item.kind == kind]
        if of_kind:
            out.text(f"\n{title}")
        for number in of_kind:
            out.text(lines[2 * number])
            if found[number].why:
                out.text(lines[2 * number + 1])


def _fields(number: int, item: Related) -> tuple[str, ...]:
    line = item.headline
    return (str(number), item.kind, str(line.id), stamp(line.published), line.source, line.title, item.why)
