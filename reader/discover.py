"""The feeds a web page announces by `<link rel="alternate">`: RSS, Atom, JSON Feed."""

from __future__ import annotations

import re

from reader import encoding, text
from reader.records import dataclass

HTML_MAX = 2 * 1024 * 1024  # characters looked at: the links stand in the page's head
CANDIDATES_MAX = 50  # feeds of one page: a person chooses from them

_TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RSS",
    "application/feed+json": "JSON Feed",
}
_VAGUE_TYPES = frozenset({"application/json", "application/xml", "text/xml"})
"""Types of much else too: announced as such, an address must look like a feed's."""
_FEED_LIKE = re.compile(r"feed|rss|atom", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire|coment[aá]rio|коммент", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that a page announces."""

    url: str
    title: str  # the page's words for it; "" when it gives none
    type: str  # RSS, Atom, JSON Feed; "" when the page does not say


def feeds(html: bytes | str, address: str) -> tuple[Candidate, ...]:
    """Return the feeds that the page at `address` announces: its own order, feeds of comments last."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser((html if isinstance(html, str) else encoding.decode(html))[:HTML_MAX])
    first = page.css_first("base[href]")
    base = text.address((first.attributes.get("href") or "") if first else "", address) or address
    found: dict[str, Candidate] = {}
    for link in page.css("link[href]"):
        candidate = _candidate(link.attributes, base)
        if candidate and candidate.url != text.address(address):
            found.setdefault(candidate.url, candidate)
        if len(found) == CANDIDATES_MAX:
            break
    return tuple(sorted(found.values(), key=_about_comments))


def _candidate(attributes: dict[str, str | None], base: str) -> Candidate | None:
    relations = (attributes.get("rel") or "").lower().split()
    kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
    href = attributes.get("href") or ""
    vague = kind in _VAGUE_TYPES or ("feed" in relations and kind not in _TYPES)
    if not {"alternate", "feed"} & set(relations):
        return None
    if kind not in _TYPES and not (vague and _FEED_LIKE.search(f"{href} {attributes.get('title') or ''}")):
        return None
    url = text.address(href, base, strip_login=True)
    return (
        Candidate(url, text.from_html(attributes.get("title") or ""), _TYPES.get(kind, "")) if url else None
    )


def _about_comments(candidate: Candidate) -> bool:
    return bool(_COMMENTS.search(f"{candidate.url} {candidate.title}"))
