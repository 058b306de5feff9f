"""What stands where on a news page: ticker, headline, byline, report, related news.

Lines in, lines out: every function takes the part it knows from the lines and returns what is left of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import Mention
from reader.pages import dateline, dates, mentions
from reader.records import dataclass

HEADLINE_MAX = 300  # characters: a longer first line is a paragraph, and the page has no headline
HEADLINE_LINES = 4  # a headline is wrapped to this many lines at most
EXCERPT_MAX = 100  # characters of the text that stand in for a headline
BYLINE_MAX = 100  # characters
BYLINE_WORDS = 12
TOP_LINES = 3  # byline and date lines below a headline

_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,})\s*$")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?=\S)")
_NO_HEADLINE = re.compile(r"^\s*(?:[-*•·▪‣◦+]\s|>|\||```|~~~|!\[|\[[^\]]*\]:|<)")
_BYLINE = re.compile(
    r"^\s*[*_]{0,2}(?:(?:(?:written|reported|story|text|words)\s+)?by\b|author\s*:|par\b|von\b|por\b|di\b|door\b"
    r"|oleh\b|ដោយ|文/|文／|記者|作者[:：])[\s:៖]*(?P<name>\S.*?)[*_]{0,2}\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "。", "។", "…", ",", ";", ":")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a page."""

    ticker: Sequence[Mention]
    headline: str
    author: str
    place: str
    date: dates.Found | None
    body: list[str]
    related: Sequence[Mention]


def split(lines: list[str], title: str = "") -> Layout:
    """Take a page apart. Where its `title` is known already, that alone is taken from the top."""
    ticker, lines = take_ticker(lines)
    headline, lines = take_headline(lines, title)
    author, own, lines = take_byline(lines)
    related, lines = take_related(lines)
    opening = dateline.find(_first_paragraph(lines))
    place = next((each.place for each in (opening, own) if each and each.place), "")
    given = next((each.given for each in (own, opening) if each and each.given), None)
    return Layout(ticker, headline, author, place, given, lines, related)


def take_ticker(lines: list[str]) -> tuple[list[Mention], list[str]]:
    """Take the headlines from the first line, or the first few when each is such a row.

    One row ` | ` and nothing below it is a headline with a bar in it, unless a bar ends it.
    """
    start = _filled(lines)
    end = start
    while end < len(lines) and mentions.is_ticker(lines[end]):
        end += 1
    if end == start or (_filled(lines, end) == len(lines) and not lines[end - 1].rstrip().endswith("|")):
        return [], lines
    return mentions.ticker(" | ".join(lines[start:end])), lines[end:]


def take_headline(lines: list[str], title: str = "") -> tuple[str, list[str]]:
    """Take the headline, to the blank line if it is wrapped; text that has none lends its first words."""
    start = _filled(lines)
    while start < len(lines) and _UNDERLINE.match(lines[start]):
        start = _filled(lines, start + 1)
    if start == len(lines):
        return "", lines
    if not _is_headline(lines[start]):
        opening = dateline.find(lines[start])
        return title or _excerpt(lines[start][opening.end if opening else 0 :]), lines
    end = _headline_end(lines, start)
    if title:
        ends = [each for each in (end, start + 1) if _same(_joined(lines[start:each]), title)]
        return title, lines[_underlined(lines, ends[0]) :] if ends else lines
    return _joined(lines[start:end]), lines[_underlined(lines, end) :]


def take_byline(lines: list[str]) -> tuple[str, dateline.Dateline | None, list[str]]:
    """Take the byline and a date that stand on lines of their own at the top of a report."""
    author, own = "", None
    for _ in range(TOP_LINES):
        start = _filled(lines)
        if start == len(lines) or not _alone(lines, start):
            break
        if not author and (name := byline(lines[start])):
            author, given = _dated(name)
            own = own or given
        elif not own and _filled(lines, start + 1) < len(lines) and (found := dateline.alone(lines[start])):
            own = found
        else:
            break
        lines = lines[start + 1 :]
    return author, own, lines


