"""Topics of what is stored: after a correction, after a change of a feed's topic or of the reader's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reader import topics
from reader.library.texts import plain
from reader.model import Entry, Evidence, Feed, TopicRule
from reader.store import Store
from reader.store.topics import LAST, Placed
from reader.topics import keywords, learning

BATCH = 500
"""Articles in one transaction: some 20 ms in which nobody else can write."""


def correct(
    store: Store, article: int, topic: str | None, rules: Sequence[TopicRule] = ()
) -> tuple[Evidence, ...]:
    """Give an article the topic that the reader says, and no other; "" is none, None takes that back.

    It stays, whatever happens to the article, its feed or the rules. Returns the article's topics from now
    on; `store.topics.correction` tells before what to undo to. 1 ms, and the time of a read when taken back.
    """
    with store.transaction(durable=True):
        store.topics.correct(article, topic)
        for placed in store.topics.placed([article]):
            feed = store.feeds.get(placed.feed) if topic is None else None
            found = _classified(store, placed, feed, rules) if feed else ()
            store.topics.assign_all([(article, placed.sort, found)])
            learn(store, placed.entry, store.topics.evidence(article), placed.evidence)
    return store.topics.evidence(article)


def move_feed(store: Store, feed: int, topic: str, rules: Sequence[TopicRule] = ()) -> int:
    """Put a feed under a topic ("" for none) and its articles with it; how many changed.

    The newest articles go first, some hundreds at a time. Broken off, the rest follow by `retopic`.
    """
    store.feeds.set_topic(feed, topic)
    return _anew(store, rules, feed)


def retopic(store: Store, rules: Sequence[TopicRule] = (), feeds: Collection[int] | None = None) -> int:
    """Classify articles anew from all that is known of them; how many changed.

    `feeds` limits it to some; without, it walks the whole library and notes that the rules are applied.
    """
    changed = 0
    for feed in [None] if feeds is None else feeds:
        changed += _anew(store, rules, feed, whole=True)
    if feeds is None:
        store.rules.set(keywords.digests(rules))
    return changed


def _anew(store: Store, rules: Sequence[TopicRule], feed: int | None, *, whole: bool = False) -> int:
    """Classify a feed's articles (None: all), newest first; unless `whole` as if only the feed were new."""
    changed, last = 0, LAST
    known = _feeds(store)
    while batch := store.topics.before(last, BATCH, feed):
        last = (batch[-1].sort, batch[-1].id)
        changed += reassign(
            store, [(one, None if whole else _as_known(one, known[one.feed], rules)) for one in batch], rules
        )
    return changed


def _as_known(placed: Placed, feed: Feed, rules: Sequence[TopicRule]) -> tuple[Evidence, ...] | None:
    """Return an article's topics where only its feed's has changed, None where its text must tell."""
    stated = {e.topic.casefold() for e in placed.evidence if not topics.is_ruled(e)}
    if any(rule.name.casefold() in stated for rule in rules):
        return None  # a rule may have stood back
    by_rule = [e for e in placed.evidence if topics.is_ruled(e)]
    return topics.anew(placed.entry, feed.topic, feed.title, by_rule, placed.evidence)


def reassign(
    store: Store,
    articles: Sequence[tuple[Placed, tuple[Evidence, ...] | None]],
    rules: Sequence[TopicRule],
) -> int:
    """Give articles their topics (None: classified from the text) in one transaction; how many changed."""
    known = _feeds(store)
    said = store.topics.corrections(one.id for one, _ in articles)
    changed = []
    for one, given in articles:
        if one.id not in said:
            found = _classified(store, one, known[one.feed], rules) if given is None else given
            if _spelt_alike(found) != _spelt_alike(one.evidence):
                changed.append((one.id, one.sort, found))
    if changed:
        taught = {id: found for id, _, found in changed}
        with store.transaction(durable=False):
            store.topics.assign_all(changed)
            for one, _ in articles:
                if one.id in taught:
                    learn(store, one.entry, taught[one.id], one.evidence)
    return len(changed)


def learn(store: Store, entry: Entry, evidence: Sequence[Evidence], before: Sequence[Evidence] = ()) -> None:
    """Note what an article of a stated topic teaches, and no longer what it taught `before`."""
    new, old = topics.taught(evidence), topics.taught(before)
    if new == old:
        return
    lang, terms = learning.language(entry.lang), learning.lessons(entry.title)
    if old is not None:
        store.learned.add(lang, terms, old, -1)
    if new is not None:
        store.learned.add(lang, terms, new)


def relearn(store: Store) -> int:
    """Count anew what the stored articles teach, from their evidence; how many do."""
    taught, last = 0, LAST
    with store.transaction(durable=False):
        store.learned.clear()
        while batch := store.topics.before(last, BATCH):
            last = (batch[-1].sort, batch[-1].id)
            for one in batch:
                learn(store, one.entry, one.evidence)
                taught += topics.taught(one.evidence) is not None
    return taught


def _classified(store: Store, placed: Placed, feed: Feed, rules: Sequence[TopicRule]) -> tuple[Evidence, ...]:
    """Return an article's topics from all that is known of it; its text is read only where it matters."""
    text = ""
    if topics.reads_text(placed.entry, feed.topic, feed.title, rules):
        text = plain(store.rules.bodies([placed.id]).get(placed.id, ""))
    return topics.classify(placed.entry, feed.topic, feed.title, rules, text, lore=store.learned)


def _spelt_alike(found: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Return evidence for comparison: the library keeps each topic in one spelling."""
    return [(keywords.folded(evidence.topic), evidence.reason) for evidence in found]


def _feeds(store: Store) -> dict[int, Feed]:
    return {feed.id: feed for feed in store.feeds.all()}
