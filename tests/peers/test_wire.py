"""The allow-list itself: what it lets pass, what it holds, however the bytes are cut."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import HOSTILE, is_safe
from tests.peers.wire import Wire, canonical, offences

CLEAN = (
    "\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[?2026$p\x1b]22;default\x07\x1b[?2026h\x1b[1;1H\x1b[1;38;2;1;2;3mNews "
    "é 漢 👩‍👧 نُ\x1b[0m\r\n\x1b]8;id=12;https://a.example/x?y=%20#z\x1b\\link\x1b]8;;\x1b\\"
    "\x1b]52;c;aHR0cHM6Ly9hLmV4YW1wbGUv\x07"
).encode()
EVIL = [
    *("\x1b]0;x\x07", "\x1b]2;x\x07", "\x1b[2J", "\x1bc", "\x1bP1;x\x1b\\", "\x1b_x\x1b\\", "\x1b[3J"),
    *("\x1b]52;c;!\x07", "\x1b]52;p;YQ==\x07", "\x1b]1337;File=\x07", "\x1b[?1h", "\x1b[5;1r"),
    *("\x1b", "\x1b[", "\x1b[6n", "\x9b31m", "\x9d0;x\x9c", "\x85", "\x00", "\x07", "\x08", "\x0b", "\x7f"),
    *("\t", "\r", "\u202e"),
    *("\u2066", "\u061c", "\u2028", "\ufeff", "\ufff9", "\uffff", "\U000e0041", "a" + "\u0301" * 9),
    *("\x1b]8;;https://a.example/\x07x\x1b]8;;https://u:p@a.example/\x07", "\x1b]8;;javascript:x\x07"),
    *("\x1b]8;;file:///x\x1b\\", "\x1b]52;c;" + base64.b64encode(b"a\x1bb").decode() + "\x07"),
]  # fmt: skip


def test_what_a_desk_writes_passes_however_it_is_cut():
    assert offences(CLEAN, desk=True) == []
    for size in (1, 2, 3, 7):
        wire = Wire()
        for at in range(0, len(CLEAN), size):
            wire.feed(CLEAN[at : at + size])
        wire.feed(b"", last=True)
        assert not wire.offences
        assert (wire.links, wire.copied) == ({"https://a.example/x?y=%20#z"}, ["https://a.example/"])
        assert wire.read == len(CLEAN)


@pytest.mark.parametrize("evil", EVIL, ids=ascii)
def test_what_else_there_is_does_not_pass(evil):
    assert offences(b"ab" + evil.encode() + b"cd", desk=True)


def test_bytes_that_are_no_text_do_not_pass():
    assert offences(b"a\xffb", desk=True)
    assert offences(b"a\xc3", desk=True)


def test_a_command_writes_lines_and_no_sequence_at_all():
    assert offences("News\tof é\nlines\n".encode()) == []
    for evil in ("\x1b[1m", "\x1b]8;;https://a.example/\x07", "\x07", "\x9b", "\u202e"):
        assert offences(evil.encode())
    assert offences(b"\r\x1b[2K\x1b[1;31mfeeds\x1b[0m\x1b[1A\x1b[?25l", progress=True) == []


@given(st.lists(st.sampled_from([each for each in HOSTILE if not "\ud800" <= each <= "\udfff"])).map("".join))
def test_it_agrees_with_the_rules_for_text(text):
    safe = is_safe(text) and not set(text) & set("\t")
    assert safe <= (not offences(text.encode(), desk=True))


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://a.example/x", True),
        ("http://xn--bcher-kva.example:8080/?q=1#f", True),
        ("http://[::1]/", True),
        ("https://a.example/é", False),
        ("https://a.example", False),
        ("https://u@a.example/", False),
        ("ftp://a.example/", False),
        ("-P evil", False),
        ("https://a.example/" + "a" * 4096, False),
        ("https://a.example/ b", False),
        ("https://a.example/'", False),
    ],
)
def test_which_addresses_a_browser_may_be_given(address, good):
    assert canonical(address) == good
