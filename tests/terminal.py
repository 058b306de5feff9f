"""A program on a pseudo-terminal, as its user sees it: keys in, text out, with a clock."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, perf_counter
from types import TracebackType
from typing import Self

_ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|\x1b[PX^_].*?\x1b\\|\x1b[()][A-Za-z0-9]|\x1b[=>78DMHc]",
    re.DOTALL,
)
_ANSWERS = (  # what a terminal answers when it is asked
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
)
_TICKS = os.sysconf("SC_CLK_TCK")


class Terminal:
    """Runs a command on a pty of its own; use it as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 40,
        env: Mapping[str, str] | None = None,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        """`answers`: what it answers beside what every terminal does."""
        self.started = perf_counter()
        self.raw = bytearray()  # everything it has written
        self.fresh = bytearray()  # since the last key
        self.mark = self.started  # when the last key was sent
        self.wrote = self.started  # when it last wrote
        self.ended = False
        self._answers = {**dict(_ANSWERS), **(answers or {})}
        self._asked = re.compile(b"|".join(map(re.escape, sorted(self._answers, key=len, reverse=True))))
        self._unasked = b""  # what may be the beginning of a question
        self.pid, self.fd = pty.fork()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        if self.pid == 0:  # pragma: no cover - the child
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})
            os.environ.pop("COLUMNS", None)
            os.environ.pop("LINES", None)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvp(command[0], list(command))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def pump(self, seconds: float) -> bool:
        """Read what it writes within a time; False when it wrote nothing."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            chunk = os.read(self.fd, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            self.ended = True
            return False
        self.wrote = perf_counter()
        self.raw += chunk
        self.fresh += chunk
        self._reply(chunk)
        return True

    def _reply(self, chunk: bytes) -> None:
        """Answer questions in their order."""
        self._unasked += chunk
        end = 0
        for asked in self._asked.finditer(self._unasked):
            os.write(self.fd, self._answers[asked[0]])
            end = asked.end()
        self._unasked = self._unasked[end:][-64:]

    def press(self, keys: str) -> None:
        """Send keys and begin a new clock."""
        while self.pump(0):
            pass
        self.fresh.clear()
        self.mark = perf_counter()
        os.write(self.fd, keys.encode())

    def answer(self, asked: bytes, answer: bytes) -> None:
        """Give another answer from now on to a question that was known at the start."""
        self._answers[asked] = answer

    def resize(self, columns: int, lines: int) -> None:
        """Have another size."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def text(self) -> str:
        """Return what was written since the last key, without escapes."""
        return _ESCAPES.sub(b"", bytes(self.fresh)).decode("utf-8", "replace")

    def wait(self, words: str, *, timeout: float = 30.0) -> float:
        """Wait until words have been written since the last key; return the seconds since it."""
        end = monotonic() + timeout
        while words not in self.text():
            if self.ended or monotonic() > end:
                raise AssertionError(f"{words!r} did not appear; last: {self.text()[-600:]!r}")
            self.pump(0.05)
        return self.wrote - self.mark

    def quiet(self, seconds: float, *, timeout: float = 30.0) -> float:
        """Wait until it has written nothing for a time; return when it last wrote, from the last key."""
        end = monotonic() + timeout
        while monotonic() < end and not self.ended and self.pump(seconds):
            pass
        return self.wrote - self.mark

    def processes(self) -> list[int]:
        """Return the ids of the program and its children."""
        found = [self.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        return found

    def cpu(self) -> float:
        """Return the CPU seconds used so far by the program itself."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def resident(self) -> float:
        """Return the resident memory of the program itself in MiB."""
        return (
            int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        )

    def kill(self) -> int | None:
        """End it if it still runs; return its exit status, or None when it had to be killed."""
        status = None
        for signal_ in (0, signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(self.pid, signal_)
            except ProcessLookupError:
                break
            end = monotonic() + (3 if signal_ else 1)
            while monotonic() < end:
                self.pump(0.02)
                done, code = os.waitpid(self.pid, os.WNOHANG)
                if done:
                    status = os.waitstatus_to_exitcode(code) if not signal_ else None
                    os.close(self.fd)
                    return status
        return status
