"""Entries on their way in.

    parsed feed | sift the new and changed | text | topics | terms | save | stories

Everything of one feed is stored in one transaction; only what is new or changed costs any work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reader import related as engine
from reader import topics
from reader.library.texts import plain, text_of
from reader.library.topics import learn
from reader.model import Article, Feed, Mention, ParsedFeed, TopicRule
from reader.related import Described, Text
from reader.store import Row, Saved, Store

RECENT = timedelta(days=3)
"""How far back a new article looks for reports of the same event, by when they were first seen."""
LONG_AGO = datetime.fromtimestamp(0, UTC)
NEWS = timedelta(days=7)
"""An article that a feed brings later comes from its archive and is put into no story: the first fetch of a
feed would mostly look for stories of years ago, at half the cost of storing it. Files tell all of theirs."""


def ingest(
    store: Store,
    feed: Feed,
    parsed: ParsedFeed,
    *,
    rules: Sequence[TopicRule] = (),
    now: datetime,
    archive: bool = False,
) -> Saved:
    """Store what is new or changed in a feed, with its topics, neighbours and stories; all or nothing.

    With `archive`, or from a local file, older articles than those of NEWS are put into their stories, too.
    """
    sifted = store.articles.sift(feed.id, parsed.entries, parsed.known)
    rows, found = _described(store, feed, [_classified(store, feed, row, rules) for row in sifted], now)
    with store.transaction():
        saved = store.articles.save(feed.id, rows, now)
        _mention(store, feed, parsed.ticker, now)
        for row, article in zip(rows, saved.ids, strict=True):
            if article and (row.entry.related or row.id):
                _mention(store, feed, row.entry.related, now, article=article)
        new = set(saved.new)
        for row, article in zip(rows, saved.ids, strict=True):
            if article in new:
                learn(store, row.entry, row.topics)
        fresh = LONG_AGO if archive else told_since(feed, now)
        told = {id: d for id, d in zip(saved.ids, found, strict=True) if id in new and d.since(fresh)}
        _tell(store, told, now)
    return saved


def _classified(store: Store, feed: Feed, row: Row, rules: Sequence[TopicRule]) -> Row:
    """Return a row with its plain text and its topics."""
    text = plain(row.entry.html or row.entry.summary)
    found = topics.classify(row.entry, feed.topic, feed.title, rules, text, lore=store.learned)
    return replace(row, text=text, topics=found)


def _described(
    store: Store, feed: Feed, rows: Iterable[Row], now: datetime
) -> tuple[list[Row], list[Described]]:
    """Return rows with their terms and vectors, and what the engine knows of each."""
    given = list(rows)
    texts = [
        (
            Text(row.entry.title, row.text, row.entry.lang, feed.title),
            feed.id,
            min(row.entry.published or now, now),
        )
        for row in given
    ]
    found = engine.described(texts, store.neighbours)
    return [replace(r, terms=d.terms, vector=d.packed) for r, d in zip(given, found, strict=True)], found


def told_since(feed: Feed, seen: datetime) -> datetime:
    """Return the time from which on the articles that a feed brings are put into stories."""
    return seen - NEWS if feed.url.startswith(("http://", "https://")) else LONG_AGO


def _tell(store: Store, new: Mapping[int, Described], now: datetime) -> None:
    """Put new articles into the stories that they tell, the oldest first."""
    if new:
        tell(store, new, store.neighbours.floor(now - RECENT))


def tell(store: Store, new: Mapping[int, Described], floor: int) -> None:
    """Put articles into the stories that they tell, if any, one after the other, and choose the leads."""
    told: set[int] = set()
    changed: set[int] = set()
    for article in sorted(new):
        joined = engine.storied(article, new[article], store.neighbours, floor, store.stories)
        if joined:
            told.add(joined.story)
            changed |= store.stories.number((article, *joined.moved), joined.story)
    store.stories.sum_up(changed)
    for story in sorted(told):
        choose_lead(store, story)


def choose_lead(store: Store, story: int) -> None:
    """Let the report that leads a story by the rule stand for it."""
    reports = [engine.Report(*report) for report in store.stories.reports(story)]
    if reports:  # none where all but one are bare headlines, which old libraries took for reports
        store.stories.set_lead(story, engine.lead(reports))


def _mention(
    store: Store, feed: Feed, mentions: Sequence[Mention], now: datetime, *, article: int = 0
) -> None:
    """Note the headlines that a page names, and index those without an article."""
    before = store.mentions.listed(article) if article else store.mentions.ticker(feed.id)
    if not mentions and not before:
        return
    ids = store.mentions.put(feed.id, mentions, now, article=article)
    indexed = store.neighbours.vectors(ids)
    index(store, bare(store, [id for id in ids if id not in indexed]))


def bare(store: Store, ids: Sequence[int]) -> list[Article]:
    """Return those of some headlines that have no article behind them."""
    found = (store.articles.get(id) for id in ids)
    return [article for article in found if article and article.headline.bare]


def index(store: Store, articles: Sequence[Article]) -> list[Described]:
    """Put stored articles into the index of neighbours; returns what the engine knows of each."""
    texts = [(text_of(a), _teller(a), a.headline.published) for a in articles]
    found = engine.described(texts, store.neighbours)
    store.neighbours.add_all((a.headline.id, d.terms, d.packed) for a, d in zip(articles, found, strict=True))
    return found


def _teller(article: Article) -> int:
    """Return the feed that tells of the event; a bare headline tells no story."""
    return engine.NOBODY if article.headline.bare else article.headline.feed
