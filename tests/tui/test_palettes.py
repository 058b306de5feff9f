"""Themes of newsread's own and of the user's: enough of them, readable, seen while one chooses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import Theme

from reader.config import ConfigError, load
from reader.config.themes import ThemeColours
from reader.tui.contrast import ENOUGH, contrast
from reader.tui.palettes import GROUNDS, TEXTS, made
from reader.tui.themes import OWN, topic_colour
from tests.tui.desks import config, reading

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SHADES = st.fixed_dictionaries(
    {"background": COLOUR, "foreground": COLOUR},
    optional=dict.fromkeys(("primary", "muted", "accent", "error"), COLOUR),
)


def test_there_are_enough_and_both_light_and_dark_ones() -> None:
    assert len(OWN) >= 8
    assert {theme.dark for theme in OWN} == {True, False}
    assert sum(not theme.dark for theme in OWN) >= 3


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_topics_can_be_read_in_the_ticker(theme: Theme) -> None:
    ground = theme.variables["bar"]
    for topic in ("World", "Politics", "Sport", "Life", "Mekong"):
        colour = Color.parse(topic_colour(topic, dark=theme.dark, ground=ground))
        assert contrast(colour, Color.parse(ground)) >= ENOUGH


@given(SHADES)
def test_whatever_the_user_mixes_can_be_read(shades: dict[str, str]) -> None:
    theme, changed = made("mine", shades)
    colours = {key: getattr(theme, key, None) or theme.variables[key] for key in (*TEXTS, *GROUNDS)}
    for text in TEXTS:
        for ground in GROUNDS:
            assert contrast(Color.parse(colours[text]), Color.parse(colours[ground])) >= ENOUGH
    for key, value in shades.items():
        assert key in changed or colours[key] == value


def test_the_users_colours_are_kept_where_they_can_be_read() -> None:
    shades = {"background": "#101010", "foreground": "#eeeeee", "primary": "#7cb7ff", "muted": "#202020"}
    theme, changed = made("mine", shades)
    assert (theme.background, theme.foreground, theme.primary) == ("#101010", "#eeeeee", "#7cb7ff")
    assert theme.dark
    assert changed == ("muted",)
    assert not made("light", {"background": "#ffffff", "foreground": "#000000"})[0].dark


def stated(tmp_path: Path, text: str, **files: str) -> tuple[ThemeColours, ...]:
    (tmp_path / "themes").mkdir(exist_ok=True)
    for name, body in files.items():
        (tmp_path / "themes" / f"{name}.toml").write_text(body)
    (tmp_path / "config.toml").write_text(text)
    return load(tmp_path / "config.toml", tmp_path / "library.db", env={}).themes


def test_themes_come_from_tables_and_files(tmp_path: Path) -> None:
    text = "[themes.mine]\nbackground = '#000'\nforeground = '#fff'\ndark = true\n"
    found = stated(
        tmp_path,
        text,
        other="background = '#ffffff'\nforeground = '#111111'\n",
        mine="background = '#123'\nforeground = '#fff'\n",
    )
    assert sorted(theme.name for theme in found) == ["mine", "other"]
    assert next(theme for theme in found if theme.name == "mine").colours["background"] == "#000"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[themes.a]\nbackground = '#000'\n", "1: the theme a needs a foreground"),
        (
            "[themes.a]\nbackground = 'black'\nforeground = '#fff'\n",
            "2: background takes a colour such as \"#7cb7ff\", not the text 'black'",
        ),
        (
            "[themes.a]\nbackgruond = '#000'\nbackground = '#000'\nforeground = '#fff'",
            "2: unknown key 'themes.a.backgruond'; did you mean 'background'?",
        ),
        ("[themes]\na = 3", "2: a theme is a table, written as [themes.a]"),
        ("[themes.'a b']\nbackground = '#000'\nforeground = '#fff'", "is no name for a theme"),
    ],
)
def test_a_wrong_theme_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        stated(tmp_path, text)
    assert words in caught.value.problems[0]


def test_a_wrong_file_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        stated(tmp_path, "", mine="background = '#000'\nforeground = 3\n")
    assert "themes/mine.toml:2: foreground takes a colour" in caught.value.problems[0]
    with pytest.raises(ConfigError) as caught:
        stated(tmp_path, "", mine="background = \n")
    assert "themes/mine.toml:1: this is not TOML" in caught.value.problems[0]


async def test_the_picker_shows_each_theme_and_takes_it_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        assert reader.app.theme == "newsread-ink"
        await reader.press("ctrl+t")
        await reader.type("paper")
        assert reader.app.theme == "newsread-paper"
        await reader.press("escape")
        assert reader.app.theme == "newsread-ink"
        await reader.press("ctrl+t", "down")
        seen = reader.app.theme
        await reader.press("enter")
        assert reader.app.theme == seen != "newsread-ink"


async def test_a_theme_of_the_users_says_what_it_could_not_show(tmp_path: Path) -> None:
    mine = ThemeColours("mine", {"background": "#ffffff", "foreground": "#000000", "muted": "#fefefe"})
    settings = replace(config(tmp_path), themes=(mine,))
    async with reading(tmp_path, settings=settings) as reader:
        await reader.press("ctrl+t")
        await reader.type("mine")
        await reader.press("enter")
        assert reader.app.theme == "mine"
        assert "mine: made readable: muted" in reader.text("footer")
