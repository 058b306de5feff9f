"""newsread's own themes, and the colours that Textual's themes do not know."""

from __future__ import annotations

from textual.theme import Theme

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

OWN = (INK, PAPER)

DEFAULTS = {
    "muted": "$foreground 75%",
    "rule": "$foreground 20%",
    "cursor": "$primary 30%",
    "cursor-idle": "$foreground 8%",
    "bar": "$panel",
    "code": "$panel",
}
"""What themes from elsewhere lack, in terms of what every theme has."""


def completed(variables: dict[str, str]) -> dict[str, str]:
    """Return a theme's variables with the missing ones; Textual does not follow references in defaults."""
    complete = dict(variables)
    for name, value in DEFAULTS.items():
        if name not in variables:
            reference, _, opacity = value.removeprefix("$").partition(" ")
            complete[name] = f"{variables[reference]} {opacity}".strip()
    return complete


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


def topic_colour(topic: str, *, dark: bool) -> str:
    """Return a topic's colour; a topic of the user's own gets a steady one by its name."""
    table = _DARK if dark else _LIGHT
    if topic in table:
        return table[topic]
    colours = tuple(table.values())
    return colours[sum(topic.encode()) % len(colours)]
