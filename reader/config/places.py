"""Where newsread keeps its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from reader.records import dataclass
from reader.text import NewsreadError

CONFIG_ENV = "NEWSREAD_CONFIG"
LIBRARY_ENV = "NEWSREAD_LIBRARY"

_BELOW_HOME = {"config": ".config", "data": ".local/share", "cache": ".cache", "state": ".local/state"}


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one user, whether they are there yet or not."""

    config: Path
    library: Path


def config_path(env: Mapping[str, str] = os.environ) -> Path:
    """Return where the config file lies when no option names another: NEWSREAD_CONFIG, else the XDG place."""
    if env.get(CONFIG_ENV):
        return full(env[CONFIG_ENV])
    return _folder("config") / "config.toml"


def library_path(env: Mapping[str, str] = os.environ) -> Path:
    """Return where the library lies when neither option nor config names another."""
    if env.get(LIBRARY_ENV):
        return full(env[LIBRARY_ENV])
    return _folder("data") / "library.db"


def cache_path() -> Path:
    """Return the folder of what can be fetched again: the XDG place."""
    return _folder("cache")


def state_path() -> Path:
    """Return where the desk remembers how it was left: the XDG place."""
    return _folder("state") / "desk.json"


def _folder(kind: str) -> Path:
    """Return newsread's folder of this kind; the plain cases without platformdirs, which costs 4 ms."""
    base = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
    home = os.environ.get("HOME", "")
    if sys.platform not in ("darwin", "win32") and (base or home).startswith("/"):
        return Path(base or f"{home}/{_BELOW_HOME[kind]}") / "newsread"
    import platformdirs

    found: Path = getattr(platformdirs.PlatformDirs("newsread", appauthor=False), f"user_{kind}_path")
    return found


def full(name: str | Path, base: Path | None = None) -> Path:
    """Return an absolute path: `~` is the home folder, a relative one starts at `base` or here.

    Raises NewsreadError where there is no "here" any more.
    """
    path = Path(name)
    try:
        path = path.expanduser()
    except RuntimeError:  # ~nobody
        path = Path(name)
    if path.is_absolute():
        return path
    try:
        return (base or Path.cwd()) / path
    except FileNotFoundError:
        raise NewsreadError("the folder that you are in has been removed: change to another") from None
