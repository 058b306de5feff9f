"""Plain mode: every word answers in lines that can be spoken, on a terminal and in a pipe."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.plain import Hands, Session, run
from reader.plain.words import WORDS, understood
from reader.store import Store
from reader.text import NewsreadError
from tests.terminal import Terminal
from tests.tui.desks import fill

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # a pty beside threads


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        fill(opened)
        yield opened


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def session(store, opened) -> Session:
    def open_(url: str) -> str:
        opened.append(url)
        return f"Opened {url}"

    def refresh() -> Iterator[str]:
        yield "Nothing is due."

    return Session(store, Hands(open_, refresh), grouped=False)


def told(session: Session, *lines: str) -> str:
    return "\n".join(said for line in lines for said in session.do(line))


def story(session: Session) -> str:
    """Return the number in the list of the article that two sources tell and that has a link."""
    heard = told(session, "search immigration")
    found = re.search(r"^(\d+)\. Sokha meets Giles on immigration in Canberra\. Mekong", heard, re.MULTILINE)
    assert found
    return found[1]


def test_it_begins_with_what_is_there_and_what_to_type(session):
    said = list(session.begin())
    assert said[0] == "All news: 30 headlines, 30 unread in all."
    assert said[1].startswith("1. World article 1. Mekong Wire, 1 h ago.")
    assert said[-2:] == [
        "20 more headlines: more.",
        "Type a number to read, help for all words, quit to leave.",
    ]


def test_more_goes_on_to_the_end(session):
    list(session.begin())
    assert told(session, "more").startswith("11. ")
    assert told(session, "more", "more").endswith("These were all.")
    assert told(session, "list").startswith("All news")


def test_a_number_reads_and_marks_read(session):
    said = told(session, "2")
    assert said.startswith("World article 2\nMekong Wire, ")
    assert "Paragraph 0 of article 2" in said
    assert told(session, "where") == "All news: 30 headlines, 29 unread in all."
    assert "World article 2. Mekong Wire, 2 h ago. Read." in told(session, "list")


def test_reading_does_not_mark_where_that_is_not_wanted(store):
    session = Session(store, Hands(str), marks_read=False)
    told(session, "1")
    assert store.lists.counts().unread == 30


def test_next_and_previous_go_over_what_is_unread(session):
    told(session, "1", "3")
    assert told(session, "previous").startswith("World article 2")
    told(session, "mark")  # unread again
    assert not told(session, "next").startswith("World article 3")
    assert told(session, "read 1", "next").count("World article 2") > 0
    assert told(session, "read 30", "n").endswith("Nothing unread after this one.")


def test_related_reads_and_back_returns(session):
    number = story(session)
    told(session, number)
    heard = told(session, "related")
    assert ". Why: " in heard
    assert heard.startswith("1. Sokha meets Giles on immigration in Canberra today. Delta Post")
    assert "Same story." in heard
    assert told(session, "related 1").startswith("Sokha meets Giles on immigration in Canberra today")
    assert told(session, "back").startswith("Sokha meets Giles on immigration in Canberra\n")
    assert "no article before" in told(session, "back")
    assert "no related article 9" in told(session, "related 9")


def test_views_topics_and_searches(session):
    assert told(session, "starred").splitlines()[0].startswith("Starred news: 0 headlines")
    assert told(session, "all", "topics").count("unread of") >= 2
    assert told(session, "topic world").startswith("All news of World: ")
    assert told(session, "topic").startswith("All news: 30")
    assert told(session, "topic 1").startswith("All news of ")
    assert "there is no topic 'nope'" in told(session, "topic nope")
    assert told(session, "topic", "/immigration").splitlines()[-1].startswith("2. ")
    assert told(session, "/immigr").startswith("All news with immigr: 0 headlines")
    assert told(session, "/immigr*").startswith("All news with immigr*: 2 headlines")
    assert told(session, "search", "1", "unread").splitlines()[-12].startswith("Unread news: 29")


def test_a_search_that_is_wrong_leaves_the_view(session):
    heard = told(session, "search (a OR")
    if heard.startswith("Not done"):
        assert session.view.search == ""


def test_marks_are_made_and_taken_back(session, store):
    assert told(session, "star 2") == "Starred."
    assert told(session, "star 2") == "The star is gone."
    assert told(session, "undo") == "Taken back: the star."
    assert store.lists.rows((session._ids[1],))[0].starred
    assert told(session, "mark 1") == "Marked read."
    assert told(session, "mark all") == "Marked 29 articles read. Undo takes it back."
    assert told(session, "u") == "Taken back: marking all."
    assert store.lists.counts().unread == 29
    assert told(session, "u", "u", "u").endswith("There is nothing to take back.")


def test_links_are_said_and_opened(session, opened):
    told(session, story(session))
    assert told(session, "links").startswith("1. https://example.org/more")
    told(session, "open", "open 1")
    assert opened == ["https://example.org/3", "https://example.org/more"]
    assert "there is no link 7" in told(session, "open 7")


def test_refresh_says_how_it_went_and_lists(session, store):
    assert told(session, "refresh").startswith("Nothing is due.\nAll news")
    assert "nothing to fetch" in told(Session(store, Hands(str)), "refresh")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dance", "Not done: there is no word 'dance'; help lists them."),
        ("list 3", "Not done: list stands alone."),
        ("read x", "Not done: a number belongs here, not 'x'."),
        ("99", "Not done: there is no number 99: the list has 30 headlines."),
        ("0", "Not done: there is no number 0: the list has 30 headlines."),
        ("1" * 30, f"Not done: a number belongs here, not '{'1' * 30}'."),
        ("related", "Not done: no article is open; a number reads one."),
        ("open", "Not done: no article is open; a number reads one."),
        ("\x1b]0;x\x07", "Not done: there is no word '\\x1b]0;x\\x07'; help lists them."),
        ("", ""),
    ],
    ids=ascii,
)
def test_what_cannot_be_done_is_said_in_one_line(session, line, said):
    heard = told(session, line)
    assert heard == said or (line.startswith("\x1b") and heard.startswith("Not done: there is no word"))
    assert heard.isprintable()


def test_help_names_every_word_and_every_word_is_done(session):
    heard = told(session, "help")
    for word in WORDS:
        assert f"\n{word.name}" in heard
        assert callable(getattr(session, word.name))
        assert all(understood(name)[0] == word for name in (word.name, *word.also))
    assert told(session, "help read").startswith("read NUMBER: an article")
    names = [name for word in WORDS for name in (word.name, *word.also)]
    assert len(names) == len(set(names))


def test_a_query_that_is_not_finished_is_a_mistake(session):
    before = session.view
    assert told(session, "search since:soon").startswith("Not done: query, column 1")
    assert session.view == before


def test_an_error_of_the_library_is_said(session):
    def broken(url: str) -> str:
        raise NewsreadError("there is no browser")

    session.hands = Hands(broken)
    told(session, "1")
    assert told(session, "open") == "Not done: there is no browser."


def test_the_loop_ends_with_the_input_and_with_quit(session):
    said: list[str] = []
    run(session, io.StringIO("1\n\nquit\n2\n"), said.append, prompt=True)
    assert said.count("Next?") == 3
    assert said[-1] == "Goodbye."
    said.clear()
    run(Session(session.store, session.hands), io.StringIO("1"), said.append, prompt=False)
    assert "Next?" not in said


def drawing(text: str) -> set[str]:
    """Return the characters that draw, and those that command a terminal."""
    return {
        char
        for char in text
        if "\u2500" <= char <= "\u25ff" or (unicodedata.category(char) in ("Cc", "Cf") and char != "\n")
    }


TOUR = """list
more
1
related
links
topics
/world
unread
starred
all
where
help
mark
undo
star
topic World
search world
star 1
mark all
quit
"""


def plain(*words: str, text: str = TOUR, home: Path) -> subprocess.CompletedProcess[str]:
    env = {"HOME": str(home), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-P", "-m", "reader", "--plain", *words]
    return subprocess.run(
        command, input=text, env=env, capture_output=True, text=True, timeout=60, check=False
    )


def test_it_works_in_a_pipe_without_a_drawn_line(tmp_path):
    done = plain("--demo", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert not drawing(done.stdout)
    assert "Goodbye." in done.stdout
    first = plain(home=tmp_path, text="1\n")
    assert (first.returncode, first.stdout.splitlines()[0][:26]) == (0, "There are no feeds yet: th")


def test_it_loads_no_toolkit(tmp_path):
    code = "import sys, reader.cli; reader.cli.main(['--plain', '--demo']); print('textual' in sys.modules)"
    env = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code],
        input="1\nopen\n",
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "False"


def test_a_file_of_hostile_words_is_said_harmlessly(tmp_path):
    page = "<rss><channel><title>x\x9b2J</title><item><title>a &#27;]52;c;aGk=&#7; b</title>"
    (tmp_path / "feed.xml").write_text(
        page + "<description>&lt;b&gt;t&#155;2J&lt;/b&gt;</description></item></channel></rss>"
    )
    done = plain(str(tmp_path / "feed.xml"), text="1\nwhere\nlinks\n", home=tmp_path)
    assert not drawing(done.stdout)


@pytest.mark.parametrize("how", [["--plain"], []], ids=["asked for", "a dumb terminal"])
def test_on_a_terminal_it_asks_and_answers_in_lines_alone(tmp_path, how):
    env = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "TERM": "dumb" if not how else "xterm"}
    command = [sys.executable, "-P", "-m", "reader", "--demo", *how]
    with Terminal(command, env=env) as terminal:
        terminal.wait("Next?")
        terminal.press("1\n")
        terminal.wait("Next?")
        terminal.press("q\n")
        terminal.wait("Goodbye.")
        terminal.quiet(5)
        assert b"\x1b" not in terminal.raw
        assert terminal.kill() == 0
