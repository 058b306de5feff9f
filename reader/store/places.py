"""Places in the lists that a wrong clock gave: articles that came in a year that has not come yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reader.store.core import Core
from reader.store.database import packed
from reader.store.values import seconds

AHEAD = timedelta(days=2)
"""How far a place lies in the future before it is wrong: a time zone and a day of a clock that is slow."""
EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)
"""Before that there was no newsread: a clock that says so is the wrong one."""
SHARE = 5
"""Where more than one in so many articles lies ahead, the clock of today is the one to doubt."""

ALL = ("article", "state", "hidden", "article_topic", "hidden_topic")
MOVE = (
    "UPDATE article SET sort = ?1 WHERE id IN carray(?2)",
    *(f"UPDATE {table} SET sort = ?1 WHERE article IN carray(?2)" for table in ALL[1:]),  # noqa: S608
    "UPDATE content SET seen = min(seen, ?1) WHERE article IN carray(?2)",
)


def bring_back(core: Core, now: datetime) -> int:
    """Give articles that stand in the future the place of what comes in now; returns how many there were.

    A clock that is wrong now moves nothing.
    """
    db = core.db
    if now < EARLIEST:
        return 0
    with db.transaction(durable=False):
        ahead = db.column("SELECT article FROM state WHERE sort > ?", (seconds(now + AHEAD),))
        if not ahead or len(ahead) * SHARE > db.value("SELECT count(*) FROM state"):
            return 0
        for sql in MOVE:
            db.run(sql, (seconds(now), packed(ahead)))
        core.stories.sum_up(set(core.stories.of(ahead).values()))
    return len(ahead)
