"""Deleting, marking above and below, and when an opened article counts as read."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model import View
from tests.tui.desks import EVENT, reading, settle


async def test_a_deleted_article_goes_and_comes_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        first, second, third, *_ = reader.desk.headlines.ids
        await reader.press("j", "s", "D")
        assert second not in reader.desk.headlines.ids
        assert reader.desk.headlines.selected == third
        assert "deleted · u brings it back" in reader.text("footer")
        assert EVENT[0] in reader.text("article")  # the one that comes next, not marked read
        assert not reader.read(third)
        assert "29 unread" in reader.text("status")
        await reader.press("u")
        assert "taken back: deleted" in reader.text("footer")
        assert list(reader.desk.headlines.ids)[:3] == [first, second, third]
        assert reader.desk.headlines.selected == second
        assert "★ World article 2" in reader.text("headlines")
        await reader.press("u")
        assert "★" not in reader.text("headlines")


async def test_deleting_while_reading_shows_the_next_and_marks_it_not(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        first, second, *_ = reader.desk.headlines.ids
        await reader.press("enter", "D")
        assert reader.desk.pane == "article"
        assert "World article 2" in reader.text("article")
        assert not reader.read(second)
        await reader.press("backspace")
        assert "this is where you began" in reader.text("footer")
        await reader.press("u")
        assert reader.read(first)
        assert "World article 1" in reader.text("article")


async def test_the_last_article_leaves_the_cursor_on_the_one_before(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("G")
        before = reader.desk.headlines.ids[-2]
        await reader.press("D")
        assert reader.desk.headlines.selected == before


async def test_all_articles_may_be_deleted(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        from reader import library

        store = reader.desk.shelf.store
        library.delete(store, list(store.lists.ids(View()))[1:])
        reader.desk.reload()
        await settle(reader.pilot)
        await reader.press("D", "D")
        assert not reader.desk.headlines.ids
        assert "0 unread" in reader.text("status")
        await reader.press("u")
        assert "World article 1" in reader.text("article")


async def test_above_and_below(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("(")
        assert "nothing stands above" in reader.text("footer")
        await reader.press("j", "j", "j", "(")
        assert "4 above marked read" in reader.text("footer")  # a story of two among the three rows
        assert "26 unread" in reader.text("status")
        await reader.press("(")
        assert "everything above is read already" in reader.text("footer")
        await reader.press(")")
        assert "1 unread" in reader.text("status")
        assert not reader.read(reader.desk.headlines.ids[3])
        await reader.press("u")
        assert "taken back: all below marked read" in reader.text("footer")
        await reader.press("u")
        assert "30 unread" in reader.text("status")


@pytest.mark.parametrize(("when", "read"), [("open", True), ("never", False), (0.01, True), (500.0, False)])
async def test_when_an_article_counts_as_read(tmp_path: Path, when: str | float, read: bool) -> None:
    async with reading(tmp_path, mark_read=when) as reader:
        await reader.press("enter")
        await reader.pilot.pause(0.05)
        await settle(reader.pilot)
        assert reader.read(reader.desk.headlines.ids[0]) is read


async def test_what_was_left_again_before_its_time_stays_unread(tmp_path: Path) -> None:
    async with reading(tmp_path, mark_read=0.2) as reader:
        first, second, *_ = reader.desk.headlines.ids
        await reader.press("enter", "J")
        await reader.pilot.pause(0.4)
        await settle(reader.pilot)
        assert not reader.read(first)
        assert reader.read(second)
