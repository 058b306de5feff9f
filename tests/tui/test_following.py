"""Followed stories at the desk: `w`, their mark, the Following view, the ticker's front, their end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reader import library
from reader.model import ParsedFeed
from reader.store import Store
from reader.tui.desk import following
from tests.tui.desks import EVENT, NOW, Reader, entry, reading

STORY = ("j", "j")  # to the story that two sources tell


def ticker(reader: Reader) -> list[str]:
    return [headline.title for headline in reader.desk.ticker.headlines]


async def test_w_follows_the_story_marks_its_row_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press(*STORY, "w")
        store = reader.desk.shelf.store
        assert "following this story" in reader.desk.footer.said
        assert len(store.following.articles()) == 2
        rows = reader.lines("headlines")
        at = next(at for at, line in enumerate(rows) if "Sokha" in line)
        assert "◆ Sokha" in rows[at]
        assert "· followed · +1" in rows[at + 1]
        assert sum("followed" in line for line in rows) == 1
        assert "W Following 2" in reader.text("topics")
        await reader.press("u")
        assert reader.desk.footer.said == "taken back: followed a story"
        assert not store.following.articles()
        assert "Following" not in reader.text("topics")
        assert "◆" not in reader.text("headlines")


async def test_w_again_leaves_the_story_also_from_the_article_and_undo_follows_on(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        store = reader.desk.shelf.store
        await reader.press(*STORY, "enter", "w")
        (story,) = store.following.all(NOW)
        await reader.press("w")
        assert "no longer following" in reader.desk.footer.said
        assert not store.following.articles()
        await reader.press("u")
        assert store.following.all(NOW) == [story]


async def test_a_followed_story_whose_reports_are_read_has_an_empty_diamond(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press(*STORY, "w", "M")
        assert "◇ Sokha" in reader.text("headlines")
        assert "W Following 0 All" in reader.text("topics")


async def test_the_view_of_followed_stories_by_key_bar_and_list(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        desk = reader.desk
        await reader.press("W")
        assert "no story is followed yet" in desk.footer.said
        everything = len(desk.headlines.ids)
        await reader.press(*STORY, "w", "W")
        assert desk.view.query == "followed"
        assert len(desk.headlines.ids) == 1
        assert "Following" in reader.text("status")
        await reader.press("e")
        assert len(desk.headlines.ids) == 2
        await reader.press("e", "W")
        assert len(desk.headlines.ids) == everything
        await reader.press("t")
        await reader.type("the stories that you")
        await reader.press("enter")
        assert desk.view.name == "Following"
        await reader.press("escape")
        at = reader.lines("topics")[0].index("Following")
        await reader.pilot.click("#topics", offset=(at + 2, 0))
        await reader.press("j")
        assert desk.view.name == "Following"


async def test_what_is_new_in_a_followed_story_comes_to_the_front_of_the_ticker(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        desk = reader.desk
        last = next(id for id in desk.headlines.ids[::-1] if id)
        desk.headlines.select(last)
        await reader.press("w")
        title = desk.headlines.row(last).title  # type: ignore[union-attr]
        assert ticker(reader)[1] == title  # after the one that is passing just now


async def test_the_entry_goes_when_the_last_story_has_been_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(tmp_path) as reader:
        await reader.press(*STORY, "w", "W")

        class Later(type(NOW)):  # type: ignore[misc]
            @classmethod
            def now(cls, tz: object = None) -> object:
                return NOW + timedelta(days=8)

        monkeypatch.setattr(following, "datetime", Later)
        reader.desk.shelf.store.following.end_quiet(NOW + timedelta(days=8))
        reader.desk.reload()
        await reader.press("k")
        assert "No story is followed now" in reader.text("headlines")
        await reader.press("escape")
        assert "Following" not in reader.text("topics")
        assert "◆" not in reader.text("headlines")


async def test_a_story_that_gets_another_report_has_it_marked(tmp_path: Path) -> None:
    def more(store: Store) -> None:
        feed, _ = store.feeds.add("https://c.example/f", title="Third")
        own = entry(203, EVENT[0] + " and more", f"<p>{EVENT[1]}</p>", hours=1)
        library.ingest(store, feed, ParsedFeed(entries=(own,)), now=NOW)

    async with reading(tmp_path) as reader:
        await reader.press(*STORY, "w")
        await reader.desk.ask(more, reader.desk.shelf.store)
        reader.desk.reload()
        await reader.press("j", "g")
        assert "W Following 3" in reader.text("topics")
        assert sum(line.count("◆") for line in reader.lines("headlines")) == 1
