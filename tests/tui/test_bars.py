from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from textual.app import App, ComposeResult
from textual.widget import Widget

from reader.model import Counts, Topic
from reader.tui.desk.refreshing import brought
from reader.tui.keys import KEYS
from reader.tui.panes.footer import Footer
from reader.tui.panes.statusbar import Progress, StatusBar
from reader.tui.panes.topicbar import TOP, TopicBar

NEWS = [
    Topic("World", 118, 200),
    Topic("Politics", 0, 5),
    Topic("Business", 1071, 2000),
    Topic("Sport", 3, 9),
]


class Harness(App[None]):
    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self.make = make
        self.chosen: list[str] = []
        self.acted: list[str] = []

    def compose(self) -> ComposeResult:
        widget = self.make()
        widget.styles.height = 1
        yield widget

    def line(self) -> str:
        return self.query("*").last(Widget).render_line(0).text.rstrip()

    def on_topic_bar_chosen(self, event: TopicBar.Chosen) -> None:
        self.chosen.append(event.topic)


def deeds(app: Harness, *actions: str) -> None:
    """Have actions of the screen that only note that they were called."""
    for action in actions:
        setattr(app.screen, f"action_{action}", partial(app.acted.append, action))


async def test_the_topic_bar_numbers_topics_and_counts_what_is_unread() -> None:
    app = Harness(TopicBar)
    async with app.run_test(size=(100, 5)):
        app.query_one(TopicBar).show(NEWS, unread=1192, chosen="World")
        assert app.line() == " 0 All 1,192   1 World 118   2 Politics   3 Business 1,071   4 Sport 3"
        assert app.query_one(TopicBar).topic(3) == "Business"
        assert app.query_one(TopicBar).topic(7) is None


async def test_a_click_chooses_the_topic_under_the_mouse() -> None:
    app = Harness(TopicBar)
    async with app.run_test(size=(100, 5)) as pilot:
        app.query_one(TopicBar).show(NEWS, unread=1, chosen="")
        await pilot.pause()
        at = app.line().index("Business")
        await pilot.click(TopicBar, offset=(at + 2, 0))
        await pilot.click(TopicBar, offset=(2, 0))
        assert app.chosen == ["Business", ""]


async def test_top_stories_stand_first_with_their_key_where_there_are_any() -> None:
    app = Harness(lambda: TopicBar(top_key="p"))
    async with app.run_test(size=(100, 5)) as pilot:
        bar = app.query_one(TopicBar)
        bar.show(NEWS, unread=5, chosen="", top=12)
        assert app.line().startswith(" p Top 12   0 All 5   1 World 118")
        assert bar.topic(1) == "World"
        await pilot.pause()
        await pilot.click(TopicBar, offset=(4, 0))
        assert app.chosen == [TOP]
        bar.show(NEWS, unread=5, chosen="", top=0)
        assert app.line().startswith(" p Top   0 All 5")
        bar.show(NEWS, unread=5, chosen="", top=None)
        assert app.line().startswith(" 0 All 5")
        bar.show(NEWS, unread=5, chosen=TOP, top=None)
        assert app.line().startswith(" p Top   0 All 5")


async def test_on_a_narrow_bar_the_chosen_topic_is_in_sight() -> None:
    app = Harness(TopicBar)
    async with app.run_test(size=(30, 5)):
        bar = app.query_one(TopicBar)
        bar.show(NEWS, unread=1, chosen="Sport")
        assert app.line().startswith("‹")
        assert "4 Sport 3" in app.line()
        bar.show(NEWS, unread=1, chosen="")
        assert app.line().startswith(" 0 All 1")
        assert app.line().endswith("…")


async def test_the_status_bar_says_what_how_much_and_how_fresh() -> None:
    app = Harness(StatusBar)
    async with app.run_test(size=(100, 5)):
        bar = app.query_one(StatusBar)
        updated = datetime.now(UTC) - timedelta(minutes=2, seconds=5)
        bar.show(("World", "unread"), Counts(unread=1412, feeds=96, failing=1, updated=updated), local=False)
        assert app.line().startswith(" newsread  World › unread ")
        assert app.line().endswith("! 1 feed failing  1,412 unread · 96 feeds · updated 2 min ago")
        bar.show_progress(Progress(25, 100, 7))
        assert app.line().endswith("25 of 100 feeds · 7 new · Esc stops")


async def test_a_click_on_what_fails_shows_it_one_on_what_stops_a_refresh_stops_it() -> None:
    app = Harness(StatusBar)
    async with app.run_test(size=(100, 5)) as pilot:
        deeds(app, "failures", "back")
        bar = app.query_one(StatusBar)
        bar.show(("World",), Counts(unread=1412, feeds=96, failing=2), local=False)
        await pilot.click(StatusBar, offset=(app.line().index("failing"), 0))
        await pilot.click(StatusBar, offset=(app.line().index("unread"), 0))
        assert app.acted == ["failures"]
        bar.show_progress(Progress(25, 100, 7))
        await pilot.click(StatusBar, offset=(app.line().index("7 new"), 0))
        await pilot.click(StatusBar, offset=(app.line().index("Esc"), 0))
        assert app.acted == ["failures", "back"]


async def test_a_click_where_topics_are_cut_off_offers_all_of_them() -> None:
    app = Harness(TopicBar)
    async with app.run_test(size=(30, 5)) as pilot:
        deeds(app, "topics")
        app.query_one(TopicBar).show(NEWS, unread=1, chosen="")
        await pilot.click(TopicBar, offset=(app.line().index("…"), 0))
        assert (app.acted, app.chosen) == (["topics"], [])


async def test_a_long_view_never_pushes_the_facts_off_the_status_bar() -> None:
    app = Harness(StatusBar)
    async with app.run_test(size=(60, 5)):
        app.query_one(StatusBar).show(("search: " + "word " * 40,), Counts(unread=12, feeds=3), local=False)
        assert app.line().endswith("12 unread · 3 feeds")
        assert "…" in app.line()


async def test_on_a_narrow_status_bar_whole_facts_go_and_none_is_cut() -> None:
    app = Harness(StatusBar)
    async with app.run_test(size=(40, 5)):
        bar = app.query_one(StatusBar)
        updated = datetime.now(UTC) - timedelta(minutes=2, seconds=5)
        bar.show(("Technology",), Counts(unread=4999, feeds=100, updated=updated), local=False)
        assert app.line() == " newsread  Technology      4,999 unread"
        bar.show(("all news",), Counts(unread=4999, feeds=100, failing=3, updated=updated), local=False)
        assert app.line().endswith("! 3  4,999 unread")
        bar.show_progress(Progress(25, 100, 7))
        assert app.line().endswith("news     25 of 100 feeds")


async def test_the_footer_shows_the_focused_panes_keys_and_gives_way_to_words() -> None:
    app = Harness(lambda: Footer(KEYS))
    async with app.run_test(size=(100, 5)):
        footer = app.query_one(Footer)
        footer.show("list")
        assert app.line().startswith(" j move  Enter read")
        assert "links" not in app.line()
        assert app.line().endswith("? help")
        footer.show("article")
        assert "; links" in app.line()
        footer.say("the server is gone", bad=True)
        assert app.line() == " ✗ the server is gone"
        footer.hush()
        assert "; links" in app.line()


def test_what_a_refresh_brought_is_said_in_words() -> None:
    assert [brought(0, 0), brought(1, 0), brought(1200, 3), brought(0, 1), brought(0, 2)] == [
        "",
        "1 new article",
        "1,200 new articles, 3 edited",
        "1 article edited",
        "2 articles edited",
    ]
