"""Any text is a news page: in time, without a word lost, and nothing unsafe gets through."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader import text
from reader.pages import front
from tests.pages import parsed, tokens


@pytest.mark.parametrize(
    "words",
    [
        "a" * 2_000_000,
        "a " * 1_000_000,
        " " * 2_000_000 + "|",
        "-" * 2_000_000,
        "- " * 1_000_000,
        "> " * 1_000_000,
        ">  " * 500_000 + "x",
        "\n" * 1_000_000,
        "a\n" * 500_000,
        "a | " * 500_000,
        "https://" * 200_000,
        "Related News\n" * 100_000,
        "x\n\nRelated News\n" + "- http://" * 100_000,
        "x\n\nRelated News\n" + "- a\n" * 100_000,
        "---\n" * 300_000,
        "---\n" + "title: x\n" * 100_000,
        "H\n\n" + "(" * 1_000_000,
        "H\n\n" + "By " * 300_000,
        "June 1, " * 200_000,
        "H\n# " + "# " * 1_000_000 + "x\n",
        "# " + "#" * 250 + "x\n\n" + "# " * 1_000_000 + "x\n",
    ],
)
def test_hostile_pages_take_time_in_proportion(words):
    began = time.process_time()
    parsed(words)
    assert time.process_time() - began < 4  # seconds; quadratic steps would take minutes


ALPHABET = st.sampled_from(
    [
        *"ab Z.,:|-–—*_#>`=()[]<&\n\n\n\t1290/\\'\"",
        "\r\n",
        "\u202e",
        "\x1b",
        "\x9b",
        "\u0301",
        "\ufeff",
        "ភ្នំ",
        "京",
    ]
)
PIECES = st.sampled_from(
    [
        *("\n\n", "\n", "Headline words", "By Sok Dara", "Phnom Penh, June 13, 2024: Text", "PARIS (AFP) — "),
        *("One | Two |", "Related News", "- item", "1. item", "2. item", "> quote", "## part", "---", "==="),
        *(
            "title: Front",
            "date: 2024-01-01",
            "    code",
            "https://example.org/x",
            "[t](https://e.org)",
            "```",
        ),
        *("| a | b |", "13 June 2024", "\t", "…"),
    ]
)


def accounted(feed):
    parts = [mention.title + " " + mention.url for mention in feed.ticker]
    for each in feed.entries:
        parts += [
            each.title,
            each.author,
            each.dateline,
            re.sub(r"<[^>]*>|&[a-z#0-9]+;", " ", re.sub("</?a[^>]*>", "", each.html)),
        ]
        parts += [f"{mention.title} {mention.url}" for mention in each.related]
        parts += re.findall(r'href="([^"]*)"', each.html) + re.findall(r'start="(\d+)"', each.html)
        parts += [str(number) for _ in re.findall("<ol", each.html) for number in range(100)]
    return tokens(" ".join(parts))


@given(
    st.lists(st.one_of(PIECES, st.lists(ALPHABET, max_size=30).map("".join)), max_size=30).map("".join),
    st.booleans(),
)
@example("Headline\n\nBy Sok Dara\n13 June 2024\n\nText", False)
def test_no_word_of_a_page_is_lost_and_nothing_unsafe_gets_through(words, marked):
    feed = parsed(words, marked=marked)
    for each in feed.entries:
        assert each.title == text.title(each.title)
        assert each.author == text.one_line(each.author, text.AUTHOR_MAX)
        assert text.plain(each.html) == each.html
        assert "<script" not in each.html
    for mention in [*feed.ticker, *(mention for each in feed.entries for mention in each.related)]:
        assert mention.title == text.one_line(mention.title) != ""
        assert mention.url == text.address(mention.url)
    stated, _ = front.split(text.plain(words).split("\n"))
    if stated.fields or marked:  # what front matter states goes elsewhere; Markdown has marks of its own
        return
    lost = set(tokens(text.plain(words))) - set(accounted(feed))
    assert lost <= SAID_OTHERWISE


SAID_OTHERWISE = {"By", "Related", "News", "13", "June", "2024"} | {str(number) for number in range(1000)}
"""The lines that a page is told by, a date on a line of its own, and the numbers of a list, drawn anew."""


@given(st.text())
def test_any_text_is_a_page(words):
    for marked in (False, True):
        for each in parsed(words, marked=marked).entries:
            assert each.title
