from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.document.blocks import (
    Block,
    Code,
    DefinitionList,
    Heading,
    Image,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from reader.model import Article, Enclosure, Headline
from reader.tui.typeset.code import coloured
from reader.tui.typeset.flow import DEEPEST, flow, right_to_left
from reader.tui.typeset.layout import Layout, Place
from reader.tui.typeset.lines import Ink, Piece, Prose
from reader.tui.typeset.masthead import attached, attachments, masthead, minutes, size
from reader.tui.typeset.table import Grid, LaidGrid
from tests.tui.golden import golden, page, text

NOW = datetime(2024, 6, 14, 12, tzinfo=UTC)
ARABIC = "وصل وفد من كمبوديا إلى أستراليا للتعلم"


def spans(*parts: str | Span) -> Spans:
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def para(*parts: str | Span) -> Paragraph:
    return Paragraph(spans(*parts))


def shown(*blocks: Block, width: int = 30) -> str:
    return page(flow(blocks), width)


def inks(pieces: list[Piece]) -> dict[str, Ink]:
    return {run.text: run.ink for line in Layout(pieces, 60).lines() for run in line.runs}


def test_paragraphs_wrap_with_one_blank_line_between_them() -> None:
    assert shown(
        para("One two three four five six seven."), Heading(2, spans("Then")), para("Eight.")
    ) == golden("""
        |One two three four five six
        |seven.
        |
        |Then
        |
        |Eight.
    """)


def test_links_are_numbered_once_after_their_last_word() -> None:
    linked = para(
        "See ", Span("the ", link=0), Span("report", bold=True, link=0), ", ", Span("x", link=11), "."
    )
    assert shown(linked) == "See the report[1], x[12]."
    drawn = inks(flow([linked]))
    assert drawn["report"].link == 0
    assert drawn["report"].bold
    assert drawn["[12]"] == Ink("note", link=11)
    assert drawn["See "].link == -1


def test_lists_hang_nest_and_count() -> None:
    inner = ListBlock(((para("under, and long enough to wrap"),), (para("last"),)))
    assert shown(
        ListBlock(((para("first item, long enough to wrap"), inner), (para("second"),))),
        ListBlock(((para("nine"),), (para("ten, which is long enough to wrap"),)), ordered=True, start=9),
    ) == golden("""
        |• first item, long enough to
        |  wrap
        |  ◦ under, and long enough to
        |    wrap
        |  ◦ last
        |• second
        |
        | 9. nine
        |10. ten, which is long enough
        |    to wrap
    """)


def test_items_of_several_paragraphs_stand_apart() -> None:
    assert shown(ListBlock(((para("one"), para("more")), (para("two"),), ()))) == golden("""
        |• one
        |
        |  more
        |
        |• two
        |
        |•
    """)


def test_a_bar_runs_down_a_quote_and_whatever_is_in_it() -> None:
    quote = Quote((para("Said once."), ListBlock(((para("a"),), (Quote((para("Said by another."),)),)))))
    assert shown(quote, para("After."), width=20) == golden("""
        |▎ Said once.
        |▎
        |▎ • a
        |▎
        |▎ • ▎ Said by
        |▎   ▎ another.
        |
        |After.
    """)


def test_nesting_without_end_leaves_room_for_words() -> None:
    block: Block = para("deep words here")
    for _ in range(50):
        block = Quote((block,))
    lines = shown(block, width=20).split("\n")
    assert lines == ["▎ ▎ ▎ ▎ ▎ deep words", "▎ ▎ ▎ ▎ ▎ here"]
    piece = flow([block])[0]
    assert isinstance(piece, Prose)
    assert len(piece.rest) == DEEPEST  # a line's cost does not grow with the depth a page chooses


def test_code_keeps_its_spaces_on_a_block_of_one_width() -> None:
    lines = list(Layout(flow([Code("def f():\n\treturn 1\n", "python")]), 24).lines())
    assert [line.text for line in lines] == [" def f():               ", "     return 1           "]
    assert {run.ink.role.partition("-")[0] for line in lines for run in line.runs} == {"code"}


def test_colours_never_change_program_text() -> None:
    for lang in ("python", "json", "html", "klingon", ""):
        text = "if x:\r\n  <b>é</b> \t'"
        assert coloured(text, lang).text == text
    assert coloured("return 1", "python").marks[0][1].role == "code-keyword"
    assert len(coloured("return 1", "brainfuck").marks) == 1


def test_tables_align_wrap_and_put_numbers_to_the_right() -> None:
    rows = (
        (spans("Country"), spans("Visits"), spans("Remarks")),
        (spans("Australia"), spans("3"), spans("A week-long visit")),
        (spans("日本"), spans("12"), spans("—")),
    )
    assert shown(Table(rows, header=True), width=32) == golden(
        """
        |Country   │ Visits │ Remarks
        |──────────┼────────┼────────────
        |Australia │      3 │ A week-long
        |          │        │ visit
        |──────────┼────────┼────────────
        |日本      │     12 │ —
    """
    )


def test_a_table_with_no_room_for_its_columns_is_told_row_by_row() -> None:
    rows = (
        tuple(spans(name) for name in ("Country name", "Visits so far", "Remarks made")),
        tuple(spans(cell) for cell in ("Switzerland", "one of them", "with Germany")),
        tuple(spans(cell) for cell in ("Australia", "", "week-long visit")),
    )
    assert shown(Table(rows, header=True), width=24) == golden("""
        |Country name:
        |Switzerland
        |Visits so far: one of
        |them
        |Remarks made: with
        |Germany
        |────────────
        |Country name: Australia
        |Remarks made: week-long
        |visit
    """)


def test_a_wide_table_moves_sideways_under_its_first_column() -> None:
    head = tuple(spans(f"column {n}") for n in range(6))
    rows = (head, tuple(spans(f"cell {n} of it") for n in range(6)))
    pieces = flow([Table(rows, header=True, aligned=("", "", "right", "", "", ""))], keys="( )")
    layout = Layout(pieces, 40)
    assert text(layout.lines()) == golden("""
        |column 0     │ column 1
        |─────────────┼─────────────
        |cell 0 of it │ cell 1 of it
        |column 2 of 6 ▸ · ( ) move it
    """)
    grid = LaidGrid(pieces[0], 40)
    assert isinstance(pieces[0], Grid)
    assert (grid.movable, grid.move(-1), grid.move(1)) == (4, False, True)
    assert text(layout.lines()) == golden("""
        |column 0     │     column 2
        |─────────────┼─────────────
        |cell 0 of it │ cell 2 of it
        |◂ column 3 of 6 ▸ · ( ) move it
    """)
    assert (grid.move(9), grid.move(1), pieces[0].moved) == (True, False, 4)
    assert text(layout.lines()).endswith("◂ column 6 of 6 · ( ) move it")
    assert layout.row_of(0, 8, 0) == 2  # brings its column into sight
    assert pieces[0].moved == 1
    assert "column 5" in page(pieces, 100)
    assert "columns" not in page(pieces, 100)


def test_captions_stand_below_their_pictures_and_over_their_tables() -> None:
    rows = ((spans("a"), spans("b")), (spans("c"), spans("d")))
    assert shown(
        Image("A ferry", 0),
        Paragraph(spans("The last one."), caption=True),
        para("Text."),
        Paragraph(spans("Votes"), caption=True),
        Table(rows),
    ) == golden("""
        |▣ A ferry[1]
        |  The last one.
        |
        |Text.
        |
        |Votes
        |a │ b
        |c │ d
    """)


def test_pictures_media_rules_and_definitions() -> None:
    assert shown(
        Image("A minister shakes hands with another", 2),
        Image(),
        Media("video", "The press conference", 3),
        Rule(),
        DefinitionList(((spans("Feed"), (para("A list."),)), (spans("Entry"), (para("One of it."),)))),
    ) == golden("""
        |▣ A minister shakes hands with
        |  another[3]
        |
        |▣ image
        |
        |▶ video: The press
        |  conference[4]
        |
        |            · · ·
        |
        |Feed
        |    A list.
        |
        |Entry
        |    One of it.
    """)


def test_right_to_left_paragraphs_end_at_the_right_edge_bullets_too() -> None:
    assert right_to_left(ARABIC)
    assert right_to_left(f"12. {ARABIC} and English")
    assert not right_to_left(f"English and {ARABIC}")
    lines = shown(para(ARABIC), ListBlock(((para(ARABIC),),)), width=26).split("\n")
    assert [cell_len(line) for line in lines if line] == [26, 26, 26, 24]
    assert lines[0].strip() == ARABIC[: len(lines[0].strip())]
    assert lines[3].endswith(" •")


def test_raised_figures_are_superscripts_and_lowered_ones_subscripts() -> None:
    assert shown(para("12 km", Span("2", sup=True), " of CO", Span("2", sub=True))) == "12 km² of CO₂"
    assert shown(para("the 21", Span("st", sup=True), ", x", Span("i+1", sub=True))) == "the 21ˢᵗ, xᵢ₊₁"
    assert shown(para("see", Span("[2]", sup=True))) == "see²"
    assert shown(para("see", Span("a long note", sup=True))) == "seea long note"


def test_the_dateline_opens_the_first_paragraph_in_its_own_ink() -> None:
    pieces = flow([para("Phnom Penh, June 13, 2024: A delegation left.")], dateline="Phnom Penh")
    assert page(pieces, 60) == "Phnom Penh, June 13, 2024: A delegation left."
    assert inks(pieces)["Phnom Penh, June 13, 2024:"].role == "dateline"
    pieces = flow([para("A delegation left.")], dateline="Phnom Penh")
    assert page(pieces, 60) == "Phnom Penh — A delegation left."


def test_a_change_of_ink_inside_a_character_moves_no_cell() -> None:
    heart = para("a❤", Span("\ufe0f", bold=True), Span(" b"))
    line = next(Layout(flow([heart]), 20).lines())
    assert sum(cell_len(run.text) for run in line.runs) == cell_len(line.text) == 5


def article(**more: object) -> Article:
    headline = Headline(
        id=1,
        feed=1,
        source="Mekong Wire",
        title="Sar Sokha meets Australian minister",
        published=datetime(2024, 6, 13, 13, 2, tzinfo=UTC),
        topics=("World", "Politics"),
    )
    return Article(headline=headline, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _phnom_penh_time() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Phnom_Penh")
        time.tzset()
        yield
    time.tzset()


def test_the_masthead_says_who_where_when_and_how_long() -> None:
    pieces = masthead(article(author="Sok Dara"), flow([para("word " * 700)]), NOW)
    assert page(pieces, 44) == golden("""
        |
        |Sar Sokha meets Australian minister
        |
        |Mekong Wire · Sok Dara
        |Thursday 13 June, 20:02 · 3 min read
        |World · Politics
    """)


def test_the_byline_names_no_one_twice_and_says_when_it_was_revised() -> None:
    updated = datetime(2024, 6, 14, 1, tzinfo=UTC)
    text = page(masthead(article(author="mekong wire", updated=updated), [], NOW), 100)
    assert "Mekong Wire · Thursday 13 June, 20:02 · updated 14 June, 08:00 · 1 min read" in text
    text = page(masthead(article(), [], NOW + timedelta(days=365)), 100)
    assert "Thursday 13 June 2024, 20:02" in text


def test_reading_time_counts_words_or_characters() -> None:
    assert minutes(flow([para("word " * 2300)])) == 10
    assert minutes(flow([para("漢字" * 1000)])) == 5


def test_attached_files_say_what_they_are() -> None:
    sound = Enclosure("https://media.example.org/a.mp3", "audio/mpeg", 24_100_000)
    assert attached(sound) == "audio · MP3 · 24.1 MB · media.example.org"
    told = replace(sound, duration=3723)
    assert attached(told) == "audio · MP3 · 1:02:03 · 24.1 MB · media.example.org"
    assert attached(Enclosure("https://example.org/x")) == "file · example.org"
    assert [size(count) for count in (12, 64_300, 1_240_000_000)] == ["12 bytes", "64 kB", "1.2 GB"]
    assert page(attachments([sound], 6), 60).endswith("♪ audio · MP3 · 24.1 MB · media.example.org[7]")
    assert attachments([], 0) == []


WORDS = st.text(st.sampled_from(list("abc é漢字。👍🏽\u200b\u00adកម្ពុជាشن\n-")), max_size=60)
SPANS = st.lists(
    st.builds(Span, WORDS, bold=st.booleans(), link=st.sampled_from([None, 0, 1])), min_size=1, max_size=4
).map(tuple)
BLOCKS = st.recursive(
    st.one_of(
        st.builds(Paragraph, SPANS),
        st.builds(Heading, st.integers(1, 6), SPANS),
        st.builds(Code, WORDS, st.sampled_from(["", "python"])),
        st.builds(Image, WORDS, st.sampled_from([None, 0])),
        st.just(Rule()),
        st.integers(1, 4).flatmap(
            lambda columns: st.builds(
                Table, st.lists(st.tuples(*[SPANS] * columns), max_size=3).map(tuple), st.booleans()
            )
        ),
    ),
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            ListBlock, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple), st.booleans()
        ),
        st.builds(
            DefinitionList, st.lists(st.tuples(SPANS, st.lists(inner, max_size=2).map(tuple))).map(tuple)
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(st.lists(BLOCKS, max_size=3), st.integers(20, 76))
def test_no_line_of_any_document_is_wider_than_its_column(blocks: list[Block], width: int) -> None:
    layout = Layout(flow(blocks), width)
    for line in layout.lines():
        drawn = sum(cell_len(run.text) for run in line.runs)
        assert drawn <= width
        assert drawn == cell_len(line.text)


@settings(max_examples=40)
@given(st.lists(BLOCKS, min_size=1, max_size=3), st.integers(20, 76), st.integers(20, 76))
def test_a_place_is_found_again_at_every_width(blocks: list[Block], width: int, other: int) -> None:
    pieces = flow(blocks)
    one, two = Layout(pieces, width), Layout(pieces, other)
    for y in range(one.height):
        place = one.place(y)
        at = one.find(place)
        assert at == y or one.place(at) == place
        assert two.place(two.find(place)).piece == place.piece


def test_in_a_paragraph_the_place_is_the_line_with_the_same_words() -> None:
    pieces = flow([para("Some words before it."), para(" ".join(f"word{n}" for n in range(100)))])
    wide, small = Layout(pieces, 70), Layout(pieces, 24)
    y = next(y for y in range(wide.height) if "word50" in wide.line(y).text)
    first = wide.line(y).text.split()[0]
    assert first in small.line(small.find(wide.place(y))).text.split()


def test_nothing_is_a_layout_too() -> None:
    layout = Layout((), 40)
    assert (layout.height, layout.line(3).text, layout.place(5), layout.find(Place(4, 4))) == (
        0,
        "",
        Place(),
        0,
    )
