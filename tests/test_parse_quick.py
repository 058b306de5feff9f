"""The fast path says what feedparser says of the same feed, or leaves the feed to it."""

import string
from time import process_time

import pytest
from feedparser.datetimes import _parse_date
from feedparser.html import _cp1252
from feedparser.mixin import _FeedParserMixin
from feedparser.urls import _urljoin
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.parse import dates, feed, quick
from reader.parse.quick import names, texts
from reader.parse.quick.elements import HANDLERS
from tests.made_feeds import CALM, FEEDS, atom, outcome, rdf, rss, spoilt
from tests.peers.compare_parsers import ADDRESS
from tests.shared import shared

XHTML = "xmlns='http://www.w3.org/1999/xhtml'"

# What is taken


@pytest.mark.parametrize(
    "inside",
    [
        "<title>A&amp;B</title><link>/x</link><guid>y</guid><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>",
        "<guid isPermaLink='false'>/y</guid><description>a</description><description>b</description>",
        "<author>j@x.org (J)</author><dc:creator>A</dc:creator>",
        "<author>Ann</author><atom:author><atom:name>Bo</atom:name></atom:author>",
        "<description>a &lt;b&gt;c</description><content:encoded><![CDATA[<p>x</p>]]></content:encoded>",
        "<itunes:summary>a &lt;b&gt;c&lt;/b&gt;</itunes:summary><media:description>d</media:description>",
        "<category domain='d'>a</category><category>a</category><itunes:keywords>x, y,,x</itunes:keywords>",
        "<enclosure url='a.mp3' length='1' type='AUDIO/mpeg'/><media:content url='p.jpg' medium='image'/>",
        "<itunes:duration>1:02</itunes:duration><media:content url='a.mp3' duration='9'/>",
        "<foo:bar><itunes:duration> 62 </itunes:duration></foo:bar><itunes:duration>63</itunes:duration>",
        "<media:title>M</media:title><title>T</title><foo:bar x='1'><title>deep</title></foo:bar>",
        "<guid>a</guid><media:group><guid>b</guid></media:group><pubDate>2026-11-22</pubDate>",
        "<author>Ann<content>x</content></author><content>y</content>",
        "<source url='http://s.test/'>S</source><title>after</title>",
        "<image><url>http://i.test/</url><title>I</title></image><georss:point>1 2</georss:point>",
        "<title>Ã© \x93q\x94</title><dc:date>2026-11-22T10:00:00+02:00</dc:date><dc:date>never</dc:date>",
        "<link>http://x.test/?a=1&amp;amp;b;=2</link><comments>c</comments><foo:date rel='x'/>",
    ],
)  # fmt: skip
def test_plain_items_are_taken_as_feedparser_takes_them(inside):
    for document in (
        rss(f"<item>{inside}</item>" * 2),
        rdf(f"<item rdf:about='http://r.test/1'>{inside}</item>"),
    ):
        for address in (ADDRESS, ""):
            assert outcome(document, address=address) == "equal"


@pytest.mark.parametrize(
    "inside",
    [
        "<title type='html'>&lt;i&gt;a</title><id>urn:1</id><updated>2026-11-22T10:00:00Z</updated>",
        f"<content type='xhtml' lang='en'> <div {XHTML}>a <b id='x&quot;y'>b &lt;</b><br/></div></content>",
        f"<content type='xhtml'><div {XHTML}>a</div><div {XHTML}>b</div></content>",
        "<author><name>A</name><uri>u</uri></author><author><email>b@x.org</email></author>",
        "<link href='a'/><link rel='enclosure' href='b' type='audio/ogg' length='3'/>",
        "<link href='a'/><link type='text/plain' href='b'/><link type='HTML' href='c'/><link/>",
        "<content type='html' xml:base='sub/'>&lt;a href='x'&gt;</content><summary>s</summary>",
        "<source><title>S</title><link href='s'/><author><name>N</name></author></source><title>own</title>",
        "<category term='t' label='L'/><category term='t' label='L'/><published>2026-11-22</published>",
    ],
)  # fmt: skip
def test_plain_entries_are_taken_as_feedparser_takes_them(inside):
    document = atom(
        f"<entry xml:lang='de'>{inside}</entry>" * 2, " xml:lang='fr_FR' xml:base='http://b.test/x/'"
    )
    for address in (ADDRESS, ""):
        assert outcome(document, address=address) == "equal"


