"""A story as it came out: its reports in time, each with the sentence that was new in it."""

from __future__ import annotations

from reader.library.texts import body, plain
from reader.model import Headline
from reader.records import dataclass
from reader.related.sentences import fresh, telling, terms
from reader.store import Store

REPORTS_MAX = 200
"""Reports of a timeline, the latest: a story that is told for weeks has more."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one source told, and when."""

    headline: Headline
    sentence: str  # "" where it says nothing that was not told before


def timeline(store: Store, article: int) -> tuple[Report, ...]:
    """Return the reports of an article's story, newest first; () if the article is gone.

    The first report has the sentence that says most, each later one what nobody had told before it.
    """
    rows = store.lists.rows(store.lists.story(article)[:REPORTS_MAX])
    told: set[str] = set()
    found: list[Report] = []
    for row in reversed(rows):
        known = store.articles.get(row.id)
        text = plain(body(known)) if known is not None else ""
        sentence = fresh(text, row.title, told) if found else telling(text, [row.title])
        told |= terms(text) | terms(row.title)
        found.append(Report(row, sentence))
    return tuple(reversed(found))
