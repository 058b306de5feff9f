"""Parsers that can be killed: feeds and pages are read in a worker process with limits of time and memory.

No regular expression and no C code of a parser can be interrupted from within its own process. The worker is
started with the first request, serves one after the other over two pipes, and is replaced when it had to be
killed. It ends when its pipe closes, so with its parent however that dies; while it parses, an alarm of the
kernel's sees to it.
"""

from __future__ import annotations

import json
import os
import select
import sys
from contextlib import suppress
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from reader.model import ParsedFeed
from reader.parse import ITEMS_MAX, ParseError
from reader.sandbox import wire

if TYPE_CHECKING:
    from reader.discover import Candidate
    from reader.pages import Origin
    from reader.pictures.raster import Raster

SECONDS_MAX = 10.0  # for one feed: the slowest honest ones, whole archives, need one or two
PAGE_SECONDS_MAX = 8.0  # for a page or a local file: somebody waits for it
MEMORY_MAX = 768 * 1024 * 1024  # bytes of address space; a feed of 16 MiB needs some 300 MB
REPLACE_ABOVE = 4 * 1024 * 1024  # bytes of a body after which a fresh worker is cheaper than its memory

_ALARM_AFTER = 2.0  # seconds past the limit: the parent kills first, the kernel where there is no parent
_CHUNK = 1 << 20  # bytes moved at once


class StoppedError(ParseError):
    """A feed or page that needed more time or memory than any honest one."""


def warm() -> None:
    """Start a worker for the first sandbox to come, while this process still has other things to do.

    It is to read pages: their grammars are ready when the first one comes.
    """
    with suppress(OSError):  # whoever needs a worker will say so
        _spare.append(_Worker(SECONDS_MAX, MEMORY_MAX, "reader.pages.newspage", "reader.pages.web"))


