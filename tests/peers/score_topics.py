"""Scores topics told by the text alone, through `reader.topics`, on labelled news.

    python -m tests.peers.score_topics [FILE.jsonl]     (default: the development set beside the checkout)
    python -m tests.peers.score_topics --learned        (before and after the reader's own library teaches)

The file has one JSON object a line: `title`, `text`, `topic` (a standard topic in any case, or "sports"), and
if there are several sets `set`. Other kits may import `classify(title, text) -> [topic, ...]`, what is said,
[] for silence, and `rank(title, text) -> [(topic, probability), ...]`, likeliest first, sure or not.

accuracy: the first choice, sure or not, among the topics that the set has; coverage: share of the articles
for which `classify` speaks; precision: of these, where its first topic is right (either: one of its two). A
set without World calls wars Politics, one without Science calls it Technology.

--learned: of real feeds, those articles whose address names a section; of the development set, those of one
language. The first half (feeds: in time) is stated, the second half is told by its text.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reader import topics
from reader.library.topics import learn
from reader.model import Entry, Evidence
from reader.store import Store
from reader.topics import bytext
from tests.shared import SHARED

NAMES = {"sports": "Sport", "technology": "Technology"}
STANDS_FOR = {"World": "Politics", "Science": "Technology"}
DEVELOPMENT = SHARED / "stories" / "topics-dev.jsonl"
FEEDS = SHARED / "stories" / "rss_gold.jsonl"
SENTENCES = SHARED / "stories" / "topics-train.jsonl"  # of SIB-200, for languages that the table lacks
UNKNOWN = "khm_Khmr"

Labelled = tuple[str, str, str]  # topic, title, text
Ranking = list[tuple[str, float]]


def classify(title: str, text: str) -> list[str]:
    """Return what `reader.topics` says of an article that has nothing but its words; [] for silence."""
    return [evidence.topic for evidence in topics.classify(Entry(title=title), "", "", (), text)]


def rank(title: str, text: str) -> Ranking:
    """Return the standard topics with their probability, likeliest first, sure or not."""
    return topics.likely(title, text)


def figures(
    articles: Sequence[Labelled],
    said: Callable[[str, str], list[str]] = classify,
    ranked: Callable[[str, str], Ranking] = rank,
) -> str:
    """Return the figures of articles given as topic, title and text."""
    known = {topic for topic, _, _ in articles}
    same = {name: other for name, other in STANDS_FOR.items() if name not in known and other in known}
    right = spoken = sure = either = 0
    for gold, title, text in articles:
        shares: dict[str, float] = defaultdict(float)
        for topic, share in ranked(title, text):
            shares[same.get(topic, topic)] += share
        among = [topic for topic in shares if topic in known]
        right += bool(among) and max(among, key=shares.__getitem__) == gold
        told = [same.get(topic, topic) for topic in said(title, text)]
        spoken += bool(told)
        sure += told[:1] == [gold]
        either += gold in told
    count, spoke = len(articles), max(spoken, 1)
    return (
        f"n={count} accuracy={right / count:.3f} coverage={spoken / count:.3f} "
        f"precision={sure / spoke:.3f} (either {either / spoke:.3f})"
    )


def learned(name: str, lang: str, articles: Sequence[Labelled]) -> None:
    """Print what the first half of some articles teaches about the second."""
    half = len(articles) // 2
    stated, told = articles[:half], articles[half:]
    with Store.open(":memory:") as store:
        with store.transaction():
            for topic, title, _ in stated:
                learn(store, Entry(title=title, lang=lang), [Evidence(topic, "stated")])
        print(f"{name:16} shipped", figures(told))
        after = figures(
            told,
            lambda title, text: [e.topic for e in bytext.told(title, text, lang, store.learned)],
            lambda title, text: bytext.likely(title, text, lang, store.learned),
        )
        print(f"{'':16} learned", after, flush=True)


def sectioned() -> list[Labelled]:
    """Return articles of real feeds whose address names a section, in time."""
    rows = sorted(_rows(FEEDS), key=lambda row: row["published"])
    found = ((topics.stated(Entry(title="", url=row["id"]), "", ""), row) for row in rows)
    return [(evidence[0].topic, row["title"], row["text"]) for evidence, row in found if evidence]


def sentences(lang: str) -> list[Labelled]:
    """Return sentences of a language as if they were headlines, in no order."""
    from tests.peers.train_topics import SIB

    rows = [
        row for row in _rows(SENTENCES) if row["lang"] == lang and SIB.get(row["topic"], "None") != "None"
    ]
    return _shuffled((SIB[row["topic"]], row["title"] or row["text"], "") for row in rows)


def sets(path: Path) -> dict[str, list[Labelled]]:
    """Return the labelled articles of a file by their set, and "all"."""
    found: dict[str, list[Labelled]] = defaultdict(list)
    for row in _rows(path):
        topic = NAMES.get(row["topic"], row["topic"].title())
        for name in (row.get("set", path.stem), "all"):
            found[name].append((topic, row["title"], row["text"]))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _shuffled(articles: Iterable[Labelled]) -> list[Labelled]:
    found = list(articles)
    random.Random(1).shuffle(found)
    return found


def main() -> None:
    if sys.argv[1:] == ["--learned"]:
        learned("feeds", "en", sectioned())
        for name, articles in sets(DEVELOPMENT).items():
            if name != "all":
                learned(name, name[-3:], _shuffled(articles))
        learned(UNKNOWN, UNKNOWN[:3], sentences(UNKNOWN))
        return
    for name, articles in sets(Path(sys.argv[1]) if len(sys.argv) > 1 else DEVELOPMENT).items():
        print(f"{name:16}", figures(articles))


if __name__ == "__main__":
    main()
