"""Which topics an article belongs to, and why: evidence by evidence, never a guess.

Strongest first: the topic that the user gave the feed; the user's own topics whose words the article holds;
the article's categories; the section in its address; the feed's own title. Where none of these gives a
standard topic, the words of the text, if they are sure (see `bytext`). Nothing found: no topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from reader.model import STANDARD_TOPICS, Entry, Evidence, TopicRule
from reader.topics import bytext
from reader.topics.keywords import matched, plain
from reader.topics.names import STRONG, folded, itself, standard

STANDARD_MAX = 2
"""Standard topics of one article; the user's own are not limited."""
SECTIONS_MAX = 4
"""Parts of an address looked at: sections come first, then dates and the headline."""
SECTIONS_UNSURE = frozenset(["community", "data", "design", "digital", "it", "mobile", "web", "style", "tv"])
"""Names that stand in addresses for other things than a section."""
TEXT_MAX = 20_000
"""Characters of the text in which the user's keywords are looked up."""

_CATEGORY_PARTS = re.compile(r"[/>|:;,»›]+")
_TITLE_PARTS = re.compile(r"\s[-–—|:·>»]+\s?|[|>»/,]")


def classify(
    entry: Entry, feed_topic: str, feed_title: str, rules: Sequence[TopicRule] = (), text: str = ""
) -> tuple[Evidence, ...]:
    """Return the topics of an article with their evidence, strongest first; one for each topic.

    `feed_topic` is a folder path or a name ("Tech/Linux"); `text` the article's body as plain text.
    """
    found = _gathered(_evidence(entry, feed_topic, feed_title, rules, text))
    if not _standard(found):
        for evidence in bytext.told(entry.title, text):
            found.setdefault(evidence.topic.casefold(), evidence)
    return tuple(found.values())


def likely(title: str, text: str) -> list[tuple[str, float]]:
    """Return the standard topics with their probability by the words alone, likeliest first, sure or not."""
    return bytext.likely(title, text)


def reads_text(entry: Entry, feed_topic: str, feed_title: str, rules: Sequence[TopicRule] = ()) -> bool:
    """Tell whether `classify` would look into the text: for callers to whom making it is dear."""
    return bool(rules) or not _standard(_gathered(_evidence(entry, feed_topic, feed_title, (), "")))


def _standard(found: dict[str, Evidence]) -> int:
    """Return how many standard topics were found by other means than the reader's keywords."""
    return sum(map(_is_standard, found.values()))


def _is_standard(evidence: Evidence) -> bool:
    return evidence.topic in STANDARD_TOPICS and not evidence.reason.startswith("keyword")


def _gathered(stated: Iterable[Evidence]) -> dict[str, Evidence]:
    """Return the evidence by topic, one for each, no more standard ones than an article may have."""
    found: dict[str, Evidence] = {}
    standards = 0
    for evidence in stated:
        key = evidence.topic.casefold()
        is_standard = _is_standard(evidence)
        if key in found or (is_standard and standards >= STANDARD_MAX):
            continue
        standards += is_standard
        found[key] = evidence
    return found


def _evidence(
    entry: Entry, feed_topic: str, feed_title: str, rules: Sequence[TopicRule], text: str
) -> Iterator[Evidence]:
    yield from _by_feed(feed_topic)
    yield from _by_keywords(entry, rules, text)
    stated = [*_by_categories(entry.categories), *_by_address(entry.url)]
    yield from stated
    if not stated and not feed_topic:
        yield from _by_title(feed_title)


def _by_feed(feed_topic: str) -> Iterator[Evidence]:
    """Yield the first folder as it is called or the topic that it means, then what folders are part of."""
    folders = [part.strip() for part in feed_topic.split("/") if part.strip()]
    if folders and not itself(folders[0]):
        yield Evidence(folders[0], f"feed: {feed_topic}")
    for folder in folders:
        if topic := standard(folder):
            yield Evidence(topic, f"feed: {feed_topic}")


def _by_keywords(entry: Entry, rules: Sequence[TopicRule], text: str) -> Iterator[Evidence]:
    if not rules:
        return
    searched = plain("\n".join((entry.title, *entry.categories, text[:TEXT_MAX])))
    for rule in rules:
        if keyword := matched(rule, searched):
            yield Evidence(rule.name, f"keyword: {keyword}")


def _by_categories(categories: Sequence[str]) -> list[Evidence]:
    """Return what the categories mean, the topic that most of them name first."""
    votes: dict[str, int] = {}
    reasons: dict[str, Evidence] = {}
    for category in categories:
        whole = standard(category)
        parts = [whole] if whole else [standard(part) for part in _CATEGORY_PARTS.split(category)]
        for topic in filter(None, parts):
            votes[topic] = votes.get(topic, 0) + 1
            reasons.setdefault(topic, Evidence(topic, f"category: {category}"))
    return sorted(reasons.values(), key=lambda evidence: -votes[evidence.topic])


def _by_address(url: str) -> Iterator[Evidence]:
    """Yield what the sections of an address name: its host's first label, then its folders."""
    try:
        parts = urlsplit(url)
    except ValueError:  # no address after all
        return
    labels = (parts.hostname or "").split(".")
    if len(labels) > 2 and folded(labels[0]) in STRONG:
        yield Evidence(standard(labels[0]), f"address: {labels[0]}.")
    for section in parts.path.split("/")[1:-1][:SECTIONS_MAX]:
        topic = standard(section)
        if topic and section.casefold() not in SECTIONS_UNSURE:
            yield Evidence(topic, f"address: /{section}/")
            return


def _by_title(feed_title: str) -> Iterator[Evidence]:
    """Yield what a feed's own title names, whole or in a part ("Wire | World", "Wire Sport")."""
    for part in _TITLE_PARTS.split(feed_title):
        if topic := standard(part):
            yield Evidence(topic, f"feed title: {part.strip()}")
            return
