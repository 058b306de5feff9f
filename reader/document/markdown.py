"""Markdown to a document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader.document import html, plain
from reader.document.blocks import Document

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MARKDOWN_MAX = 200_000  # characters; a row of "![" takes 15 µs for each: longer text is shown as it stands


def read(text: str, base: str, title: str, room: float) -> Document:
    """Return the document that Markdown means (see `reader.document.from_markdown`)."""
    if len(text) > MARKDOWN_MAX:
        return plain.read(text, room)
    return html.read(_parser().render(text), base, title, room)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
