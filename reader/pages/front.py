"""Front matter: what a page states about itself between two `---` lines, as `key: value`."""

from __future__ import annotations

import re
from dataclasses import field

from reader.records import dataclass

LINES_MAX = 200  # a longer block is text that happens to begin with a rule

_KEY = re.compile(r"^(?P<key>[^\W\d_][\w \-]{0,39}?)\s*:(?:\s+(?P<value>.*))?$")
_ITEM = re.compile(r"^\s*-\s+(?P<value>.*)$")
_BLOCK = frozenset(["|", ">", "|-", ">-", "|+", ">+"])  # YAML's marks of a text on the following lines
_ALIASES = {
    "title": ("headline",),
    "author": ("authors", "byline", "by", "creator", "writer"),
    "date": ("published", "pubdate", "datetime", "created"),
    "updated": ("modified", "lastmod", "last_modified"),
    "source": ("publication", "publisher", "site_name", "sitename", "paper", "agency"),
    "categories": ("topic", "topics", "category", "section", "sections", "tags", "tag", "keywords"),
    "url": ("link", "canonical", "permalink", "address"),
    "lang": ("language", "locale"),
    "place": ("dateline", "location"),
    "summary": ("description", "dek", "standfirst", "subtitle", "abstract", "excerpt"),
    "related": ("related_news", "see_also", "read_more"),
    "ticker": ("headlines",),
}
_NAMES = {alias: key for key, aliases in _ALIASES.items() for alias in (key, *aliases)}


@dataclass(slots=True)
class Front:
    """The stated fields by their usual names; a field that is stated twice has several values."""

    fields: dict[str, list[str]] = field(default_factory=dict)

    def one(self, key: str) -> str:
        """Return the first value of a field, "" when it is not stated."""
        return next(iter(self.fields.get(key, ())), "")

    def all(self, key: str) -> list[str]:
        """Return every value of a field."""
        return self.fields.get(key, [])

    def add(self, key: str, values: list[str]) -> None:
        """Take the values of a key, whatever the page calls it."""
        name = re.sub(r"[ \-]+", "_", key.casefold())
        self.fields.setdefault(_NAMES.get(name, name), []).extend(value for value in values if value)


def split(lines: list[str]) -> tuple[Front, list[str]]:
    """Return the front matter and the lines below it; a block that is no such thing is text.

    A block counts when it is closed, made of fields alone, and states at least one that is known.
    """
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[start].rstrip() != "---":
        return Front(), lines
    for end in range(start + 1, min(len(lines), start + LINES_MAX)):
        if lines[end].rstrip() in {"---", "..."}:
            front = _read(lines[start + 1 : end])
            stated = front is not None and (not front.fields or front.fields.keys() & _ALIASES.keys())
            return (front, lines[end + 1 :]) if front and stated else (Front(), lines)
    return Front(), lines


def _read(lines: list[str]) -> Front | None:
    front, key, values = Front(), "", list[str]()
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if match := _KEY.match(line):
            front.add(key, values)
            key, values = match["key"], _values(match["value"] or "")
        elif key and (item := _ITEM.match(line)):
            values.append(_unquoted(item["value"]))
        elif key and line[0] in " \t":
            values[-1:] = [" ".join([*values[-1:], line.strip()])]
        else:
            return None
    front.add(key, values)
    front.fields.pop("", None)
    return front


def _values(text: str) -> list[str]:
    text = text.strip()
    if text in _BLOCK:
        return []
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(part) for part in text[1:-1].split(",")]
    return [_unquoted(text)]


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
