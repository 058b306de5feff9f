"""Full texts on the command line: `show --full`, and what a refresh brings whole."""

import pytest

from reader.config import extras
from tests.cli.feeds import rss
from tests.extras import SENTENCE, needs_fulltext, page
from tests.server import Reply

HTML = {"Content-Type": "text/html; charset=utf-8"}
WORDS = SENTENCE.strip()


@pytest.fixture
def article(server, store, newsread):
    """The number of an article whose page is on the server."""
    link = f"<link>{server.url('/one')}</link>"
    item = f"<item><title>One</title><guid>1</guid>{link}<description>Short.</description></item>"
    server.routes["/feed"] = Reply(rss("A").replace(b"</channel>", item.encode() + b"</channel>"))
    server.routes["/one"] = Reply(page("One"), headers=HTML)
    store.feeds.add(server.url("/feed"), title="A", local=True)
    assert newsread("refresh", "--all").code == 0
    server.hits.clear()
    return newsread("list", "--json").records[0]["id"]


def always(home, server):
    (home / "config.toml").write_text(
        f'[feeds."{server.url("/feed")}"]\nfulltext = "always"\n', encoding="utf-8"
    )


@needs_fulltext
def test_the_full_text_is_fetched_once_and_kept(newsread, article, server):
    assert WORDS not in newsread("show", article).out
    assert WORDS in " ".join(newsread("show", article, "--full").out.split())
    assert WORDS in " ".join(newsread("show", article, "--full").out.split())
    assert server.paths() == ["/one"]
    assert WORDS in " ".join(newsread("show", article).out.split())
    assert WORDS in newsread("show", article, "--json").records[0]["html"]


@needs_fulltext
def test_what_fails_is_one_line_and_the_article_stays(newsread, article, server):
    server.routes["/one"] = Reply(b"", status=404)
    ran = newsread("show", article, "--full")
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith("newsread: no full text: there is nothing at this address (404)")
    assert "Short." in newsread("show", article).out


@needs_fulltext
def test_a_feed_that_is_always_read_whole(newsread, article, server, home):
    always(home, server)
    ran = newsread("refresh", "--all")
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == "1 full text kept"
    assert server.paths() == ["/feed", "/one"]
    assert WORDS in " ".join(newsread("show", article).out.split())
    server.hits.clear()
    newsread("refresh", "--all")
    assert server.paths() == ["/feed"]


@needs_fulltext
def test_the_desks_own_refresh_leaves_that_to_the_desk(newsread, article, server, home):
    always(home, server)
    assert newsread("refresh", "--all", "--no-fulltext").code == 0
    assert server.paths() == ["/feed"]


@needs_fulltext
def test_a_page_that_cannot_be_had_does_not_fail_the_refresh(newsread, article, server, home):
    always(home, server)
    server.routes["/one"] = Reply(b"", status=500)
    ran = newsread("refresh", "--all")
    assert ran.code == 0
    assert ran.err.splitlines()[-1].startswith("1 full text could not be had: the server is in trouble (500)")
    server.hits.clear()
    newsread("refresh", "--all")
    assert server.paths() == ["/feed"]  # it is left alone for a while


@needs_fulltext
def test_starred_articles_with_short_texts_are_kept_whole(newsread, article, server, store):
    store.marks.star([article], True)
    newsread("refresh", "--all")
    assert server.paths() == ["/feed", "/one"]


def test_without_the_extra_it_says_how_to_get_it(newsread, article, server, home, monkeypatch, store):
    monkeypatch.setattr(extras, "installed", lambda _: False)
    ran = newsread("show", article, "--full")
    assert ran.code == 1
    assert "full text needs an extra: " in ran.err
    assert "'newsread[fulltext]'" in ran.err
    always(home, server)
    store.marks.star([article], True)
    assert newsread("refresh", "--all").code == 0
    assert server.paths() == ["/feed"]


def test_an_article_without_an_address(newsread, server, store):
    item = b"<item><title>One</title><guid isPermaLink='false'>1</guid></item>"
    server.routes["/feed"] = Reply(rss("A").replace(b"</channel>", item + b"</channel>"))
    store.feeds.add(server.url("/feed"), title="A", local=True)
    newsread("refresh", "--all")
    number = newsread("list", "--json").records[0]["id"]
    ran = newsread("show", number, "--full")
    assert ran.code == 1
    assert "an extra" in ran.err or "gives no web address" in ran.err
