"""Topics at the desk: why an article is where it is, and putting that right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader import child
from reader.config import Config
from reader.model import TopicRule, View
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.desk.correcting import reason
from reader.tui.launch import edition_app
from tests.tui.desks import Reader, config, fill, reading, settle, shown

PAGE = "One | Two |\n\nThe parliament votes\n\nParis, June 13, 2024: Ministers met. They will vote.\n"


async def refuse(config: Config, *words: str) -> child.Outcome:
    """Stand for a command that fails."""
    return child.Outcome(1, "the library is on strike")


def topics(reader: Reader, id: int) -> list[str]:
    """Return why an article belongs to its topics, as the desk says it."""
    return [reason(evidence) for evidence in reader.desk.shelf.store.topics.evidence(id)]


async def test_c_says_why_and_gives_the_article_another_topic_that_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        id = reader.desk.headlines.selected
        assert id is not None
        await reader.press("c")
        assert "World · category: World" in shown(reader)
        assert "now" in shown(reader)
        await reader.type("spor")
        await reader.press("enter")
        assert "Every article of Mekong Wire" in shown(reader)
        await reader.press("enter")
        assert topics(reader, id) == ["Sport · you said so"]
        assert "Sport: this article, from now on" in reader.text("footer")
        assert "Sport" in reader.text("article")
        await reader.press("c")
        assert "Sport · you said so" in shown(reader)
        await reader.type("as found")
        await reader.press("enter")
        assert topics(reader, id) == ["World · category: World"]
        await reader.press("u")
        assert topics(reader, id) == ["Sport · you said so"]
        await reader.press("u")
        assert topics(reader, id) == ["World · category: World"]


async def test_no_topic_is_a_topic_to_choose(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        id = reader.desk.headlines.selected
        assert id is not None
        await reader.press("c")
        await reader.type("no topic")
        await reader.press("enter")
        assert topics(reader, id) == []
        await reader.press("c")
        assert "no topic: you said so" in shown(reader)
        await reader.press("escape", "u")
        assert topics(reader, id) == ["World · category: World"]


async def test_thinking_better_of_it_changes_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        id = reader.desk.headlines.selected
        assert id is not None
        await reader.press("c", "escape")
        await reader.press("c")
        await reader.type("spor")
        await reader.press("enter", "escape")
        assert topics(reader, id) == ["World · category: World"]
        await reader.press("u")
        assert "nothing to take back" in reader.text("footer")


async def test_a_whole_feed_moves_with_its_articles_and_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("c")
        await reader.type("heal")
        await reader.press("enter", "down", "enter")
        store = reader.desk.shelf.store
        assert "Health: every article of Mekong Wire" in reader.text("footer")
        assert {feed.title: feed.topic for feed in store.feeds.all()} == {
            "Mekong Wire": "Health",
            "Delta Post": "",
        }
        assert len(store.lists.ids(View(topic="Health"))) == 15
        assert "Health 15" in reader.text("topics")
        await reader.press("u")
        assert not any(feed.topic for feed in store.feeds.all())
        assert len(store.lists.ids(View(topic="Health"))) == 0


async def test_a_feed_takes_the_article_that_was_put_elsewhere_along_and_gives_it_back(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path) as reader:
        id = reader.desk.headlines.selected
        assert id is not None
        for topic, everywhere in (("sport", ()), ("heal", ("down",))):
            await reader.press("c")
            await reader.type(topic)
            await reader.press("enter", *everywhere, "enter")
        assert topics(reader, id)[0] == "Health · feed: Health"
        await reader.press("u")
        assert topics(reader, id) == ["Sport · you said so"]


async def test_what_the_command_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "run", refuse)
    async with reading(tmp_path) as reader:
        await reader.press("c")
        await reader.type("heal")
        await reader.press("enter", "down", "enter")
        assert "the library is on strike" in reader.text("footer")
        await reader.press("u")
        assert "nothing to take back" in reader.text("footer")


async def test_in_an_edition_a_feed_is_moved_in_memory(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    app = edition_app(config(tmp_path), (str(page),))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        reader = Reader(app, pilot)
        await reader.press("c")
        await reader.type("heal")
        await reader.press("enter", "down", "enter")
        assert "Health" in reader.text("topics")
        assert not app.config.library.exists()


def ruled(folder: Path) -> NewsApp:
    """Return the app over the small library, with a topic in the config that the library has not seen."""
    settings = replace(config(folder), topics=(TopicRule("Floods", ("article",)),))
    settings.path.write_text('[topics]\nFloods = ["article"]\n', encoding="utf-8")
    store = Store.open(settings.library)
    fill(store)
    return NewsApp(settings, store)


async def test_topics_of_the_config_that_changed_are_applied_after_the_first_paint(tmp_path: Path) -> None:
    app = ruled(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await settle(pilot)
        reader = Reader(app, pilot)
        assert "1 Floods 28" in reader.text("topics")


async def test_topics_of_the_config_that_cannot_be_applied_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "run", refuse)
    app = ruled(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "on strike" in Reader(app, pilot).text("footer")
