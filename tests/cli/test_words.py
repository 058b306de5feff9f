"""How words of the command line are read: sources, times, numbers."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.cli.moving import is_private
from reader.cli.parser import count, since
from reader.cli.sources import SourceError, source


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("-", "-"),
        ("https://Example.org", "https://example.org/"),
        ("example.org", "https://example.org/"),
        ("blog.example.org/feed.xml", "https://blog.example.org/feed.xml"),
        ("localhost:8000/f.xml", "http://localhost:8000/f.xml"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("ünï.example/", "https://xn--n-nga1b.example/"),
    ],
)
def test_addresses_are_recognised(home, word, meant):
    assert source(word) == meant


def test_what_exists_is_a_file(home, monkeypatch):
    (home / "example.org").touch()
    (home / "page one.txt").touch()
    assert source("example.org") == "example.org"
    assert source("file://" + str(home / "page%20one.txt")) == str(home / "page one.txt")
    monkeypatch.setenv("HOME", str(home))
    assert source("~/example.org") == str(home / "example.org")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("news.xml", "there is no file or folder 'news.xml'; did you mean 'newz.xml'?"),
        ("./add", "there is no file or folder './add'"),
        ("ftp://example.org/", "newsread fetches http and https addresses only"),
        ("https://me:secret@example.org/", "user name or password"),
        ("https://", "no address that can be fetched"),
        ("file:///nowhere/at/all", "there is no file or folder '/nowhere/at/all'"),
        ("javascript:alert(1)", "there is no file or folder"),
        ("a\0b", "there is no file or folder"),
        ("", "there is no file or folder"),
    ],
)
def test_what_is_neither_is_said(home, word, said):
    (home / "newz.xml").touch()
    with pytest.raises(SourceError) as caught:
        source(word)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=40))
@example("~\0")
def test_any_word_is_a_source_or_words(word):
    try:
        meant = source(word)
    except SourceError:
        return
    assert meant


def test_spans_and_dates():
    now = datetime.now(UTC)
    for text, hours in (("2d", 48), ("36h", 36), ("90min", 1.5), ("1w", 168), ("2 D", 48)):
        assert abs(since(text) - (now - timedelta(hours=hours))) < timedelta(minutes=1), text
    assert since("2026-01-31T12:00:00+02:00") == datetime(2026, 1, 31, 10, tzinfo=UTC)
    assert since("2026-01-31") == datetime(2026, 1, 31).astimezone(UTC)
    assert since("yesterday") < since("today") <= now


@pytest.mark.parametrize("text", ["", "d", "-2d", "2x", "99999999d", "2026-13-01", "0001-01-01", "soon"])
def test_other_times_are_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        since(text)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "1e3", "9" * 10])
def test_other_numbers_are_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        count(text)


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1:80/", True),
        ("http://[::1]/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://192.168.1.1/", True),
        ("http://169.254.169.254/", True),
        ("http://localhost/", True),
        ("http://router/", True),
        ("http://nas.local/", True),
        ("http://93.184.215.14/", False),
        ("https://example.org/", False),
    ],
)
def test_private_addresses_are_seen(url, private):
    assert is_private(url) is private
