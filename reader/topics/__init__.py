"""Which topics an article belongs to, and why: evidence by evidence, never a guess.

Strongest first: the topic that the user gave the feed; the user's own topics whose words or query the article
holds; the article's categories; the section in its address; the feed's own title. Where none of these gives a
standard topic, the words of the text, if they are sure (see `bytext` and `learning`). Nothing found: no
topic. What the reader has said of an article itself wins over all of this; the store sees to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import urlsplit

from reader.model import STANDARD_TOPICS, Entry, Evidence, TopicRule
from reader.topics import bytext, learning
from reader.topics.keywords import KEYWORD, QUERY, is_ruled, ruled
from reader.topics.learning import Lore
from reader.topics.names import STRONG, folded, itself, standard

__all__ = ["anew", "classify", "is_ruled", "likely", "reads_text", "stated", "taught"]

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
    entry: Entry,
    feed_topic: str,
    feed_title: str,
    rules: Sequence[TopicRule] = (),
    text: str = "",
    *,
    lore: Lore | None = None,
) -> tuple[Evidence, ...]:
    """Return the topics of an article with their evidence, strongest first; one for each topic.

    `feed_topic` is a folder path or a name ("Tech/Linux"); `text` the article's body as plain text; `lore`
    what the library's other articles teach.
    """
    by_rule = ruled(rules, entry.title, text[:TEXT_MAX])
    found = stated(entry, feed_topic, feed_title, by_rule)
    if any(map(_is_standard, found)):
        return found
    return _merged(found, bytext.told(entry.title, text, learning.language(entry.lang), lore))


def taught(evidence: Sequence[Evidence]) -> int | None:
    """Return which standard topic (its place among them) an article may teach, None where none is stated."""
    return learning.taught(evidence, (bytext.TOLD, KEYWORD, QUERY))


def stated(
    entry: Entry, feed_topic: str, feed_title: str, by_rule: Sequence[Evidence] = ()
) -> tuple[Evidence, ...]:
    """Return what is known of an article's topics without a look at its text; `by_rule` is taken as given."""
    return _merged(_evidence(entry, feed_topic, feed_title, by_rule))


def anew(
    entry: Entry, feed_topic: str, feed_title: str, by_rule: Sequence[Evidence], known: Sequence[Evidence]
) -> tuple[Evidence, ...] | None:
    """Return the topics of an article whose topics were `known`, None where only its text can tell.

    What its text told before is taken over.
    """
    found = stated(entry, feed_topic, feed_title, by_rule)
    if any(map(_is_standard, found)):
        return found
    told = [evidence for evidence in known if evidence.reason.startswith(bytext.TOLD)]
    if any(e.topic in STANDARD_TOPICS and e not in told for e in known):
        return None  # the text was not asked, or stood back
    return _merged(found, told)


def likely(title: str, text: str) -> list[tuple[str, float]]:
    """Return the standard topics with their probability by the words alone, likeliest first, sure or not."""
    return bytext.likely(title, text)


def reads_text(entry: Entry, feed_topic: str, feed_title: str, rules: Sequence[TopicRule] = ()) -> bool:
    """Tell whether `classify` would look into the text: for callers to whom making it is dear."""
    return bool(rules) or not any(map(_is_standard, stated(entry, feed_topic, feed_title)))


def _is_standard(evidence: Evidence) -> bool:
    """Tell whether a standard topic was found by other means than the reader's rules and the text."""
    own = is_ruled(evidence) or evidence.reason.startswith(bytext.TOLD)
    return evidence.topic in STANDARD_TOPICS and not own


def _merged(*parts: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each topic, no more standard ones than an article may have."""
    found: dict[str, Evidence] = {}
    standards = 0
    for evidence in chain(*parts):
        key = evidence.topic.casefold()
        is_standard = _is_standard(evidence)
        if key in found or (is_standard and standards >= STANDARD_MAX):
            continue
        standards += is_standard
        found[key] = evidence
    return tuple(found.values())


def _evidence(
    entry: Entry, feed_topic: str, feed_title: str, by_rule: Sequence[Evidence]
) -> Iterator[Evidence]:
    yield from _by_feed(feed_topic)
    yield from by_rule
    told = [*_by_categories(entry.categories), *_by_address(entry.url)]
    yield from told
    if not told and not feed_topic:
        yield from _by_title(feed_title)


def _by_feed(feed_topic: str) -> Iterator[Evidence]:
    """Yield the folders by their paths, the first as the topic that it means, then what they are part of."""
    folders = [part.strip() for part in feed_topic.split("/") if part.strip()]
    for depth in range(1, len(folders) + 1):
        path = "/".join(folders[:depth])
        yield Evidence(standard(path) if depth == 1 and itself(path) else path, f"feed: {feed_topic}")
    for folder in folders:
        if topic := standard(folder):
            yield Evidence(topic, f"feed: {feed_topic}")


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
