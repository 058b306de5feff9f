"""A text as a query.

    query = [ any ] ;
    any   = all, { "OR", all } ;
    all   = term, { term } ;
    term  = [ "-" ], ( "(", any, ")" | name, ":", value | flag | value ) ;
    value = word, [ "*" ] | '"', words, '"' ;

Fields and flags are written in lower case, OR in capitals; in quotes they are words like others. "AND" is
passed over, so is a "-" alone. A quote that is not closed ends with the text.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache
from typing import NoReturn

from reader.query.errors import QueryError
from reader.query.fields import FIELDS, FLAGS, made
from reader.query.tree import EVERYTHING, Flag, Node, Phrase, Word, all_of, any_of, none_of
from reader.records import dataclass

LENGTH_MAX = 1_000
"""Characters of a query: far above what anyone types, below what would take long."""
TERMS_MAX = 64
DEPTH_MAX = 8

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r'[^\s"()]+')
_QUOTED = re.compile(r'"([^"]*)("?)')
_NAMED = re.compile(r"([a-z]{2,12}):(?!//)")
_MINUS = re.compile(r"-+")


@lru_cache(256)
def parse(text: str, *, typing: bool = False) -> Node:
    """Return the tree of a query. Raises QueryError, and nothing else.

    With `typing`, what is not finished at the very end does no harm: a last word counts as a beginning, an
    open bracket as closed, and a field without a value, or an OR before nothing, is not there yet.
    """
    if len(text) > LENGTH_MAX:
        raise QueryError(text, LENGTH_MAX, f"a query has at most {LENGTH_MAX:,} characters")
    return _Parser(text, typing=typing).query()


@dataclass(slots=True)
class _Parser:
    text: str
    typing: bool
    at: int = 0
    terms: int = 0
    opened: list[int] = field(default_factory=list)  # where brackets were

    def query(self) -> Node:
        found = self._any()
        if not self._ended():  # only a bracket stops it
            self._fail("nothing is open that this bracket could close")
        return found or EVERYTHING

    def _ended(self) -> bool:
        self.at = self._after(self.at)
        return self.at >= len(self.text)

    def _after(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _fail(self, words: str, at: int | None = None) -> NoReturn:
        raise QueryError(self.text, self.at if at is None else at, words)

    def _is(self, word: str) -> bool:
        match = _WORD.match(self.text, self.at)
        return match is not None and match[0] == word

    def _any(self) -> Node | None:
        """Read alternatives; None where there is nothing."""
        found: list[Node] = []
        place = -1  # of the last OR
        while True:
            each = self._all()
            if each is not None:
                found.append(each)
            elif place >= 0 and not (self.typing and self._ended()):
                self._fail("OR needs something on both sides", place)
            if self._ended() or not self._is("OR"):
                return any_of(found) if found else None
            if each is None:
                self._fail('OR needs something on both sides ("OR" in quotes is the word)')
            place, self.at = self.at, self.at + 2

    def _all(self) -> Node | None:
        found: list[Node] = []
        while not self._ended() and self.text[self.at] != ")" and not self._is("OR"):
            if self._is("AND"):
                self.at += 3
                continue
            self.terms += 1
            if self.terms > TERMS_MAX:
                self._fail(f"a query has at most {TERMS_MAX} words")
            term = self._term()
            if term is not None:
                found.append(term)
        return all_of(found) if found else None

    def _term(self) -> Node | None:
        minus = _MINUS.match(self.text, self.at)
        if minus:
            self.at = minus.end()
            if self.at == len(self.text) or self.text[self.at].isspace() or self.text[self.at] == ")":
                return None
        term = self._bare()
        return none_of(term) if minus and term is not None else term

    def _bare(self) -> Node | None:
        if self.text[self.at] == "(":
            return self._group()
        named = _NAMED.match(self.text, self.at)
        if named:
            return self._field(named)
        return self._flag() or self._value()

    def _group(self) -> Node | None:
        place = self.at
        if len(self.opened) == DEPTH_MAX:
            self._fail(f"brackets are nested at most {DEPTH_MAX} deep")
        self.opened.append(place)
        self.at += 1
        found = self._any()
        closed = not self._ended()
        if not closed and not self.typing:
            self._fail("this bracket is not closed", place)
        if found is None and (closed or not self.typing):
            self._fail("there is nothing between the brackets", place)
        self.opened.pop()
        self.at += closed
        return found

    def _field(self, named: re.Match[str]) -> Node | None:
        name, place = named[1], self.at
        if name == "is":
            self.at = named.end()
            return self._flag() or self._no_flag(place)
        if name not in FIELDS:
            self._fail(_unknown(name))
        self.at = named.end()
        value = self._value()
        unfinished = self.typing and self.at >= len(self.text)
        if value is None:
            if unfinished:
                return None
            self._fail(f"{name}: takes {FIELDS[name]}", place)
        try:
            return made(name, value)
        except ValueError as error:
            if unfinished:
                return None
            self._fail(str(error), place)

    def _flag(self) -> Node | None:
        match = _WORD.match(self.text, self.at)
        if not match or match[0] not in FLAGS:
            return None
        self.at = match.end()
        return Flag(match[0])

    def _no_flag(self, place: int) -> Node | None:
        match = _WORD.match(self.text, self.at)
        if self.typing and (match.end() if match else self.at) >= len(self.text):
            self.at = len(self.text)
            return None
        names = list(FLAGS)
        self._fail(f"is: takes {', '.join(names[:-1])} or {names[-1]}", place)

    def _value(self) -> Word | Phrase | None:
        """Read a word or a phrase; None where it is empty."""
        if quoted := _QUOTED.match(self.text, self.at):
            self.at = quoted.end()
            text = " ".join(quoted[1].split())
            return Phrase(text) if text else None
        match = _WORD.match(self.text, self.at)
        if not match:
            return None
        self.at = match.end()
        text, star = match[0], len(match[0]) > 1 and match[0].endswith("*")
        return Word(text[:-1] if star else text, star or (self.typing and self.at == len(self.text)))


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, [*FIELDS, "is"], n=1, cutoff=0.6)
    if close:
        return f"there is no field '{name}'; did you mean '{close[0]}'?"
    return f"there is no field '{name}' (there are {', '.join(FIELDS)}); in quotes it is a word"
