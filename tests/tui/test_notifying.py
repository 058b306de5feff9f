"""Notices after a refresh: off by default, for what was asked, in safe words, once."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from reader import library
from reader.config.values import Notify
from reader.model import ParsedFeed, SavedView
from reader.store import Store
from reader.tui import notices
from reader.tui.app import NewsApp
from tests.tui.desks import Reader, config, entry, fill, settle
from tests.tui.news import headline

EVIL = "Evil \x1b]0;title\x07;1;2 <b>bold</b> & $(touch x)"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been started."""
    calls: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **_: calls.append(list(words)))
    return calls


async def told(folder: Path, given: list[list[str]], notify: Notify, *titles: str) -> list[list[str]]:
    """Open a desk, let another newsread bring articles, and return the notices."""
    views = (SavedView("My view", "title:giant"),)
    settings = replace(config(folder), notify=notify, views=views)
    store = Store.open(settings.library)
    fill(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        reader.desk._look()
        await settle(pilot)
        with Store.open(settings.library) as other:
            feed = other.feeds.all()[0]
            entries = tuple(entry(900 + n, title, hours=0.1 * n) for n, title in enumerate(titles))
            library.ingest(other, feed, ParsedFeed(title="x", entries=entries), now=entries[0].published)
        for _ in range(2):  # the second look tells nothing twice
            reader.desk._look()
            await settle(pilot)
        assert "did not work" not in reader.text("footer")
    return given


async def test_nothing_is_told_by_default(tmp_path: Path, given: list[list[str]]) -> None:
    assert await told(tmp_path, given, Notify(), "A giant squid") == []


async def test_the_desktop_is_told_once_with_words_as_arguments(
    tmp_path: Path, given: list[list[str]]
) -> None:
    assert await told(tmp_path, given, Notify(by="desktop"), EVIL, "A giant squid") == [
        [
            *("notify-send", "--app-name=newsread", "--", "newsread: 2 new articles"),
            "Evil ;1;2 &lt;b&gt;bold&lt;/b&gt; &amp; $(touch x) (Delta Post) and 1 more",
        ]
    ]


@pytest.mark.parametrize("query", ["squid", "My view"])
async def test_only_what_was_asked_for_is_told(tmp_path: Path, given: list[list[str]], query: str) -> None:
    wanted = Notify(by="desktop", queries=(query,), command=("say",))
    calls = await told(tmp_path, given, wanted, "A giant squid", "Something else")
    assert calls == [["say", "--", "newsread: 1 new article", "A giant squid (Delta Post)"]]


async def test_nothing_is_told_of_what_nobody_asked_for(tmp_path: Path, given: list[list[str]]) -> None:
    assert await told(tmp_path, given, Notify(by="desktop", queries=("zebra",)), "A giant squid") == []


@pytest.mark.parametrize("how", ["osc9", "osc99", "osc777", "bell", "never", "desktop"])
def test_the_terminals_sequences_hold_nothing_of_the_feeds_but_words(how: str) -> None:
    title, body = notices.words([headline(1, EVIL), headline(2, "Other")])
    made = notices.sequence(how, title, body)
    inside = made.replace("\x1b\\", "").replace("\x1b]", "").rstrip("\a")
    assert inside.isprintable()
    assert made.count("\x1b]") == {"osc99": 2, "osc9": 1, "osc777": 1}.get(how, 0)
    if how == "osc777":
        assert made.count(";") == 3


def test_a_missing_command_is_said() -> None:
    with pytest.raises(notices.NoticeError, match=r"/none/such does not start \(no such file or directory\)"):
        notices.to_desktop("a", "b", ("/none/such",))
