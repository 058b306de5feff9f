"""HTML, Markdown or plain text to a document: blocks that a pane, a pager or a search index can use.

Pure: no address is opened. What could do harm is dropped or becomes text: scripts, frames, forms, pictures
that count readers, links to anything but http(s). What reads and writes is loaded on demand: a first screen
needs the blocks only.
"""

from __future__ import annotations

from math import inf

from reader.document.blocks import (
    Block,
    Code,
    DefinitionList,
    Document,
    Heading,
    Image,
    Link,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)

__all__ = [
    "TEXT_AT_ONCE",
    "Block",
    "Code",
    "DefinitionList",
    "Document",
    "Heading",
    "Image",
    "Link",
    "ListBlock",
    "Media",
    "Paragraph",
    "Quote",
    "Rule",
    "Span",
    "Spans",
    "Table",
    "from_html",
    "from_markdown",
    "from_text",
    "plain_text",
    "to_markdown",
    "to_text",
]

TEXT_AT_ONCE = 100_000
"""Characters of text that are read unless the whole is asked for: some 30 screens of a book."""


def from_html(html: str, base: str = "", title: str = "", *, whole: bool = False) -> Document:
    """Return the document that HTML means.

    Links are resolved against `base`; a first heading that repeats `title` is left out. After TEXT_AT_ONCE
    characters the document is `truncated`, unless the `whole` is asked for.
    """
    from reader.document import html as reading

    return reading.read(html, base, title, _room(whole=whole))


def from_markdown(text: str, base: str = "", title: str = "", *, whole: bool = False) -> Document:
    """Return the document that Markdown means (CommonMark, tables, struck-out text); HTML in it is text."""
    from reader.document import markdown

    return markdown.read(text, base, title, _room(whole=whole))


def from_text(text: str, *, whole: bool = False) -> Document:
    """Return plain text as paragraphs; addresses in it become links."""
    from reader.document import plain

    return plain.read(text, _room(whole=whole))


def plain_text(html: str, limit: int = TEXT_AT_ONCE) -> str:
    """Return the words of HTML, a line for each block, at most `limit` characters: for index, summaries."""
    from reader.document import plain

    return plain.words(html, limit)


def to_text(document: Document, width: int = 76) -> str:
    """Return the document in lines of at most `width` cells, its links numbered and listed at the end."""
    from reader.document import text_writer

    return text_writer.write(document, width)


def to_markdown(document: Document) -> str:
    """Return the document as Markdown that means the same."""
    from reader.document import markdown_writer

    return markdown_writer.write(document)


def _room(*, whole: bool) -> float:
    return inf if whole else TEXT_AT_ONCE
