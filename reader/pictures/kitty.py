"""Kitty's graphics, by Unicode placeholders: a picture is sent once, then characters show where it stands.

The cell of a placeholder holds U+10EEEE, a mark for its row and one for its column of the picture, and tells
by its colour which picture is meant. Such cells scroll, are covered and cleared as any text is.
"""

from __future__ import annotations

from base64 import standard_b64encode

CHUNK = 4096
"""Characters of base64 in one sequence, by the protocol."""
FIRST, COUNT = 60, 42
"""Which numbers pictures have, 60 to 101: each is also a colour of the terminal's 256, see `colour`. (The
greys of the cube before and after them are taken for others.)"""
PLACEHOLDER = "\U0010eeee"
MARKS = tuple(
    "\u0305\u030d\u030e\u0310\u0312\u033d\u033e\u033f\u0346\u034a\u034b\u034c\u0350\u0351\u0352\u0357"
    "\u035b\u0363\u0364\u0365\u0366\u0367\u0368\u0369\u036a\u036b\u036c\u036d\u036e\u036f\u0483\u0484"
    "\u0485\u0486\u0487\u0592\u0593\u0594\u0595\u0597\u0598\u0599\u059c\u059d\u059e\u059f\u05a0\u05a1"
    "\u05a8\u05a9\u05ab\u05ac\u05af\u05c4\u0610\u0611\u0612\u0613\u0614\u0615\u0616\u0617\u0657\u0658"
    "\u0659\u065a\u065b\u065d\u065e\u06d6\u06d7\u06d8\u06d9\u06da\u06db\u06dc\u06df\u06e0\u06e1\u06e2"
)
"""The first of the protocol's list: the mark at a place stands for that number."""
MOST = len(MARKS)
"""Cells of a picture across or down."""


def sent(number: int, png: bytes) -> str:
    """Return what gives the terminal a picture; it shows nothing yet."""
    payload = standard_b64encode(png).decode()
    parts = [payload[at : at + CHUNK] for at in range(0, len(payload), CHUNK)]
    last = len(parts) - 1
    return "".join(
        f"\x1b_G{f'a=t,f=100,t=d,i={number},q=2,' if not at else ''}m={int(at < last)};{part}\x1b\\"
        for at, part in enumerate(parts)
    )


def placed(number: int, columns: int, rows: int) -> str:
    """Return what fits a picture into so many cells wherever its placeholders stand, anew or for once."""
    return f"\x1b_Ga=p,U=1,i={number},p=1,c={columns},r={rows},q=2\x1b\\"


def gone(number: int) -> str:
    """Return what takes a picture and all that shows it away."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def row(y: int, columns: int) -> str:
    """Return the characters of one row: each with both marks, so that any part of it can be drawn alone."""
    start = PLACEHOLDER + MARKS[y]
    return "".join([start + mark for mark in MARKS[:columns]])


def colour(number: int, *, true: bool) -> str:
    """Return the colour of a picture's placeholders, `rrggbb`.

    `true`: of a terminal that is given true colours, in which the number is the colour itself. Others are
    given the nearest of 256, so that it is that one's own shade.
    """
    if true:
        return f"{number:06x}"
    cube = number - 16
    return "".join(f"{(0, 95, 135, 175, 215, 255)[cube // side % 6]:02x}" for side in (36, 6, 1))
