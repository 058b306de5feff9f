"""Whole feeds of every format, as a reader wants to find them."""

from datetime import UTC, datetime

import pytest

from reader.model import Enclosure
from reader.parse import ParseError, feed

NOW = datetime(2026, 11, 23, tzinfo=UTC)

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>The &lt;b&gt;Wire&lt;/b&gt;</title><link>https://wire.test/</link><language>en-GB</language>
<item><title>Fish &amp;amp; chips</title><link>https://wire.test/1</link><guid isPermaLink="false">g1</guid>
  <pubDate>Sun, 22 Nov 2026 10:00:00 +0200</pubDate><dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>
  <description>Short</description><content:encoded><![CDATA[<p>The whole story</p>]]></content:encoded>
  <category>Food</category><category>food</category><category>UK</category>
  <enclosure url="https://wire.test/a.mp3" type="audio/mpeg" length="123"/>
  <media:content url="https://wire.test/p.jpg" medium="image"/></item>
<item><guid>https://wire.test/2</guid><description>No title here, just words.</description>
  <itunes:author>Cy</itunes:author></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://atom.test/blog/">
<title type="html">L&amp;eacute;o</title><link href="https://atom.test/"/><link rel="self" href="feed.xml"/>
<author><name>Léo</name><email>leo@atom.test</email></author><id>urn:f</id>
<entry><title type="text">Use &lt;b&gt; well</title><id>urn:1</id><link href="p1"/>
  <updated>2026-11-22T10:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
  <p>Hello <a href="p2">there</a></p></div></content>
  <summary>Short &amp; sweet</summary><category term="t1" label="Tech"/>
  <link rel="enclosure" href="a.ogg" type="audio/ogg" length="9"/></entry>
<entry><title>Two</title><id>urn:2</id><published>2026-11-20T00:00:00Z</published><updated>2026-11-21T00:00:00Z</updated>
  <author><name>Guest</name></author><content>a &lt; b
next line</content></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title><link>http://r.test/</link></channel>
<item rdf:about="http://r.test/1"><title>One</title><link>http://r.test/1</link><dc:date>2026-11-22</dc:date></item></rdf:RDF>"""

