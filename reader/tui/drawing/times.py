"""Times as a reader wants them: relative today, then the weekday, then the date; in local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def is_day(when: datetime) -> bool:
    """Tell a day that was stated without a time: such days are kept as noon UTC."""
    utc = when.astimezone(UTC)
    return (utc.hour, utc.minute, utc.second) == (12, 0, 0)


def day(when: datetime) -> date:
    """Return the local day of a moment; a day that was stated without a time is that day everywhere."""
    return (when.astimezone(UTC) if is_day(when) else when.astimezone()).date()


def clock(when: datetime, now: datetime, *, dated: bool = False) -> str:
    """Return a row's time: "4 min" or "3 h" today, "19:41" under a day's heading.

    With `dated` (no heading above the row): "Wed 19:41" within a week, else "13 June 2024". A day that was
    stated without a time has none: "" under its heading.
    """
    age = now - when
    local, today = when.astimezone(), now.astimezone().date()
    if is_day(when):
        return long_date(day(when)) if dated else ""
    if local.date() == today and age >= timedelta(0):
        minutes = int(age.total_seconds() // 60)
        if minutes < 1:
            return "now"
        return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    if not dated:
        return f"{local:%H:%M}"
    if timedelta(0) <= today - local.date() < timedelta(days=7):
        return f"{local:%a %H:%M}"
    return long_date(local.date())


def long_date(day: date) -> str:
    """Return "13 June 2024"."""
    return f"{day.day} {day:%B} {day.year}"


def day_heading(day: date, today: date) -> str:
    """Return a day separator's words: Today, Yesterday, "Wednesday 12 June", with the year if another."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    heading = f"{day:%A} {day.day} {day:%B}"
    return heading if day.year == today.year else f"{heading} {day.year}"
