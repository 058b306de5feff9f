"""The report of a news page: related items below it, marks that people type, Markdown."""

from datetime import UTC, datetime

import pytest

from reader.model import Mention
from tests.pages import entry, paragraphs


@pytest.mark.parametrize(
    ("line", "mention"),
    [
        ("- A headline", Mention("A headline")),
        ("• A headline", Mention("A headline")),
        ("12. A headline", Mention("A headline")),
        ("A headline", Mention("A headline")),
        ("**A headline**", Mention("A headline")),
        ("- [A headline](https://example.org/a)", Mention("A headline", "https://example.org/a")),
        ("A headline https://example.org/a", Mention("A headline", "https://example.org/a")),
        ("A headline — <https://example.org/a>", Mention("A headline", "https://example.org/a")),
        ("A headline (https://example.org/a_(b))", Mention("A headline", "https://example.org/a_(b)")),
        ("A headline: https://example.org/a.", Mention("A headline", "https://example.org/a")),
        ("A headline\n  https://example.org/a", Mention("A headline", "https://example.org/a")),
        ("https://example.org/a", Mention("https://example.org/a", "https://example.org/a")),
        ("A headline https://user:pass@example.org/", Mention("A headline https://user:pass@example.org/")),
        ("[A headline](javascript:alert(1))", Mention("[A headline](javascript:alert(1))")),
    ],
)
def test_listed_items_are_given_as_related(line, mention):
    article = entry(f"Headline\n\nText.\n\nRelated News\n\n{line}\n- Another\n")
    assert article.related == (mention, Mention("Another"))
    assert article.html == "<p>Text.</p>"


def test_a_wrapped_item_is_one():
    article = entry("Headline\n\nText.\n\nRelated News\n- A headline that was\n  wrapped\n- Another\n")
    assert article.related == (Mention("A headline that was wrapped"), Mention("Another"))


def test_a_heading_amid_the_text_lists_nothing():
    body = "It was said that this paragraph, below a heading, is a paragraph of the report and nothing else."
    article = entry(f"Headline\n\nText.\n\nSee also\n\n{body}\n")
    assert article.related == ()
    assert body in article.html


def test_wrapped_lines_are_one_paragraph_and_verse_is_not():
    article = entry(
        "Headline\n\nThe delegation visited the parliament, where it met with the minister for\n"
        "immigration and his\n\nO harbour\nO lights\n"
    )
    first, verse = paragraphs(article.html)
    assert first.endswith("minister for immigration and his")
    assert verse == "O harbour<br>O lights"


def test_marks_that_people_type():
    article = entry(
        "Headline\n\nIntro:\n- one\n- two\n  wrapped\n\n1. first\n2. second\n\n> quoted\n\n## Part\n\n***\n\n"
        "    a  b\n    c\n\n"
        "See https://example.org/a_(b), <b>now</b> & then.\n"
    )
    assert "<ul><li>one</li><li>two wrapped</li></ul>" in article.html
    assert '<ol start="1"><li>first</li><li>second</li></ol>' in article.html
    assert "<blockquote><p>quoted</p></blockquote>" in article.html
    assert "<h2>Part</h2>" in article.html
    assert "<hr>" in article.html
    assert "<pre>a  b\nc</pre>" in article.html
    assert '<a href="https://example.org/a_(b)">https://example.org/a_(b)</a>, ' in article.html
    assert "&lt;b&gt;now&lt;/b&gt; &amp; then." in article.html


def test_markdown_has_its_own_renderer():
    article = entry(
        "---\ntopic: World\n---\n# The *Head*\n\nBy Sok Dara\n\n**OSLO, 3 March 2024** — Text with "
        "[a link](https://e.org/) and <b>tags</b>.\n\n| a | b |\n|---|---|\n| c | d |\n\n## Related News\n\n"
        "* [One](https://e.org/1)\n* Two\n",
        marked=True,
    )
    assert (article.title, article.author, article.dateline) == ("The Head", "Sok Dara", "OSLO")
    assert article.published == datetime(2024, 3, 3, 12, tzinfo=UTC)
    assert '<a href="https://e.org/">a link</a>' in article.html
    assert "&lt;b&gt;" in article.html
    assert "<td>c</td>" in article.html
    assert "<h1" not in article.html
    assert article.related == (Mention("One", "https://e.org/1"), Mention("Two"))


def test_the_link_of_a_markdown_headline_is_the_address_of_the_article():
    article = entry("# [The Head](https://e.org/1)\n\nText.\n", marked=True)
    assert (article.title, article.url) == ("The Head", "https://e.org/1")


@pytest.mark.parametrize("words", ["*a* " * 100_000, "[" * 100_000 + "*a*"])
def test_markdown_that_would_take_long_is_drawn_as_text(words):
    article = entry(f"# Head\n\n{words}\n", marked=True)
    assert article.title == "Head"
    assert article.html == f"<p>{words.strip()}</p>"
