"""Queries at the desk: search and filter in one language, saved views in the bar, and rules that hide."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from reader.config import load
from reader.model import Mute, SavedView, View
from tests.tui.desks import Reader, reading, shown


def listed(reader: Reader) -> set[str]:
    """The headlines in the list."""
    rows = reader.desk.shelf.store.lists.rows(list(reader.desk.headlines.ids))
    return {row.title for row in rows}


async def ask(reader: Reader, key: str, text: str) -> None:
    await reader.press(key)
    await reader.type(text)
    await reader.press("enter")


async def test_search_and_filter_take_the_whole_language(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await ask(reader, "slash", 'topic:sport (title:"article 101" OR title:"article 102")')
        assert listed(reader) == {"Sport article 101", "Sport article 102"}
        await ask(reader, "f", "-102 source:delta")
        assert listed(reader) == {"Sport article 101"}
        await reader.press("escape", "escape")
        assert reader.desk.view.search == "" == reader.desk.view.filter


async def test_a_mistake_is_pointed_at_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        before = listed(reader)
        await ask(reader, "slash", "canberra titel:x")
        assert "column 10: there is no field 'titel'; did you mean 'title'?" in shown(reader)
        assert listed(reader) == before
        assert "canberra titel:x" in shown(reader)
        assert reader.desk.query_one(Input).cursor_position == 9
        await reader.press("escape")
        await reader.press("f")
        await reader.type("world (")
        assert reader.desk.view.filter in ("", "world (")
        await reader.press("escape")


@pytest.mark.parametrize("text", ["since:soon", "(canberra OR", "title:"])
async def test_what_is_not_finished_is_a_mistake_once_it_is_asked(tmp_path: Path, text: str) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("slash")
        await reader.type(text)
        assert "column" not in shown(reader)
        await reader.press("enter")
        assert "column" in shown(reader)
        assert reader.desk.view.search == ""


async def test_hits_of_the_headline_come_first_and_are_highlighted(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await ask(reader, "slash", "immigration")
        desk = reader.desk
        assert next(desk.headlines.row(id).title for id in desk.headlines.ids).startswith("Sokha meets Giles")
        assert desk.view.ranked
        line = next(n for n, text in enumerate(reader.lines("headlines")) if "immigration" in text)
        strip = desk.headlines.render_line(line)
        plain = next(s for s in strip if "meets" in s.text).style
        hit = next(s for s in strip if s.text == "immigration").style
        assert plain != hit


async def test_what_is_shown_is_saved_as_a_view_with_its_comments_around(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("# mine\n")
    async with reading(tmp_path) as reader:
        await reader.press("B")
        assert "nothing narrows this list" in reader.text("footer")
        await ask(reader, "slash", "topic:sport 101")
        await ask(reader, "B", "My sport")
        assert load(tmp_path / "config.toml").views == (SavedView("My sport", "topic:sport 101*"),)
        assert (tmp_path / "config.toml").read_text().startswith("# mine\n")
        assert "1 My sport" in reader.text("topics")
        assert "My sport" in reader.text("status")
        assert listed(reader) == {"Sport article 101"}
        await reader.press("0")
        assert len(listed(reader)) > 5
        await reader.press("1")
        assert reader.desk.view.name == "My sport"
        assert listed(reader) == {"Sport article 101"}
        await reader.press("escape")
        assert reader.desk.view == View(grouped=True)
        await reader.press("t")
        assert "1 unread of 1 · topic:sport 101*" in shown(reader)
        await reader.type("my sp")
        await reader.press("enter")
        assert listed(reader) == {"Sport article 101"}


async def test_a_rule_is_tried_made_and_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("H")
        assert "All of Mekong Wire" in shown(reader)
        await reader.type("topic world")
        await reader.press("enter")
        assert "articles of the last week" in shown(reader)
        assert "Mekong Wire · " in shown(reader)
        await reader.type("7 days")
        await reader.press("enter")
        assert all("World" not in title for title in listed(reader))
        (rule,) = load(tmp_path / "config.toml").rules
        assert rule.query == 'topic:"World"'
        assert rule.until is not None
        assert "u takes it back" in reader.text("footer")
        await ask(reader, "slash", "hidden")
        assert any("World" in title for title in listed(reader))
        await reader.press("H")
        assert "by the rule" in shown(reader)
        await reader.press("escape", "escape")
        await reader.press("u")
        assert any("World" in title for title in listed(reader))
        assert load(tmp_path / "config.toml").rules == ()


async def test_why_something_is_hidden_and_the_rule_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("H")
        await reader.type("words")
        await reader.press("enter")
        await reader.type("article")
        await reader.press("enter")
        await reader.type("good")
        await reader.press("enter")
        assert listed(reader) == {"Sokha meets Giles on immigration in Canberra"}
        await ask(reader, "slash", "hidden")
        await reader.press("H")
        assert "title:article, for good" in shown(reader)
        await reader.type("rule back")
        await reader.press("enter")
        await reader.press("escape")
        assert len(listed(reader)) > 10
        assert load(tmp_path / "config.toml").rules == ()


@pytest.mark.parametrize("query", ["unread", "since:2d", "("])
async def test_a_rule_asks_for_what_stays(tmp_path: Path, query: str) -> None:
    async with reading(tmp_path) as reader:
        reader.desk.hide_asked(query)
        await reader.pilot.pause()
        await reader.press("g")
        assert reader.desk.config.rules == ()
        assert not (tmp_path / "config.toml").exists()
        assert isinstance(Mute("a", query), Mute)
