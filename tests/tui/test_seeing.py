"""Pictures at the desk, on a loopback server, and how they are drawn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from rich.segment import Segment

from reader import library
from reader.config import extras
from reader.model import Entry, ParsedFeed, View
from reader.pictures.raster import Raster
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.typeset.copying import copied
from reader.tui.typeset.figure import HALF, Figure
from reader.tui.typeset.layout import Layout, Place
from reader.tui.typeset.lines import Ink, Marked, Prose, Run
from tests.extras import needs_images, picture
from tests.server import Reply, Server
from tests.tui.desks import NOW, Reader, config, settle

RED, BLUE = (200, 30, 40), (20, 40, 220)


def halves(width: int, height: int) -> Raster:
    row = bytes(RED) * (width // 2) + bytes(BLUE) * (width - width // 2)
    return Raster(width, height, row * height)


# Drawing


def test_a_picture_that_has_not_come_takes_no_line() -> None:
    assert Figure(url="u").lay(40).height == 0


def test_two_pixels_stand_in_a_cell() -> None:
    figure = Figure(url="u", raster=Raster(2, 2, bytes(RED + BLUE + BLUE + RED)))
    laid = figure.lay(40)
    assert laid.height == 1
    assert [(run.text, run.ink.pixels) for run in laid.line(0).runs] == [
        (HALF, "c81e281428dc"),
        (HALF, "1428dcc81e28"),
    ]


def test_cells_of_one_colour_are_one_run_and_an_odd_line_has_no_lower_half() -> None:
    laid = Figure(url="u", raster=halves(8, 3)).lay(40)
    assert laid.height == 2
    assert [(run.text, run.ink.pixels) for run in laid.line(1).runs] == [
        (HALF * 4, "c81e28"),
        (HALF * 4, "1428dc"),
    ]


@pytest.mark.parametrize("width", [1, 2, 10, 44, 76, 120])
def test_it_fits_every_width_and_keeps_its_shape(width: int) -> None:
    laid = Figure(url="u", raster=halves(76, 38)).lay(width)
    across = sum(len(run.text) for run in laid.line(0).runs)
    assert across == min(width, 76)
    assert abs(laid.height - across / 4) <= 1


def test_places_around_it_hold() -> None:
    words = [Prose(marked=Marked.of((Run(text, Ink()),)), gap=1) for text in "abc"]
    figure = Figure(url="u")
    before = Layout([words[0], figure, *words[1:]], 40)
    assert [before.line(y).text for y in range(before.height)] == ["", "a", "", "b", "", "c"]
    place = before.place(3)
    figure.raster = halves(8, 8)
    after = Layout([words[0], figure, *words[1:]], 40)
    assert after.height == before.height + 4
    assert after.line(after.find(place)).text == "b"
    assert after.find(Place(1, 500_000)) in range(2, 6)


def test_a_picture_is_not_copied() -> None:
    words = [Prose(marked=Marked.of((Run(text, Ink()),))) for text in ("above", "below")]
    layout = Layout([words[0], Figure(url="u", raster=halves(8, 8)), words[1]], 40)
    assert copied(layout, None, None) == "above\nbelow"


# At the desk


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.routes["/boat.png"] = Reply(picture((300, 200)), headers={"Content-Type": "image/png"})
        running.routes["/port.png"] = Reply(picture((200, 200)), headers={"Content-Type": "image/png"})
        yield running


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@asynccontextmanager
async def reading(folder: Path, server: Server, images: str = "on demand") -> AsyncIterator[Reader]:
    settings = config(folder)
    settings = replace(settings, reading=replace(settings.reading, images=images))
    store = Store.open(settings.library)
    feed, _ = store.feeds.add(server.url("/feed"), title="Wire", local=True)
    both = (
        f'<p>Before.</p><img src="{server.url("/boat.png")}" alt="The boat">'
        f'<p>Between.</p><img src="{server.url("/port.png")}" alt="The port"><p>After.</p>'
    )
    entries = (
        Entry(guid="1", url=server.url("/1"), title="Ferry sails again", published=NOW, html=both),
        Entry(
            guid="2", url=server.url("/2"), title="Nothing to see", published=NOW, html="<p>Words alone.</p>"
        ),
    )
    library.ingest(store, feed, ParsedFeed(title="Wire", entries=entries), now=NOW)
    app = NewsApp(settings, store)
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        reader = Reader(app, pilot)
        reader.desk.headlines.select(max(store.lists.ids(View())))
        await settle(pilot)
        assert "Ferry" in reader.text("article")
        yield reader


def rows(reader: Reader) -> int:
    return sum(HALF * 10 in line for line in reader.lines("article"))


def drawn(reader: Reader) -> list[Segment]:
    """Return the stretches of pictures that are on the screen."""
    pane = reader.desk.article
    return [part for y in range(pane.size.height) for part in pane.render_line(y) if HALF in part.text]


@needs_images
async def test_pictures_come_when_they_are_asked_for_and_go_again(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        await reader.press("enter")
        assert "▣ The boat" in reader.text("article")
        assert rows(reader) == 0
        assert server.hits == []
        await reader.press("I")
        await reader.until("I hides the pictures")
        whole = rows(reader)
        assert whole > 20
        assert all(segment.style and segment.style.bgcolor for segment in drawn(reader))
        assert "▣ The boat" in reader.text("article")
        await reader.press("I")
        assert rows(reader) == 0
        await reader.press("I")
        assert rows(reader) == whole
        assert sorted(server.paths()) == ["/boat.png", "/port.png"]  # once: the rest comes from the cache


@needs_images
async def test_they_are_done_with_when_another_article_is_opened(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        await reader.press("I")
        await reader.until("I hides")
        second, first = sorted(reader.desk.headlines.ids)
        reader.desk.open(second)
        await settle(reader.pilot)
        assert "Words alone" in reader.text("article")
        await reader.press("I")
        assert "this article has no pictures" in reader.text("footer")
        reader.desk.open(first)
        await settle(reader.pilot)
        assert rows(reader) == 0


@needs_images
async def test_a_mark_or_an_edit_leaves_them(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server) as reader:
        await reader.press("enter", "I")
        await reader.until("I hides")
        before = rows(reader)
        reader.desk.reopen()
        await settle(reader.pilot)
        await reader.until("")
        assert rows(reader) == before


@needs_images
async def test_one_that_fails_leaves_the_others(tmp_path: Path, server: Server) -> None:
    server.routes["/boat.png"] = Reply(b"", status=404)
    async with reading(tmp_path, server) as reader:
        await reader.press("I")
        await reader.until("1 of 2 pictures came: there is nothing at this address (404)")
        assert rows(reader) > 10


@needs_images
async def test_esc_stops_them(tmp_path: Path, server: Server) -> None:
    server.routes["/boat.png"] = lambda _: server.silence()
    async with reading(tmp_path, server) as reader:
        await reader.pilot.press("I")
        async with asyncio.timeout(20):
            while not rows(reader):
                await reader.pilot.pause(0.02)
        await reader.pilot.press("escape")
        await reader.until("stopped: the pictures that have come stay")
        await settle(reader.pilot)
        assert rows(reader) > 10


@needs_images
async def test_always_means_with_each_article_that_is_opened(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server, "always") as reader:
        assert server.hits == []  # a glance fetches nothing
        await reader.press("enter")
        assert rows(reader) > 20


async def test_never_means_never(tmp_path: Path, server: Server) -> None:
    async with reading(tmp_path, server, "never") as reader:
        await reader.press("enter", "I")
        assert 'images = "never"' in reader.text("footer")
        assert server.hits == []


async def test_without_the_extra_the_key_says_how_to_get_it(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "installed", lambda _: False)
    async with reading(tmp_path, server) as reader:
        await reader.press("I")
        assert "pictures need an extra: " in reader.text("footer")
        assert "newsread[images]" in reader.text("footer")
        assert server.hits == []
