"""Adapter for the scorer of labelled news: the product's own ingest, library and engine, in memory.

    python ../shared/stories/score.py tests.peers.score_related      (from the checkout)

It offers `build` and `rank` (related news), `cluster` (stories), and for topics by the text alone
`topics(docs)`, the topics of each document, and `classify(title, text)`, those of one: [] is silence. The
figures of topics on labelled sets are printed by `python -m tests.peers.score_topics [FILE.jsonl]`.

Articles arrive in order of time, in small batches by source, as a refresh brings them. Ranking is that of
the engine before the cut-off of the sidebar; `cluster` returns the stories that ingest assigned.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from reader import library, related
from reader.model import Entry, Feed, ParsedFeed
from reader.store import Store
from tests.peers.score_topics import classify

BATCH = 25
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class State:
    store: Store
    ids: dict[str, int]
    docs: dict[int, str]


def build(docs: list[dict[str, Any]]) -> State:
    store = Store.open(":memory:")
    state = State(store, {}, {})
    feeds: dict[str, Feed] = {}
    docs = sorted(docs, key=lambda doc: doc["published"] or "")
    for start in range(0, len(docs), BATCH):
        batch = sorted(docs[start : start + BATCH], key=source)
        now = max(published(doc) for doc in batch)
        for name, group in groupby(batch, key=source):
            if name not in feeds:
                feeds[name] = store.feeds.add(f"https://{len(feeds)}.example/feed", title=name)[0]
            given = list(group)
            entries = tuple(map(entry, given))
            library.ingest(store, feeds[name], ParsedFeed(title=name, entries=entries), now=now)
    for article, guid in store.db.rows("SELECT article, guid FROM content"):
        state.ids[guid], state.docs[article] = article, guid
    return state


def source(doc: dict[str, Any]) -> str:
    return doc["source"] or doc["id"]  # an unknown source is one of its own


def published(doc: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(doc["published"]) if doc["published"] else UNDATED


def entry(doc: dict[str, Any]) -> Entry:
    return Entry(
        title=doc["title"],
        guid=doc["id"],
        html=html.escape(doc["text"]),
        published=published(doc),
        lang=doc["lang"],
    )


def rank(doc: dict[str, Any], state: State, k: int) -> list[str]:
    _, _, matches = related.ranked(state.ids[doc["id"]], state.store.neighbours)
    return [state.docs[match.id] for match in matches[:k]]


def cluster(docs: list[dict[str, Any]]) -> list[int]:
    state = build(docs)
    stories = state.store.stories.of(list(state.docs))
    ids = [state.ids[doc["id"]] for doc in docs]
    return [stories.get(article, article) for article in ids]


def topics(docs: list[dict[str, Any]]) -> list[list[str]]:
    return [classify(doc["title"], doc["text"]) for doc in docs]
