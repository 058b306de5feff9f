from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.color import Color
from textual.pilot import Pilot
from textual.widget import Widget

from reader.document.blocks import Block, Document, Link, Paragraph, Quote, Span
from reader.model import Article, Enclosure, Headline
from reader.tui.contrast import ENOUGH, contrast, readable
from reader.tui.drawing.paint import Paint
from reader.tui.panes.article import ArticlePane
from reader.tui.panes.related import RelatedPane
from reader.tui.typeset.lines import Ink
from tests.tui.golden import PaneApp, golden, screen

NOW = datetime(2024, 6, 14, 12, tzinfo=UTC)
LINKS = (Link("https://example.org/one", "one"), Link("https://example.org/two", "two"))


def article(id: int = 1, **more: object) -> Article:
    headline = Headline(
        id=id,
        feed=1,
        source="Mekong Wire",
        title="Sar Sokha meets minister",
        published=datetime(2024, 6, 13, 13, 2, tzinfo=UTC),
        topics=("World",),
    )
    return Article(headline=headline, **more)  # type: ignore[arg-type]


def para(text: str, link: int | None = None) -> Paragraph:
    return Paragraph((Span(text, link=link),))


def long(paragraphs: int = 60, words: int = 40) -> Document:
    return Document(tuple(para(" ".join(f"p{n}w{w}" for w in range(words))) for n in range(paragraphs)))


@pytest.fixture(autouse=True)
def _utc() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@asynccontextmanager
async def pane(
    document: Document, size: tuple[int, int] = (60, 24), **more: object
) -> AsyncIterator[tuple[ArticlePane, Pilot[None]]]:
    app = PaneApp(ArticlePane)
    async with app.run_test(size=size) as pilot:
        shown = app.query_one(ArticlePane)
        shown.show(article(**more), document, NOW)
        await pilot.pause()
        yield shown, pilot


def clicked(shown: ArticlePane) -> list[str]:
    app = shown.app
    assert isinstance(app, PaneApp)
    return [message.address for message in app.heard if isinstance(message, ArticlePane.LinkClicked)]


def first_word(shown: ArticlePane) -> str:
    return next(word for word in screen(shown).split() if word)


async def test_an_article_from_headline_to_attachments() -> None:
    document = Document((para("A delegation left."), Quote((para("We agree.", 0),))), LINKS)
    files = (Enclosure("https://media.example.org/a.mp3", "audio/mpeg", 24_100_000),)
    async with pane(document, (56, 20), author="Sok Dara", enclosures=files) as (shown, _):
        assert screen(shown) == golden("""
            |
            |  Sar Sokha meets minister
            |
            |  Mekong Wire · Sok Dara · Thursday 13 June, 13:02
            |  1 min read
            |  World
            |
            |  A delegation left.
            |
            |  ▎ We agree.[1]
            |
            |  Attached
            |  ♪ audio · MP3 · 24.1 MB · media.example.org[3]
        """)
        assert [link.url for link in shown.links][2] == files[0].url
        assert (shown.link(3), shown.link(0), shown.link(4)) == (files[0].url, None, None)


@pytest.mark.parametrize(("width", "left", "column"), [(30, 1, 27), (60, 2, 55), (84, 3, 76), (160, 41, 76)])
async def test_the_column_is_at_most_76_cells_and_stands_in_the_middle(
    width: int, left: int, column: int
) -> None:
    async with pane(long(3), (width, 30)) as (shown, _):
        lines = [line for line in screen(shown).split("\n") if "p1" in line]
        assert {len(line) - len(line.lstrip()) for line in lines} == {left}
        assert max(map(cell_len, lines)) <= left + column
        assert {shown.render_line(y).cell_length for y in range(30)} == {width - 1}


async def test_paging_ends_at_the_end() -> None:
    async with pane(long(10)) as (shown, _):
        assert (shown.progress < 0.5, shown.at_end) == (True, False)
        seen, pages = {first_word(shown)}, 0
        while shown.page_down():
            pages += 1
            seen.add(first_word(shown))
            assert pages < 20
        assert (shown.progress, shown.at_end) == (1.0, True)
        assert len(seen) == pages + 1
        assert "p9w39" in screen(shown)
        while shown.page_up():
            pages -= 1
        assert pages == 0
        assert "Sar Sokha" in screen(shown)


async def test_a_page_keeps_two_lines_of_the_last_one() -> None:
    async with pane(long(10)) as (shown, _):
        before = [shown.render_line(y).text for y in (22, 23)]
        shown.page_down()
        assert [shown.render_line(y).text for y in (0, 1)] == before


