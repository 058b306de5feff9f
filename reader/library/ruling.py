"""The reader's own topics applied to what is stored: by the full-text index, without walking the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reader import topics
from reader.library.texts import plain
from reader.library.topics import BATCH, reassign
from reader.model import Evidence, TopicRule
from reader.query import And, Field, Flag, Node, Not, Or, parse, requires
from reader.store import Store
from reader.topics import keywords

Reasons = dict[int, str]
"""Why articles belong to a topic, by article."""


def rules_changed(store: Store, rules: Sequence[TopicRule]) -> bool:
    """Tell whether `apply_rules` has anything to do; takes microseconds."""
    return store.rules.all() != keywords.digests(rules)


def apply_rules(store: Store, rules: Sequence[TopicRule]) -> int:
    """Bring the stored articles up to the reader's own topics; how many articles changed.

    Only rules that are new, changed or gone cost anything: the full-text index finds their articles, and
    where it cannot be sure the texts are looked at. Broken off, it begins anew the next time.
    """
    wanted, stored = keywords.digests(rules), store.rules.all()
    if wanted == stored:
        return 0
    given = keywords.by_topic(rules)
    changes: dict[str, dict[int, str]] = {}
    for name in sorted(wanted.keys() | stored.keys()):
        if wanted.get(name) != stored.get(name):
            changes[name] = _changes(store, name, given.get(name, ()))
    changed = _reassigned(store, changes, rules)
    store.rules.set(wanted)
    return changed


def _changes(store: Store, name: str, rules: Sequence[TopicRule]) -> Reasons:
    """Return the articles that come to a topic by its rules, or stay for another reason, or leave: ""."""
    before = {
        article: reason
        for article, reason in store.rules.within(name).items()
        if topics.is_ruled(Evidence(name, reason))
    }
    after: Reasons = {}
    for rule in rules:
        after = matching(store, rule) | after
    gone = dict.fromkeys(before.keys() - after.keys(), "")
    return gone | {article: why for article, why in after.items() if before.get(article) != why}


def _reassigned(store: Store, changes: Mapping[str, Reasons], rules: Sequence[TopicRule]) -> int:
    """Give the articles of the changes their topics."""
    feeds = {feed.id: feed for feed in store.feeds.all()}
    order = {name: number for number, name in enumerate(keywords.by_topic(rules))}
    names = {keywords.folded(rule.name): rule.name for rule in reversed(rules)}
    changed = 0
    for ids in _batched(sorted(set().union(*changes.values()), reverse=True)):
        batch = []
        for one in store.topics.placed(ids):
            why = {keywords.folded(e.topic): e.reason for e in one.evidence if topics.is_ruled(e)}
            why |= {name: reasons[one.id] for name, reasons in changes.items() if one.id in reasons}
            kept = sorted((name for name, reason in why.items() if reason), key=lambda n: order.get(n, 0))
            by_rule = [Evidence(names.get(name, name), why[name]) for name in kept]
            feed = feeds[one.feed]
            batch.append((one, topics.anew(one.entry, feed.topic, feed.title, by_rule, one.evidence)))
        changed += reassign(store, batch, rules)
    return changed


def matching(store: Store, rule: TopicRule) -> Reasons:
    """Return the stored articles that hold one of a rule's keywords or answer its query, and why."""
    found: Reasons = {}
    unsure: set[int] = set()
    for keyword, wanted in keywords.keywords(rule):
        held = store.rules.holding(wanted.words, beginning=wanted.beginning)
        if wanted.simple:
            for article in held:
                found.setdefault(article, f"{keywords.KEYWORD}{keyword}")
        else:
            unsure.update(held)
    answers, sure = _answers(store, rule)
    if sure:
        for article in answers:
            found.setdefault(article, keywords.by_query(rule))
    else:
        unsure |= answers
    return found | _looked_at(store, rule, unsure)


def _answers(store: Store, rule: TopicRule) -> tuple[set[int], bool]:
    """Return the articles that may answer a rule's query, and whether they surely do."""
    tree = parse(rule.query)
    if not requires(tree):
        return set(), True
    found, sure = _maybe(store, tree)
    return set(store.rules.everything()) if found is None else found, sure


def _maybe(store: Store, node: Node) -> tuple[set[int] | None, bool]:
    """Return which articles may answer a query, None for all, and whether they surely do."""
    if isinstance(node, And | Or):
        parts = [_maybe(store, each) for each in node.nodes]
        sets = [found for found, _ in parts if found is not None]
        sure = all(sure for _, sure in parts)
        if isinstance(node, And):
            return (set.intersection(*sets) if sets else None), sure
        return (set.union(*sets) if len(sets) == len(parts) else None), sure
    if isinstance(node, Not):
        found, sure = _maybe(store, node.node)
        if not sure or found is None:
            return None, False  # they are looked at
        return set(store.rules.everything()) - found, True
    if isinstance(node, Flag) or not (wanted := keywords.sought(node)).words:
        return None, False
    held = store.rules.holding(
        wanted.words, beginning=wanted.beginning, numbers=wanted.numbers, title=isinstance(node, Field)
    )
    return set(held), wanted.simple


def _looked_at(store: Store, rule: TopicRule, unsure: Iterable[int]) -> Reasons:
    """Return the reasons of those articles that really match: a headline with the first keyword is enough."""
    found: Reasons = {}
    first = [f"{keywords.KEYWORD}{keyword}" for keyword, _ in keywords.keywords(rule)[:1]]
    for ids in _batched(sorted(unsure)):
        titles = {id: keywords.plain(title) for id, title in store.rules.titles(ids).items()}
        titled = {id: why for id, title in titles.items() if (why := keywords.matched(rule, title)) in first}
        for id, body in store.rules.bodies(titles.keys() - titled.keys()).items():
            text = keywords.plain(plain(body)[: topics.TEXT_MAX])
            if why := keywords.matched(rule, titles[id], text):
                found[id] = why
        found |= titled
    return found


def _batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
