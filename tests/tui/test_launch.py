"""Launching in a terminal that is not all one's own: where keys come from, and which themes there are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
PAGE = "Headline of the page\n\nPhnom Penh, June 13, 2024: Text of the page.\n"


pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # a pty beside threads


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[str], Terminal]]:
    """Return a function that runs a line of the shell on a terminal; $N is newsread, $PAGE a news page."""
    (tmp_path / "page.txt").write_text(PAGE)
    home = str(tmp_path)
    env = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "PYTHONPATH": str(ROOT)}
    env |= {"N": f"{sys.executable} -P -m reader", "PAGE": f"{home}/page.txt"}
    env |= {"NEWSREAD_CONFIG": "", "NEWSREAD_LIBRARY": ""}
    with ExitStack() as stack:
        yield lambda line: stack.enter_context(Terminal(["/bin/sh", "-c", f"{line}; echo code=$?"], env=env))


@pytest.mark.parametrize(
    "line", ["cat $PAGE | $N -", "$N - <$PAGE", "$N $PAGE </dev/null", "true | $N $PAGE"]
)
def test_keys_come_from_the_terminal_whatever_standard_input_is(run, line):
    desk = run(line)
    desk.wait("Headline of the page")
    desk.quiet(0.3)
    desk.press("Q")
    desk.wait("code=0")


def test_what_is_typed_at_one_stroke_with_a_lines_key_is_typed_into_the_line(run):
    desk = run("$N $PAGE")
    desk.wait("Headline of the page")
    desk.quiet(0.3)
    desk.press("/moss\r")
    desk.wait("search: moss")
    desk.press("Q")
    desk.wait("code=0")


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("tstop", "nothing of that name here"),
        (":theme", "theme: newsread-night"),
        ("\x14paper", "newsread-paper"),
    ],
    ids=["a list", "the palette", "the themes"],
)
def test_what_is_typed_at_one_stroke_with_a_lists_key_narrows_it(run, keys, shown):
    desk = run("$N $PAGE")
    desk.wait("Headline of the page")
    desk.quiet(0.3)
    desk.press(keys)
    desk.wait(shown)
    for done in ("starred", "name this view", "nothing to undo"):
        assert done not in desk.text()
    desk.press("\x1b[27u")
    desk.quiet(0.2)
    desk.press("Q")
    desk.wait("code=0")


def test_errors_led_to_a_file_leave_the_desk_on_the_screen(run, tmp_path):
    desk = run(f"$N $PAGE 2>{tmp_path}/errors")
    desk.wait("Headline of the page")
    desk.quiet(0.3)
    desk.press("Q")
    desk.wait("code=0")
    assert (tmp_path / "errors").read_text() == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("cat $PAGE | $N", "`newsread -` reads what comes through it"),
        ("$N -", "nothing is piped into it"),
        ("$N <&-", "standard input is closed"),
        ("printf '' | $N -", "standard input is empty"),
        (
            "$N --theme nope",
            "--theme: there is no theme 'nope'; there are: newsread-ink,",
        ),
    ],
)
def test_what_cannot_become_a_desk_is_said_before_it_opens(run, line, said):
    shell = run(line)
    shell.wait("code=1")
    assert said in " ".join(shell.text().split())
    assert b"\x1b[?1049h" not in shell.raw


def test_no_engine_is_imported_before_the_first_headlines_are_painted():
    code = "import sys, reader.tui.launch; print([name for name in sys.modules if name in sys.argv[1:]])"
    engines = ["reader.library", "reader.related", "reader.topics", "reader.document", "reader.fetch"]
    run = [sys.executable, "-P", "-c", code, *engines]
    done = subprocess.run(run, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
