"""Pictures that the terminal itself draws: the program on terminals that answer for them, and on others."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from reader import library
from reader.model import Entry, ParsedFeed
from reader.pictures.asking import Answers
from reader.pictures.cache import Cache
from reader.pictures.raster import Raster
from reader.store import Store
from tests.extras import needs_images
from tests.graphics import DA1, KITTY, PLAIN, SIXEL, WEZTERM, Canvas
from tests.peers.wire import offences
from tests.terminal import Terminal
from tests.tui.desks import NOW

ROOT = Path(__file__).resolve().parents[2]
URLS = [f"https://news.example/{name}.png" for name in ("boat", "port")]
HALF = "▀"
EARLIER = NOW - timedelta(hours=1)

pytestmark = [
    needs_images,
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),  # a pty beside threads
]

Launch = Callable[..., Terminal]

UNFINISHED = re.compile(rb"(?:\x1b(?:[P_\]][^\x1b\x07]*\x1b?|\[[0-?]*[ -/]*)?|[\xc0-\xff][\x80-\xbf]{0,2})\Z")
"""What may be the beginning of a sequence, or of a character."""
seen: dict[tuple[Terminal, int, int], tuple[Canvas, int]] = {}
"""What stands on a terminal of a size, and how much of what it wrote was read for that."""


def image(width: int, height: int):
    """Return a picture in which every place has a colour of its own."""
    from PIL import Image

    parts = [Image.linear_gradient("L").resize((width, height)), Image.radial_gradient("L")]
    parts += [parts[0].rotate(180), parts[1].resize((width, height))]
    return Image.merge("RGB", (parts[0], parts[3], parts[2]))


def kept(folder: Path, sizes: tuple[tuple[int, int], ...] = ((760, 500), (400, 300))) -> None:
    """Put pictures where the desk looks for them before it fetches any."""
    from reader.pictures import sharp

    for url, (width, height) in zip(URLS, sizes, strict=True):
        whole = image(width, height)
        small = whole.resize((76, round(76 * height / width)))
        fine = sharp.pack(Raster(width, height, whole.tobytes()))
        Cache(folder).put(url, Raster(*small.size, small.tobytes()), fine)


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Return a function that opens the desk on two articles, one with pictures."""
    first, words = "<p>Before the pictures.</p>", "<p>" + " ".join(["Words of the article."] * 60) + "</p>"
    pictures = "".join(f'<img src="{url}" alt="Picture {url[-8:-4]}">{words}' for url in URLS)
    entries = (
        Entry(guid="1", url="https://news.example/1", title="Ferry", published=NOW, html=first + pictures),
        Entry(
            guid="2",
            url="https://news.example/2",
            title="Nothing to see",
            published=NOW - timedelta(hours=1),
            html=words,
        ),
    )
    with Store.open(tmp_path / "library.db") as store:
        feed, _ = store.feeds.add("https://news.example/feed", title="Wire")
        library.ingest(store, feed, ParsedFeed(title="Wire", entries=entries), now=NOW)
    kept(tmp_path / "cache" / "newsread" / "pictures")
    home = str(tmp_path)
    env = {"HOME": home, "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "XDG_STATE_HOME": ""}
    env |= {"XDG_CACHE_HOME": f"{home}/cache", "PYTHONPATH": str(ROOT), "TMUX": "", "TERM_PROGRAM": ""}
    env |= {"NEWSREAD_CONFIG": f"{home}/config.toml", "NEWSREAD_LIBRARY": f"{home}/library.db"}
    with ExitStack() as stack:

        def opened(
            answers: Mapping[bytes, bytes],
            *,
            size: tuple[int, int] = (120, 40),
            graphics: str = "auto",
            **more: str,
        ) -> Terminal:
            (tmp_path / "config.toml").write_text(
                "[refresh]\non_start = false\n[ui]\nticker = false\nreduced_motion = true\nrestore = false\n"
                f'[reading]\ngraphics = "{graphics}"\n'
            )
            command = [sys.executable, "-P", "-m", "reader"]
            shown = Terminal(command, columns=size[0], lines=size[1], env={**env, **more}, answers=answers)
            stack.enter_context(shown)
            shown.wait("Ferry", timeout=60)
            shown.quiet(0.3)
            return shown

        yield opened
    seen.clear()


def press(shown: Terminal, *keys: str) -> None:
    for key in keys:
        shown.press(key)
        shown.quiet(0.25, timeout=10)


def look(shown: Terminal, columns: int = 120, lines: int = 40):
    """Return what stands on the terminal; only what it wrote since the last look is read."""
    canvas, at = seen.get((shown, columns, lines)) or (Canvas(columns, lines), 0)
    begun = UNFINISHED.search(shown.raw, at)
    end = begun.start() if begun else len(shown.raw)
    seen[shown, columns, lines] = canvas.feed(bytes(shown.raw[at:end])), end
    return canvas


def open_pictures(shown: Terminal) -> None:
    """Open the article and show its pictures."""
    press(shown, "g", "\r")
    shown.press("I")
    shown.wait("hides the pictures")
    if b"\x1b[?2;1;0S" in shown.raw:
        until_painted(shown)
    shown.quiet(0.4)


def until_painted(shown: Terminal) -> None:
    """Wait for sixels, which are worked out beside the desk."""
    until(shown, lambda canvas: bool(canvas.covered))


def until(shown: Terminal, done: Callable[[Canvas], bool]) -> None:
    """Wait until the terminal shows something."""
    end = monotonic() + 30
    while not done(look(shown)):
        assert monotonic() < end, "\n".join(look(shown).rows)
        shown.pump(0.1)


def leave(shown: Terminal) -> None:
    shown.press("Q")
    while not shown.ended:
        shown.pump(5)


def blocks(canvas: Canvas) -> set[tuple[int, int]]:
    """Return the cells that hold half-blocks."""
    return {(x, y) for y, row in enumerate(canvas.cells) for x, (text, _) in enumerate(row) if text == HALF}


def nearly(one, other) -> float:
    """Return by how much two pictures differ, of 255 in the mean."""
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean)


