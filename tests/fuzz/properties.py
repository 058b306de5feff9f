"""What must be true of any bytes, a function for each border that they cross.

Each takes bytes, hands them to a module, and fails when that raises anything but its own error, takes longer
than SECONDS, or returns what the limits do not allow. hypothesis and atheris call the same functions.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from reader import config as settings
from reader import document as documents
from reader import encoding, library, local, opml, text
from reader import query as language
from reader.local import LocalError
from reader.model import Entry, ParsedFeed, View
from reader.opml import OpmlError
from reader.pages import Origin
from reader.parse import ParseError, feed
from reader.sandbox import tasks
from reader.store import Store
from reader.store.query import indexable
from tests.hostile import is_safe
from tests.peers.compare_parsers import compare
from tests.peers.wire import canonical

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BASE = "https://a.example/news/feed.xml"
SECONDS = 2.0  # of CPU for what a fuzzer makes, at most some kilobytes: honest input of that size takes 10 ms
NAMES = ("a.txt", "a.md", "a.html", "a.xml", "a", "2026-11-22 a.txt")
Property = Callable[[bytes], None]


def strings(data: bytes) -> None:
    """Every gate of text: safe, idempotent, within its length; addresses canonical or none."""
    value = _decoded(data)
    for gate in (text.one_line, text.title, text.from_html, text.plain):
        found = gate(value)
        assert is_safe(found), gate
        assert gate is text.from_html or gate(found) == found, gate
        if gate is not text.plain:
            assert len(found) <= text.TITLE_MAX
            assert "\n" not in found
    assert not text.blank(text.title(value))
    for base in ("", BASE):
        _addresses([text.address(value, base), text.address(value, base, strip_login=True)])
    text.width(value)
    assert all(word and is_safe(word) for word in text.words(text.plain(value)))


def document(data: bytes) -> None:
    """HTML, Markdown and plain text as documents, drawn as text and Markdown."""
    value = _decoded(data)
    for read in (documents.from_html, documents.from_markdown):
        _document(read(value, BASE, "A title"))
    _document(documents.from_text(value))
    assert is_safe(documents.plain_text(value))


def _document(found: documents.Document) -> None:
    assert is_safe(documents.to_text(found, 40))
    assert is_safe(documents.to_markdown(found))
    _addresses(link.url for link in found.links)


def parse(data: bytes) -> None:
    """A feed of any format, or a sentence."""
    with _worded(ParseError):
        _feed(feed(data, address=BASE, now=NOW))


def parsers(data: bytes) -> None:
    """The fast path and feedparser read the same, or the fast path declines."""
    assert compare(data).differences == ()


def lists(data: bytes) -> None:
    """Subscriptions, or a sentence."""
    with _worded(OpmlError):
        found = opml.read(data)
        _addresses(one.url for one in found.subscriptions if not one.local)
        own = [one.url for one in found.subscriptions if one.local]  # newsboat's files: kept, paused
        _lines(own)
        assert all(path.startswith("/") for path in own)
        _lines(line for one in found.subscriptions for line in (one.title, one.topic))
        _lines(line for one in found.refused for line in (one.text, one.reason))
        _lines([found.damage])


def page(data: bytes) -> None:
    """A local file, by all the names that it may have, or a sentence."""
    for name in NAMES:
        with _worded(LocalError):
            _feed(local.parse(data, name, Beside()))  # type: ignore[arg-type]


class Beside:
    """A sandbox without walls: what it reads is read here, where a fuzzer sees which way it goes."""

    @staticmethod
    def news(body: bytes, origin: Origin, limit: int) -> ParsedFeed:
        """Return what the sandbox returns."""
        return tasks.news(body, origin, limit)


def query(data: bytes) -> None:
    """What is typed into search and filter: any text is a query, or a mistake at a place."""
    value = _decoded(data).replace("\0", " ").encode("utf-8", "replace").decode()
    indexable(value)
    try:
        tree = language.parse(value, typing=True)
    except language.QueryError:
        return
    assert language.parse(language.printed(tree)) == tree
    language.hits(tree).ranges(value)
    lists = _store().lists
    for view in (View(search=value), View(filter=value), View(topic=value), View(search=value, filter=value)):
        lists.ids(view, 10)


def config(data: bytes) -> None:
    """Settings, or sentences that name the lines."""
    path = _folder() / "config.toml"
    path.write_bytes(data)
    with _worded(settings.ConfigError):
        settings.load(path)


PROPERTIES: dict[str, Property] = {
    "text": strings,
    "document": document,
    "parse": parse,
    "parsers": parsers,
    "opml": lists,
    "local": page,
    "query": query,
    "config": config,
}


def checked(name: str) -> Property:
    """Return a property that also looks at the clock."""
    holds = PROPERTIES[name]

    def run(data: bytes) -> None:
        began = time.process_time()
        holds(data)
        taken = time.process_time() - began
        assert taken < SECONDS, f"{len(data)} bytes took {taken:.1f} s"

    return run


# Rules


class _worded(suppress):  # noqa: N801 - it reads as a statement
    """Lets a module's own error pass if it is one safe line in words."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        passed = bool(super().__exit__(kind, error, trace)) and error is not None
        if passed:
            assert str(error).strip()
            _lines(str(error).splitlines())
        return passed


def _decoded(data: bytes) -> str:
    """Return bytes as text, half characters and all; bytes that are none by their place."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return encoding.decode(data)


def _addresses(found: Iterable[str]) -> None:
    for url in found:
        assert not url or canonical(url), url
        assert text.address(url) == url


def _lines(found: Iterable[str]) -> None:
    for line in found:
        assert is_safe(line), line
        assert not set(line) & set("\n\t"), line


def _feed(found: ParsedFeed) -> None:
    _lines([found.title, found.lang])
    _addresses([found.site])
    assert len(found.entries) <= 2000
    for entry in found.entries:
        _entry(entry)
    _lines(one.title for one in found.ticker)
    _addresses(one.url for one in found.ticker)


def _entry(entry: Entry) -> None:
    assert 1 <= len(entry.title) <= text.TITLE_MAX
    assert not text.blank(entry.title)
    assert len(entry.author) <= text.AUTHOR_MAX
    assert len(entry.guid) <= text.GUID_MAX
    assert len(entry.categories) <= text.CATEGORIES_MAX
    assert len(entry.enclosures) <= text.ENCLOSURES_MAX
    _lines((entry.title, entry.author, entry.guid, entry.lang, entry.dateline, *entry.categories))
    _lines(one.type for one in entry.enclosures)
    _lines(one.title for one in entry.related)
    urls = (entry.url, *(one.url for one in entry.enclosures), *(one.url for one in entry.related))
    _addresses(urls)
    for when in (entry.published, entry.updated):
        assert when is None or 1960 <= when.year <= 2049
    for markup in (entry.html, entry.summary):
        assert is_safe(documents.to_text(documents.from_html(markup, entry.url, entry.title)))


@cache
def _folder() -> Path:
    return Path(mkdtemp())


@cache
def _store() -> Store:
    store = Store.open(":memory:")
    subscription, _ = store.feeds.add(BASE, title="A feed")
    words = ("alpha beta", "日本語 gamma", "O'Neill's delta-epsilon", "ភ្នំពេញ zeta")
    entries = tuple(Entry(title=each, guid=each, html=f"<p>{each} text") for each in words)
    library.ingest(store, subscription, ParsedFeed(entries=entries), now=NOW)
    return store