OLD_ATOM = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title>E</title>
<link rel="alternate" type="text/html" href="http://old.test/1"/><id>i</id><issued>2006-01-01T00:00:00Z</issued>
<modified>2006-01-02T00:00:00Z</modified><content type="text/html" mode="escaped">
&lt;p>x&lt;/p></content></entry></feed>"""


def test_rss():
    parsed = feed(RSS.encode(), address="https://wire.test/feed", now=NOW)
    assert (parsed.title, parsed.site, parsed.lang, parsed.dropped) == (
        "The Wire",
        "https://wire.test/",
        "en-GB",
        0,
    )
    first, second = parsed.entries
    assert (first.title, first.url, first.guid) == ("Fish & chips", "https://wire.test/1", "g1")
    assert first.published == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert first.updated is None
    assert first.author == "Ann, Bob"
    assert (first.html, first.summary) == ("<p>The whole story</p>", "Short")
    assert first.categories == ("Food", "UK")
    assert first.enclosures == (
        Enclosure("https://wire.test/a.mp3", "audio/mpeg", 123),
        Enclosure("https://wire.test/p.jpg", "image", None),
    )
    assert first.lang == "en-GB"
    assert (second.title, second.url) == ("No title here, just words.", "https://wire.test/2")
    assert (second.author, second.published, second.summary) == ("Cy", None, "")


AUDIO = "<enclosure url='/a.mp3' type='audio/mpeg'/>"


@pytest.mark.parametrize(
    ("inside", "durations"),
    [
        (f"{AUDIO}<itunes:duration>3723</itunes:duration>", [3723]),
        (f"<itunes:duration> 1:02:03 </itunes:duration>{AUDIO}", [3723]),
        (f"<itunes:duration>62:03</itunes:duration>{AUDIO}", [3723]),
        (f"<itunes:duration>00:04:22.4</itunes:duration>{AUDIO}", [262]),
        (f"<itunes:duration>an hour</itunes:duration>{AUDIO}", [None]),
        (f"<itunes:duration>0</itunes:duration>{AUDIO}", [None]),
        (f"<itunes:duration>999999999</itunes:duration>{AUDIO}", [None]),
        (f"<itunes:duration>-5</itunes:duration>{AUDIO}", [None]),
        (
            f"<enclosure url='/a.jpg' type='image/jpeg'/>{AUDIO}<itunes:duration>62</itunes:duration>",
            [None, 62],
        ),
        ("<media:content url='/a.mp4' type='video/mp4' duration='185'/>", [185]),
        (f"{AUDIO}<media:content url='/a.mp3' duration='185'/>", [185]),
        (f"{AUDIO}<itunes:duration>9</itunes:duration><enclosure url='/b.ogg' type='audio/ogg'/>", [9, None]),
    ],
)
def test_how_long_what_is_attached_plays(inside, durations):
    document = RSS.replace("<description>Short</description>", inside).replace(
        '<enclosure url="https://wire.test/a.mp3" type="audio/mpeg" length="123"/>', ""
    )
    document = document.replace('<media:content url="https://wire.test/p.jpg" medium="image"/>', "")
    first = feed(document.encode(), address="https://wire.test/feed", now=NOW).entries[0]
    assert [file.duration for file in first.enclosures] == durations


def test_atom():
    parsed = feed(ATOM.encode(), address="https://cdn.test/x", now=NOW)
    assert (parsed.title, parsed.site, parsed.lang) == ("Léo", "https://atom.test/", "fr")
    first, second = parsed.entries
    assert first.title == "Use <b> well"
    assert (first.url, first.author) == ("https://atom.test/blog/p1", "Léo")
    assert first.published == first.updated == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert first.html == '<p>Hello <a href="https://atom.test/blog/p2">there</a></p>'
    assert (first.summary, first.categories) == ("Short &amp; sweet", ("Tech",))
    assert first.enclosures == (Enclosure("https://atom.test/blog/a.ogg", "audio/ogg", 9),)
    assert second.author == "Guest"
    assert second.html == "a &lt; b<br>next line"
    assert second.published == datetime(2026, 11, 20, tzinfo=UTC)
    assert second.updated == datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "title", "url", "published"),
    [
        (RDF, "One", "http://r.test/1", datetime(2026, 11, 22, tzinfo=UTC)),
        (OLD_ATOM, "E", "http://old.test/1", datetime(2006, 1, 1, tzinfo=UTC)),
        ('<rss version="0.91"><channel><item><title>a</title><link>http://o.test/</link></item></channel></rss>',
         "a", "http://o.test/", None),
    ],
)  # fmt: skip
def test_older_formats(source, title, url, published):
    (entry,) = feed(source.encode(), now=NOW).entries
    assert (entry.title, entry.url, entry.published) == (title, url, published)


CONTENT = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"


def rss(items: str, head: str = "") -> bytes:
    return f"<rss version='2.0'><channel><title>T</title>{head}{items}</channel></rss>".encode()


def test_a_feed_without_a_title_is_called_by_its_host():
    assert feed(b"<rss version='2.0'><channel/></rss>", address="https://www.x.test/f").title == "x.test"
    assert feed(b"<rss version='2.0'><channel><link>http://y.test/</link></channel></rss>").title == "y.test"
    assert feed(b"<rss version='2.0'><channel/></rss>").title == ""


def test_relative_links_start_at_xml_base_then_the_feeds_address_then_its_site():
    item = "<item><title>a</title><link>{}/p</link></item>"
    assert feed(rss(item.format("")), address="https://a.test/f/x").entries[0].url == "https://a.test/p"
    assert feed(rss(item.format("."), "<link>http://s.test/b/</link>")).entries[0].url == "http://s.test/b/p"
    assert feed(rss(item.format(""), "<link>http://s.test/b/</link>")).entries[0].url == "http://s.test/p"
    assert feed(rss(item.format("."))).entries[0].url == ""
    based = rss(item.format(".")).replace(b"<item>", b"<item xml:base='http://b.test/c/'>")
    assert feed(based, address="https://a.test/").entries[0].url == "http://b.test/c/p"


def test_an_xml_base_ends_with_its_entry():
    items = "<item xml:base='http://b.test/'><link>1</link></item><item><link>2</link></item>"
    assert [entry.url for entry in feed(rss(items)).entries] == ["http://b.test/1", ""]


def test_a_long_base_makes_no_megabytes_of_a_kilobyte():
    base = f"http://b.test/{'b' * 4_000}/"
    links = '<a href="x">y</a>' * 1_000
    content = f"<content:encoded>{links.replace('<', '&lt;')}</content:encoded>"
    item = f"<item xml:base='{base}'>{content}</item>".replace("<item", f"<item {CONTENT}")
    (entry,) = feed(rss(item)).entries
    assert entry.html.startswith(f'<a href="{base}x">')
    assert entry.html.endswith('<a href="x">y</a>')
    assert len(entry.html) < 3 * len(links) + 20_000


def test_the_longest_text_is_the_article():
    media = "xmlns:media='http://search.yahoo.com/mrss/'"
    caption = "<media:description>photo</media:description>"
    item = f"<item {media}><description>The whole long story</description>{caption}</item>"
    (entry,) = feed(rss(item)).entries
    assert (entry.html, entry.summary) == ("The whole long story", "")


def test_blank_lines_part_paragraphs_where_there_are_no_tags():
    (entry,) = feed(rss("<item><description>one\ntwo\n\n three</description></item>")).entries
    assert entry.html == "<p>one\ntwo</p><p>three</p>"


def test_only_the_first_items_are_read():
    items = "".join(f"<item><title>{n}</title></item>" for n in range(7))
    parsed = feed(rss(items), limit=3)
    assert [entry.title for entry in parsed.entries] == ["0", "1", "2"]
    assert parsed.dropped == 4


def test_empty_items_are_nothing_to_read():
    assert feed(rss("<item/><item></item><item><guid>g</guid></item>")).entries[0].title == "(untitled)"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing here"),
        (b" \n\t\xef\xbb\xbf", "nothing here"),
        (b"<!DOCTYPE html><html><head><link rel=alternate></head></html>", "try `newsread add ADDRESS`"),
        (b"<HTML><body>hi", "web page"),
        (b"just words", "this is text"),
        (b"http://x.test/feed.xml", "this is text"),
        (b"/etc/passwd", "this is text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(32)) * 40, "binary"),
        (b"<opml version='2.0'><body/></opml>", "newsread import"),
        (b"<urlset><url/></urlset>", "sitemap"),
        (b"<note><to>you</to></note>", "outermost element is <note>"),
        (b"<rss version='2.0'><channel><title>T</title><item><title>A", "breaks off"),
        (b"<rss><<<<</rss>", "damaged"),
        (b"{}", "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b"\x1f\x8b\x08junk", "gzip"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_in_one_line(body, words):
    with pytest.raises(ParseError, match=words) as caught:
        feed(body)
    assert "\n" not in str(caught.value)


def test_the_refusal_of_a_page_names_its_address():
    with pytest.raises(ParseError, match=r"`newsread add https://p\.test/`"):
        feed(b"<html></html>", address="https://p.test")
