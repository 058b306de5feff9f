"""`newsread story`: who tells a story, taking it apart, taking that back."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from reader import library
from reader.model import View
from reader.store import Store
from tests.cli.feeds import rss


@pytest.fixture
def told(store, filled):
    """The first four of five articles tell one story; the newest leads it."""
    store.stories.put(filled[:4], filled[3])
    store.stories.set_lead(filled[3], filled[0])
    return filled


def stories(store, ids):
    """Return which of the articles are together, the largest story first; those that stand alone last."""
    found = {}
    for id, story in store.stories.of(ids).items():
        found.setdefault(story, set()).add(id)
    return sorted(map(sorted, found.values()), key=len, reverse=True)


def test_a_story_is_told_by_its_articles_newest_first(newsread, told):
    ran = newsread("story", told[2])
    assert (ran.code, ran.err) == (0, "")
    assert [int(row[0]) for row in ran.rows] == told[:4]
    assert [row[2] for row in ran.rows] == ["lead", "", "", ""]
    assert ran.rows[1][3:] == ["Morning Post", "Border treaty: what it says", ""]


def test_a_story_as_json_is_its_articles_as_the_list_has_them(newsread, told):
    records = newsread("story", told[2], "--json").records
    assert [record.pop("why") for record in records] == [""] * 4
    assert records == newsread("list", "--json").records[:4]
    assert {record["lead"] for record in records} == {told[0]}


def test_the_reasons_are_what_the_reports_share(newsread, home):
    told = "Giles Okafor opened the Mekong bridge in Kampong Cham on Tuesday, the ministry said."
    for name in ("Alpha", "Beta"):
        body = rss(name, "Giles Okafor opens Mekong bridge in Kampong Cham", f"Unlike {name}")
        (home / f"{name}.xml").write_bytes(body.replace(b"About Giles", told.encode() + b" Giles"))
        assert newsread("add", f"{name}.xml").code == 0
    one, other = newsread("search", "bridge", "--json").records
    records = {item["id"]: item for item in newsread("story", one["id"], "--json").records}
    assert records[one["id"]]["why"] == ""
    assert "Mekong" in records[other["id"]]["why"]


def test_on_a_terminal_the_story_stands_below_its_lead(newsread, told, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "72")
    lines = newsread("story", told[2]).out.splitlines()
    assert lines[:4] == [
        "Treaty signed at the border",
        "4 articles of 2 sources",
        "",
        "1  lead  1 h ago     The Wire      Treaty signed at the border",
    ]
    assert len(lines) == 7


def test_an_article_without_a_story_is_said(newsread, told):
    ran = newsread("story", told[4])
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(") is in no story\n")
    for words in (["--json"], []):
        assert newsread("story", told[4], *words).out == ""


def test_several_stories_are_shown_as_far_as_they_are_there(newsread, told):
    ran = newsread("story", told[0], 999)
    assert ran.code == 3
    assert len(ran.rows) == 4
    assert ran.err == "newsread: there is no article 999; `newsread list` shows the numbers\n"
    assert newsread("story", 999).code == 1


def test_one_article_is_split_off_and_joined_again(newsread, store, told):
    ran = newsread("story", "split", told[1])
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{told[1]} stands alone now; `newsread story join {told[1]}` takes it back\n"
    assert stories(store, told) == [sorted([told[0], *told[2:4]])]
    ran = newsread("story", "join", told[1])
    assert (ran.code, ran.err) == (0, "4 articles are one story again\n")
    assert stories(store, told) == [sorted(told[:4])]
    assert newsread("story", "join", told[1]).code == 1


def test_several_become_a_story_of_their_own(newsread, store, told):
    ran = newsread("story", "split", told[0], told[1])
    assert ran.err.startswith("the 2 articles are a story of their own now; ")
    assert stories(store, told) == [sorted(told[:2]), sorted(told[2:4])]


def test_each_of_several_can_stand_alone(newsread, store, told):
    ran = newsread("story", "split", "--each", *told[:3])
    assert ran.err.startswith("each of the 3 articles stands alone now, as does the one that is left; ")
    assert stories(store, told) == []
    assert newsread("story", "join", *told[:3]).err == "4 articles are one story again\n"


def test_a_whole_story_comes_apart_only_with_each(newsread, store, told):
    ran = newsread("story", "split", *told[:4])
    assert (ran.code, ran.err) == (
        2,
        "newsread: these are all articles of their story: --each lets every one stand alone\n",
    )
    assert stories(store, told) == [sorted(told[:4])]
    assert newsread("story", "split", "--each", *told[:4]).code == 0
    assert stories(store, told) == []


def test_split_and_join_print_what_became_of_the_articles(newsread, told):
    records = newsread("story", "split", told[1], "--json").records
    assert {item["id"]: item["story"] for item in records} == dict.fromkeys(told[:4], told[3]) | {told[1]: 0}
    records = newsread("story", "join", told[1], "--json").records
    assert {item["id"]: item["story"] for item in records} == dict.fromkeys(told[:4], told[3])


def test_what_was_split_stays_apart_when_all_is_stored_anew(newsread, store, told):
    newsread("story", "split", told[1])
    assert store.stories.apart([told[1]]) == {told[0], *told[2:4]}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["split", 5], 1, ") is in no story"),
        (["split", 1, 5], 1, ") is in no story"),
        (["split", 1, 999], 1, "there is no article 999; `newsread list` shows the numbers"),
        (["join", 5], 1, ") was not split from a story"),
        (["join", 999], 1, "there is no article 999; `newsread list` shows the numbers"),
        (["splt", 1], 2, "takes an article's number, split or join, not 'splt'; did you mean 'split'?"),
        ([1, "split"], 2, "split or join is said once, before the numbers"),
        (["split"], 2, "split which articles? `newsread list` shows their numbers"),
        (["join", 1, "--each"], 2, "--each belongs to `newsread story split`"),
        ([], 2, "the following arguments are required: ID"),
        (["split", "--eech", 1], 2, "did you mean '--each'?"),
        (["9" * 20], 2, "takes a whole number, not "),
        (["¹"], 2, "takes an article's number"),
    ],
)
def test_mistakes_are_one_line_and_change_nothing(newsread, store, told, words, code, said):
    ran = newsread("story", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert stories(store, told) == [sorted(told[:4])]


def test_articles_of_two_stories_are_not_split_at_once(newsread, store, filled):
    store.stories.put(filled[:2], filled[1])
    store.stories.put(filled[2:4], filled[3])
    ran = newsread("story", "split", *filled[:4])
    assert (ran.code, ran.err) == (
        1,
        "newsread: 1 and 3 are of different stories: split one story at a time\n",
    )


def test_a_split_that_comes_between_is_seen_by_a_library_that_is_open(newsread, store, told, spawn):
    assert spawn("story", "split", told[1]).returncode == 0
    assert store.changed()
    assert store.stories.of([told[1]]) == {}


def test_a_closed_pipe_is_no_error(home, store, told):
    command = f'"{sys.executable}" -P -m reader story {told[0]} --json | head -1'
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, timeout=60, check=True
    )
    assert ran.stderr == b""
    assert json.loads(ran.stdout)["id"] == told[0]


def test_a_library_that_is_none_is_said(home, spawn):
    (home / "library.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    for words in (["story", "1"], ["story", "split", "1"], ["list", "--top"]):
        ran = spawn(*words)
        assert ran.returncode == 1
        assert ran.stderr.count(b"\n") == 1
        assert ran.stderr.startswith(b"newsread: ")


def test_an_empty_library_has_no_story(newsread, home):
    with Store.open(home / "library.db"):
        pass
    ran = newsread("story", 1)
    assert (ran.code, ran.err) == (1, "newsread: there is no article 1; `newsread list` shows the numbers\n")


# Following


def test_a_story_is_followed_listed_and_ended(newsread, told):
    ran = newsread("follow", told[2])
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(f"{told[2]} (Chip maker opens a plant): its story is followed until it has")
    assert "followed already" in newsread("follow", told[0]).err
    ((number, unread, reports, _, title),) = newsread("follow").rows
    assert (int(number), unread, reports, title) == (told[2], "4", "4", "Chip maker opens a plant")
    (record,) = newsread("follow", "--json").records
    assert set(record) == {"article", "since", "reports", "unread", "latest", "title"}
    assert [int(row[0]) for row in newsread("search", "followed").rows] == told[:4]
    assert newsread("follow", "--end", told[1]).err == f"the story of {told[1]} is followed no longer\n"
    assert "no story is followed" in newsread("follow").err


def test_odd_words_to_follow_are_said(newsread, told):
    assert newsread("follow", "--end").code == 2
    assert newsread("follow", "x").code == 2
    ran = newsread("follow", 99, told[0])
    assert ran.code == 3
    assert "there is no article 99" in ran.err
    assert newsread("follow", "--end", told[4]).code == 1


def test_followed_stories_come_first_in_ticker_and_digest(newsread, store, told):
    alone = told[4]
    newsread("follow", alone)
    assert newsread("brief", "--since", "1w", "--json").records[0]["id"] == alone
    assert library.ticker(store, View(), datetime.now(UTC))[0].id == alone
    store.marks.read((alone,))
    assert library.ticker(store, View(), datetime.now(UTC))[0].id != alone