def test_items_beyond_the_limit_are_passed_over():
    items = "".join(f"<item><title>{n}</title><x y='1'>z</x></item>" for n in range(9))
    assert outcome(rss(items), limit=2) == "equal"
    assert outcome(rss(items), limit=0) == "equal"


def test_long_texts_and_documents():
    long = "word &amp; " * 30_000
    assert outcome(rss(f"<item><description>{long}</description></item>" * 3)) == "equal"
    xhtml = f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{long}</div></content>"
    assert outcome(atom(f"<entry>{xhtml}</entry>" * 3)) == "equal"


@pytest.mark.parametrize(
    "prolog",
    [
        "\ufeff",
        "\n\n",
        "<?xml version='1.0' encoding='latin1'?>",
        "<!-- hi -->",
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>",
    ],
)
def test_what_stands_before_the_feed_does_not_matter(prolog):
    assert outcome(prolog + rss("<item><title>é</title></item>")) == "equal"


# What is left to feedparser


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (rss("<item><title>a</b></item>"), "ill-formed"),
        (rss("<item><title>&nbsp;</title></item>"), "ill-formed"),
        (rss("<item><description>a <b>c</b></description></item>"), "markup in a text"),
        (rss("<item><link>a<x/></link></item>"), "markup in a text"),
        (rss("<item><item/></item>"), "item"),
        (rss("<item xml:base='ftp://x/'/>"), "xml:base"),
        (rss("<item><title type='image/png'>x</title></item>"), "type or mode of text"),
        (rss("<item><title mode='base64'>x</title></item>"), "type or mode of text"),
        (rss("<item><guid foo:isPermaLink='false'>x</guid></item>"), "attributes"),
        (rss("<item><guid isPermaLink='false' ispermalink='true'>x</guid></item>"), "attributes"),
        (rss("<item><links>x</links></item>"), "element links"),
        (rss("<item><title xmlns='urn:x'>x</title></item>"), "unknown default namespace"),
        (rss("<item><foo:x xmlns:foo='urn:other'/></item>"), "namespace"),
        (rss("<item/>", attributes=" xmlns:a='urn:x y'"), "ill-formed"),
        (rss("<item><link rel='enclosure'>x</link></item>"), "link"),
        (rss("<item><dc:creator>" + "a" * 600 + "</dc:creator></item>"), "long name or category"),
        (rss("<item>" + "<category>a</category>" * 201 + "</item>"), "limits"),
        (rss("<item>" + "<x>" * 256 + "</x>" * 256 + "</item>"), "limits"),
        (rss("<x " + " ".join(f"a{n}=''" for n in range(101)) + "/>"), "limits"),
        (rss("<x " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(101)) + "/>"), "limits"),
        (rss("<item><title>" + "a" * (2 * 1024 * 1024 + 1) + "</title></item>"), "long text"),
        (atom("<entry><content type='xhtml'><title/></content></entry>"), "foreign markup in xhtml"),
        ("<rss version='2.0'><channel/></rss><x/>", "ill-formed"),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "no version"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_handed_over(document, reason):
    with pytest.raises(quick.Doubt, match=f"^{reason}$"):
        quick.read(document, address=ADDRESS, limit=10)


