"""Reading a user's file with a limit, and writing one so that a crash leaves the old or the new one whole."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path


def reason(error: OSError) -> str:
    """Return an operating system's error in words: `permission denied`."""
    return (error.strerror or type(error).__name__).lower()


def read_file(path: Path, limit: int) -> bytes:
    """Return a regular file's bytes; a FIFO or device never blocks and is refused, /dev/null is empty.

    Raises OSError, and ValueError in words for what is no file or measures more than `limit` bytes.
    """
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        number = os.open(path, flags)
    except ValueError:  # a zero byte in the name
        raise ValueError("no file can have this name") from None
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise ValueError("this is a folder, not a file")
        if not stat.S_ISREG(mode) and str(path) != os.devnull:
            raise ValueError("this is not a regular file")
        with os.fdopen(number, "rb", closefd=False) as file:
            body = file.read(limit + 1)
    finally:
        os.close(number)
    if len(body) > limit:
        raise ValueError(f"this is larger than the {limit // (1024 * 1024)} MiB that are read of such a file")
    return body


def write_file(path: Path, body: bytes) -> None:
    """Write a file whole or not at all, for the user's eyes only (0600); a symbolic link stays one.

    Raises OSError.
    """
    import tempfile

    path = Path(os.path.realpath(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(number)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
