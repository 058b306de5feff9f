"""Trees of the query language for property tests, and what they mean, said without any index."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from reader.query import And, Field, Flag, Node, Not, Or, Phrase, Word, all_of, any_of, moment, none_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAYS = [(NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%MZ") for hours in range(7)]

TAGS = ("daily", "Dai", "far")
"""What is asked for; no feed has the second one whole."""


def trees(leaves):
    """Trees in normal form over some leaves."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(all_of),
            st.lists(inner, min_size=2, max_size=3).map(any_of),
            inner.map(none_of),
        ),
        max_leaves=6,
    )


def fields(words, sources, authors, topics):
    """Leaves that ask for a field or a flag."""
    value = st.builds(Word, st.sampled_from(words)) | st.builds(Phrase, st.sampled_from(words))
    named = st.sampled_from
    return st.one_of(
        st.builds(Field, st.just("title"), value),
        st.builds(Field, st.just("topic"), st.builds(Word, named(topics), st.booleans())),
        st.builds(Field, st.just("tag"), st.builds(Word, named(TAGS), st.booleans())),
        st.builds(Field, st.just("source"), st.builds(Phrase, named(sources))),
        st.builds(Field, st.just("author"), st.builds(Phrase, named(authors))),
        st.builds(Field, st.just("lang"), st.builds(Word, named(("en", "fr")))),
        st.builds(Field, named(("since", "before")), st.builds(Phrase, named(DAYS))),
        st.builds(Field, st.just("feed"), st.builds(Word, named(("1", "2", "9")))),
        st.builds(Flag, named(("unread", "read", "starred", "hidden"))),
    )


def shows(node: Node, item: dict, *, headline: bool = False) -> bool:
    """Tell whether an article answers a query, by the words of the language's description."""
    if isinstance(node, And):
        return all(shows(each, item, headline=headline) for each in node.nodes)
    if isinstance(node, Or):
        return any(shows(each, item, headline=headline) for each in node.nodes)
    if isinstance(node, Not):
        return not shows(node.node, item, headline=headline)
    if isinstance(node, Flag):
        return {
            "unread": not item["read"],
            "read": item["read"],
            "starred": item["starred"],
            "hidden": item["hidden"],
        }[node.name]
    if isinstance(node, Field):
        return _field(node, item)
    if headline:
        wanted = node.text.casefold()
        return wanted in item["title"].casefold() or wanted in item["source"].casefold()
    return _held(node, item["title"]) or _held(_whole(node), item["text"])


def _whole(value: Word | Phrase) -> Word | Phrase:
    """Return what is looked for in texts: of beginnings up to three letters only that very word."""
    short = isinstance(value, Word) and value.beginning and len(value.text) <= 3
    return Word(value.text) if short else value


def _held(value: Word | Phrase, text: str) -> bool:
    words, wanted = text.casefold().split(), value.text.casefold().split()
    if isinstance(value, Word) and value.beginning:
        return any(word.startswith(wanted[0]) for word in words)
    return any(words[n : n + len(wanted)] == wanted for n in range(len(words)))


def _field(node: Field, item: dict) -> bool:
    text = node.value.text
    match node.name:
        case "title":
            return _held(node.value, item["title"])
        case "topic":
            if getattr(node.value, "beginning", False):
                return any(topic.lower().startswith(text.lower()) for topic in item["topics"])
            return text.lower() in [topic.lower() for topic in item["topics"]]
        case "tag":
            if getattr(node.value, "beginning", False):
                return any(tag.lower().startswith(text.lower()) for tag in item["tags"])
            return text.lower() in [tag.lower() for tag in item["tags"]]
        case "source":
            return text.casefold() in item["source"].casefold()
        case "author":
            return text.lower() in item["author"].lower()
        case "lang":
            return item["lang"].lower() == text or item["lang"].lower().startswith(f"{text}-")
        case "since":
            return item["sort"] >= moment(text, NOW)
        case "before":
            return item["sort"] < moment(text, NOW)
        case "feed":
            return item["feed"] == int(text)
    raise AssertionError(node)