def test_a_doctype_is_never_read():
    with pytest.raises(quick.Doubt, match="DOCTYPE"):
        quick.read("<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss(""), address="", limit=1)
    assert not quick.plain("<!DOCTYPE rss>" + rss(""))


@pytest.mark.parametrize(
    "reference", ["&#7;", "&#x1b;", "&#xD800;", "&#X41;", "&#1114112;", "&#0;", "&#65535;"]
)
def test_references_that_are_cleaned_away_are_not_plain(reference):
    assert not quick.plain(rss(f"<item><description><![CDATA[{reference}]]></description></item>"))
    assert outcome(rss(f"<item><description><![CDATA[a{reference}b]]></description></item>")) == "equal"


@pytest.mark.parametrize(
    "pump",
    [
        "\n" * 500_000,
        "<?xml-stylesheet " * 50_000,
        "<!---" * 100_000,
        "&#" * 250_000,
        "<?xml " + " " * 500_000,
    ],
)
def test_the_look_before_takes_no_time(pump):
    start = process_time()
    quick.plain(pump)
    quick.plain(pump + rss(pump))
    assert process_time() - start < 0.5


# The tables are feedparser's


def test_namespaces_are_feedparsers():
    assert {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()} == names.PREFIXES


def test_every_element_that_feedparser_knows_is_known_or_left_out():
    methods = [name for name in dir(_FeedParserMixin) if name.startswith(("_start_", "_end_"))]
    theirs = {name.removeprefix("_start_").removeprefix("_end_") for name in methods}
    plain = {"itunes_duration"}  # it keeps their text without any code of their own
    assert theirs | plain == (HANDLERS.keys() | names.LEFT_OUT)
    assert not HANDLERS.keys() & names.LEFT_OUT


def test_windows_characters_are_feedparsers():
    assert _cp1252 == texts.CP1252


DATES = st.one_of(
    st.datetimes().map(lambda when: when.isoformat() + "Z"),
    st.from_regex(texts._ISO, fullmatch=True),
    st.from_regex(texts._RFC822, fullmatch=True),
    st.text("0123456789-:TZ+., GMTSunNovEDT", max_size=32),
)


@given(DATES)
@example("2026-11-22T23:59:60Z")
@example("Sun, 31 Feb 2026 10:00:00 GMT")
@example("22 Nov 2026 10:00:00 -9999")
def test_quick_dates_are_feedparsers(text):
    if quickly := texts._quick_date(text):
        assert quickly == dates.from_fields(_parse_date(text))


ADDRESSES = st.text(string.ascii_letters[:30] + "0:/?#&;=%.@[]\\ é\n-_~+,!$()*'", max_size=30)


@given(
    st.one_of(
        ADDRESSES, ADDRESSES.map("http://".__add__), st.from_regex(texts._PLAIN_ADDRESS, fullmatch=True)
    )
)
@example("x http:////y")
def test_addresses_are_resolved_as_feedparser_does(address):
    for base in ("http://b.test/x/y?z", "https://b.test", "HTTP://B.test/;p"):
        assert texts.resolved(base, address) == _urljoin(base, address)


# Feeds made up, and feeds spoilt


@given(FEEDS, st.sampled_from([ADDRESS, "", "http://x.test"]), st.sampled_from([2000, 1]))
@CALM
def test_made_up_feeds(document, address, limit):
    outcome(document, address=address, limit=limit)


@given(spoilt(FEEDS))
@CALM
def test_spoilt_feeds(document):
    outcome(document)


@pytest.mark.slow
def test_spoilt_real_feeds():
    corpus = [
        path for path in sorted(shared("feeds").rglob("*")) if path.is_file() and path.stat().st_size < 40_000
    ]
    documents = st.sampled_from(corpus).map(lambda path: path.read_text("utf-8", "replace"))

    @given(spoilt(documents), st.sampled_from([2000, 1]))
    @settings(CALM, max_examples=3000)
    def run(document, limit):
        outcome(document, limit=limit)

    run()


def test_hostile_feeds_take_no_time():
    pumps = ["<a>" * 20_000, "<author>" + "a" * 65_536 + "</author>", "<category>a</category>" * 20_000]
    start = process_time()
    for pump in pumps:
        with pytest.raises(quick.Doubt):
            quick.read(rss(f"<item>{pump}</item>"), address="", limit=2000)
    assert process_time() - start < 1
    assert feed(rss("<item><title>a</title></item>").encode()).entries
