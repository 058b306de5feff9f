"""The desk as it was left: view, article, place, widths and theme; and a bad file that does no harm."""

from __future__ import annotations

import json
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import Config
from reader.model import View
from reader.store import Store
from reader.tui import session
from reader.tui.app import NewsApp
from reader.tui.session import Session, State
from tests.tui.desks import Reader, config, fill, settle


@asynccontextmanager
async def again(settings: Config, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Reader]:
    """Open the desk on a library that is there, filled the first time."""
    fresh = not settings.library.exists()
    store = Store.open(settings.library)
    if fresh:
        fill(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield Reader(app, pilot)


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    return replace(config(tmp_path), state=tmp_path / "state" / "desk.json")


def kept(settings: Config) -> Path:
    assert settings.state is not None
    return settings.state


async def test_view_article_and_place_are_as_they_were_left(settings: Config) -> None:
    async with again(settings) as reader:
        bar = reader.text("topics")
        await reader.press(bar[bar.index("World") - 2], "v", "j", "enter", "ctrl+d")
        article, lines = reader.desk.current, reader.lines("article")
    assert stat.S_IMODE(kept(settings).stat().st_mode) == 0o600
    async with again(settings) as reader:
        assert reader.desk.view.topic == "World"
        assert reader.desk.view.unread
        assert reader.desk.current == article
        assert reader.desk.pane == "article"
        assert reader.lines("article")[0] in lines[:2]  # a blank line above a paragraph is not its own
        assert reader.desk.headlines.selected == article
        before = reader.desk.article.scroll_offset.y
        await reader.press("space")  # goes on, instead of opening it anew
        assert reader.desk.article.scroll_offset.y > before
    async with again(settings, size=(80, 24)) as reader:
        assert reader.desk.current == article


async def test_an_article_far_down_has_the_cursor_again(settings: Config) -> None:
    async with again(settings) as reader:
        await reader.press("G")
        last = reader.desk.headlines.selected
    async with again(settings) as reader:
        assert reader.desk.headlines.selected == last == reader.desk.current
        assert reader.desk.pane == "list"
        assert not reader.read(last or 0)


async def test_it_begins_anew_where_that_is_wanted_or_the_article_is_gone(settings: Config) -> None:
    async with again(settings) as reader:
        await reader.press("v", "j", "enter")
        first = reader.desk.headlines.ids[0]
    async with again(replace(settings, ui=replace(settings.ui, restore=False))) as reader:
        assert reader.desk.view == reader.desk.whole_view()
        assert reader.desk.current == first
        await reader.press("j", "j", "enter", "D")
    async with again(settings) as reader:
        assert reader.desk.current is not None


async def test_another_library_has_its_own_session(settings: Config, tmp_path: Path) -> None:
    async with again(settings) as reader:
        await reader.press("v")
    other = replace(settings, library=tmp_path / "other.db")
    async with again(other) as reader:
        assert not reader.desk.view.unread
    async with again(settings) as reader:
        assert reader.desk.view.unread


async def test_a_bad_file_is_passed_over_in_words(settings: Config) -> None:
    kept(settings).parent.mkdir()
    kept(settings).write_bytes(b"\x00{[")
    async with again(settings) as reader:
        assert "is passed over, it is d" in reader.text("footer")
        assert "World article 1" in reader.text("article")
    assert json.loads(kept(settings).read_text())["sessions"]


async def test_a_place_that_cannot_be_written_does_not_keep_the_desk_open(settings: Config) -> None:
    kept(settings).parent.write_text("a file where a folder should be")
    async with again(settings) as reader:
        assert reader.desk.is_current


async def test_a_dragged_border_marks_no_text(settings: Config) -> None:
    async with again(settings) as reader:
        border = reader.desk.article.region
        await reader.pilot.mouse_down(offset=(border.x, border.y + 1))
        await reader.pilot.hover(offset=(border.x + 20, border.y + 6))
        await reader.pilot.mouse_up(offset=(border.x + 20, border.y + 6))
        await settle(reader.pilot)
        assert reader.text("footer").strip().startswith("headlines: ")
        await reader.pilot.click("#footer")
        assert "? help" in reader.text("footer")


async def test_panes_keep_the_widths_that_keys_and_mouse_give_them(settings: Config) -> None:
    async with again(settings) as reader:
        before = reader.desk.headlines.outer_size.width
        await reader.press(">", ">")
        wider = reader.desk.headlines.outer_size.width
        assert wider > before
        await reader.press("l", ">")
        assert reader.desk.headlines.outer_size.width < wider
        border = reader.desk.related.region
        await reader.pilot.mouse_down(offset=(border.x, border.y + 3))
        await reader.pilot.hover(offset=(border.x - 10, border.y + 3))
        await reader.pilot.mouse_up(offset=(border.x - 10, border.y + 3))
        await settle(reader.pilot)
        assert abs(reader.desk.related.region.x - (border.x - 10)) <= 1
        width = reader.desk.headlines.outer_size.width
        await reader.press("h")
        assert reader.desk.pane == "article"
        await reader.press("<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<")
        assert "headlines: 60 %" in reader.text("footer")
        await reader.press(*["j"], *[">"] * 20)
        assert "headlines: 15 %" in reader.text("footer")
        assert reader.desk.headlines.outer_size.width < width
    async with again(settings) as reader:
        assert reader.desk.headlines.outer_size.width == 30  # a headline needs as much
        await reader.pilot.resize_terminal(70, 24)
        await settle(reader.pilot)
        assert reader.desk.article.outer_size.width == 70
        await reader.press("escape")
        assert reader.desk.headlines.outer_size.width == 70
        await reader.press(">")
        assert "no width to change" in reader.text("footer")


async def test_a_theme_that_was_chosen_stays_until_the_config_names_another(settings: Config) -> None:
    async with again(settings) as reader:
        reader.app.theme = "nord"
    async with again(settings) as reader:
        assert reader.app.theme == "nord"
    named = replace(settings, ui=replace(settings.ui, theme="newsread-paper"))
    async with again(named) as reader:
        assert reader.app.theme == "newsread-paper"
    assert State(theme=("nord", "newsread-ink")).colours("newsread-ink") == "nord"


VIEWS = st.builds(
    View,
    topic=st.text(max_size=20).map(str.strip),
    feed=st.none() | st.integers(1, 1 << 40),
    unread=st.booleans(),
    starred=st.booleans(),
    top=st.booleans(),
    grouped=st.booleans(),
)


@given(VIEWS, st.integers(0, 1 << 40), st.tuples(st.integers(0, 99), st.integers(0, 99)), st.booleans())
def test_what_is_written_is_read(view: View, article: int, place: tuple[int, int], reading: bool) -> None:
    from reader.text import one_line

    left = Session(replace(view, topic=one_line(view.topic)), article, place, reading=reading)
    assert session._session(json.loads(json.dumps(session._stated(left)))) == left


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["sessions", "widths", "theme", "view", "article", "place", "topic", "feed", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["sessions", "widths", "theme"]), JSON))
def test_any_file_gives_a_state(stated: dict[str, object]) -> None:
    state = session._state(stated)
    assert all(15 <= share <= 60 for share in state.widths.values())
    for each in state.sessions.values():
        assert each.article >= 0
        assert isinstance(each.view.topic, str)