class Sandbox:
    """Reads feeds and pages in a worker process. Thread-safe: one at a time. A context manager."""

    def __init__(self, *, seconds: float = SECONDS_MAX, memory: int = MEMORY_MAX) -> None:
        self._seconds = seconds
        self._memory = memory
        self._worker: _Worker | None = None
        self._lock = Lock()

    def feed(
        self,
        body: bytes,
        *,
        address: str = "",
        content_type: str = "",
        limit: int = ITEMS_MAX,
        marks: int | None = None,
    ) -> ParsedFeed:
        """Return what `reader.parse.feed` returns. Raises ParseError; StoppedError when it was killed."""
        more = {"address": address, "content_type": content_type, "limit": limit, "marks": marks}
        return wire.unpacked(self._done("feed", more, body))

    def news(self, body: bytes, origin: Origin, limit: int = ITEMS_MAX) -> ParsedFeed:
        """Return what bytes of whatever kind hold: a feed, page, Markdown, text. Raises ParseError."""
        return wire.unpacked(self._done("news", {"origin": wire.origin(origin), "limit": limit}, body))

    def links(self, body: bytes, origin: Origin) -> tuple[tuple[Candidate, ...], bool]:
        """Return the feeds that a page announces, and whether it is a web page. Raises ParseError."""
        return wire.links(self._done("links", {"origin": wire.origin(origin)}, body))

    def article(self, body: bytes, *, address: str = "", content_type: str = "") -> str:
        """Return what `reader.extract.article` returns, HTML. Raises ParseError."""
        return str(self._done("article", {"address": address, "content_type": content_type}, body)["html"])

    def pictures(self, body: bytes, *, sharp: bool) -> tuple[Raster, ...]:
        """Return what `reader.pictures.decode.rasters` returns. Raises ParseError."""
        from reader.sandbox import errands

        return errands.pictures(self._done("picture", {"sharp": sharp}, body))

    def start(self) -> None:
        """Start the worker now, so that it is ready by the time of the first request."""
        with self._lock, suppress(OSError):  # the request will say so
            self._worker = self._worker or self._fresh()

    def close(self) -> None:
        """End the worker at once; a feed that another thread is having read ends in StoppedError."""
        worker = self._worker
        if worker:
            worker.interrupt()
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _done(self, task: str, more: dict[str, Any], body: bytes) -> dict[str, Any]:
        with self._lock:
            reply = self._ask(task, json.dumps({"task": task, **more}).encode(), body)
            if len(body) > REPLACE_ABOVE:
                self._stop()
        if "error" in reply:
            raise (StoppedError if reply.get("stopped") else ParseError)(reply["error"])
        return reply

    def _ask(self, task: str, header: bytes, body: bytes) -> dict[str, Any]:
        if self._worker and not self._worker.alive():
            self._stop()
        fresh = self._worker is None
        seconds = self._seconds if task == "feed" else min(self._seconds, PAGE_SECONDS_MAX)
        try:
            if self._worker is None:
                self._worker = self._fresh()
            reply = self._worker.exchange(header, body, seconds)
        except TimeoutError:
            self._stop()
            what = wire.NOUNS[task]
            return wire.stopped(f"this {what} took more than {seconds:g} seconds to read: it was given up")
        except (OSError, ValueError):
            self._stop()
            return wire.stopped(f"the parser broke down over this {wire.NOUNS[task]}: it was given up")
        except BaseException:  # Ctrl+C in the middle of an exchange: the next must not read this one's reply
            self._stop()
            raise
        if not reply.get("stopped"):
            return reply
        self._stop()
        if fresh:
            return reply
        return self._ask(task, header, body)  # the memory may have been eaten by others before

    def _fresh(self) -> _Worker:
        if _spare and (self._seconds, self._memory) == (SECONDS_MAX, MEMORY_MAX):
            return _spare.pop()
        return _Worker(self._seconds, self._memory)

    def _stop(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker = None


class _Worker:
    """The parent's end of a worker process."""

    def __init__(self, seconds: float, memory: int, *beforehand: str) -> None:
        import subprocess  # the worker, which imports this package too, does without

        limits = (str(seconds + _ALARM_AFTER), str(memory))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "reader.sandbox", *limits, *beforehand],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "UTC"},  # feedparser takes the local zone for some dates
            start_new_session=True,  # Ctrl+C in the terminal is the parent's business
        )
        self._in, self._out = _pipe(self._process.stdin), _pipe(self._process.stdout)

    def alive(self) -> bool:
        return self._process.poll() is None

    def interrupt(self) -> None:
        """End the process, from any thread; whoever waits for its reply finds the pipe closed."""
        self._process.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._in.close()
        self._out.close()

    def exchange(self, header: bytes, body: bytes, seconds: float) -> dict[str, Any]:
        """Return the reply to a request. Raises TimeoutError; OSError or ValueError when the worker died."""
        until = monotonic() + seconds
        for part in (wire.LENGTHS.pack(len(header), len(body)) + header, body):
            self._send(part, until)
        (size,) = wire.LENGTH.unpack(self._receive(wire.LENGTH.size, until))
        if size > wire.REPLY_MAX:
            raise ValueError(f"a reply of {size} bytes")
        reply = json.loads(self._receive(size, until))
        return reply if isinstance(reply, dict) else {}

    def _send(self, part: bytes, until: float) -> None:
        left = memoryview(part)
        while left:
            _wait(self._in, select.POLLOUT, until)
            left = left[os.write(self._in.fileno(), left[:_CHUNK]) :]

    def _receive(self, size: int, until: float) -> bytearray:
        parts = bytearray()
        while len(parts) < size:
            _wait(self._out, select.POLLIN, until)
            part = os.read(self._out.fileno(), min(size - len(parts), _CHUNK))
            if not part:
                raise BrokenPipeError
            parts += part
        return parts


_spare: list[_Worker] = []


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("no pipe to the parser")
    os.set_blocking(pipe.fileno(), False)
    return pipe


def _wait(pipe: IO[bytes], event: int, until: float) -> None:
    """Wait until `pipe` is ready (or broken). Raises TimeoutError."""
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, until - monotonic()) * 1000):
        raise TimeoutError
