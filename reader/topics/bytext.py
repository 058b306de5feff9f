"""What an article's own words tell of its topic: the last and weakest evidence, silent unless it is sure.

The table terms.txt gives each term (a word or a pair of words, as `reader.text.words` spells them) a weight
for each topic: the logarithm of how much more often it stands there than elsewhere. An article's weights are
summed (by the root of a term's count; the headline counts twice), divided by the root of their number (a long
text is not surer than its words) and turned into probabilities. tests/peers/train_topics.py makes the table,
tests/peers/score_topics.py tells how good it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from operator import mul

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


Rows = dict[str, Sequence[float]]
"""The weights of terms, a column for each of TOPICS, with ZERO in the place of nought."""


def told(title: str, text: str, lang: str = "", lore: Lore | None = None) -> tuple[Evidence, ...]:
    """Return the topic that the words of an article tell, rarely two, most likely first; mostly ().

    `lore` is what the library teaches of words in this language, beside the table.
    """
    counts, rows = _read(title, text, lang, lore)
    shares = _shares(counts, rows)
    if not shares:
        return ()
    (first, most), (second, next_most) = shares[:2]
    chosen = [first] if most >= SURE else []
    if most + next_most >= PAIR_SURE and next_most >= NEARLY * most:
        chosen = [first, second]
    if "None" in chosen:
        return ()
    found = [(topic, _telling(topic, counts, rows)) for topic in chosen]
    if any(len(terms) < EVIDENCE_LEAST for _, terms in found):
        return ()
    looked_at = f"{title[:TITLE_MAX]} \n {text[:BODY_MAX]}"
    return tuple(Evidence(topic, TOLD + ", ".join(_as_written(terms, looked_at))) for topic, terms in found)


def likely(title: str, text: str, lang: str = "", lore: Lore | None = None) -> list[tuple[str, float]]:
    """Return the standard topics with their probability, likeliest first; [] for no known word."""
    shares = _shares(*_read(title, text, lang, lore))
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


def _read(title: str, text: str, lang: str, lore: Lore | None) -> tuple[dict[str, float], Rows]:
    """Return the known terms of an article with the roots of their counts, and with their weights."""
    table = _table()
    counts = _counts(title, text)
    local = _learnt(title, text, lang, lore) if lore else {}
    known = {term: math.sqrt(count) for term, count in counts.items() if term in table or term in local}
    rows: Rows = {}
    for term in known:
        row: Sequence[float] = table.get(term, BLANK)
        if term in local:
            row = list(row)
            for topic, weight in local[term].items():
                row[topic] += 10 * weight
        rows[term] = row
    return known, rows


def _learnt(title: str, text: str, lang: str, lore: Lore) -> dict[str, dict[int, float]]:
    """Return what the library teaches of an article's words; those that only it knows must be telling."""
    table = _table()
    asked = {*words(title[:TITLE_MAX]), *words(text[:LEARNT_MAX])}
    found = learning.weights(lore, lang, asked)
    return {
        term: row
        for term, row in found.items()
        if term in table or max(map(abs, row.values())) >= LEARNT_LEAST
    }


def _counts(title: str, text: str) -> dict[str, int]:
    """Return an article's words, and the pairs whose first word begins a known one, with their counts."""
    beginnings = _beginnings()
    counts: dict[str, int] = {}
    for part, times in ((title[:TITLE_MAX], TITLE_COUNTS), (text[:BODY_MAX], 1)):
        found = words(part)
        pairs = [f"{one} {other}" for one, other in pairwise(found) if one in beginnings]
        for term in (*found, *pairs):
            counts[term] = counts.get(term, 0) + times
    return counts


def _shares(counts: dict[str, float], rows: Rows) -> list[tuple[str, float]]:
    """Return the probability of each column, the highest first."""
    number = sum(counts.values())
    if not number:
        return []
    columns = zip(*[rows[term] for term in counts], strict=True)
    sums = [sum(map(mul, counts.values(), column)) for column in columns]
    scale = SHARPNESS / 10 / math.sqrt(number)
    most = max(sums)
    powers = [math.exp((total - most) * scale) for total in sums]
    whole = sum(powers)
    return sorted(zip(TOPICS, (power / whole for power in powers), strict=True), key=lambda pair: -pair[1])


def _telling(topic: str, counts: dict[str, float], rows: Rows) -> list[str]:
    """Return the terms that speak most for a topic; none that is a part of another."""
    column = TOPICS.index(topic)
    weights = {term: weight for term in counts if (weight := (rows[term][column] - ZERO) / 10) >= TELLING}
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
