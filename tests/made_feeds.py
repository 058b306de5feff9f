"""Feeds made up for comparing the fast path with feedparser, by hand and by hypothesis."""

from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from reader.parse.quick import names
from tests.peers.compare_parsers import compare

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "georss": "http://www.georss.org/georss",
    "foo": "urn:foo",
    "rdf": names.RDF,
}
HEAD = "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in SPACES.items())


def rss(items: str, head: str = "", attributes: str = "") -> str:
    return f'<rss version="2.0"{HEAD}{attributes}><channel><title>T</title>{head}{items}</channel></rss>'


def atom(entries: str, attributes: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{HEAD}{attributes}><title>T</title>{entries}</feed>'


def rdf(items: str) -> str:
    return f'<rdf:RDF xmlns="http://purl.org/rss/1.0/"{HEAD}><channel><title>T</title></channel>{items}</rdf:RDF>'


def outcome(document: str, **settings: object) -> str:
    found = compare(document.encode(), **settings)
    assert not found.differences, document
    return found.reason or found.outcome


NAMES = """
title link description guid pubDate author category summary content id updated published enclosure name email
dc:creator dc:date content:encoded media:content media:title media:description itunes:summary itunes:author
image source media:group media:thumbnail atom:link language comments subtitle dc:subject itunes:keywords url
itunes:category georss:point dc:title dc:description foo:bar tags created rights uri contributor width div p
itunes:owner itunes:name textInput atom:author atom:name atom:updated media:keywords dc:contributor
""".split()  # noqa: SIM905 (reads better)
TEXTS = (
    "", " ", "a < b & c", "<b>bold</b>", "<p>x &amp; y</p>", "http://e.test/a?b=1&c;=2", "/rel", "x, y,, z",
    "Ann", "Sun, 22 Nov 2026 10:00:00 +0200", "2026-11-22T10:00:00Z", "2026-11-22",
    "31 Dec 2025 23:59:60 GMT",
    "joe@x.org (Joe)", "Joe <joe@x.org>", "Ã©", "\x93q\x94", "urn:x", "&eacute; x", "http:////e.test///a",
    "javascript:x", "café",
)  # fmt: skip
ATTRIBUTES = {
    "rel": ["alternate", "self", "enclosure", "ALTERNATE", ""],
    "type": ["html", "text", "text/html", "text/plain", "audio/mpeg"],
    "href": ["http://e.test/1", "/r", ""],
    "url": ["http://e.test/a.mp3", ""],
    "isPermaLink": ["true", "false", "True"],
    "term": ["t", ""],
    "label": ["L"],
    "text": ["Arts"],
    "length": ["12"],
    "xml:base": ["http://b.test/", "rel/", "", "http://b.test/x/../y"],
    "xml:lang": ["en", "de_DE", ""],
    "lang": ["it"],
    "foo:zzz": ["y"],
    "rdf:about": ["http://e.test/about"],
}
PAIRS = st.lists(
    st.sampled_from([(name, value) for name, values in ATTRIBUTES.items() for value in values]),
    max_size=2,
    unique_by=lambda pair: pair[0],
)  # fmt: skip


def element(name: str, pairs: list[tuple[str, str]], inside: str) -> str:
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in pairs)
    return f"<{name}{attributes}>{inside}</{name}>"


LEAVES = st.builds(element, st.sampled_from(NAMES), PAIRS, st.sampled_from(TEXTS).map(escape))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(element, st.sampled_from(NAMES), PAIRS, st.lists(inner, max_size=4).map("".join)),
    max_leaves=6,
)
XHTML = st.recursive(
    st.sampled_from(TEXTS).map(escape),
    lambda inner: st.builds(
        element,
        st.sampled_from(["div", "p", "a", "b", "br", "span"]),
        PAIRS,
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
CONTENTS = XHTML.map(
    lambda inner: f"<content type='xhtml'> <div xmlns='http://www.w3.org/1999/xhtml'>{inner}</div></content>"
)
ITEMS = st.lists(st.one_of(LEAVES, LEAVES, TREES, CONTENTS), max_size=7).map("".join)
FEEDS = st.builds(
    lambda kind, head, items: {
        "rss": lambda: rss("".join(f"<item>{item}</item>" for item in items), head),
        "rdf": lambda: rdf(head + "".join(f"<item rdf:about='u'>{item}</item>" for item in items)),
        "atom": lambda: atom(head + "".join(f"<entry>{item}</entry>" for item in items)),
    }[kind](),
    st.sampled_from(["rss", "rdf", "atom"]),
    ITEMS,
    st.lists(ITEMS, max_size=3),
)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def spoilt(draw, documents):
    """A feed in which a few stretches are removed, doubled, moved or replaced."""
    document = draw(documents)
    for _ in range(draw(st.integers(1, 3))):
        marks = [at for at, char in enumerate(document) if char in "<>\"'= &;:"][:5000] or [0]
        start, end, to = (draw(st.sampled_from(marks)) for _ in range(3))
        start, end = min(start, end), min(max(start, end), start + 200)
        patch = draw(
            st.sampled_from(
                ["", document[start:end], "x", "<b>", "&amp;", " xml:base='/b/'", "<!--c-->", "é"]
            )
        )
        document = (
            document[:to] + patch + document[to:] if to < start else document[:start] + patch + document[end:]
        )
    return document
