"""`newsread man`: made from what it describes, the installed page too."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reader.cli import manual, roff
from reader.cli.commands import COMMANDS
from reader.cli.described import described
from reader.tui.keys import KEYS

ROOT = Path(__file__).parents[2]
PAGE = "share/man/man1/newsread.1"


def test_the_installed_page_is_up_to_date(newsread):
    ran = newsread("man")
    assert (ran.code, ran.err) == (0, "")
    made = (ROOT / PAGE).read_text()
    assert made == ran.out, f"`newsread man > {PAGE}` makes it anew"
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    assert hatch["wheel"]["shared-data"] == {PAGE: PAGE}
    assert "/share" in hatch["sdist"]["include"]


def test_it_names_every_command_option_and_key(newsread):
    text = newsread("man").out.replace("\\-", "-")
    assert all(f"newsread {name}" in text for name in COMMANDS)
    assert all(option.names[-1] in text for one in described() for option in one.options)
    assert all(f"({key.action})" in text for key in KEYS)
    assert text.isascii()


def test_the_page_does_not_depend_on_the_terminal(newsread, monkeypatch):
    first = newsread("man").out
    monkeypatch.setenv("COLUMNS", "33")
    assert newsread("man").out == first


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff here")
def test_groff_has_nothing_to_say_against_it(newsread):
    page = newsread("man").out.encode()
    command = ["groff", "-man", "-Tutf8", "-ww", "-z"]
    ran = subprocess.run(command, input=page, capture_output=True, timeout=30, check=True)
    assert ran.stderr == b""


def test_text_that_means_something_to_roff_is_text():
    odd = ".SH 'x' \\fB -- \"q\" `c` ~ ^ é"
    page = roff.roff(
        [roff.Section("S", (roff.Entry(odd), roff.Entry("", "t"), roff.Entry("in", "u", 1)))], "1"
    )
    assert page.splitlines()[2:] == [
        ".PP",
        r"\&.SH \(aqx\(aq \efB \-\- \(dqq\(dq \(gac\(ga \(ti \(ha \[u00E9]",
        ".TP",
        r"\fBt\fR",
        r"\&",
        ".RS",
        ".TP",
        r"\fBu\fR",
        "in",
        ".RE",
    ]


@pytest.mark.parametrize(
    ("there", "shown_by"),
    [
        ({"man", "less"}, ["man", "-l", "-"]),
        ({"mine", "less"}, ["mine", "-R"]),
        ({"less"}, ["less"]),
        (set(), None),
    ],
)
def test_on_a_terminal_a_pager_shows_it(newsread, monkeypatch, there, shown_by):
    calls = []

    def run(command, **more):
        calls.append((command, more["input"]))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setenv("PAGER", "mine -R")
    monkeypatch.setattr(manual, "which", lambda name: name if name in there else None)
    monkeypatch.setattr(manual.subprocess, "run", run)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = newsread("man")
    assert ran.code == 0
    assert [command for command, _ in calls] == [shown_by] * bool(shown_by)
    text = calls[0][1].decode() if calls else ran.out
    assert text.startswith(".TH NEWSREAD" if shown_by and shown_by[0] == "man" else "NAME\n")
    assert "--private" in text.replace("\\-", "-")


def test_a_man_that_fails_is_passed_over(newsread, monkeypatch):
    monkeypatch.setattr(manual, "which", lambda name: name if name == "man" else None)
    monkeypatch.setattr(
        manual.subprocess, "run", lambda command, **_more: subprocess.CompletedProcess(command, 1)
    )
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert newsread("man").out.startswith("NAME\n")


def test_head_may_close_the_pipe(home):
    command = [sys.executable, "-P", "-m", "reader", "man"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0
