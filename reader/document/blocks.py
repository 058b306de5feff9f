"""The values that an article is drawn from: blocks, spans of text, numbered links."""

from __future__ import annotations

from reader.records import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the article links to; its number is its place in the document's links, from 1."""

    url: str  # canonical http(s)
    text: str = ""  # of its first mention, "" for a picture without words


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style. A line feed is a line break that the author set."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    underline: bool = False
    sup: bool = False
    sub: bool = False
    link: int | None = None  # index into Document.links


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; never blank."""

    spans: Spans
    caption: bool = False  # of the picture, film, quotation or table beside it


@dataclass(frozen=True, slots=True)
class Code:
    """Program text: every space counts."""

    text: str
    lang: str = ""  # as the page names it: "python"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in words."""

    alt: str = ""
    link: int | None = None  # where it leads, else the picture itself
    source: str = ""  # canonical http(s) address of the picture itself, "" when it has none


@dataclass(frozen=True, slots=True)
class Media:
    """A sound or film to open elsewhere."""

    kind: str  # "video", "audio" or "embedded"
    title: str = ""  # what it is called, else the host that has it
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A change of subject."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of the same length."""

    rows: tuple[tuple[Spans, ...], ...]
    header: bool = False  # the first row names the columns
    aligned: tuple[
        str, ...
    ] = ()  # of each column: "left", "centre", "right", "" where the page leaves it open


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; an item is a tuple of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    numbering: str = "1"  # "1", "a", "A", "i" or "I"
    numbers: tuple[int, ...] = ()  # of each item, where they do not simply count on from `start`


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms, each with its meaning; either may be empty."""

    items: tuple[tuple[Spans, tuple[Block, ...]], ...]


Block = Heading | Paragraph | Code | Image | Media | Rule | Table | Quote | ListBlock | DefinitionList


@dataclass(frozen=True, slots=True)
class Document:
    """An article ready to be drawn."""

    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    truncated: bool = False  # there is more: ask with `whole=True`


def spans_text(spans: Spans) -> str:
    """Return the words of spans."""
    return "".join(span.text for span in spans)
