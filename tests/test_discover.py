"""The feeds that a page announces."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import text
from reader.discover import CANDIDATES_MAX, Candidate, feeds

HERE = "https://x.test/blog/post"


def link(href: str, kind: str = "application/rss+xml", more: str = 'rel="alternate"') -> str:
    return f'<link {more} type="{kind}" href="{href}">'


def test_announced_feeds_in_the_pages_order_comments_last():
    page = (
        "<html><head>"
        + link("/comments/feed/", more='rel="alternate" title="Blog » Comments Feed"')
        + link("feed.xml", "application/atom+xml", 'REL="home Alternate" title="The &lt;b&gt;Blog&lt;/b&gt;"')
        + link("//cdn.test/f.json", "application/feed+json; charset=utf-8")
        + link("/feed/")
        + link("https://X.test/feed/")
    )
    assert feeds(page, HERE) == (
        Candidate("https://x.test/blog/feed.xml", "The Blog", "Atom"),
        Candidate("https://cdn.test/f.json", "", "JSON Feed"),
        Candidate("https://x.test/feed/", "", "RSS"),
        Candidate("https://x.test/comments/feed/", "Blog » Comments Feed", "RSS"),
    )


def test_the_base_element_counts():
    assert feeds('<base href="/other/">' + link("f"), HERE)[0].url == "https://x.test/other/f"
    assert feeds('<base href="javascript:x">' + link("f"), HERE)[0].url == "https://x.test/blog/f"


@pytest.mark.parametrize(
    "page",
    [
        "",
        link("javascript:alert(1)"),
        link("file:///etc/passwd"),
        link("/f", "text/html"),
        link("/style", "text/css", 'rel="alternate stylesheet"'),
        link("/wp-json/wp/v2/posts/1", "application/json"),
        link("/f", more='rel="self"'),
        link(HERE),
        f"<p>{text.UNTITLED}</p><!-- {link('/f')} -->",
    ],
)
def test_what_is_no_announcement(page):
    assert feeds(page, HERE) == ()


@pytest.mark.parametrize("more", ['rel="alternate"', 'rel="feed"'])
def test_vague_types_count_where_the_address_looks_like_a_feed(more):
    assert feeds(link("/rss", "text/xml", more), HERE) == (Candidate("https://x.test/rss", "", ""),)


def test_pages_in_other_encodings():
    page = '<meta charset="windows-1251">' + link("/f", more='rel="alternate" title="Новости"')
    assert feeds(page.encode("cp1251"), HERE)[0].title == "Новости"


def test_a_page_of_feeds_is_bounded():
    start = process_time()
    assert len(feeds("".join(link(f"/{n}") for n in range(100_000)), HERE)) == CANDIDATES_MAX
    assert process_time() - start < 4


PIECES = st.sampled_from(
    ["<link ", 'rel="alternate" ', 'type="application/rss+xml" ', 'href="', "f", '"', ">", "<base ", "\x00"]
)


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map("".join)), st.text(max_size=20))
def test_any_page_gives_addresses(page, address):
    for candidate in feeds(page, address):
        assert candidate.url == text.address(candidate.url) != ""
        assert candidate.title == text.one_line(candidate.title)
