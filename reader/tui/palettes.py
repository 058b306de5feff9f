"""The colours of newsread's own themes, and how a theme is made of a few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.color import BLACK, WHITE, Color
from textual.theme import Theme

from reader.tui.contrast import ENOUGH, contrast, readable

TEXTS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success", "muted")
"""The colours that are read; each can be on each of GROUNDS."""
GROUNDS = ("background", "panel", "bar", "cursor", "cursor-idle", "code")
_PANEL, _RULE, _CURSOR, _IDLE, _MUTED, _SLIDER = 0.06, 0.2, 0.2, 0.08, 0.72, 0.25
"""How much of another colour is blended into the background where a theme does not say."""
_BAD, _GOOD = {True: "#ff8a80", False: "#b3261e"}, {True: "#7fd18b", False: "#1f6b33"}


def made(name: str, colours: Mapping[str, str], dark: bool | None = None) -> tuple[Theme, tuple[str, ...]]:
    """Return a theme of some colours, and which of these had to be changed so that they can be read.

    `background` and `foreground` are needed; what else is left out is mixed of them. `dark` is told by the
    background where it is not said.
    """
    given = {key: Color.parse(value) for key, value in colours.items()}
    back, fore = given["background"], given["foreground"]
    dark = back.brightness < 0.5 if dark is None else dark
    first = given.get("primary", fore)
    panel = given.get("panel", back.blend(fore, _PANEL))
    accent = given.get("accent", first)
    mixed = {
        "primary": first,
        "secondary": first,
        "accent": accent,
        "warning": accent,
        "error": Color.parse(_BAD[dark]),
        "success": Color.parse(_GOOD[dark]),
        "panel": panel,
        "bar": panel,
        "code": panel,
        "rule": back.blend(fore, _RULE),
        "cursor": back.blend(first, _CURSOR),
        "cursor-idle": back.blend(fore, _IDLE),
        "muted": back.blend(fore, _MUTED),
    } | given
    texts = {key: _on_all(mixed[key], [mixed[ground] for ground in GROUNDS]) for key in TEXTS}
    if None in texts.values():  # grounds too far apart for any text: they become one
        mixed |= dict.fromkeys(GROUNDS, back)
        texts = {key: _on_all(mixed[key], [back]) for key in TEXTS}
    changed = tuple(key for key in (*TEXTS, *GROUNDS) if key in given and (mixed | texts)[key] != given[key])
    whole = {key: colour.hex6.lower() for key, colour in (mixed | texts).items() if colour is not None}
    return _theme(name, whole, back, fore, dark=dark), changed


def _on_all(colour: Color, grounds: Sequence[Color]) -> Color | None:
    """Return a colour as it can be read on all grounds, drawn as little as may be; None where none can."""
    for ground in grounds:
        colour = readable(colour, ground)
    for found in (colour, WHITE, BLACK):
        if all(contrast(found, ground) >= ENOUGH for ground in grounds):
            return found
    return None


def _theme(name: str, whole: Mapping[str, str], back: Color, fore: Color, *, dark: bool) -> Theme:
    sliders = {
        "scrollbar": back.blend(fore, _SLIDER).hex6,
        "scrollbar-hover": back.blend(fore, 1.5 * _SLIDER).hex6,
        "scrollbar-active": whole["primary"],
        **dict.fromkeys(
            (
                *("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active"),
                "scrollbar-corner-color",
            ),
            whole["background"],
        ),
        "input-selection-background": f"{whole['primary']} {35 if dark else 25}%",
    }
    return Theme(
        name=name,
        dark=dark,
        background=whole["background"],
        surface=whole["background"],
        panel=whole["panel"],
        primary=whole["primary"],
        secondary=whole["secondary"],
        accent=whole["accent"],
        warning=whole["warning"],
        error=whole["error"],
        success=whole["success"],
        foreground=whole["foreground"],
        variables={key: whole[key] for key in ("muted", "rule", "cursor", "cursor-idle", "bar", "code")}
        | sliders,
    )


PALETTES: Mapping[str, Mapping[str, str]] = {
    "newsread-night": {  # nothing but black behind it, for dark rooms and screens that light each dot
        "background": "#000000",
        "foreground": "#d6d6d6",
        "primary": "#8ab4f8",
        "secondary": "#6fcfb8",
        "accent": "#f0b45a",
        "panel": "#0f0f0f",
        "cursor": "#1c2a40",
    },
    "newsread-dusk": {
        "background": "#1d1a26",
        "foreground": "#e4dfee",
        "primary": "#c4a7f7",
        "secondary": "#8fd0c9",
        "accent": "#f2b880",
        "panel": "#282334",
        "bar": "#2b2640",
        "cursor": "#3a3154",
    },
    "newsread-forest": {
        "background": "#141b17",
        "foreground": "#dce5dc",
        "primary": "#8fcf9c",
        "secondary": "#7cc4cf",
        "accent": "#e5c07b",
        "panel": "#1c2620",
        "bar": "#1d2c25",
        "cursor": "#264033",
    },
    "newsread-sepia": {  # an old page
        "background": "#f4ecd8",
        "foreground": "#3b2f22",
        "primary": "#7a3b10",
        "secondary": "#2f5d50",
        "accent": "#8a3f00",
        "panel": "#eadfc6",
        "bar": "#e6d9bb",
        "cursor": "#e2cfa4",
        "muted": "#655540",
    },
    "newsread-frost": {
        "background": "#f3f7fb",
        "foreground": "#1d2733",
        "primary": "#0a5a9c",
        "secondary": "#00665e",
        "accent": "#7a4a00",
        "panel": "#e4edf5",
        "bar": "#dae7f2",
        "cursor": "#c9dff2",
        "muted": "#4c5b6b",
    },
    "newsread-contrast": {  # as much as there is
        "background": "#000000",
        "foreground": "#ffffff",
        "primary": "#ffff00",
        "secondary": "#00ffff",
        "accent": "#ffb000",
        "error": "#ff9c9c",
        "success": "#7dff7d",
        "panel": "#000000",
        "bar": "#000000",
        "cursor": "#003a70",
        "cursor-idle": "#2b2b2b",
        "code": "#141414",
        "muted": "#d9d9d9",
        "rule": "#8c8c8c",
    },
}
"""Beside ink and paper."""
