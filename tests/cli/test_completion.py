"""`newsread completion`: the scripts know what the parsers know, and the shells understand them."""

import os
import shutil
import subprocess
import sys

import pytest

from reader.cli import shells
from reader.cli.commands import COMMANDS
from reader.cli.described import described
from reader.store import Store

PLAYED = r"""
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_newsread
((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
exit 0
"""
KNOWN = {one.name: one for one in described()}


@pytest.fixture(scope="session")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("bash") / "newsread"
    path.write_text(shells.bash(described()))
    return path


@pytest.fixture
def complete(script, tmp_path):
    """Ask bash what it offers for the last of the words."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    (tmp_path / "my feeds.opml").touch()

    def complete(*words: str) -> list[str]:
        command = ["bash", "--norc", "-c", PLAYED, "bash", script, "newsread", *words]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True, cwd=tmp_path)
        assert ran.stderr == ""
        return ran.stdout.splitlines()

    return complete


@pytest.mark.parametrize("name", COMMANDS)
def test_bash_offers_every_option_of_a_command(complete, name):
    options = {option for one in KNOWN[name].options for option in one.names}
    assert set(complete(name, "-")) == options
    assert "--library" in options


def test_bash_offers_commands_and_files(complete):
    offered = complete("")
    assert set(COMMANDS) <= set(offered)
    assert "my feeds.opml" in offered
    assert "--demo" in complete("--d")
    assert complete("unr") == ["unread"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["show", "--format", ""], ["text", "markdown", "html"]),
        (["show", "--format", "=", "ma"], ["markdown"]),
        (["show", "--format", "="], ["text", "markdown", "html"]),
        (["--library", "x.db", "config", "in"], ["init"]),
        (["--library", "=", "x.db", "topic", "s"], ["set"]),
        (["completion", ""], ["bash", "zsh", "fish", "-h", "--help", "--library", "--config"]),
        (["import", "n"], ["newsboat"]),
        (["import", "my"], ["my feeds.opml"]),
        (["list", "--library", "m"], ["my feeds.opml"]),
        (["list", "--limit", ""], []),
        (["feeds", "m"], []),
    ],
    ids=" ".join,
)
def test_bash_offers_what_fits(complete, words, offered):
    assert complete(*words) == offered


FEEDS = ["Mekong Wire", "Mekong $(touch x)", "It's `so`", "Naïve: a/b", "Delta"]


@pytest.fixture
def names(home, monkeypatch, tmp_path):
    """A library with names that a shell could mistake for more, and newsread on the path."""
    with Store.open(home / "library.db") as store:
        for number, title in enumerate(FEEDS):
            store.feeds.add(f"https://s{number}.example/f", title=title, topic="Far East")
    program = tmp_path / "bin" / "newsread"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m reader "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["list", "--feed", "De"], ["Delta"]),
        (["list", "--feed", "=", "De"], ["Delta"]),
        (["refresh", "Mek"], [r"Mekong\ \$\(touch\ x\)", r"Mekong\ Wire"]),
        (["refresh", r"Mekong\ W"], [r"Mekong\ Wire"]),
        (["remove", '"Mek'], ["Mekong Wire"]),
        (["remove", "I"], [r"It\'s\ \`so\`"]),
        (["remove", "--js"], ["--json"]),
        (["topic", "s"], ["set"]),
    ],
    ids=" ".join,
)
def test_bash_offers_names_of_the_library_as_names_alone(complete, names, words, offered):
    assert complete(*words) == offered


def test_fish_offers_names_of_the_library(names, newsread, tmp_path):
    if shutil.which("fish") is None:
        pytest.skip("there is no fish here")
    (tmp_path / "script.fish").write_text(newsread("completion", "fish").out)
    for line, wanted in (("newsread remove ", set(FEEDS)), ("newsread list --feed De", {"Delta"})):
        asked = f'source {tmp_path}/script.fish; complete -C"{line}"'
        ran = subprocess.run(
            ["fish", "--no-config", "-c", asked], capture_output=True, text=True, timeout=30, check=True
        )
        assert wanted <= {row.partition("\t")[0] for row in ran.stdout.splitlines()}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_understands_its_script(newsread, tmp_path, shell):
    ran = newsread("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    for name, command in KNOWN.items():
        assert name in ran.out
        assert all(option.names[-1].lstrip("-") in ran.out for option in command.options)
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    (tmp_path / "script").write_text(ran.out)
    ran = subprocess.run([shell, "-n", tmp_path / "script"], capture_output=True, timeout=30, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_help_says_where_a_script_belongs(newsread):
    assert ".config/fish/completions" in newsread("completion", "--help").out
    assert "did you mean 'fish'?" in newsread("completion", "fisch").err
