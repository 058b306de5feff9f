"""Sources opened for a moment: what each becomes, what went wrong in words, what a change on disk does."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader import edition, library, text
from reader.config import Config, Fetch
from reader.local import files
from reader.model import Headline, TopicRule, View
from tests.server import Reply, Server
from tests.shared import shared

CONFIG = Config(path=Path("config.toml"), library=Path("library.db"), fetch=Fetch(timeout=10, spacing=0))

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>
<item><title>Village Network Reaches Its Thousandth Home</title><guid>1</guid></item></channel></rss>"""
HTML = b"""<html><head><title>A page</title>%s</head><body><h1>The article</h1><p>Text.</p></body></html>"""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def opened():
    """Return a function that opens sources; all are closed at the end."""
    editions = []

    def load(*sources, stdin=None):
        editions.append(edition.load([str(source) for source in sources], CONFIG, stdin))
        return editions[-1]

    yield load
    for each in editions:
        each.close()


def headlines(given: edition.Edition) -> list[Headline]:
    return given.store.lists.rows(given.store.lists.ids(View()))


def titles(given):
    return [headline.title for headline in headlines(given)]


def ticker(given):
    return given.store.lists.ticker(View(), 20)


def write(path, words, *, age=0):
    path.write_text(words)
    when = datetime(2026, 10, 1, tzinfo=UTC) - timedelta(days=age)
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def test_the_page_of_phnom_penh(opened):
    given = opened(shared("page") / "phnom-penh-2024-06-13.txt")
    (headline,) = headlines(given)
    assert given.problems == ()
    assert given.title == "phnom-penh-2024-06-13.txt"
    named = [each for each in ticker(given) if each.bare]
    assert len(named) == 5
    assert named[0].title.startswith("China Monitors Shooting Incident")
    article = given.store.articles.get(headline.id)
    assert article is not None
    assert article.dateline == "Phnom Penh"
    neighbours = library.related(given.store, headline.id)
    assert {each.headline.id for each in neighbours} == {each.id for each in named}
    assert neighbours[0].why


def test_files_folders_and_standard_input_at_once(opened, tmp_path):
    (tmp_path / "folder").mkdir()
    write(tmp_path / "folder" / "one.txt", "One\n\nText.", age=1)
    write(tmp_path / "folder" / "two.md", "# Two\n\nText.", age=2)
    write(tmp_path / "three.html", "<title>Three</title><p>Text.", age=3)
    (tmp_path / "four.xml").write_bytes(RSS)
    given = opened(
        tmp_path / "folder", tmp_path / "three.html", tmp_path / "four.xml", "-", stdin=b"Five\n\nText."
    )
    assert given.problems == ()
    assert set(titles(given)) == {
        "One",
        "Two",
        "Three",
        "Five",
        "Village Network Reaches Its Thousandth Home",
    }
    assert set(given.titles) == {"folder", "three.html", "A feed", "standard input"}
    assert given.title == "folder, three.html and 2 more"


def test_a_folder_has_a_feed_for_each_source_that_its_pages_name(opened, tmp_path):
    write(tmp_path / "a.txt", "---\nsource: The Post\n---\nA\n\nText.")
    write(tmp_path / "b.txt", "---\nsource: The Wire\n---\nB\n\nText.")
    write(tmp_path / "c.txt", "---\nsource: The Post\n---\nC\n\nText.")
    write(tmp_path / "d.txt", "D\n\nText.")
    given = opened(tmp_path)
    assert sorted((each.source, each.title) for each in headlines(given)) == [
        ("The Post", "A"),
        ("The Post", "C"),
        ("The Wire", "B"),
        (tmp_path.name, "D"),
    ]


def test_what_cannot_be_read_is_said_and_stops_nothing(opened, tmp_path):
    good = write(tmp_path / "good.txt", "Good\n\nText.")
    empty = tmp_path / "empty"
    empty.mkdir()
    given = opened(tmp_path / "missing.txt", empty, good, "-", "http://127.0.0.1:1/", stdin=b"\x7fELF")
    assert titles(given) == ["Good"]
    assert len(given.problems) == 4
    assert given.titles == ("good.txt",)
    for problem, said in zip(
        given.problems,
        ("there is no such file", "holds nothing to read", "a program", "127.0.0.1"),
        strict=True,
    ):
        assert said in problem
        assert problem == text.one_line(problem)


def test_nothing_on_standard_input(opened):
    assert opened("-").problems == ("standard input is empty: there is nothing to read",)


def test_a_ticker_headline_leads_to_the_article_of_that_title(opened, tmp_path):
    write(
        tmp_path / "page.txt",
        "Second page | Nobody knows |\n\nFirst page\n\nText.\n\nRelated News\n- Second page\n",
    )
    given = opened(tmp_path / "page.txt")
    assert [each.bare for each in ticker(given) if each.title == "Second page"] == [True]
    write(tmp_path / "other.txt", "Second page\n\nIts text.", age=1)
    given = opened(tmp_path / "page.txt", tmp_path / "other.txt")
    first, second = headlines(given)
    bare = {each.title: each.bare for each in ticker(given)}
    assert (bare["Second page"], bare["Nobody knows"]) == (False, True)
    assert given.store.mentions.listed(first.id) == (second.id,)


