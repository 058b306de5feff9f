"""Where newsread keeps its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reader.text import NewsreadError

CONFIG_ENV = "NEWSREAD_CONFIG"
LIBRARY_ENV = "NEWSREAD_LIBRARY"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one user, whether they are there yet or not."""

    config: Path
    library: Path


def config_path(env: Mapping[str, str] = os.environ) -> Path:
    """Return where the config file lies when no option names another: NEWSREAD_CONFIG, else the XDG place."""
    if env.get(CONFIG_ENV):
        return full(env[CONFIG_ENV])
    import platformdirs

    return platformdirs.user_config_path("newsread", appauthor=False) / "config.toml"


def library_path(env: Mapping[str, str] = os.environ) -> Path:
    """Return where the library lies when neither option nor config names another."""
    if env.get(LIBRARY_ENV):
        return full(env[LIBRARY_ENV])
    import platformdirs

    return platformdirs.user_data_path("newsread", appauthor=False) / "library.db"


def cache_path() -> Path:
    """Return the folder of what can be fetched again: the XDG place."""
    import platformdirs

    return platformdirs.user_cache_path("newsread", appauthor=False)


def state_path() -> Path:
    """Return where the desk remembers how it was left: the XDG place."""
    import platformdirs

    return platformdirs.user_state_path("newsread", appauthor=False) / "desk.json"


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
