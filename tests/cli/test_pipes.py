"""Every command in a pipe: JSON is JSON, a reader that leaves is no error, exit codes say what happened."""

import json
import os
import subprocess
import sys

import pytest

from reader.cli.commands import COMMANDS
from reader.library import rebuild
from tests.cli.test_newsboat import WIRE, cache, item

WORDS = {  # words with which each command succeeds over the library `filled`
    "add": ["note.txt"],
    "remove": ["1"],
    "feeds": [],
    "refresh": ["2"],
    "list": [],
    "views": [],
    "rules": [],
    "brief": [],
    "unread": [],
    "show": ["1"],
    "search": ["paragraph"],
    "related": ["1"],
    "story": ["1"],
    "follow": ["3"],
    "delete": ["3"],
    "restore": [],
    "topics": [],
    "topic": ["set", "World", "3"],
    "import": ["newsboat", "--urls", "urls", "--cache", "cache.db"],
    "export": [],
    "doctor": [],
    "config": [],
    "paths": [],
    "keys": [],
    "completion": ["bash"],
    "man": [],
}
FAILS = {  # words with which a command fails, and its exit code
    "add": (["gone.txt"], 1),
    "remove": (["nobody"], 1),
    "show": (["99"], 1),
    "import": (["gone.opml"], 1),
    "export": (["/proc/x.opml"], 1),
    "follow": (["99"], 1),
    "unread": (["--feed", "nobody"], 1),
    "topic": (["set", "World", "3", "99"], 3),
    "completion": (["tcsh"], 2),
    "list": (["--limit", "x"], 2),
    "brief": (["--format", "pdf"], 2),
    "man": (["more"], 2),
}


@pytest.fixture
def desk(home, filled, store):
    """What the commands' words name; no feed is fetched over a network."""
    (home / "note.txt").write_text("A headline\n\nPhnom Penh, June 13, 2024: Text.\n")
    (home / "urls").write_text(WIRE)
    cache(home / "cache.db", item(1))
    store.db.run("UPDATE feed SET url = ? WHERE id = 2", (str(home / "note.txt"),))
    store.db.run("UPDATE feed SET local = 1, paused = id = 1")
    rebuild(store)  # `filled` saves without the engines, which the doctor would say
    store.close()
    return home


def test_each_command_is_tried_here():
    assert set(WORDS) == set(COMMANDS)


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.json])
def test_json_is_one_object_a_line(newsread, desk, name):
    ran = newsread(name, *WORDS[name], "--json")
    assert ran.code == 0
    assert all(isinstance(json.loads(line), dict) for line in ran.out.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_printed_is_data_and_goes_well(newsread, desk, name):
    ran = newsread(name, *WORDS[name])
    assert ran.code == 0
    assert not ran.out or ran.out.endswith("\n")


@pytest.mark.parametrize("name", FAILS)
def test_exit_codes_say_what_went_wrong(newsread, desk, name):
    words, code = FAILS[name]
    ran = newsread(name, *words)
    assert ran.code == code
    assert "newsread: " in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_has_left_is_no_error(desk, name):
    """`| head -0`: nothing is said of the pipe, and what the command does is done."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-P", "-m", "reader", name, *WORDS[name]]
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert ran.returncode == 0, ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"pipe" not in ran.stderr.lower()
