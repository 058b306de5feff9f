"""What stands above and below an article's text: headline, byline, topics; what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from reader.model import Article, Enclosure
from reader.records import dataclass
from reader.text import playing_time
from reader.tui.drawing import safe
from reader.tui.drawing.times import day, is_day
from reader.tui.typeset.flow import right_to_left
from reader.tui.typeset.lines import Ink, Light, Line, Marked, Piece, Prose, Run, Runs, cells
from reader.tui.typeset.shares import LaidLines
from reader.tui.typeset.wrap import drawn, narrow, wrap

WORDS_A_MINUTE = 230  # silent reading of English prose (Brysbaert 2019: 238)
CHARACTERS_A_MINUTE = 400  # of Chinese and Japanese
REVISED = timedelta(hours=1)
"""An article counts as updated when it changed at least so long after it appeared."""
DOT = " · "

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FORMATS = {
    "application/pdf": "PDF",
    "application/epub+zip": "EPUB",
    "application/zip": "ZIP",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
    "audio/x-m4a": "M4A",
    "video/quicktime": "QuickTime",
}
_SIGNS = {"audio": "♪ ", "video": "▶ ", "image": "▣ "}


def titled(words: str) -> Prose:
    """Return a headline."""
    words = safe.line(words)
    align = "right" if right_to_left(words) else "left"
    return Prose(marked=Marked.of((Run(words, Ink("headline")),)), align=align, gap=1)


def masthead(article: Article, body: Sequence[Piece], now: datetime, changed: str = "") -> list[Piece]:
    """Return headline, byline and topics of an article whose text is `body`; how it `changed`, if it did."""
    headline = article.headline
    title = titled(headline.title)
    facts = [headline.source, *_author(article), long_time(headline.published, now), *_revised(article)]
    facts.append(f"{minutes(body)} min read")
    if headline.starred:
        facts.append("★ starred")
    byline = Facts(tuple(Run(safe.line(fact), Ink("byline")) for fact in facts if fact), gap=1)
    topics = Facts(tuple(Run(safe.line(topic), Ink("topic", topic=topic)) for topic in headline.topics))
    head: list[Piece] = [title, byline, topics] if headline.topics else [title, byline]
    if changed:
        head.append(Prose(marked=Marked.of((Run(f"✎ {safe.line(changed)}", Ink("byline")),))))
    return head


@dataclass(slots=True)
class Facts:
    """Short facts with dots between them; where a line ends, the dot stays away."""

    facts: Runs
    gap: int = 0
    gap_runs: Runs = ()

    @property
    def text(self) -> str:
        """The words."""
        return DOT.join(fact.text for fact in self.facts)

    @property
    def parts(self) -> Sequence[str]:
        """Nothing: who looks for a word means the article's."""
        return ()

    def light(self, lights: Sequence[Light]) -> None:
        """Do nothing."""

    def lay(self, width: int) -> LaidLines:
        """Put as many facts on a line as fit."""
        lines: list[Line] = []
        line: list[Run] = []
        for fact in self.facts:
            if line and cells((*line, fact)) + len(DOT) > width:
                lines.append(Line(tuple(line), joint=DOT))
                line = []
            if line:
                line.append(Run(DOT, Ink("byline")))
            *whole, (start, end) = wrap(fact.text, width)  # a name longer than the line breaks
            lines.extend(Line((Run(fact.text[a:b], fact.ink),), joint=" ") for a, b in whole)
            line.append(Run(drawn(fact.text[start:end]), fact.ink))
        return LaidLines([*lines, Line(tuple(line))])


def attachments(enclosures: Iterable[Enclosure], first: int) -> list[Piece]:
    """Return the list of what an article carries along; `first` is the index of its first link."""
    pieces: list[Piece] = []
    for index, enclosure in enumerate(enclosures):
        kind = enclosure.type.partition("/")[0].casefold()
        label = Run(attached(enclosure), Ink("text", link=first + index))
        number = Run(f"[{first + index + 1}]", Ink("note", link=first + index))
        sign = Run(_SIGNS.get(kind, "⤓ "), Ink("marker"))
        hanging = (Run("  ", Ink("marker")),)
        pieces.append(Prose(marked=Marked.of((label, number)), first=(sign,), rest=hanging))
    heading = Prose(marked=Marked.of((Run("Attached", Ink("subheading")),)))
    return [heading, *pieces] if pieces else []


def spaced(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces with a blank line above the first."""
    if pieces:
        pieces[0].gap = 1
    return pieces


def goes_on() -> list[Piece]:
    """Return what stands at the end of a text that was cut short."""
    return [Prose(marked=Marked.of((Run("The text goes on: Space shows the rest.", Ink("byline")),)))]


def attached(enclosure: Enclosure) -> str:
    """Return "audio · MP3 · 1:02:03 · 24.1 MB · media.example.org"."""
    kind, _, form = enclosure.type.partition(";")[0].strip().casefold().partition("/")
    facts = [
        kind if kind in ("audio", "video", "image") else "file",
        _FORMATS.get(f"{kind}/{form}", form.removeprefix("x-").upper()),
        playing_time(enclosure.duration) if enclosure.duration else "",
        size(enclosure.length) if enclosure.length else "",
        urlsplit(enclosure.url).hostname or "",
    ]
    return safe.line(DOT.join(fact for fact in facts if fact))


def size(count: int) -> str:
    """Return a number of bytes as "512 bytes", "640 kB", "24.1 MB", "1.2 GB"."""
    for unit, bytes_each in (("GB", 10**9), ("MB", 10**6)):
        if count >= bytes_each:
            return f"{count / bytes_each:.1f} {unit}"
    return f"{count // 1000} kB" if count >= 1000 else f"{count} bytes"


def long_time(when: datetime, now: datetime) -> str:
    """Return "Thursday 13 June 2024, 20:02" in local time; the present year goes without saying."""
    on = day(when)
    year = "" if on.year == now.astimezone().year else f" {on.year}"
    time = "" if is_day(when) else f", {when.astimezone():%H:%M}"
    return f"{on:%A} {on.day} {on:%B}{year}{time}"


def minutes(body: Iterable[Piece]) -> int:
    """Return how many minutes an article takes to read, at least one."""
    words = characters = 0
    for piece in body:
        text = piece.text
        words += len(text.split())
        if not narrow(text):
            characters += len(_WIDE.findall(text))
    return max(1, round(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))


def _author(article: Article) -> list[str]:
    author = article.author.strip()
    return [] if author.casefold() == article.headline.source.casefold() else [author]


def _revised(article: Article) -> list[str]:
    published, updated = article.headline.published, article.updated
    if updated is None or updated < published + REVISED:
        return []
    local = updated.astimezone()
    if local.date() == published.astimezone().date():
        return [f"updated {local:%H:%M}"]
    return [f"updated {local.day} {local:%B}, {local:%H:%M}"]
