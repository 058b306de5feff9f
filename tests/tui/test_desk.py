"""The desk, by what a reader does and sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from reader.store import Store, StoreError
from reader.tui.desk import browser
from reader.tui.panes.headlines import Headlines
from reader.tui.panes.prompt import Prompt
from reader.tui.screens.choose import Choice, Choose
from reader.tui.screens.welcome import Welcome
from tests.tui.desks import EVENT, reading, settle, shown


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the addresses that would be opened in a browser."""
    addresses: list[str] = []
    monkeypatch.setattr(browser, "opener", lambda configured=(): ("recorder",))
    monkeypatch.setattr(browser, "open_outside", lambda url, command: addresses.append(browser.checked(url)))
    return addresses


async def test_the_newest_article_is_shown_but_not_marked(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        assert "World article 1" in reader.lines("headlines")[1]
        assert "World article 1" in reader.text("article")
        assert "30 unread · 2 feeds" in reader.text("status")
        assert not reader.read(reader.desk.headlines.ids[0])


async def test_j_previews_and_enter_reads(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("j")
        id = reader.desk.headlines.selected
        assert id is not None
        assert "World article 2" in reader.text("article")
        assert not reader.read(id)
        await reader.press("enter")
        assert reader.desk.pane == "article"
        assert reader.read(id)
        assert "29 unread" in reader.text("status")
        await reader.press("escape")
        assert reader.desk.pane == "list"


async def test_space_pages_to_the_end_and_then_opens_the_next_unread(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("space")
        first = reader.desk.current
        assert "Paragraph 0 of article 1" in reader.text("article")
        await reader.press("space")
        assert reader.desk.current == first
        assert "Paragraph 0 of article 1" not in reader.text("article")
        for _ in range(30):
            if reader.desk.current != first:
                break
            await reader.press("space")
        assert "World article 2" in reader.text("article")
        await reader.press("b", "J")
        assert EVENT[0] in reader.text("article")
        await reader.press("K")
        assert "World article 2" in reader.text("article")


async def test_related_news_tells_the_same_story_with_its_reason_and_leads_there_and_back(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("j", "j", "enter")
        assert "Same story" in reader.text("related")
        assert "Delta Post" in reader.text("related")
        assert "Sokha" in reader.text("related")
        await reader.press("tab")
        assert reader.desk.pane == "related"
        await reader.press("enter")
        assert "Delta Post" in reader.text("article")
        await reader.press("backspace")
        assert "Mekong Wire" in reader.text("article")
        assert "●" not in reader.text("related")  # what was read is so in the sidebar, too
        other = reader.desk.related.selected
        assert other is not None
        reader.desk.start("marks", reader.desk.mark_read, (other,), read=False)
        await settle(reader.pilot)
        await settle(reader.pilot)
        assert "●" in reader.text("related")
        await reader.press("]")
        assert "Delta Post" in reader.text("article")


async def test_topics_by_number_and_back_with_escape(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        bar = reader.text("topics")
        number = bar[bar.index("Sport") - 2]
        await reader.press(number)
        assert all("Sport" in line for line in reader.lines("headlines") if "article" in line)
        assert reader.text("status").startswith("newsread Sport")
        await reader.press("escape")
        assert "World article 1" in reader.text("headlines")


async def test_the_topic_picker_finds_by_typing(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("t")
        await reader.type("spo")
        await reader.press("enter")
        assert reader.desk.view.topic == "Sport"


async def test_search_shows_hits_and_n_goes_through_them(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("slash")
        await reader.type("sokha")
        await reader.press("enter")
        assert len(reader.desk.headlines.ids) == 1  # one story
        await reader.press("e")
        assert len(reader.desk.headlines.ids) == 2
        assert "search: sokha" in reader.text("status")
        assert "1 found · " in reader.text("status")
        first = reader.desk.headlines.selected
        assert EVENT[0] in reader.text("article")
        await reader.press("n")
        second = reader.desk.headlines.selected
        assert second != first
        await reader.press("escape")
        assert len(reader.desk.headlines.ids) == 30  # the story still unfolded
        assert reader.desk.headlines.selected == second  # among its neighbours
        await reader.press("slash")
        await reader.type("zzzq")
        await reader.press("enter", "escape")
        assert reader.desk.headlines.selected == reader.desk.headlines.ids[0]
        await reader.press("f")
        await reader.type("sport")
        await reader.pilot.pause(0.15)  # it narrows a moment after the last letter
        await settle(reader.pilot)
        assert {"Sport"} < set(reader.text("headlines").split())
        assert "World" not in reader.text("headlines")
        await reader.press("escape")
        assert reader.desk.view.filter == ""


async def test_a_search_looks_everywhere_and_its_end_leads_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("p", "v", "slash")
        narrow = reader.desk.view
        assert (narrow.top, narrow.unread) == (True, True)
        await reader.type("sokha")
        await reader.press("enter")
        assert "all news › search: sokha" in reader.text("status")
        assert len(reader.desk.headlines.ids) == 1
        await reader.press("escape")
        assert reader.desk.view == narrow
        await reader.press("slash")
        await reader.type("sokha")
        await reader.press("enter", "0")
        assert "search" not in reader.text("status")


async def test_a_search_that_finds_more_than_it_shows_says_so_and_is_marked_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("views", "lists"):
        monkeypatch.setattr(f"reader.store.{module}.HITS_MAX", 1)
    monkeypatch.setattr("reader.store.views.PROBE_MAX", 0)
    async with reading(tmp_path) as reader:
        await reader.press("slash")
        await reader.type("sokha")
        await reader.press("enter")
        assert "the latest 1 found · " in reader.text("status")
        await reader.press("A")
        assert "2 marked read" in shown(reader)


async def test_a_search_without_hits_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("slash")
        await reader.type("zzzzqq")
        await reader.press("enter")
        assert "Nothing found" in reader.text("headlines")
        assert "0 found · " in reader.text("status")
        await reader.press("j", "k", "enter", "space", "n", "A", "s", "m", "o", "G", "g")
        await reader.press("escape", "escape", "escape")


async def test_a_prompt_may_follow_another_that_is_not_gone_yet(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        reader.desk.action_search()
        reader.desk.action_filter()
        reader.desk.action_add()
        await settle(reader.pilot)
        assert len(reader.desk.query(Prompt)) == 1
        await reader.press("escape")
        assert not reader.desk.query(Prompt)


async def test_a_list_that_has_nothing_of_what_is_typed_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("t")
        await reader.type("zzzq")
        rows = reader.app.screen.query_one(OptionList)
        assert [str(option.prompt) for option in rows.options] == ["nothing of that name here"]
        await reader.press("down", "enter")
        assert reader.desk.view.topic == ""


async def test_a_list_may_be_closed_before_it_is_laid_out(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        for screen in (Choose("Topics", [Choice("World", "1", "World")]), Welcome({}, first=False)):
            screen.compose = list  # type: ignore[method-assign]
            await reader.desk.app.push_screen(screen)
            await reader.press("down", "escape")
        assert reader.desk.is_running
        assert reader.desk.is_current


async def test_a_list_that_is_closed_twice_closes_nothing_else(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        below, above = (Choose(title, [Choice("World", "1", "World")]) for title in ("Below", "Above"))
        answers: list[str | None] = []
        for screen in (below, above):
            await reader.desk.app.push_screen(screen, answers.append)
        below.dismiss("too early")
        assert reader.desk.app.screen is above
        above.dismiss("one")
        above.dismiss("two")
        await settle(reader.pilot)
        assert reader.desk.app.screen is below
        assert answers == ["one"]
        await reader.press("escape", "escape")
        assert reader.desk.is_current


async def test_rows_that_cannot_be_read_do_not_end_the_desk(tmp_path: Path) -> None:
    def failing(*_: object) -> list[object]:
        raise StoreError("the library is damaged")

    async with reading(tmp_path) as reader:
        reader.desk.headlines._pages._rows.clear()
        reader.desk.headlines._pages._asked.clear()
        reader.desk.shelf.store.lists.rows = failing  # type: ignore[method-assign,assignment]
        await reader.press("j", "k")
        assert reader.desk.is_running


async def test_marks_can_be_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        id = reader.desk.headlines.ids[0]
        await reader.press("m")
        assert reader.read(id)
        assert "marked read" in reader.text("footer")
        await reader.press("s")
        assert "★ World article 1" in reader.text("headlines")
        assert "★ starred" in reader.text("article")
        await reader.press("ctrl+d")
        assert reader.text("footer").startswith("j move")  # a key makes room for the keys again
        await reader.press("g")
        await reader.press("A")
        assert "0 unread" in reader.text("status")
        await reader.press("u")
        assert "29 unread" in reader.text("status")
        await reader.press("u")
        assert "★" not in reader.text("headlines") + reader.text("article")
        await reader.press("u")
        assert not reader.read(id)
        await reader.press("u")
        assert "nothing to take back" in reader.text("footer")


async def test_unread_only_leaves_out_what_was_read(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("m", "v")
        assert len(reader.desk.headlines.ids) == 29  # the open one stays
        await reader.press("j", "v", "v")
        assert len(reader.desk.headlines.ids) == 28


async def test_links_by_number_and_by_list_open_only_web_addresses(tmp_path: Path, opened: list[str]) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("o")
        await reader.press("j", "j", "enter", "1", "enter")
        await reader.press("semicolon", "enter")
        assert opened == ["https://example.org/1", "https://example.org/more", "https://example.org/more"]


async def test_a_feed_may_not_make_the_browser_open_anything_else(tmp_path: Path) -> None:
    for url in ("javascript:alert(1)", "-P evil", "file:///etc/passwd", ""):
        with pytest.raises(browser.BrowserError):
            browser.checked(url)


async def test_text_marked_with_the_mouse_is_copied(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        pane = reader.desk.article
        y = next(y for y, line in enumerate(reader.lines("article")) if "Paragraph 0" in line)
        x = reader.lines("article")[y].index("Paragraph")
        await reader.pilot.mouse_down(pane, offset=(x + 1, y))
        await reader.pilot.hover(pane, offset=(x + 12, y))
        await reader.pilot.mouse_up(pane, offset=(x + 12, y))
        await settle(reader.pilot)
        await settle(reader.pilot)
        assert reader.app.clipboard.startswith("Paragraph 0")
        assert "copied: Paragraph 0" in reader.text("footer")
        reader.desk.clear_selection()
        await reader.pilot.press("ctrl+q")
        assert reader.app.is_running
        await reader.pilot.press("ctrl+c")
        await reader.pilot.pause()
        assert not reader.app._running


async def test_escape_never_quits_and_q_does_at_the_top(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("enter", "escape", "escape", "escape")
        assert reader.app.is_running
        await reader.press("enter", "q")
        assert reader.app.is_running
        assert reader.desk.pane == "list"
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert not reader.app._running


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (119, 30), (120, 40), (200, 50)])
async def test_every_pane_can_be_reached_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size=size) as reader:
        for pane in ("article", "related"):
            await reader.press("l")
            assert reader.desk.pane == pane
            assert reader.desk.query_one(f"#{pane}").size.width >= 20
        await reader.press("escape", "escape")
        assert reader.desk.pane == "list"
        assert reader.desk.query_one("#headlines").size.width >= 28


async def test_below_the_smallest_size_one_line_says_so_and_nothing_is_lost(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(40, 12), ticker=False) as reader:
        await reader.press("j", "enter")
        before = shown(reader)
        assert "World article 2" in before
        for size in ((39, 12), (40, 11), (20, 5), (10, 2)):
            await reader.pilot.resize_terminal(*size)
            await settle(reader.pilot)
            words = " ".join(shown(reader).split())
            assert words == ("terminal too small" if size[0] > 18 else "terminal too small"[: len(words)])
        await reader.pilot.resize_terminal(40, 12)
        await settle(reader.pilot)
        assert shown(reader) == before
        assert reader.desk.pane == "article"


async def test_the_drawer_begins_at_its_top_and_leaves_no_slice_of_the_article(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(80, 24), ticker=False) as reader:
        await reader.press("j", "j", "enter", "i")
        assert reader.lines("related")[0].strip() == "RELATED NEWS"
        assert reader.desk.related.region.x == reader.desk.article.region.x
        await reader.press("escape")
        assert reader.desk.pane == "article"


async def test_zen_shows_the_article_alone(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("enter", "z")
        assert not reader.desk.headlines.display or reader.desk.headlines.size.width == 0
        assert reader.desk.article.size == (120, 39)
        assert not reader.desk.ticker.display
        await reader.press("slash")
        await reader.type("Paragraph")
        await reader.press("enter")
        assert "hit 1 of" in reader.text("footer")  # what is said and the way out stay in sight
        await reader.press("escape", "escape")
        assert reader.desk.ticker.display
        assert reader.desk.headlines.size.width > 0


async def test_new_articles_from_another_newsread_arrive_without_a_jump(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("j", "j", "j")
        selected = reader.desk.headlines.selected
        with Store.open(reader.desk.config.library) as other:
            from datetime import UTC, datetime

            from reader import library
            from reader.model import ParsedFeed
            from tests.tui.desks import entry

            feed, _ = other.feeds.add("https://c.example/f", title="Third Source")
            news = tuple(entry(n, f"Brand new {n}", hours=0) for n in range(900, 905))
            library.ingest(other, feed, ParsedFeed(entries=news), now=datetime.now(UTC))
        reader.desk._look()
        await settle(reader.pilot)
        await settle(reader.pilot)
        assert len(reader.desk.headlines.ids) == 34
        assert reader.desk.headlines.selected == selected
        assert "35 unread · 3 feeds" in reader.text("status")


async def test_the_wheel_marks_nothing_and_a_click_reads(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        for _ in range(5):
            await reader.pilot._post_mouse_events(
                [__import__("textual.events").events.MouseScrollDown], "#headlines"
            )
        await settle(reader.pilot)
        assert "30 unread" in reader.text("status")
        await reader.press("g")
        await reader.pilot.click(Headlines, offset=(5, 3))
        await reader.press("escape")
        assert "29 unread" in reader.text("status")


async def test_help_and_the_palette_open_and_close(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        await reader.press("enter", "question_mark")
        assert type(reader.app.screen).__name__ == "Help"
        assert "Here, in the article" in shown(reader)
        await reader.press("escape")
        await reader.press("colon")
        await reader.type("theme: nord")
        assert "Palette" in type(reader.app.screen).__name__
        await reader.pilot.pause(0.3)
        await reader.press("enter")
        assert reader.app.theme == "nord"
        assert type(reader.app.screen).__name__ == "Desk"


@pytest.mark.parametrize("key", ["t", "question_mark", "ctrl+t"])
async def test_a_click_beside_what_lies_over_the_desk_closes_it(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as reader:
        await reader.press(key)
        over = reader.app.screen
        assert over is not reader.desk
        box = over.children[0].region
        await reader.pilot.click(offset=(box.x + 3, box.y + 1))
        await settle(reader.pilot)
        assert reader.app.screen is over
        await reader.pilot.click(offset=(1, 38))
        await settle(reader.pilot)
        assert reader.app.screen is reader.desk


@pytest.mark.parametrize(
    ("asked", "first"),
    [("save", "save what is shown"), ("theme", "theme: "), ("mark", "mark "), ("topic", "topic: ")],
)
async def test_the_palette_lists_what_begins_as_asked_first(tmp_path: Path, asked: str, first: str) -> None:
    from textual.style import Style

    from reader.tui.screens.palette import DeskCommands

    async with reading(tmp_path) as reader:
        commands = DeskCommands(reader.desk, Style())
        await commands.startup()
        best = max([hit async for hit in commands.search(asked)], key=lambda hit: hit.score)
        assert str(best.prompt).startswith(first)


async def test_a_library_without_feeds_says_what_to_do(tmp_path: Path) -> None:
    from reader.tui.app import NewsApp
    from tests.tui.desks import Reader, config, settle

    settings = config(tmp_path)
    app = NewsApp(settings, Store.open(settings.library))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        reader = Reader(app, pilot)
        assert "a adds one" in reader.text("headlines")
        await reader.press(
            "j", "enter", "space", "n", "A", "m", "s", "u", "o", "y", "]", "r", "J", "K", "escape"
        )
