"""Whose turn it is, on a clock that the test turns."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from reader.fetch import FetchError
from reader.fetch.manners import Turns


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        due = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, due)


def turns(connections: int = 10, per_host: int = 2, spacing: float = 1.0) -> tuple[Turns, Clock]:
    clock = Clock()
    return Turns(connections, per_host, spacing, clock=clock, sleep=clock.sleep), clock


async def visits(
    these: Turns, clock: Clock, hosts: list[str], *, spaced: bool = True
) -> dict[str, list[float]]:
    """Visit all hosts at once; return when each visit began."""
    began: dict[str, list[float]] = {}

    async def visit(host: str) -> None:
        async with these.take(host, spaced=spaced):
            began.setdefault(host, []).append(clock.now)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for host in hosts:
            group.create_task(visit(host))
    return began


async def test_a_pause_between_two_visits_to_one_host() -> None:
    these, clock = turns()
    began = await visits(these, clock, ["a"] * 5)
    assert [later - earlier for earlier, later in zip(began["a"], began["a"][1:], strict=False)] == [1.0] * 4


async def test_no_pause_where_none_is_asked_for() -> None:
    these, clock = turns()
    assert (await visits(these, clock, ["a"] * 5, spaced=False))["a"] == [100.0] * 5


async def test_a_busy_host_does_not_hold_up_others() -> None:
    these, clock = turns(connections=2)
    began = await visits(these, clock, ["busy"] * 10 + ["other"])
    assert began["other"] == [100.0]


@pytest.mark.parametrize(
    ("hosts", "near", "most"), [(["a"] * 9, False, 2), (list("abcdefghi"), False, 3), (["a"] * 9, True, 3)]
)
async def test_connections_at_once(hosts: list[str], near: bool, most: int) -> None:
    these, _ = turns(connections=3, per_host=2, spacing=0)
    now = peak = 0

    async def visit(host: str) -> None:
        nonlocal now, peak
        async with these.take(host, spaced=True, near=near):
            now += 1
            peak = max(peak, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*map(visit, hosts))
    assert peak == most


async def test_a_host_that_asked_to_wait_is_not_asked() -> None:
    these, clock = turns()
    until = datetime.now(UTC) + timedelta(hours=1)
    these.not_before("a", until)
    these.not_before("a", until - timedelta(minutes=30))
    with pytest.raises(FetchError, match="asked newsread to wait") as info:
        async with these.take("a", spaced=True):
            pass
    assert info.value.retry_after == until
    assert await visits(these, clock, ["b"]) == {"b": [100.0]}


async def test_a_time_that_is_over_holds_nobody_up() -> None:
    these, clock = turns()
    these.not_before("a", datetime.now(UTC) - timedelta(seconds=1))
    assert await visits(these, clock, ["a"])


async def test_those_who_wait_already_hear_of_it_too() -> None:
    these, _ = turns(per_host=1)

    async def second() -> None:
        async with these.take("a", spaced=True):
            pass

    async with these.take("a", spaced=True):
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0)
        these.not_before("a", datetime.now(UTC) + timedelta(hours=1))
    with pytest.raises(FetchError):
        await waiting


async def test_nobody_begins_while_the_gate_is_shut() -> None:
    these, clock = turns()
    these.open.clear()
    task = asyncio.create_task(visits(these, clock, ["a"]))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not task.done()
    these.open.set()
    assert await task


async def test_a_visitor_who_gives_up_leaves_its_place() -> None:
    these, clock = turns(connections=1, per_host=1)
    async with these.take("a", spaced=False):
        task = asyncio.create_task(visits(these, clock, ["a"]))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await visits(these, clock, ["a", "b"])
