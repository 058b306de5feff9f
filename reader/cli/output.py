"""What commands print: data to stdout (JSON lines, columns or tabs), words to stderr, all made safe."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TextIO

from reader.model import Headline
from reader.records import dataclass
from reader.text import one_line, plain, width

CELL_MAX = 2_000  # characters of one field: titles measure at most 1,024
GAP = "  "
JSON_SCHEMA = 1  # what docs/json.md describes; a field renamed, removed or of another type raises it


@dataclass(frozen=True, slots=True)
class Column:
    """A column on a terminal. `most` cells wide; 0 takes what the other columns leave."""

    title: str
    most: int = 0
    right: bool = False


class Output:
    """Where a command writes."""

    def __init__(
        self, *, as_json: bool = False, data: TextIO | None = None, words: TextIO | None = None
    ) -> None:
        self.json = as_json
        self._data = data or sys.stdout
        self._words = words or sys.stderr
        self.tty = self._data.isatty()
        self.columns = terminal_columns() if self.tty else 0
        for stream in (self._data, self._words):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        encoding = (getattr(self._data, "encoding", "") or "utf-8").replace("-", "").lower()
        self._ascii = not encoding.startswith("utf")

    def say(self, words: str) -> None:
        """Write words for the user, one line, to stderr."""
        self._words.write(one_line(words, CELL_MAX) + "\n")

    def record(self, value: object, **more: object) -> None:
        """Write one JSON object on a line: the fields of a dataclass, then `more`."""
        flat = flattened(value) | {name: jsonable(item) for name, item in more.items()}
        self._write(json.dumps(flat, ensure_ascii=self._ascii) + "\n")

    def text(self, text: str) -> None:
        """Write long text with a line end behind it."""
        self._write(plain(text).rstrip("\n") + "\n")

    def line(self, text: str) -> None:
        """Write text as it is laid out, with a line end behind it."""
        self._write(plain(text) + "\n")

    def document(self, body: bytes) -> None:
        """Write a document for another program (OPML) as it is: it was made safe when it was made."""
        self.flush()
        if isinstance(self._data, io.TextIOWrapper):
            self._data.buffer.write(body)
        else:
            self._data.write(body.decode())

    def flush(self) -> None:
        """Let a reader at the other end of a pipe see what there is."""
        self._data.flush()

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, header: bool = True) -> None:
        """Write rows in aligned columns that fit the terminal; with tabs between the fields in a pipe."""
        if not self.tty:
            for row in rows:
                self._write("\t".join(one_line(cell, CELL_MAX) for cell in row) + "\n")
            return
        lines = self.aligned(columns, rows, header=header)
        for line in lines if len(lines) > header else ():
            self._write(line + "\n")

    def aligned(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, header: bool = False
    ) -> list[str]:
        """Return rows as lines that fit the terminal."""
        lines = [[one_line(cell, CELL_MAX) for cell in row] for row in rows]
        sizes = self._sizes(columns, lines, header=header)
        if header:
            lines.insert(0, [column.title for column in columns])
        return [_aligned(row, columns, sizes) for row in lines]

    def _sizes(self, columns: Sequence[Column], lines: Sequence[Sequence[str]], *, header: bool) -> list[int]:
        """Return how many cells each column gets; what is left goes to the columns without a bound."""
        sizes = []
        for number, column in enumerate(columns):
            widest = max([width(row[number]) for row in lines], default=0)
            if header:
                widest = max(widest, width(column.title))
            sizes.append(min(widest, column.most) if column.most else widest)
        free = [number for number, column in enumerate(columns) if not column.most]
        room = (
            self.columns
            - len(GAP) * (len(columns) - 1)
            - sum(size for size, column in zip(sizes, columns, strict=True) if column.most)
        )
        for left, number in zip(
            range(len(free), 0, -1), sorted(free, key=lambda item: sizes[item]), strict=True
        ):
            sizes[number] = min(sizes[number], max(room // left, 8))
            room -= sizes[number]
        return sizes

    def _write(self, text: str) -> None:
        self._data.write(text)


def _aligned(row: Sequence[str], columns: Sequence[Column], sizes: Sequence[int]) -> str:
    cells = []
    for cell, column, size in zip(row, columns, sizes, strict=True):
        shown = fitted(cell, size)
        padding = " " * (size - width(shown))
        cells.append(padding + shown if column.right else shown + padding)
    return GAP.join(cells).rstrip()


def fitted(text: str, cells: int) -> str:
    """Return `text` cut to at most `cells` terminal cells, with an ellipsis where something is missing."""
    if width(text) <= cells:
        return text
    low, high = 0, min(len(text), cells * 8)
    while low < high:  # the longest prefix that leaves a cell for the ellipsis
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle]) <= cells - 1 else (low, middle - 1)
    return text[:low].rstrip() + "…"


def terminal_columns() -> int:
    """Return how wide the terminal is: COLUMNS where it is set, else what the terminal says, else 80."""
    if os.environ.get("COLUMNS", "").isdecimal():
        return max(int(os.environ["COLUMNS"]), 20)
    try:
        return max(os.get_terminal_size(1).columns or 80, 20)  # 0: a terminal that does not know
    except OSError:
        return 80


def counted(number: int, word: str) -> str:
    """Return a number with its word: `1 feed`, `2,000 feeds`."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def left_out(number: int) -> str:
    """Return words for articles of a document that were not read."""
    return f"{number:,} more {'was' if number == 1 else 'were'} not read (beyond fetch.max_items, or damaged)"


def stamp(when: datetime) -> str:
    """Return a time as the JSON carries it: `2026-11-22T12:00:00Z`."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def jsonable(value: Any) -> Any:
    """Return a value of the model as JSON can carry it, every string made safe."""
    if isinstance(value, str):
        return plain(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple | list):
        return [jsonable(item) for item in value]
    if isinstance(value, datetime):
        return stamp(value)
    return value.hex() if isinstance(value, bytes) else flattened(value)


def flattened(value: Any) -> dict[str, Any]:
    """Return a dataclass as a dictionary; the fields of a headline within stand beside its own."""
    if isinstance(value, dict):
        return {name: jsonable(item) for name, item in value.items()}
    flat: dict[str, Any] = {}
    for field in fields(value):
        item = getattr(value, field.name)
        flat |= flattened(item) if isinstance(item, Headline) else {field.name: jsonable(item)}
    return flat
