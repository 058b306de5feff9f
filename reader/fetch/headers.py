"""What is said and heard in headers: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)
ETAG_MAX = 1024
"""Characters of an ETag that is kept; real ones stay below 100."""
MODIFIED_MAX = 128
"""Characters of a Last-Modified that is kept; a date has 29."""
TYPE_MAX = 256
"""Characters of a Content-Type that are looked at."""
WAIT_MIN = timedelta(seconds=60)
WAIT_MAX = timedelta(hours=24)
"""Bounds of a Retry-After: a server may neither make us hammer it nor silence a feed for ever."""

FRESH_MAX = timedelta(hours=24)
"""A feed may be called fresh for longer (some say a year), but a reader is there to look."""

_SECONDS_DIGITS = 9
"""Digits of a number of seconds that are read; more are longer than any bound."""


def request(
    host: str,
    agent: str,
    *,
    accept: str = ACCEPT,
    etag: str = "",
    modified: str = "",
    login: str = "",
    more: Sequence[tuple[str, str]] = (),
) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request: no cookies, no Referer; validators byte for byte as they came.

    `more` are the reader's own for this feed; one of them stands in place of ours of that name.
    """
    own = {name.lower() for name, _ in more}
    said = [
        ("Host", host),
        ("User-Agent", agent.encode("ascii", "ignore").decode() or "newsread"),
        ("Accept", accept),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "close"),  # feeds live on distinct hosts: nothing to keep alive
        ("If-None-Match", etag),
        ("If-Modified-Since", modified),
        ("Authorization", login),
    ]
    said = [(name, value) for name, value in said if name.lower() not in own]
    return [(name.encode(), value.encode("latin-1")) for name, value in (*said, *more) if value]


def validator(raw: Iterable[tuple[bytes, bytes]], name: bytes, limit: int) -> str:
    """Return a validator byte for byte (as Latin-1), "" when it is too long or not printable."""
    value = next((value for key, value in raw if key.lower() == name), b"").decode("latin-1")
    return value if len(value) <= limit and value.isprintable() else ""


def retry_after(value: str, now: datetime) -> datetime | None:
    """Return the time that a Retry-After header names (seconds or a date), bounded; None for nonsense."""
    wait = _seconds(value, WAIT_MAX)
    if wait is None and (when := _date(value)):
        wait = when - now
    return None if wait is None else now + min(max(wait, WAIT_MIN), WAIT_MAX)


def fresh_until(said: Mapping[str, str], now: datetime) -> datetime | None:
    """Return until when an answer is fresh by its Cache-Control or Expires (RFC 9111, section 4.2), bounded.

    None where the server says nothing, or that it is stale at once. `said`: headers, names in any case.
    """
    stated = [part.strip().lower().partition("=") for part in said.get("cache-control", "").split(",")]
    control = {name: value.strip('"') for name, _, value in stated}
    if "no-cache" in control or "no-store" in control:
        return None
    if "max-age" in control:
        whole = _seconds(control["max-age"], FRESH_MAX)
        age = _seconds(said.get("age", ""), FRESH_MAX) or timedelta()
        left = whole - age if whole is not None else timedelta()
    else:
        expires = _date(said.get("expires", ""))
        left = expires - (_date(said.get("date", "")) or now) if expires else timedelta()
    return now + min(left, FRESH_MAX) if left > timedelta() else None


def _seconds(value: str, most: timedelta) -> timedelta | None:
    """Return a number of seconds, bounded; None for anything else."""
    value = value.strip()
    if not (value.isascii() and value.isdecimal()):
        return None
    return min(timedelta(seconds=int(value)), most) if len(value) <= _SECONDS_DIGITS else most


def _date(value: str) -> datetime | None:
    """Return a date of HTTP as aware UTC; None for anything else."""
    try:
        when = parsedate_to_datetime(value.strip())
    except (ValueError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
