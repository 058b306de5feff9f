"""What a terminal shows after the bytes that newsread writes: cells with their colours, without history.

Knows the sequences that the desk emits, no more; what it does not know, it counts in `unknown`.
"""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size

_TOKEN = re.compile(
    r"\x1b\[(?P<args>[<>=?]?[0-9;:$]*)(?P<final>[@-~])|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)|(?P<text>[^\x1b])",
    re.DOTALL,
)


class Screen:
    """A grid of (text, style) cells; `clears` counts how often it was emptied."""

    def __init__(self, columns: int = 120, lines: int = 40) -> None:
        self.columns, self.lines = columns, lines
        self.alternate = self.hidden = False
        self.clears = 0
        self.unknown: list[str] = []
        self._style = ""
        self._x = self._y = 0
        self._empty()

    def _empty(self) -> None:
        self.cells = [[(" ", "")] * self.columns for _ in range(self.lines)]

    def feed(self, raw: bytes) -> Screen:
        for found in _TOKEN.finditer(raw.decode("utf-8", "replace")):
            if (text := found["text"]) is not None:
                self._put(text)
            elif found["final"]:
                self._do(found["args"], found["final"])
        return self

    def _put(self, text: str) -> None:
        if text == "\r":
            self._x = 0
        elif text == "\n":
            self._y += 1
        elif (width := get_character_cell_size(text)) == 0:
            before, style = self.cells[self._y][self._x - 1]
            self.cells[self._y][self._x - 1] = (before + text, style)
        elif self._x < self.columns and self._y < self.lines:
            self.cells[self._y][self._x] = (text, self._style)
            for x in range(self._x + 1, min(self._x + width, self.columns)):
                self.cells[self._y][x] = ("", self._style)
            self._x += width

    def _do(self, args: str, final: str) -> None:
        if final == "m" and args[:1] not in ("<", ">", "?"):
            self._style = "" if args in ("", "0") else args
        elif final == "H":
            y, _, x = args.partition(";")
            self._y, self._x = int(y or 1) - 1, int(x or 1) - 1
        elif final in "hl" and args.startswith("?"):
            self._mode(args, on=final == "h")
        elif final not in "pu":
            self.unknown.append(args + final)

    def _mode(self, args: str, *, on: bool) -> None:
        if args == "?1049":
            self.alternate = on
            self.clears += 1
            self._empty()
        elif args == "?25":
            self.hidden = not on

    @property
    def rows(self) -> list[str]:
        """The lines as text."""
        return ["".join(text for text, _ in row) for row in self.cells]
