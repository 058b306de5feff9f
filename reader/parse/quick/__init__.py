"""The fast path: plain well-formed RSS, Atom and RDF by expat alone, everything doubtful left to feedparser.

    document -> Machine (expat's events, feedparser's order of things) -> elements -> Context -> RawFeed

What it returns equals what `reader.parse.xml` makes of the same document: `python -m
tests.peers.compare_parsers` compares the two over any feeds. What is not repeated exactly raises Doubt. It
takes time in proportion to the document, expands no entity, and goes no deeper, wider or longer than the
survey lets feedparser go.
"""

from __future__ import annotations

import re

from reader.parse.quick.machine import Machine
from reader.parse.quick.slices import Slicer
from reader.parse.quick.state import Doubt
from reader.parse.raw import RawFeed
from reader.parse.xml import NOWHERE, placed

__all__ = ["Doubt", "plain", "read"]

_START = re.compile(
    r"\s*+(?:<\?xml\s[^>]*+>)?+\s*+"
    r"(?:<\?xml-stylesheet\s[^>]*+>\s*+|<!--(?:[^-]++|-(?!->))*+-->\s*+)*+<(?:rss|feed|rdf:RDF)[\s>]"
)
_HARMLESS = (
    r"0{0,4}(?:9|10|13|3[2-9]|[4-9]\d|[1-9]\d{2,3}|[1-4]\d{4}|[7-9]\d{4}|1\d{5})",
    r"x0{0,4}(?:[9aAdD]|[2-9a-fA-F][\da-fA-F]|[1-9a-cA-C][\da-fA-F]{2,3}|[efEF][\da-eA-E][\da-fA-F]{2})",
    r"x1[\da-fA-F]{4}",
)
_REFERENCE = re.compile(rf"&#(?!(?:{'|'.join(_HARMLESS)});)", re.ASCII)


def plain(text: str) -> bool:
    """Return whether cleaning (xmltext.clean) would leave a well-formed text as it is but for its prolog."""
    return bool(_START.match(text)) and ("&#" not in text or not _REFERENCE.search(text))


def read(text: str, *, address: str, limit: int, marks: int | None = None) -> RawFeed:
    """Return what the feed in `text` (XML) states; at most `limit` items of it. Raises Doubt.

    With `marks` its slices are told, too; so many marks must stand in it for items that are not there.
    """
    base = address or NOWHERE
    slicer = None if marks is None else Slicer(marks)
    machine = Machine(base, limit, slicer)
    try:
        document = text.encode()
    except UnicodeEncodeError as error:
        raise Doubt("half a character") from error
    machine.run(document)
    feed = machine.feed
    link = placed(feed.values.get("link"))
    lang = feed.values.get("language", "")
    authors = feed.author_names() if machine.atom else ()
    inherited = (address, "" if address else link, lang, authors)
    slices = slicer.slices(document, inherited) if slicer and not machine.skipped else None
    if marks and (not slices or marks + len(machine.entries) > limit):
        raise Doubt("slices")
    return RawFeed(
        title=feed.markup("title", atom=machine.atom),
        link=link,
        lang=lang,
        authors=authors,
        entries=tuple(machine.entries),
        dropped=machine.skipped,
        slices=slices,
    )
