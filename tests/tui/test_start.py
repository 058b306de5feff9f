"""Starting: the sample edition, the ways to begin, sources opened for a moment, a refresh at the desk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reader import edition
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.launch import LaunchError, edition_app, library_app
from tests.server import Reply, Server
from tests.tui.desks import Reader, config, settle, shown

PAGE = edition.SAMPLES / "phnom-penh-2024-06-13.txt"
TICKER = (
    "China Monitors Shooting Incident Involving Former U.S. President Trump",
    "Cambodian Prime Minister Dismisses Rumors of Foreign Electric Taxi Operations",
    "ITC02 Triumphs at Cambodia Robocon 2024, Set to Represent Nation in Vietnam",
    "Senate President Hun Sen Escorts King in Banquet for Vietnamese President",
    "BYD Asia Pacific to Establish Electric Vehicle Assembly Plant in Cambodia",
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_news_page_shows_its_three_parts(tmp_path: Path, size: tuple[int, int]) -> None:
    app = edition_app(config(tmp_path), (str(PAGE),))
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("enter")
        assert tuple(headline.title for headline in reader.desk.ticker.headlines) == TICKER
        text = reader.text("article")
        assert "Cambodia Seeks to Enhance Immigration Management and Crime Prevention" in text
        assert "13 June 2024" in text
        assert "Phnom Penh, June 13, 2024: A delegation from Cambodia" in text
        await reader.press("G")
        assert "public safety and administrative reforms." in reader.text("article")
        await reader.press("i") if size[0] < 120 else await reader.press("tab")
        await reader.press("g")
        sidebar = reader.text("related")
        assert "On this page" in sidebar
        assert sidebar.index("Cambodian Prime Minister") < sidebar.index("Cambodia, Prime Minister")


async def test_a_ticker_headline_without_an_article_says_so(tmp_path: Path) -> None:
    app = edition_app(config(tmp_path), (str(PAGE),))
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("shift+tab", "right", "enter")
        assert reader.desk.pane == "ticker"
        assert "is only a headline" in reader.text("footer")


async def test_a_changed_file_is_read_again_in_place(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("A headline\n\nThe first text.\n")
    app = edition_app(config(tmp_path), (str(page),))
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        assert "The first text." in reader.text("article")
        page.write_text("A headline\n\nAnother text than before.\n")
        await reader.press("R")
        assert "Another text than before." in reader.text("article")
        assert len(reader.desk.headlines.ids) == 1


async def test_the_first_start_shows_samples_and_fetches_nothing(tmp_path: Path) -> None:
    app = library_app(config(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        assert type(app.screen).__name__ == "Welcome"
        await reader.press("escape")
        assert "sample edition" in reader.text("status")
        assert len(reader.desk.headlines.ids) > 10
    assert not (tmp_path / "library.db").exists() or not _feeds(tmp_path)


def _feeds(folder: Path) -> list[str]:
    with Store.open(folder / "library.db") as store:
        return [feed.url for feed in store.feeds.all()]


async def test_chosen_packs_become_subscriptions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.tui.desk.screen.Desk.refresh_feeds", lambda self, *feeds, due=False: None)
    app = library_app(config(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("space", "j", "j", "j", "space", "enter")
        assert reader.desk.edition is None
        assert "feeds" in reader.text("status")
    chosen = {feed.topic for feed in edition.packs() if feed.url in _feeds(tmp_path)}
    assert chosen == {"World", "Technology"}


async def test_a_local_file_is_subscribed_to_from_the_first_screen(tmp_path: Path) -> None:
    shutil.copy(PAGE, tmp_path / "page.txt")
    app = library_app(config(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("G", "enter")
        await reader.type(str(tmp_path / "page.txt"))
        await reader.press("enter")
        assert "Cambodia Seeks to Enhance" in reader.text("headlines")


async def test_what_other_readers_left_is_offered_and_taken_over_on_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("reader.tui.desk.screen.Desk.refresh_feeds", lambda self, *feeds, due=False: None)
    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat" / "urls").write_text("https://a.example/f World\nhttps://b.example/f\nexec:rm\n")
    app = library_app(config(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        assert "Take over newsboat  2 feeds, articles and read marks, 1 that" in shown(reader)
        await reader.press("enter")
        assert "2 added, 1 refused: why" in shown(reader)
        assert "exec:rm" in shown(reader)
        await reader.press("escape")
        assert reader.desk.edition is None
    assert _feeds(tmp_path) == ["https://a.example/f", "https://b.example/f"]


async def test_an_address_that_cannot_be_added_says_why(tmp_path: Path) -> None:
    app = library_app(config(tmp_path))
    async with app.run_test(size=(200, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        await reader.press("escape", "a")
        await reader.type("http://127.0.0.1:1/feed")
        await reader.press("enter")
        assert "connection refused" in reader.text("footer")
        assert not (tmp_path / "library.db").exists() or not _feeds(tmp_path)


async def test_a_refresh_at_the_desk_brings_news_and_says_what_failed(tmp_path: Path) -> None:
    with Server() as server:
        server.routes["/feed"] = Reply(_rss("Fresh from the server"))
        server.routes["/missing"] = Reply(status=404)
        settings = config(tmp_path)
        with Store.open(settings.library) as store:
            store.feeds.add(server.url("/feed"), title="Loopback", local=True)
            store.feeds.add(server.url("/missing"), title="Gone", local=True)
        app = NewsApp(settings, Store.open(settings.library))
        async with app.run_test(size=(120, 40)) as pilot:
            reader = Reader(app, pilot)
            await settle(pilot)
            await reader.press("R")
            assert "1 new article" in reader.text("footer")
            assert "Fresh from the server" in reader.text("headlines")
            assert "1 new article" in reader.text("footer")
            assert "404" in reader.text("footer")
            await reader.press("!")
            assert type(app.screen).__name__ == "Choose"
            await reader.press("escape")


def _rss(title: str) -> bytes:
    return (
        '<rss version="2.0"><channel><title>Loopback</title>'
        f"<item><title>{title}</title><guid>1</guid><description>Text.</description></item></channel></rss>"
    ).encode()


def test_sources_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "missing.txt", tmp_path / "empty"):
        with pytest.raises(LaunchError) as caught:
            edition_app(config(tmp_path), (str(source),))
        assert "\n" not in str(caught.value)


async def test_a_fault_of_our_own_ends_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(NewsApp, "is_headless", False)
    app = edition_app(config(tmp_path), (str(PAGE),))
    app._handle_exception(RuntimeError("boom"))
    assert isinstance(app.fault, RuntimeError)
    assert app.return_code == 1
    assert "Traceback" not in "".join(capsys.readouterr())
