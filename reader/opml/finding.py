"""Subscriptions of other readers on this machine: newsboat's files, and OPML where such files are kept.

Only looked at, and only where the reader themself puts such files; nothing is followed, run or fetched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from reader.config.files import read_file
from reader.opml import BODY_MAX, read
from reader.records import dataclass
from reader.text import NewsreadError

FILES_MAX = 8
"""OPML files that are offered, the newest: a list of old exports helps nobody."""
LOOKED_MAX = 2_000
"""Names of a folder that are looked at."""
NEWSBOAT = "newsboat"


@dataclass(frozen=True, slots=True)
class Found:
    """A list of subscriptions, and how much it holds."""

    source: str  # what `newsread import` takes: a path, or "newsboat"
    place: Path
    feeds: int
    queries: int = 0  # of newsboat, that become views
    refused: int = 0  # entries that would not be taken


def found(env: Mapping[str, str] = os.environ) -> tuple[Found, ...]:
    """Return newsboat's list, then the newest OPML files, each with what it holds; unreadable ones not."""
    home = Path(env.get("HOME") or "~").expanduser()
    lists = [(NEWSBOAT, folder / "urls") for folder, _ in newsboat_folders(env)][:2]
    first = next(((source, path) for source, path in lists if path.is_file()), None)
    offered = [held for held in ([_held(*first)] if first else []) if held]
    newest = sorted(set(_files(home, env)), reverse=True)[:FILES_MAX]
    offered += [held for _, path in newest if (held := _held(str(path), path))]
    return tuple(offered)


def newsboat_folders(env: Mapping[str, str]) -> list[tuple[Path, Path]]:
    """Return where newsboat's config and data may lie, in the order in which it looks itself."""
    home = Path(env.get("HOME") or "~").expanduser()
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    data = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [(config / "newsboat", data / "newsboat"), (home / ".newsboat", home / ".newsboat")]


def _files(home: Path, env: Mapping[str, str]) -> Iterator[tuple[float, Path]]:
    """Yield the lists of Liferea and Akregator and the OPML files of the usual places, with their times."""
    data = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")
    usual = (
        env.get("XDG_DOWNLOAD_DIR") or "",
        home / "Downloads",
        home / "Documents",
        home,
        data / "newsread",
    )
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    kept = (config / "liferea" / "feedlist.opml", data / "akregator" / "data" / "feeds.opml")
    for path in kept:
        with suppress(OSError):
            yield path.stat().st_mtime, path
    for folder in dict.fromkeys(Path(place) for place in usual if place):
        try:
            with os.scandir(folder) as entries:
                for _, entry in zip(range(LOOKED_MAX), entries, strict=False):
                    if entry.name.lower().endswith(".opml") and entry.is_file(follow_symlinks=False):
                        yield entry.stat(follow_symlinks=False).st_mtime, Path(entry.path)
        except OSError:
            continue


def _held(source: str, path: Path) -> Found | None:
    """Return what a list holds; None for one that cannot be read, or holds nothing."""
    try:
        listed = read(read_file(path, BODY_MAX))
    except (NewsreadError, OSError, ValueError):
        return None
    queries = sum(item.view is not None for item in listed.refused)
    many = len(listed.subscriptions)
    return Found(source, path, many, queries, len(listed.refused) - queries) if many else None
