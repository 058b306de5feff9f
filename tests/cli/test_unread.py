"""`newsread unread`, and its number for status bars."""

import os
import subprocess
import sys

import pytest

from reader.cli import main, quick
from reader.config import load
from reader.store import Store, glance
from tests.test_imports import QUICK, loaded, packages, run


def test_feeds_are_listed_with_their_unread_articles(newsread, store, filled):
    store.marks.read(filled[1:2])
    assert newsread("unread").rows == [["2", "2", "Morning Post"], ["2", "1", "The Wire"]]
    store.marks.read(filled[:3])
    assert newsread("unread").rows == [["2", "2", "Morning Post"]]
    (record,) = newsread("unread", "--json").records
    assert record == {"feed": 2, "title": "Morning Post", "topic": "", "unread": 2}
    store.marks.read(filled)
    ran = newsread("unread")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing is unread\n")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ([], 5),
        (["--topic", "world"], 3),
        (["--feed", "Post"], 3),
        (["--feed", "1", "--topic", "World"], 1),
        (["--topic", "Sport", "--feed", "1"], 0),
    ],
)
def test_the_bare_number(newsread, filled, words, number):
    assert newsread("unread", "--count", *words).out == f"{number}\n"
    assert newsread("unread", *words, "--count", "--json").records == [{"unread": number}]


def test_odd_words_are_said(newsread, filled):
    assert newsread("unread", "--feed", "nobody").code == 1
    assert "there is no topic 'Wrld'; did you mean 'World'?" in newsread("unread", "--topic", "Wrld").err
    assert newsread("unread", "--cont").code == 2


def test_the_number_is_a_glance(newsread, home, store, filled, monkeypatch):
    """Only the short way may be taken, and it gives what the command gives."""
    monkeypatch.setattr("reader.cli.dispatch.dispatch", lambda words: pytest.fail("the long way"))
    assert newsread("unread", "--count").out == "5\n"
    store.marks.read(filled[:2])
    assert newsread("unread", "-c").out == "3\n", "while another has the library open"


def test_the_glance_loads_nothing_that_it_does_not_need(tmp_path):
    with Store.open(tmp_path / "library.db"):
        pass
    modules = loaded(run("unread", "--count"), tmp_path)
    assert not packages(modules) & (QUICK | {"argparse", "dataclasses", "json", "tomllib", "pathlib"})
    assert "reader.store.library" not in modules


def test_a_glance_leaves_the_library_alone(home, store, filled):
    store.close()
    before = (home / "library.db").read_bytes()
    assert glance.unread(str(home / "library.db")) == 5
    assert (home / "library.db").read_bytes() == before


def test_without_a_library_there_is_nothing_unread(newsread, home):
    assert newsread("unread", "--count").out == "0\n"


@pytest.mark.parametrize("spoil", [b"", b"no library" * 999])
def test_what_is_no_library_takes_the_long_way(newsread, home, spoil):
    (home / "library.db").write_bytes(spoil)
    assert quick.answer(["unread", "--count"]) == ""
    ran = newsread("unread", "--count")
    assert (ran.code, "is not a newsread library" in ran.err) == ((1, True) if spoil else (0, False))


def test_an_older_library_takes_the_long_way(home, store, filled, newsread):
    store.db.run("PRAGMA user_version = 1")
    assert glance.unread(str(home / "library.db")) is None
    store.db.run("PRAGMA user_version = 99")
    store.close()
    ran = newsread("unread", "--count")
    assert ran.code == 1
    assert "newer newsread" in ran.err


@pytest.mark.parametrize(
    "config", [None, "", 'library = "/a/b.db"\n', 'library = "near.db"\n', "library = 3\n", "library = ["]
)
@pytest.mark.parametrize("named", [{}, {"NEWSREAD_LIBRARY": "/c.db"}, {"NEWSREAD_CONFIG": ""}])
@pytest.mark.parametrize("xdg", [True, False])
def test_the_library_is_found_where_the_settings_find_it(tmp_path, monkeypatch, config, named, xdg):
    for name in ("NEWSREAD_LIBRARY", "NEWSREAD_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    if xdg:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    for name, value in named.items():
        monkeypatch.setenv(name, value or str(tmp_path / "mine.toml"))
    if config is not None:
        folder = tmp_path / ("conf" if xdg else ".config") / "newsread"
        folder.mkdir(parents=True)
        for path in (folder / "config.toml", tmp_path / "mine.toml"):
            path.write_text(config)
    found = quick.library(os.environ)
    if (
        config in ("library = 3\n", "library = [", 'library = "near.db"\n')
        and "NEWSREAD_LIBRARY" not in named
    ):
        assert not found, "the command itself finds what is wrong, or where it is"
    elif config not in ("library = 3\n", "library = ["):
        assert found == str(load().library)


def test_the_number_goes_into_a_pipe_that_is_closed(home):
    with Store.open(home / "library.db"):
        pass
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-P", "-m", "reader", "unread", "--count"]
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=30, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert main(["unread", "--count"]) == 0
