"""Settings of single feeds, written into the user's file."""

from pathlib import Path

import pytest

from reader.config import ConfigError, load
from reader.config.document import ConfigError as Error
from reader.config.tuning import tune_feed, with_feed

URL = "https://a.example/feed"


def test_a_setting_is_written_changed_and_taken_out_again(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\nlibrary = "x.db"  # here\n')
    config = load(path)
    config = tune_feed(config, URL, "interval", 30)
    config = tune_feed(config, URL, "fulltext", "always")
    assert (config.feeds[URL].interval, config.feeds[URL].fulltext) == (30, "always")
    assert load(path).feeds == config.feeds
    config = tune_feed(tune_feed(config, URL, "interval", 90), URL, "fulltext", None)
    assert load(path).feeds[URL] == config.feeds[URL]
    assert (config.feeds[URL].interval, config.feeds[URL].fulltext) == (90, "")
    assert path.read_text() == (
        '# mine\nlibrary = "x.db"  # here\n\n[feeds."https://a.example/feed"]\ninterval = 90\n'
    )


def test_what_stands_in_the_table_stays() -> None:
    text = '[feeds."https://A.example:443/feed"] # the wire\nuser = "me" # I\n\n[ui]\nticker = false\n'
    made = with_feed(text, url=URL, key="interval", value=30)
    assert made == text.replace("wire\n", "wire\ninterval = 30\n")
    assert with_feed(made, url=URL, key="interval", value=None) == text
    assert with_feed(text, url=URL, key="interval", value=None) == text


def test_what_cannot_be_changed_is_said_and_left(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text := f'feeds = {{ "{URL}" = {{ user = "me" }} }}\n')
    with pytest.raises(ConfigError, match="edit it by hand"):
        tune_feed(load(path), URL, "interval", 30)
    assert path.read_text() == text


def test_an_interval_has_bounds(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[feeds."{URL}"]\ninterval = 1\n')
    with pytest.raises(Error, match="interval takes a whole number from 5 to 10080"):
        load(path)
