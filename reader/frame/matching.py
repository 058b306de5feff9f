"""What must be as it was for a kept frame to show the truth.

A frame says which words, terminal, size, environment and local day it was painted for, and which files it
shows: the library with its log, the config, whatever else the desk begins with. Where anything differs,
another process has changed a mark, or a day has passed, it is not drawn.
"""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False  # the real one costs more than the frame
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ABSENT = "-"
THEME, FLAGS = "--theme", ("--reduced-motion", "--no-restore")

_NAMED = (
    *("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"),  # where files lie
    *("NEWSREAD_CONFIG", "NEWSREAD_LIBRARY"),
    *("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "COLUMNS", "LINES"),
    *("TZ", "LANG", "LC_ALL", "LC_TIME", "LC_CTYPE"),
)
_PLACES = _NAMED[:7]
_FAMILIES = ("TEXTUAL_", "NEWSREAD_")  # of which newsread's own state settings


def facts(
    words: Sequence[str], size: tuple[int, int], version: str, env: Mapping[str, str] = os.environ
) -> list[str] | None:
    """Return what a frame depends on beside files; None where there can be none.

    `words` of the command line; `size` in columns and lines; `version` of newsread.
    """
    if not _plain(words) or any(env.get(name, "/")[:1] not in ("", "/") for name in _PLACES):
        return None
    now = time.localtime()
    today = f"{now.tm_year}.{now.tm_yday}.{now.tm_gmtoff}"
    names = [*_NAMED, *sorted(name for name in env if name.startswith(_FAMILIES) and name != "TEXTUAL_FPS")]
    environment = [f"{name}={env[name]}" for name in names if name in env]
    found = [version, f"{size[0]}x{size[1]}", today, " ".join(words), *environment]
    return found if all(map(str.isprintable, found)) else None


def _plain(words: Sequence[str]) -> bool:
    """Tell words that open the desk on the library."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == THEME and rest:
            rest.pop(0)
        elif word not in FLAGS and not word.startswith(f"{THEME}="):
            return False
    return True


def stamps(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return paths with what tells their files as they are now from the same files changed."""
    return [(path, stamp(path)) for path in paths]


def stamp(path: str) -> str:
    """Return a file's stamp; a file without bytes is as good as none."""
    try:
        found = os.stat(path)  # noqa: PTH116 (pathlib costs more than the whole frame)
    except OSError:
        return ABSENT
    if not found.st_size:
        return ABSENT
    return f"{found.st_dev}.{found.st_ino}.{found.st_size}.{found.st_mtime_ns}.{found.st_ctime_ns}"


def holds(facts: list[str] | None, stamps: Sequence[tuple[str, str]], found: list[str] | None) -> bool:
    """Tell whether a frame's facts are those `found` now, and its files as they were."""
    return found is not None and facts == found and all(stamp(path) == known for path, known in stamps)
