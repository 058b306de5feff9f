"""The article of a page, told apart from what stands around it."""

import pytest

from reader.extract import ExtractError, article
from reader.parse import ParseError
from reader.sandbox import Sandbox, StoppedError
from tests.extras import SENTENCE, needs_fulltext, page

pytestmark = needs_fulltext

BASE = "https://news.example/2026/ferry"


def test_the_article_comes_without_menus_and_notices():
    html = article(page(), address=BASE)
    assert SENTENCE.strip() in html
    assert "Sport" not in html
    assert "cookies" not in html


def test_its_structure_and_links_are_kept():
    extra = (
        "<h2>Fares</h2><ul><li>one way</li></ul><blockquote><p>We are glad.</p></blockquote>"
        '<p>More in <a href="/fares">the list</a>.</p><img src="boat.jpg" alt="The boat">'
        "<pre><code>if True:\n    sail()</code></pre><table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    )
    html = article(page(extra=extra), address=BASE)
    for part in (
        "<h2>Fares</h2>",
        "<li>one way</li>",
        "<blockquote>",
        "https://news.example/fares",
        "<td>1</td>",
    ):
        assert part in html
    assert 'src="https://news.example/2026/boat.jpg"' in html
    assert 'alt="The boat"' in html
    assert "<pre>if True:\n    sail()</pre>" in html


def test_a_page_in_another_encoding():
    body = page(title="Fähre fährt").decode().encode("cp1252")
    assert "Fähre" in article(body, content_type="text/html; charset=windows-1252")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0",
        b"<",
        b"<html></html>",
        page(sentences=0),
        b"<html><body><p>Please accept.</p></body></html>",
    ],
    ids=["empty", "zeros", "a bracket", "no body", "no text", "a notice"],
)
def test_a_page_without_an_article_says_so(body):
    with pytest.raises(ExtractError, match="no article was found"):
        article(body)


def test_the_worker_extracts_and_words_its_errors():
    with Sandbox() as sandbox:
        assert SENTENCE.strip() in sandbox.article(page(), address=BASE)
        with pytest.raises(ParseError, match="no article was found on this page"):
            sandbox.article(b"<html></html>")


def test_a_page_that_never_ends_is_given_up_and_the_next_one_is_read():
    with Sandbox(seconds=0.001) as hurried, pytest.raises(StoppedError, match="this page took more than"):
        hurried.article(page())


@pytest.mark.parametrize(
    "body",
    [b"<div>" * 100_000, b"<a " + b"x=1 " * 100_000, b"<p>" + b"&amp;" * 200_000, b"<!--" * 100_000],
    ids=["nesting", "attributes", "entities", "comments"],
)
def test_hostile_pages_end_in_words(body):
    words = "page"
    with Sandbox(seconds=8) as sandbox:
        try:
            sandbox.article(body)
        except ParseError as error:
            words = str(error)
    assert "page" in words
