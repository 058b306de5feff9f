"""newsboat's query feeds as queries of our own, to be saved as views, where there is a counterpart. Pure."""

from __future__ import annotations

import re

from reader import text
from reader.model import SavedView
from reader.opml.entries import tag
from reader.query import Field, Flag, Node, Phrase, QueryError, Word, all_of, any_of, none_of, parse, printed

_TERM = re.compile(
    r"(?P<name>[a-z_]{1,32})\s*(?P<sign>=~|!~|!=|==|<=|>=|!#|between\b|[=#<>])"
    r'\s*(?:"(?P<value>(?:[^"\\]|\\.)*+)"|(?P<bare>[\d:]{1,20}))\s*',
    re.IGNORECASE,
)
_WORD = re.compile(r"(and|or)\b\s*", re.IGNORECASE)
_PLAIN = re.compile(r"[^\\^$.*+?()\[\]{}|\"]{1,100}")  # a pattern that is just words
_ADDRESSES = ("feedtitle", "rssurl", "feedlink")
_CONTRARY = {"!=": "=", "!~": "=~", "!#": "#"}
_NAME_MAX = 64
_DEPTH_MAX = 8


class UntranslatableError(Exception):
    """A filter, or a part of it, has no counterpart; the text says which."""


def view(query: str) -> SavedView:
    """Return a query feed (`NAME:FILTER`) as a view. Raises UntranslatableError."""
    name, _, condition = query.partition(":")
    shown = text.one_line(name, _NAME_MAX)
    if not shown:
        raise UntranslatableError("it has no name")
    return SavedView(shown, filtered(condition))


def filtered(condition: str) -> str:
    """Return a filter as a query. Raises UntranslatableError."""
    return printed(_Reader(condition).whole())


class _Reader:
    """Reads a filter: conditions with `and`, `or` and brackets, never both words at one level."""

    def __init__(self, condition: str) -> None:
        self.text, self.at, self.depth = condition.strip(), 0, 0

    def whole(self) -> Node:
        found = self._level()
        if self.at < len(self.text):
            raise UntranslatableError(f"what is {text.one_line(self.text[self.at :], 30)!r}?")
        try:
            return parse(printed(found))  # what it means here, within the bounds of a query
        except QueryError as error:
            raise UntranslatableError(error.words) from None

    def _level(self) -> Node:
        parts, words = [self._one()], set()
        while match := _WORD.match(self.text, self.at):
            self.at = match.end()
            words.add(match[1].lower())
            parts.append(self._one())
        if len(words) > 1:
            raise UntranslatableError("it has `and` beside `or` without brackets")
        return any_of(parts) if words == {"or"} else all_of(parts)

    def _one(self) -> Node:
        if self.text[self.at : self.at + 1] == "(" and self.depth < _DEPTH_MAX:
            self.depth += 1
            self._skip()
            found = self._level()
            if self.text[self.at : self.at + 1] != ")":
                raise UntranslatableError("a bracket is not closed")
            self._skip()
            self.depth -= 1
            return found
        match = _TERM.match(self.text, self.at)
        if not match:
            raise UntranslatableError(f"what is {text.one_line(self.text[self.at :], 30)!r}?")
        self.at = match.end()
        return _condition(match)

    def _skip(self) -> None:
        self.at += 1
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1


def _condition(match: re.Match[str]) -> Node:
    """Return one condition. Raises UntranslatableError."""
    name, sign = match["name"].lower(), match["sign"].lower().replace("==", "=")
    value = match["bare"] if match["value"] is None else match["value"]
    if name == "age":
        return _age(sign, value)
    found = _asked(name, _CONTRARY.get(sign, sign), value)
    if found is None:
        raise UntranslatableError(f"nothing here is asked like {text.one_line(match[0], 40)!r}")
    return none_of(found) if sign in _CONTRARY else found


def _asked(name: str, sign: str, value: str) -> Node | None:
    """Return what a condition asks for, None where nothing asks for the same."""
    if name == "unread" and sign == "=" and value in ("yes", "no"):
        return Flag("unread" if value == "yes" else "read")
    if name == "flags" and sign in ("#", "=~"):
        return Flag("starred")  # every flag becomes a star
    words = [" ".join(part.split()) for part in value.split("|")]
    plain = all(_PLAIN.fullmatch(part) and text.one_line(part, 100) == part for part in words)
    return _of_words(name, sign, words) if plain else None


def _of_words(name: str, sign: str, words: list[str]) -> Node | None:
    if name == "tags":
        named = tag(words[0]) if sign == "#" and len(words) == 1 else ""
        return Field("tag", Phrase(named)) if named else None
    if name in ("title", "content"):
        return any_of(_held(part, title=name == "title") for part in words) if sign == "=~" else None
    field = "source" if name in _ADDRESSES else name
    asked = sign in ("=~", "=") and field in ("source", "author")
    return any_of(Field(field, Phrase(part)) for part in words) if asked else None


def _held(part: str, *, title: bool) -> Node:
    value = Phrase(part) if " " in part else Word(part, beginning=True)
    return Field("title", value) if title else value


def _age(sign: str, value: str) -> Node:
    """Return newsboat's age in days as time: an article of today has age 0."""
    days = value.removeprefix("0:") if sign == "between" and value.startswith("0:") else value
    if not days.isdecimal() or len(days) > 4:
        raise UntranslatableError(f"nothing here is asked like age {sign} {text.one_line(value, 20)}")
    if sign in ("<", "<=", "between"):
        return Field("since", Word(f"{int(days) + (sign != '<')}d"))
    if sign in (">", ">="):
        return Field("before", Word(f"{int(days) + (sign == '>')}d"))
    raise UntranslatableError(f"nothing here is asked like age {sign} {days}")
