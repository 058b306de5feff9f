"""JSON Feed 1.0 and 1.1."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Enclosure
from reader.parse import ParseError, feed

NOW = datetime(2026, 11, 23, tzinfo=UTC)
VERSION = "https://jsonfeed.org/version/1.1"
FEED = {
    "version": VERSION,
    "title": "My <i>Feed</i>",
    "home_page_url": "https://j.test/",
    "feed_url": "https://j.test/feed.json",
    "language": "de",
    "authors": [{"name": "Ann"}, {"url": "https://j.test/bob"}, {"name": "Bob"}],
    "items": [
        {
            "id": 17,
            "url": "/1",
            "title": "One & <b>",
            "content_html": "<p>Hi</p>",
            "content_text": "Hi",
            "summary": "Short",
            "date_published": "2026-11-22T12:00:00+02:00",
            "date_modified": "2026-11-22T13:00:00Z",
            "tags": ["a", "A", 3, "b"],
            "attachments": [
                {
                    "url": "https://j.test/a.mp3",
                    "mime_type": "audio/mpeg",
                    "size_in_bytes": 5,
                    "duration_in_seconds": 62.5,
                },
                "x",
            ],
        },
        {
            "id": "2",
            "external_url": "https://else.test/",
            "content_text": "1 < 2\n\nnext",
            "author": {"name": "Cy"},
        },
    ],
}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def test_json_feed():
    parsed = feed(body(FEED), address="https://j.test/feed.json", now=NOW)
    assert (parsed.title, parsed.site, parsed.lang) == ("My <i>Feed</i>", "https://j.test/", "de")
    first, second = parsed.entries
    assert (first.title, first.url, first.guid, first.author) == (
        "One & <b>",
        "https://j.test/1",
        "17",
        "Ann, Bob",
    )
    assert (first.html, first.summary) == ("<p>Hi</p>", "Short")
    assert first.published == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert first.updated == datetime(2026, 11, 22, 13, tzinfo=UTC)
    assert first.categories == ("a", "3", "b")
    assert first.enclosures == (Enclosure("https://j.test/a.mp3", "audio/mpeg", 5, 62),)
    assert (second.url, second.author) == ("https://else.test/", "Cy")
    assert second.html == "<p>1 &lt; 2</p><p>next</p>"
    assert second.title == "1 < 2 next"


def test_version_1_without_a_version():
    parsed = feed(b'\xef\xbb\xbf\n{"title": "T", "items": [{"id": "1"}, null, 7], "author": {"name": "A"}}')
    assert [(entry.guid, entry.author) for entry in parsed.entries] == [("1", "A")]


@pytest.mark.parametrize("end", [-1, -3, -20, -60])
def test_what_breaks_off_keeps_its_whole_items(end):
    parsed = feed(body(FEED)[:end], now=NOW)
    assert parsed.title == "My <i>Feed</i>"
    assert parsed.entries[0] == feed(body(FEED), now=NOW).entries[0]
    assert parsed.dropped


def test_half_a_character_becomes_a_replacement():
    (entry,) = feed(b'{"items": [{"title": "a\\ud800", "content_html": "<p>\\ud800\\u0000</p>"}]}').entries
    assert (entry.title, entry.html) == ("a\ufffd", "<p>\ufffd\ufffd</p>")


def test_only_the_first_items_are_read():
    parsed = feed(body({**FEED, "items": [{"id": n} for n in range(9)]}), limit=4)
    assert ([entry.guid for entry in parsed.entries], parsed.dropped) == (["0", "1", "2", "3"], 5)


@pytest.mark.parametrize(
    "source",
    [
        b'{"items": ' + b"[" * 100_000,
        b'{"items": {}}',
        b'{"items": [',
        b'{"a": 1}',
        b"[]",
        b"{",
    ],
)
def test_other_json_is_refused_in_words(source):
    with pytest.raises(ParseError, match="JSON"):
        feed(source)


def test_numbers_of_any_length_are_ids_by_their_digits():
    long = "9" * 10_000
    entries = feed(
        f'{{"items": [{{"id": 1.50}}, {{"id": {long}}}, {{"id": 7, "title": NaN}}]}}'.encode()
    ).entries
    assert [entry.guid[:7] for entry in entries] == ["1.50", "sha256:", "7"]
    assert entries[2].title == "(untitled)"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url"]), inner, max_size=2)
    ),
    max_leaves=4,
)
KEYS = st.sampled_from([*FEED, *FEED["items"][0], "author", "external_url"])


@given(st.dictionaries(KEYS, VALUES | st.lists(st.dictionaries(KEYS, VALUES)), max_size=6))
def test_values_of_any_kind(value):
    try:
        parsed = feed(body(value), now=NOW)
    except ParseError:
        return
    assert all(entry.title for entry in parsed.entries)
