"""What an article's own words tell of its topic: the last and weakest evidence, silent unless it is sure.

The table terms.txt gives each term (a word or a pair of words, as `reader.text.words` spells them) a weight
for each topic: the logarithm of how much more often it stands there than elsewhere. An article's weights are
summed (by the root of a term's count; the headline counts twice), divided by the root of their number (a long
text is not surer than its words) and turned into probabilities. tests/peers/train_topics.py makes the table,
tests/peers/score_topics.py tells how good it is.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import NamedTuple

from reader.model import STANDARD_TOPICS, Evidence
from reader.text import words
from reader.topics import learning
from reader.topics.learning import Lore

TOPICS = (*STANDARD_TOPICS, "None")
"""The columns of the table; the last one is crime, accidents, schools ...: none of the standard topics."""
ZERO = 79
"""The character code of the weight nought; one step is a tenth."""
BLANK = bytes([ZERO]) * len(TOPICS)
"""The row of a term that says nothing."""
ROWS_CACHED = 8_192
TITLE_MAX, BODY_MAX = 300, 900
"""Characters looked at: news says what it is about in the first hundred words."""
TITLE_COUNTS = 2
LEARNT_MAX = 300
"""Characters of a text in which words are looked up that the library teaches."""
LEARNT_LEAST = 0.4
"""Least weight of a word that the table does not know: one that says little makes the others no less sure."""
SHARPNESS = 1.5
SURE = 0.75
"""Least probability of a topic, chosen on corpora that the table had not seen: right nine times in ten on
current events and general sentences, less on headlines whose labels are a magazine's desks."""
PAIR_SURE = 0.92
"""Least probability of two topics together, where neither is sure alone."""
NEARLY = 0.6
"""Least share of the first topic's probability that makes a second one nearly as likely."""
TELLING = 0.7
"""Least weight of a word that counts as evidence (twice as common in the topic as elsewhere)."""
TOLD = "text: "
"""What the reasons begin with."""
EVIDENCE_LEAST, EVIDENCE_MOST = 2, 3
"""Different words needed to speak, and words shown."""


LANE = 4
"""Bytes of a column in a row that is written as one number: no sum of weights runs over."""


class Read(NamedTuple):
    """The known terms of an article."""

    counts: dict[str, int]
    local: dict[str, dict[int, float]]  # what the library teaches of them, by column


def told(title: str, text: str, lang: str = "", lore: Lore | None = None) -> tuple[Evidence, ...]:
    """Return the topic that the words of an article tell, rarely two, most likely first; mostly ().

    `lore` is what the library teaches of words in this language, beside the table.
    """
    read = _read(title, text, lang, lore)
    shares = _shares(read)
    if not shares:
        return ()
    (first, most), (second, next_most) = shares[:2]
    chosen = [first] if most >= SURE else []
    if most + next_most >= PAIR_SURE and next_most >= NEARLY * most:
        chosen = [first, second]
    if "None" in chosen:
        return ()
    found = [(topic, _telling(topic, read)) for topic in chosen]
    if any(len(terms) < EVIDENCE_LEAST for _, terms in found):
        return ()
    looked_at = f"{title[:TITLE_MAX]} \n {text[:BODY_MAX]}"
    return tuple(Evidence(topic, TOLD + ", ".join(_as_written(terms, looked_at))) for topic, terms in found)


def likely(title: str, text: str, lang: str = "", lore: Lore | None = None) -> list[tuple[str, float]]:
    """Return the standard topics with their probability, likeliest first; [] for no known word."""
    shares = _shares(_read(title, text, lang, lore))
    return [(topic, share) for topic, share in shares if topic != "None"]


@cache
def _table() -> dict[str, bytes]:
    """Return the weights of each term; read when the first article asks."""
    data = files("reader.topics").joinpath("terms.txt").read_bytes()
    rows = data[data.index(b"\n\n") + 2 :].split(b"\n")
    size = len(TOPICS)
    names = b"\n".join([row[size:] for row in rows]).decode("utf-8").split("\n")
    return dict(zip(names, [row[:size] for row in rows], strict=True))


@cache
def _beginnings() -> frozenset[str]:
    """Return the first words of the pairs that the table knows."""
    return frozenset(term.partition(" ")[0] for term in _table() if " " in term)


