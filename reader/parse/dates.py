"""Dates as people write them in feeds: ISO 8601, RFC 822, and what feedparser leaves unread.

All functions return aware UTC datetimes, or None for what is no date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_TEXT_MAX = 100  # characters: no date is longer
_MONTHS = """
jan januar gen ene enero janv yan oca ocak sty stycznia янв января
feb februar fev fév févr fevr fevereiro şub lut lutego фев февраля
mar mär märz mars marzo março mrt maart marca мар марта
apr april avr abr abril kwi kwietnia nis апр апреля
may mai mag mei maj maggio mayo maio maja мая май
jun juni juin giu giugno junio junho cze czerwca haz июн июня
jul juli juil lug luglio julio julho lip lipca tem июл июля
aug août aout ago agosto sie sierpnia ağu авг августа
sep sept set settembre septiembre setembro wrz września eyl сен сентября
oct okt ott ottobre octubre out outubro paź października eki окт октября
nov listopada lis kas kasım ноя ноября
dec dez déc dic dicembre diciembre dezembro gru grudnia ara дек декабря
"""
_MONTH_OF = {
    name: number for number, names in enumerate(_MONTHS.strip().splitlines(), 1) for name in names.split()
}
_ZONES = {
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
}
_ZONES |= {
    "pst": -8,
    "pdt": -7,
    "bst": 1,
    "cet": 1,
    "cest": 2,
    "met": 1,
    "mest": 2,
    "eet": 2,
    "eest": 3,
    "jst": 9,
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME = (
    r"(?:\D{0,6}?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,]\d{1,9})?"
    r"\s*(?P<half>[ap]\.?m\b)?)?\s*\(?(?P<zone>[+-]\d{2}:?\d{2}|[a-z]{1,4}\b)?"
)
_FORMS = tuple(
    re.compile(form + _TIME)
    for form in (
        r"(?P<year>\d{4})[-/.年년]\s?(?P<month>\d{1,2})[-/.月월]\s?(?P<day>\d{1,2})[日일]?",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?[\s.-]{1,3}(?P<name>[^\W\d_]{3,12})[\s.,-]{1,3}(?P<year>\d{4})",
        r"(?P<name>[^\W\d_]{3,12})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<first>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})",
    )
)
_WEEKDAY = re.compile(r"(?:(?P<weekday>[^\W\d_]{2,12})\.?,?\s+)?")
_EPOCH = re.compile(r"(1?\d{9})(?:\d{3})?")


def parse(text: str) -> datetime | None:
    """Read a date in words or digits, in the commonest languages; one without a zone is UTC."""
    text = " ".join(text[:_TEXT_MAX].lower().split())
    if seconds := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    try:
        when = datetime.fromisoformat(text.upper())
        return _utc(when, when.utcoffset() or timedelta())
    except (ValueError, OverflowError):
        return _in_words(text)


def from_fields(fields: Sequence[int] | None) -> datetime | None:
    """Return the date of a UTC time tuple (feedparser's, `time.struct_time`)."""
    if not fields:
        return None
    year, month, day, hour, minute, second = fields[:6]
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)  # 60: a leap second
    except ValueError:
        return None


def _in_words(text: str) -> datetime | None:
    weekday = _WEEKDAY.match(text)
    starts = (weekday.end(), 0) if weekday else (0,)
    for form in _FORMS:
        for start in starts:
            if match := form.match(text, start):
                return _assembled(match.groupdict(), text)
    return None


def _assembled(part: dict[str, str | None], text: str) -> datetime | None:
    month, day = _month_and_day(part, text)
    hour = int(part["hour"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"][0] == "p" else 0)
    try:
        clock = hour, int(part["minute"] or 0), min(int(part["second"] or 0), 59)
        when = datetime(int(part["year"] or 0), month, day, *clock, tzinfo=UTC)
        return _utc(when, _offset(part["zone"] or ""))
    except (ValueError, OverflowError):
        return None


def _month_and_day(part: dict[str, str | None], text: str) -> tuple[int, int]:
    """Return month and day, (0, 0) where they cannot be told: 05/03 needs a weekday to be one of two."""
    if part.get("first"):
        first, other, year = int(part["first"] or 0), int(part["other"] or 0), int(part["year"] or 0)
        fitting = [
            (month, day)
            for month, day in ((first, other), (other, first))
            if _weekday(year, month, day) in ({text[:3]} if text[:3] in _WEEKDAYS else set(_WEEKDAYS))
        ]
        return fitting[0] if len(set(fitting)) == 1 else (0, 0)
    name = part.get("name")
    month = _MONTH_OF.get(name, _MONTH_OF.get(name[:3], 0)) if name else int(part["month"] or 0)
    return month, int(part["day"] or 0)


def _weekday(year: int, month: int, day: int) -> str:
    try:
        return _WEEKDAYS[datetime(year, month, day, tzinfo=UTC).weekday()]
    except ValueError:
        return ""


def _offset(zone: str) -> timedelta:
    if zone[:1] in {"+", "-"}:
        digits = zone[1:].replace(":", "")
        size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return -size if zone[0] == "-" else size
    return timedelta(hours=_ZONES.get(zone, 0))


def _utc(when: datetime, offset: timedelta) -> datetime:
    return when.replace(microsecond=0, tzinfo=UTC) - offset
