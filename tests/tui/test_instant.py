"""The desk on the screen before it runs: drawn when it is true, and taken over without a flicker."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from reader.store import Store
from tests.emulated import Screen
from tests.terminal import Terminal
from tests.tui.desks import fill

ROOT = Path(__file__).resolve().parents[2]
DRAWN = b"\x1b[?7l\x1b[?2026h\x1b[1;1H"  # how a frame begins
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"

RESTING = """
import sys
from reader.cli import main
class Sooner:  # what a module states is changed once it is imported: nothing is, before the frame is drawn
    def find_spec(self, name, path=None, target=None):
        if name == "reader.tui.launch":
            from reader.tui.instant import resting
            resting.RESTS = resting.LOOK_EVERY = {0}
sys.meta_path.insert(0, Sooner())
raise SystemExit(main())
"""

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # a pty beside threads

Launch = Callable[..., Terminal]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Return a function that opens the desk on a small library of `tmp_path`."""
    (tmp_path / "config.toml").write_text("[refresh]\non_start = false\n")
    with Store.open(tmp_path / "library.db") as store:
        fill(store)
    home = str(tmp_path)
    env = {
        "HOME": home,
        "XDG_CONFIG_HOME": "",
        "XDG_DATA_HOME": "",
        "XDG_CACHE_HOME": "",
        "XDG_STATE_HOME": "",
    }
    env |= {"PYTHONPATH": str(ROOT), "NEWSREAD_CONFIG": f"{home}/config.toml"}
    env |= {"NEWSREAD_LIBRARY": f"{home}/library.db"}
    with ExitStack() as stack:

        def opened(
            *words: str, more: Mapping[str, str] | None = None, rests: float = 60.0, **size: int
        ) -> Terminal:
            command = [sys.executable, "-P", "-c", RESTING.format(rests), *words]
            return stack.enter_context(Terminal(command, env=env | dict(more or {}), **size))

        yield opened


def settled(desk: Terminal) -> Terminal:
    """Wait until the desk itself has painted all."""
    desk.wait("World 1")
    while b"\x1b[>" not in desk.raw:  # it asks for the keys of today: the toolkit runs
        desk.pump(0.1)
    while DRAWN in desk.raw and desk.raw.count(b"\x1b[?2026l") < 2:  # the frame still stands
        desk.pump(0.1)
    desk.quiet(0.6, timeout=3)
    return desk


def left(desk: Terminal, keys: str = "Q") -> int | None:
    """Quit and return the exit code."""
    settled(desk).press(keys)
    return ended(desk)


def ended(desk: Terminal) -> int | None:
    desk.quiet(10, timeout=10)
    assert desk.ended
    return desk.kill()


def drawn(desk: Terminal) -> bool:
    desk.wait("World 1")
    return DRAWN in desk.raw


def test_the_second_launch_shows_the_desk_at_once_and_goes_on_from_it(launch):
    assert left(first := launch("--reduced-motion")) == 0
    assert DRAWN not in first.raw
    second = settled(launch("--reduced-motion"))
    assert DRAWN in second.raw
    assert second.raw.count(ENTERED) == 1
    end = second.raw.index(b"\x1b[?2026l")
    frame, desk = Screen().feed(bytes(second.raw[:end])), Screen().feed(bytes(second.raw))
    assert frame.unknown == desk.unknown == []
    for early, late in zip(frame.cells, desk.cells, strict=True):
        for (text, style), (now, colours) in zip(early, late, strict=True):
            assert text in (now, " ")  # what is blank is an age
            assert style == colours
    assert sum(row.count("ago") for row in frame.rows) == 0
    assert frame.rows[0].startswith(" newsread  all news")
    assert left(second) == 0
    assert left(launch("--reduced-motion")) == 0


def test_between_frame_and_desk_nothing_else_is_painted(launch):
    left(launch("--reduced-motion"))
    desk = settled(launch("--reduced-motion"))
    screen, seen = Screen(), set()
    for piece in bytes(desk.raw).split(b"\x1b[?2026l")[:-1]:
        screen.feed(piece)
        seen.add(screen.rows[4])
    assert len(seen) == 1


