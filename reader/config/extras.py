"""The optional extras: whether they are installed, and how the reader gets them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType

from reader.text import NewsreadError

PACKAGES: Mapping[str, str] = MappingProxyType({"fulltext": "trafilatura", "images": "PIL"})
"""Extra -> the package that it brings."""
NEEDS: Mapping[str, str] = MappingProxyType({"fulltext": "full text needs", "images": "pictures need"})


class MissingExtraError(NewsreadError):
    """What was asked for needs an extra that is not installed."""


def installed(extra: str) -> bool:
    """Whether an extra is there; nothing of it is imported."""
    return find_spec(PACKAGES[extra]) is not None


def require(extra: str) -> None:
    """Raise MissingExtraError, which says how to get it, unless the extra is there."""
    if not installed(extra):
        raise MissingExtraError(f"{NEEDS[extra]} an extra: {command(extra)}")


def command(extra: str, prefix: str = sys.prefix) -> str:
    """Return the command that installs an extra in the way newsread was installed itself."""
    place = prefix.replace("\\", "/")
    wanted = f"'newsread[{extra}]'"
    if "/pipx/" in place:
        return f"pipx install --force {wanted}"
    if "/uv/tools/" in place:
        return f"uv tool install {wanted}"
    return f"pip install {wanted}"
