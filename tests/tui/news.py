"""Headlines for the panes' tests."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from reader.model import Headline

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def headline(id: int, title: str = "", **more: object) -> Headline:
    """Return a headline, the higher its id the older."""
    values: dict[str, object] = {
        "id": id,
        "feed": 1,
        "source": "Mekong Wire",
        "title": title or f"Headline number {id}",
        "published": NOON - timedelta(hours=id),
    }
    return Headline(**{**values, **more})  # type: ignore[arg-type]


class Rows:
    """A row source that counts what it was asked for."""

    def __init__(self, count: int) -> None:
        self.ids = array("q", range(1, count + 1))
        self.asked: list[int] = []

    async def __call__(self, ids: Sequence[int]) -> list[Headline]:
        """Return the rows."""
        self.asked.extend(ids)
        return [headline(id) for id in ids]
