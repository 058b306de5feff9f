"""`newsread topic` and `topics`: put right from the command line, the user's own by config, and why."""

import pytest

from tests.cli.feeds import rss


def test_an_article_is_put_right_and_back(newsread, filled, store):
    ran = newsread("topic", "set", "sport", filled[0])
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{filled[0]} (Treaty signed at the border): Sport (you: Sport)\n"
    assert newsread("show", filled[0], "--json").records[0]["evidence"] == [
        {"topic": "Sport", "reason": "you: Sport"}
    ]
    assert "\nTopic: Sport (you: Sport)\n" in newsread("show", filled[0]).out
    (record,) = newsread("topic", "set", "none", filled[0], "--json").records
    assert (record["correction"], record["before"], record["evidence"]) == ("", "Sport", [])
    (record,) = newsread("topic", "auto", filled[0], "--json").records
    assert (record["correction"], record["before"]) == (None, "")
    assert [evidence["topic"] for evidence in record["evidence"]] == ["World"]
    assert store.topics.correction(filled[0]) is None


def test_several_articles_one_of_them_gone(newsread, filled):
    ran = newsread("topic", "set", "Life", filled[0], 999, filled[1], "--json")
    assert [record["id"] for record in ran.records] == filled[:2]
    assert (ran.code, ran.err) == (
        3,
        "newsread: there is no article 999; `newsread list` shows the numbers\n",
    )
    assert newsread("topic", "set", "Life", 999).code == 1


def test_a_topic_that_is_not_there_is_made_only_when_told(newsread, filled):
    ran = newsread("topic", "set", "Sprot", filled[0])
    assert (ran.code, ran.err) == (
        1,
        "newsread: there is no topic 'Sprot'; did you mean 'Sport'?; --new makes it one of your own\n",
    )
    assert newsread("topic", "set", "--new", "My corner", filled[0]).code == 0
    assert newsread("topic", "set", "my corner", filled[1]).code == 0
    record = newsread("topics", "--json").records[0]
    assert (record["name"], record["total"], record["own"]) == ("My corner", 2, True)


def test_a_feed_is_moved_with_its_articles(newsread, filled):
    (record,) = newsread("topic", "set", "Health", "--feed", "post", "--json").records
    assert (record["topic"], record["before"], record["changed"]) == ("Health", "", 3)
    assert {row[2]: row[1] for row in newsread("topics").rows}["Health"] == "3"
    ran = newsread("topic", "auto", "--feed", "Morning Post")
    assert ran.err == "Morning Post: no topic of its own; 3 articles changed\n"
    assert newsread("list", "--topic", "Health").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["set"], "`topic set` takes a topic"),
        (["set", "World"], "say which articles by their numbers"),
        (["set", "World", "1", "--feed", "post"], "say which articles by their numbers"),
        (["auto"], "say which articles by their numbers"),
        (["auto", "World"], "'World' is no number of an article"),
        (["sett", "World", "1"], "did you mean 'set'?"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_missing_is_said(newsread, filled, words, said):
    ran = newsread("topic", *words)
    assert ran.code == 2
    assert said in ran.err


def test_topics_of_ones_own_apply_to_what_is_stored(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "Election in Peru", "Election of sports club", "Rain"))
    newsread("add", "f.xml")
    config = home / "config.toml"
    config.write_text('[topics]\nVotes = { query = "election -sport", keywords = ["rain"] }\n')
    records = newsread("list", "--topic", "votes", "--json").records
    assert {record["title"]: record["evidence"][0]["reason"] for record in records} == {
        "Election in Peru": "query: election -sport",
        "Rain": "keyword: rain",
    }
    config.write_text('[topics]\nWet = ["rain"]\n')
    assert [row[1:] for row in newsread("topics").rows if row[2] in {"Votes", "Wet"}] == [["1", "Wet"]]
    config.write_text("")
    newsread("refresh")
    assert not [row for row in newsread("topics").rows if row[2] == "Wet"]


def test_all_topics_can_be_found_anew(newsread, filled, store):
    newsread("topic", "set", "Life", filled[0])
    store.articles.set_topics(filled[1], ())
    store.learned.clear()
    ran = newsread("topics", "--anew")
    assert ran.err.endswith(" articles changed\n")
    assert {row[2]: row[1] for row in ran.rows} == {
        "World": "3",
        "Life": "1",
        "Sport": "1",
        "Technology": "1",
    }
    assert store.learned.counts("", [""])[""]


def test_on_a_terminal_ones_own_are_marked(newsread, filled, monkeypatch):
    newsread("topic", "set", "--new", "Mekong", filled[0])
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    first, second = [
        line for line in newsread("topics").out.splitlines() if "Mekong" in line or "World" in line
    ]
    assert first.split() == ["1", "1", "Mekong", "your", "own"]
    assert second.split() == ["2", "2", "World"]
