"""Points in time as one types them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_SPAN = re.compile(r"(\d{1,5})\s*(min|h|d|w)\Z")
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
EXAMPLES = "2d, 36h, 90min, 1w, today, yesterday or a date such as 2026-01-31"


def moment(text: str, now: datetime) -> datetime:
    """Return the time that `2d`, `36h`, `90min`, `1w`, `today`, `yesterday` or an ISO date means, as UTC.

    A date is midnight in local time. Raises ValueError with EXAMPLES.
    """
    word = text.strip().lower()
    try:
        if match := _SPAN.match(word):
            return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
        if word in ("today", "yesterday"):
            midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
            return (midnight - timedelta(days=word == "yesterday")).astimezone(UTC)
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"takes {EXAMPLES}") from None
