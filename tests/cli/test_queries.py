"""Queries, saved views and rules on the command line."""

import json
from datetime import UTC, datetime, timedelta

import pytest

CONFIG = """
[views]
Borders = 'border topic:world'
"Just now" = "since:3h"

[[rules]]
name = "No sport"
hide = "topic:sport"

[[rules]]
name = "Chips"
hide = "title:chip*"
until = {until}
"""


@pytest.fixture
def config(home):
    path = home / "config.toml"

    def write(days=7):
        until = datetime.now(UTC) + timedelta(days=days)
        path.write_text(CONFIG.format(until=until.strftime("%Y-%m-%dT%H:%M:%SZ")))

    write()
    return write


def titles(ran):
    return [row[-1] for row in ran.rows]


def test_list_and_search_ask_in_one_language(newsread, filled):
    query = '(treaty OR marathon) -source:"Morning" since:3d unread'
    assert titles(newsread("search", query)) == ["Treaty signed at the border"]
    assert titles(newsread("search", *query.split())) == ["Treaty signed at the border"]
    assert titles(newsread("list", "--search", query)) == ["Treaty signed at the border"]
    assert titles(newsread("search", "author:writer", "-topic:world")) == [
        "Chip maker opens a plant",
        "Marathon record falls",
    ]


def test_a_mistake_in_a_query_points_at_its_place(newsread, filled):
    ran = newsread("search", "treaty", "titel:border")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "newsread: query, column 8, at 'titel:border': there is no field 'titel'; did you mean 'title'?\n"
    )


def test_what_a_headline_holds_comes_before_what_a_text_holds(newsread, store, filled):
    with store.transaction():
        store.articles.core.search.put(filled[0], "Treaty signed at the border", "a record of talks")
    assert titles(newsread("search", "record ")) == ["Marathon record falls", "Treaty signed at the border"]
    assert titles(newsread("list", "--search", "record ")) == [
        "Treaty signed at the border",
        "Marathon record falls",
    ]


def test_saved_views_are_listed_and_shown(newsread, filled, config):
    assert newsread("views").rows == [
        ["2", "2", "Borders", "border topic:world"],
        ["2", "2", "Just now", "since:3h"],
    ]
    first = newsread("views", "--json").records[0]
    assert first == {"name": "Borders", "query": "border topic:world", "unread": 2, "total": 2}
    assert len(newsread("list", "--view", "borders").rows) == 2
    assert titles(newsread("list", "--view", "borders", "--search", "signed")) == [
        "Treaty signed at the border"
    ]
    ran = newsread("list", "--view", "Bordres")
    assert (ran.code, ran.err) == (1, "newsread: there is no view 'Bordres'; did you mean 'Borders'?\n")


def test_without_views_and_rules_it_is_said(newsread, filled):
    assert "no saved views yet" in newsread("views").err
    assert "nothing is hidden" in newsread("rules").err


def test_rules_hide_and_say_why(newsread, filled, config):
    assert titles(newsread("list")) == [
        "Treaty signed at the border",
        "Border treaty: what it says",
        "日本語の見出し：首相が新計画を発表しました",
    ]
    rows = newsread("rules").rows
    assert [row[:2] for row in rows] == [["1", "No sport"], ["1", "Chips"]]
    assert set(titles(newsread("search", "hidden"))) == {"Chip maker opens a plant", "Marathon record falls"}
    ran = newsread("show", filled[3])
    assert ran.err == "hidden by the rule 'No sport' (topic:sport)\n"
    assert "Marathon record falls" in ran.out
    (record,) = newsread("show", filled[2], "--json").records
    assert (record["hidden"], record["rule"]["name"]) == (True, "Chips")
    assert json.dumps(newsread("rules", "--json").records[0]) == json.dumps(
        {"name": "No sport", "query": "topic:sport", "until": None, "hidden": 1, "ended": False}
    )


def test_what_a_rule_hid_is_there_again_without_it(newsread, filled, config, home):
    assert len(newsread("list").rows) == 3
    config(days=-1)
    assert len(newsread("list").rows) == 4
    assert newsread("rules").rows[1][2].startswith("ended ")
    (home / "config.toml").write_text("")
    assert len(newsread("list").rows) == 5


def test_a_dry_run(newsread, filled, config):
    assert titles(newsread("rules", "test", "treaty")) == [
        "Treaty signed at the border",
        "Border treaty: what it says",
    ]
    assert titles(newsread("rules", "test", "no sport")) == ["Marathon record falls"]
    ran = newsread("rules", "test", "-source:wire", "--json")
    assert {record["source"] for record in ran.records} == {"Morning Post"}
    assert ran.err.startswith("3 articles of the last week")
    assert newsread("rules", "test", "(").code == 1
    ran = newsread("rules", "test", "unread sport")
    assert (ran.code, ran.out, ran.err) == (1, "", "newsread: a rule asks for what stays, not for 'unread'\n")
    assert newsread("rules", "try", "x").code == 2
