"""`newsread list`, `search` and `topics`, on a library."""

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import NOW


def test_articles_are_listed_newest_first(newsread, filled):
    ran = newsread("list")
    assert ran.code == 0
    assert [int(row[0]) for row in ran.rows] == filled
    _, published, marks, source, title = ran.rows[0]
    assert published.endswith("Z")
    assert (marks, source, title) == ("unread", "The Wire", "Treaty signed at the border")


def test_json_carries_the_whole_article(newsread, filled):
    record = newsread("list", "--json", "--limit", 1).records[0]
    assert record["id"] == filled[0]
    assert record["source"] == "The Wire"
    assert record["topics"] == ["World"]
    assert record["url"] == "https://wire.example/1"
    assert record["author"] == "A. Writer"
    assert "<b>first</b>" in record["html"]
    file = {"url": "https://wire.example/a.mp3", "type": "audio/mpeg", "length": 12, "duration": None}
    assert record["enclosures"] == [file]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["--limit", "2"], [0, 1]),
        (["--limit", "0"], [0, 1, 2, 3, 4]),
        (["--topic", "World"], [0, 1, 4]),
        (["--topic", "sport"], [3]),
        (["--feed", "wire"], [0, 2]),
        (["--feed", "https://post.example/feed", "--topic", "World"], [1, 4]),
        (["--since", "36h"], [0, 1, 2]),
        (["--search", "border"], [0, 1]),
        (["--search", "border", "--feed", "post"], [1]),
        (["--unread"], [1, 2, 3, 4]),
        (["--starred"], [2]),
    ],
)
def test_filters_narrow_the_list(newsread, store, filled, words, places):
    store.marks.read(filled[:1])
    store.marks.star(filled[2:3])
    assert [row["id"] for row in newsread("list", "--json", *words).records] == [
        filled[place] for place in places
    ]


@pytest.mark.parametrize("query", ["since:soon", "(border OR", "title:"])
@pytest.mark.parametrize("words", [("search",), ("list", "--search")])
def test_a_query_that_is_not_finished_is_a_mistake(newsread, filled, words, query):
    ran = newsread(*words, query)
    assert ran.code != 0
    assert not ran.rows
    assert "column" in ran.err


def test_a_search_says_that_it_shows_the_latest_only(newsread, filled, monkeypatch):
    for module in ("views", "lists"):
        monkeypatch.setattr(f"reader.store.{module}.HITS_MAX", 1)
    monkeypatch.setattr("reader.store.views.PROBE_MAX", 0)
    ran = newsread("search", "border")
    assert len(ran.rows) == 1
    assert ran.err == "these are the latest 1 that were found; before:DATE asks for older ones\n"
    assert newsread("search", "border", "--limit", "1").err == ""
    assert newsread("list").err == ""


def test_a_word_is_whole_but_for_a_star(newsread, filled):
    assert newsread("search", "bord").rows == []
    assert newsread("list", "--search", "bord").rows == []
    assert len(newsread("search", "bord*").rows) == len(newsread("search", "border").rows) == 2


def test_marks_are_shown(newsread, store, filled):
    store.marks.read(filled[:1])
    store.marks.star(filled[:2])
    assert [row[2] for row in newsread("list").rows[:3]] == ["read,starred", "unread,starred", "unread"]


def test_search_takes_words_and_filters_in_any_order(newsread, filled):
    assert [int(row[0]) for row in newsread("search", "border", "--topic", "World", "treaty").rows] == filled[
        :2
    ]
    ran = newsread("search", "unheard-of")
    assert (ran.code, ran.out, ran.err) == (0, "", "no article is like that\n")


def test_unknown_topics_and_feeds_get_the_likely_one(newsread, filled):
    ran = newsread("list", "--topic", "Wrold")
    assert (ran.code, ran.err) == (1, "newsread: there is no topic 'Wrold'; did you mean 'World'?\n")
    ran = newsread("list", "--feed", "The Wyre")
    assert (ran.code, ran.err) == (1, "newsread: there is no feed 'The Wyre'; did you mean 'The Wire'?\n")
    assert "`newsread topics` lists them" in newsread("list", "--topic", "zzz").err


def test_a_feed_that_is_not_clear_is_asked_for(newsread, store):
    for name in ("Post A", "Post B"):
        store.feeds.add(f"https://{name[-1]}.example/", title=name)
    ran = newsread("list", "--feed", "post")
    assert ran.code == 1
    assert ran.err == "newsread: 'post' may be 1 (Post A) or 2 (Post B); give its number\n"


def test_an_empty_library_says_what_to_do(newsread, store):
    ran = newsread("list")
    assert (ran.code, ran.out) == (0, "")
    assert "`newsread add ADDRESS`" in ran.err
    store.feeds.add("https://example.org/")
    assert "`newsread refresh`" in newsread("list").err


