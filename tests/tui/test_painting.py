"""What is painted arrives whole, however Python was told to write."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from reader.tui import launch


class Sipping(io.FileIO):
    """A terminal that takes a few bytes at a time."""

    def write(self, data) -> int:
        return super().write(bytes(data)[:5])


def test_an_unbuffered_terminal_gets_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with Sipping(writing, "w") as raw, os.fdopen(reading, "rb") as pipe:
        unbuffered = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)  # type: ignore[type-var]
        unbuffered.write("0123456789")
        assert os.read(reading, 100) == b"01234"  # what Python does
        monkeypatch.setattr(sys, "__stderr__", unbuffered)
        launch._screen()
        assert isinstance(sys.__stderr__.buffer, io.BufferedWriter)
        sys.__stderr__.write("0123456789")
        sys.__stderr__.flush()
        assert os.read(pipe.fileno(), 100) == b"0123456789"


def test_a_buffered_terminal_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as buffered:
        monkeypatch.setattr(sys, "__stderr__", buffered)
        launch._screen()
        assert sys.__stderr__ is buffered
