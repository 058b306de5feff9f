"""Settings: TOML -> Config, and where newsread's files are. (`reader.config.writing` goes the other way.)"""

from __future__ import annotations

import os
from collections.abc import Mapping

from reader.config.access import Access
from reader.config.document import ConfigError
from reader.config.places import Paths, cache_path, config_path, library_path
from reader.config.reading import load
from reader.config.values import Config, Fetch, Reading, Refresh, Ui

__all__ = [
    "Access",
    "Config",
    "ConfigError",
    "Fetch",
    "Paths",
    "Reading",
    "Refresh",
    "Ui",
    "cache_path",
    "load",
    "paths",
]


def paths(env: Mapping[str, str] = os.environ) -> Paths:
    """Return where the files lie when neither an option nor the config names another place."""
    return Paths(config_path(env), library_path(env))
