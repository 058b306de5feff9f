"""Function words of many languages: they hold sentences together and say nothing of what a text is about.

The lists of functionwords.txt overlap (`die` is an article in German and a verb in English), so each word
knows its languages, and a text drops only those of the language it seems to be written in: see `terms`.
Chinese and Japanese need no list: their terms are pairs of characters, and `filler` knows the pairs that only
grammar makes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from reader.text import words

_CHINESE_FILLER = frozenset(
    "的了着著吗嗎呢吧们們和與与及或是在有也都就很这這那其之于於而但被把将將為为以對对從从"
)
_KANA_ONLY = re.compile(r"[\u3041-\u309f]{2}")  # grammar in Japanese is written in hiragana
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def filler(pair: str) -> bool:
    """Tell whether a pair of Chinese or Japanese characters is grammar rather than matter."""
    if _KANA_ONLY.fullmatch(pair):
        return True
    return len(pair) == 2 and bool(_CJK.match(pair)) and not _CHINESE_FILLER.isdisjoint(pair)


@cache
def lists() -> dict[str, list[str]]:
    """Return the function words by ISO 639-1 code of their language."""
    text = files("reader.related").joinpath("functionwords.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {
        entry.split()[0]: entry.split()[1:] for entry in "\n".join(lines).replace("\n  ", " ").splitlines()
    }


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a list; their places are the bits of `table`."""
    return tuple(lists())


@cache
def dates() -> int:
    """Return the bit of the words that date a text: no grammar, but no reason for anything either."""
    return 1 << languages().index("dates")


@cache
def table() -> dict[str, int]:
    """Return each function word, normal, with its languages as bits in the order of `languages`."""
    found: dict[str, int] = {}
    for bit, listed in enumerate(lists().values()):
        for word in listed:
            terms = words(word)
            # A word of a script without spaces stands whole: its groups of characters are in other words too.
            term = terms[0] if len(terms) == 1 else word
            found[term] = found.get(term, 0) | 1 << bit
    return found
