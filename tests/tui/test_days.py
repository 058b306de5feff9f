from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.panes.days import ROW, DayLines, first_rows

NEWEST = date(2026, 11, 23)


@given(st.lists(st.integers(1, 40), max_size=30))
def test_every_day_is_found_at_its_first_row(sizes: list[int]) -> None:
    days = [NEWEST - timedelta(days=n) for n, size in enumerate(sizes) for _ in range(size)]
    expected = [(row, day) for row, day in enumerate(days) if row == 0 or days[row - 1] != day]
    assert first_rows(len(days), days.__getitem__) == expected


def test_few_rows_are_looked_at() -> None:
    asked: list[int] = []

    def day_of(row: int) -> date:
        asked.append(row)
        return NEWEST - timedelta(days=row // 5000)

    assert len(first_rows(100_000, day_of)) == 20
    assert len(asked) < 20 * 40


def test_rows_that_are_gone_open_no_day() -> None:
    days = [NEWEST, None, NEWEST, None, NEWEST - timedelta(days=1)]
    assert first_rows(5, days.__getitem__) == [(0, NEWEST), (4, NEWEST - timedelta(days=1))]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_lines_and_rows_agree(sizes: list[int]) -> None:
    days, row = [], 0
    for n, size in enumerate(sizes):
        days.append((row, NEWEST - timedelta(days=n)))
        row += size
    lines = DayLines.of(row, days)
    seen = [lines.at(line) for line in range(lines.height)]
    expected = []
    starts = {start for start, _ in days}
    for at in range(row):
        expected += [(at, -1)] if at in starts else []
        expected += [(at, within) for within in range(ROW)]
        assert lines.at(lines.line(at)) == (at, 0)
    assert seen == expected
