"""Subscriptions in and out: OPML as readers write it and as people break it, newsboat's urls."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import text
from reader.model import Feed
from reader.opml import OpmlError, Subscription, read, tagged, topic_path, write_opml
from tests.shared import shared


def opml(body: str, version: str = "2.0") -> bytes:
    head = f'<?xml version="1.0"?><opml version="{version}"><head><title>t</title></head>'
    return f"{head}<body>{body}</body></opml>".encode()


def one(outline: str) -> Subscription:
    (subscription,) = read(opml(outline)).subscriptions
    return subscription


@pytest.mark.parametrize(
    ("outline", "wanted"),
    [
        ('<outline text="A" title="B" type="rss" xmlUrl="http://a.test/f" htmlUrl="http://a.test/"/>',
         Subscription("http://a.test/f", "A", "", "http://a.test/")),
        ('<outline title="only" xmlUrl="http://a.test/f"/>', Subscription("http://a.test/f", "only")),
        ("<outline xmlUrl='http://a.test/f'></outline>", Subscription("http://a.test/f")),
        ('<OUTLINE TEXT="A" XMLURL="http://a.test/f" />', Subscription("http://a.test/f", "A")),
        ('<outline text="A" type="rss" url="http://a.test/f"/>', Subscription("http://a.test/f", "A")),
        ('<outline text="A" xmlUrl="feed://a.test/f"/>', Subscription("http://a.test/f", "A")),
        ('<outline text="A" xmlUrl="feed:https://a.test/f"/>', Subscription("https://a.test/f", "A")),
        ('<outline text="F"><outline title="G"><outline text="A" xmlUrl="http://a.test/f"/></outline></outline>',
         Subscription("http://a.test/f", "A", "F/G")),
        ('<outline xmlUrl="" text="F"><outline text="A" xmlUrl="http://a.test/f"/></outline>',
         Subscription("http://a.test/f", "A", "F")),
        ('<outline text="A" category="/x/y, z" xmlUrl="http://a.test/f"/>',
         Subscription("http://a.test/f", "A", "x/y", "", ("x/y", "z"))),
        ('<outline text="A" category=",y, z" xmlUrl="http://a.test/f"/>',
         Subscription("http://a.test/f", "A", "", "", ("y", "z"))),
        ('<outline text="F"><outline text="A" category="c" xmlUrl="http://a.test/f"/></outline>',
         Subscription("http://a.test/f", "A", "F", "", ("c",))),
        ('<outline text="A &amp; B &#8217; &eacute;" xmlUrl="http://a.test/f?a=1&amp;b=2"/>',
         Subscription("http://a.test/f?a=1&b=2", "A & B ’ é")),
        ('<outline text="A & B" xmlUrl="http://a.test/f?a=1&copy=2"/>',
         Subscription("http://a.test/f?a=1&copy=2", "A & B")),
        ('<outline text="a&#27;]0;x&#7;b\u202ec\u009d" xmlUrl="http://a.test/f"/>',
         Subscription("http://a.test/f", "abc")),
        ('<!-- <outline xmlUrl="http://no.test/"/> --><outline text="1 < 2 > 1" xmlUrl="http://a.test/f"/>',
         Subscription("http://a.test/f", "1 < 2 > 1")),
    ],
)  # fmt: skip
def test_outlines(outline, wanted):
    assert one(outline) == wanted


def test_opml_1_in_other_encodings():
    source = opml('<outline title="Café" xmlUrl="http://a.test/f"/>', "1.0").decode()
    for codec in ("utf-16", "utf-8-sig", "iso-8859-1", "latin-1"):
        body = source.replace('"1.0"?', f'"1.0" encoding="{codec.removesuffix("-sig")}"?').encode(codec)
        assert read(body).subscriptions[0].title == "Café"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("|/bin/sh -c evil", "runs a command"),
        ("exec:touch /tmp/x", "runs a command"),
        (" EXEC:touch /tmp/x", "runs a command"),
        ("filter:sh:http://a.test/", "through a command"),
        ("query:x:unread", "query"),
        ("file:///etc/passwd", "local file"),
        ("/etc/passwd", "local file"),
        ("javascript:alert(1)", "no web address"),
        ("data:text/xml,x", "no web address"),
        ("-oProxyCommand=x", "no web address"),
        ("ftp://a.test/x", "no web address"),
        ("http://", "no web address"),
        ("//a.test/f", "no web address"),
        ("not a url", "no web address"),
        (" ", "no address"),
        ("http://me:secret@a.test/f", "password"),
    ],
)
def test_refused_addresses_are_listed_with_the_reason(address, reason):
    imported = read(
        opml(f'<outline text="N" xmlUrl="{address}"/><outline text="ok" xmlUrl="http://a.test/f"/>')
    )
    assert [subscription.title for subscription in imported.subscriptions] == ["ok"]
    (refused,) = imported.refused
    assert reason in refused.reason
    assert refused.text.startswith("N:")
    assert "secret" not in refused.text


def test_other_lists_are_not_followed():
    imported = read(
        opml('<outline type="include" text="inc" url="http://a.test/x.opml"/><outline text="note"/>')
    )
    assert not imported.subscriptions
    assert [(refused.text, "include" in refused.reason) for refused in imported.refused] == [("inc", True)]


def test_an_address_counts_once_and_later_entries_fill_its_gaps():
    imported = read(
        opml(
            '<outline xmlUrl="http://a.test/f"/><outline text="F"><outline text="A" xmlUrl="HTTP://A.test:80/f"/>'
            '<outline text="B" xmlUrl="http://a.test/f"/></outline>'
        )
    )
    assert imported.subscriptions == (Subscription("http://a.test/f", "A", "F"),)
    assert imported.repeated == 2


FEEDS = "".join(f'<outline text="{n}" xmlUrl="http://a.test/{n}"/>' for n in range(4))


@pytest.mark.parametrize(
    ("body", "count", "damage"),
    [
        (opml(FEEDS), 4, ""),
        (opml(FEEDS)[:-30], 3, "breaks off"),
        (opml(FEEDS).replace(b'="2"', b'="2'), 3, "1 of its entries is damaged"),
        (opml(FEEDS).replace(b'="1"', b'="1').replace(b'="2"', b'="2'), 2, "2 of its entries are damaged"),
        (opml(FEEDS + "<b><outline></i>"), 4, ""),
        (opml(FEEDS).replace(b"<body>", b"<body></outline></outline>"), 4, ""),
        (opml(FEEDS) + b"<script>x</script>", 4, ""),
        (opml(FEEDS).replace(b"<opml", b'<!DOCTYPE o [<!ENTITY a "b">]><opml'), 4, ""),
    ],
)
def test_what_is_readable_of_a_broken_list_is_read(body, count, damage):
    imported = read(body)
    assert len(imported.subscriptions) == count
    assert damage in imported.damage
    assert bool(damage) == bool(imported.damage)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing in this file"),
        (b"<html><body>", "web page"),
        (b"<rss version='2.0'/>", "newsread add FILE"),
        (b"<note/>", "no list of subscriptions"),
        (opml(""), "no feeds in this list"),
        (opml('<outline text="folder"/>'), "no feeds in this list"),
        (b"\x00\xff\x01", "neither OPML nor"),
        (b"hello\nworld", "neither OPML nor"),
        (b" " * (17 << 20), "larger than 16 MiB"),
    ],
)
def test_what_is_no_list_is_refused_in_words(body, words):
    with pytest.raises(OpmlError, match=words) as caught:
        read(body)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        opml('<outline text="d">' * 200_000 + '<outline xmlUrl="http://a.test/f"/>'),
        opml('<outline text="a ' * 200_000),
        opml("<outline " * 200_000),
        opml("<outline '\" " * 200_000),
        opml("<!--" * 200_000),
        opml(f'<outline {"a" * 10_000_000} xmlUrl="http://a.test/f"/>'),
        opml("<outline " + " ".join(f"a{n}=''" for n in range(100_000)) + ' xmlUrl="http://a.test/f"/>'),
        opml('<outline xmlUrl="http://a.test/f"/>' * 60_000),
        b'http://a.test/f "' + b'\\"' * 500_000,
    ],
)  # fmt: skip
def test_no_list_takes_long(body):
    start = process_time()
    try:
        imported = read(body)
    except OpmlError:
        return
    finally:
        assert process_time() - start < 4
    assert len(imported.subscriptions) <= 1


def test_what_freshrss_makes_of_pages_is_refused():
    made = '<outline text="P" type="HTML+XPath" xmlUrl="http://a.test/p" frss:xPathItem="//a"/>'
    imported = read(opml(made + '<outline xmlUrl="http://a.test/f"/>'))
    assert [one.url for one in imported.subscriptions] == ["http://a.test/f"]
    (refused,) = imported.refused
    assert (refused.text, "type “html+xpath”" in refused.reason) == ("P: http://a.test/p", True)


def test_only_the_first_outlines_are_read():
    feeds = "".join(f'<outline xmlUrl="http://a.test/{n}"/>' for n in range(20_001))
    imported = read(opml(feeds))
    assert len(imported.subscriptions) == 20_000
    assert "more than 20,000" in imported.damage


URLS = r"""# a comment
http://a.test/1 world "~The Wire"
http://a.test/2 "my tag" tech  # why
http://a.test/3 ! "~Hidden one" muted
"http://a.test/4" "~Say \"hi\""
file:///tmp/news/a%20b.xml local
"exec:~/bin/make.sh" scripts
"filter:~/bin/clean.py:http://a.test/5" filtered
"query:Unread:unread = \"yes\""
nonsense

