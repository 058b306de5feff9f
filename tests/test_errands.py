"""Errands: pages and pictures fetched by the fetcher's rules, against a loopback server."""

import json
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from reader import child
from reader.config import Access, Config, cache_path, extras
from reader.errands import Errand, answer_from_json, answer_to_json, errand
from reader.errands.running import run
from reader.errands.values import Answer, errands_from_json, errands_to_json
from reader.fetch.guard import PUBLIC_ENV
from reader.model import Feed
from reader.pictures.cache import Cache
from tests.extras import SENTENCE, needs_fulltext, needs_images, page, picture
from tests.server import Reply, Server

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def server():
    with Server() as running:
        yield running


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Config(path=tmp_path / "config.toml", library=tmp_path / "library.db")


async def brought(config, *errands):
    return {answer.url: answer async for answer in run(errands, config)}


async def one(config, kind, url, *, private_ok=True):
    return (await brought(config, Errand(kind, url, private_ok)))[url]


@needs_fulltext
async def test_a_page_is_fetched_and_its_article_told_apart(server, config):
    server.routes["/moved"] = Reply(status=302, headers={"Location": "/2026/ferry"})
    server.routes["/2026/ferry"] = Reply(page(), headers=HTML)
    answer = await one(config, "article", server.url("/moved"))
    assert answer.error == ""
    assert answer.address == server.url("/2026/ferry")
    assert SENTENCE.strip() in answer.html
    assert answer.text.startswith("The ferry sails again")
    assert "html" in server.hits[0].headers["accept"]
    assert "cookie" not in server.hits[0].headers
    assert "referer" not in server.hits[0].headers


@needs_images
async def test_a_picture_goes_to_the_cache_and_is_not_fetched_twice(server, config):
    server.routes["/boat.png"] = Reply(picture(), headers={"Content-Type": "image/png"})
    url = server.url("/boat.png")
    assert (await one(config, "picture", url)).error == ""
    assert Cache(cache_path() / "pictures").get(url).width == 76
    assert (await one(config, "picture", url)).error == ""
    assert server.paths() == ["/boat.png"]


@pytest.mark.parametrize(
    ("kind", "reply", "words"),
    [
        ("article", Reply(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "something else here"),
        ("article", Reply(b"", status=404), "there is nothing at this address"),
        ("article", Reply(b"", status=403), "the server refuses to give this page"),
        (
            "article",
            Reply(b"x", headers=HTML | {"Content-Length": str(8 * 1024 * 1024 + 1)}),
            "the page is larger than 8 MiB",
        ),
        ("article", b"nonsense\r\n\r\n", "does not answer as a web server should"),
        ("picture", Reply(b"<html>", headers=HTML), "something else here"),
    ],
    ids=["pdf", "gone", "forbidden", "too large", "no http", "no picture"],
)
async def test_failures_are_one_line_in_words(server, config, kind, reply, words):
    server.routes["/a"] = reply
    answer = await one(config, kind, server.url("/a"))
    assert words in answer.error
    assert "feed" not in answer.error
    assert answer.html == ""


async def test_a_strangers_page_may_not_lie_behind_the_firewall(server, config):
    answer = await one(config, "article", server.url("/admin"), private_ok=False)
    assert "private network" in answer.error
    assert server.hits == []


@pytest.mark.parametrize("kind", ["article", "picture"])
async def test_a_public_page_may_not_lead_there_either(server, config, monkeypatch, kind):
    with Server() as public:
        monkeypatch.setenv(PUBLIC_ENV, public.endpoint)
        public.routes["/a"] = Reply(status=302, headers={"Location": server.url("/admin")})
        answer = await one(config, kind, public.url("/a"), private_ok=False)
        assert public.paths() == ["/a"]
    assert "private network" in answer.error
    assert server.hits == []


async def test_one_failure_leaves_the_others(server, config):
    server.routes["/b"] = Reply(b"", status=500)
    answers = await brought(
        config, Errand("article", server.url("/a"), True), Errand("article", server.url("/b"), True)
    )
    assert len(answers) == 2


FEED = Feed(id=1, url="http://192.168.1.5:8080/feed", title="mine", local=True)


@pytest.mark.parametrize(
    ("feed", "url", "fine"),
    [
        (FEED, "http://192.168.1.5:8080/article/1", True),
        (FEED, "http://192.168.1.5/admin", False),
        (FEED, "http://192.168.1.1:8080/admin", False),
        (FEED, "https://192.168.1.5:8080/a", False),
        (FEED, "nonsense", False),
        (
            Feed(id=1, url="http://192.168.1.5:8080/feed", title="another's"),
            "http://192.168.1.5:8080/a",
            False,
        ),
        (Feed(id=1, url="/home/me/page.html", title="a file", local=True), "http://127.0.0.1/a", False),
        (Feed(id=1, url="", title="", local=True), "", False),
        (None, "http://127.0.0.1/a", False),
    ],
)
def test_only_the_very_server_of_a_typed_feed_may_be_private(feed, url, fine):
    assert errand("article", url, feed).private_ok is fine


def test_only_what_lies_at_the_feeds_very_server_is_asked_with_its_login():
    url = "https://example.com/feed"
    feed = Feed(id=1, url=url, title="strangers")
    assert errand("article", "https://example.com/1", feed).feed == url
    for other in ("https://www.example.com/1", "http://example.com/1", "https://example.com:8443/1", ""):
        assert errand("article", other, feed).feed == ""


async def test_a_feeds_login_goes_with_its_pages_and_nowhere_else(server, config, monkeypatch):
    monkeypatch.setenv("NEWS_PASSWORD", "open sesame")
    own = Feed(id=1, url=server.url("/feed"), title="mine", local=True)
    access = Access((("X-Token", "s3cret"),), "me", "NEWS_PASSWORD")
    config = replace(config, feeds={own.url: access})
    with Server() as other:
        server.routes["/1"] = Reply(page(), headers=HTML)
        server.routes["/2"] = Reply(status=302, headers={"Location": other.url("/elsewhere")})
        pages = (server.url("/1"), server.url("/2"), other.url("/3"))
        await brought(config, *(replace(errand("article", url, own), private_ok=True) for url in pages))
        sent = {
            hit.path: {"authorization", "x-token"} & hit.headers.keys() for hit in server.hits + other.hits
        }
    both = {"authorization", "x-token"}
    assert sent == {"/1": both, "/2": both, "/elsewhere": set(), "/3": set()}


def test_errands_and_answers_travel_as_json():
    asked = (Errand("article", "https://a.example/1", True, 7), Errand("picture", "https://a.example/b.png"))
    assert errands_from_json(errands_to_json(asked)) == asked
    told = Answer("article", "https://a.example/1", 7, "https://a.example/2", "<p>ü\u2028</p>", "ü", "")
    assert "\u2028" not in answer_to_json(told)
    assert answer_from_json(answer_to_json(told)) == told


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        json.dumps({"kind": "article"}),
        answer_to_json(Answer("article", "u")).replace('"u"', "1"),
    ],
)
def test_any_other_line_is_no_answer(line):
    with pytest.raises(ValueError, match=r".*"):
        answer_from_json(line)


