"""Which of an entry's texts is the article, and how it reads as HTML. Pure."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urljoin

from reader import text
from reader.parse.raw import Markup

HTML_MAX = 2 * 1024 * 1024  # characters of an article; a long book has half of it
GROWTH_MAX = (
    16 * 1024
)  # characters, and as many as it has, by which resolved addresses may lengthen an article
OPENING_MAX = 100  # characters of an article's first words that stand in for a title it lacks
_OPENING_FROM = 2000  # characters of HTML they are looked for in

_SURROGATE = re.compile("[\ud800-\udfff\x00]")
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_ABSOLUTE = r"(?![a-z][a-z0-9+.-]*:|//|\#)"
_RELATIVE = re.compile(
    rf"""(?<=\s)((?:href|src|poster|cite)\s*=\s*)(?:"{_ABSOLUTE}([^"]*)"|'{_ABSOLUTE}([^']*)')""",
    re.IGNORECASE,
)


def body(summary: Markup, contents: tuple[Markup, ...], base: str) -> tuple[str, str]:
    """Return the article and, where the feed gives one beside it, its summary; both as HTML.

    The longest content is the article: a shorter one may be a picture's caption, and so may be a content
    that is shorter than the summary.
    """
    best = max(contents, key=lambda content: len(content.text), default=Markup())
    if len(summary.text) > len(best.text):
        best = summary
    html = as_html(best, base)
    short = "" if summary.text.strip() == best.text.strip() else as_html(summary, base)
    return html, short


def as_html(markup: Markup, base: str = "") -> str:
    """Return `markup` as HTML, its relative addresses resolved against `base` if that is given."""
    html = markup.text[:HTML_MAX].strip()
    if not html.isascii() or "\0" in html:
        html = _SURROGATE.sub("\ufffd", html)
    if not markup.html:
        return _paragraphs(escape(html, quote=False), "<br>")
    if "<" not in html:
        return _paragraphs(html, "\n")
    if base:
        resolve = _Resolving(base, len(html) + GROWTH_MAX)
        html = _TAG.sub(lambda tag: _RELATIVE.sub(resolve, tag[0]), html)
    return html


def opening(html: str) -> str:
    """Return the first words of an article, for an entry without a title; "" if there are none."""
    line = text.from_html(_TAG.sub(" ", html[:_OPENING_FROM]).partition("<")[0])
    if len(line) <= OPENING_MAX:
        return line
    return line[:OPENING_MAX].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _paragraphs(html: str, line_end: str) -> str:
    """Return words without tags in paragraphs, where blank lines part them."""
    parts = _PARAGRAPHS.split(html.replace("\r\n", "\n"))
    if len(parts) == 1:
        return parts[0].replace("\n", line_end)
    return "".join("<p>" + part.replace("\n", line_end) + "</p>" for part in parts)


class _Resolving:
    """Makes relative addresses absolute while there is room: a long base makes megabytes of kilobytes."""

    def __init__(self, base: str, room: int) -> None:
        self._base = base
        self._room = room  # characters

    def __call__(self, match: re.Match[str]) -> str:
        quote = '"' if match[2] is not None else "'"
        value = match[2] if match[2] is not None else match[3]
        try:
            resolved = f"{match[1]}{quote}{urljoin(self._base, value.strip())}{quote}"
        except ValueError:
            return match[0]
        longer = len(resolved) - len(match[0])
        if longer > self._room:
            return match[0]
        self._room -= max(longer, 0)
        return resolved
