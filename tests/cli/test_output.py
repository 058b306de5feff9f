"""What commands print: JSON lines, columns that fit, tabs in a pipe; always safe."""

import io
import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from reader.cli.output import Column, Output, fitted
from reader.model import Article, Enclosure, Feed, Headline, Related
from reader.text import width

WHEN = datetime(2026, 11, 22, 14, 30, 5, 999, tzinfo=timezone(timedelta(hours=2)))
LINE = Headline(id=1, feed=2, source="S", title="T", published=WHEN, topics=("World",))


class Terminal(io.StringIO):
    def isatty(self):
        return True


def printed(act, *, tty=False, **more) -> str:
    data = Terminal() if tty else io.StringIO()
    act(Output(data=data, words=io.StringIO(), **more))
    return data.getvalue()


def test_an_article_is_flat_with_its_headline():
    article = Article(headline=LINE, url="u", enclosures=(Enclosure("e", "t", 3),))
    flat = json.loads(printed(lambda out: out.record(article, more=1)))
    assert flat["id"] == 1
    assert flat["url"] == "u"
    assert flat["topics"] == ["World"]
    assert flat["published"] == "2026-11-22T12:30:05Z"
    assert flat["updated"] is None
    assert flat["enclosures"] == [{"url": "e", "type": "t", "length": 3, "duration": None}]
    assert flat["more"] == 1
    assert "headline" not in flat


def test_a_neighbour_is_flat_with_its_headline():
    flat = json.loads(printed(lambda out: out.record(Related(LINE, 0.5, "earlier", "names"))))
    assert (flat["title"], flat["score"], flat["kind"], flat["why"]) == ("T", 0.5, "earlier", "names")


def test_bytes_are_hexadecimal():
    feed = Feed(id=1, url="u", title="t", digest=b"\x01\xff", due=WHEN.astimezone(UTC))
    flat = json.loads(printed(lambda out: out.record(feed)))
    assert flat["digest"] == "01ff"
    assert flat["due"] == "2026-11-22T12:30:05Z"


@given(st.text())
def test_whatever_a_string_holds_a_record_is_one_safe_line(text):
    line = printed(lambda out: out.record({"title": text}))
    assert line.count("\n") == 1
    assert all(char.isprintable() or char in "\n\u200b\u200c\u200d" or ord(char) > 127 for char in line)
    assert "\x1b" not in line
    assert "\x9b" not in json.loads(line)["title"]


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=90)), min_size=1, max_size=5))
def test_columns_never_run_over_the_terminal(rows):
    columns = (Column("first", 12), Column("second"))

    def act(out):
        out.columns = 40
        out.table(columns, rows)

    assert all(width(line) <= 40 for line in printed(act, tty=True).split("\n"))


def test_columns_are_aligned_by_cells():
    def act(out):
        out.columns = 30
        out.table(
            (Column("n", 3, right=True), Column("name", 8), Column("")),
            [("1", "日本", "x"), ("22", "ab", "y")],
        )

    assert printed(act, tty=True) == " n  name\n 1  日本  x\n22  ab    y\n"


def test_a_pipe_gets_tabs_and_no_header():
    rows = [("a\tb\nc", "d"), ("e", "")]
    assert printed(lambda out: out.table((Column("x"), Column("y")), rows)) == "a b c\td\ne\t\n"


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_cut_text_fits(text, cells):
    shown = fitted(text, cells)
    assert width(shown) <= cells
    assert shown == text or shown.endswith("…")


def test_a_narrow_encoding_is_no_error():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    out = Output(data=stream, words=io.StringIO())
    out.record({"title": "日本"})
    out.text("日本")
    stream.flush()
    assert stream.buffer.getvalue() == b'{"title": "\\u65e5\\u672c"}\n\\u65e5\\u672c\n'