def test_on_a_terminal_the_list_is_aligned_and_short(newsread, filled, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("reader.cli.listing.TTY_LIMIT", 3)
    monkeypatch.setenv("COLUMNS", "59")
    ran = newsread("list")
    assert ran.out.splitlines() == [
        "1  ●  1 h ago    The Wire      Treaty signed at the border",
        "2  ●  2 h ago    Morning Post  Border treaty: what it says",
        "3  ●  1 day ago  The Wire      Chip maker opens a plant",
    ]
    assert ran.err == "3 of 5 articles; --limit 0 shows all\n"


def test_topics_and_their_counts(newsread, store, filled):
    store.marks.read(filled[:1])
    assert newsread("topics").rows == [["2", "3", "World"], ["1", "1", "Sport"], ["1", "1", "Technology"]]
    record = newsread("topics", "--json").records[0]
    assert record == {"name": "World", "unread": 2, "total": 3, "own": False}


@pytest.mark.parametrize("words", [["treaty", "-signed"], ["--", "treaty", "-signed"], ["treaty -signed"]])
def test_a_search_leaves_words_out(newsread, filled, words):
    assert [row[4] for row in newsread("search", *words).rows] == ["Border treaty: what it says"]


def test_words_behind_two_dashes_are_never_options(newsread, home):
    (home / "-dash.txt").write_text("Headline\n\nText.\n")
    assert newsread("add", "--", "-dash.txt").err == "subscribed to -dash.txt: 1 article\n"


def test_a_source_that_cannot_be_read_is_said_once(newsread, home):
    (home / "empty.txt").write_bytes(b"")
    ran = newsread("list", "--source", "empty.txt")
    assert (ran.code, ran.err) == (1, "newsread: empty.txt is empty: there is nothing to read\n")


def test_a_library_whose_name_is_no_text_is_refused_in_words(newsread, home):
    ran = newsread("list", "--library", "b\udcff.db")
    assert ran.code == 1
    assert "has a name that is not UTF-8 text" in ran.err


@pytest.mark.parametrize("topic", ["health", "Mine", "Given"])
def test_a_topic_without_articles_today_is_no_mistake(newsread, home, store, filled, topic):
    (home / "config.toml").write_text('[topics]\nMine = ["nowhere"]\n')
    store.feeds.add("https://new.example/", topic="Given")
    ran = newsread("list", "--topic", topic)
    assert (ran.code, ran.out, ran.err) == (0, "", "no article is like that\n")


def test_a_word_too_many_is_told_where_it_may_belong(newsread, home):
    ran = newsread("list", "page.txt")
    assert ran.code == 2
    assert "'page.txt' is one word too many: --source reads a file" in ran.err


# Stories


@pytest.fixture
def told(store, filled):
    """The first two articles tell one story, by its second; returns the ids of all, newest first."""
    store.stories.put(filled[:2], filled[1])
    store.stories.set_lead(filled[1], filled[1])
    return filled


def test_the_top_of_the_list_is_each_story_once_by_its_lead(newsread, told):
    (row,) = newsread("list", "--top").rows
    assert row[0] == str(told[1])
    assert row[-2:] == ["2", "2"]
    (record,) = newsread("list", "--top", "--json").records
    plain = newsread("list", "--json").records[1]
    assert {name: record[name] for name in plain} == plain
    assert (record["sources"], record["reports"], record["lead"]) == (2, 2, told[1])
    assert record["score"] > 0


def test_on_a_terminal_a_top_story_says_why_it_is_one(newsread, told, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert newsread("list", "--top").out.splitlines() == [
        "2  ●  2 h ago  Morning Post  +1  Border treaty: what it says",
        " " * 33 + "2 sources, 2 reports in 6 h",
    ]


def test_each_story_once_in_the_whole_list(newsread, told):
    assert [int(row[0]) for row in newsread("list", "--stories").rows] == told[1:]
    assert [int(row[0]) for row in newsread("list", "--stories", "--limit", 2).rows] == told[1:3]


def test_a_script_can_group_by_story(newsread, told):
    records = newsread("list", "--json").records
    assert [(item["story"], item["lead"], item["others"]) for item in records] == [
        (told[1], told[1], 1),
        (told[1], told[1], 1),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
    ]
    assert newsread("show", told[0], "--json").records == records[:1]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["--topic", "World"], [1]),
        (["--topic", "Sport"], []),
        (["--feed", "wire"], [0]),
        (["--unread"], [0]),
        (["--starred"], []),
        (["--since", "90min"], [0]),
        (["--search", "signed"], [0]),
        (["--limit", "0"], [1]),
        (["--limit", "1"], [1]),
    ],
)
def test_filters_narrow_the_top(newsread, store, told, words, shown):
    store.marks.read([told[1]])
    ran = newsread("list", "--top", *words)
    assert [int(row[0]) for row in ran.rows] == [told[place] for place in shown]
    assert ran.err == ("" if shown else "no top story is like that\n")


def test_an_empty_top_says_why(newsread, store, home):
    assert newsread("list", "--top").err.startswith("there are no feeds yet")
    store.feeds.add("https://example.org/")
    ran = newsread("list", "--top")
    assert (ran.code, ran.out, ran.err) == (0, "", "no story of the last days is told by two sources\n")


def test_top_and_stories_exclude_each_other_in_words(newsread, home):
    ran = newsread("list", "--top", "--stories")
    assert (ran.code, ran.err) == (
        2,
        "newsread: --top shows each story once anyway: leave --stories away\n",
    )


def test_sources_read_for_a_moment_have_stories_too(newsread, home):
    for name in ("alpha", "beta"):
        (home / f"{name}.txt").write_text(
            f"Giles Okafor opens Mekong bridge in Kampong Cham\n\nKampong Cham, {NOW:%B} {NOW.day},"
            f" {NOW.year}: Giles Okafor opened the Mekong bridge, the {name} ministry said.\n"
        )
    sources = ["--source", "alpha.txt", "--source", "beta.txt"]
    assert len(newsread("list", *sources).rows) == 2
    assert len(newsread("list", "--stories", *sources).rows) == 1
    assert len(newsread("list", "--top", *sources).rows) == 1


def test_head_may_close_the_pipe_of_a_long_top(home, store, told, spawn):
    command = f'"{sys.executable}" -P -m reader list --top --json | head -1'
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, timeout=60, check=True
    )
    assert ran.stderr == b""
    assert json.loads(ran.stdout)["lead"] == told[1]
