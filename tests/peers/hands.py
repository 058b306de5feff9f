"""Hands at a recorded desk on a pseudo-terminal: keys and clicks in, bytes under watch, actions on record."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Self

from tests.peers.wire import Wire, canonical
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
RECORDER = Path(__file__).with_name("recorder.py")
SETTLED = 0.03  # seconds of silence after which a key's work counts as painted
ANSWER = 0.2  # seconds within which a key is answered by some paint, if it is to be
ESC, ENTER, TAB, BACK, DOWN = "\x1b[27u", "\r", "\t", "\x7f", "\x1b[B"
"""Esc in kitty's form: a bare one, and the next key close behind it, are Alt and that key."""
OPENER = """#!/bin/sh
{ printf '%s\\0' "$#" "$@"; } >>"$0.log"
"""


@dataclass
class Browser:
    """A program that opens nothing and remembers what it was given."""

    path: Path

    def __post_init__(self) -> None:
        self.path.write_text(OPENER)
        self.path.chmod(0o755)

    @property
    def log(self) -> Path:
        return self.path.with_name(self.path.name + ".log")

    def calls(self) -> list[list[str]]:
        """Return the words of every call."""
        if not self.log.exists():
            return []
        words = iter(self.log.read_bytes().decode("utf-8", "surrogateescape").split("\0")[:-1])
        return [[next(words) for _ in range(int(count))] for count in words]

    def strays(self) -> list[list[str]]:
        """Return the calls that were given anything but one canonical address."""
        return [call for call in self.calls() if len(call) != 1 or not canonical(call[0])]


@dataclass
class Hands:
    """A desk that is watched: a context manager."""

    home: Path
    words: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 40)
    env: dict[str, str] = field(default_factory=dict)
    keys: int = 0
    slowest: float = 0.0  # seconds from a key to the last paint that it caused
    wire: Wire = field(default_factory=lambda: Wire(graphics="asked"))  # the terminal does not answer

    def __enter__(self) -> Self:
        self.log = self.home / f"log-{monotonic()}"
        home = str(self.home)
        env = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "PYTHONPATH": str(ROOT)}
        env |= {"NEWSREAD_LIBRARY": f"{home}/library.db", "NEWSREAD_CONFIG": f"{home}/config.toml"}
        env |= {"TMPDIR": home, "PYTHONDONTWRITEBYTECODE": "1", **self.env}
        command = [sys.executable, "-P", str(RECORDER), str(self.log), *self.words]
        columns, lines = self.size
        self.desk = Terminal(command, columns=columns, lines=lines, env=env).__enter__()
        self.desk.wait("newsread", timeout=60)
        self.desk.quiet(0.3, timeout=10)
        self.began = monotonic()
        return self

    def __exit__(self, *error: Any) -> None:  # noqa: PYI036 - as they come
        self.desk.__exit__(*error)

    def press(self, *keys: str, patience: float = 2.0) -> Self:
        """Press keys one after the other, each when the one before is painted; long words are pasted."""
        for key in keys:
            self.desk.press(key)
            self.keys += 1
            if self.desk.pump(ANSWER):
                self.desk.quiet(SETTLED, timeout=patience)
            self.slowest = max(self.slowest, self.desk.wrote - self.desk.mark)
            self._look()
        return self

    def click(self, places: Iterable[tuple[int, int]]) -> Self:
        """Press and release the left button at cells, counted from 0."""
        for x, y in places:
            self.press(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")
        return self

    def rest(self, seconds: float) -> Self:
        """Look on without a key."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            self.desk.pump(left)
        self._look()
        return self

    def until(self, words: str, seconds: float = 30) -> Self:
        """Wait for words that the last key brings."""
        self.desk.wait(words, timeout=seconds)
        self._look()
        return self

    def leave(self) -> int | None:
        """Quit with a key; return the exit code, None when the desk did not listen."""
        self.press("Q")
        end = monotonic() + 30
        while not self.desk.ended and monotonic() < end:
            self.desk.pump(1)
        code = self.desk.kill()
        self._look(last=True)
        return code

    def _look(self, *, last: bool = False) -> None:
        raw, self.desk.raw = self.desk.raw, bytearray()
        self.wire.feed(bytes(raw), last=last)
        assert not self.desk.ended or last, f"the desk ended by itself: {bytes(raw[-2000:])!r}"

    # What it did

    def record(self, kind: str) -> list[Any]:
        """Return what the record has of a kind."""
        lines = (json.loads(line) for line in self.log.read_text().splitlines())
        return [line["value"] for line in lines if line["kind"] == kind]

    def stall(self) -> float:
        """Return by how many seconds the event loop was late at most, once the desk was painted."""
        lines = (json.loads(line) for line in self.log.read_text().splitlines())
        late = [line["value"] for line in lines if line["kind"] == "late" and line["at"] > self.began]
        return max(late, default=0.0)

    def actions(self) -> list[str]:
        """Return the names of the actions that ran."""
        return [str(action).partition("(")[0].rpartition(".")[2] for action in self.record("action")]

    def strays(self, opener: Path) -> list[object]:
        """Return what was started, written or reached and belongs to no desk."""
        ours = ([sys.executable, "-P", "-m", "reader"], [sys.executable, "-P", "-m", "reader.sandbox"])
        started = [one for one in self.record("start") if one[:1] != [str(opener)] and one[:4] not in ours]
        home = os.fspath(self.home)
        fine = ("/dev/", home + "/library.db", home + "/.local/state/newsread/", home + "/.cache/newsread/")
        touched = [*self.record("write"), *self.record("change")]
        strange = [one for one in touched if not str(one).startswith(fine)]
        return [*started, *strange, *self.record("connect")]
