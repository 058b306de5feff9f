"""Following the config file: what changes holds at once, a mistake is told and leaves all as it was."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from reader.config import load
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.desk.settings import stamps
from reader.tui.instant import kept
from tests.tui.desks import Reader, fill, settle

BASE = "[refresh]\non_start = false\n"


class Settings(Reader):
    """A reader whose config file is written beside the desk."""

    written = 0

    async def write(self, text: str) -> str:
        """Write the file, let the desk look, and return what it says."""
        path = self.desk.config.path
        path.write_text(BASE + text)
        self.written += 1
        os.utime(path, ns=(self.written, self.written))  # two writes may fall into one tick of the clock
        return await self.look()

    async def look(self) -> str:
        self.desk.footer.hush()
        self.desk._look()
        await settle(self.pilot)
        await settle(self.pilot)
        return self.desk.footer.said


@asynccontextmanager
async def open_desk(folder: Path, text: str = "", **asked: object) -> AsyncIterator[Settings]:
    path = folder / "config.toml"
    path.write_text(BASE + text)
    config = load(path, folder / "library.db", env={})
    ui = replace(config.ui, **asked)  # type: ignore[arg-type]
    origins = {f"ui.{name}": f"--{name}" for name in asked}
    config = replace(config, state=None, ui=ui, origins={**config.origins, **origins})
    store = Store.open(config.library)
    fill(store)
    app = NewsApp(config, store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        yield Settings(app, pilot)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("NEWSREAD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


async def test_an_unchanged_file_is_not_read_again(tmp_path, monkeypatch):
    async with open_desk(tmp_path) as reader:
        monkeypatch.setattr("reader.tui.desk.settings.load", None)
        assert await reader.look() == ""
        assert reader.desk.settings_hold


async def test_a_change_between_reading_the_file_and_opening_the_desk_is_seen(tmp_path):
    async with open_desk(tmp_path) as reader:
        reader.desk._read = ((str(reader.desk.config.path), "as it was then"),)
        assert not reader.desk.settings_hold
        assert await reader.look() == "", "nothing that is shown has changed"
        assert reader.desk.settings_hold


async def test_the_theme_changes_at_once(tmp_path):
    async with open_desk(tmp_path) as reader:
        said = await reader.write('[ui]\ntheme = "newsread-paper"\n')
        assert said == "settings changed: ui.theme"
        assert reader.app.theme == "newsread-paper"
        assert reader.app.config is reader.desk.config
        assert await reader.write("") == "settings changed: ui.theme"
        assert reader.app.theme == "newsread-ink"


async def test_a_theme_of_ones_own_is_made_and_made_anew(tmp_path):
    text = '[ui]\ntheme = "mine"\n[themes.mine]\nbackground = "%s"\nforeground = "#ffffff"\n'
    async with open_desk(tmp_path) as reader:
        await reader.write(text % "#101010")
        assert (reader.app.theme, reader.app.current_theme.background) == ("mine", "#101010")
        assert await reader.write(text % "#202020") == "settings changed: themes"
        assert reader.app.current_theme.background == "#202020"
        assert reader.app.get_css_variables()["background"] == "#202020"
        folder = tmp_path / "themes"
        folder.mkdir()
        (folder / "other.toml").write_text('background = "#000000"\nforeground = "#eeeeee"\n')
        assert await reader.look() == "settings changed: themes"
        assert "other" in reader.app.available_themes
        await reader.write("")
        assert reader.app.theme == "newsread-ink"
        assert "mine" not in reader.app.available_themes


async def test_keys_are_bound_anew(tmp_path):
    async with open_desk(tmp_path) as reader:
        first = reader.desk.headlines.selected
        said = await reader.write('[keys]\ndown = "e"\ntoggle_star = "j"\n')
        assert said == "settings changed: keys"
        await reader.press("e")
        second = reader.desk.headlines.selected
        assert second != first
        await reader.press("j")
        assert reader.desk.headlines.selected == second
        assert reader.desk.shelf.store.lists.rows([second])[0].starred
        await reader.write("")
        await reader.press("e")
        assert reader.desk.headlines.selected == second
        await reader.press("j")
        assert reader.desk.headlines.selected != second


async def test_the_preset_too(tmp_path):
    async with open_desk(tmp_path) as reader:
        assert "p Top" in reader.text("topics")
        assert await reader.write('[keys]\npreset = "newsboat"\n') == "settings changed: keys.preset"
        assert "P Top" in reader.text("topics")
        assert next(key.keys for key in reader.desk.keys if key.action == "undo") == ("U",)


async def test_the_panes_follow(tmp_path):
    async with open_desk(tmp_path) as reader:
        said = await reader.write(
            "[ui]\nticker = false\nticker_speed = 3\nreduced_motion = true\nrelated = false\n"
            "group_stories = false\n"
        )
        assert said == (
            "settings changed: ui.ticker, ui.ticker_speed, ui.reduced_motion, ui.related and 1 more"
        )
        desk = reader.desk
        assert not desk.ticker.display
        assert (desk.ticker.speed, desk.ticker.still) == (3, True)
        assert desk.has_class("-no-related")
        assert not desk.view.grouped
        await reader.write("")
        assert desk.ticker.display
        assert not desk.has_class("-no-related")
        assert desk.view.grouped


async def test_what_is_asked_for_later_is_asked_of_the_new_settings(tmp_path):
    async with open_desk(tmp_path) as reader:
        await reader.write("interval = 77\n[fetch]\ntimeout = 7\n")
        assert (reader.desk.config.refresh.interval, reader.desk.config.fetch.timeout) == (77, 7)


async def test_views_topics_and_rules_follow(tmp_path, monkeypatch):
    async with open_desk(tmp_path) as reader:
        asked = []

        async def follow_rules() -> None:
            asked.append((reader.desk.config.topics, reader.desk.config.rules))

        monkeypatch.setattr(reader.desk, "follow_rules", follow_rules)
        assert await reader.write('[views]\nMine = "title:sport"\n') == "settings changed: views"
        assert "Mine" in reader.text("topics")
        assert not asked
        reader.desk.show_topic("\tMine")
        await settle(reader.pilot)
        before = len(reader.desk.laid.ids)
        await reader.write('[views]\nMine = "title:\\"Sport article 101\\""\n')
        assert reader.desk.view.query == 'title:"Sport article 101"'
        assert len(reader.desk.laid.ids) < before
        await reader.write('[topics]\nGames = ["sport"]\n[[rules]]\nname = "x"\nhide = "title:sport"\n')
        ((topics, rules),) = asked
        assert (topics[0].name, rules[0].name) == ("Games", "x")
        assert "Mine" not in reader.text("topics")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[ui]\ntheem = 1\n", "config.toml:4: unknown key 'ui.theem'; did you mean 'theme'?"),
        (
            '[ui]\ntheme = "newsread-papr"\n',
            "config.toml:4: there is no theme 'newsread-papr'; did",
        ),
        ("[ui]\ntheme = \n", "config.toml:4: this is not TOML"),
        ('[keys]\ndwon = "j"\n', "config.toml:4: unknown action 'dwon'; did you mean 'down'?"),
        ('[themes.x]\nbackground = "red"\nforeground = "#fff"\n', "config.toml:4: background takes a colour"),
        ("[ui]\ntheem = 1\nticker = 3\n", "and 1 more"),
    ],
)
async def test_a_mistake_is_told_with_its_line_and_all_stays(tmp_path, text, words):
    async with open_desk(tmp_path, "[ui]\nticker_speed = 9\n") as reader:
        before = reader.desk.config
        said = await reader.write(text)
        assert words in said
        assert said.endswith("the settings stay as they were")
        assert reader.desk.config is before
        assert await reader.look() == "", "it is told once"
        assert not reader.desk.settings_hold, "what the next launch would show is not what is here"
        assert await reader.write("[ui]\nticker_speed = 9\n") == ""
        assert reader.desk.settings_hold


async def test_a_file_that_is_gone_for_a_moment_is_waited_for(tmp_path):
    async with open_desk(tmp_path, "[ui]\nticker_speed = 9\n") as reader:
        path = reader.desk.config.path
        path.rename(tmp_path / "saved")
        assert await reader.look() == ""
        (tmp_path / "saved").rename(path)
        assert await reader.look() == ""
        assert reader.desk.config.ui.ticker_speed == 9
        path.unlink()
        assert await reader.look() == ""
        said = await reader.look()
        assert "config.toml: there is no such file" in said, "it was asked for by name"
        assert reader.desk.config.ui.ticker_speed == 9


async def test_what_the_command_line_asks_for_goes_on_to_win(tmp_path):
    async with open_desk(tmp_path, theme="newsread-night", reduced_motion=True) as reader:
        await reader.write('[ui]\ntheme = "newsread-paper"\nticker_speed = 9\n')
        assert reader.app.theme == "newsread-night"
        assert (reader.desk.config.ui.ticker_speed, reader.desk.ticker.still) == (9, True)


async def test_the_environment_goes_on_to_win(tmp_path, monkeypatch):
    async with open_desk(tmp_path) as reader:
        monkeypatch.setenv("NEWSREAD_UI_THEME", "newsread-dusk")
        await reader.write('[ui]\ntheme = "newsread-paper"\n')
        assert reader.app.theme == "newsread-dusk"


async def test_another_library_waits_for_the_next_start(tmp_path):
    async with open_desk(tmp_path) as reader:
        place = reader.desk.config.library
        reader.desk.config = replace(reader.desk.config, origins={})  # not by --library
        reader.desk.config.path.write_text(f'library = "{tmp_path}/other.db"\n' + BASE)
        assert await reader.look() == "another library: from the next start on"
        assert reader.desk.config.library == place


async def test_no_picture_is_kept_of_settings_that_have_changed(tmp_path, monkeypatch):
    monkeypatch.setattr("reader.frame.early.words", list)
    async with open_desk(tmp_path) as reader:
        monkeypatch.setattr(kept, "_returns", lambda desk: True)
        reader.desk.config = replace(reader.desk.config, state=tmp_path / "desk.json")
        picture = kept.picture(reader.desk)
        assert picture is not None
        assert (str(tmp_path / "themes" / "newsread-ink.toml")) in [path for path, _ in picture.stamps]
        reader.desk.config.path.write_text(BASE + '[ui]\ntheme = "nord"\n')
        assert kept.picture(reader.desk) is None


def test_files_of_themes_are_looked_at(tmp_path):
    config = tmp_path / "config.toml"
    none = stamps(config)
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "a.toml").write_text("x")
    one = stamps(config)
    (tmp_path / "themes" / "a.toml").write_text("xy")
    (tmp_path / "themes" / "notes.txt").write_text("x")
    assert none != one != stamps(config)
    assert [Path(path).name for path, _ in stamps(config)] == ["config.toml", "a.toml"]
