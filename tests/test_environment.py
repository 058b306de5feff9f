"""Settings out of the environment: its scalars, its mistakes, where a value is from."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from reader.config import ConfigError, load
from reader.config.environment import variables
from reader.config.values import TABLES
from reader.config.writing import default_toml, settings


def read(tmp_path, text="", **env):
    path = tmp_path / "config.toml"
    path.write_text(text)
    return load(path, Path("/nowhere/library.db"), env=env)


def mistakes(tmp_path, text="", **env):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, **env)
    return caught.value.problems


def test_each_scalar_of_the_default_file_has_a_variable(tmp_path):
    live = "\n".join(
        line.removeprefix("#") if line.startswith("#") and not line.startswith("# ") else line
        for line in default_toml().splitlines()
    )
    stated = tomllib.loads(live)
    scalars = {
        f"NEWSREAD_{table}_{key}".upper(): str(value).lower() if isinstance(value, bool) else str(value)
        for table in TABLES
        for key, value in stated[table].items()
        if not isinstance(value, list)
    }
    assert set(variables()) == set(scalars)
    config = read(tmp_path, **scalars)
    plain = read(tmp_path)
    assert config == plain, "the defaults, stated"
    shown = {item.key: item for item in settings(config)}
    stating = [name for name, text in scalars.items() if text]  # an empty variable states nothing
    assert all(shown[_key(name)].source == "environment" for name in stating)


def _key(name):
    table, item = variables()[name]
    return f"{table}.{item.metadata['name'] or item.name}"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("UI_THEME", "nord", lambda c: c.ui.theme == "nord"),
        ("UI_TICKER", "No", lambda c: c.ui.ticker is False),
        ("UI_TICKER", "1", lambda c: c.ui.ticker is True),
        ("UI_TICKER_SPEED", "2.5", lambda c: c.ui.ticker_speed == 2.5),
        ("UI_MARK_READ", "never", lambda c: c.ui.mark_read == "never"),
        ("UI_MARK_READ", "3", lambda c: c.ui.mark_read == 3.0),
        ("UI_MARK_READ", "false", lambda c: c.ui.mark_read == "never"),
        ("FETCH_MAX_MIB", "3", lambda c: c.fetch.max_bytes == 3 << 20),
        ("READING_IMAGES", "always", lambda c: c.reading.images == "always"),
        ("KEYS_PRESET", "newsboat", lambda c: c.preset == "newsboat"),
        ("REFRESH_INTERVAL", " 30 ", lambda c: c.refresh.interval == 30),
        ("UI_THEME", "", lambda c: c.ui.theme == "newsread-paper"),
    ],
)
def test_a_variable_wins_over_the_file(tmp_path, name, text, found):
    file = (
        '[ui]\ntheme = "newsread-paper"\nticker = true\nticker_speed = 9\nmark_read = 1\n'
        '[fetch]\nmax_mib = 9\n[reading]\nimages = "never"\n'
        '[keys]\npreset = "default"\n[refresh]\ninterval = 9\n'
    )
    assert found(read(tmp_path, file, **{f"NEWSREAD_{name}": text}))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("UI_TICKER", "maybe", "NEWSREAD_UI_TICKER takes true or false, not the text 'maybe'"),
        ("UI_TICKER", "2", "NEWSREAD_UI_TICKER takes true or false, not the text '2'"),
        (
            "FETCH_TIMEOUT",
            "soon",
            "NEWSREAD_FETCH_TIMEOUT takes a number from 1 to 600 (seconds)",
        ),
        ("FETCH_TIMEOUT", "nan", "NEWSREAD_FETCH_TIMEOUT takes a number from 1 to 600"),
        ("REFRESH_INTERVAL", "1", "NEWSREAD_REFRESH_INTERVAL takes a whole number from 5"),
        ("REFRESH_INTERVAL", "7.5", "NEWSREAD_REFRESH_INTERVAL takes a whole number from 5"),
        ("REFRESH_INTERVAL", "9" * 5000, "NEWSREAD_REFRESH_INTERVAL takes a whole number from 5"),
        ("READING_IMAGES", "alway", 'NEWSREAD_READING_IMAGES takes "never", "on demand" or "always"'),
        ("KEYS_PRESET", "vi", 'NEWSREAD_KEYS_PRESET takes "default" or "newsboat"'),
        ("UI_THEEM", "x", "NEWSREAD_UI_THEEM: there is no such setting; did you mean NEWSREAD_UI_THEME?"),
        ("FETCH_QQQQQQQQQQ", "x", "NEWSREAD_FETCH_QQQQQQQQQQ: there is no such setting; `newsread config`"),
        ("NOTIFY_QUERIES", "x", "NEWSREAD_NOTIFY_QUERIES: there is no such setting"),
    ],
)
def test_a_mistake_is_named_by_its_variable(tmp_path, name, text, words):
    (problem,) = mistakes(tmp_path, **{f"NEWSREAD_{name}": text})
    assert problem.startswith(words)
    assert "\n" not in problem


def test_mistakes_of_the_file_come_first(tmp_path):
    found = mistakes(tmp_path, "[ui]\ntheem = 1\n", NEWSREAD_UI_TICKER="x")
    assert ["config.toml:2" in words for words in found] == [True, False]


def test_other_variables_are_nobodys_business(tmp_path):
    env = {"NEWSREAD_DEBUG": "1", "NEWSREAD_SOAK": "9", "NEWSREADER_UI_THEME": "x", "UI_THEME": "x"}
    assert read(tmp_path, **env) == read(tmp_path)


def test_it_is_told_where_a_setting_comes_from(tmp_path):
    text = 'opener = "firefox"\n[ui]\nticker = false\n[views]\nMine = "unread"\n[keys]\nbrowse = "o"\n'
    shown = {item.key: item for item in settings(read(tmp_path, text, NEWSREAD_UI_THEME="nord"))}
    file = f"{tmp_path}/config.toml"
    found = {key: (item.source, item.where) for key, item in shown.items() if item.source != "default"}
    assert found == {
        "library": ("option", "--library"),
        "opener": ("file", f"{file}:1"),
        "ui.ticker": ("file", f"{file}:3"),
        "ui.theme": ("environment", "NEWSREAD_UI_THEME"),
        "views.Mine": ("file", f"{file}:5"),
        "keys.browse": ("file", f"{file}:7"),
    }
    preset = {item.key: item for item in settings(read(tmp_path, 'keys = "newsboat"\n'))}["keys.preset"]
    assert (preset.value, preset.source, preset.where) == ("newsboat", "file", f"{file}:1")


def test_all_tables_are_covered():
    assert {table for table, _ in variables().values()} == set(TABLES)
    assert all(len(fields(cls)) for cls in TABLES.values())
