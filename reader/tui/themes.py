"""newsread's own themes, and the colours that Textual's themes do not know."""

from __future__ import annotations

from functools import lru_cache

from textual.color import Color
from textual.theme import Theme

from reader.tui.contrast import readable
from reader.tui.palettes import PALETTES, made

INK = Theme(
    name="newsread-ink",
    dark=True,
    primary="#7cb7ff",
    secondary="#5fd0b5",
    accent="#f5b84b",
    warning="#f5b84b",
    error="#ff8a80",
    success="#7fd18b",
    foreground="#dbe1ea",
    background="#10141b",
    surface="#10141b",
    panel="#1a212c",
    variables={
        "muted": "#93a0b4",
        "rule": "#2a3442",
        "cursor": "#22304a",
        "cursor-idle": "#1a2230",
        "bar": "#182334",
        "code": "#181f2a",
        "scrollbar": "#2f3b4c",
        "scrollbar-hover": "#46566d",
        "scrollbar-active": "#7cb7ff",
        "scrollbar-background": "#10141b",
        "scrollbar-background-hover": "#10141b",
        "scrollbar-background-active": "#10141b",
        "scrollbar-corner-color": "#10141b",
        "input-selection-background": "#7cb7ff 35%",
    },
)

PAPER = Theme(
    name="newsread-paper",
    dark=False,
    primary="#0b57a4",
    secondary="#0b6b60",
    accent="#8f4e00",
    warning="#8f4e00",
    error="#b3261e",
    success="#1f6b33",
    foreground="#23272f",
    background="#fbf9f4",
    surface="#fbf9f4",
    panel="#efebe1",
    variables={
        "muted": "#5a6270",
        "rule": "#d9d3c5",
        "cursor": "#dbe7f6",
        "cursor-idle": "#ece9e0",
        "bar": "#e9e4d8",
        "code": "#f1ede3",
        "scrollbar": "#cfc8b8",
        "scrollbar-hover": "#b5ad9a",
        "scrollbar-active": "#0b57a4",
        "scrollbar-background": "#fbf9f4",
        "scrollbar-background-hover": "#fbf9f4",
        "scrollbar-background-active": "#fbf9f4",
        "scrollbar-corner-color": "#fbf9f4",
        "input-selection-background": "#0b57a4 25%",
    },
)

OWN = (INK, PAPER, *(made(name, colours)[0] for name, colours in PALETTES.items()))

_TEXTS = ("foreground", "primary", "secondary", "accent", "error", "success")
_MUTED, _RULE, _CURSOR, _IDLE = 0.72, 0.2, 0.2, 0.08  # how much of a colour is blended into the background


def completed(variables: dict[str, str]) -> dict[str, str]:
    """Return a foreign theme's variables with those that only newsread names, and every text readable.

    The colours are mixed here, opaque: a see-through colour comes out as something else on another ground.
    """
    if "muted" in variables:
        return variables
    if Color.parse(variables["background"]).ansi is not None:
        return variables | _TERMINALS_OWN
    colours = {name: Color.parse(variables[name]) for name in (*_TEXTS, "background", "panel")}
    background, foreground = colours["background"], colours["foreground"]
    grounds = {
        "background": background,
        "panel": background + colours["panel"],
        "cursor": background.blend(colours["primary"], _CURSOR),
        "cursor-idle": background.blend(foreground, _IDLE),
    }
    texts = {name: colours[name] for name in _TEXTS} | {"muted": background.blend(foreground, _MUTED)}
    for ground in grounds.values():
        texts = {name: readable(text, ground) for name, text in texts.items()}
    extra = {"rule": background.blend(foreground, _RULE), "bar": grounds["panel"], "code": grounds["panel"]}
    return variables | {name: colour.hex6 for name, colour in (grounds | texts | extra).items()}


_TERMINALS_OWN = {
    "muted": "ansi_default",
    "rule": "ansi_bright_black",
    "cursor": "transparent",
    "cursor-idle": "transparent",
    "bar": "transparent",
    "code": "transparent",
}
"""For the themes that leave colours to the terminal: the cursor is told by its bar alone."""


_DARK = {
    "World": "#7cb7ff",
    "Politics": "#c79bff",
    "Business": "#f5b84b",
    "Technology": "#5fd0b5",
    "Science": "#8fd3ff",
    "Health": "#ff9d9d",
    "Environment": "#8fd18b",
    "Sport": "#ffb27a",
    "Entertainment": "#ff9ad5",
    "Life": "#d8cf7a",
}
_LIGHT = {
    "World": "#0b57a4",
    "Politics": "#6a35a8",
    "Business": "#8f4e00",
    "Technology": "#0b6b60",
    "Science": "#0a5f85",
    "Health": "#b3261e",
    "Environment": "#2a6b1f",
    "Sport": "#9c4307",
    "Entertainment": "#a02473",
    "Life": "#6b5d00",
}


def topic_colour(topic: str, *, dark: bool, ground: str = "") -> str:
    """Return a topic's colour, readable on `ground`; one of the user's own gets a steady one by its name."""
    table = _DARK if dark else _LIGHT
    colours = tuple(table.values())
    found = table.get(topic) or colours[sum(topic.encode()) % len(colours)]
    return _on(found, ground) if ground else found


@lru_cache(1_000)
def _on(colour: str, ground: str) -> str:
    return readable(Color.parse(colour), Color.parse(ground)).hex6.lower()