@needs_images
async def test_the_child_does_errands(server, config):
    server.routes["/boat.png"] = Reply(picture(), headers={"Content-Type": "image/png"})
    asked = [Errand("picture", server.url(path), True, 3) for path in ("/boat.png", "/gone.png")]
    answers = {answer.url: answer async for answer in child.errands(config, asked)}
    assert answers[asked[0].url] == Answer("picture", asked[0].url, 3)
    assert "404" in answers[asked[1].url].error


async def test_a_child_that_breaks_off_is_told_in_words(config, monkeypatch):
    monkeypatch.setattr(child, "errand_command", lambda _: ["false"])
    with pytest.raises(child.ChildError, match="broke off"):
        _ = [answer async for answer in child.errands(config, [Errand("article", "https://a.example/")])]


async def test_a_child_that_talks_nonsense_is_told_in_words(config, monkeypatch):
    monkeypatch.setattr(child, "errand_command", lambda _: ["echo", "nonsense"])
    with pytest.raises(child.ChildError, match="does not understand"):
        _ = [answer async for answer in child.errands(config, [Errand("article", "https://a.example/")])]


async def test_leaving_early_ends_the_child(server, config):
    server.routes["/slow"] = lambda _: server.silence()
    asked = [Errand("article", server.url(path), True) for path in ("/gone", "/slow")]
    async with aclosing(child.errands(config, asked)) as answers:
        assert "404" in (await anext(answers)).error


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("/home/me/.local/share/pipx/venvs/newsread", "pipx install --force 'newsread[fulltext]'"),
        ("/home/me/.local/share/uv/tools/newsread", "uv tool install 'newsread[fulltext]'"),
        ("/home/me/venv", "pip install 'newsread[fulltext]'"),
    ],
)
def test_how_an_extra_is_installed(prefix, words):
    assert extras.command("fulltext", prefix) == words


def test_a_missing_extra_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(extras.MissingExtraError, match=r"full text needs an extra: .*'newsread\[fulltext\]'"):
        extras.require("fulltext")
    with pytest.raises(extras.MissingExtraError, match=r"pictures need an extra: .*'newsread\[images\]'"):
        extras.require("images")


def test_the_options_of_reading(tmp_path):
    from reader.config import ConfigError, load

    path = Path(tmp_path / "config.toml")
    path.write_text(
        '[reading]\nimages = "always"\n[feeds."https://a.example/f"]\nfulltext = "always"\n', encoding="utf-8"
    )
    loaded = load(path)
    assert loaded.reading.images == "always"
    assert loaded.reading.fulltext_starred == "short"
    assert loaded.feeds["https://a.example/f"].fulltext == "always"
    path.write_text(
        '[reading]\nimages = "perhaps"\n[feeds."https://a.example/f"]\nfulltext = true\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert 'reading.images takes "never", "on demand" or "always"' in caught.value.problems[0]
    assert "fulltext takes" in caught.value.problems[1]
