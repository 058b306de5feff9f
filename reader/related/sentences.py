"""The sentence that tells a story: taken from a report as it stands, never made up.

    score = (sum over the sentence's terms of the story's headlines that hold the term) / sqrt(terms + 6)
            x 1 / (1 + place / 6)

A sentence that is hardly more than a headline says nothing new and is passed over. (Extractive summaries by
overlap with the headlines and by place: Edmundson, "New Methods in Automatic Extracting", 1969.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from math import sqrt

from reader.text import words

LOOK = 12
"""Sentences of a report that are looked at: news says first what it is about."""
LEAST, MOST = 40, 300
"""Characters of a sentence to print; scripts that set no spaces need a third of the least."""
ECHO = 0.8
"""From this share of terms that the headline has too, a sentence only repeats it."""
NEWS = 0.25
"""From this share of terms that nobody reported before, a sentence tells something new."""
DAMPING = 6
SHORT_MAX = 12
"""Characters before a full stop that tell whether it ends a sentence."""
HELD_MAX = 2_000
"""Characters of a sentence; where no full stop ends one, a long text is one no more."""

_END = re.compile(
    r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-zа-я])|(?<=[。！？．])[」』”’）]*\s*|(?<=[।॥។؟۔])\s*|\n+"
)
_SHORT = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Gov|Sen|Rep|Lt|Col|Capt|Sgt|Rev|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|Jan"
    r"|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|bzw|Nr|Mme|Mlle|Sra?|Dra))\.[\"'”’»)\]]*$"
)
"""Ends in a full stop that ends no sentence: initials, titles, months."""
_DATELINE = re.compile(
    r"^[^a-z\n.:]{2,40}(?: ?\([^()\n]{2,30}\))? ?(?:[—–]|-(?= )) ?|^\([^()\n]{2,30}\) ?[—–-] "
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def sentences(text: str, most: int = LOOK) -> list[str]:
    """Return the first sentences of plain text, a line end always ends one."""
    found: list[str] = []
    held = ""
    start = 0
    for match in (*_END.finditer(text), None):
        end = len(text) if match is None else match.end()
        piece = held + text[start:end]
        start = end
        ending = text[max(match.start() - SHORT_MAX, 0) : match.start()] if match else ""
        if match is not None and "\n" not in match[0] and len(piece) < HELD_MAX and _SHORT.search(ending):
            held = piece
            continue
        held = ""
        if piece := " ".join(piece.split()):
            found.append(piece)
        if len(found) == most:
            break
    return found


def telling(text: str, headlines: Sequence[str]) -> str:
    """Return the sentence of a report's text that says most of its story, "" where none does.

    `headlines`: those of the story's reports, this one's first.
    """
    wanted = Counter(term for headline in headlines for term in set(words(headline)))
    own = set(words(headlines[0])) if headlines else set()
    best, score = "", 0.0
    for place, sentence in enumerate(sentences(_DATELINE.sub("", text, count=1))):
        terms = set(words(sentence))
        if not _fits(sentence) or len(terms & own) >= ECHO * len(terms):
            continue
        gain = sum(wanted[term] for term in terms) / sqrt(len(terms) + DAMPING) / (1 + place / DAMPING)
        if gain > score or not best:
            best, score = sentence, gain
    return _cut(best)


def fresh(text: str, headline: str, told: Collection[str]) -> str:
    """Return the sentence of a report's text that tells most that is new, "" where none tells enough.

    `told`: the terms of what was reported before; see `terms`.
    """
    own = set(words(headline))
    best, score = "", 0.0
    for place, sentence in enumerate(sentences(_DATELINE.sub("", text, count=1))):
        found = set(words(sentence))
        new = len(found.difference(told))
        if not _fits(sentence) or len(found & own) >= ECHO * len(found) or new < NEWS * len(found):
            continue
        gain = new / sqrt(len(found) + DAMPING) / (1 + place / DAMPING)
        if gain > score:
            best, score = sentence, gain
    return _cut(best)


def terms(text: str) -> set[str]:
    """Return the terms of those sentences that are looked at."""
    return {term for sentence in sentences(text) for term in words(sentence)}


def _fits(sentence: str) -> bool:
    """Tell whether a sentence has the length of one; `Read more`, bylines and credits have not."""
    return len(sentence) >= (LEAST // 3 if _UNSPACED.search(sentence) else LEAST)


def _cut(sentence: str) -> str:
    """Return a sentence of at most MOST characters, cut between two words."""
    if len(sentence) <= MOST:
        return sentence
    kept = sentence[: MOST - 1]
    space = kept.rfind(" ")
    return _stripped(kept[:space] if space > MOST // 2 else kept) + "…"


def _stripped(text: str) -> str:
    return text.rstrip(" ,;:-–—")
