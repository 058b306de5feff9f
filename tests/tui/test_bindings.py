"""Keys bound anew: the preset of newsboat, conflicts, and that what is bound is what works."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from textual.keys import _character_to_key
from textual.widgets import Input, OptionList

from reader.config import ConfigError, load
from reader.config.bindings import PRESETS as NAMES
from reader.config.bindings import same_key
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.keys import ACTIONS, KEYS, PRESETS, rebound, taken
from tests.tui.desks import Reader, config, fill, reading, settle


def mistake(tmp_path: Path, text: str) -> str:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(path, tmp_path / "library.db", env={}, actions=ACTIONS)
    return caught.value.problems[0].removeprefix(f"{path}:")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("browse = 's'\ntoggle_star = 's'", "3: keys.toggle_star: s calls browse already: choose another"),
        ("feeds_mute = 'x'\nfeeds_pause = 'x'", "3: keys.feeds_pause: x calls feeds_mute already"),
        ("search = '/'\nfilter = 'slash'", "3: keys.filter: slash calls search already"),
        ("dwon = 'j'", "2: unknown action 'dwon'; did you mean 'down'?"),
        ("down = 'ctlr+j'", "2: keys.down: there is no key 'ctlr+j'"),
        ("down = 'bogus'", "2: keys.down: there is no key 'bogus'"),
        ("down = '5'", "2: keys.down: 5 is taken: digits choose topics and links"),
        ("down = 'ctrl+i'", "2: keys.down: terminals send ctrl+i as tab: write 'tab'"),
        ("down = 'shift+j'", "2: keys.down: write 'J' for shift+j"),
        ("down = ','", '2: keys.down: write "comma" for the key ","'),
        ("preset = 'vim'", '2: keys.preset takes "default" or "newsboat", not the text \'vim\''),
    ],
)
def test_what_cannot_be_bound_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    assert words in mistake(tmp_path, "[keys]\n" + text)


@pytest.mark.parametrize("text", ["keys = 'newsboat'", "[keys]\npreset = 'newsboat'"])
def test_a_preset_is_chosen_in_two_ways(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    settings = load(tmp_path / "config.toml", tmp_path / "library.db", env={})
    assert (settings.preset, dict(settings.keys)) == ("newsboat", {})
    assert "1: keys takes" in mistake(tmp_path, "keys = 'vim'")


def test_a_key_may_call_one_action_of_each_screen(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[keys]\nbrowse = 'e'\nfeeds_mute = 'e'")
    settings = load(tmp_path / "config.toml", tmp_path / "library.db", env={}, actions=ACTIONS)
    assert dict(settings.keys) == {"browse": "e", "feeds_mute": "e"}
    assert next(key.keys for key in rebound(settings.keys) if key.action == "browse") == ("e",)


def test_each_key_has_one_name() -> None:
    for character in "/\\@-+_?!()[];:.,<>=*&%$#'\"|~^`{}éж":
        assert same_key(_character_to_key(character)) == character == same_key(character)
    assert same_key("ctrl+plus") == same_key("ctrl++") == "ctrl++"
    assert same_key("") == ""


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_each_key_once_and_leaves_no_action_without(preset: str) -> None:
    table = rebound({}, preset)
    names = Counter(same_key(name) for key in table for name in key.keys)
    assert "" not in names
    assert [name for name, times in names.items() if times > 1] == []
    assert [key.action for key, own in zip(table, KEYS, strict=True) if own.keys and not key.keys] == []
    assert set(PRESETS[preset]) <= set(ACTIONS)
    assert set(PRESETS) == set(NAMES)


def test_a_key_of_the_users_is_taken_from_the_action_that_had_it() -> None:
    table = {key.action: key.keys for key in rebound({"browse": "s,slash"})}
    assert table["browse"] == ("s", "slash")
    assert table["toggle_star"] == table["search"] == ()
    assert taken({"browse": "s,slash"}) == (
        "s calls browse now, no longer toggle_star, which has no key any more",
        "/ calls browse now, no longer search, which has no key any more",
    )
    assert taken({"down": "g"}) == ("g calls down now, no longer top",)
    assert taken({"browse": "o"}) == ()


async def test_the_desk_its_footer_and_its_help_have_the_bound_keys(tmp_path: Path) -> None:
    settings = replace(config(tmp_path), preset="newsboat", keys={"welcome": "W", "toggle_star": "ctrl+e"})
    async with reading(tmp_path, size=(120, 60), settings=settings) as reader:
        await reader.press("N")
        assert reader.read(reader.desk.headlines.ids[0])
        await reader.press("U", "ctrl+e")
        assert not reader.read(reader.desk.headlines.ids[0])
        assert "★ World article 1" in reader.text("headlines")
        assert "Ctrl+e star" in reader.text("footer") or reader.desk.footer.said
        await reader.press("l")
        assert reader.desk.view.unread
        await reader.press("s")
        assert "★ World article 1" in reader.text("headlines")  # s is nobody's key any more
        await reader.press("W")
        assert reader.app.screen.query("#welcome")


async def test_what_the_desk_says_names_the_keys_as_they_are(tmp_path: Path) -> None:
    settings = replace(config(tmp_path), preset="newsboat", keys={"back": "ctrl+g"})
    async with reading(tmp_path, settings=settings) as reader:
        await reader.press("C")
        assert "marked read · U takes it back" in reader.desk.footer.said
        await reader.press("slash")
        await reader.type("nowhere")
        await reader.press("enter")
        assert "Nothing found · Ctrl+g shows all" in reader.text("headlines")


async def test_the_screens_over_the_desk_heed_its_keys(tmp_path: Path) -> None:
    bound = {"back": "ctrl+g", "down": "ctrl+j,d", "help": "f1", "topics": "f2", "welcome": "f3"}
    settings = replace(config(tmp_path), keys=bound)
    store = Store.open(settings.library)
    fill(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=(120, 30)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("f1")
        before = app.screen.query_one("#help").scroll_offset.y
        await reader.press("d")
        assert app.screen.query_one("#help").scroll_offset.y > before
        await reader.press("ctrl+g")
        assert app.screen is reader.desk
        for opens, letters in (("f2", "d"), ("f3", "")):
            await reader.press(opens)
            rows = app.screen.query_one(OptionList)
            first = rows.highlighted
            await reader.press("ctrl+j")
            assert rows.highlighted != first
            await reader.press(*letters)
            assert [line.value for line in app.screen.query(Input)] == [letters] * bool(letters)
            await reader.press("ctrl+g")
            assert app.screen is reader.desk
