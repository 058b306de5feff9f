"""Which of a story's reports stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.records import dataclass

FULL = 0.6
"""Share of the longest report's text from which a report is a full one: the rest are flashes and teasers."""
ENOUGH = 1_500
"""Characters from which a report is a full one however long another is: a news agency's usual."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of an article for this choice."""

    article: int
    feed: int
    sort: int  # when, in seconds since 1970
    size: int  # characters of its text, 0: not known
    opened: int  # how many articles of its feed the reader has opened


def lead(reports: Sequence[Report]) -> int:
    """Return the article that leads a story of one report or more.

    The earliest full report from the feed that the reader opens most; where none of these feeds was ever
    opened, the longest report. Equals: the earlier, then the lower id.
    """
    longest = max(report.size for report in reports)
    full = [report for report in reports if report.size >= min(FULL * longest, ENOUGH)]
    if any(report.opened for report in full):
        chosen = min(full, key=lambda report: (-report.opened, report.sort, report.article))
    else:
        chosen = min(full, key=lambda report: (-report.size, report.sort, report.article))
    return chosen.article
