"""Dates in the shapes that feeds have."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.dates import from_fields, parse


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-11-22T10:00:00Z", (2026, 11, 22, 10)),
        ("2026-11-22T12:00:00.123+02:00", (2026, 11, 22, 10)),
        ("2026-11-22", (2026, 11, 22)),
        ("2026/11/22 7:05", (2026, 11, 22, 7, 5)),
        ("1795341600", (2026, 11, 22, 10)),
        ("1795341600000", (2026, 11, 22, 10)),
        ("Sun, 22 Nov 2026 10:00:00 GMT", (2026, 11, 22, 10)),
        ("22 November 2026 10:00 pm EST", (2026, 11, 23, 3)),
        ("mer, 16 nov 2022 00:38:15 +0100", (2022, 11, 15, 23, 38, 15)),
        ("dimanche 3 mars 2024 à 14h05", (2024, 3, 3, 14, 5)),
        ("вс, 22 ноября 2026 10:00", (2026, 11, 22, 10)),
        ("22.11.2022 12:16:00", (2022, 11, 22, 12, 16)),
        ("Friday, January 29, 2021 04:42 PM", (2021, 1, 29, 16, 42)),
        ("Fri, 05/03/2019 - 15:21", (2019, 5, 3, 15, 21)),
        ("25/03/2019", (2019, 3, 25)),
        ("2024年3月5日 10:20", (2024, 3, 5, 10, 20)),
    ],
)
def test_dates_are_read_as_utc(text, when):
    assert parse(text) == datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "05/03/2019", "2026-13-45", "0000-01-01", "soon", "9" * 40, "1 " * 5000]
)
def test_what_is_no_date_or_could_be_two_is_none(text):
    assert parse(text) is None


def test_time_tuples():
    assert from_fields(time.struct_time((2026, 11, 22, 10, 0, 60, 0, 0, 0))) == datetime(
        2026, 11, 22, 10, 0, 59, tzinfo=UTC
    )
    assert from_fields((0, 1, 1, 0, 0, 0)) is None
    assert from_fields(None) is None


@given(st.text(st.sampled_from("0123456789-/.:,+ TZ年月novpmé"), max_size=30))
def test_any_text_gives_a_date_or_none(text):
    when = parse(text)
    assert when is None or when.tzinfo is UTC
