"""A web page that was saved: its article, without what the site puts around it. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from reader import text
from reader.document.taming import tame
from reader.model import Entry, ParsedFeed
from reader.pages import dateline, newspage

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LEAST = 100  # characters: a shorter <article> is a teaser, not what the page is about
CANDIDATES_MAX = 20  # elements that may be the article; the first ones
FACTS_MAX = 500  # elements that state something about the page; the first ones

_MAIN = ("article", "[itemprop=articleBody]", "main", "[role=main]", "#content", "body")
_AROUND = "nav, header, footer, aside, script, style, noscript, template, form, iframe, dialog"
_TITLE = ("og:title", "twitter:title", "dc.title")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_DATE = (
    "article:published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "datepublished",
    "pubdate",
    "parsely-pub-date",
)
_CATEGORIES = ("article:section", "article:tag", "keywords", "news_keywords")
_SITE = ("og:site_name", "application-name")
_FACT = re.compile(r"<(?:html|meta|link|time)\s[^<>]{1,4096}>", re.IGNORECASE)
_TITLE_ELEMENT = re.compile(r"<title[^<>]{0,256}>([^<]{0,4096})", re.IGNORECASE)


def parse(body: str, file: newspage.File, *, address: str = "") -> ParsedFeed:
    """Read a page; `address` is where it came from, if it was fetched."""
    from selectolax.lexbor import LexborHTMLParser

    facts = _facts(body)
    meta = _meta(facts)
    tree = LexborHTMLParser(tame(body))
    content = _content(tree)
    heading = _line(content.css_first("h1") if content else None) or _line(tree.css_first("h1"))
    named = _TITLE_ELEMENT.search(body)
    title = _first(meta, _TITLE) or heading or (text.from_html(named[1]) if named else "")
    for node in content.css(_AROUND) if content else ():
        node.decompose()
    opening = dateline.find(_line(content.css_first("p")) if content else "")
    lang = text.one_line(_attribute(facts.css_first("html"), "lang"), newspage.LANG_MAX)
    entry = Entry(
        title=text.one_line(title) or text.title(file.name),
        guid=file.guid or file.name,
        url=_address(facts, meta, address),
        author=_author(meta),
        published=newspage.published(_stated_date(facts, meta), opening.given if opening else None, file),
        html=(content.inner_html or "") if content else "",
        categories=newspage.categories([value for key in _CATEGORIES for value in meta.get(key, ())]),
        lang=lang,
        dateline=text.one_line(opening.place if opening else ""),
    )
    site = text.one_line(_first(meta, _SITE))
    return ParsedFeed(title=site or file.source or text.title(file.name), lang=lang, entries=(entry,))


def _facts(body: str) -> LexborHTMLParser:
    """Return the elements that state something about the page, flat, so that they cost next to nothing."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser("".join(match[0] for match in islice(_FACT.finditer(body), FACTS_MAX)))


def _content(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article: the fullest of the first kind that a page has."""
    for selector in _MAIN:
        found = tree.css(selector)[:CANDIDATES_MAX]
        fullest = max(found, key=lambda node: len(_text(node)), default=None)
        if fullest is not None and (selector == "body" or len(_text(fullest)) >= LEAST):
            return fullest
    return None


def _meta(facts: LexborHTMLParser) -> dict[str, list[str]]:
    """Return what the page's <meta> elements state, by lower-case name."""
    stated = dict[str, list[str]]()
    for node in facts.css("meta"):
        key = _attribute(node, "property") or _attribute(node, "name") or _attribute(node, "itemprop")
        value = _attribute(node, "content").strip()
        if key and value:
            stated.setdefault(key.strip().lower(), []).append(value)
    return stated


def _first(meta: dict[str, list[str]], keys: Iterable[str]) -> str:
    return next((meta[key][0] for key in keys if key in meta), "")


def _author(meta: dict[str, list[str]]) -> str:
    names = next((meta[key] for key in _AUTHOR if key in meta and "://" not in meta[key][0]), [])
    return text.one_line(", ".join(dict.fromkeys(names)), text.AUTHOR_MAX)


def _address(facts: LexborHTMLParser, meta: dict[str, list[str]], address: str) -> str:
    canonical = _attribute(facts.css_first("link[rel=canonical]"), "href")
    return text.address(canonical, address) or text.address(_first(meta, ("og:url",)), address) or address


def _stated_date(facts: LexborHTMLParser, meta: dict[str, list[str]]) -> str:
    return _first(meta, _DATE) or _attribute(facts.css_first("time[datetime]"), "datetime")


def _line(node: LexborNode | None) -> str:
    return text.from_html(node.inner_html or "") if node else ""


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text(deep=True).split()) if node else ""


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) if node else None) or ""
