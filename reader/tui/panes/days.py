"""Day headings in a list of thousands: where they stand, found without looking at every row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime

from reader.records import dataclass
from reader.tui.drawing.times import day_heading

ROW = 2  # lines a headline takes
HEADINGS = 400  # more days than that are not looked up: the list below them goes without


def first_rows(count: int, day_of: Callable[[int], date | None]) -> list[tuple[int, date]]:
    """Return (first row, day) for each day of a list that is newest first.

    `day_of` tells a row's local day, or None when it is gone; it is asked about log2(count) times a day.
    """
    found: list[tuple[int, date]] = []
    row = 0
    while row < count and len(found) < HEADINGS:
        day = day_of(row)
        if day is not None:
            found.append((row, day))
        row = _end_of(day, row, count, day_of)
    return found


def _end_of(day: date | None, row: int, count: int, day_of: Callable[[int], date | None]) -> int:
    """Return the first row after `row` that is of an earlier day: by strides that double, then by halving."""
    stride, low = 1, row
    while low + stride < count and _within(day, day_of(low + stride)):
        low += stride
        stride *= 2
    high = min(low + stride, count)
    while low + 1 < high:
        middle = (low + high) // 2
        if _within(day, day_of(middle)):
            low = middle
        else:
            high = middle
    return high


def _within(day: date | None, other: date | None) -> bool:
    return other is None or day is None or other >= day


@dataclass(frozen=True, slots=True)
class DayLines:
    """The lines of a list: two a row, and one above each day's first row."""

    rows: int = 0
    starts: tuple[int, ...] = ()
    headings: tuple[str, ...] = ()
    days: tuple[date, ...] = ()

    @classmethod
    def of(cls, rows: int, days: list[tuple[int, date]]) -> DayLines:
        """Lay out `rows` rows under the headings of these days."""
        today = datetime.now().astimezone().date()
        headings = tuple(day_heading(day, today) for _, day in days)
        return cls(rows, tuple(row for row, _ in days), headings, tuple(day for _, day in days))

    @property
    def height(self) -> int:
        """All lines."""
        return self.rows * ROW + len(self.starts)

    def line(self, row: int) -> int:
        """Return the first line of a row; its day's heading, if it has one, is the line above."""
        return row * ROW + bisect_right(self.starts, row)

    def heading(self, row: int) -> str:
        """Return the heading above a row, "" when there is none."""
        at = bisect_left(self.starts, row)
        return self.headings[at] if at < len(self.starts) and self.starts[at] == row else ""

    def day(self, row: int) -> date | None:
        """Return the day that a row stands under, None where no heading is above it."""
        at = bisect_right(self.starts, row)
        return self.days[at - 1] if at else None

    def at(self, line: int) -> tuple[int, int]:
        """Return (row, line within it) at a line; -1 within it is the heading above the row."""
        above = bisect_right(range(len(self.starts)), line, key=lambda day: self.starts[day] * ROW + day)
        if above and line == self.starts[above - 1] * ROW + above - 1:
            return self.starts[above - 1], -1
        return divmod(line - above, ROW)
