"""The outermost border, usage errors, help, and which command a word means."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import reader.cli
from reader.cli import main
from reader.cli.border import guarded
from reader.cli.commands import COMMANDS
from reader.text import NewsreadError


def test_the_version_is_printed(newsread):
    for option in ("--version", "-V"):
        assert newsread(option).out == f"newsread {reader.__version__}\n"


def test_help_names_every_command(newsread):
    ran = newsread("--help")
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(newsread, name):
    ran = newsread(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: newsread {name}")
    assert COMMANDS[name].text in ran.out
    assert ("--json" in ran.out) == COMMANDS[name].json


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lst"], "there is no command, file or folder 'lst'; did you mean 'list'?"),
        (["lst", "--json"], "there is no command, file or folder 'lst'; did you mean 'list'?"),
        (["--library", "x.db", "unraed", "-c"], "file or folder 'unraed'; did you mean 'unread'?"),
        (["help"], "there is no command, file or folder 'help'; `newsread --help` lists the commands"),
        (["list", "--unred"], "there is no option '--unred'; did you mean '--unread'?"),
        (["--libary=x", "list"], "there is no option '--libary'; did you mean '--library'?"),
        (["list", "extra"], "'extra' is one word too many"),
        (["list", "--limit", "many"], "--limit: takes a whole number, not 'many'"),
        (["list", "--limit"], "--limit: a value is missing behind it"),
        (["list", "--since", "soon"], "--since: takes 2d, 36h, 90min, 1w, today"),
        (["show"], "the following arguments are required: ID"),
        (["show", "one"], "ID: takes a whole number, not 'one'"),
        (["show", "1", "--format", "markdwn"], "not 'markdwn'; did you mean 'markdown'?"),
        (["config", "int"], "takes init, not 'int'; did you mean 'init'?"),
        (["--demo", "page.txt"], "--demo shows the sample edition alone"),
        (["--theme"], "--theme: a value is missing behind it"),
        (["list", "--source", "x.xml", "--unread"], "--unread and --starred ask the library"),
        (["add", "--pick", "0", "https://a.example/"], "--pick: takes a number from 1 on, not '0'"),
        (["search", " "], "there is no word to search for"),
        (["search", "--limit", "-3", "x"], "--limit: takes a whole number, not '-3'"),
        (["list", "--unread", "--", "-x"], "'-x' is one word too many"),
        (["add", "--title", "A", "one", "two"], "--title names one feed"),
    ],
)
def test_wrong_usage_is_one_line_with_a_way_on(newsread, words, said):
    ran = newsread(*words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.startswith("newsread: ")
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_options_of_files_stand_before_or_behind_the_command(newsread, home):
    before = newsread("--library", home / "a.db", "paths", "--json").records
    behind = newsread("paths", f"--library={home / 'a.db'}", "--json").records
    assert before == behind
    assert before[1]["path"] == str(home / "a.db")


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\r\nnext\x00"


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_hostile_words_are_echoed_clean(newsread, name):
    """The fixture looks at every character."""
    for words in (
        [HOSTILE],
        [f"--{HOSTILE}"],
        ["--library", HOSTILE],
        ["--config", HOSTILE],
        ["\udcff\udcfe"],
    ):
        ran = newsread(*[name] * bool(name), *words)
        assert ran.code in (1, 2) or name in (
            "export",
            "man",
            "unread",
            "search",
            "paths",
            "topics",
            "keys",
            "config",
            "feeds",
            "list",
        )


def test_a_source_that_is_named_like_a_command(newsread, home):
    (home / "list").write_text("A headline\n\nText.")
    assert "needs a terminal" in newsread("./list").err
    assert "needs a terminal" in newsread("--", "list").err
    assert newsread("list", "--limit", "1").err.startswith("there are no feeds")


def test_the_desk_needs_a_terminal(newsread):
    ran = newsread()
    assert ran.code == 1
    assert "`newsread list`" in ran.err


def test_the_desk_gets_sources_and_settings(newsread, home, monkeypatch):
    calls = []
    monkeypatch.setattr("reader.tui.run", lambda *args, **more: calls.append((*args, more)) or 7)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    (home / "a.xml").touch()
    assert main(["--theme", "nord", "a.xml", "--reduced-motion", "example.org/feed"]) == 7
    config, sources, more = calls[0]
    assert sources == ("a.xml", "https://example.org/feed")
    assert (config.ui.theme, config.ui.reduced_motion, more) == ("nord", True, {"demo": False})
    assert main(["--demo"]) == 7
    assert calls[1][1:] == ((), {"demo": True})


def test_a_broken_config_is_named_by_every_command_that_needs_it(newsread, home):
    (home / "config.toml").write_text("[fetch]\ntimout = 3\n")
    for name in ("feeds", "list", "topics", "keys", "export", "refresh"):
        ran = newsread(name)
        assert ran.code == 1
        assert (
            ran.err
            == f"newsread: {home}/config.toml:2: unknown key 'fetch.timout'; did you mean 'timeout'?\n"
        )


def test_a_library_that_is_none_is_said_and_left_alone(newsread, home):
    (home / "library.db").write_text("not a database, " * 1_000)
    ran = newsread("list")
    assert ran.code == 1
    assert "is not a newsread library" in ran.err
    assert (home / "library.db").read_text().startswith("not a database")


# The border itself


def test_an_unexpected_error_is_one_line_and_says_how_to_report(capsys, monkeypatch):
    def fail(_words):
        raise KeyError("\x1b[31mred")

    assert guarded(fail, []) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "KeyError" in err
    assert "NEWSREAD_DEBUG=1" in err
    assert "\x1b" not in err
    monkeypatch.setenv("NEWSREAD_DEBUG", "1")
    guarded(fail, [])
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NewsreadError("plain words"), 1, "newsread: plain words\n"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 0, ""),
        (PermissionError(13, "Permission denied", "/x"), 1, "newsread: /x: permission denied\n"),
        (MemoryError(), 1, "newsread: there is not enough memory for this\n"),
        (SystemExit(2), 2, ""),
        (SystemExit(), 0, ""),
    ],
)
def test_what_becomes_of_errors(capsys, error, code, said):
    def fail(_words):
        raise error

    assert guarded(fail, []) == code
    assert capsys.readouterr().err == said


def test_head_may_close_the_pipe(home, store):
    for number in range(400):
        store.feeds.add(f"https://example.org/{number}", title="A title of some length " * 20)
    command = [sys.executable, "-P", "-m", "reader", "feeds", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.parametrize("words", [["--version"], ["keys"], ["keys", "--json"]], ids=" ".join)
def test_a_reader_may_be_gone_before_the_first_word(home, words):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-P", "-m", "reader", *words]
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=30, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said(home):
    with Path("/dev/full").open("w") as full:
        for words in (["--version"], ["keys"], ["config", "--json"]):
            command = [sys.executable, "-P", "-m", "reader", *words]
            ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=30)
            assert ran.returncode == 1
            assert ran.stderr == b"newsread: no space left on device\n"


def test_closed_streams_are_no_error(home):
    ran = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -P -m reader keys >&- 2>&-'], timeout=30, check=False
    )
    assert ran.returncode == 0


def test_ctrl_c_is_130_without_a_word(home):
    os.mkfifo(home / "fifo")
    command = [sys.executable, "-P", "-m", "reader", "import", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # It reads standard input once it runs: what does not fit the pipe is taken only then.
        process.stdin.write(b"# " + b"x" * 200_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read() == b""


def test_a_folder_that_is_gone_is_no_riddle(newsread, home, monkeypatch):
    (home / "gone").mkdir()
    monkeypatch.chdir(home / "gone")
    (home / "gone").rmdir()
    ran = newsread("list", "--library", "a.db")
    assert (ran.code, ran.err) == (
        1,
        "newsread: the folder that you are in has been removed: change to another\n",
    )
    assert newsread("list", "--library", home / "a.db").code == 0
