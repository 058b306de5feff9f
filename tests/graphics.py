"""Terminals that draw pictures: what they answer, and what stands on them after what newsread writes.

Written apart from the product, by the protocols: a sixel decoder, kitty's store of pictures with the cells
that show them. What breaks a rule of theirs is told in `wrong`.
"""

from __future__ import annotations

import io
import re
from base64 import b64decode
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from tests.emulated import Screen

if TYPE_CHECKING:
    from PIL.Image import Image

CELL = (10, 20)  # pixels, width and height
DA1 = b"\x1b[c"
KITTY = {
    b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\": b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[>q": b"\x1bP>|kitty(0.35.2)\x1b\\",
    b"\x1b[16t": b"\x1b[6;20;10t",
    DA1: b"\x1b[?62;c",
}
SIXEL = {
    b"\x1b[>q": b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b[16t": b"\x1b[6;20;10t",
    b"\x1b[?1;1;0S": b"\x1b[?1;0;256S",
    b"\x1b[?2;1;0S": b"\x1b[?2;0;1000;1000S",
    DA1: b"\x1b[?64;1;2;4;6;9;15;22c",
}
PLAIN = {DA1: b"\x1b[?62;22c"}
WEZTERM = {**SIXEL, b"\x1b[>q": b"\x1bP>|WezTerm 2024\x1b\\"} | {
    asked: answer for asked, answer in KITTY.items() if b"_G" in asked
}

_PLACEHOLDER = "\U0010eeee"
_TOKEN = re.compile(rb"\x1b_G([^\x1b]*)\x1b\\|\x1bP([0-9;]*)q([^\x1b]*)\x1b\\")
_SIXEL = re.compile(
    rb'"([0-9;]+)|#([0-9]+)(?:;2;([0-9]+);([0-9]+);([0-9]+))?|!([0-9]+)([?-~])|([$-])|([?-~])'
)


@dataclass
class Painted:
    """A sixel picture at a cell."""

    x: int
    y: int
    body: bytes = field(repr=False)

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as it states them."""
        return _stated(self.body)

    @cached_property
    def picture(self) -> Image:
        """What it draws; worked out when it is asked for, which takes half a second."""
        return decoded(self.body)


@dataclass
class Canvas(Screen):
    """A screen with pictures on it."""

    columns: int = 120
    lines: int = 40
    stored: dict[int, Image] = field(default_factory=dict)
    placed: dict[int, tuple[int, int]] = field(default_factory=dict)
    sent: list[int] = field(default_factory=list)  # numbers, each time a picture came
    paintings: list[Painted] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.covered: dict[tuple[int, int], Painted] = {}
        self._open: tuple[dict[str, str], list[bytes]] | None = None
        super().__init__(self.columns, self.lines)

    def feed(self, raw: bytes) -> Canvas:
        """Take in whole output."""
        at = 0
        for found in _TOKEN.finditer(raw):
            super().feed(raw[at : found.start()])
            at = found.end()
            if found[1] is not None:
                self._kitty(found[1])
            else:
                self._sixel(found[3])
        super().feed(raw[at:])
        return self

    def _empty(self) -> None:
        super()._empty()
        self.covered = {}

    def _put(self, text: str) -> None:
        super()._put(text)
        self.covered.pop((self._x - 1, self._y), None)

    # kitty

    def _kitty(self, body: bytes) -> None:
        from PIL import Image

        head, _, payload = body.partition(b";")
        keys = dict(part.split("=") for part in head.decode().split(","))
        if len(payload) > 4096:
            self.wrong.append("a chunk over 4,096")
        if self._open is not None:
            keys, parts = {**self._open[0], **keys}, [*self._open[1], payload]
        else:
            parts = [payload]
        action = keys.get("a")
        if action == "t":
            self._open = (keys, parts) if keys["m"] == "1" else None
            if self._open is None:
                number = int(keys["i"])
                self.stored[number] = Image.open(io.BytesIO(b64decode(b"".join(parts))), formats=("PNG",))
                self.stored[number].load()
                self.sent.append(number)
        elif action == "p":
            if int(keys["i"]) not in self.stored or keys.get("U") != "1":
                self.wrong.append(f"placed without being there: {keys}")
            self.placed[int(keys["i"])] = int(keys["c"]), int(keys["r"])
        elif action == "d":
            self.stored.pop(int(keys["i"]), None)
            self.placed.pop(int(keys["i"]), None)
        if action != "q" and keys.get("q") != "2":
            self.wrong.append("it would answer")

    def shown(self) -> dict[int, dict[tuple[int, int], tuple[int, int]]]:
        """Return where on the screen which cell of each picture stands: number -> place -> column and row."""
        from reader.pictures.kitty import MARKS

        found: dict[int, dict[tuple[int, int], tuple[int, int]]] = {}
        for y, line in enumerate(self.cells):
            for x, (text, style) in enumerate(line):
                if text.startswith(_PLACEHOLDER):
                    number = _number(style)
                    if number not in self.placed:
                        self.wrong.append(f"a placeholder of no picture at {x},{y}: {style}")
                    found.setdefault(number, {})[x, y] = MARKS.index(text[2]), MARKS.index(text[1])
        return found

    # sixel

    def _sixel(self, body: bytes) -> None:
        painted = Painted(self._x, self._y, body)
        width, height = painted.size
        right = self._x + -(-width // CELL[0])
        bottom = self._y + -(-height // CELL[1])
        if bottom >= self.lines or right > self.columns:
            self.wrong.append(f"a picture down to line {bottom} of {self.lines}: the terminal scrolls")
        self.paintings.append(painted)
        for y in range(self._y, bottom):
            for x in range(self._x, right):
                self.covered[x, y] = painted


def decoded(body: bytes) -> Image:
    """Return the picture of a sixel sequence's body."""
    from PIL import Image

    picture = Image.new("RGB", _stated(body), (255, 0, 255))
    pixels = picture.load()
    assert pixels is not None
    palette: dict[int, tuple[int, ...]] = {}
    colour, x, y, at = (0, 0, 0), 0, 0, 0
    while at < len(body):
        found = _SIXEL.match(body, at)
        assert found is not None, body[at : at + 20]
        at = found.end()
        if found[2]:
            if found[3]:
                palette[int(found[2])] = tuple(round(int(part) * 2.55) for part in found.group(3, 4, 5))
            colour = palette[int(found[2])]
        elif found[8]:
            x, y = 0, y + 6 * (found[8] == b"-")
        elif drawn := found[7] or found[9]:
            end = x + int(found[6] or 1)
            for column, bit in product(range(x, end), range(6)):
                if (drawn[0] - 63) >> bit & 1:
                    pixels[column, y + bit] = colour
            x = end
    return picture


def _stated(body: bytes) -> tuple[int, int]:
    first = _SIXEL.match(body)
    assert first is not None
    _, _, width, height = map(int, first[1].split(b";"))
    return width, height


def _number(style: str) -> int:
    parts = style.split(";")
    at = parts.index("38")
    if parts[at + 1] == "5":
        return int(parts[at + 2])
    red, green, blue = map(int, parts[at + 2 : at + 5])
    return red << 16 | green << 8 | blue
