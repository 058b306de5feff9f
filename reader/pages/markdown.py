"""Markdown to the HTML that `reader.document` draws. HTML inside it is shown as text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader import text
from reader.pages import plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MARKDOWN_MAX = 262_144  # characters; a longer page is drawn as plain text, in a tenth of the time
BRACKETS_MAX = 20_000  # "[" in a page: each may open a link, which takes the parser 10 µs to find out
HEADLINE_READ = 4_096  # characters: more than a title keeps


def render(page: str) -> str:
    """Return the HTML of CommonMark with tables and struck-out text."""
    if len(page) > MARKDOWN_MAX or page.count("[") > BRACKETS_MAX:
        return plain.render(page.split("\n"))
    html: str = _parser().render(page)
    return html


def words(line: str) -> str:
    """Return a headline without its marks."""
    return text.from_html(_parser().renderInline(line[:HEADLINE_READ]))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
