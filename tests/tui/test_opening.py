"""Opening addresses at the desk: which ones are asked about first, and what is said when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model import Entry, ParsedFeed
from reader.store import Store
from reader.tui.desk import browser
from reader.tui.screens.choose import Choose
from tests.tui.desks import NOW, Reader, reading, shown


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the addresses that would be opened in a browser."""
    addresses: list[str] = []
    monkeypatch.setattr(browser, "opener", lambda configured=(): ("recorder",))
    monkeypatch.setattr(browser, "open_outside", lambda url, command: addresses.append(browser.checked(url)))
    return addresses


def linked(address: str):
    """Return a function that puts one article with this address on top of a library."""

    def add(store: Store) -> None:
        from reader import library

        feed, _ = store.feeds.add("https://c.example/f", title="Odd")
        page = Entry(
            title="Odd one", url=address, published=NOW, html=f"<p><a href='{address}'>there</a></p>"
        )
        library.ingest(store, feed, ParsedFeed(entries=(page,)), now=NOW)

    return add


@pytest.mark.parametrize(
    ("address", "doubted"),
    [
        ("https://example.org/1", ""),
        ("https://xn--bcher-kva.example/", ""),
        ("https://1password.example/", ""),
        ("http://93.184.216.34/", "number of a machine"),
        ("http://2130706433/", "number of a machine"),
        ("http://[2001:db8::1]/", "number of a machine"),
        ("https://example.org:8443/", "port 8443"),
        ("http://127.0.0.1:22/", "port 22"),
        ("http://printer/", "your own network"),
        ("http://localhost/", "your own network"),
        ("http://nas.local/", "your own network"),
        ("http://router.home.arpa/", "your own network"),
    ],
)
def test_which_addresses_are_asked_about(address, doubted):
    said = browser.doubt(address)
    assert bool(said) == bool(doubted)
    assert doubted in said


async def answered(reader: Reader, *keys: str) -> None:
    """Answer the question that stands over the desk."""
    assert isinstance(reader.app.screen, Choose)
    await reader.press(*keys)
    assert not isinstance(reader.app.screen, Choose)


@pytest.mark.parametrize("way", [("o",), ("enter", "1", "enter"), ("enter", "semicolon", "enter")], ids=str)
async def test_a_doubtful_address_is_opened_only_after_a_yes(tmp_path: Path, opened: list[str], way) -> None:
    odd = "http://10.0.0.1/reboot"
    async with reading(tmp_path, also=linked(odd)) as reader:
        await reader.press(*way)
        assert odd in shown(reader)
        assert "number of a machine" in shown(reader)
        await answered(reader, "enter")
        assert opened == []
        await reader.press(*way)
        await answered(reader, "escape")
        assert opened == []
        await reader.press(*way)
        await answered(reader, "down", "enter")
        assert opened == [odd]


async def test_a_key_held_down_does_not_open_a_crowd(tmp_path: Path, opened: list[str]) -> None:
    async with reading(tmp_path) as reader:
        await reader.press(*"o" * browser.OPENED_MAX)
        assert len(opened) == browser.OPENED_MAX
        await reader.press("o")
        assert "5 addresses were opened just now" in shown(reader)
        await answered(reader, "escape")
        reader.desk._visits = tuple(when - browser.OPENED_WITHIN for when in reader.desk._visits)
        await reader.press("o")
        assert len(opened) == browser.OPENED_MAX + 1


async def test_a_clicked_link_that_cannot_be_opened_is_only_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    async with reading(tmp_path) as reader:
        for address in ("https://example.org/1", "javascript:alert(1)"):
            reader.desk.article.post_message(reader.desk.article.LinkClicked(address))
            await reader.press("j")
            await reader.pilot.pause(0.05)
        assert reader.app.is_running
        reader.desk.follow("https://example.org/1")
        await reader.pilot.pause(0.05)
        assert "no browser" in reader.text("footer")