# kitty


@pytest.mark.parametrize("colours", ["truecolor", ""])
def test_kitty_is_sent_each_picture_once_and_shows_it_in_its_cells(launch, colours):
    shown = launch(KITTY, COLORTERM=colours)
    assert b"\x1b_G" not in shown.raw  # nothing is asked before a picture is wanted
    open_pictures(shown)
    canvas = look(shown)
    assert canvas.wrong == []
    assert len(canvas.shown()) == len(canvas.sent) > 0
    for number, cells in canvas.shown().items():
        left, top = min(x for x, _ in cells), min(y for _, y in cells)
        assert all((x - left, y - top) == place for (x, y), place in cells.items())
        columns, rows = canvas.placed[number]
        assert 0 <= columns * rows - len(cells) < columns * rows / 2
    assert HALF not in "".join(canvas.rows)
    assert nearly(canvas.stored[min(canvas.shown())], image(760, 500)) < 4
    press(shown, *" j jkg ")
    press(shown, "i", "i")  # the other pane comes and goes: other widths
    canvas = look(shown)
    canvas.shown()
    assert canvas.wrong == []
    assert sorted(canvas.sent) == sorted(canvas.stored)  # once each
    assert len(canvas.sent) == 2


def test_kitty_forgets_them_with_the_article_and_at_the_end(launch):
    shown = launch(KITTY)
    open_pictures(shown)
    press(shown, "J")
    canvas = look(shown)
    assert canvas.sent
    assert (canvas.stored, canvas.shown()) == ({}, {})
    press(shown, "K")
    shown.press("I")
    shown.wait("hides the pictures")
    shown.quiet(0.4)
    assert look(shown).stored
    leave(shown)
    canvas = look(shown)
    assert (canvas.stored, canvas.wrong) == ({}, [])


