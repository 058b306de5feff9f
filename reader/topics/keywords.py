"""The reader's own topics: does a text hold one of the words, or what a query asks for?

Case and accents do not matter; the words of a phrase stand side by side, whatever parts them; a word matches
whole, and anywhere in scripts that set no spaces; `elect*` matches every word that begins so. A query means
what it means in the search box: all its words in singular or plural, "phrases", -without; and `elect*`.
The full-text index tells the same of what is stored: where `simple` says so it need not be asked twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from reader.model import Evidence, TopicRule
from reader.text.asking import forms, pieces

RULES_CACHED = 512
QUERY_SHOWN = 80
"""Characters of a query that a reason repeats."""
KEYWORD, QUERY = "keyword: ", "query: "

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3"
_IN_SPACELESS = re.compile(f"[{_SPACELESS}]")
_MARKS = "\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u0963\u0971-\u0dff"
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_BEFORE = rf"(?<![^\W{_SPACELESS}])(?<![{_MARKS}])"
_AFTER = rf"(?![^\W{_SPACELESS}])(?![{_MARKS}])"
_APART = re.compile(r"[\s-]+")
_TOKENS = re.compile(rf"(?:\w|[\u0300-\u036f{_MARKS}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])+")
_SIMPLE = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")

Patterns = tuple[re.Pattern[str], ...]


class Wanted(NamedTuple):
    """A word or phrase to look for, made by `plain`, its words apart by one space."""

    words: str
    beginning: bool = False  # of every word that begins so
    numbers: bool = False  # in singular and plural

    @property
    def simple(self) -> bool:
        """Tell whether the full-text index and a look at the text always agree."""
        return bool(_SIMPLE.fullmatch(self.words))


class Query(NamedTuple):
    """What a query asks for."""

    wanted: tuple[Wanted, ...]
    unwanted: tuple[Wanted, ...]


def plain(text: str) -> str:
    """Return a text as keywords are looked up in it."""
    if text.isascii():
        return text.lower().replace("_", " ")
    parts = unicodedata.normalize("NFD", text.casefold())
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", parts))
    return text.replace("_", " ").replace("\u200b", "").replace("\u2019", "'")


def ruled(rules: Sequence[TopicRule], title: str, text: str) -> tuple[Evidence, ...]:
    """Return which of the reader's own topics an article belongs to, in the order of the rules."""
    if not rules:
        return ()
    texts = (plain(title), plain(text))
    return tuple(Evidence(rule.name, why) for rule in rules if (why := matched(rule, *texts)))


def is_ruled(evidence: Evidence) -> bool:
    """Tell whether a rule of the reader's is why."""
    return evidence.reason.startswith((KEYWORD, QUERY))


def matched(rule: TopicRule, *texts: str) -> str:
    """Return why texts, made by `plain`, belong to the rule's topic; "" when they do not."""
    keywords, wanted, unwanted = _patterns(rule)
    for keyword, pattern in keywords:
        if any(map(pattern.search, texts)):
            return f"{KEYWORD}{keyword}"
    held = all(any(map(pattern.search, texts)) for pattern in wanted)
    if wanted and held and not any(pattern.search(text) for pattern in unwanted for text in texts):
        return by_query(rule)
    return ""


def by_query(rule: TopicRule) -> str:
    """Return the reason that a rule's query is."""
    query = " ".join(rule.query.split())
    return QUERY + (query if len(query) <= QUERY_SHOWN else query[: QUERY_SHOWN - 1] + "…")


def folded(name: str) -> str:
    """Return a topic's name as the library tells topics apart: by all but the case of ASCII letters."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def by_topic(rules: Iterable[TopicRule]) -> dict[str, tuple[TopicRule, ...]]:
    """Return rules by the folded names of their topics."""
    found: dict[str, tuple[TopicRule, ...]] = {}
    for rule in rules:
        found[folded(rule.name)] = (*found.get(folded(rule.name), ()), rule)
    return found


def digests(rules: Iterable[TopicRule]) -> dict[str, int]:
    """Return each of the reader's own topics, folded, with a number that changes with what it asks for."""
    return {name: _digest(given) for name, given in by_topic(rules).items()}


def _digest(rules: Sequence[TopicRule]) -> int:
    stated = repr([(rule.name, rule.keywords, rule.query) for rule in rules])
    return int.from_bytes(blake2b(stated.encode("utf-8", "replace"), digest_size=7).digest()) or 1


@lru_cache(RULES_CACHED)
def keywords(rule: TopicRule) -> tuple[tuple[str, Wanted], ...]:
    """Return a rule's keywords as they are written and as they are looked for; blank ones are left out."""
    found = ((keyword, _wanted(keyword)) for keyword in rule.keywords)
    return tuple((keyword, wanted) for keyword, wanted in found if wanted.words.replace("*", " ").split())


@lru_cache(RULES_CACHED)
def asked(query: str) -> Query:
    """Return what a query asks for; nothing is wanted where it has no word that must be there."""
    found: tuple[list[Wanted], list[Wanted]] = ([], [])
    for piece in pieces(query):
        text = plain(piece.text).strip()
        words = " ".join(_TOKENS.findall(text))
        if words:
            beginning = text.endswith("*")
            one = " " not in words and not piece.quoted and not beginning
            found[piece.excluded].append(Wanted(words, beginning, one))
    return Query(tuple(found[False]), tuple(found[True]))


def _wanted(keyword: str) -> Wanted:
    text = plain(keyword).strip()
    return Wanted(" ".join(_APART.split(text.rstrip("*").strip())), text.endswith("*"))


@lru_cache(RULES_CACHED)
def _patterns(rule: TopicRule) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Patterns, Patterns]:
    query = asked(rule.query)
    return (
        tuple((keyword, _pattern(wanted)) for keyword, wanted in keywords(rule)),
        tuple(map(_pattern, query.wanted)),
        tuple(map(_pattern, query.unwanted)),
    )


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    choices = forms(wanted.words) if wanted.numbers else [wanted.words]
    first, last = wanted.words[0], wanted.words[-1]
    before = "" if _IN_SPACELESS.match(first) else _BEFORE
    after = "" if wanted.beginning or _IN_SPACELESS.match(last) else _AFTER
    spelt = (r"\W+".join(map(re.escape, choice.split())) for choice in choices)
    return re.compile(f"{before}(?:{'|'.join(spelt)}){after}")