@pytest.mark.parametrize("keys", ["j", "\x1b[B"], ids=ascii)
def test_a_key_that_is_typed_early_is_handled(launch, keys):
    left(launch())
    desk = launch()
    desk.wait("World 1")
    assert b"\x1b[>" not in desk.raw  # the toolkit does not run yet
    os.write(desk.fd, keys.encode())
    desk.fresh.clear()
    desk.wait("▌● World article 2")
    assert left(desk) == 0


def test_quitting_early_quits(launch):
    left(launch())
    desk = launch()
    desk.wait("World 1")
    desk.press("Q")
    assert ended(desk) == 0
    assert given_back(desk)


def given_back(desk: Terminal) -> bool:
    screen = Screen().feed(bytes(desk.raw))
    return not screen.alternate and not screen.hidden and b"Traceback" not in desk.raw


@pytest.mark.parametrize("change", ["mark", "config", "size", "words", "colour", "day", "variable", "file"])
def test_it_is_not_drawn_where_it_would_not_be_true(launch, tmp_path, change):
    left(launch())
    more: dict[str, str] = {}
    words: list[str] = []
    size: dict[str, int] = {}
    if change == "mark":
        with Store.open(tmp_path / "library.db") as store:
            store.marks.star([1], starred=True)
    elif change == "config":
        (tmp_path / "config.toml").write_text("[refresh]\non_start = false\n[ui]\nticker = false\n")
    elif change == "size":
        size = {"columns": 100}
    elif change == "words":
        words = ["--theme", "newsread-paper"]
    elif change == "colour":
        more = {"NO_COLOR": "1"}
    elif change == "day":
        more = {"TZ": "Pacific/Kiritimati"}
    elif change == "variable":
        more = {"NEWSREAD_UI_TICKER": "false"}
    else:
        frame = tmp_path / ".cache/newsread/desk.frame"
        frame.write_text(frame.read_text().replace("World article", "World\x9b2Jicle"))
    assert not drawn(launch(*words, more=more, **size))


def test_where_the_reader_was_is_what_is_drawn(launch):
    first = settled(launch("--reduced-motion"))
    first.press("j" * 25 + "kk")
    first.quiet(0.6, timeout=5)
    was = shown(first).rows
    assert "▌" not in was[5]  # scrolled
    first.press("Q")
    assert ended(first) == 0
    desk = settled(launch("--reduced-motion"))
    assert DRAWN in desk.raw
    left_, right = (
        [line.partition("▏")[0] for line in screen.rows[3:-1]] for screen in (behind(desk), shown(desk))
    )
    assert right == [line.partition("▏")[0] for line in was[3:-1]]
    for early, late in zip(left_, right, strict=True):
        assert all(one in (other, " ") for one, other in zip(early, late, strict=True))


def behind(desk: Terminal) -> Screen:
    """Return the frame."""
    return Screen().feed(bytes(desk.raw[: desk.raw.index(b"\x1b[?2026l")]))


def shown(desk: Terminal) -> Screen:
    return Screen().feed(bytes(desk.raw))


@pytest.mark.parametrize("keys", ["zQ", "TQ", "iQ"], ids=ascii)
def test_a_desk_left_as_no_launch_shows_it_keeps_none(launch, keys):
    left(launch(), keys)
    assert not drawn(launch())


def kept_at_rest(desk: Terminal, path: Path, before: int = 0) -> Path:
    """Wait until the desk has kept a frame, another one than was written at `before`; return its file."""
    end = monotonic() + 30
    while not path.exists() or path.stat().st_mtime_ns == before:
        assert monotonic() < end
        desk.pump(0.1)
    return path


def test_a_desk_that_is_killed_at_rest_is_drawn_again(launch, tmp_path):
    desk, path = settled(launch("--reduced-motion", rests=0.3)), tmp_path / ".cache/newsread/desk.frame"
    kept_at_rest(desk, path)
    before = path.stat().st_mtime_ns
    desk.press("jj")
    kept_at_rest(desk, path, before)
    was = shown(desk).rows
    os.kill(desk.pid, signal.SIGKILL)
    again = settled(launch("--reduced-motion"))
    assert DRAWN in again.raw
    for frame, now in zip(behind(again).rows, shown(again).rows, strict=True):
        assert all(one in (other, " ") for one, other in zip(frame, now, strict=True))
    assert [row.find("▌●") for row in behind(again).rows] == [row.find("▌●") for row in was]
    assert "▌●" in "".join(was[6:])


