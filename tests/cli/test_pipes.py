"""Every command in a pipe: JSON is JSON, a reader that leaves is no error, exit codes say what happened."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.commands import COMMANDS
from reader.library import rebuild
from reader.model import Entry
from tests.cli.conftest import NOW
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


LONG = 6_000  # articles, of 2 KB each: more than a pipe holds
MEASURED = """
import sys
from pathlib import Path
from reader.cli import main
code = main(sys.argv[1:])
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(most.split()[1], file=sys.stderr)  # KiB; getrusage would tell of the test's own memory
sys.exit(code)
"""
BARE_NAMES = {"PATH", "HOME", "NEWSREAD_CONFIG", "NEWSREAD_LIBRARY", "PYTHONPATH"}  # as cron starts a command


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


@pytest.mark.parametrize("more", [{}, {"NO_COLOR": "1", "TERM": "xterm-256color"}], ids=["cron", "NO_COLOR"])
def test_each_command_prints_plain_text_without_a_terminal(desk, more):
    """All of them in one process, detached from any terminal, standard input closed."""
    code = (
        "import json, os, sys; from reader.cli import main\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    print(f'== {words}', flush=True); print(f'== {main(words)}', flush=True)"
    )
    last = ["delete", "restore", "remove"]  # what the others name is gone then
    names = [name for name in COMMANDS if name not in ("refresh", *last)] + last
    words = [[name, *WORDS[name]] for name in names]
    words += [[name, "--help"] for name in COMMANDS] + [["--help"], ["--version"]]
    env = {name: value for name, value in os.environ.items() if name in BARE_NAMES} | more
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code, json.dumps(words)],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    out = ran.stdout.decode()
    told = [line.removeprefix("== ") for line in out.splitlines() if line.startswith("== ")]
    assert dict(zip(told[::2], told[1::2], strict=True)) == {str(each): "0" for each in words}
    assert "\x1b" not in out + ran.stderr.decode()
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc tells the memory here")
@pytest.mark.parametrize("words", [["--json"], ["--format", "{id} {title}"], []], ids=str)
def test_a_long_list_streams(home, store, words):
    """The first line does not wait for the last one, `head` ends it in peace, and no list is held whole."""
    feed, _ = store.feeds.add("https://wire.example/feed", title="The Wire")
    text = "word " * 400
    with store.transaction(durable=False):
        for start in range(0, LONG, 500):
            entries = [
                Entry(title=f"News {n}", guid=f"g{n}", url=f"https://wire.example/{n}", html=f"<p>{text}</p>")
                for n in range(start, start + 500)
            ]
            store.articles.save(feed.id, store.articles.sift(feed.id, entries), NOW)
    command = [sys.executable, "-P", "-c", MEASURED, "list", *words]
    whole = subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert whole.stdout.count(b"\n") == LONG
    few = subprocess.run([*command, "--limit", "10"], capture_output=True, timeout=60, check=True)
    assert int(whole.stderr) - int(few.stderr) < 8 * 1024, "KiB, while what is printed is larger"
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "reader", "list", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as head:
        assert head.stdout is not None
        assert head.stderr is not None
        assert b"News" in head.stdout.readline()
        head.stdout.close()
        said = head.stderr.read()
        assert head.wait(60) == 0
    assert said == b""


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