def test_help_over_a_picture_and_back(launch):
    shown = launch(KITTY)
    open_pictures(shown)
    before = look(shown).shown()
    press(shown, "?")
    assert sum(map(len, look(shown).shown().values())) < sum(map(len, before.values()))
    press(shown, "\x1b[27u")
    canvas = look(shown)
    assert (canvas.shown(), canvas.wrong, len(canvas.sent)) == (before, [], len(before))


def test_a_picture_comes_back_after_the_desk_was_stopped(launch):
    shown = launch(KITTY)
    open_pictures(shown)
    before = look(shown).shown()
    shown.press("")
    os.kill(shown.pid, signal.SIGTSTP)
    shown.quiet(0.5)
    assert look(shown).stored == {}
    os.kill(shown.pid, signal.SIGCONT)
    shown.quiet(0.5)
    press(shown, "?", "\x1b[27u")
    canvas = look(shown)
    assert (canvas.shown(), canvas.wrong) == (before, [])


# sixel


def test_sixels_cover_the_cells_of_the_picture_and_no_more(launch):
    shown = launch(SIXEL)
    open_pictures(shown)
    canvas = look(shown)
    assert canvas.wrong == []
    below = blocks(canvas)
    assert len(below) > 500
    assert {*canvas.covered} <= below
    assert len({y for _, y in below} - {y for _, y in canvas.covered}) <= 2  # the last of each
    first = min(canvas.paintings, key=lambda one: one.y).picture
    rows = first.width * 500 // 760
    assert rows - 20 < first.height <= rows + 10
    assert nearly(first, image(760, 500).resize((first.width, rows)).crop((0, 0, *first.size))) < 6


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 14)], ids=str)
def test_sixels_follow_and_never_stay_behind(launch, size):
    shown = launch(SIXEL, size=size)
    press(shown, "g", "\r", "I")
    draw, most = random.Random(size[0]), 0
    for number, key in enumerate([*"jj k", *draw.choices(" jkjGi\x04\x15", k=8), "g", " "]):
        press(shown, key)
        canvas = look(shown, *size)
        most = max(most, len(canvas.covered))
        assert canvas.wrong == []
        assert {*canvas.covered} <= blocks(canvas), f"after {number} keys: something stayed behind"
    assert most > 100
    shown.quiet(1.5)
    before = {*look(shown, *size).covered}
    press(shown, "?")
    assert look(shown, *size).covered == {}
    press(shown, "\x1b[27u")
    assert {*look(shown, *size).covered} == before
    press(shown, "I")
    assert look(shown, *size).covered == {}
    leave(shown)
    assert look(shown, *size).wrong == []


def test_letters_of_another_size_have_the_picture_drawn_anew(launch):
    shown = launch(SIXEL)
    open_pictures(shown)
    before = look(shown).paintings[-1].size[0]
    shown.answer(b"\x1b[16t", b"\x1b[6;30;15t")
    shown.resize(80, 26)  # the same window, fewer and larger letters
    until(
        shown, lambda canvas: any(one.size[0] % 15 == 0 and one.size[0] != before for one in canvas.paintings)
    )


def test_what_does_not_touch_a_picture_does_not_paint_it_again(launch):
    shown = launch(SIXEL)
    open_pictures(shown)
    before = len(look(shown).paintings)
    press(shown, "u")  # there is nothing to undo: the bottom line says so
    assert len(look(shown).paintings) == before


# none of it


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        (PLAIN, {}),
        ({}, {}),  # not even what it is
        (KITTY, {"graphics": "blocks"}),
        (KITTY, {"graphics": "sixel"}),
        (SIXEL, {"graphics": "kitty"}),
        (KITTY, {"TERM": "linux"}),
    ],
    ids=["no pictures", "silent", "not wanted", "no sixels", "no kitty", "a console"],
)
def test_half_blocks_where_the_terminal_does_not_answer_for_more(launch, answers, more):
    shown = launch(answers, **more)
    open_pictures(shown)
    canvas = look(shown)
    assert sum(HALF in row for row in canvas.rows) > 10
    assert (canvas.sent, canvas.placed, canvas.paintings) == ([], {}, [])
    leave(shown)


