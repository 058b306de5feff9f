"""Opening what a path names without being hurt by it.

A pipe, a device or a huge file is refused before it is read; a folder is walked without following links.
"""

from __future__ import annotations

import errno
import os
import stat as mode
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from reader import text
from reader.records import dataclass
from reader.text import NewsreadError

FILE_MAX = 20 * 1024 * 1024  # bytes: far above any article or feed; a longer file is something else
DEPTH_MAX = 16  # folders within folders: deeper is a loop or an accident
FOLDER_MAX = 10_000  # files: as many as can be listed and watched without a pause
NAME_MAX = 200  # characters of a name in a message

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC  # a pipe or terminal never makes us wait
_KINDS = (
    (mode.S_ISFIFO, "a pipe"),
    (mode.S_ISSOCK, "a socket"),
    (mode.S_ISCHR, "a device"),
    (mode.S_ISBLK, "a device"),
)
_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.EACCES: "permission to read it is missing",
    errno.EPERM: "permission to read it is missing",
    errno.ELOOP: "its links lead in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.ENXIO: "it is not a file",
}


class LocalError(NewsreadError):
    """A file or folder that cannot be read as news, and why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes, and when they were written."""

    body: bytes
    modified: datetime


@dataclass(frozen=True, slots=True)
class Walked:
    """The files of a folder; not the `whole` of it where there were too many."""

    files: tuple[Path, ...]
    whole: bool = True


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as it may be printed."""
    return text.one_line(os.fsdecode(path), NAME_MAX) or "(a file whose name cannot be shown)"


def read(path: Path, *, follow: bool = True) -> Opened:
    """Return the bytes of a regular file, or of what a link leads to if links are to be followed.

    Raises LocalError.
    """
    try:
        handle = os.open(path, _FLAGS if follow else _FLAGS | os.O_NOFOLLOW)
    except (OSError, ValueError) as error:
        raise failed(path, error) from None
    try:
        return _read(handle, path)
    except OSError as error:
        raise failed(path, error) from None
    finally:
        os.close(handle)


def walk(folder: Path, endings: frozenset[str]) -> Walked:
    """Return the files below a folder that end so, in the order of their names. Raises LocalError.

    Hidden ones are left out, links are not followed, folders that cannot be entered are passed over.
    """
    found, seen = list[Path](), 0
    waiting = [(folder, 0)]
    while waiting:
        current, depth = waiting.pop()
        below = list[tuple[Path, int]]()
        for entry in _entries(current, top=depth == 0):
            seen += 1
            if seen > FOLDER_MAX:
                return Walked(tuple(found), whole=False)
            if entry.is_dir(follow_symlinks=False):
                below += [(Path(entry.path), depth + 1)] if depth < DEPTH_MAX else []
            elif not entry.is_symlink() and Path(entry.name).suffix.lower() in endings:
                found.append(Path(entry.path))
        waiting += reversed(below)
    return Walked(tuple(found))


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder. A link to one is refused with LocalError: links are not followed."""
    try:
        here = path.lstat()
        if mode.S_ISLNK(here.st_mode) and path.is_dir():
            target = shown(os.path.realpath(path))
            raise LocalError(f"{shown(path)} is a link to a folder; name the folder itself: {target}")
    except (OSError, ValueError) as error:
        raise failed(path, error) from None
    return mode.S_ISDIR(here.st_mode)


def stamp(path: Path, endings: frozenset[str]) -> bytes:
    """Return a value that changes when a file, or any file below a folder, does; b"" when it is gone."""
    try:
        files = [path, *walk(path, endings).files] if path.is_dir() else [path]
        state = blake2b(digest_size=16)
        for file in files:
            here = file.stat(follow_symlinks=file == path)
            state.update(os.fsencode(file) + b"\0%d %d %d\0" % (here.st_mtime_ns, here.st_size, here.st_ino))
    except (OSError, ValueError, LocalError):
        return b""
    return state.digest()


def failed(path: str | os.PathLike[str], error: OSError | ValueError) -> LocalError:
    """Return what the system said about a path, in words."""
    number = (
        error.errno if isinstance(error, OSError) else errno.ENOENT
    )  # ValueError: a zero byte in the name
    reason = _REASONS.get(number or 0) or text.one_line(os.strerror(number or errno.EIO)).lower()
    return LocalError(f"{shown(path)} cannot be read: {reason}")


def _read(handle: int, path: Path) -> Opened:
    here = os.fstat(handle)
    if not mode.S_ISREG(here.st_mode):
        what = next((words for test, words in _KINDS if test(here.st_mode)), "not a file")
        raise LocalError(f"{shown(path)} is {what}; only files and folders can be read")
    if here.st_size > FILE_MAX:
        raise LocalError(f"{shown(path)} is too large: over {FILE_MAX >> 20} MiB")
    parts, left = (
        list[bytes](),
        FILE_MAX + 1,
    )  # one more than allowed: a file may grow, and /proc states no size
    while left and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    if not left:
        raise LocalError(f"{shown(path)} is too large: over {FILE_MAX >> 20} MiB")
    return Opened(b"".join(parts), datetime.fromtimestamp(here.st_mtime, UTC))


def _entries(folder: Path, *, top: bool) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(
                (each for each in found if not each.name.startswith(".")), key=lambda each: each.name
            )
    except OSError as error:
        if top:
            raise failed(folder, error) from None
        return []
