"""Every theme, newsread's own and Textual's: text can be read on whatever it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.color import Color

from reader.tui.contrast import ENOUGH, contrast
from reader.tui.styles import SHEETS
from reader.tui.themes import OWN, completed, topic_colour

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARED = re.compile(r"(?:^|;|\s)(color|background):\s*\$([\w-]+)\s*;")
LINES = {"rule", "todo"}  # drawn, never read
ROWS = ("cursor", "cursor-idle")  # what a row of a list may stand on


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield (selector, text colour, background) of each rule of the sheets; lists also on their cursor."""
    for sheet in SHEETS:
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selector, body in RULE.findall(css.replace("& >", "};& >")):
            found = dict(DECLARED.findall(body))
            role = selector.strip().rpartition("--")[2]
            if "color" not in found or role in LINES:
                continue
            own = "panel" if sheet.stem == "screens" else "background"
            yield selector.strip(), found["color"], found.get("background", own)
            if "headlines--" in selector or "related--" in selector:
                yield from ((f"{selector.strip()} on {row}", found["color"], row) for row in ROWS)


class Themed(App[None]):
    """Knows every theme; is never run."""

    def __init__(self) -> None:
        super().__init__()
        for own in OWN:
            self.register_theme(own)

    def colours(self, theme: str) -> dict[str, str]:
        self.theme = theme
        return completed(self.get_css_variables())


THEMES = sorted(Themed().available_themes)


def test_the_sheets_are_understood() -> None:
    found = list(pairs())
    assert ("Headlines > .headlines--read", "muted", "background") in found
    assert any("related--why" in selector for selector, _, _ in found)
    assert len(found) > 60
    assert {"nord", "gruvbox", "dracula", "textual-light", "newsread-ink", "newsread-paper"} <= set(THEMES)


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_has_contrast(theme: str) -> None:
    app = Themed()
    colours = app.colours(theme)
    if Color.parse(colours["background"]).ansi is not None:
        assert colours["muted"] == "ansi_default"  # the terminal's own colours: nobody knows them
        return
    weak = [
        f"{selector}: {text} on {ground}"
        for selector, text, ground in pairs()
        if contrast(Color.parse(colours[text]), Color.parse(colours[ground])) < ENOUGH
    ]
    assert not weak


@pytest.mark.parametrize("own", OWN, ids=lambda theme: theme.name)
def test_topics_can_be_read_in_the_article(own: object) -> None:
    from textual.theme import Theme

    assert isinstance(own, Theme)
    for topic in ("World", "Politics", "Business", "Technology", "Science", "Health", "Sport", "Own topic"):
        colour = Color.parse(topic_colour(topic, dark=own.dark))
        assert contrast(colour, Color.parse(own.background or "")) >= ENOUGH
