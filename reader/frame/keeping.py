"""The file of the kept frame: one, in the cache folder, readable by its owner only."""

from __future__ import annotations

import os
import stat
import sys

from reader.frame.form import LONGEST, Frame, decoded, encoded

TYPE_CHECKING = False  # the real one costs more than the frame
if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "desk.frame"


def place(env: Mapping[str, str] = os.environ) -> str:
    """Return the file's path; "" where there is no such place."""
    if sys.platform == "win32":
        return ""
    base = env.get("XDG_CACHE_HOME", "").strip() or (f"{env['HOME']}/.cache" if env.get("HOME") else "")
    return f"{base}/newsread/{NAME}" if base.startswith("/") else ""


def kept(path: str) -> Frame | None:
    """Return the frame of a file; None where there is none, or one that somebody else may have written."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
            return None
        if found.st_size > LONGEST:
            return None
        return decoded(os.read(file, LONGEST).decode())
    except (OSError, ValueError):
        return None
    finally:
        os.close(file)


def keep(path: str, frame: Frame) -> bool:
    """Write the frame in place of the one before; False where that cannot be."""
    part = f"{path}.{os.getpid()}"
    try:
        body = encoded(frame).encode()
        if len(body) > LONGEST:
            return False
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, body)
        finally:
            os.close(file)
        os.replace(part, path)  # noqa: PTH105
    except (OSError, ValueError):
        forget(part)
        return False
    return True


def forget(path: str) -> None:
    """Remove a file, if it is there."""
    try:  # noqa: SIM105 (contextlib costs more than the rest)
        os.unlink(path)  # noqa: PTH108
    except OSError:
        pass