def test_a_file_that_changes_changes_its_article_in_place(opened, tmp_path):
    path = write(tmp_path / "page.txt", "First headline\n\nText.")
    given = opened(path)
    (before,) = headlines(given)
    given.store.marks.star([before.id])
    assert given.reload() is False
    write(path, "Second headline\n\nMore text.")
    assert given.reload() is True
    (after,) = headlines(given)
    assert (after.id, after.title, after.starred) == (before.id, "Second headline", True)
    assert given.reload() is False


def test_a_folder_takes_in_new_files_and_keeps_what_is_gone(opened, tmp_path):
    first = write(tmp_path / "a.txt", "A\n\nText.", age=1)
    given = opened(tmp_path)
    write(tmp_path / "b.txt", "B\n\nText.")
    (tmp_path / "c.txt").write_bytes(b"%PDF")
    assert given.reload() is True
    assert titles(given) == ["B", "A"]
    assert "a PDF file" in given.problems[0]
    first.unlink()
    (tmp_path / "c.txt").unlink()
    assert given.reload() is True
    assert titles(given) == ["B", "A"]
    assert given.problems == ()


def test_only_the_files_that_changed_are_read_again(opened, tmp_path, monkeypatch):
    for name in ("a", "b"):
        write(tmp_path / f"{name}.txt", f"{name}\n\nText.")
    given = opened(tmp_path)
    read, again = files.read, []
    monkeypatch.setattr(files, "read", lambda path, **how: again.append(path.name) or read(path, **how))
    write(tmp_path / "b.txt", "Another headline\n\nText.")
    assert given.reload() is True
    assert again == ["b.txt"]


def test_a_source_that_is_given_twice_is_read_once(opened, tmp_path):
    path = write(tmp_path / "page.txt", "Headline\n\nText.")
    given = opened(path, path, "missing", "missing")
    assert (len(titles(given)), len(given.problems)) == (1, 1)


def test_topics_of_the_users_own_hold_here_too(tmp_path):
    path = write(tmp_path / "page.txt", "A ferry\n\nText.")
    config = replace(CONFIG, topics=(TopicRule("Boats", ("ferry",)),))
    given = edition.load([str(path)], config)
    assert headlines(given)[0].topics == ("Boats",)
    given.close()


def test_a_file_that_vanishes_is_said_once_and_comes_back(opened, tmp_path):
    path = write(tmp_path / "page.txt", "Headline\n\nText.")
    given = opened(path)
    path.unlink()
    assert given.reload() is True
    assert "no such file" in given.problems[0]
    assert given.reload() is False
    write(path, "Headline\n\nText.")
    assert given.reload() is True
    assert given.problems == ()


def test_an_address_with_a_feed_a_page_that_announces_one_and_a_page_alone(opened):
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    with Server() as server:
        server.routes |= {
            "/feed": Reply(RSS, headers={"content-type": "application/rss+xml"}),
            "/site": Reply(HTML % link, headers={"content-type": "text/html"}),
            "/page": Reply(HTML % b"", headers={"content-type": "text/html"}),
            "/gone": Reply(status=410),
        }
        given = opened(*(server.url(path) for path in ("/feed", "/site", "/page", "/gone")))
    assert titles(given).count("Village Network Reaches Its Thousandth Home") == 2
    assert "The article" in titles(given)
    (problem,) = given.problems
    assert problem.startswith(server.url("/gone"))
    assert given.reload() is False


def test_a_page_does_not_lead_to_another_private_host(opened):
    with Server() as server, Server() as other:
        link = (
            b'<link rel="alternate" type="application/rss+xml" href="http://localhost:%d/feed">' % other.port
        )
        server.routes["/site"] = Reply(HTML % link, headers={"content-type": "text/html"})
        given = opened(server.url("/site"))
        assert other.hits == []
    assert titles(given) == ["The article"]


def test_a_name_that_is_no_text_opens_like_any_other(opened, tmp_path):
    base = os.fsencode(tmp_path)
    names = [os.fsdecode(base + b"/b\xff.txt"), os.fsdecode(base + b"/b\xfe.txt")]
    folder = os.fsdecode(base + b"/c\xff")
    Path(folder).mkdir()
    for number, name in enumerate([*names, f"{folder}/in.txt"]):
        write(Path(name), f"Headline {number}\n\nText.\n")
    given = opened(*names, folder)
    assert sorted(titles(given)) == ["Headline 0", "Headline 1", "Headline 2"]
    assert len(given.store.feeds.all()) == 3
    assert given.problems == ()
    assert text.one_line(given.title) == given.title
    assert not given.reload()


@pytest.mark.parametrize("where", ["feed.xml", "", "address", "stdin"])
def test_no_more_articles_are_read_than_the_config_says(tmp_path, where):
    items = b"".join(b"<item><title>A%d</title></item>" % number for number in range(9))
    body = b"<rss version='2.0'><channel><title>Nine</title>" + items + b"</channel></rss>"
    (tmp_path / "feed.xml").write_bytes(body)
    config = replace(CONFIG, fetch=replace(CONFIG.fetch, max_items=4))
    with Server() as server:
        server.routes["/feed"] = Reply(body)
        source = {"address": server.url("/feed"), "stdin": "-"}.get(where, str(tmp_path / where))
        given = edition.load([source], config, body)
    assert len(titles(given)) == 4
    given.close()
