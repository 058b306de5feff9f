"""A changed feed read in slices leaves the library as reading all of it would."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader import parse
from reader.config import Config
from reader.model import ParsedFeed
from reader.parse import slicing as cutting
from reader.refresh import slicing, storing
from reader.refresh.storing import Outcome, Writer
from reader.sandbox import Sandbox, StoppedError
from reader.store import Store
from reader.store.slices import Known, unpacked
from tests.made_feeds import CALM, HEAD, ITEMS, atom, rdf, rss
from tests.peers.compare_slices import ADDRESS, CHANGES, compare, noted
from tests.shared import shared

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONFIG = Config(path=Path("/nonexistent/config.toml"), library=Path(":memory:"))
SHADOWS = ("search", "neighbour", "sqlite", "slice")


def item(guid: str = "", title: str = "", text: str = "words", link: str = "", more: str = "") -> str:
    parts = {"guid": guid, "title": title or guid, "description": text, "link": link}
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in parts.items() if v) + more + "</item>\n"


def news(*items: str, head: str = "", attributes: str = "") -> bytes:
    return rss("".join(items), head, attributes).encode()


class Twin:
    """The same feed in two libraries: one reads in slices where it can, the other always all."""

    def __init__(self) -> None:
        self.stores = (Store.open(":memory:"), Store.open(":memory:"))
        self.writers = tuple(Writer(store, CONFIG) for store in self.stores)
        self.now = NOW
        self.unread = 0
        for store in self.stores:
            store.feeds.add(ADDRESS)

    def bring(self, body: bytes) -> slicing.Read:
        """Refresh both with a document; return how the first one read it."""
        self.now += timedelta(minutes=20)
        found = [self._read(body, sliced=sliced) for sliced in (True, False)]
        self.unread = len(found[0].unread)
        for store, writer, read in zip(self.stores, self.writers, found, strict=True):
            (feed,) = store.feeds.all()
            (result,) = writer._batch([Outcome(feed, self.now, read.parsed, read, "e", "m", b"d")])
            assert not result.error
        return found[0]

    def _read(self, body: bytes, *, sliced: bool) -> slicing.Read:
        documents = self.stores[0].slices.documents([1])
        before = unpacked(*documents[1]) if documents and sliced else None
        return slicing.read(body, before, self._parse)

    def _parse(self, body: bytes, marks: int) -> ParsedFeed:
        return parse.feed(body, address=ADDRESS, marks=marks, now=self.now)

    def both(self, deed: Any) -> None:
        """Do something to both libraries."""
        for store in self.stores:
            deed(store)

    def same(self) -> None:
        """Fail unless the libraries hold the same, row for row."""
        one, other = map(rows, self.stores)
        assert one == other

    def close(self) -> None:
        self.both(lambda store: store.close())
        for writer in self.writers:
            writer._thread.shutdown()


def rows(store: Store) -> dict[str, list[Any]]:
    """Return all that a library holds, but for its indexes' own tables and what is noted of documents."""
    names = [name for (name,) in store.db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    wanted = [name for name in names if not name.startswith(SHADOWS)]
    assert {"feed", "item", "article", "content", "state", "vector"} <= set(wanted)
    return {name: sorted(store.db.rows(f"SELECT * FROM {name}"), key=repr) for name in wanted}


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Twin]:
    monkeypatch.setattr(storing.random, "random", lambda: 0.5)
    it = Twin()
    yield it
    it.close()


# Over time


A, B, C, D = (item(guid, f"Title {guid}", link=f"http://x.test/{guid}") for guid in "abcd")
ALSO_A = item("a", "Another", link="http://y.test/")
DATED = item("n", more="<pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>")
FUTURE = item("f", more="<pubDate>Wed, 25 Nov 2026 10:00:00 GMT</pubDate>")


def test_a_new_item_is_all_that_is_read(twin: Twin) -> None:
    twin.bring(news(A, B, C))
    read = twin.bring(news(D, A, B, C, head="<lastBuildDate>now</lastBuildDate>"))
    assert ([entry.title for entry in read.parsed.entries], len(read.unread)) == (["Title d"], 3)
    twin.same()
    assert len(twin.bring(news(D, A, B, C, head="<lastBuildDate>later</lastBuildDate>")).unread) == 4
    twin.same()


