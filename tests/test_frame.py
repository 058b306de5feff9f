"""The kept frame: its text and back, what it refuses, and when it holds."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.frame import form, keeping, matching
from reader.frame.form import Frame, decoded, encoded, is_printed, sequences

ROWS = [[("1;38;2;1;2;3", "Headline"), ("", " · ខ្មែរ\u200b 👩\u200d🚀")], [("", "second line")]]
FRAME = Frame(["0.1", "HOME=/home/x"], [("/library.db", "1.2.3"), ("/library.db-wal", "-")], ROWS, 7)
TEXT = encoded(FRAME)
SETTING = "NEWSREAD_UI_THEME"

printed = st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)
styles = st.lists(st.integers(0, 255), max_size=8).map(lambda numbers: ";".join(map(str, numbers)))
rows = st.lists(st.lists(st.tuples(styles, printed), min_size=1, max_size=5), min_size=1, max_size=5)


@given(rows)
def test_what_was_kept_is_read_again(rows):
    read = decoded(encoded(Frame(["a"], [("/b", "c")], rows)))
    assert read is not None
    assert (read.facts, read.stamps, read.rows) == (["a"], [("/b", "c")], rows)


@given(st.text(max_size=300) | st.text("0123456789;\x1b\x1e\x1f\n\x9b[]mHab", max_size=80).map(TEXT.__add__))
def test_a_strange_file_paints_nothing_but_text_and_colours(text):
    if (read := decoded(text)) is not None:
        bare = sequences(read.rows)
        for row in read.rows:
            assert is_printed("".join(text for _, text in row))
            assert all(set(style) <= set("0123456789;:") for style, _ in row)
        assert "\x1b]" not in bare
        assert "\x9b" not in bare


@pytest.mark.parametrize(
    "evil",
    [*"\x07\r\x7f\u202e\u2066\ud800\0", "\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9d0;title\x9c"],
    ids=ascii,
)  # fmt: skip
def test_a_text_with_a_command_for_the_terminal_is_refused_whole(evil):
    assert decoded(TEXT.replace("Headline", f"Head{evil}line")) is None


@pytest.mark.parametrize("style", ["1m\x1b[2J\x1b[1", "?1049l\x1b[", "1 q", "38;2;1;2;3" * 9, "x"], ids=ascii)
def test_a_style_that_is_none_is_refused(style):
    assert decoded(TEXT.replace("1;38;2;1;2;3", style)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.replace("frame 2", "frame 1"),
        TEXT.replace("\x1f", "\x1e"),
        TEXT.replace("\n7\n", "\n-7\n"),
        TEXT.rpartition("\n")[0] + "\n9\x1ftext",
        TEXT.rpartition("\n")[0] + "\n-1\x1ftext",
        TEXT.rpartition("\n")[0] + "\n²\x1ftext",
        TEXT + "\n0\x1fx" * form.ROWS,
    ],
    ids=lambda text: ascii(text[-20:]),
)
def test_a_file_of_another_form_is_refused(text):
    assert decoded(text) is None


def test_what_could_not_be_read_again_is_not_kept(tmp_path):
    path = str(tmp_path / "desk.frame")
    assert not keeping.keep(path, Frame(["a"], [("/b", "c")], [[("", "a\x1bb")]]))
    assert not keeping.keep(path, Frame(["a"], [("/b", "c")], [[("", "x" * form.LONGEST)]]))
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_its_owners_alone_and_replaced_whole(tmp_path):
    path = tmp_path / "deep" / "cache" / "desk.frame"
    assert keeping.keep(str(path), FRAME)
    assert keeping.keep(str(path), FRAME)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]
    kept = keeping.kept(str(path))
    assert kept is not None
    assert (kept.rows, kept.place) == (ROWS, 7)


def test_a_file_that_others_may_write_is_not_read(tmp_path):
    path = tmp_path / "desk.frame"
    assert keeping.keep(str(path), FRAME)
    path.chmod(0o620)
    assert keeping.kept(str(path)) is None
    path.chmod(0o600)
    (link := tmp_path / "link").symlink_to(path)
    assert keeping.kept(str(link)) is None
    assert keeping.kept(str(tmp_path)) is None
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert keeping.kept(str(tmp_path / "pipe")) is None
    path.write_bytes(b"\xff" * 9)
    assert keeping.kept(str(path)) is None
    path.write_bytes(b"x" * (form.LONGEST + 1))
    assert keeping.kept(str(path)) is None


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({"HOME": "/h"}, "/h/.cache/newsread/desk.frame"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/c"}, "/c/newsread/desk.frame"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "c"}, ""),
        ({}, ""),
    ],
)
def test_where_it_lies(env, found):
    assert keeping.place(env) == found


@pytest.mark.parametrize("words", [[], ["--theme", "x"], ["--theme=x"], ["--reduced-motion", "--theme", "x"]])
def test_words_that_open_the_desk_have_facts(words):
    assert matching.facts(words, (80, 24), "0.1", {"HOME": "/h"})


@pytest.mark.parametrize(
    "words",
    [["--demo"], ["file"], ["-"], ["--version"], ["--theme"], ["--library", "x"], ["--theme", "x", "y"]],
)
def test_other_words_have_none(words):
    assert matching.facts(words, (80, 24), "0.1", {"HOME": "/h"}) is None


@pytest.mark.parametrize(
    "env", [{"NEWSREAD_LIBRARY": "here.db"}, {"XDG_DATA_HOME": "x"}, {"TERM": "x\n"}, {"TERM": "x\x1f"}]
)
def test_an_environment_that_depends_on_the_folder_or_is_strange_has_none(env):
    assert matching.facts([], (80, 24), "0.1", env) is None


def test_every_difference_tells():
    base = {"HOME": "/h", "TERM": "xterm"}
    known = matching.facts([], (80, 24), "0.1", base)
    others = [
        matching.facts(["--reduced-motion"], (80, 24), "0.1", base),
        matching.facts([], (81, 24), "0.1", base),
        matching.facts([], (80, 24), "0.2", base),
        *(
            matching.facts([], (80, 24), "0.1", base | {name: "/x"})
            for name in ("HOME", "TERM", "NO_COLOR", "COLORTERM", "TZ", "LANG", "TEXTUAL_THEME", SETTING)
        ),
    ]  # fmt: skip
    assert all(known != other for other in others)
    assert matching.facts([], (80, 24), "0.1", base | {"TEXTUAL_FPS": "120", "OTHER": "x"}) == known


def test_a_file_that_changed_ends_a_frame(tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(b"one")
    stamps = matching.stamps([str(path), str(tmp_path / "library.db-wal")])
    assert matching.holds(["a"], stamps, ["a"])
    assert not matching.holds(["a"], stamps, ["b"])
    assert not matching.holds(None, stamps, None)
    (tmp_path / "library.db-wal").touch()  # a log without bytes
    assert matching.holds(["a"], stamps, ["a"])
    (tmp_path / "library.db-wal").write_bytes(b"x")
    assert not matching.holds(["a"], stamps, ["a"])
    (tmp_path / "library.db-wal").unlink()
    os.utime(path, ns=(1, 1))
    assert not matching.holds(["a"], stamps, ["a"])
