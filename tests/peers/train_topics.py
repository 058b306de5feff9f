"""Makes reader/topics/terms.txt: how much each term speaks for each topic, for `reader.topics.bytext`.

    python -m tests.peers.train_topics            (from the checkout; writes the table)
    python -m tests.peers.train_topics --check    (trains on all corpora but one, looks at that one)

Corpora, beside the checkout: HuffPost and UCI headlines, Wikipedia current events, SIB-200 (see NOTICE);
each has labels of its own, mapped below or left out. Words of one corpus are a poor guide to another's, so a
term's weight is the logarithm of observed to expected counts, drawn toward nought where there is little to
count: expected is its mean rate over the topics of the same corpus, so that what is common in one corpus or
language says nothing; large topics count as 200 texts; and the lists of topic_words.txt, written by hand,
count as one more corpus. Function words are left out.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from reader.related import stopwords
from reader.text import words
from reader.topics import bytext
from tests.peers.score_topics import figures
from tests.shared import SHARED

TARGET = Path(bytext.__file__).with_name("terms.txt")
WORDS = Path(__file__).with_name("topic_words.txt")
TEXTS_MOST = 200  # texts that a topic of one corpus counts for, at the most
TEXTS_LEAST = 5
LIST_TEXTS = 60  # texts that a listed word counts for
DOUBT = 10.0  # texts of prior doubt
SEEN_LEAST = 3
TERMS_MOST = 12_000
PAIRS = 0.6  # what a pair of words is worth beside a word
WEIGHT_MOST = 4.0
SPACELESS = frozenset(["zh", "ja"])
LEFT_OUT = frozenset(["khm_Khmr"])  # thirds of Khmer words are right three times in four: not sure enough
HEAD = """\
# Weights of terms by topic: {topics}; one character each, {zero!r} is nought, a step is a tenth.
# Made by tests/peers/train_topics.py; NOTICE names the data.

