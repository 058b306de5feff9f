"""Where lines break, measured in terminal cells.

A line is a pair of indices into the text, so that a long article costs two integers a line until it is drawn.
Text whose every character fills one cell (most of the world's news) takes a path of a few `rfind` a line;
everything else is measured by grapheme: wide characters, combining marks, emoji sequences, Khmer and Thai
with zero-width spaces, Chinese and Japanese with their rules for the ends of lines (UAX 14, in short).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from unicodedata import combining

from rich.cells import split_graphemes

Cut = tuple[int, int]
"""A line: `text[start:end]`, without the white space at which it broke."""

SHY = "\u00ad"
ZWSP = "\u200b"
MIN_WIDTH = 4
"""Below this no line can hold a wide character and a hyphen; the pane never asks for less."""

_NOT_NARROW = re.compile(
    "[^\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u2070-\u209f\u20a0-\u20c0\u2100-\u218b\u2190-\u22ff\u2500-\u25fc]"
)
"""Any character that may not fill exactly one cell (a test compares with the terminal library's table)."""

_UNDRAWN = {ord(character): None for character in (SHY, ZWSP, "\u2060", "\ufeff")}
"""Break hints: some terminals give them a cell, so they are never sent."""

_SPACES = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
_DASHES = "-\u2010\u2013\u2014"
_URL_JOINTS = "/?&=._-+,"
_VIRAMA = (
    9  # canonical combining class: joins the next consonant to this one (Khmer coeng, Devanagari virama)
)

_IDEOGRAPHIC = (  # compiled when first needed: so wide a set takes 2 ms of a launch
    "[\u2e80-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\uffee\U0001f300-\U0001faff\U00020000-\U0003ffff]"
)
_NO_START = frozenset(
    "、。，．：；？！）］｝」』】〉》〕〗’”…‥・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〻％,.:;?!)]}%'\""
)
_NO_END = frozenset("（［｛「『【〈《〔〖‘“([{$¥＄￥£")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


def narrow(text: str) -> bool:
    """Return whether every character of `text` fills exactly one cell."""
    return _NOT_NARROW.search(text) is None


def drawn(text: str) -> str:
    """Return `text` without the characters that only say where a line may break."""
    return text if narrow(text) else text.translate(_UNDRAWN)


def wrap(text: str, width: int) -> list[Cut]:
    """Break `text` into lines of at most `width` cells; a line feed always breaks, "" is one empty line."""
    width = max(width, MIN_WIDTH)
    cuts: list[Cut] = []
    for start, end in _feeds(text):
        if narrow(text[start:end]):
            _wrap_narrow(text, start, end, width, cuts)
        else:
            cuts.extend((start + a, start + b) for a, b in _wrap_wide(text[start:end], width))
    return cuts


def wrap_exactly(text: str, width: int) -> list[Cut]:
    """Break program text: every space kept, a line broken only near where the width ends."""
    width = max(width, MIN_WIDTH)
    cuts: list[Cut] = []
    for start, end in _feeds(text):
        if narrow(text[start:end]):
            cuts.extend(_wrap_code(text, start, end, width))
            continue
        clusters = _Clusters(text[start:end])
        first = 0
        while True:
            after = clusters.fitting(first, width)
            cuts.append((start + clusters.starts[first], start + clusters.starts[after]))
            if after >= clusters.count:
                break
            first = after
    return cuts


def _wrap_code(text: str, start: int, stop: int, width: int) -> Iterator[Cut]:
    while stop - start > width:
        space = text.rfind(" ", start + width * 2 // 3, start + width)
        end = space + 1 if space > 0 else start + width
        yield start, end
        start = end
    yield start, stop


def _feeds(text: str) -> Iterator[Cut]:
    start = 0
    while (feed := text.find("\n", start)) >= 0:
        yield start, feed
        start = feed + 1
    yield start, len(text)


def _wrap_narrow(text: str, start: int, stop: int, width: int, cuts: list[Cut]) -> None:
    while stop - start > width:
        limit = start + width
        cut = text.rfind(" ", start + 1, limit + 1)
        dash = _dash(text, max(cut, start), limit)
        if dash:
            end = following = dash
        elif cut > 0:
            end, following = cut, cut + 1
        else:
            end = following = _joint(text, start, limit)
        while following < stop and text[following] == " ":
            following += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        cuts.append((start, end))
        start = following
    while stop > start and text[stop - 1] == " ":
        stop -= 1
    if stop > start or not cuts or text[start - 1 : start] == "\n":
        cuts.append((start, stop))


def _dash(text: str, low: int, limit: int) -> int:
    """Return the index after the last dash inside a word between `low` and `limit`, or 0."""
    at = max(text.rfind(dash, low, limit) for dash in _DASHES)
    while at > low:
        if text[at - 1].isalnum() and text[at + 1 : at + 2].isalpha():
            return at + 1
        at = max(text.rfind(dash, low, at) for dash in _DASHES)
    return 0


def _joint(text: str, start: int, limit: int) -> int:
    """Return where to break a word wider than the line: after the joint of an address near its end."""
    for at in range(limit - 1, start + (limit - start) * 2 // 3, -1):
        if text[at] in _URL_JOINTS:
            return at + 1
    return limit


class _Clusters:
    """The graphemes of one line of text, with running widths and the places where it may break."""

    def __init__(self, text: str) -> None:
        spans = _joined(text)
        self.text = text
        self.count = len(spans)
        self.starts = [start for start, _, _ in spans]
        self.starts.append(len(text))
        self.reach = list(accumulate((width for _, _, width in spans), initial=0))

    def fitting(self, first: int, width: int) -> int:
        """Return the cluster after the last that fits a line beginning at `first`: at least one."""
        after = bisect_right(self.reach, self.reach[first] + width, first) - 1
        return min(max(after, first + 1), self.count)

    def breakable(self, index: int) -> bool:
        """Return whether a line may begin with the cluster `index`."""
        at = self.starts[index]
        before, after = self.text[at - 1], self.text[at]
        if after == SHY:
            return False  # it belongs to what it hyphenates
        if before in _SPACES or before in (ZWSP, SHY):
            return after not in _SPACES
        if before in _DASHES:
            return at > 1 and self.text[at - 2].isalnum() and after.isalpha()
        if after in _NO_START or before in _NO_END:
            return False
        base = self.text[self.starts[index - 1]]
        return bool(re.match(_IDEOGRAPHIC, base) or re.match(_IDEOGRAPHIC, after))


def _joined(text: str) -> list[tuple[int, int, int]]:
    """Return graphemes as (start, end, cells): the terminal library's, flags and viramas joined."""
    spans: list[tuple[int, int, int]] = []
    flag = False
    for start, end, width in split_graphemes(text)[0]:
        opens = _FLAG.match(text, start) is not None
        if spans and ((flag and opens) or combining(text[start - 1]) == _VIRAMA):
            before = spans[-1]
            spans[-1] = (before[0], end, before[2] + width)
            flag = False
        else:
            spans.append((start, end, 0 if text[start] == SHY else width))
            flag = opens
    return spans


def _wrap_wide(text: str, width: int) -> Iterator[Cut]:
    clusters = _Clusters(text)
    starts, first = clusters.starts, 0
    while first < clusters.count:
        after = clusters.fitting(first, width)
        if after < clusters.count:
            after = _best(clusters, first, after, width)
        start, end = starts[first], starts[after]
        while end > start and text[end - 1] in _SPACES:
            end -= 1
        if end > start and text[end - 1] == SHY and after < clusters.count and text[end] not in _SPACES:
            end -= 1  # the line's drawer puts a hyphen there
        if end > start or first == 0:
            yield start, end
        first = after
        while first < clusters.count and text[starts[first]] in _SPACES:
            first += 1


def _best(clusters: _Clusters, first: int, after: int, width: int) -> int:
    """Return the cluster that begins the next line: at the last fitting break, else at the width's end."""
    text, starts, reach = clusters.text, clusters.starts, clusters.reach
    if text[starts[after]] in _SPACES:
        return after
    for index in range(after, first, -1):
        if clusters.breakable(index):
            hyphen = text[starts[index] - 1] == SHY
            if not hyphen or reach[index] - reach[first] < width:
                return index
    piece = text[starts[first] : starts[after]]
    cut = bisect_right(starts, starts[first] + _joint(piece, 0, len(piece))) - 1
    while cut > first + 1 and SHY in (text[starts[cut] - 1], text[starts[cut]]):
        cut -= 1  # a hyphen there would not fit
    return max(cut, first + 1)


def hyphenated(text: str, cut: Cut) -> bool:
    """Return whether the line ends at a soft hyphen, which is drawn there and nowhere else."""
    return text[cut[1] : cut[1] + 1] == SHY


def joint(text: str, cut: Cut, following: Cut) -> str | None:
    """Return what stands between two neighbouring lines when they are read as one; None after a line feed."""
    between = text[cut[1] : following[0]]
    if "\n" in between:
        return None
    return " " if any(character in _SPACES for character in between) else ""
