"""Views and rules written into the config file: all else in it stays as it was."""

import tomllib
from datetime import UTC, datetime

import pytest

from reader.config import ConfigError, load
from reader.config.editing import add_rule, drop_rule, save_view, with_rule, with_view, without_rule
from reader.config.writing import default_toml
from reader.model import Mute, SavedView

FILE = """# mine
[topics]  # own
Votes = ["vote"]

[views]
# the first
Fresh = "unread since:2d"  # daily

[keys]
browse = "o"
"""
VIEW = SavedView('My "own"', "topic:world (a OR b)")
RULE = Mute("No cup", 'title:cup -"tea"', datetime(2026, 12, 1, 8, tzinfo=UTC))


def test_a_view_is_added_behind_the_others():
    made = with_view(FILE, VIEW)
    added = '"My \\"own\\"" = "topic:world (a OR b)"\n'
    assert made.replace(added, "") == FILE
    assert list(tomllib.loads(made)["views"]) == ["Fresh", 'My "own"']


def test_a_view_of_the_same_name_is_replaced():
    made = with_view(FILE, SavedView("Fresh", "unread"))
    assert made == FILE.replace('Fresh = "unread since:2d"  # daily', 'Fresh = "unread"')


@pytest.mark.parametrize(
    "text", ["", "[views]", "# only\n", FILE, default_toml(), "[views]\n\n[ui]\n", FILE.rstrip()]
)
def test_rules_and_views_go_into_any_file_and_rules_out_again(text):
    with_both = with_rule(with_view(text, VIEW), RULE)
    second = with_rule(with_both, Mute("B", "[b]"))
    assert tomllib.loads(second)["rules"][1] == {"name": "B", "hide": "[b]"}
    assert without_rule(second, "B").rstrip() == with_both.rstrip()
    assert tomllib.loads(without_rule(second, "No cup"))["rules"] == [{"name": "B", "hide": "[b]"}]


@pytest.mark.parametrize("text", ["views = { A = 'a' }\n", "views.A = 'a'\n[ui]\n"])
def test_what_stands_in_an_unusual_place_is_left_alone(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="edit it by hand"):
        save_view(load(path), VIEW)
    assert path.read_text() == text


def test_the_settings_go_along(tmp_path):
    path = tmp_path / "config.toml"
    config = load(env={"NEWSREAD_CONFIG": str(path), "NEWSREAD_LIBRARY": "x"})
    config = add_rule(save_view(config, VIEW), RULE)
    assert (config.views, config.rules) == ((VIEW,), (RULE,))
    assert load(path).views == (VIEW,)
    assert load(path).rules == (RULE,)
    config = drop_rule(save_view(config, SavedView(VIEW.name, "b")), RULE.name)
    assert (config.views, config.rules) == ((SavedView(VIEW.name, "b"),), ())
    assert load(path).rules == ()
    with pytest.raises(ConfigError, match="there is no rule 'X'"):
        drop_rule(config, "X")
