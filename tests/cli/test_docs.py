"""What README and docs/ say is true: the commands run; options, settings, queries and links are there.

The lines of ```sh blocks are run in order, each block over a library of its own; `https://example.org` is
a server on this machine. A block behind `<!-- not run: why -->` is only parsed.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader import query
from reader.cli import dispatch
from reader.cli.commands import COMMANDS
from reader.cli.described import described
from reader.cli.sources import source
from reader.config import load
from reader.library import rebuild
from reader.query.fields import FIELDS, FLAGS
from tests.cli.feeds import page, rss
from tests.cli.test_newsboat import WIRE, cache, item
from tests.docs import DOCS, pages, renewed
from tests.server import Reply

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="installed without the documentation")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in pages()}
OPERATORS = {"|", "||", "&", "&&", ";", ">", ">>", "<"}
PLACE = "https://example.org"
CONFIG = "[views]\nVotes = 'unread topic:world'\n"
TERMINAL = "newsread: the desk needs a terminal; in a pipe use a command such as `newsread list`\n"
NEWS = "Ticker one | Ticker two |\n\nA headline\n\nPhnom Penh, June 13, 2024: Text.\n"
HTML = "<!doctype html><title>P</title><article><h1>A headline</h1><p>A paragraph of text.</p></article>"


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    number: int
    language: str
    body: str
    run: bool

    def __str__(self) -> str:
        return f"{self.page}-{self.number}"


def blocks(language: str) -> list[Block]:
    pattern = re.compile(r"(?:<!-- not run: ([^>]+) -->\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [
        Block(name, number, language, match[3], not match[1])
        for name, text in PAGES.items()
        for number, match in enumerate(pattern.finditer(text), 1)
        if match[2] == language
    ]


def lines(block: Block) -> list[str]:
    return [line for line in block.body.splitlines() if line.strip() and not line.startswith("#")]


def called(line: str) -> list[list[str]]:
    """Return the words of each newsread that a line of a shell calls."""
    line = re.sub(r"^(\S+ +){5}(?=newsread )", "", line)  # the times of a crontab
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    found: list[list[str]] = [[]]
    for word in lexer:
        if word in OPERATORS:
            found.append(["to"] if word[0] in "<>" else [])
        else:
            found[-1].append(word)
    return [words[1:] for words in found if words[:1] and Path(words[0]).name == "newsread"]


def command(words: list[str]) -> str:
    """Return the command that the words name, "" for the desk."""
    at = dispatch._first_word(words)
    return words[at] if at is not None and words[at] in COMMANDS else ""


def parse(words: list[str]) -> None:
    """Let newsread's own parser read the words. Raises NewsreadError."""
    rest, name = list(words), command(words)
    if name:
        rest.remove(name)
    if {"--version", "--help"} & set(rest):
        return
    if name:
        dispatch.command_parser(COMMANDS[name]).read(rest)
    else:
        for word in dispatch.desk_parser().read(rest).sources:
            source(word)


SHELL = blocks("sh")
CALLS = [(str(block), line, words) for block in SHELL for line in lines(block) for words in called(line)]


def test_there_are_commands_to_try():
    assert len(CALLS) > 60
    assert {command(words) for _, _, words in CALLS} >= COMMANDS.keys()


@pytest.mark.parametrize(
    ("place", "line", "words"), CALLS, ids=[f"{place}:{line}" for place, line, _ in CALLS]
)
def test_every_command_is_understood(home, place, line, words):
    for name in ("page.txt", "page.html", "feed.xml"):
        (home / name).touch()
    (home / "notes").mkdir()
    parse(words)


# Running


