r"""A line of the user's own making for each article: `--format '{id}\t{title:40}\t{url}'`.

Nothing of Python's own formatting is used: a place takes a field of the JSON, an alignment and a width, and
what comes of it is text on one line, however the article is written.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from reader.cli.output import fitted
from reader.cli.parser import did_you_mean, quoted
from reader.model import Article, Headline
from reader.records import dataclass
from reader.text import one_line, width

TEMPLATE_MAX = 4_096  # characters
WIDEST = 500  # cells
LONGEST = 65_536  # characters of one field

LISTED = tuple(item.name for item in fields(Headline))
"""The fields of a row: a template that asks for no others reads no article."""
FIELDS = (
    *LISTED,
    *(item.name for item in fields(Article) if item.name != "headline"),
    *("lead", "sources", "reports", "score"),
)
ESCAPES = {"t": "\t", "n": "\n", "\\": "\\"}

_TOKEN = re.compile(r"\\(?P<escape>.?)|\{\{|\}\}|\{(?P<place>[^{}]*)\}|(?P<stray>[{}])", re.DOTALL)
_PLACE = re.compile(r"(?P<name>[^:]*)(?::(?P<align>[<>^]?)(?P<width>[0-9]{0,4}))?\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field goes; `cells` 0: as wide as it is, else cut and filled to so many."""

    name: str
    align: str = "<"
    cells: int = 0

    def text(self, value: Any) -> str:
        """Return a value of the JSON on one line, as wide as asked for."""
        text = one_line(_words(value), LONGEST)
        if not self.cells:
            return text
        text = fitted(text, self.cells)
        empty = self.cells - width(text)
        before = {"<": 0, ">": empty, "^": empty // 2}[self.align]
        filled = " " * before + text + " " * (empty - before)
        return " " * (self.cells - width(filled)) + filled  # a mark may join the space before it


@dataclass(frozen=True, slots=True)
class Template:
    """Text and places in their order."""

    parts: tuple[str | Place, ...]

    @property
    def listed(self) -> bool:
        """Whether a row is enough, without its article."""
        return all(part.name in LISTED for part in self.parts if isinstance(part, Place))

    def line(self, record: Mapping[str, Any]) -> str:
        """Return the text for one article's JSON; a field that it does not have is empty."""
        return "".join(
            part.text(record.get(part.name)) if isinstance(part, Place) else part for part in self.parts
        )


def template(text: str) -> Template:
    """Parse a template. Raises ArgumentTypeError."""
    if len(text) > TEMPLATE_MAX:
        raise argparse.ArgumentTypeError(f"takes at most {TEMPLATE_MAX:,} characters")
    parts: list[str | Place] = []
    at = 0
    for found in _TOKEN.finditer(text):
        parts += [text[at : found.start()], _part(found)]
        at = found.end()
    parts.append(text[at:])
    return Template(tuple(part for part in parts if part != ""))


def _part(found: re.Match[str]) -> str | Place:
    if found["place"] is not None:
        return _place(found["place"])
    if found["stray"]:
        raise argparse.ArgumentTypeError(
            f"has a {found[0]} without its counterpart: write {found[0] * 2} for one"
        )
    if found["escape"] is None:
        return found[0][0]
    if found["escape"] in ESCAPES:
        return ESCAPES[found["escape"]]
    raise argparse.ArgumentTypeError(f"has {quoted(found[0])}, and knows \\t, \\n and \\\\ only")


def _place(text: str) -> Place:
    found = _PLACE.match(text)
    if found is None:
        words = (
            f"has {quoted(text)}: a field takes a width, such as {{title:40}} or {{id:>6}}, and nothing else"
        )
        raise argparse.ArgumentTypeError(words)
    if found["name"] not in FIELDS:
        hint = did_you_mean(found["name"], FIELDS) or f"; there are {', '.join(FIELDS)}"
        raise argparse.ArgumentTypeError(f"has no field {quoted(found['name'])}{hint}")
    cells = int(found["width"] or 0)
    if cells > WIDEST:
        raise argparse.ArgumentTypeError(f"makes a field at most {WIDEST} wide, not {cells}")
    return Place(found["name"], found["align"] or "<", cells)


def _words(value: Any) -> str:
    """Return a value of the JSON as text: lists with commas, true and false as in the JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
