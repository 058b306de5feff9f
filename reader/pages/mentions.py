"""Headlines that a page names without their articles: its ticker line, and what it lists as related."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reader import text
from reader.model import Mention

MENTIONS_MAX = 200  # a page that names more is a list of links, not a page with a ticker
TICKER_MAX = 65_536  # characters: a longer first line is text
ITEM_MAX = 300  # characters: a longer item is a paragraph, so what holds it is no list of headlines
SENTENCE_MAX = 80  # characters: a longer item that ends with a full stop is a paragraph too

_PIPE = re.compile(r"(?<!\S)\|(?!\S)")
_HEADINGS = (
    "related", "related news", "related articles", "related stories", "related story", "related links",
    "related coverage", "related topics", "related reading", "read more", "read also", "also read",
    "see also", "more on this story", "more news", "further reading", "à lire aussi", "lire aussi",
    "articles liés", "sur le même sujet", "mehr zum thema", "lesen sie auch", "noticias relacionadas",
    "artículos relacionados", "te puede interesar", "notícias relacionadas", "leia também",
    "notizie correlate", "leggi anche", "lees ook", "berita terkait", "baca juga", "tin liên quan",
    "ព័ត៌មានទាក់ទង", "អត្ថបទទាក់ទង", "ข่าวที่เกี่ยวข้อง", "関連ニュース", "関連記事", "相关新闻", "相關新聞",
    "관련 기사", "관련기사",
)  # fmt: skip
_HEADING = re.compile(
    rf"^[\s#*_=\-]*(?:{'|'.join(re.escape(each) for each in sorted(_HEADINGS, key=len, reverse=True))})"
    r"\s*[:៖:]?[\s#*_=\-]*[:៖:]?$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*+•·▪▸►‣◦○●→»–—]|\(?\d{1,3}[.)]|\[\d{1,3}\]|[០-៩]{1,2}[.)។])\s+")
_MARKDOWN = re.compile(r"!?\[(?P<title>[^\[\]]+)\]\((?P<url>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?")


def is_ticker(line: str) -> bool:
    """Tell whether a first line is a row of headlines: at least one ` | `, and no row of a table."""
    folded = line.strip()
    return len(line) <= TICKER_MAX and not folded.startswith("|") and bool(_PIPE.search(folded))


def ticker(line: str) -> list[Mention]:
    """Return the headlines of a line, separated by ` | `."""
    return unique(item(part) for part in _PIPE.split(line))


def is_heading(line: str) -> bool:
    """Tell whether a line opens the list of related news."""
    return len(line) <= 80 and bool(_HEADING.match(line))


def listed(lines: Sequence[str]) -> list[Mention] | None:
    """Return the items below the heading; None when something below it is too long to be one."""
    items = list[str]()
    bulleted = any(_BULLET.match(line) for line in lines)
    for line in lines:
        if not line.strip() or not line.strip(" \t-=*_—"):
            continue
        continues = bulleted and items and line[0] in " \t" and not _BULLET.match(line)
        if items and (continues or _only_address(line, items[-1])):
            items[-1] += " " + line.strip()
        elif is_ticker(line):
            items += _PIPE.split(line)
        else:
            items.append(line)
    found = [item(each) for each in items]
    return None if any(_is_paragraph(mention.title) for mention in found) else unique(found)


def item(line: str) -> Mention:
    """Read one item: a bullet or number, if any, the headline, and an address behind or around it."""
    bare = _BULLET.sub("", line, count=1).strip()
    if match := _MARKDOWN.fullmatch(bare):
        title, url = match["title"], match["url"]
    else:
        start = max(bare.rfind("http://"), bare.rfind("https://"), 0)
        start = 0 if start and bare[start - 1].isalnum() else start
        title, url = bare[:start].rstrip(), bare[start:].rstrip(">.,;")
        if title.endswith("("):
            url = url.removesuffix(")")
    if "://" in url and not re.search(r"\s", url) and (url := text.address(url)):
        return Mention(text.one_line(title.strip(" \t:|,–—-(<")) or url, url)
    return Mention(text.one_line(_unmarked(bare)))


def unique(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that say something, each headline once, at most MENTIONS_MAX."""
    found = dict[str, Mention]()
    for mention in mentions:
        if mention.title:
            found.setdefault(mention.title.casefold(), mention)
    return list(found.values())[:MENTIONS_MAX]


def _only_address(line: str, before: str) -> bool:
    return bool(_ADDRESS.fullmatch(line.strip())) and "://" not in before


def _is_paragraph(item: str) -> bool:
    return len(item) > ITEM_MAX or (len(item) > SENTENCE_MAX and item.endswith((".", "។", "。")))


def _unmarked(title: str) -> str:
    for mark in ("**", "__", "*", "_"):
        if len(title) > 2 * len(mark) and title.startswith(mark) and title.endswith(mark):
            return title[len(mark) : -len(mark)]
    return title
