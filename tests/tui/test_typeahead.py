"""Keys typed ahead wait for what the key before them opens."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.widgets import Input

from reader.tui import working
from reader.tui.screens.choose import Choice, Choose
from tests.tui.desks import Reader, reading, settle


def typed(reader: Reader, letters: str) -> None:
    """Type letters without waiting for what each does."""
    for letter in letters:
        reader.app.post_message(events.Key("enter" if letter == "\r" else letter, letter))


async def test_letters_wait_for_a_list_that_is_slow_to_open(tmp_path):
    counted, chosen = asyncio.Event(), []
    async with reading(tmp_path) as reader:

        async def opens() -> None:
            await counted.wait()
            choices = [Choice("Rice", value="r"), Choice("Stars", value="s")]
            chosen.append(await reader.app.push_screen_wait(Choose("Which?", choices)))

        reader.desk.start("choose", opens)
        typed(reader, "st\r")
        await reader.pilot.pause(0.05)
        counted.set()
        async with asyncio.timeout(5):
            while not chosen:
                await reader.pilot.pause(0.01)
        assert chosen == ["s"]
        assert not reader.desk.shelf.store.lists.rows([reader.desk.headlines.selected])[0].starred


async def test_what_never_opens_takes_no_keys(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(working, "PATIENCE", 0.05)
    async with reading(tmp_path) as reader:
        reader.desk.start("choose", asyncio.Event().wait)
        typed(reader, "s")
        await reader.until("starred")
        await reader.press("/")
        line = reader.app.focused
        assert isinstance(line, Input)
        await reader.press("s")
        assert line.value == "s"
        reader.app.workers.cancel_all()
        await settle(reader.pilot)
