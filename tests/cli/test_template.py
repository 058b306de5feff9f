"""`--format`: lines of the user's own making, from the fields of the JSON and nothing else."""

import argparse
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.cli.template import FIELDS, Template, template
from reader.text import width

ROW = {
    "id": 7,
    "title": "日本語の見出し",
    "url": "https://e.example/7",
    "read": False,
    "topics": ["World", "Asia"],
}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (r"{id}\t{title}\t{url}", "7\t日本語の見出し\thttps://e.example/7"),
        ("{id:4}|", "7   |"),
        ("{id:<4}|", "7   |"),
        ("{id:>4}|", "   7|"),
        ("{id:^4}|", " 7  |"),
        ("{title:9}|", "日本語の…|"),
        ("{title:16}|", "日本語の見出し  |"),
        ("{title:1}|", "…|"),
        ("{title:0}|", "日本語の見出し|"),
        ("{read} {topics}", "false World, Asia"),
        (r"a\nb\\n", "a\nb\\n"),
        ("{{id}} {id}", "{id} 7"),
        ("{author}{updated}{score}.", "."),
        ("no fields", "no fields"),
        ("", ""),
    ],
)
def test_what_a_template_makes(text, line):
    assert template(text).line(ROW) == line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{titel}", "has no field 'titel'; did you mean 'title'?"),
        ("{}", "has no field ''; there are id, feed,"),
        ("{id.__class__}", "has no field 'id.__class__'"),
        ("{id[0]}", "has no field 'id[0]'"),
        ("{id!r}", "has no field 'id!r'; did you mean"),
        ("{0}", "has no field '0'"),
        ("{id:x>9}", "has 'id:x>9': a field takes a width"),
        ("{id:{title}}", "has a { without its counterpart"),
        ("{id:1_000}", "takes a width"),
        ("{id:05d}", "takes a width"),
        ("{id:.3}", "takes a width"),
        ("{id:99999}", "takes a width"),
        ("{id:501}", "at most 500 wide, not 501"),
        ("{id", "has a { without its counterpart: write {{ for one"),
        ("id}", "has a } without its counterpart"),
        (r"\q", r"has '\q', and knows \t, \n and \\ only"),
        ("x\\", "and knows"),
        ("x" * 5_000, "at most 4,096 characters"),
    ],
)
def test_a_mistake_is_told(text, words):
    with pytest.raises(argparse.ArgumentTypeError) as caught:
        template(text)
    assert words in str(caught.value)


@given(st.text())
def test_any_text_is_a_template_or_a_mistake(text):
    try:
        made = template(text)
    except argparse.ArgumentTypeError:
        return
    assert isinstance(made, Template)
    assert isinstance(made.line(ROW), str)


@example("\U0001f3fb", 3, ">")
@given(st.text(), st.integers(1, 60), st.sampled_from("<>^"))
def test_a_field_is_as_wide_as_asked_for_on_one_line(title, cells, align):
    line = template(f"{{title:{align}{cells}}}").line({"title": title})
    assert width(line) == cells
    assert "\n" not in line


def test_the_fields_are_those_of_the_json(newsread, filled):
    for record in newsread("list", "--json").records:
        assert set(record) <= set(FIELDS)
    assert {*newsread("list", "--json").records[0], "sources", "reports", "score"} == set(FIELDS)


@pytest.mark.parametrize("words", [["list"], ["search", "border"], ["list", "--stories"]])
def test_each_article_is_a_line(newsread, filled, words):
    records = newsread(*words, "--json").records
    ran = newsread(*words, "--format", r"{id}\t{title}\t{url}\t{published}")
    assert ran.code == 0
    assert ran.rows == [[str(row["id"]), row["title"], row["url"], row["published"]] for row in records]


def test_each_field_can_be_printed(newsread, filled):
    (record,) = newsread("list", "--json", "--limit", "1").records
    for name in FIELDS:
        ran = newsread("list", "--limit", "1", "--format", f"{{{name}}}")
        assert (ran.code, ran.out.count("\n")) == (0, 1)
        value = record.get(name)
        if isinstance(value, bool):
            assert ran.out == f"{json.dumps(value)}\n"
        elif isinstance(value, int):
            assert ran.out == f"{value}\n"


def test_rows_read_no_articles(newsread, filled, monkeypatch):
    monkeypatch.setattr("reader.store.articles.Articles.get", None)
    assert newsread("list", "--format", "{id} {title:20} {source} {topics}").code == 0


def test_nothing_of_an_article_reaches_the_terminal_but_words(newsread, store, filled):
    store.db.run("UPDATE article SET title = ? WHERE id = ?", ("a\x1b]0;x\x07b\nc\td", filled[0]))
    out = newsread("list", "--limit", "1", "--format", r"{title}|{id}").out
    assert "\x1b" not in out
    assert out.count("\n") == 1


def test_it_is_one_way_to_print(newsread, filled):
    ran = newsread("list", "--json", "--format", "{id}")
    assert ran.code == 2
    assert "two ways to print" in ran.err


def test_a_mistake_names_the_option(newsread, filled):
    ran = newsread("list", "--format", "{ttle}")
    assert ran.code == 2
    assert "--format: has no field 'ttle'; did you mean 'title'?" in ran.err
