from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from reader.tui.typeset.wrap import drawn, hyphenated, joint, narrow, wrap, wrap_exactly

KHMER = "ក្រុម\u200bប្រឹក្សា\u200bជាតិ\u200bកម្ពុជា\u200bប្រឆាំង\u200bគ្រឿង\u200bញៀន"
FAMILY = "👨\u200d👩\u200d👧"
BETWEEN = " \n\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
TEXTS = st.text(
    st.one_of(
        st.sampled_from(list(" \n-—/abcXYZ.,éø漢字。「」カーក្្រ\u200b\u00ad\u0301\u200d\ufe0f👍🏽🇰🇭❤ابت")),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=120,
)


def lines(text: str, width: int) -> list[str]:
    return [drawn(text[start:end]) for start, end in wrap(text, width)]


def test_characters_taken_for_one_cell_fill_one_cell() -> None:
    wrong = [
        hex(code)
        for code in range(0x20, sys.maxunicode + 1)
        if narrow(chr(code)) and cell_len(chr(code)) != 1
    ]
    assert wrong == []


def test_words_go_whole_to_the_next_line() -> None:
    assert lines("hello world, this is a test", 12) == ["hello world,", "this is a", "test"]


def test_a_line_feed_breaks_and_an_empty_line_stays() -> None:
    assert lines("one\n\ntwo", 12) == ["one", "", "two"]
    assert lines("", 12) == [""]


def test_compounds_break_after_their_dash_and_numbers_do_not() -> None:
    assert lines("a state-of-the-art plan", 12) == ["a state-of-", "the-art plan"]
    assert lines("the years 2010-2027", 14) == ["the years", "2010-2027"]


def test_a_long_address_breaks_after_a_joint() -> None:
    address = "https://example.org/section/article.html"
    assert lines(address, 22) == ["https://example.org/", "section/article.html"]


def test_khmer_breaks_where_zero_width_spaces_stand_and_sends_none_of_them() -> None:
    words = KHMER.split("\u200b")
    assert lines(KHMER, 16) == ["".join(words[:4]), "".join(words[4:])]


def test_khmer_without_hints_is_never_cut_before_a_subscript_consonant() -> None:
    assert not any(line.startswith("រ") or line.endswith("្") for line in lines("ក្រ" * 9, 5))


def test_chinese_lines_neither_begin_with_a_full_stop_nor_end_with_an_opening_bracket() -> None:
    assert lines("漢字漢字漢。「日本」", 10) == ["漢字漢字", "漢。「日", "本」"]


@pytest.mark.parametrize("cluster", [FAMILY, "🇰🇭", "👍🏽", "❤️", "e\u0301\u0323"])
def test_clusters_stay_whole(cluster: str) -> None:
    assert all(line.replace(cluster, "") == "" for line in lines(cluster * 20, 9))


def test_a_soft_hyphen_shows_only_where_the_line_breaks() -> None:
    text = "Donau\u00addampf\u00adschiff"
    cuts = wrap(text, 11)
    assert [(drawn(text[a:b]), hyphenated(text, (a, b))) for a, b in cuts] == [
        ("Donaudampf", True),
        ("schiff", False),
    ]
    assert lines(text, 16) == ["Donaudampfschiff"]


@pytest.mark.parametrize(
    ("text", "width"), [("0000000\u00ad0", 7), ("。。。。\u00ada", 8), ("abcdefg。\u00ad x", 9)]
)
def test_a_hyphen_that_does_not_fit_is_not_drawn(text: str, width: int) -> None:
    assert all(cell_len(drawn(text[a:b])) + hyphenated(text, (a, b)) <= width for a, b in wrap(text, width))


@given(TEXTS, st.integers(4, 40))
def test_no_line_is_too_wide_and_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    cuts = wrap(text, width)
    at = 0
    for start, end in cuts:
        assert at <= start <= end
        assert set(text[at:start]) <= set(BETWEEN)
        assert cell_len(drawn(text[start:end])) + hyphenated(text, (start, end)) <= width
        at = end
    assert text[at:].strip(BETWEEN) == ""


@given(TEXTS, st.integers(4, 40))
def test_a_grapheme_is_never_split(text: str, width: int) -> None:
    for part in text.split("\n"):
        borders = {start for start, _, _ in split_graphemes(part)[0]} | {len(part)}
        for start, end in wrap(part, width):
            assert start in borders
            assert end in borders or part[end] == "\u00ad"


@given(st.lists(st.text("abcdefgh,.’–", min_size=1, max_size=9), min_size=1, max_size=30), st.integers(9, 30))
def test_both_paths_break_prose_alike(words: list[str], width: int) -> None:
    from reader.tui.typeset.wrap import _wrap_wide

    text = " ".join(words)
    assert list(_wrap_wide(text, width)) == wrap(text, width)


def test_lines_of_a_paragraph_know_what_joins_them() -> None:
    for text, expected in (("aaaa bbbb", " "), ("漢字漢字", ""), ("aaaa\nbbbb", None)):
        one, two = wrap(text, 5)
        assert joint(text, one, two) == expected


def test_program_text_keeps_every_space() -> None:
    text = "def f():\n    return  1"
    assert [text[a:b] for a, b in wrap_exactly(text, 40)] == ["def f():", "    return  1"]
    long = "print(one, two)" + "x" * 10
    assert [long[a:b] for a, b in wrap_exactly(long, 15)] == ["print(one, ", "two)xxxxxxxxxx"]
    assert [b - a for a, b in wrap_exactly("x" * 25, 10)] == [10, 10, 5]


@given(TEXTS, st.integers(4, 40))
def test_program_text_is_whole_and_fits(text: str, width: int) -> None:
    cuts = wrap_exactly(text, width)
    assert "".join(text[start:end] for start, end in cuts) == text.replace("\n", "")
    assert all(cell_len(drawn(text[start:end])) <= width for start, end in cuts)
