"""Where the style sheets are: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
STYLES = next(path for path in (_HERE / "styles", _HERE.parent / "styles") if path.is_dir())
DESK = tuple(STYLES / f"{name}.tcss" for name in ("desk", "panes", "article", "related"))
SCREENS = STYLES / "screens.tcss"
"""Of all that opens over the desk: read when the first of it does, which spares a launch 5 ms."""
SHEETS = (*DESK, SCREENS)

LINES = [(0, "-tiny"), (18, "-short"), (28, "-tall")]
"""How many lines a screen over the desk has: with few, its padding goes, then its explanations."""
