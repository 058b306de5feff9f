"""The driver's ear: woken at once when it is to end."""

from __future__ import annotations

import os
import pty
import signal
import threading
import tty
from collections.abc import AsyncIterator

import pytest
from textual.app import App

from reader.tui import hearing
from reader.tui.hearing import Hearing


class Ear:
    """A driver at a terminal of its own, which looks up by itself after a minute only."""

    def __init__(self, terminal: int) -> None:
        self.driver = Hearing(App())
        self.driver.fileno = terminal
        self.driver.write = lambda data: None
        self.driver.process_message = lambda event: self.heard.append(event.key)
        self.heard: list[str] = []

    def open(self) -> threading.Thread:
        self.driver._bell = os.pipe()
        self.driver._key_thread = threading.Thread(target=self.driver.run_input_thread, daemon=True)
        self.driver._key_thread.start()
        return self.driver._key_thread


@pytest.fixture
async def ear(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Ear, int]]:
    """An ear, and what types at its terminal."""
    monkeypatch.setattr(hearing, "LOOK_EVERY", 60.0)
    before = signal.getsignal(signal.SIGWINCH)
    keyboard, terminal = pty.openpty()
    tty.setraw(terminal)
    yield Ear(terminal), keyboard
    signal.signal(signal.SIGWINCH, before)
    os.close(keyboard)
    os.close(terminal)


async def test_it_ends_at_once_and_can_begin_again(ear):
    hears, _ = ear
    for _ in range(2):
        thread = hears.open()
        bell = hears.driver._bell
        hears.driver.disable_input()
        assert not thread.is_alive()
        for end in bell:
            with pytest.raises(OSError, match="Bad file descriptor"):
                os.fstat(end)
    hears.driver.disable_input()  # once more does no harm


async def test_what_was_typed_before_the_end_is_heard(ear):
    hears, keyboard = ear
    os.write(keyboard, b"jk")
    hears.open()
    hears.driver.disable_input()
    assert hears.heard == ["j", "k"]
