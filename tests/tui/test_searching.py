"""Looking for words in an article, going through its changes, moving its wide tables."""

from __future__ import annotations

from textual import events

from reader import document
from reader.document.blocks import Block, Document, Span, Table
from reader.tui.panes.article import ArticlePane, Earlier
from reader.tui.typeset.changes import PAIRS_MAX, compared
from reader.tui.typeset.finding import SPOTS_MAX, light, spots
from reader.tui.typeset.flow import flow
from reader.tui.typeset.layout import Layout
from reader.tui.typeset.lines import HERE, HIT
from reader.tui.typeset.masthead import titled
from tests.tui.golden import golden, page, screen
from tests.tui.test_article import long, pane, para


def found(words: str, *texts: str) -> list[str]:
    pieces = flow([para(text) for text in texts])
    return [pieces[spot.piece].parts[spot.part][spot.start : spot.end] for spot in spots(pieces, words)]


def test_words_are_found_in_any_case_and_without_their_accents() -> None:
    assert found("cafe", "Café, CAFE, cafe\u0301s and a safe", "no") == ["Café", "CAFE", "cafe\u0301"[:5]]
    assert found("CAFÉ", "cafe") == ["cafe"]
    assert found("strasse", "Die Straße, die STRASSE") == ["Straße", "STRASSE"]
    assert found("١٢", "12 of ١٢") == ["12", "١٢"]
    assert found("中", "在中国") == ["中"]
    assert found("kampuchea", "Kam\u200bpu\u00adchea") == ["Kam\u200bpu\u00adchea"]


def test_spaces_are_as_good_as_line_ends_and_nothing_finds_nothing() -> None:
    assert found("two  three", "one two\nthree\xa0four") == ["two\nthree"]
    assert found("  ", "one  two") == found("", "one") == found("\u0301", "one") == []
    assert found("aa", "aaaa") == ["aa", "aa"]
    assert found("e", "æ e") == ["æ", "e"]


def test_places_are_many_but_not_without_end() -> None:
    assert len(found("a", "a" * (SPOTS_MAX + 5))) == SPOTS_MAX


def test_places_are_marked_in_paragraphs_code_and_tables_without_moving_a_word() -> None:
    cell = (Span("word one"),)
    blocks: tuple[Block, ...] = (
        para("A word, bold "),
        document.Code("word = 1", "python"),
        Table(((cell, (Span("b"),)), ((Span("c"),), (Span("last word"),)))),
    )
    pieces = flow(blocks)
    before = page(pieces, 40)
    places = spots(pieces, "word")
    assert [(spot.piece, spot.part) for spot in places] == [(0, 0), (1, 0), (2, 0), (2, 3)]
    light(pieces, places, 3)
    layout = Layout(pieces, 40)
    inked = [(run.text, run.ink.found) for line in layout.lines() for run in line.runs if run.ink.found]
    assert inked == [("word", HIT), ("word", HIT), ("word", HIT), ("word", HERE)]
    assert page(pieces, 40) == before
    assert [layout.row_of(spot.piece, spot.part, spot.start) for spot in places] == [0, 2, 4, 5]
    light(pieces, ())
    assert not [run for line in Layout(pieces, 40).lines() for run in line.runs if run.ink.found]


async def test_finding_goes_from_place_to_place_and_around() -> None:
    async with pane(long(30), (60, 24)) as (shown, _):
        shown.find("p9w")
        assert (shown.finding, shown.found) == (True, (1, 40))
        assert "p9w0" in screen(shown)
        shown.find_next(-1)
        assert shown.found == (40, 40)
        assert "p9w39" in screen(shown)
        shown.find_next(1)
        assert shown.found == (1, 40)
        shown.find("p20w7 ")
        assert shown.found == (1, 1)
        at = shown.scroll_offset.y
        shown.find("nowhere")
        assert (shown.found, shown.scroll_offset.y) == ((0, 0), at)
        shown.end_find()
        assert (shown.finding, shown.found, shown.scroll_offset.y) == (False, (0, 0), at)


async def test_what_is_found_is_drawn_on_its_own_ground_and_stays_so_through_a_resize() -> None:
    async with pane(Document((para("one two one"),)), (60, 24)) as (shown, pilot):
        shown.find("one")
        for width in (60, 40):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            looks = [s.style for y in range(12) for s in shown.render_line(y) if s.text == "one" and s.style]
            assert len(looks) == 2
            assert looks[0].bgcolor != looks[1].bgcolor
            assert looks[0].bold
            assert looks[0].underline


async def test_who_looks_in_a_text_that_was_cut_short_gets_the_rest() -> None:
    whole = long(12)
    async with pane(Document(whole.blocks[:6], truncated=True), (60, 24)) as (shown, pilot):
        shown.find("p11w3")
        await pilot.pause()
        assert [type(message) for message in shown.app.heard] == [ArticlePane.WholeWanted]  # type: ignore[attr-defined]
        shown.show(shown._shown[0], whole, shown._shown[0].headline.published)  # type: ignore[index]
        assert shown.found == (1, 11)
        assert "p11w3" in screen(shown)


async def test_hits_of_a_search_are_marked_until_words_are_looked_for() -> None:
    def hits(text: str) -> list[tuple[int, int]]:
        at = text.find("two")
        return [(at, at + 3)] if at >= 0 else []

    async with pane(Document((para("one two"),)), (60, 24)) as (shown, _):
        shown.highlight(hits)
        assert (marks(shown), shown.finding) == (["two"], False)
        shown.find("one")
        assert marks(shown) == ["one"]
        shown.end_find()
        assert marks(shown) == ["two"]
        shown.highlight(None)
        assert marks(shown) == []


