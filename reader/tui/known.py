"""Which themes there are, and what is said of one that there is not."""

from __future__ import annotations

from collections.abc import Collection

from textual.theme import BUILTIN_THEMES

from reader.config import Config
from reader.text import one_line
from reader.tui.themes import OWN


def themes(config: Config) -> list[str]:
    """Return the names of all themes: the user's, newsread's own, the toolkit's."""
    return [*(each.name for each in config.themes), *(theme.name for theme in OWN), *sorted(BUILTIN_THEMES)]


def no_theme(config: Config) -> str:
    """Return what is wrong with the theme that is asked for, and where that stands; "" when it is there."""
    name, names = config.ui.theme, themes(config)
    if name in names:
        return ""
    place = config.origins.get("ui.theme", "ui.theme in the config, --theme")
    return f"{place}: there is no theme {one_line(name, 64)!r}{_hint(name, names)}"


def _hint(name: str, names: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; there are: {', '.join(names)}"
