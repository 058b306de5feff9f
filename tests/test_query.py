"""The query language by itself: what is printed is read again as the same, and mistakes are pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query import (
    EVERYTHING,
    FIELDS,
    FLAGS,
    And,
    Field,
    Flag,
    Not,
    Or,
    Phrase,
    QueryError,
    Word,
    hits,
    parse,
    printed,
    together,
)
from tests.queries import fields, trees

WORDS = ("budget", "Straße", "首相", "c++", "10:30", "don't", "!", "http://a.b/c?d", "a-b", "AND*x", "Read")
leaves = st.one_of(
    st.builds(Word, st.sampled_from(WORDS), st.booleans()),
    st.builds(Phrase, st.sampled_from(("OR", "a b", "unread", "-x", "title:x", "(", "AND", "x)"))),
    fields(("budget", "首相"), ("The Wire", "x"), ("Ann",), ("World", "Own")),
)


@given(trees(leaves))
def test_what_is_printed_is_read_as_the_same(tree):
    assert parse(printed(tree)) == tree


SIGNS = ("OR", "(", ")", "-", '"', "2d", " ")
PIECES = st.sampled_from([*WORDS, *FLAGS, *(f"{name}:" for name in FIELDS), *SIGNS])


@given(st.text(max_size=60) | st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_any_text_is_a_query_or_a_mistake_at_a_place(text, typing):
    tree, mistake = _parsed(text, typing=typing)
    if mistake:
        assert 0 <= mistake.at <= len(text)
        assert mistake.words in str(mistake)
        assert "\n" not in str(mistake)
    else:
        assert parse(printed(tree)) == tree
        hits(tree).ranges(text)


def _parsed(text, *, typing):
    try:
        return parse(text, typing=typing), None
    except QueryError as mistake:
        return None, mistake


def test_the_example_of_the_manual():
    text = 'unread topic:world -source:"Wire" title:election since:2d "exact phrase" (a OR b)'
    assert printed(parse(text)) == text
    assert parse(text) == And(
        (
            Flag("unread"),
            Field("topic", Word("world")),
            Not(Field("source", Phrase("Wire"))),
            Field("title", Word("election")),
            Field("since", Word("2d")),
            Phrase("exact phrase"),
            Or((Word("a"), Word("b"))),
        )
    )


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", EVERYTHING),
        ("- ", EVERYTHING),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a AND (b c)", And((Word("a"), Word("b"), Word("c")))),
        ("-(-a)", Word("a")),
        ("--a", Not(Word("a"))),
        ("elect*", Word("elect", beginning=True)),
        ('a"b c', And((Word("a"), Phrase("b c")))),
        ("is:unread Unread", And((Flag("unread"), Word("Unread")))),
        ("feed:7 feed:Wire", And((Field("feed", Word("7")), Field("source", Word("Wire"))))),
        ("Note: https://a.b", And((Word("Note:"), Word("https://a.b")))),
    ],
)
def test_what_is_meant(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("a titel:x", 2, "there is no field 'titel'; did you mean 'title'?"),
        ("xyz:x", 0, "there is no field 'xyz' (there are title, topic"),
        ("a (b OR c", 2, "this bracket is not closed"),
        ("a b)", 3, "nothing is open that this bracket could close"),
        ("a ()", 2, "there is nothing between the brackets"),
        ("OR b", 0, "OR needs something on both sides"),
        ("a OR", 2, "OR needs something on both sides"),
        ("a OR OR b", 2, "OR needs something on both sides"),
        ("a since:soon", 2, "since: takes 2d, 36h"),
        ("topic:", 0, "topic: takes a topic"),
        ("is:new", 0, "is: takes unread, read, starred, followed or hidden"),
        ("feed: a", 0, "feed: takes a feed by its number"),
        ("lang:e_", 0, "lang: takes a language"),
        ("(" * 9 + "a", 8, "brackets are nested at most 8 deep"),
        ("a " * 65, 128, "a query has at most 64 words"),
        ("a" * 1001, 1000, "a query has at most 1,000 characters"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, at, words):
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.at == at
    assert caught.value.words.startswith(words)
    assert str(caught.value).startswith(f"query, column {at + 1}, at ")


@pytest.mark.parametrize(
    ("text", "as_if"),
    [
        ("elec", "elec*"),
        ("elec ", "elec"),
        ("a (b OR", "a b"),
        ("a (b OR c", "a (b OR c*)"),
        ("a since:", "a"),
        ("a since:2", "a"),
        ("topic:wor", "topic:wor*"),
        ("source:wi", "source:wi"),
        ("is:unr", ""),
        ("unread", "unread"),
        ('"not closed', '"not closed"'),
    ],
)
def test_what_is_still_being_typed_does_no_harm(text, as_if):
    assert parse(text, typing=True) == parse(as_if)


@pytest.mark.parametrize(
    ("query", "text", "seen"),
    [
        ("election", "Elections: an election is an electioneering", ["Elections", "election"]),
        ("elect*", "Elections and the elect", ["Elect", "elect"]),
        ('"new plan" -old', "A new, plan for the old", ["new, plan"]),
        ("cafe strasse", "Café in der Straße", ["Café", "Straße"]),
        ("title:peace (war OR truce)", "War and Peace", ["War", "Peace"]),
        ("首相", "新首相が", ["首相"]),
        ("minister's", "Ministers’ minister", ["Ministers", "minister"]),
        ("-x unread topic:x", "x unread", []),
        ("3.5", "about 3.5 per cent", ["3.5"]),
        ("!!", "!!", []),
    ],
)
def test_what_is_highlighted(query, text, seen):
    assert [text[start:end] for start, end in hits(parse(query)).ranges(text)] == seen


def test_the_filter_highlights_parts_of_words():
    found = together(hits(parse("EC!"), anywhere=True), hits(parse("straße"), anywhere=True))
    text = "Electec! STRASSE"
    assert [text[start:end] for start, end in found.ranges(text)] == ["ec!", "STRASSE"]