def test_an_edited_item_changes_in_its_place_and_keeps_its_marks(twin: Twin) -> None:
    twin.bring(news(A, B, C))
    (first,) = twin.stores[0].db.column("SELECT article FROM content WHERE url LIKE '%b'")
    twin.both(lambda store: store.marks.read([first]))
    twin.both(lambda store: store.marks.star([first]))
    read = twin.bring(news(A, item("b", "Title b", "other words", "http://x.test/b"), C))
    assert len(read.unread) == 2
    twin.same()
    article = twin.stores[0].articles.get(first)
    assert article
    assert (article.headline.read, article.headline.starred, article.html) == (True, True, "other words")


@pytest.mark.parametrize(
    ("documents", "unread"),
    [
        ([news(A, B, C), news(C, B, A)], 3),
        ([news(A, B, C), news(A, C), news(A, B, C)], 2),
        ([news(A, B), news(A), news(B)], 0),
        ([news(A, B), news(A, B, A)], 3),
        ([news(A, B, C, DATED), news(FUTURE, A, B, C, DATED), news(D, FUTURE, A, B, C, DATED)], 5),
        ([news(A, B, C), news(ALSO_A, A, B, C)], 0),
        ([news(A, B, C), news(A, B, C, ALSO_A)], 0),
        ([news(A), news(item("z", "Title a", link="http://x.test/a"), A)], 1),
        ([news(A, ALSO_A, B, C), news(D, A, ALSO_A, B, C)], 2),
        ([news(), news(A)], 0),
    ],
)
def test_items_come_go_and_move(twin: Twin, documents: list[bytes], unread: int) -> None:
    for document in documents:
        twin.bring(document)
        twin.same()
    assert twin.unread == unread


def test_items_without_guids_addresses_and_dates(twin: Twin) -> None:
    bare = [item(title=f"Only a title {number}", text="") for number in range(5)]
    linked = [item(title=f"Linked {number}", link=f"http://x.test/{number}") for number in range(5)]
    for new in range(4, -1, -1):
        twin.bring(news(*bare[new:], *linked[new:]))
        twin.same()
    assert twin.unread == 8


def test_a_feed_that_changes_its_guids_at_each_fetch(twin: Twin) -> None:
    for fetch in range(4):
        flipping = [item(f"{n}-{fetch}", f"T{n}", link=f"http://x.test/{n}") for n in range(8)]
        twin.bring(news(*flipping, A))
        twin.same()
    assert twin.unread == 1
    assert twin.stores[0].lists.counts().total == 9


def test_a_feed_that_changes_some_guids(twin: Twin) -> None:
    """Whether a feed has changed its guids at large is told by all of its items, unread ones too."""

    def dated(day: int) -> str:
        return f"<pubDate>{day} Nov 2026 10:00:00 GMT</pubDate>"

    old = [item(f"g{n}", f"T{n}", link=f"http://x.test/{n}", more=dated(1)) for n in range(10)]
    for changed in range(11):
        new = [
            item(f"h{changed}-{n}", f"T{n}", f"rewritten {changed}", f"http://x.test/{n}", dated(2 + changed))
            for n in range(changed)
        ]
        twin.bring(news(*old))
        twin.bring(news(*new, *old[changed:]))
        twin.same()


def test_a_feed_that_gives_one_guid_to_all_items(twin: Twin) -> None:
    for fetch in range(1, 5):
        twin.bring(news(*(item("same", f"T{n}", link=f"http://x.test/{n}") for n in range(fetch, 0, -1))))
        twin.same()
    assert twin.stores[0].lists.counts().total == 4


def test_what_the_reader_deleted_stays_deleted(twin: Twin) -> None:
    twin.bring(news(A, B, C))
    twin.both(lambda store: store.articles.remove([2]))
    for document in (news(D, A, B, C), news(A, B, C), news(item("b", "Edited", link="http://x.test/b"), C)):
        twin.bring(document)
        twin.same()
    assert twin.stores[0].lists.counts().total == 3


def test_what_was_forgotten_comes_back_at_the_next_refresh(twin: Twin) -> None:
    twin.bring(news(A, B, C))
    twin.both(lambda store: store.articles.remove([2], forget=True))
    twin.bring(news(D, A, B, C))
    (feed,) = twin.stores[0].feeds.all()
    assert (feed.etag, feed.modified, feed.digest) == ("", "", b"")  # so that it is fetched and read whole
    assert not twin.bring(news(D, A, B, C)).unread
    assert [store.lists.counts().total for store in twin.stores] == [4, 4]
    assert twin.bring(news(D, A, B, C, head="<docs>x</docs>")).unread


