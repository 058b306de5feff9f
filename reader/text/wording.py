"""How newsread speaks to the user: errors in one line, times in a few words."""

from __future__ import annotations

from datetime import datetime

_STEPS = (  # seconds of one unit, from how many seconds on, the unit in words (one, many)
    (31_557_600, 31_557_600, " year ago", " years ago"),
    (2_629_800, 2 * 2_629_800, " month ago", " months ago"),
    (604_800, 2 * 604_800, " week ago", " weeks ago"),
    (86_400, 86_400, " day ago", " days ago"),
    (3_600, 3_600, " h ago", " h ago"),
    (60, 60, " min ago", " min ago"),
)


class NewsreadError(Exception):
    """Something the user should know: its text is one line in words that says what to do."""


def playing_time(seconds: int) -> str:
    """Return "1:02:03" or "3:05", as players show it."""
    minutes, left = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def ago(when: datetime, now: datetime) -> str:
    """Return how long before `now` something was ("2 min ago"); a future time is "just now"."""
    seconds = (now - when).total_seconds()
    for unit, start, one, many in _STEPS:
        if seconds >= start:
            count = int(seconds // unit)
            return f"{count}{one if count == 1 else many}"
    return "just now"
