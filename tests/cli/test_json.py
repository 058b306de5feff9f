"""What --json prints has the fields, of the types, that docs/json.md names, command for command."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from reader.cli.commands import COMMANDS
from reader.cli.output import JSON_SCHEMA
from reader.library import rebuild
from tests.cli.feeds import page, rss
from tests.cli.test_newsboat import POST, URLS, cache, item
from tests.server import Reply

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="installed without the documentation")
LISTS = {"list of texts": str, "list of numbers": int, "list of objects": dict}
SETTINGS = "[views]\nVotes = 'title:treaty'\n[[rules]]\nname = 'Runs'\nhide = 'marathon'\n"
LIST = (
    '<opml version="2.0"><body><outline text="N" xmlUrl="https://n.example/"/>'
    '<outline text="P" xmlUrl="http://10.0.0.1/"/><outline text="X" xmlUrl="exec:x"/></body></opml>'
)


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables in a piece of Markdown, without their heads."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line] for line in lines]


def ticked(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def kinds(text: str) -> dict[str, dict[str, str]]:
    """Return for each heading its fields with their types; a field that is not always there ends in `?`."""
    found: dict[str, dict[str, str]] = {}
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        found[name] = {}
        for cells in rows(body):
            only = "?" * (len(cells) > 2 and cells[2].startswith("only "))
            found[name] |= dict.fromkeys(ticked(cells[0]), cells[1] + only)
    return found


TEXT = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "## The fields"
KINDS = kinds(TEXT)
COMMANDS_TOLD = [
    (words, [kind for kind in re.findall(r"[a-z]+", cells[2]) if kind in KINDS])
    for cells in rows(TEXT.partition("## The fields")[0])
    for words in ticked(cells[0])
]


def fits(value: object, kind: str) -> bool:
    """Return whether a value is what the table says."""
    kind, null, _ = kind.removesuffix("?").partition(" or null")
    if value is None:
        return bool(null) or kind == "any"
    if kind in LISTS:
        return isinstance(value, list) and all(type(each) is LISTS[kind] for each in value)
    if kind == "time":
        return isinstance(value, str) and value.endswith("Z") and bool(datetime.fromisoformat(value))
    types: dict[str, tuple[type, ...]] = {
        "text": (str,),
        "html": (str,),
        "number": (int, float),
        "flag": (bool,),
        "object": (dict,),
        "any": (object,),
    }
    return isinstance(value, types[kind]) and (kind != "number" or not isinstance(value, bool))


@pytest.fixture
def world(home, filled, store, server, monkeypatch):
    """A library of which every command has something to say; returns what the words in capitals mean."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("XDG_DATA_HOME")
    (home / "config.toml").write_text(SETTINGS)
    (home / "list.opml").write_text(LIST)
    (home / ".newsboat").mkdir()
    (home / ".newsboat" / "urls").write_text(URLS)
    cache(home / ".newsboat" / "cache.db", item(1, unread=0), item(2, flags="s"), item(3, POST))
    server.routes["/page"] = Reply(page(("A", "/a"), ("B", "/b")), headers={"Content-Type": "text/html"})
    server.routes["/feed"] = Reply(rss("Feed", "One", "Two"))
    rebuild(store)
    store.stories.put(filled[:2], filled[1])
    store.stories.set_lead(filled[1], filled[1])
    server.routes["/wire"] = Reply(rss("The Wire", "News"))
    store.db.run("UPDATE feed SET url = ?, local = 1, due = 0 WHERE id = 1", (server.url("/wire"),))
    store.db.run("UPDATE feed SET paused = 1 WHERE id = 2")
    return {
        "ID": str(filled[0]),
        "FEED": "1",
        "TOPIC": "World",
        "QUERY": "border",
        "ADDRESS": server.url("/feed"),
        "PAGE": server.url("/page"),
        "FILE": "list.opml",
    }


def before(newsread, words: str, world: dict[str, str]) -> None:
    """Do what must have been done for a command to have something to say."""
    first, ids = words.partition(" ")[0], world["ID"]
    if words in ("follow", "follow --end ID"):
        newsread("follow", ids)
    elif first == "restore":
        newsread("delete", ids)
    elif words == "story join ID":
        newsread("story", "split", ids)
    elif words == "doctor --rescue FILE":
        world["FILE"] = "rescued.db"


@pytest.mark.parametrize(("words", "told"), COMMANDS_TOLD, ids=[words for words, _ in COMMANDS_TOLD])
def test_what_is_printed_is_what_is_documented(newsread, world, home, words, told):
    before(newsread, words, world)
    if words == "config init":
        (home / "config.toml").unlink()
    ran = newsread(*(world.get(word, word) for word in words.split()), "--json")
    assert ran.code in (0, 3) or words.endswith("PAGE"), ran.err
    assert ran.records, f"nothing was printed: {ran.err}"
    for record in ran.records:
        fields = described(told, words, record)
        there = {name: kind for name, kind in fields.items() if name in record or not kind.endswith("?")}
        assert set(record) == set(there)
        assert [name for name, kind in there.items() if not fits(record[name], kind)] == []


def described(told: list[str], words: str, record: dict) -> dict[str, str]:
    """Return the fields that a record of this command should have."""
    if words.startswith("import"):
        others = {"refused": ["refused"], "view": ["saved"]}
        told = others.get(record["result"], [kind for kind in told if kind not in ("refused", "saved")])
    fields: dict[str, str] = {}
    for kind in told:
        if kind != "hiding" or record.get("hidden"):
            fields |= KINDS[kind]
    return fields


def test_a_hidden_article_names_its_rule(newsread, world):
    (hidden, *_) = newsread("search", "marathon", "hidden", "--json").records
    (shown,) = newsread("show", hidden["id"], "--json").records
    assert set(shown) == set(described(["headline", "article", "story", "hiding"], "show", shown))
    assert shown["rule"] == {"name": "Runs", "query": "marathon", "until": None}


def test_every_command_that_prints_json_is_there():
    told = {words.split()[0] for words, _ in COMMANDS_TOLD}
    assert told == {name for name, command in COMMANDS.items() if command.json}


def test_every_kind_is_printed_by_a_command():
    assert set(KINDS) == {kind for _, told in COMMANDS_TOLD for kind in told}


def test_objects_within_have_the_fields_that_are_named(newsread, world):
    (shown,) = newsread("show", world["ID"], "--json").records
    (feed, *_) = newsread("feeds", "--json").records
    cells = {name: text for name, _, text in (row for row in rows(TEXT) if len(row) == 3)}
    assert set(shown["enclosures"][0]) <= set(ticked(cells["`enclosures`"]))
    assert set(shown["evidence"][0]) == {"topic", "reason"}
    assert set(feed["pace"]) == set(ticked(cells["`pace`"]))
    assert set(feed["moving"]) == set(ticked(cells["`moving`"]))


def test_the_schema_has_the_number_that_the_program_names(newsread):
    assert f"This is schema {JSON_SCHEMA}\n" in TEXT
    assert f"schema {JSON_SCHEMA}" in newsread("man").out