def take_related(lines: list[str]) -> tuple[list[Mention], list[str]]:
    """Take the last `Related News` line with the items below it."""
    for number in range(len(lines) - 1, max(-1, len(lines) - 3 * mentions.MENTIONS_MAX), -1):
        if mentions.is_heading(lines[number]):
            below = lines[number + 1 :]
            end = number + 1 + bool(below and _UNDERLINE.match(below[0]))
            found = mentions.listed(lines[end:])
            return ([], lines) if found is None else (found, lines[:number])
    return [], lines


def byline(line: str) -> str:
    """Return the name in a line like `By Sok Dara`, "" when it is none."""
    match = _BYLINE.match(line) if len(line) <= BYLINE_MAX else None
    name = match["name"] if match else ""
    plausible = (
        not name[:1].islower() and len(name.split()) <= BYLINE_WORDS and not name.endswith(_SENTENCE_END)
    )
    return name if plausible else ""


def _is_headline(line: str) -> bool:
    if len(line) > HEADLINE_MAX or _NO_HEADLINE.match(line):
        return False
    opening = dateline.find(line)
    return not (opening and opening.given and line[opening.end :].strip())


def _headline_end(lines: list[str], start: int) -> int:
    """Return the line behind the headline that begins at `start`."""
    end = start + 1
    if _HEADING.match(lines[start]):
        return end
    while end < len(lines) and lines[end].strip() and not _UNDERLINE.match(lines[end]):
        if byline(lines[end]) or dateline.find(lines[end]) or mentions.is_heading(lines[end]):
            break
        if end - start == HEADLINE_LINES or _NO_HEADLINE.match(lines[end]) or _HEADING.match(lines[end]):
            return start + 1
        end += 1
    wrapped = _joined(lines[start:end])
    whole = (
        len(wrapped) <= HEADLINE_MAX
        and not wrapped.endswith(_SENTENCE_END)
        and _filled(lines, end) < len(lines)
    )
    return end if whole else start + 1


def _underlined(lines: list[str], end: int) -> int:
    return end + (end < len(lines) and bool(_UNDERLINE.match(lines[end])))


def _alone(lines: list[str], number: int) -> bool:
    """Tell whether a line is no part of a paragraph."""
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if not below.strip() or byline(below) or dateline.find(below):
        return True
    return all(line.strip() for line in lines[number:])


def _dated(name: str) -> tuple[str, dateline.Dateline | None]:
    """Return a byline's name without the date behind it."""
    found = dates.find(name)
    if not found or not name[: found.start].strip() or name[found.end :].strip(" )"):
        return name, None
    return name[: found.start].rstrip(" ,|·•–—-("), dateline.Dateline("", found, 0)


def _first_paragraph(lines: list[str]) -> str:
    start = _filled(lines)
    end = next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))
    return " ".join(lines[start:end])[: 2 * dateline.HEAD].replace("*", "").strip(" \t_\u3000")


def _joined(lines: Sequence[str]) -> str:
    joined = " ".join(line.strip() for line in lines)
    if match := _HEADING.match(joined):
        joined = joined[match.end() :].rstrip("# \t") or joined
    if len(joined) > 4 and joined.startswith("**") and joined.endswith("**"):
        joined = joined[2:-2]
    return joined


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _excerpt(line: str) -> str:
    head = " ".join(line[: 4 * EXCERPT_MAX].lstrip("#>-*•·|` ").split())
    if len(head) <= EXCERPT_MAX:
        return head
    return head[:EXCERPT_MAX].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + "…"


def _filled(lines: Sequence[str], start: int = 0) -> int:
    """Return the number of the first line from `start` on that says something, else their count."""
    return next((number for number in range(start, len(lines)) if lines[number].strip()), len(lines))
