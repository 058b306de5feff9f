"""How often a feed itself wants to be asked: RSS 2.0's `ttl`, `skipHours`, `skipDays`; `sy:updatePeriod`.

Read from the text in front of the first item, apart from the parsers: none of them reports all of it.
Sources: RSS 2.0 specification (hours in GMT); RDF Site Summary 1.0 Modules: Syndication.
"""

from __future__ import annotations

import re

from reader.model import Pace

HEAD_MAX = 64 * 1024
"""Characters looked at: what comes before the first item is rarely more than a few thousand."""
MINUTES_MAX = 366 * 24 * 60

_FIRST_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]")
_TTL = re.compile(r"<ttl>\s{0,20}(\d{1,6})\s{0,20}</ttl>", re.IGNORECASE)
_HOURS = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>", re.IGNORECASE)
_DAYS = re.compile(r"<skipDays>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"<day>\s{0,20}([A-Za-z]{3})[a-z]{0,6}\s{0,20}</day>", re.IGNORECASE)
_PERIOD = re.compile(r"<[\w.-]{1,40}:updatePeriod>\s{0,20}([a-z]{4,8})\s{0,20}<", re.IGNORECASE)
_FREQUENCY = re.compile(r"<[\w.-]{1,40}:updateFrequency>\s{0,20}(\d{1,4})\s{0,20}<", re.IGNORECASE)
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def pace(text: str) -> Pace:
    """Return what the head of a feed says of how often to ask."""
    head = text[:HEAD_MAX]
    if found := _FIRST_ITEM.search(head):
        head = head[: found.start()]
    return Pace(max(_ttl(head), _period(head)), _skipped_hours(head), _skipped_days(head))


def _ttl(head: str) -> int:
    found = _TTL.search(head)
    return min(int(found[1]), MINUTES_MAX) if found else 0


def _period(head: str) -> int:
    found = _PERIOD.search(head)
    minutes = _PERIODS.get(found[1].lower(), 0) if found else 0
    often = _FREQUENCY.search(head)
    return minutes // max(int(often[1]), 1) if often else minutes


def _skipped_hours(head: str) -> tuple[int, ...]:
    found = _HOURS.search(head)
    hours = {int(hour) % 24 for hour in _HOUR.findall(found[1]) if int(hour) <= 24} if found else set()
    return tuple(sorted(hours))


def _skipped_days(head: str) -> tuple[int, ...]:
    found = _DAYS.search(head)
    names = {day.lower() for day in _DAY.findall(found[1])} if found else set()
    return tuple(number for number, name in enumerate(_WEEK) if name in names)
