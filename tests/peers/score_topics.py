"""Scores topics told by the text alone, through `reader.topics`, on labelled news.

    python -m tests.peers.score_topics [FILE.jsonl]     (default: the development set beside the checkout)

accuracy: the first choice, sure or not, among the topics that the set has; coverage: share of the articles
for which `classify` speaks; precision: of these, where its first topic is right (either: one of its two). A
set without World calls wars Politics, one without Science calls it Technology.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from reader import topics
from reader.model import Entry
from tests.shared import SHARED

NAMES = {"sports": "Sport", "technology": "Technology"}
STANDS_FOR = {"World": "Politics", "Science": "Technology"}


def classify(title: str, text: str) -> list[str]:
    """Return what `reader.topics` says of an article that has nothing but its words; [] for silence."""
    return [evidence.topic for evidence in topics.classify(Entry(title=title), "", "", (), text)]


def rank(title: str, text: str) -> list[tuple[str, float]]:
    """Return the standard topics with their probability, likeliest first, sure or not."""
    return topics.likely(title, text)


def figures(articles: Sequence[tuple[str, str, str]]) -> str:
    """Return the figures of articles given as topic, title and text."""
    known = {topic for topic, _, _ in articles}
    same = {name: other for name, other in STANDS_FOR.items() if name not in known and other in known}
    right = spoken = sure = either = 0
    for gold, title, text in articles:
        shares: dict[str, float] = defaultdict(float)
        for topic, share in rank(title, text):
            shares[same.get(topic, topic)] += share
        among = [topic for topic in shares if topic in known]
        right += bool(among) and max(among, key=shares.__getitem__) == gold
        said = [same.get(topic, topic) for topic in classify(title, text)]
        spoken += bool(said)
        sure += said[:1] == [gold]
        either += gold in said
    count, spoke = len(articles), max(spoken, 1)
    return (
        f"n={count} accuracy={right / count:.3f} coverage={spoken / count:.3f} "
        f"precision={sure / spoke:.3f} (either {either / spoke:.3f})"
    )


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "stories" / "topics-dev.jsonl"
    sets: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        topic = NAMES.get(row["topic"], row["topic"].title())
        sets[row.get("set", path.stem)].append((topic, row["title"], row["text"]))
        sets["all"].append((topic, row["title"], row["text"]))
    for name, articles in sets.items():
        print(f"{name:16}", figures(articles))


if __name__ == "__main__":
    main()