"""


def test_newsboats_urls():
    imported = read(URLS.encode())
    assert imported.subscriptions == (
        Subscription("http://a.test/1", "The Wire", "world", tags=("world",)),
        Subscription("http://a.test/2", "", "my tag", tags=("my tag", "tech")),
        Subscription("http://a.test/3", "Hidden one", "muted", tags=("muted",), hidden=True),
        Subscription("http://a.test/4", 'Say "hi"'),
        Subscription("/tmp/news/a b.xml", "", "local", tags=("local",), local=True),
    )
    assert [refused.text.partition(":")[0] for refused in imported.refused] == [
        "exec",
        "filter",
        "query",
        "nonsense",
    ]


def stored(url: str, title: str = "", topic: str = "", site: str = "", tags: tuple[str, ...] = ()) -> Feed:
    return Feed(id=1, url=url, title=title, topic=topic, site=site, tags=tags)


def test_written_lists_have_folders_for_topics():
    feeds = [
        stored("http://a.test/1", "One", "B/C"),
        stored("http://a.test/2", "Two"),
        stored("http://a.test/3", "3", "B"),
    ]
    written = write_opml(feeds).decode()
    assert (
        written.index("Two")
        < written.index('text="B"')
        < written.index('text="3"')
        < written.index('text="C"')
    )
    assert written.count("<outline") == 5
    assert written.count("</outline>") == 2


LINES = st.text(max_size=30).map(text.one_line)
PATHS = st.lists(st.text(max_size=12), max_size=5).map(topic_path)
ADDRESSES = st.text(max_size=20).map(lambda path: text.address("https://a.test/" + path)).filter(bool)


TAGS = st.lists(st.text(max_size=12), max_size=3).map(tagged)
FEEDS = st.builds(stored, ADDRESSES, LINES, PATHS, tags=TAGS)


@given(st.lists(FEEDS, unique_by=lambda feed: feed.url, min_size=1))
def test_reading_what_was_written_is_the_identity(feeds):
    imported = read(write_opml(feeds))
    assert {(found.url, found.title, found.topic, found.tags) for found in imported.subscriptions} == {
        (feed.url, feed.title, feed.topic, feed.tags) for feed in feeds
    }
    assert (imported.refused, imported.repeated, imported.damage) == ((), 0, "")


PIECES = st.sampled_from(
    ['<outline text="a"', ' xmlUrl="http://a.test/"', ">", "/>", "</outline>", '"', "'", "<", "&", "\x1b"]
)


@given(
    st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=30).map(lambda parts: opml("".join(parts))))
)
def test_any_bytes_give_a_list_or_a_sentence(body):
    try:
        imported = read(body)
    except OpmlError as error:
        lines = [str(error)]
    else:
        assert all(found.url == text.address(found.url) or found.local for found in imported.subscriptions)
        lines = [line for found in imported.subscriptions for line in (found.title, found.topic)]
        lines += [line for refused in imported.refused for line in (refused.text, refused.reason)]
    assert lines == [text.one_line(line) for line in lines]


@pytest.mark.parametrize(
    ("name", "count"), [("netnewswire-subs", 206), ("feeder-rssguard_1", 30), ("awesome-France", 11)]
)
def test_lists_of_other_readers(name, count):
    imported = read((shared("migrate") / f"{name}.opml").read_bytes())
    assert (len(imported.subscriptions), imported.refused, imported.damage) == (count, (), "")
    feeds = [
        stored(found.url, found.title, found.topic, found.site, found.tags)
        for found in imported.subscriptions
    ]
    assert set(read(write_opml(feeds)).subscriptions) == set(imported.subscriptions)
