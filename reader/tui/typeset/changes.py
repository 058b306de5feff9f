"""What was edited in an article: its pieces compared word by word, both wordings in one text.

What went is drawn as `[−so]`, what came as `[+so]`: the signs say it where colours and strokes do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from reader.tui.typeset.finding import Spot
from reader.tui.typeset.lines import Ink, Marked, Piece, Prose, Run

ALIKE = 0.4  # share of words that two paragraphs have in common from which one is the other, edited
PAIRS_MAX = 1_000_000
"""Comparisons of one word or paragraph with another; beyond, the whole counts as changed."""

_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff]|\\w+|\\s+|.", re.DOTALL)
_ADDED, _REMOVED = Ink("added", underline=True), Ink("removed", strike=True)

Op = tuple[str, int, int, int, int]


def compared(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[list[Piece], list[Spot]]:
    """Return pieces that show both wordings, and where they differ; the first of each is its headline."""
    comparison = _Comparison([piece for piece in before if piece.text], [p for p in after if p.text])
    comparison.run()
    return comparison.pieces, comparison.spots


class _Comparison:
    """The pieces so far."""

    def __init__(self, before: Sequence[Piece], after: Sequence[Piece]) -> None:
        self.pieces: list[Piece] = []
        self.spots: list[Spot] = []
        self._before, self._after = before, after

    def run(self) -> None:
        """Put the pieces together."""
        old, new = [piece.text for piece in self._before[1:]], [piece.text for piece in self._after[1:]]
        if self._before[:1] and self._after[:1]:
            self._reworded(self._before[0], self._after[0])
        for kind, a, b, c, d in _ops(old, new):
            if kind == "equal":
                self.pieces.extend(self._after[1 + c : 1 + d])
            else:
                self._edited(self._before[1 + a : 1 + b], self._after[1 + c : 1 + d])

    def _edited(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        """Take pieces that became others: like ones are compared, the rest came or went."""
        at = 0
        if len(old) * len(new) > PAIRS_MAX // 1000:
            old_words, new_words = [set[str]()] * len(old), [set[str]()] * len(new)
        else:
            old_words, new_words = ([_words(piece.text) for piece in side] for side in (old, new))
        for place, piece in enumerate(old):
            like = next((n for n in range(at, len(new)) if _alike(old_words[place], new_words[n])), None)
            if like is None:
                self._whole(piece, _REMOVED)
                continue
            for came in new[at:like]:
                self._whole(came, _ADDED)
            self._reworded(piece, new[like])
            at = like + 1
        for came in new[at:]:
            self._whole(came, _ADDED)

    def _whole(self, piece: Piece, ink: Ink) -> None:
        """Take a piece that came or went as a whole."""
        if isinstance(piece, Prose):
            self._put(piece, [_signed(piece.text, ink)])
            return
        words = "a table came:" if ink is _ADDED else "a table went: "
        text = words if ink is _ADDED else words + " ".join(piece.text.split())
        self._put(Prose(marked=Marked("", ()), gap=1), [_signed(text, ink)])
        if ink is _ADDED:
            self.pieces.append(piece)

    def _reworded(self, old: Piece, new: Piece) -> None:
        """Take a piece whose words changed."""
        if not isinstance(new, Prose) or not isinstance(old, Prose):
            self._put(Prose(marked=Marked("", ()), gap=1), [_signed("this table changed:", _ADDED)])
            self.pieces.append(new)
            return
        self._put(new, list(_woven(old.text, new)))

    def _put(self, like: Prose, stretches: Sequence[_Stretch]) -> None:
        """Set stretches of text as a piece is set; what changed is a spot."""
        runs: list[Run] = []
        at = 0
        for runs_of, changed in stretches:
            size = sum(len(run.text) for run in runs_of)
            if changed:
                self.spots.append(Spot(len(self.pieces), 0, at, at + size))
            runs.extend(runs_of)
            at += size
        self.pieces.append(replace(like, marked=Marked.of(runs)))


class _Stretch(NamedTuple):
    """Runs of text that are the same in both wordings, or not."""

    runs: tuple[Run, ...]
    changed: bool


def _woven(old: str, new: Prose) -> Iterator[_Stretch]:
    """Yield the stretches of both wordings."""
    one, two = _TOKEN.findall(old), _TOKEN.findall(new.text)
    at = 0
    for kind, a, b, c, d in _joined(_ops(one, two), one):
        size = sum(map(len, two[c:d]))
        if kind == "equal":
            yield _Stretch(tuple(new.marked.stored(at, at + size)), changed=False)
        else:
            went, came = "".join(one[a:b]), "".join(two[c:d])
            yield _Stretch((*_signed(went, _REMOVED).runs, *_signed(came, _ADDED).runs), changed=True)
        at += size


def _signed(text: str, ink: Ink) -> _Stretch:
    """Return words that came or went between signs; the spaces around them stay outside."""
    words = text.strip()
    if not words:
        return _Stretch((Run(text, Ink()),) if text and ink is _ADDED else (), changed=True)
    sign = "+" if ink is _ADDED else "−"
    end = " " if ink is _REMOVED or text[-1:].isspace() else ""
    start = " " if text[0].isspace() else ""
    return _Stretch((Run(start, Ink()), Run(f"[{sign}{words}]", ink), Run(end, Ink())), changed=True)


def _joined(ops: Sequence[Op], old: Sequence[str]) -> list[Op]:
    """Return changes with only spaces between them as one."""
    joined: list[Op] = []
    for place, op in enumerate(ops):
        kind, a, b, _, d = op
        blank = kind == "equal" and 0 < place < len(ops) - 1 and "".join(old[a:b]).isspace()
        if joined and joined[-1][0] != "equal" and (blank or kind != "equal"):
            _, first, _, start, _ = joined[-1]
            joined[-1] = ("replace", first, b, start, d)
        else:
            joined.append(op)
    return joined


def _ops(old: Sequence[str], new: Sequence[str]) -> list[Op]:
    """Return how one list became the other, in time that is bounded whatever they hold."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, b = len(old) - tail, len(new) - tail
    if (a - head) * (b - head) > PAIRS_MAX:
        middle: list[Op] = [("replace", head, a, head, b)]
    else:
        matcher = SequenceMatcher(None, old[head:a], new[head:b], autojunk=False)
        middle = [
            (kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in matcher.get_opcodes()
        ]
    ops: list[Op] = [("equal", 0, head, 0, head), *middle, ("equal", a, len(old), b, len(new))]
    return [op for op in ops if op[1] < op[2] or op[3] < op[4]]


def _words(text: str) -> set[str]:
    return {token for token in _TOKEN.findall(text) if not token.isspace()}


def _alike(one: set[str], two: set[str]) -> bool:
    return bool(one and two) and len(one & two) / max(len(one), len(two)) >= ALIKE