async def test_a_short_article_is_at_its_end_at_once() -> None:
    async with pane(Document((para("Short."),))) as (shown, _):
        assert (shown.at_end, shown.progress, shown.page_down()) == (True, 1.0, False)


async def test_lines_halves_and_edges() -> None:
    async with pane(long(10)) as (shown, _):
        shown.move(1)
        assert shown.scroll_offset.y == 1
        shown.half(1)
        assert shown.scroll_offset.y == 13
        shown.edge(1)
        assert shown.at_end
        shown.half(-1)
        assert not shown.at_end
        shown.edge(-1)
        shown.move(-1)
        assert shown.scroll_offset.y == 0


async def test_the_place_is_kept_through_any_resizing() -> None:
    async with pane(long(), (100, 30)) as (shown, pilot):
        shown.move(63)
        word = first_word(shown)
        assert not word.endswith("w0"), "the place is inside a paragraph"
        for width, height in ((40, 30), (70, 10), (25, 50), (140, 20), (31, 8)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert word in screen(shown).split("\n")[0].split()
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert first_word(shown) == word


async def test_at_the_top_resizing_stays_at_the_top() -> None:
    async with pane(long(), (100, 30)) as (shown, pilot):
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert shown.scroll_offset.y == 0


async def test_a_border_that_goes_leaves_no_gap() -> None:
    async with pane(long(3)) as (shown, pilot):
        for border, width in (("vkey", 58), ("none", 59)):
            shown.styles.border_left = (border, "red")
            await pilot.pause()
            await pilot.pause()
            assert {shown.render_line(y).cell_length for y in range(24)} == {width}


async def test_the_same_article_again_stays_and_another_begins_at_its_top() -> None:
    async with pane(long()) as (shown, pilot):
        shown.move(50)
        shown.show(article(), long(), NOW)
        await pilot.pause()
        assert shown.scroll_offset.y == 50
        shown.show(article(2), long(), NOW)
        await pilot.pause()
        assert shown.scroll_offset.y == 0


async def test_at_the_end_of_a_text_cut_short_the_rest_is_asked_for_and_the_place_stays() -> None:
    whole = long(12)
    async with pane(Document(whole.blocks[:6], truncated=True), (60, 24), id=7) as (shown, pilot):
        shown.edge(1)  # it is asked for before anyone comes to the end
        assert "The text goes on" in screen(shown)
        at = shown.scroll_offset.y
        await pilot.pause()
        app = shown.app
        assert isinstance(app, PaneApp)
        assert [message.id for message in app.heard if isinstance(message, ArticlePane.WholeWanted)] == [7]
        assert not shown.page_down()  # asked for once, whoever answers
        shown.show(article(7), whole, NOW)
        assert shown.scroll_offset.y == at
        assert shown.page_down()


async def test_a_click_on_a_link_and_nowhere_else_posts_its_address() -> None:
    document = Document((para("Plain words."), para("A link to two that is long " * 3, 1)), LINKS)
    async with pane(document) as (shown, pilot):
        lines = screen(shown).split("\n")
        y = next(y for y, line in enumerate(lines) if "A link" in line)
        await pilot.click(ArticlePane, offset=(4, y))
        await pilot.click(ArticlePane, offset=(4, y + 1))
        await pilot.click(ArticlePane, offset=(0, y))
        await pilot.click(ArticlePane, offset=(4, y - 2))
        assert clicked(shown) == [LINKS[1].url] * 2


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(ArticlePane, offset=start)
    for kinds, offset in (
        ([events.MouseMove], start),
        ([events.MouseMove, events.MouseUp, events.Click], end),
    ):
        await pilot._post_mouse_events(
            kinds, ArticlePane, offset=offset, button=1, shift=False, meta=False, control=False
        )
    await pilot.pause()


async def test_dragging_marks_text_that_copies_as_paragraphs_and_opens_no_link() -> None:
    words = " ".join(f"word{n}" for n in range(12))
    blocks: tuple[Block, ...] = (
        para(words),
        Quote((para("One two three four five six seven eight nine.", 0),)),
    )
    async with pane(Document(blocks, LINKS), (40, 24)) as (shown, pilot):
        lines = screen(shown).split("\n")
        top = next(y for y, line in enumerate(lines) if "word0" in line)
        end = next(y for y, line in enumerate(lines) if "nine" in line)
        await drag(pilot, (lines[top].index("word1"), top), (lines[end].index("nine"), end))
        copied = shown.screen.get_selected_text()
        assert copied == words[6:] + "\n\n▎ One two three four five six seven eight n"
        assert clicked(shown) == []
        marked = [segment.style for segment in shown.render_line(top) if "word1" in segment.text]
        plain = [segment.style for segment in shown.render_line(top) if "word0" in segment.text]
        assert marked[0].bgcolor != plain[0].bgcolor
        assert marked[0].color == plain[0].color  # and can still be read


async def test_a_drag_from_the_margin_marks_from_the_beginning_of_the_line() -> None:
    async with pane(Document((para("One two."),)), (40, 24)) as (shown, pilot):
        y = next(y for y, line in enumerate(screen(shown).split("\n")) if "One two." in line)
        await drag(pilot, (0, y), (3, y))
        assert shown.screen.get_selected_text() == "One"


async def test_of_a_very_long_article_only_what_is_in_sight_is_drawn() -> None:
    async with pane(long(800, 100), (84, 24)) as (shown, pilot):
        assert shown.virtual_size.height > 8000
        assert len(shown._strips) == 24
        shown.edge(1)
        await pilot.pause()
        assert "p799w99" in screen(shown)
        assert len(shown._strips) == 48


async def test_nothing_to_read_says_so() -> None:
    app = PaneApp(ArticlePane)
    async with app.run_test(size=(40, 20)):
        shown = app.query_one(ArticlePane)
        shown.show_nothing("Choose a headline.")
        assert screen(shown).strip() == "Choose a headline."
        assert (shown.links, shown.page_down(), shown.page_up()) == ((), False, False)


async def test_before_the_pane_has_a_size_an_article_can_be_shown() -> None:
    app = PaneApp(ArticlePane)
    async with app.run_test(size=(60, 24)) as pilot:
        shown = app.query_one(ArticlePane)
        shown.display = False
        await pilot.pause()
        shown.show(article(), long(), NOW)
        shown.display = True
        await pilot.pause()
        assert "Sar Sokha meets minister" in screen(shown)
        assert not shown.at_end


async def test_links_carry_their_address_to_the_terminal_only_when_canonical() -> None:
    links = (Link("https://example.org/a"), Link("javascript:alert(1)"), Link("https://e.org/\x1b]0;x"))
    document = Document(tuple(para(f"link{n}", n) for n in range(3)), links)
    async with pane(document) as (shown, _):
        styles = {
            segment.text: segment.style
            for y in range(14)
            for segment in shown.render_line(y)
            if segment.style
        }
        assert [styles[f"link{n}"].link for n in range(3)] == ["https://example.org/a", None, None]
        assert styles["link0"].underline


async def test_what_strangers_write_is_drawn_as_it_stands() -> None:
    nasty = "[b]x[/r/python] \x1b]0;owned\x07\x9b2J\u202e[@click=app.quit]y[/]"
    async with pane(Document((para(nasty),)), author=nasty) as (shown, pilot):
        drawn = screen(shown)
        assert drawn.count("[b]x[/r/python] [@click=app.quit]y[/]") == 2
        assert not any(character in drawn for character in "\x1b\x07\x9b\u202e")
        await pilot.click(ArticlePane, offset=(25, 8))
        assert pilot.app.is_running


THEMES = sorted(name for name, theme in PaneApp(Widget).available_themes.items() if "ansi" not in name)


@pytest.mark.parametrize("theme", THEMES)
async def test_all_text_has_enough_contrast(theme: str) -> None:
    app = PaneApp(ArticlePane, theme)
    async with app.run_test() as pilot:
        await app.mount(RelatedPane())
        await pilot.pause()
        for kind, prefix in ((ArticlePane, "article"), (RelatedPane, "related")):
            paint = Paint(app.query_one(kind), prefix)
            roles = {name.removeprefix(f"{prefix}--") for name in kind.COMPONENT_CLASSES} - {"rule", "cursor"}
            looks = [paint.style(Ink(role)) for role in roles]
            if prefix == "related":
                looks += [paint.style(Ink(role), "cursor") for role in roles]
            else:
                looks += [paint.style(Ink(link=0)), paint.style(Ink(link=0, code=True))]
            looks += [paint.style(Ink("text", topic=topic)) for topic in ("World", "Life", "My own")]
            assert min(map(ratio, looks)) >= ENOUGH


def ratio(style: Style) -> float:
    assert style.color
    assert style.bgcolor
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color(255, 255, 255)) == pytest.approx(4.54, abs=0.01)
    assert readable(Color.parse("#767676"), Color(255, 255, 255)) == Color.parse("#767676")
    assert contrast(readable(Color.parse("#999"), Color.parse("#888")), Color.parse("#888")) >= ENOUGH


async def test_a_changed_theme_changes_the_colours() -> None:
    async with pane(long(2)) as (shown, pilot):
        dark = next(iter(shown.render_line(1))).style
        pilot.app.theme = "newsread-paper"
        await pilot.pause()
        assert next(iter(shown.render_line(1))).style.bgcolor != dark.bgcolor
