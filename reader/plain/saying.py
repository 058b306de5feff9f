"""Headlines, articles and counts as lines that can be spoken: no columns, no signs that only draw. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from reader.model import Article, Counts, Headline, Related, Topic, View
from reader.text import ago, one_line, plain

WIDTH = 76  # cells of a line of text
_DRAWN = str.maketrans(
    {"│": ">", "┃": ">", "▏": ">", "─": "-", "━": "-", "▣": "Picture:", "•": "-", "◦": "-", "▪": "-"}
)
_DRAWING = re.compile("[\u2500-\u25ff\u2800-\u28ff]")


def spoken(text: str) -> str:
    """Return long text without the characters that draw boxes, bars and marks."""
    return _DRAWING.sub("", plain(text).translate(_DRAWN))


def headline(number: int, row: Headline, now: datetime) -> str:
    """Return a headline of a list, the words that are heard first being its own."""
    parts = [f"{number}. {_ended(row.title)} {row.source}, {ago(row.published, now)}."]
    parts += ["Read."] if row.read else []
    parts += ["Starred."] if row.starred else []
    if row.others:
        parts.append(f"{row.others} other {'source tells' if row.others == 1 else 'sources tell'} it, too.")
    return spoken(one_line(" ".join(parts), 2_000))


def neighbour(number: int, item: Related, now: datetime) -> str:
    """Return a related headline with its why."""
    why = f"Why: {item.why}." if item.why else ""
    parts = (headline(number, item.headline, now), f"{item.kind.capitalize()}.", spoken(one_line(why)))
    return " ".join(filter(None, parts))


def article_head(article: Article) -> list[str]:
    """Return the lines before an article's text."""
    row = article.headline
    when = row.published.astimezone()
    byline = [row.source, article.author, article.dateline, f"{when:%A} {when.day} {when:%B %Y, %H:%M}"]
    return [spoken(one_line(row.title, 2_000)), spoken(one_line(", ".join(filter(None, byline)), 2_000)), ""]


def topic(number: int, found: Topic) -> str:
    """Return a topic of the list."""
    return spoken(f"{number}. {one_line(found.name)}: {found.unread:,} unread of {found.total:,}.")


def view(shown: View, rows: int, counts: Counts, now: datetime, *, cut: bool = False) -> str:
    """Return what is shown, how much, how fresh; `cut`: a search found more than these."""
    parts = ["Unread" if shown.unread else "Starred" if shown.starred else "All", "news"]
    parts += [f"of {shown.topic}"] if shown.topic else []
    parts += [f"with {shown.search.strip()}"] if shown.search else []
    fresh = f" Updated {ago(counts.updated, now)}." if counts.updated else ""
    failing = f" {counted(counts.failing, 'feed')} failing." if counts.failing else ""
    what = one_line(" ".join(parts), 500)
    many = f"{'the latest ' if cut else ''}{counted(rows, 'headline')}"
    return f"{what}: {many}, {counts.unread:,} unread in all.{fresh}{failing}"


def counted(number: int, word: str) -> str:
    """Return a number with its word: `1 feed`, `2,000 feeds`."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def _ended(title: str) -> str:
    return title if title.endswith((".", "!", "?", "…")) else f"{title}."
