"""Saved web pages: the article out of its page."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import text
from reader.pages import newspage, web

WRITTEN = datetime(2024, 7, 1, tzinfo=UTC)
LONG = "A report that is long enough to be one. " * 5

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Head | The Post</title>
<meta property="og:site_name" content="The Post"><meta name="author" content="Sok Dara">
<meta property="article:published_time" content="2024-06-13T10:00:00+07:00">
<meta property="article:section" content="World"><meta name="keywords" content="ferry, Port Lumen">
<link rel="canonical" href="https://example.org/a"></head>
<body><header><h1>The Post</h1></header><nav><a href="/">Home</a></nav>
<main><article><h1>The <em>Head</em></h1><p>PORT LUMEN, 12 June 2024 — {LONG}</p>
<aside>Subscribe!</aside><script>alert(1)</script><p>More.</p></article></main>
<footer>© Post</footer></body></html>"""


def parsed(body, address=""):
    return web.parse(body, newspage.File("page.html", guid="g", modified=WRITTEN), address=address)


def entry(body, address=""):
    return parsed(body, address).entries[0]


def test_the_article_of_a_page():
    feed = parsed(PAGE)
    article = feed.entries[0]
    assert (feed.title, feed.lang) == ("The Post", "en-GB")
    assert (article.title, article.author, article.dateline) == ("The Head", "Sok Dara", "PORT LUMEN")
    assert article.published == datetime(2024, 6, 13, 3, tzinfo=UTC)
    assert article.url == "https://example.org/a"
    assert article.categories == ("World", "ferry", "Port Lumen")
    assert LONG.strip() in article.html
    assert "More." in article.html
    for around in ("Subscribe", "alert", "Home", "© Post"):
        assert around not in article.html


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ('<meta property="og:title" content="From og &amp; more"><h1>From h1</h1>', "From og & more"),
        ("<title>From title</title><h1>From <b>h1</b></h1>", "From h1"),
        ("<title>From&nbsp;title</title><p>x", "From title"),
        ("<p>x", "page.html"),
        ("", "page.html"),
        ("\x1b]0;x\x07<h1>He\x1b[2Jad\u202e</h1>", "Head"),
    ],
)
def test_where_the_title_comes_from(body, title):
    assert entry(body).title == title


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ('<meta name="date" content="2024-06-13">', datetime(2024, 6, 13, 12, tzinfo=UTC)),
        ('<time datetime="2024-06-13T10:00Z">then</time>', datetime(2024, 6, 13, 10, tzinfo=UTC)),
        ("<p>OSLO, 13 June 2024 — Text", datetime(2024, 6, 13, 12, tzinfo=UTC)),
        ('<meta name="date" content="3024-06-13">', WRITTEN),
        ("", WRITTEN),
    ],
)
def test_where_the_date_comes_from(head, when):
    assert entry(head + "<p>Text").published == when


def test_a_teaser_is_not_the_article():
    body = f"<body><article>Read on</article><div><p>{LONG}</p></div></body>"
    assert LONG.strip() in entry(body).html


def test_the_address_it_was_fetched_from_stands_where_the_page_gives_none():
    assert entry("<p>x", "https://example.org/b").url == "https://example.org/b"
    assert (
        entry('<link rel="canonical" href="/c"><p>x', "https://example.org/b").url == "https://example.org/c"
    )
    assert entry('<link rel="canonical" href="javascript:x"><p>x').url == ""


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "core",
        "<!--" * 250_000,
        "<a " * 200_000,
        "<meta name=x content=y" * 100_000,
        "<title" * 200_000,
        "<article>" * 50_000,
        "".join(f"<font size={n}>" for n in range(190)) + "<p>x" * 5000,
        "<h1>" * 100_000,
        "<p>" + "x " * 1_000_000,
    ],
)
def test_hostile_pages_take_time_in_proportion(body):
    began = time.process_time()
    entry(body)
    assert time.process_time() - began < 4


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "<article>",
                "<h1>",
                "</h1>",
                "<p>",
                "<meta name=author content='",
                "<title>",
                "x",
                ">",
                "&#27;",
                "<html lang='\x9b'",
            ]
        )
    ).map("".join)
)
def test_any_text_is_a_page(body):
    feed = parsed(body)
    (article,) = feed.entries
    assert article.title == text.title(article.title)
    assert article.author == text.one_line(article.author)
    assert feed.lang == text.one_line(feed.lang)
