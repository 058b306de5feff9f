"""The top stories at the desk: ranked, counted, and left again."""

from __future__ import annotations

from pathlib import Path

from reader.model import View
from reader.store import Store
from tests.tui.desks import reading, settle
from tests.tui.test_stories import FLOOD, flood, flooded, tell


async def test_the_bar_begins_with_the_top_stories_that_have_something_unread(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, _):
        assert reader.lines("topics")[0].startswith(" p Top 2   0 All 34")
        await reader.press("m")
        assert reader.lines("topics")[0].startswith(" p Top 2   0 All 33")  # its other reports are unread
        await reader.press("M")
        assert reader.lines("topics")[0].startswith(" p Top 1   0 All 30")


async def test_p_ranks_stories_by_who_tells_them_without_days_and_escape_leaves(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        reader.desk.headlines.select(reader.desk.headlines.ids[-1])
        await settle(reader.pilot)
        await reader.press("p")
        assert len(reader.desk.headlines.ids) == 2
        assert reader.desk.headlines.ids[0] == reports[0]  # four sources before two
        assert "top stories" in reader.text("status")
        assert "───" not in reader.text("headlines")
        assert FLOOD[:20] in reader.text("article")
        await reader.press("e")
        assert list(reader.desk.headlines.ids[:4]) == reports
        assert len(reader.desk.headlines.ids) == 5
        await reader.press("j", "escape")
        assert "top stories" not in reader.text("status")
        assert reader.desk.headlines.selected == reports[1]


async def test_a_topic_leaves_the_top_stories_and_the_picker_and_the_mouse_lead_there(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, _):
        await reader.press("p", "1")
        assert not reader.desk.view.top
        assert reader.desk.view.topic
        await reader.press("t")
        await reader.type("top")
        await reader.press("enter")
        assert reader.desk.view.top
        assert reader.desk.view.topic == ""
        await reader.press("0")
        assert not reader.desk.view.top
        await reader.pilot.click("#topics", offset=(4, 0))
        await settle(reader.pilot)
        assert reader.desk.view.top


async def test_all_top_stories_are_marked_read_and_nothing_else(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("p", "A")
        assert "6 marked read" in reader.text("footer")
        assert all(reader.read(id) for id in reports)
        assert "28 unread" in reader.text("status")
        assert reader.lines("topics")[0].startswith(" p Top   0 All 28")
        await reader.press("v")
        assert list(reader.desk.headlines.ids) == [reports[0]]  # the open one stays


async def test_another_order_does_not_move_the_cursor_from_its_article(tmp_path: Path) -> None:
    async with flooded(tmp_path) as (reader, reports):
        await reader.press("p", "j")
        second = reader.desk.headlines.selected
        assert second != reports[0]
        with Store.open(reader.desk.config.library) as other:
            tell(other, "Lagos Gazette", 0.1, number=600)
        reader.desk._look()
        await settle(reader.pilot)
        await settle(reader.pilot)
        assert reader.desk.headlines.selected == second
        assert "+4" in reader.text("headlines")


async def test_without_a_top_story_the_bar_has_none_and_p_says_so(tmp_path: Path) -> None:
    def apart(store: Store) -> None:
        told = [row.id for row in store.lists.rows(store.lists.ids(View())) if row.story]
        assert store.stories.part(told, each=True)

    async with reading(tmp_path, also=apart) as reader:
        assert reader.lines("topics")[0].startswith(" 0 All 30")
        await reader.press("p")
        assert "No top stories now" in reader.text("headlines")
        assert reader.lines("topics")[0].startswith(" p Top   0 All 30")
        await reader.press("escape")
        assert "World article 1" in reader.text("headlines")


async def test_the_ticker_begins_with_the_top_story(tmp_path: Path) -> None:
    async with reading(tmp_path, also=flood, reduced_motion=True) as reader:
        assert reader.text("ticker").startswith(f"▸ {FLOOD[:20]}")