@lru_cache(ROWS_CACHED)
def _lanes(term: str) -> int:
    """Return the row of a term as one number, a lane for each column, so that rows are summed at once."""
    row = _table().get(term, BLANK)
    return int.from_bytes(bytes(chain.from_iterable((weight, 0, 0, 0) for weight in row)), "little")


def _read(title: str, text: str, lang: str, lore: Lore | None) -> Read:
    """Return the words of an article that are known, and the pairs, with their counts."""
    table, beginnings = _table(), _beginnings()
    titled, written = words(title[:TITLE_MAX]), words(text[:BODY_MAX])
    local = {}
    if lore:
        learnt = written if len(text) <= LEARNT_MAX else words(text[:LEARNT_MAX])
        local = _learnt({*titled, *learnt}, lang, lore)
    counts: dict[str, int] = {}
    for found, times in ((titled, TITLE_COUNTS), (written, 1)):
        for term in found:
            if term in table or term in local:
                counts[term] = counts.get(term, 0) + times
        for one, other in pairwise(found):
            if one in beginnings and (pair := f"{one} {other}") in table:
                counts[pair] = counts.get(pair, 0) + times
    return Read(counts, local)


def _learnt(asked: Collection[str], lang: str, lore: Lore) -> dict[str, dict[int, float]]:
    """Return what the library teaches of an article's words; those that only it knows must be telling."""
    table = _table()
    return {
        term: row
        for term, row in learning.weights(lore, lang, asked).items()
        if term in table or max(map(abs, row.values())) >= LEARNT_LEAST
    }


def _shares(read: Read) -> list[tuple[str, float]]:
    """Return the probability of each column, the highest first."""
    if not read.counts:
        return []
    lanes: dict[int, int] = {}
    for term, count in read.counts.items():
        lanes[count] = lanes.get(count, 0) + _lanes(term)
    sums, number = [0.0] * len(TOPICS), 0.0
    for count, total in lanes.items():
        root = math.sqrt(count)
        row = memoryview(total.to_bytes(LANE * len(TOPICS), sys.byteorder)).cast("I")
        ordered = row if sys.byteorder == "little" else row[::-1]
        sums = [known + root * weight for known, weight in zip(sums, ordered, strict=True)]
    for term, count in read.counts.items():
        number += math.sqrt(count)
        for column, weight in read.local.get(term, {}).items():
            sums[column] += math.sqrt(count) * 10 * weight
    scale = SHARPNESS / 10 / math.sqrt(number)
    most = max(sums)
    powers = [math.exp((total - most) * scale) for total in sums]
    whole = sum(powers)
    return sorted(zip(TOPICS, (power / whole for power in powers), strict=True), key=lambda pair: -pair[1])


def _telling(topic: str, read: Read) -> list[str]:
    """Return the terms that speak most for a topic; none that is a part of another."""
    column, table = TOPICS.index(topic), _table()
    counts = {term: math.sqrt(count) for term, count in read.counts.items()}
    weights = {}
    for term in counts:
        steps = table.get(term, BLANK)[column] + 10 * read.local.get(term, {}).get(column, 0.0)
        if (weight := (steps - ZERO) / 10) >= TELLING:
            weights[term] = weight
    found: list[str] = []
    said: set[str] = set()
    for term in sorted(weights, key=lambda term: (-weights[term] * counts[term], -len(term), term)):
        if said.isdisjoint(parts := term.split()):
            found.append(term)
            said.update(parts)
            if len(found) == EVIDENCE_MOST:
                break
    return found


def _as_written(terms: list[str], text: str) -> list[str]:
    """Return terms as the text writes them."""
    tokens = text.split()
    return [_written(term, tokens) for term in terms]


def _written(term: str, tokens: list[str]) -> str:
    """Return the first word, or pair of words, whose term this is."""
    wanted = term.split()
    start = wanted[0][:2]
    for at, token in enumerate(tokens):
        if token.isascii() and start not in token.casefold():
            continue
        written = [_bare(word) for word in tokens[at : at + len(wanted)]]
        if words(" ".join(written)) == wanted:
            return " ".join(written)
    return term


def _bare(word: str) -> str:
    """Return a word without the punctuation around it."""
    first = next((at for at, char in enumerate(word) if char.isalnum()), 0)
    last = next((at for at, char in enumerate(reversed(word)) if char.isalnum()), 0)
    return word[first : len(word) - last]
