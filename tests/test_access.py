"""Feeds with headers and logins of their own: from the config to the server, and nowhere else."""

from __future__ import annotations

import asyncio
import os
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from reader.config import Access, ConfigError, load
from reader.config.secrets import SecretError, login
from reader.config.writing import default_toml, settings
from reader.refresh import run
from reader.store import Store
from tests.server import Reply, Server
from tests.test_refresh import CONFIG, feed

SECRET = "s3cret-token"
SAID = f"""
[feeds."https://Example.com/private.xml"]
headers = {{ "X-Token" = "{SECRET}" }}
user = "me"
password_env = "NEWS_PASSWORD"
"""


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text)
        return path

    return write


def test_a_feeds_table_is_found_by_its_address_and_never_shown(write) -> None:
    config = load(write(SAID), env={})
    access = config.feeds["https://example.com/private.xml"]
    assert access == Access((("X-Token", SECRET),), "me", "NEWS_PASSWORD")
    assert SECRET not in repr(config)
    shown = [item for item in settings(config) if item.key.startswith("feeds.")]
    assert len(shown) == 1
    assert SECRET not in str(shown)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[feeds."nonsense"]\nuser = "a"', "is named by an address"),
        ('[feeds]\n"https://example.com/" = 3', "table is written as"),
        ('[feeds."https://example.com/"]\npasword_env = "a"', "did you mean 'password_env'"),
        ('[feeds."https://example.com/"]\npassword_env = "A"', "needs a user"),
        (
            '[feeds."https://example.com/"]\nuser = "a"\npassword_env = "A"\npassword_command = "b"',
            "not both",
        ),
        ('[feeds."https://example.com/"]\nheaders = { "Cookie" = "a=b" }', "takes no 'Cookie'"),
        ('[feeds."https://example.com/"]\nheaders = { "a b" = "c" }', "takes no 'a b'"),
        ('[feeds."https://example.com/"]\nheaders = { "X-A" = "secret\\u000d\\u000aX-B: 1" }', "one line"),
        ('[feeds."https://example.com/"]\nheaders = { "X-A" = "ключ" }', "Western Europe"),
        ('[feeds."https://example.com/"]\nheaders = "X-A: b"', "a table of at most"),
    ],
)
def test_mistakes_are_named_with_their_line_and_without_the_secret(write, table: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(table), env={})
    (problem,) = caught.value.problems
    assert words in problem
    assert "config.toml:" in problem
    assert "secret" not in problem


def test_the_default_file_explains_it(write) -> None:
    text = default_toml()
    assert "password_command" in text
    load(write(text), env={})


def test_a_password_comes_from_the_environment_or_a_command() -> None:
    said = login(Access(user="me", password_env="P"), {"P": "pä:ss"})
    assert b64decode(said.removeprefix("Basic ")).decode() == "me:pä:ss"
    command = (sys.executable, "-c", "print('first'); print('second')")
    said = login(Access(user="me", password_command=command), {})
    assert b64decode(said.removeprefix("Basic ")) == b"me:first"
    assert login(Access(), {}) == ""


@pytest.mark.parametrize(
    ("access", "words"),
    [
        (Access(user="me", password_env="P"), "the environment has no P"),
        (Access(user="me", password_command=("/nonexistent/pass",)), "cannot be run: No such file"),
        (Access(user="me", password_command=(sys.executable, "-c", "exit(3)")), "gave none (exit code 3)"),
    ],
)
def test_a_password_that_cannot_be_had_is_told_in_words(access: Access, words: str) -> None:
    with pytest.raises(SecretError, match=words.replace("(", r"\(").replace(")", r"\)")):
        login(access, {})


def test_the_server_gets_them_and_no_other_does() -> None:
    with Server() as server, Server() as other, Store.open(":memory:") as store:
        server.routes |= {
            "/f": Reply(status=302, headers={"Location": other.url("/f")}),
            "/g": Reply(feed("a")),
        }
        other.routes["/f"] = Reply(feed("b"))
        os.environ["NEWSREAD_TEST_PASSWORD"] = "x"
        access = Access((("X-Token", SECRET), ("User-Agent", "me")), "me", "NEWSREAD_TEST_PASSWORD")
        for path in ("/f", "/g"):
            store.feeds.add(server.url(path), local=True)
        config = replace(CONFIG, feeds={server.url("/f"): access})

        async def refresh() -> list[str]:
            return [item.error async for item in run(store, store.feeds.all(), config, force=True)]

        assert asyncio.run(refresh()) == ["", ""]
        asked = {hit.path: hit.headers for hit in server.hits}
        assert asked["/f"]["x-token"] == SECRET
        assert asked["/f"]["user-agent"] == "me"
        assert asked["/f"]["authorization"].startswith("Basic ")
        for others in (asked["/g"], other.hits[0].headers):
            assert not {"x-token", "authorization"} & others.keys()
            assert others["user-agent"].startswith("newsread/")
