"""Columns that somebody else wrote: whatever they hold becomes values that the reader can show."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from reader.model import Enclosure
from reader.store import values


def test_a_body_that_unpacks_without_end_is_called_damaged() -> None:
    assert values.unsqueezed(zlib.compress(b"a" * values.BODY_MAX)) == "a" * values.BODY_MAX
    assert values.unsqueezed(zlib.compress(b"a" * (values.BODY_MAX + 1), 1)) == values.SPOILT


@pytest.mark.parametrize("stored", [b"", b"no zlib", zlib.compress(b"\xff"), zlib.compress(b"half")[:-5]])
def test_a_damaged_body_is_said(stored: bytes) -> None:
    assert values.unsqueezed(stored) == values.SPOILT


@pytest.mark.parametrize("stored", [5, 1.5, None])
def test_a_body_of_another_kind_is_none(stored: object) -> None:
    assert values.unsqueezed(stored) == ""  # type: ignore[arg-type]


def test_extras_come_back() -> None:
    assert values.unpacked_extras('[["a"],[["http://e.test/","audio/mpeg",3]]]') == (
        ("a",),
        (Enclosure("http://e.test/", "audio/mpeg", 3),),
    )


@pytest.mark.parametrize(
    "stored",
    ["{", "5", "[]", '{"a":1}', "[[5],[]]", '[["a"],[[1,2,3]]]', '[[],[["u","t","long"]]]', "[" * 100_000],
)
def test_extras_of_another_kind_are_none(stored: str) -> None:
    assert values.unpacked_extras(stored) == ((), ())


@pytest.mark.parametrize("stored", [-(2**62), -62_135_596_800, 253_402_300_799, 2**62])
@pytest.mark.parametrize("hours", [-12, 14])
def test_a_time_at_the_end_of_the_calendar_is_shown_in_any_zone(stored: int, hours: int) -> None:
    shown = values.moment(stored).astimezone(timezone(timedelta(hours=hours)))
    assert shown == datetime(1970, 1, 1, tzinfo=UTC)