def test_one_that_shows_no_placeholders_gets_sixels(launch):
    shown = launch(WEZTERM)
    open_pictures(shown)
    until_painted(shown)
    assert look(shown).sent == []


def test_a_multiplexer_is_not_asked_what_it_would_take_for_a_title(launch):
    shown = launch(PLAIN, TMUX="/tmp/tmux,1,0")
    open_pictures(shown)
    assert DA1 in shown.raw
    assert b"\x1b_" not in shown.raw


def test_no_colour_no_picture(launch):
    shown = launch(KITTY, NO_COLOR="1")
    press(shown, "g", "\r")
    shown.press("I")
    shown.wait("NO_COLOR")
    assert b"\x1b_G" not in shown.raw
    assert HALF not in "".join(look(shown).rows)


# Bytes


@pytest.mark.parametrize(
    ("answers", "graphics"), [(KITTY, "kitty"), (SIXEL, "sixel"), (PLAIN, "asked")], ids=str
)
def test_only_what_was_answered_for_is_written(launch, answers, graphics):
    shown = launch(answers)
    assert offences(bytes(shown.raw), desk=True) == []
    open_pictures(shown)
    press(shown, *" jI")
    leave(shown)
    assert offences(bytes(shown.raw), desk=True, graphics=graphics) == []
    if graphics != "asked":
        assert offences(bytes(shown.raw), desk=True, graphics="asked")


# Keys


@pytest.mark.parametrize(
    ("answers", "ahead"),
    [({**KITTY, DA1: b"jjj" + KITTY[DA1] + b"jjs"}, "jjjjj"), (SIXEL, "jjjjjjjjjs"), ({}, "jjjjjjjjjs")],
    ids=["kitty", "sixel", "silent"],
)
def test_no_key_is_lost_while_the_answer_is_awaited(launch, answers, ahead):
    shown = launch(answers)
    press(shown, "g", "\r")
    shown.press(f"I{ahead}")  # others come together with the answer
    until(shown, lambda canvas: "★ Ferry" in (text := "".join(canvas.rows)) and "Picture boat" not in text)
    text = "".join(look(shown).rows)  # lines of it have scrolled away
    assert "OK" not in text
    assert "62;" not in text


def test_answers_are_told_from_keys_however_they_are_cut():
    said = "a\x1b_Gi=31;OK\x1b\\b\x1bP>|kitty(0.3)\x1b\\\x1b[6;20;10tc\x1b[6~\x1b[?62;4;22cd\x1b[A"
    for size in range(1, 12):
        answers, rest = Answers(), ""
        for at in range(0, len(said), size):
            rest += answers.hear(said[at : at + size])
        assert rest + answers.let_go() == "abc\x1b[6~d\x1b[A"
        assert (answers.kitty, answers.who, answers.cell) == (True, "kitty(0.3)", (10, 20))
        assert answers.sixel
        assert answers.ended


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("kitty(0.28.1)", "kitty"),
        ("kitty(1.0.0)", "kitty"),
        ("kitty(0.26.5)", "blocks"),  # answers for pictures, and knows no placeholders yet
        ("ghostty 1.2.3", "kitty"),
        ("WezTerm 20240203-110809", "blocks"),
        ("Konsole 24.02", "blocks"),
        ("", "blocks"),
    ],
)
def test_placeholders_are_for_terminals_that_know_them(who, way):
    answers = Answers()
    answers.hear(f"\x1b_Gi=31;OK\x1b\\\x1bP>|{who}\x1b\\\x1b[?62;c")
    assert answers.way("auto") == way
    assert answers.way("kitty") == "kitty"
    assert answers.way("sixel") == answers.way("blocks") == "blocks"


def test_an_escape_that_is_typed_comes_through():
    answers = Answers()
    assert answers.hear("x\x1b") == "x"
    assert answers.let_go() == "\x1b"
