"""The news page: one article as plain text or Markdown, with what its makers put around it.

    ---                                       front matter, if any: title, author, date, source, topic, …
    source: Mekong Wire
    ---
    A headline | Another headline |           headlines for the ticker, if any

    The headline of the article               up to the first blank line

    By Sok Dara                               byline, if any

    Phnom Penh, June 13, 2024: The first      dateline, if any, at the opening of the first paragraph
    paragraph …

    Related News                              if any, with the items below it
    - Something else

Every word of the page ends up in one of these places; the dateline also stays in its paragraph.
"""

from __future__ import annotations

from datetime import UTC, datetime

from reader import text
from reader.model import Entry, Mention, ParsedFeed
from reader.pages import dates, front, layout, markdown, mentions, plain
from reader.records import dataclass

LANG_MAX = 35  # characters: the longest language tags


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a page besides its text."""

    name: str  # for what the page does not say
    guid: str = ""
    source: str = ""  # where the page names none; else the name
    modified: datetime | None = None  # stands in for a date, and gives the year where a dateline has none
    now: datetime | None = None  # dates far beyond it are mistakes


def parse(body: str, file: File, *, marked: bool = False) -> ParsedFeed:
    """Read a page (`marked`: written in Markdown). One without words is an article named after its file."""
    stated, lines = front.split(text.plain(body).split("\n"))
    title = text.one_line(stated.one("title"))
    parts = layout.split(lines, title)
    content = markdown.render("\n".join(parts.body)) if marked else plain.render(parts.body)
    headline = _headline(parts.headline, marked=marked)
    entry = Entry(
        title=title or headline.title or text.title(file.name),
        guid=file.guid or file.name,
        url=text.address(stated.one("url")) or headline.url,
        author=text.one_line(", ".join(stated.all("author")) or parts.author, text.AUTHOR_MAX),
        published=published(stated.one("date"), parts.date, file),
        updated=_stated(stated.one("updated"), file),
        summary=plain.render([stated.one("summary")]),
        html=content,
        categories=categories(stated.all("categories")),
        lang=text.one_line(stated.one("lang"), LANG_MAX),
        dateline=text.one_line(stated.one("place") or parts.place),
        related=tuple(mentions.unique([*map(mentions.item, stated.all("related")), *parts.related])),
    )
    ticker = mentions.unique([*map(mentions.item, stated.all("ticker")), *parts.ticker])
    only_ticker = ticker and not (entry.html or parts.headline or title)
    return ParsedFeed(
        title=text.one_line(stated.one("source")) or file.source or text.title(file.name),
        lang=entry.lang,
        entries=() if only_ticker else (entry,),
        ticker=tuple(ticker),
    )


def categories(values: list[str]) -> tuple[str, ...]:
    """Return the categories that are stated, one by one or separated by commas, each once."""
    names = (
        text.one_line(name, text.CATEGORY_MAX)
        for value in values
        for name in value.replace(";", ",").split(",")
    )
    return tuple(dict.fromkeys(filter(None, names)))[: text.CATEGORIES_MAX]


def _headline(line: str, *, marked: bool) -> Mention:
    """Return a headline without marks, in Markdown with the address that it leads to."""
    if not marked:
        return Mention(text.one_line(line))
    said = mentions.item(line) if line.startswith("[") else Mention(line)
    return Mention(markdown.words(said.title), said.url)


def published(stated: str, found: dates.Found | None, file: File) -> datetime | None:
    """Decide when a page was published: as it states, else as its dateline does, else when it was written."""
    if when := _stated(stated, file):
        return when
    day = found.on((file.modified or _now(file)).date()) if found else None
    given = dates.sensible(dates.instant(day), _now(file)) if day else None
    return given or dates.sensible(file.modified, _now(file))


def _stated(value: str, file: File) -> datetime | None:
    return dates.sensible(dates.moment(value, reference=file.modified), _now(file)) if value else None


def _now(file: File) -> datetime:
    return file.now or datetime.now(UTC)
