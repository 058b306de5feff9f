"""Makes reader/related/background.txt: how common words are in news, for libraries too young to know.

    python -m tests.peers.make_background

Counts in how many texts of two open corpora a term stands: HuffPost headlines (CC BY 4.0, English news) and
SIB-200 (CC BY-SA 4.0, general sentences in several languages).
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

from reader.related.keys import EVERY, normal, sights
from reader.related.terms import Text, spoken
from reader.text import words
from tests.shared import SHARED

TARGET = Path(__file__).parents[2] / "reader" / "related" / "background.txt"
LEAST = {"huffpost_10k": 0.001, "khm_Khmr": 0.02}  # share of the texts; Khmer counts thirds of words
LEAST_ELSE = 0.01
MOST = 0.05  # the presidents and epidemics of those years were commoner than news will make them again
HEAD = """\
# How common terms are in news, in texts out of 10,000, before a library can say so itself.
# Counted by tests/peers/make_background.py in HuffPost headlines (R. Misra, CC BY 4.0) and
# SIB-200 (D. Adelani and others, CC BY-SA 4.0).
"""


def main() -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for line in (SHARED / "stories" / "topics-train.jsonl").read_text().splitlines():
        doc = json.loads(line)
        corpus = doc["set"] if doc["set"] == "huffpost_10k" else doc["lang"]
        if doc["set"] not in {"huffpost_10k", "sib200"}:
            continue
        totals[corpus] += 1
        counts[corpus].update(terms(Text(doc["title"], doc["text"], doc["lang"])))
    shares: dict[str, float] = {}
    for corpus, count in counts.items():
        for term, texts in count.items():
            share = texts / totals[corpus]
            if share >= LEAST.get(corpus, LEAST_ELSE):
                shares[term] = max(shares.get(term, 0.0), min(share, MOST))
    lines = defaultdict(list)
    for term, share in sorted(shares.items()):
        lines[bucket(share)].append(term)
    body = "".join(f"{share} {' '.join(found)}\n" for share, found in sorted(lines.items(), reverse=True))
    TARGET.write_text(HEAD + body)
    print(f"{len(shares)} terms, {TARGET.stat().st_size} bytes")


def bucket(share: float) -> int:
    """Round to a step of a fifth: 10, 12, 14, ... in 10,000."""
    step = 10.0
    while step * 1.1 < share * 10_000:
        step *= 1.2
    return round(step)


def terms(text: Text) -> set[str]:
    parts = text.parts()
    grammar = spoken([word for _, part in parts for word in part], text.lang)
    found = set()
    for _, part in parts:
        for word in part:
            if len(word.sights) == len(terms := words(word.surface)):
                found |= {
                    normal(term)
                    for term, sight in zip(terms, sights(word.surface.casefold()), strict=True)
                    if sight.languages != EVERY and not sight.languages & grammar
                }
    return found


if __name__ == "__main__":
    main()
