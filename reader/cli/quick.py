"""`newsread unread --count` without what the other commands load: a status bar asks it every few seconds.

What is not plain (no library yet, an old or damaged one, mistakes in the config) is left to the command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

WORDS = (["unread", "--count"], ["unread", "-c"])


def answer(words: Sequence[str], env: Mapping[str, str] = os.environ) -> str:
    """Return what is to be printed for these words, "" when they or the library need the command itself."""
    if list(words) not in WORDS or not (path := library(env)) or not os.path.exists(path):  # noqa: PTH110
        return ""
    from reader.store.glance import unread

    found = unread(path)
    return "" if found is None else f"{found}\n"


def library(env: Mapping[str, str]) -> str:
    """Return where the library lies, as `config.load` finds it; "" where that takes more than a look."""
    config = env.get("NEWSREAD_CONFIG") or _place(env, "XDG_CONFIG_HOME", ".config", "config.toml")
    if not config.startswith("/"):
        return ""
    if path := env.get("NEWSREAD_LIBRARY"):
        return path if path.startswith("/") else ""
    try:
        with open(config, "rb") as file:  # noqa: PTH123 (pathlib costs more than the rest)
            stated = _stated(file.read())
    except FileNotFoundError:
        stated = ""
    except OSError:
        return ""
    if stated is None or (stated and not stated.startswith("/")):
        return ""
    return stated or _place(env, "XDG_DATA_HOME", ".local/share", "library.db")


def _stated(body: bytes) -> str | None:
    """Return the library that a config file names, "" for none, None where the file has mistakes."""
    if b"library" not in body:
        return ""
    import tomllib

    try:
        found = tomllib.loads(body.decode()).get("library", "")
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def _place(env: Mapping[str, str], variable: str, folder: str, name: str) -> str:
    """Return a file in the XDG place; "" on systems that have other places."""
    if sys.platform in ("darwin", "win32"):
        return ""
    base = env.get(variable, "").strip() or (f"{env['HOME']}/{folder}" if env.get("HOME") else "")
    return f"{base}/newsread/{name}" if base.startswith("/") else ""