def marks(shown: ArticlePane) -> list[str]:
    lines = shown._set.lines()
    return [run.text for line in lines for run in line.runs if run.ink.found]


# How an article was edited


def changes(before: str, after: str, width: int = 60) -> str:
    old, new = (document.from_html(html).blocks for html in (before, after))
    pieces, places = compared(
        [titled("Title"), *flow(old, numbered=False)], [titled("Title"), *flow(new, numbered=False)]
    )
    assert pieces[0].text == "Title"
    for spot in places:
        assert pieces[spot.piece].parts[spot.part][spot.start : spot.end].strip()[:2] in ("[−", "[+")
    return page(pieces[1:], width)


def test_words_that_went_and_came_stand_between_signs() -> None:
    assert changes("<p>The bridge opens on Monday.", "<p>The old bridge opens on Tuesday.") == (
        "The [+old] bridge opens on [−Monday] [+Tuesday]."
    )
    assert changes("<p>one two three four", "<p>one four") == "one [−two three] four"
    assert changes("<p>桥星期一开", "<p>桥星期二开") == "桥星期[−一] [+二]开"


def test_paragraphs_that_went_and_came_and_those_that_stayed() -> None:
    before = "<p>First, as ever.<p>Then this went for good.<ul><li>a point</ul><p>Last."
    after = "<p>First, as ever.<ul><li>a point</ul><blockquote>Somebody says so.</blockquote><p>Last."
    assert changes(before, after) == golden("""
        |First, as ever.
        |
        |[−Then this went for good.]
        |
        |• a point
        |
        |▎ [+Somebody says so.]
        |
        |Last.
    """)


def test_new_numbers_of_links_are_no_change() -> None:
    before = "<p>See <a href=http://a.test/1>this</a> and <a href=http://a.test/2>that</a>."
    after = "<p><a href=http://a.test/0>New</a>.<p>" + before[3:]
    assert changes(before, after) == "[+New.]\n\nSee this and that."
    assert changes(before, before) == "See this and that."


def test_tables_that_changed_say_so() -> None:
    table = "<table><tr><th>a<th>b<tr><td>1<td>{}</table>"
    assert "[+this table changed:]" in changes(table.format(2), table.format(3))
    assert "[+a table came:]" in changes("<p>x", "<p>x" + table.format(2))
    assert "[−a table went: a b 1 2]" in changes("<p>x" + table.format(2), "<p>x")


def test_work_is_bounded_whatever_was_edited() -> None:
    count = int(PAIRS_MAX**0.5) + 10
    before = "<p>" + " ".join(f"a{n}" for n in range(count))
    after = "<p>" + " ".join(f"b{n}" for n in range(count))
    assert changes(before, after).startswith("[−a0 a1")
    many = "".join(f"<p>{n}" for n in range(count))
    assert changes(many, "<p>x").endswith("[+x]")


async def test_changes_are_shown_gone_through_and_left_again() -> None:
    old = Document((para("The bridge opens on Monday."), para("It is long.")))
    new = Document((para("The bridge opens on Tuesday."), para("It is very long.")))
    async with pane(new, (60, 24)) as (shown, _):
        assert not shown.compare()
        shown.changes_key = "="
        shown.show(shown._shown[0], new, shown._shown[0].headline.published, Earlier("An older title", old))  # type: ignore[index]
        assert "✎ edited after you first read it · = shows what changed" in screen(shown)
        assert shown.compare()
        assert "[−An older title] [+Sar Sokha meets minister]" in screen(shown)
        assert "opens on [−Monday] [+Tuesday]." in screen(shown)
        assert (shown.comparing, shown.finding, shown.found) == (True, True, (1, 3))
        shown.find_next(1)
        assert shown.found == (2, 3)
        shown.end_find()
        assert (shown.comparing, shown.finding) == (False, False)
        assert "[−" not in screen(shown)


# Wide tables


async def test_wide_tables_in_sight_move_by_key() -> None:
    row = tuple((Span(f"a wide cell {n}"),) for n in range(9))
    async with pane(Document((Table((row, row), header=True),)), (50, 24)) as (shown, _):
        assert "a wide cell 1" in screen(shown)
        assert (shown.sideways(-1), shown.sideways(1)) == (False, True)
        assert "a wide cell 1" not in screen(shown)
        assert "a wide cell 3" in screen(shown)


async def test_wide_tables_in_sight_move_by_the_wheel() -> None:
    row = tuple((Span(f"a wide cell {n}"),) for n in range(9))
    async with pane(Document((Table((row, row), header=True),)), (50, 24)) as (shown, pilot):
        for event, shift, words in (
            (events.MouseScrollRight, False, "columns 3–"),
            (events.MouseScrollDown, True, "columns 4–"),
            (events.MouseScrollDown, False, "columns 4–"),
            (events.MouseScrollUp, True, "columns 3–"),
            (events.MouseScrollLeft, False, "columns 2–"),
        ):
            await pilot._post_mouse_events(
                [event], ArticlePane, offset=(5, 5), button=0, shift=shift, meta=False, control=False
            )
            await pilot.pause()
            assert words in screen(shown)


async def test_places_are_the_same_in_another_session() -> None:
    async with pane(long(), (100, 30)) as (shown, pilot):
        shown.move(63)
        place = shown.place
        word = screen(shown).split()[0]
    async with pane(long(), (44, 20)) as (shown, pilot):
        shown.go(place)
        await pilot.pause()
        assert word in screen(shown).split("\n")[0].split()
        shown.go((10_000, 0))
        assert shown.at_end
        shown.go((0, 0))
        assert shown.scroll_offset.y == 0
