"""The reader's own topics: does a text hold one of the words?

Case does not matter; a phrase matches across any white space; a word matches whole, also beside marks (Hindi,
Arabic), and anywhere in scripts that set no spaces; `elect*` matches every word that begins so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reader.model import TopicRule

RULES_CACHED = 512
_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]"
)
_IN_WORD = r"[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff]"


def plain(text: str) -> str:
    """Return a text as keywords are looked up in it."""
    return unicodedata.normalize("NFC", text.casefold())


def matched(rule: TopicRule, text: str) -> str:
    """Return the first of the rule's keywords that a text, made by `plain`, holds; "" when it holds none."""
    for keyword, pattern in _patterns(rule):
        if pattern.search(text):
            return keyword
    return ""


@lru_cache(RULES_CACHED)
def _patterns(rule: TopicRule) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = ((keyword, plain(keyword)) for keyword in rule.keywords)
    return tuple((keyword, _pattern(wanted)) for keyword, wanted in found if wanted.replace("*", " ").split())


def _pattern(keyword: str) -> re.Pattern[str]:
    """Return the pattern of a keyword, made by `plain`, that holds more than white space and stars."""
    words = keyword.strip().rstrip("*").split()
    before = "" if _SPACELESS.match(words[0]) else rf"(?<!{_IN_WORD})"
    open_end = keyword.rstrip().endswith("*") or _SPACELESS.search(words[-1][-1])
    after = "" if open_end else rf"(?!{_IN_WORD})"
    return re.compile(before + r"\s+".join(map(re.escape, words)) + after)