def test_the_items_of_a_feed_that_is_damaged_for_once(twin: Twin) -> None:
    twin.bring(news(A, B, C))
    assert not twin.bring(news(D, A, B, C).replace(b"</rss>", b"")).unread
    twin.same()
    assert not unpacked(*twin.stores[0].slices.documents([1])[1]).items
    assert len(twin.stores[0].slices.present(1)) == 4
    twin.bring(news(D, A, B, C))
    assert twin.bring(news(D, A, B, C, head="<docs>x</docs>")).unread
    twin.same()


def test_unsubscribing_forgets_the_document(twin: Twin) -> None:
    twin.bring(news(A, B))
    assert twin.stores[0].slices.documents([1])
    twin.stores[0].feeds.remove(1)
    assert twin.stores[0].slices.documents([1]) == {}


POOL = [
    item(guid, title, text, link)
    for guid in ("", "1", "2")
    for title in ("One", "Two")
    for text in ("words", "other words")
    for link in ("", "http://x.test/1", "http://x.test/2")
]
STEPS = st.lists(
    st.one_of(
        st.lists(st.sampled_from(POOL), max_size=7).map(lambda items: news(*items)),
        st.lists(st.integers(0, 30), min_size=2, max_size=7).map(
            lambda numbers: news(*(item(f"g{n}", f"T{n}", link=f"http://x.test/{n}") for n in numbers))
        ),
        st.integers(1, 8),
    ),
    min_size=2,
    max_size=8,
)


@settings(CALM, max_examples=40)
@given(STEPS)
@example([news(POOL[0], POOL[7]), news(POOL[7], POOL[0]), 1, news(POOL[7])])
def test_any_course_of_things_leaves_both_libraries_alike(steps: list[Any]) -> None:
    """Items that share guids, titles, addresses, come and go; and articles that the reader deletes."""
    twin = Twin()
    chance = random.random
    storing.random.random = lambda: 0.5
    try:
        for step in steps:
            if isinstance(step, int):
                twin.both(lambda store, article=step: store.articles.remove([article]))
            else:
                twin.bring(step)
            twin.same()
    finally:
        storing.random.random = chance
        twin.close()


# The document


@CALM
@given(
    st.sampled_from([rss, rdf, atom]),
    st.lists(ITEMS, min_size=1, max_size=5),
    st.data(),
    st.sampled_from(["", " xml:lang='de'", " xml:base='http://b.test/'"]),
)
def test_any_items_in_any_order_are_what_the_whole_says(
    make: Any, items: list[str], data: Any, more: str
) -> None:
    name = "entry" if make is atom else "item"
    whole = [f"<{name}{more}>{inside}</{name}>" for inside in items]
    draw = st.lists(st.sampled_from(whole), max_size=7).map("".join)
    before, after = (make(data.draw(draw)).encode() for _ in range(2))
    try:
        found = compare(before, after)
    except parse.ParseError:
        return
    assert not found.differences


@CALM
@given(ITEMS, ITEMS, st.lists(ITEMS, min_size=1, max_size=4))
def test_any_heads_are_heeded(before: str, after: str, items: list[str]) -> None:
    entries = "".join(f"<item>{inside}</item>" for inside in items)
    try:
        found = compare(rss(entries, before).encode(), rss(entries, after).encode())
    except parse.ParseError:
        return
    assert not found.differences


X = "<x>1</x>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (news(A, B), news(A, B, attributes=" xml:lang='de'")),
        (news(A, B), news(A, B, head="<language>de</language>")),
        (news(A, B), news(A, B, attributes=" xmlns:more='urn:more'")),
        (news(A, B), news(A, B, attributes=" xml:base='http://other.test/'")),
        (news(A, B), rss(A + B).replace('version="2.0"', 'version="0.91"').encode()),
        (news(A, B), f"<rss version='2.0'{HEAD}><channel>{X}<y>{A}{B}</y></channel></rss>".encode()),
        (news(A, B), news("<![CDATA[", A, "]]>", B)),
        (news(A, B), news("<!-- ", A, " -->")),
        (news(A, B), news(item("n", text=f"<![CDATA[{A}]]>"))),
        (news(A, B), news(A, B).replace(b"</channel>", b"<title>Late</title></channel>")),
        (news(A, B), b"<!DOCTYPE rss>" + news(A, B, C)),
        (news(A, B), news(A, B, C).decode().encode("utf-16")),
        (news(A, B), news(A, B, item("\xe9")).decode().encode("latin-1")),
        (news(A, B), news(A, item("<foo:bar xmlns:foo='urn:other'/>x"), B)),
        (news(A, B), news(A, B, cutting.mark(0).decode())),
        (news(A, B), news(A, B).replace(b"</rss>", b"")),
        (
            atom("<author><name>A</name></author><entry><title>a</title></entry>").encode(),
            atom("<author><name>B</name></author><entry><title>a</title></entry>").encode(),
        ),
    ],
)
def test_what_items_depend_on_is_heeded(before: bytes, after: bytes) -> None:
    assert noted(before).items
    found = slicing.read(
        after, noted(before), lambda body, marks: parse.feed(body, address=ADDRESS, marks=marks)
    )
    assert not found.unread
    assert not compare(before, after).differences


