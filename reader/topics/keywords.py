"""The reader's own topics: does a text hold one of the words, or what a query asks for?

Case and accents do not matter; the words of a phrase stand side by side, whatever parts them; a word matches
whole, and anywhere in scripts that set no spaces; `elect*` matches every word that begins so. A query is one
of `reader.query` that asks for words alone, anywhere or in the headline; singular and plural are one.
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
from reader.query import And, Field, Flag, Node, Not, Or, Phrase, Word, parse, requires
from reader.query.words import bare, forms

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


class Wanted(NamedTuple):
    """A word or phrase to look for, made by `plain`, its words apart by one space."""

    words: str
    beginning: bool = False  # of every word that begins so
    numbers: bool = False  # in singular and plural

    @property
    def simple(self) -> bool:
        """Tell whether the full-text index and a look at the text always agree."""
        return bool(_SIMPLE.fullmatch(self.words))


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
    """Return why texts, made by `plain`, the headline first, belong to a rule's topic; "" if they do not."""
    for keyword, wanted in keywords(rule):
        if any(map(_pattern(wanted).search, texts)):
            return f"{KEYWORD}{keyword}"
    tree = parse(rule.query)
    return by_query(rule) if requires(tree) and _holds(tree, texts) else ""


def _holds(node: Node, texts: Sequence[str]) -> bool:
    """Tell whether texts, the headline first, answer a query; what has no letter is asked of nobody."""
    if isinstance(node, And):
        return all(_holds(each, texts) for each in node.nodes if _asks(each))
    if isinstance(node, Or):
        return any(_holds(each, texts) for each in node.nodes if _asks(each))
    if isinstance(node, Not):
        return not _holds(node.node, texts)
    if isinstance(node, Flag):
        return False
    pattern = _pattern(sought(node))
    return any(map(pattern.search, texts[:1] if isinstance(node, Field) else texts))


@lru_cache(RULES_CACHED)
def _asks(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_asks, node.nodes))
    if isinstance(node, Not):
        return _asks(node.node)
    return not isinstance(node, Flag) and bool(sought(node).words)


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
def sought(node: Word | Phrase | Field) -> Wanted:
    """Return what a leaf of a query looks for; without words where it has no letter or digit."""
    value = node.value if isinstance(node, Field) else node
    quoted = isinstance(value, Phrase)
    words = " ".join(_TOKENS.findall(plain(value.text if quoted else bare(value.text))))
    beginning = isinstance(value, Word) and value.beginning
    return Wanted(words, beginning, numbers=not (quoted or beginning or " " in words))


def _wanted(keyword: str) -> Wanted:
    text = plain(keyword).strip()
    return Wanted(" ".join(_APART.split(text.rstrip("*").strip())), text.endswith("*"))


@lru_cache(RULES_CACHED)
def _pattern(wanted: Wanted) -> re.Pattern[str]:
    choices = forms(wanted.words) if wanted.numbers else [wanted.words]
    first, last = wanted.words[0], wanted.words[-1]
    before = "" if _IN_SPACELESS.match(first) else _BEFORE
    after = "" if wanted.beginning or _IN_SPACELESS.match(last) else _AFTER
    spelt = (r"\W+".join(map(re.escape, choice.split())) for choice in choices)
    return re.compile(f"{before}(?:{'|'.join(spelt)}){after}")
