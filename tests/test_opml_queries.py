"""newsboat's filters as queries of our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.opml.queries import UntranslatableError, view
from reader.query import parse


@pytest.mark.parametrize(
    ("condition", "query"),
    [
        ('unread = "yes"', "unread"),
        ('unread != "yes" and tags # "my world"', '-unread tag:"my world"'),
        ('title =~ "election|vote"', "title:election* OR title:vote*"),
        ('title !~ "cup final" and content =~ "rain"', '-title:"cup final" rain*'),
        ('(tags # "a" or tags # "b") and age < 3', '(tag:"a" OR tag:"b") since:3d'),
        ("age between 0:2", "since:3d"),
        ("age > 7", "before:8d"),
        ('flags # "s" and author =~ "Ann"', 'starred author:"Ann"'),
        ('rssurl =~ "https://a/b" and feedtitle = "The Wire"', 'source:"https://a/b" source:"The Wire"'),
        ('unread = "yes" or unread = "no"', "unread OR read"),
    ],
)
def test_what_a_filter_asks_for(condition, query):
    assert view(f"Name:{condition}").query == query
    assert view(f"Name:{condition}").name == "Name"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ('N:title =~ "^a.*"', "nothing here is asked like"),
        ('N:a = "1" and b = "2"', "nothing here is asked like"),
        ('N:unread = "yes" and unread = "no" or age < 2', "`and` beside `or`"),
        ('N:(unread = "yes"', "a bracket is not closed"),
        ("N:nonsense", "what is 'nonsense'?"),
        ('N:unread = "yes" )', "what is ')'?"),
        (':unread = "yes"', "it has no name"),
        ("N:age = 3", "nothing here is asked like age = 3"),
    ],
)
def test_what_has_no_counterpart_is_told(query, why):
    with pytest.raises(UntranslatableError) as caught:
        view(query)
    assert why in str(caught.value)


PARTS = st.sampled_from(
    ['unread = "yes"', "and", "or", "(", ")", 'title =~ "a|b"', "age < 3", '"', "x", 'tags # "-"']
)


@given(st.text(max_size=40) | st.lists(PARTS, max_size=12).map(" ".join))
def test_any_filter_is_a_query_or_a_reason(condition):
    try:
        found = view(f"N:{condition}")
    except UntranslatableError:
        return
    parse(found.query)
