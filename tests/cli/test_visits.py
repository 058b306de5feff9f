"""`newsread doctor` about feeds and settings: visits, what 304 spares, the next visit and why; mistakes."""

import json

from reader.store import Store
from tests.cli.feeds import rss
from tests.server import Reply, Server


def test_every_feed_with_its_visits_and_the_next_one(newsread, home):
    body = rss("Alpha", "One", "Two")
    with Server() as server:
        server.routes["/f"] = Reply(body, headers={"ETag": '"1"'})
        assert newsread("add", server.url("/f")).code == 0
        server.routes["/f"] = Reply(status=304)
        assert newsread("refresh", "--all").code == 0
        (row,) = newsread("doctor", "--feeds").rows
        assert row[1:4] == ["Alpha", "well, just now", "50 %"]
        assert row[4] == f"{len(body) / 1e3:,.1f} kB"
        assert row[5].startswith("in ")
        assert row[6].startswith("every 60 min, until its rhythm is known")
        (record,) = newsread("doctor", "--feeds", "--json").records
        assert (record["visits"], record["unchanged"], record["saved"]) == (2, 1, len(body))
        assert record["why"] == row[6]
    assert newsread("refresh", "--all").code == 1
    (row,) = newsread("doctor", "--feeds").rows
    assert row[2].startswith("failed just now: ")
    assert row[6].startswith("it failed once")


def test_a_feed_has_an_interval_of_its_own(newsread, home):
    with Server() as server:
        server.routes["/f"] = Reply(rss("Alpha", "One", "Two"))
        (home / "config.toml").write_text(f'[feeds."{server.url("/f")}"]\ninterval = 300\n')
        assert newsread("add", server.url("/f")).code == 0
        newsread("refresh", "--all")
        (row,) = newsread("doctor", "--feeds").rows
    assert row[5:] == ["in 5 h", "every 5 h, as you have set for it"]


def test_a_local_feed_saves_nothing_and_no_feeds_are_told(newsread, home):
    assert "there are no feeds yet" in newsread("doctor", "--feeds").err
    (home / "a.xml").write_bytes(rss("Alpha", "One"))
    newsread("add", "a.xml")
    newsread("refresh", "--all")
    (row,) = newsread("doctor", "--feeds").rows
    assert row[3:5] == ["0 %", ""]


def test_mistakes_in_the_config_are_findings(newsread, home):
    (home / "a.xml").write_bytes(rss("Alpha", "One"))
    newsread("add", "a.xml")
    (home / "config.toml").write_text("[refresh]\nintervall = 30\n\n[keys]\nbrouse = 'o'\n")
    ran = newsread("doctor")
    assert ran.code == 1
    assert "unknown key 'refresh.intervall'; did you mean 'interval'?" in ran.err
    assert "brouse" in ran.err
    assert dict(ran.rows)["file"] == "whole"
    (record,) = newsread("doctor", "--json").records
    assert len(record["wrong"]) == 2
    assert newsread("doctor", "--tidy").code != 0
    (home / "config.toml").write_text("this is no TOML")
    assert "not TOML" in newsread("doctor").err


def test_the_library_that_the_config_names_is_looked_at_all_the_same(newsread, home, monkeypatch):
    monkeypatch.delenv("NEWSREAD_LIBRARY")
    Store.open(home / "other.db").close()
    (home / "config.toml").write_text(f"library = {json.dumps(str(home / 'other.db'))}\nnonsense = 1\n")
    ran = newsread("doctor")
    assert "nonsense" in ran.err
    assert dict(ran.rows)["library"] == str(home / "other.db")
