"""newsread, and a record of what it does beside painting: `python tests/peers/recorder.py LOG [WORDS]`.

The record has a JSON object a line: every action that runs, every program that is started, every file that is
opened for writing, every connection, and how late the event loop was when it was more than LATE seconds. The
interpreter's audit hooks see what no module can hide.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from time import monotonic
from typing import Any

PAUSE = 0.02  # seconds between two looks at the clock
LATE = 0.05
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
STARTING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "webbrowser.open")
REMOVING = ("os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "os.symlink", "os.chmod")


class Log:
    """The record; it writes with one system call a line, and never records itself."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def __call__(self, kind: str, value: object, **more: object) -> None:
        line = json.dumps({"kind": kind, "value": value, **more}, default=str)
        os.write(self._file, line.encode() + b"\n")

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note what the interpreter says of itself."""
        if event in STARTING:
            words = arguments[1] if event == "subprocess.Popen" else arguments[0]
            self("start", [os.fsdecode(word) for word in words] if isinstance(words, list | tuple) else words)
        elif event in REMOVING:
            self("change", arguments[0], event=event)
        elif event == "open" and isinstance(arguments[0], str) and (arguments[2] or 0) & WRITING:
            self("write", arguments[0])
        elif event == "socket.connect":
            self("connect", arguments[1])


async def watched(log: Log, work: Coroutine[Any, Any, Any]) -> Any:
    """Run the desk, and tell when its event loop was late."""
    clock = asyncio.create_task(_ticks(log))
    try:
        return await work
    finally:
        clock.cancel()


async def _ticks(log: Log) -> None:
    while True:
        began = monotonic()
        await asyncio.sleep(PAUSE)
        late = monotonic() - began - PAUSE
        if late > LATE:
            log("late", late, at=began)


def main() -> int:
    """Run newsread with the words of the command line."""
    log = Log(sys.argv[1])
    sys.argv[:] = ["newsread", *sys.argv[2:]]
    from textual.app import App

    from reader.cli import main as newsread

    act, run = App.run_action, asyncio.run

    async def acting(self: App[Any], action: Any, *words: Any, **more: Any) -> bool:
        log("action", action if isinstance(action, str) else action[1])
        return await act(self, action, *words, **more)

    App.run_action = acting  # type: ignore[method-assign]
    asyncio.run = lambda work, **more: run(watched(log, work), **more)  # type: ignore[assignment]
    sys.addaudithook(log.hook)
    return newsread()


if __name__ == "__main__":
    sys.exit(main())
