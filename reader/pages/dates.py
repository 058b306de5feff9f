"""Dates as people write them, in the words of several languages.

A date found in running text is a day; the year may be missing, as in the datelines of news agencies.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from reader.records import dataclass

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # limits for every source: an older date is more often a mistake
LATEST = timedelta(hours=24)  # beyond now: clocks and time zones differ by no more
NOON = time(12, tzinfo=UTC)  # a bare day shows as that day from UTC-12 to UTC+11
BUDDHIST = 543  # Thai years run ahead by this many
BUDDHIST_FROM = 2400  # a year from here on can only be Buddhist

_MONTHS = (  # in the order of the year, each as English, French, German, Spanish, … Khmer and Thai write it
    (
        "january janvier januar januari enero janeiro gennaio января stycznia ocak jan "
        "janv jän jänner ene gen មករា มกราคม"
    ),
    (
        "february février fevrier februar februari febrero fevereiro febbraio февраля "
        "lutego şubat feb févr fév fev កុម្ភៈ កុម្ភះ กุมภาพันธ์"
    ),
    "march mars märz marz maart marts marzo março marco maret марта marca mart mar mär mrt មីនា มีนาคม",
    "april avril abril aprile апреля kwietnia nisan apr avr abr មេសា เมษายน",
    "may mai mei mayo maio maggio maj мая maja mayıs mag ឧសភា พฤษภาคม",
    "june juin juni junio junho giugno июня czerwca haziran jun giu មិថុនា มิถุนายน",
    "july juillet juli julio julho luglio июля lipca temmuz jul juil lug កក្កដា กรกฎาคม",
    "august août aout agosto augustus augusti agustus августа sierpnia ağustos aug ago សីហា สิงหาคม",
    "september septembre septiembre setembro settembre сентября września eylül sep sept set កញ្ញា กันยายน",
    "october octobre oktober octubre outubro ottobre октября października ekim oct okt out ott តុលា ตุลาคม",
    "november novembre noviembre novembro ноября listopada kasım nov វិច្ឆិកា พฤศจิกายน",
    (
        "december décembre decembre dezember diciembre dezembro dicembre desember "
        "декабря grudnia aralık dec déc dez dic des ធ្នូ ธันวาคม"
    ),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = r"(?P<n>[^\s\d.,:;/()—–-]{3,14})"  # looked up later: far cheaper than 250 alternatives
_KHMER = "|".join(name for name in _NUMBER if "\u1780" <= name[0] <= "\u17ff")  # written without spaces
_YEAR = r"(?P<y>[12]\d{3})(?!\d)"
_DAY = r"(?P<d>\d{1,2})"
_LINK = r"(?:d[eo]l?\s|of\s|d['’])?"  # 13 de junio de 2024, 13th of June
_BEFORE = r"(?<![\w.])"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?P<y>\d{{4}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep){_DAY}(?!\d)",
        rf"(?<!\d)(?:(?P<y>\d{{4}})\s?[年년]\s?)?(?P<m>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]",
        rf"(?:ថ្ងៃ)?(?:ទី)?\s?{_DAY}\s?ខែ\s?(?P<n>{_KHMER})(?:\s?ឆ្នាំ\s?(?P<y>\d{{4}}))?",
        rf"{_BEFORE}{_DAY}(?:st|nd|rd|th|er|º|\.)?\s?{_LINK}{_NAME}\.?(?:,?\s(?:d[eo]l?\s|of\s)?{_YEAR})?",
        rf"{_BEFORE}{_NAME}\.?\s{_DAY}(?:st|nd|rd|th)?(?!\d|:\d)(?:,?\s{_YEAR})?",
        rf"{_BEFORE}{_DAY}\s(?:ngày\s)?tháng\s(?P<m>\d{{1,2}})(?:,?\s(?:năm\s)?{_YEAR})?",
        rf"{_BEFORE}{_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_BEFORE}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{_YEAR}",
    )
)
_CLOCK = re.compile(
    r"^[\s,T]*(?:at\s|à\s|um\s)?(\d{1,2})[:h.](\d{2})(?::(\d{2}))?\s*(am|pm)?\s*(?:UTC|GMT|Z|([+-])(\d{2}):?(\d{2}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: where it stands and what it says. `year` is 0 when the text gives none."""

    start: int
    end: int
    day: int
    month: int
    year: int = 0

    def on(self, reference: date | None) -> date | None:
        """Return the day; a missing year becomes that of the last such day up to the reference, if any."""
        if self.year:
            return _day(self.year, self.month, self.day)
        if reference is None:
            return None
        years = range(reference.year + 1, reference.year - 5, -1)  # five: 29 February comes round in four
        days = (_day(year, self.month, self.day) for year in years)
        return next((day for day in days if day and day <= reference + timedelta(days=1)), None)


def find(text: str) -> Found | None:
    """Return the first date in a short text, the longer one where two begin at the same place."""
    firsts = (_first(pattern, text) for pattern in _PATTERNS)
    return min(filter(None, firsts), key=lambda found: (found.start, -found.end), default=None)


def instant(day: date) -> datetime:
    """Return the moment that stands for a day."""
    return datetime.combine(day, NOON)


def moment(text: str, *, reference: datetime | None = None) -> datetime | None:
    """Read a date, with or without a time: ISO 8601, RFC 2822, or as people write it. Without a zone: UTC."""
    text = " ".join(text[:128].split())
    when = _standard(text)
    if when is None and (found := find(text)) and (day := found.on(reference.date() if reference else None)):
        when = _clocked(day, text[found.end :])
    return when


def sensible(when: datetime | None, now: datetime) -> datetime | None:
    """Return the moment if it lies within the limits for dates, else None."""
    return when if when is not None and EARLIEST <= when <= now + LATEST else None


def _standard(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text)
        return _utc(when) if re.search(r"\d[T ]\d", text) else instant(when.date())
    except ValueError:
        pass
    if ":" not in text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _utc(when: datetime) -> datetime | None:
    try:
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # year 1 or 9999 moved over the edge by its zone
        return None


def _clocked(day: date, rest: str) -> datetime | None:
    match = _CLOCK.match(rest)
    if not match:
        return instant(day)
    hour, minute, second, half, sign, hours, minutes = match.groups()
    hour = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
    try:
        clock = time(hour, int(minute), int(second or 0))
    except ValueError:
        return instant(day)
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        return datetime.combine(day, clock, UTC) - (offset if sign != "-" else -offset)
    except OverflowError:
        return None


def _first(pattern: re.Pattern[str], text: str) -> Found | None:
    return next((found for match in pattern.finditer(text) if (found := _found(match))), None)


def _found(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    year = int(parts["y"] or 0)
    year -= BUDDHIST * (year >= BUDDHIST_FROM)
    if "a" in parts:
        day, month = _slashed(int(parts["a"]), int(parts["b"]))
    else:
        day = int(parts["d"])
        month = _NUMBER.get(parts["n"].casefold(), 0) if "n" in parts else int(parts["m"])
    if _day(year or 2000, month, day) is None:  # 2000 is a leap year: 29 February may be meant
        return None
    return Found(match.start(), match.end(), day, month, year)


def _slashed(first: int, second: int) -> tuple[int, int]:
    """Return day and month of 13/6/2024 or 6/13/2024; where both could be the day nobody knows: 0, 0."""
    if first > 12 or first == second:
        return first, second
    return (second, first) if second > 12 else (0, 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