def test_nothing_is_written_while_nothing_changes(launch, tmp_path):
    desk, path = settled(launch(rests=0.3)), tmp_path / ".cache/newsread/desk.frame"
    kept_at_rest(desk, path)
    before = path.stat().st_ino
    desk.quiet(2, timeout=2)
    assert path.stat().st_ino == before


@pytest.mark.parametrize("change", ["mark", "own mark", "config"])
def test_a_frame_of_a_desk_at_rest_is_not_drawn_once_anything_has_changed(launch, tmp_path, change):
    desk = settled(launch(rests=3))
    path = kept_at_rest(desk, tmp_path / ".cache/newsread/desk.frame")
    before = path.stat().st_mtime_ns
    if change == "mark":
        with Store.open(tmp_path / "library.db") as store:
            store.marks.star([1], starred=True)
    elif change == "own mark":
        desk.press("s")
        desk.wait("★")
    else:
        (tmp_path / "config.toml").write_text("[refresh]\non_start = false\n[ui]\nticker = false\n")
    os.kill(desk.pid, signal.SIGKILL)
    assert path.stat().st_mtime_ns == before
    assert not drawn(launch())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_a_signal_behind_the_frame_gives_the_terminal_back(launch, number):
    left(launch())
    desk = launch()
    before = termios.tcgetattr(desk.fd)
    desk.wait("World 1")
    os.kill(desk.pid, number)
    assert ended_with(desk) == 128 + number
    assert given_back(desk)
    assert before[3] & termios.ECHO


def ended_with(desk: Terminal) -> int | None:
    """Return the exit code, and check the terminal's settings before it is closed."""
    desk.quiet(10, timeout=10)
    done, code = os.waitpid(desk.pid, 0)
    assert done
    return os.waitstatus_to_exitcode(code)


def test_a_fault_behind_the_frame_is_said_on_the_terminal_as_it_was(launch, tmp_path):
    left(launch())
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "textual.py").write_text("raise RuntimeError('a broken toolkit')\n")
    command = f"{sys.executable} -P -m reader; echo code=$?; stty -a"
    env = {"PYTHONPATH": f"{tmp_path / 'broken'}:{ROOT}"}
    desk = launch(more=env)
    desk.kill()
    env |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    env |= {"XDG_STATE_HOME": "", "NEWSREAD_CONFIG": f"{tmp_path}/config.toml"}
    env |= {"NEWSREAD_LIBRARY": f"{tmp_path}/library.db"}
    with Terminal(["/bin/sh", "-c", command], env=env) as shell:
        shell.wait("code=1")
        shell.quiet(0.5)
        assert DRAWN in shell.raw
        after = bytes(shell.raw).rpartition(LEFT)[2].decode()
        assert "a broken toolkit" in after
        assert " echo " in f" {' '.join(after.split())} "
        assert " icanon " in f" {' '.join(after.split())} "


def test_no_color_leaves_no_colour_and_what_is_chosen_reversed(launch):
    for _ in range(2):  # the second one drawn from the frame first
        desk = settled(launch("--reduced-motion", more={"NO_COLOR": "1"}))
        assert chosen(shown(desk))[0] == " newsread "
        desk.press("t")
        desk.wait("Topics")
        desk.quiet(0.6, timeout=5)
        screen = shown(desk)
        styles = {style for row in screen.cells for _, style in row}
        assert all(set(style.split(";")) <= {"", *"123479", "39", "49"} for style in styles)
        assert any("All" in text or "World" in text for text in chosen(screen)[3:])
        desk.press("\x1b")
        desk.quiet(0.6, timeout=5)
        desk.press("Q")
        assert ended(desk) == 0


def chosen(screen: Screen) -> list[str]:
    """Return what is reversed, by line."""
    return ["".join(text for text, style in row if "7" in style.split(";")) for row in screen.cells]


def test_sixteen_colours_are_the_terminals_own(launch):
    desk = settled(launch(more={"TERM": "xterm", "COLORTERM": ""}))
    codes = {code for row in shown(desk).cells for _, style in row for code in style.split(";")}
    assert codes & {"90", "97", "93", "37"}
    assert not codes & {"38", "48"}
