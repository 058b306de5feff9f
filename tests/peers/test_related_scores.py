"""The engine against labelled news: above the prototype on every set, and no wrong stories. Slow."""

import json
import runpy

import pytest

from tests.peers import score_related
from tests.shared import shared

PROTOTYPE = {"rss_gold": 0.693, "wce": 0.492, "ecb_summ": 0.924, "uci": 0.859}  # nDCG@10
PRECISION = 0.92  # of stories, B-cubed and pairwise
RECALL = {"uci": 0.5, "ecb_summ": 0.7}  # B-cubed

pytestmark = pytest.mark.slow


def docs_of(task):
    folder = shared("stories")
    docs = [json.loads(line) for line in (folder / f"{task}.jsonl").read_text(encoding="utf-8").splitlines()]
    return folder, docs, runpy.run_path(str(folder / "metrics.py"))


@pytest.mark.parametrize("task", PROTOTYPE)
def test_ranking_is_above_the_prototype(task):
    folder, docs, metrics = docs_of(task)
    graded = json.loads((folder / f"{task}.dev.json").read_text(encoding="utf-8"))
    by_id = {doc["id"]: doc for doc in docs}
    state = score_related.build(docs)
    rows = [metrics["evaluate"](score_related.rank(by_id[q], state, 20), rel) for q, rel in graded.items()]
    assert metrics["mean"](rows)["nDCG10"] >= PROTOTYPE[task]


@pytest.mark.parametrize("task", RECALL)
def test_stories_are_rarely_wrong(task):
    folder, docs, metrics = docs_of(task)
    docs.sort(key=lambda doc: doc["published"] or "")
    gold = json.loads((folder / f"{task}.stories.dev.json").read_text(encoding="utf-8"))
    found = {doc["id"]: story for doc, story in zip(docs, score_related.cluster(docs), strict=True)}
    told = {id: found[id] for id in gold}
    precision, recall, _ = metrics["bcubed"](told, gold)
    assert precision >= PRECISION
    assert metrics["pairwise"](told, gold)[0] >= PRECISION
    assert recall >= RECALL[task]