@pytest.mark.parametrize(
    "document",
    [
        news(A, "<title>between</title>", B),
        news("<item xmlns:foo='urn:foo2'><foo:x/></item>", B),
        news(A, "<item/>"),
        news(A, item("<media:x xmlns:media='http://search.yahoo.com/mrss'/>")),
        news(A, item("p", more="<image><title>x</title></image>"), head="<image><url>u</url></image>"),
    ],
)
def test_documents_whose_items_do_not_stand_alone_are_not_noted(document: bytes) -> None:
    assert not noted(document).items


def test_comments_and_spaces_between_items_do_not_matter() -> None:
    before = news("\n", A, "<!-- one -->\n", B).replace(b"</rss>", b"</rss>\n<!-- made in 3 s -->\n")
    found = compare(before, before.replace(b"3 s", b"4 s").replace(b"one", b"two"))
    assert (found.outcome, found.unread) == ("sliced", 2)


def test_the_first_item_may_see_what_the_others_do_not() -> None:
    """After two summaries in the head, feedparser reads the first item in another way than the others."""
    head = "<itunes:summary>s</itunes:summary><description>t</description>"
    twice = "<description>u</description><itunes:summary>v</itunes:summary>"
    items = [item(f"p{n}", more=twice) for n in range(4)]
    found = compare(news(*items[1:], head=head), news(*items, head=head))
    assert (found.outcome, found.unread) == ("sliced", 2)  # what was the first one is no longer


def test_a_document_beyond_the_limit_is_read_whole() -> None:
    document = noted(news(A, B))

    def read(body: bytes, marks: int) -> ParsedFeed:
        return parse.feed(body, address=ADDRESS, marks=marks, limit=2)

    assert slicing.read(news(A, B, "<!-- -->"), document, read).unread
    assert not slicing.read(news(C, A, B), document, read).unread


def test_a_parser_that_had_to_be_killed_is_not_asked_again() -> None:
    asked: list[int] = []

    def stop(_body: bytes, marks: int) -> ParsedFeed:
        asked.append(marks)
        raise StoppedError("too long")

    with pytest.raises(StoppedError):
        slicing.read(news(A, B), noted(news(A)), stop)
    assert asked == [1]


def test_a_hostile_document_is_cut_in_linear_time() -> None:
    from time import process_time

    known = {cutting.digest(b"x")}

    def took(count: int) -> float:
        start = process_time()
        for body in (b"<item>" * count, b"<item></item>" * count, b"<item " + b"<item" * count):
            cutting.cut(body, known)
        return process_time() - start

    took(1000)
    assert took(80_000) < 40 * max(took(8_000), 0.001)


def test_slices_pass_through_the_sandbox() -> None:
    body = news(A, B, "<item/>x") + b" "
    with Sandbox() as box:
        for one in (news(A, B), body):
            assert box.feed(one, address=ADDRESS, marks=0) == parse.feed(one, address=ADDRESS, marks=0)


def test_what_is_noted_survives_the_library() -> None:
    with Store.open(":memory:") as store:
        known = Known(b"b" * 8, b"k" * 12, b"c" * 8)
        store.db.run("INSERT INTO item VALUES (1, ?, 7, ?, 0)", (known.key, known.content))
        unknown = Known(b"o" * 8, b"u" * 12, b"c" * 8)
        store.slices.put(1, b"context", [known, unknown])
        assert unpacked(*store.slices.documents([1])[1]).items == {known.raw: known}
        assert store.slices.present(1) == [known.key, unknown.key]
        assert store.slices.hold(1, [known])
        store.db.run("UPDATE item SET digest = x'00'")
        assert not store.slices.hold(1, [known])
        store.slices.clear()
        assert store.slices.documents([1]) == {}


@pytest.mark.parametrize("change", CHANGES)
def test_real_feeds_read_in_slices_say_what_they_say_whole(change: str) -> None:
    feeds = [path for path in sorted(shared("feeds").rglob("*")) if path.suffix in {".xml", ".rss", ".atom"}]
    for path in feeds[::7]:
        before, after = CHANGES[change](path.read_bytes())
        try:
            assert not compare(before, after).differences, path
        except parse.ParseError:
            continue