"""

HUFFPOST = {
    "BUSINESS": "Business", "MONEY": "Business", "CRIME": "None", "WEIRD NEWS": "None", "EDUCATION": "None",
    "CULTURE & ARTS": "Entertainment", "ENTERTAINMENT": "Entertainment", "ENVIRONMENT": "Environment",
    "FOOD & DRINK": "Life", "HOME & LIVING": "Life", "PARENTING": "Life", "STYLE & BEAUTY": "Life",
    "TRAVEL": "Life", "WEDDINGS": "Life", "WELLNESS": "Health", "POLITICS": "Politics", "SCIENCE": "Science",
    "SPORTS": "Sport", "TECH": "Technology", "WORLD NEWS": "World",
}  # fmt: skip
UCI = {
    "business": "Business",
    "entertainment": "Entertainment",
    "health": "Health",
    "technology": "Technology",
}
EVENTS = {
    "Armed conflicts and attacks": "World", "Attacks and armed conflicts": "World",
    "International relations": "World", "Arts and culture": "Entertainment",
    "Business and economy": "Business", "Business and econony": "Business",
    "Disasters and accidents": "None", "Law and crime": "None", "Law and Crime": "None",
    "Politics and elections": "Politics", "Sports": "Sport",
}  # fmt: skip
SIB = {
    "entertainment": "Entertainment", "geography": "None", "health": "Health", "politics": "Politics",
    "sports": "Sport", "travel": "Life",
}  # fmt: skip
LABELS = {"huffpost_10k": HUFFPOST, "uci_aggregator": UCI, "wce": EVENTS, "sib200": SIB}
# Labels of two topics go where the words of the (English) text point, if to one of them only.
MIXED = {
    "health and environment": {
        "Health": r"disease|virus|vaccin|covid|outbreak|ebola|hospital|health|cases|influenza|measles|"
        r"cholera|polio|pandemic|drug|medic|patient",
        "Environment": r"climat|emission|species|pollut|carbon|wildlife|forest|temperature|heat|warming|"
        r"ocean|environment|glacier|drought|conservation|extinct",
    },
    "science and technology": {
        "Technology": r"google|software|internet|compan|artificial intell|\bai\b|app\b|platform|social media|"
        r"computer|cyber|chip|phone|technolog|digital|web|video|car\b|online|device|machine|engine|camera|robot|"
        r"user",
        "Science": r"space|nasa|satellite|launch|asteroid|planet|moon|mars|telescope|scient|discover|fossil|"
        r"rocket|research|orbit|nobel|species|dinosaur|atom|light|star|earth|cell|energy|comet|animal|element|"
        r"bird|plant|galaxy|theory|gene|dna",
    },
}
MIXED["science/technology"] = MIXED["science and technology"]


class Text(NamedTuple):
    """A labelled text; its corpus is SIB-200 by language."""

    corpus: str
    topic: str
    title: str
    text: str
    terms: frozenset[str]


Weights = dict[str, list[float]]


def corpus() -> list[Text]:
    """Return the labelled texts as sets of terms."""
    lines = (SHARED / "stories" / "topics-train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    english = [row["text"] for row in rows if row["lang"] == "eng_Latn"]
    place: Counter[str] = Counter()
    found = []
    for row in rows:
        name, text = row["set"], f"{row['title']} {row['text']}"
        if name == "sib200":  # the same sentences in every language, in the same order
            name, text = f"sib200 {row['lang']}", english[place[row["lang"]]]
            place[row["lang"]] += 1
        topic = LABELS[row["set"]].get(row["topic"]) or _pointed(row["topic"], text)
        if topic and row["lang"] not in LEFT_OUT:
            terms = _terms(row["title"], row["text"])
            found.append(Text(name, topic, row["title"], row["text"], terms))
    return found


def _pointed(label: str, text: str) -> str:
    choices = MIXED.get(label.lower(), {})
    found = [topic for topic, pattern in choices.items() if re.search(pattern, text, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def _terms(*parts: str) -> frozenset[str]:
    found: set[str] = set()
    for part in parts:
        terms = words(part)
        found.update(terms)
        found.update(f"{one} {other}" for one, other in pairwise(terms))
    return frozenset(term for term in found if not _functional(term))


def _functional(term: str) -> bool:
    return all(word in stopwords.table() for word in term.split())


def listed() -> dict[str, set[str]]:
    """Return the terms of the lists written by hand, by topic."""
    found: dict[str, set[str]] = defaultdict(set)
    topic = ""
    for line in WORDS.read_text(encoding="utf-8").replace("\n  ", " ").splitlines():
        if line.startswith("["):
            topic = line.strip("[]")
        lang, colon, entries = line.partition(": ")
        for entry in entries.split(",") if colon and len(lang) == 2 else ():
            terms = words(entry)
            if lang in SPACELESS:
                found[topic].update(terms)
            elif 1 <= len(terms) <= 2 and not _functional(" ".join(terms)):
                found[topic].add(" ".join(terms))
    return found


def train(texts: Iterable[Text]) -> Weights:
    """Return the weights of the terms that tell most."""
    observed: Weights = defaultdict(lambda: [0.0] * len(bytext.TOPICS))
    expected: Weights = defaultdict(lambda: [0.0] * len(bytext.TOPICS))
    seen: Counter[str] = Counter()
    _count(texts, observed, expected, seen)
    _add_lists(observed, expected, seen)
    weights = {}
    for term in sorted(observed):
        ratios = zip(observed[term], expected[term], strict=True)
        row = [math.log((o + DOUBT) / (e + DOUBT)) for o, e in ratios]
        weights[term] = [max(-WEIGHT_MOST, min(WEIGHT_MOST, weight)) for weight in row]

    def worth(term: str) -> float:
        row = sorted(weights[term])
        return (row[-1] - row[5]) * math.sqrt(min(seen[term], 400)) * (PAIRS if " " in term else 1)

    telling = [term for term in weights if max(weights[term]) >= 0.25]
    return {term: weights[term] for term in sorted(telling, key=lambda t: (-worth(t), t))[:TERMS_MOST]}


def _count(texts: Iterable[Text], observed: Weights, expected: Weights, seen: Counter[str]) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sizes: Counter[tuple[str, str]] = Counter()
    for name, topic, _, _, terms in texts:
        sizes[name, topic] += 1
        counts[name, topic].update(terms)
    for name in sorted({name for name, _ in sizes}):
        topics = [topic for topic in bytext.TOPICS if sizes[name, topic] >= TEXTS_LEAST]
        totals: Counter[str] = Counter()
        for topic in topics:
            totals.update(counts[name, topic])
        for term, total in totals.items():
            if total < SEEN_LEAST:
                continue
            seen[term] += total
            rates = [counts[name, topic][term] / sizes[name, topic] for topic in topics]
            mean = sum(rates) / len(topics)
            for topic, rate in zip(topics, rates, strict=True):
                column, size = bytext.TOPICS.index(topic), min(sizes[name, topic], TEXTS_MOST)
                observed[term][column] += rate * size
                expected[term][column] += mean * size


def _add_lists(observed: Weights, expected: Weights, seen: Counter[str]) -> None:
    lists = listed()
    for term in sorted(set().union(*lists.values())):
        topics = [topic for topic in bytext.TOPICS if term in lists[topic]]
        seen[term] += 10
        for column, topic in enumerate(bytext.TOPICS):
            expected[term][column] += LIST_TEXTS * len(topics) / len(bytext.TOPICS)
            observed[term][column] += LIST_TEXTS if topic in topics else 0


def packed(weights: Weights) -> dict[str, bytes]:
    return {term: bytes(bytext.ZERO + round(10 * weight) for weight in row) for term, row in weights.items()}


def write(weights: Weights) -> None:
    rows = [row + term.encode() for term, row in sorted(packed(weights).items())]
    head = HEAD.format(topics=", ".join(bytext.TOPICS), zero=chr(bytext.ZERO))
    TARGET.write_bytes(head.encode() + b"\n".join(rows))
    print(f"{len(rows)} terms, {TARGET.stat().st_size} bytes")


def check() -> None:
    """Print what the rest of the corpora teaches of each, with the product's own rule to speak."""
    texts = corpus()
    for name in LABELS:
        rest = [text for text in texts if not text.corpus.startswith(name)]
        table = packed(train(rest))
        bytext._table = lambda table=table: table
        bytext._beginnings.cache_clear()
        bytext._lanes.cache_clear()
        for part in sorted({text.corpus for text in texts if text.corpus.startswith(name)}):
            held = [text for text in texts if text.corpus == part and text.topic != "None"]
            print(f"{part:16}", figures([(text.topic, text.title, text.text) for text in held]), flush=True)


if __name__ == "__main__":
    check() if "--check" in sys.argv else write(train(corpus()))