@pytest.fixture
def world(home, filled, store, server, monkeypatch):
    """A home folder with a library, feeds that a server on this machine has, and the files that are named."""
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    (home / "config.toml").write_text(CONFIG)
    (home / "page.txt").write_text(NEWS)
    (home / "page.html").write_text(HTML)
    (home / "feed.xml").write_bytes(rss("Local", "A local headline"))
    (home / "notes").mkdir()
    (home / "notes" / "one.md").write_text("# One\n\nA note.\n")
    (home / ".newsboat").mkdir()
    (home / ".newsboat" / "urls").write_text(f'{WIRE} world "~The Wire"\n')
    cache(home / ".newsboat" / "cache.db", item(1, unread=0), item(2, flags="s"))
    outlines = f'<outline text="Listed" xmlUrl="{server.url("/listed")}"/>'
    (home / "subscriptions.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    server.routes["/"] = Reply(page(("Site", "/feed")), headers={"Content-Type": "text/html"})
    for path in ("/feed", "/listed", "/1", "/2"):
        server.routes[path] = Reply(rss(path, f"Election news of {path}"))
    rebuild(store)
    store.stories.put(filled[:2], filled[0])
    store.stories.set_lead(filled[0], filled[0])
    for number in (1, 2):
        store.db.run("UPDATE feed SET url = ?, local = 1 WHERE id = ?", (server.url(f"/{number}"), number))
    store.close()
    return home


@pytest.fixture
def shell(world, server, tmp_path):
    """Run a line as a shell does, with `newsread` as this checkout has it."""

    def shell(line: str) -> tuple[int, str]:
        ours = f'newsread() {{ "{sys.executable}" -P -m reader "$@"; }}; set -o pipefail\n'
        ran = subprocess.run(
            ["bash", "-c", ours + line],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert b"Traceback" not in ran.stderr
        return ran.returncode, ran.stderr.decode()

    return shell


@pytest.mark.parametrize("block", [block for block in SHELL if block.run], ids=str)
def test_every_command_runs(newsread, world, server, shell, block):
    for line in lines(block):
        if "jq" in line and subprocess.run(["which", "jq"], capture_output=True, check=False).returncode:
            continue  # parsed above
        try_line(line.replace(PLACE, server.url("")), newsread, shell)


def try_line(line: str, newsread, shell) -> None:
    """Run a line: within this process where it is one command, else by a shell."""
    calls = called(line)
    alone = len(calls) == 1 and not set(shlex.split(line, comments=True)) & OPERATORS
    if alone and command(calls[0]):
        ran = newsread(*calls[0])
        code, said = ran.code, ran.err
    else:
        code, said = shell(line)
    if alone and not command(calls[0]) and not {"--plain", "--version"} & set(calls[0]):
        assert (code, said) == (1, TERMINAL), line
    else:
        assert code == 0, f"{line}: {said}"


# What stands between the lines


def spans() -> list[tuple[str, str]]:
    """Return each `newsread ...` of the prose with its page."""
    found = []
    for name, text in PAGES.items():
        prose = re.sub(r"^```.*?^```$|<!-- made: .*?<!-- end -->", "", text, flags=re.MULTILINE | re.DOTALL)
        found += [(name, span) for span in re.findall(r"`newsread ([^`]+)`", prose)]
    return found


@pytest.mark.parametrize(("name", "span"), sorted(set(spans())))
def test_commands_and_options_in_the_prose_are_there(name, span):
    known = {one.name: {text for option in one.options for text in option.names} for one in described()}
    first, *rest = span.split()
    if re.fullmatch("[a-z]+", first):
        assert first in known, f"{name}: there is no command {first}"
    options = known.get(first, known[""])
    assert [word for word in rest if re.match(r"--?[a-z]", word) and word not in options] == []


def test_every_command_has_its_place():
    assert [name for name in COMMANDS if f"newsread {name}" not in PAGES["commands.md"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_the_program_knows_itself_is_up_to_date(name):
    assert renewed(PAGES[name]) == PAGES[name], "`python -m tests.docs` writes it anew"


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_settings_are_valid(home, block):
    (home / "config.toml").write_text(block.body)
    assert load(home / "config.toml")


@pytest.mark.parametrize("name", ["README.md", "queries.md"])
def test_the_grammar_has_every_field_and_mark(name):
    rules = dict(re.findall(r"^(\w+) += (.*) ;$", PAGES[name], re.MULTILINE))
    assert rules.keys() == {"query", "any", "all", "term", "value", "field", "mark"}
    assert set(re.findall(r'"(\w+)"', rules["field"])) == set(FIELDS)
    assert set(re.findall(r'"(\w+)"', rules["mark"])) == set(FLAGS)


@pytest.mark.parametrize("text", [line for block in blocks("query") for line in block.body.splitlines()])
def test_queries_are_understood(text):
    assert query.parse(text)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    folder = DOCS if (DOCS / name).exists() else DOCS.parent
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", PAGES[name]) if "://" not in link]
    assert [link for link in links if not (folder / link.partition("#")[0]).exists()] == []


def test_the_site_has_every_page():
    nav = (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8")
    assert set(re.findall(r": (\w+\.md)$", nav, flags=re.MULTILINE)) == PAGES.keys() - {"README.md"}
