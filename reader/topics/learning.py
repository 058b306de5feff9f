"""What the reader's own library teaches: which words stand in headlines of a stated topic.

Stated is what the reader said (of an article or its feed), a category, a section of an address, a feed's
title; never what the text told. Headlines alone teach as much as the beginnings of the texts do, and cost a
tenth. Counted are articles by word, topic and language: a feed of one topic in a language of its own must not
teach that this language's small words are its topic. With fewer than two topics to compare nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from reader.model import STANDARD_TOPICS, Evidence
from reader.text import words

ARTICLES_LEAST = 20
"""Of a topic, before its words count."""
ARTICLES_MOST = 1_000
"""That a topic counts for: with more of them the words are no surer."""
DOUBT = 3.0
"""Articles of prior doubt: a word that few headlines hold says little."""
SEEN_LEAST = 2
WEIGHT_MOST = 4.0
TITLE_MAX = 300
"""Characters of a headline."""

WEIGHTS_CACHED = 4_096

Counts = Mapping[int, int]
"""Articles by topic, as its place among STANDARD_TOPICS."""
Pairs = tuple[tuple[int, int], ...]


class Lore(Protocol):
    """Where the counts are kept."""

    def counts(self, lang: str, terms: Iterable[str]) -> Mapping[str, Counts]:
        """Return the counts of those terms that have any; the term "" is in every article."""
        ...


def taught(evidence: Sequence[Evidence], inferred: tuple[str, ...]) -> int | None:
    """Return which topic an article teaches, None for none; reasons that begin with `inferred` do not."""
    for one in evidence:
        if one.topic in STANDARD_TOPICS and not one.reason.startswith(inferred):
            return STANDARD_TOPICS.index(one.topic)
    return None


def lessons(title: str) -> frozenset[str]:
    """Return the terms of a headline that are counted."""
    return frozenset(words(title[:TITLE_MAX]))


def language(tag: str) -> str:
    """Return the language of a tag ("en-GB"), "" where none is stated."""
    return tag.replace("_", "-").partition("-")[0].lower()


def weights(lore: Lore, lang: str, terms: Iterable[str]) -> dict[str, dict[int, float]]:
    """Return how much terms speak for the topics that are known well enough, for the terms that are known.

    A weight is the logarithm of how much more often a term stands in a topic's headlines than in all topics'.
    """
    all_told = lore.counts(lang, [""]).get("", {})
    sizes = tuple(sorted((topic, size) for topic, size in all_told.items() if size >= ARTICLES_LEAST))
    if len(sizes) < 2:
        return {}
    return {
        term: found
        for term, row in lore.counts(lang, terms).items()
        if (found := _weights(tuple(sorted(row.items())), sizes))
    }


@lru_cache(WEIGHTS_CACHED)
def _weights(row: Pairs, sizes: Pairs) -> dict[int, float]:
    """Return the weights of a term with these counts, where topics have these sizes."""
    if sum(count for _, count in row) < SEEN_LEAST:
        return {}
    counts = dict(row)
    rates = [counts.get(topic, 0) / size for topic, size in sizes]
    mean = sum(rates) / len(rates)
    found = {}
    for (topic, size), rate in zip(sizes, rates, strict=True):
        worth = min(size, ARTICLES_MOST)
        weight = math.log((rate * worth + DOUBT) / (mean * worth + DOUBT))
        found[topic] = max(-WEIGHT_MOST, min(WEIGHT_MOST, weight))
    return found
