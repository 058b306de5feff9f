"""Places in an article where words stand: in any case, with or without accents, across line ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, islice
from typing import NamedTuple
from unicodedata import category

from reader.text.folding import fold
from reader.tui.typeset.lines import HERE, HIT, Light, Piece

SPOTS_MAX = 10_000
"""Places that are found at most: one letter in a book has more, and no one goes through them."""


class Spot(NamedTuple):
    """A stretch of one of a piece's texts."""

    piece: int
    part: int
    start: int
    end: int


class _Folds(dict[str, str]):
    """What each character is for the comparison; worked out when it is first met."""

    def __missing__(self, char: str) -> str:
        self[char] = folded = " " if char.isspace() else fold(char.casefold())
        return folded


_FOLDS = _Folds()


def spots(pieces: Sequence[Piece], words: str) -> list[Spot]:
    """Return where the words stand, in the order of the text; [] for no words."""
    needle = "".join(_FOLDS[char] for char in " ".join(words.split()))
    found: list[Spot] = []
    if not needle.strip():
        return found
    for index, piece in enumerate(pieces):
        for part, text in enumerate(piece.parts):
            found.extend(Spot(index, part, start, end) for start, end in stretches(text, needle))
            if len(found) >= SPOTS_MAX:
                return found[:SPOTS_MAX]
    return found


def struck(pieces: Sequence[Piece], hits: Callable[[str], Iterable[tuple[int, int]]]) -> list[Spot]:
    """Return the stretches that a function finds in each text."""
    found = (
        Spot(index, part, start, end)
        for index, piece in enumerate(pieces)
        for part, text in enumerate(piece.parts)
        for start, end in hits(text)
    )
    return list(islice(found, SPOTS_MAX))


def stretches(text: str, needle: str) -> Iterable[tuple[int, int]]:
    """Yield the stretches of a text that equal a folded word; they do not overlap."""
    folded, ends = _folded(text)
    at, last = folded.find(needle), 0
    while at >= 0:
        end = at + len(needle)
        start, stop = (at, end) if ends is None else (bisect_right(ends, at), bisect_right(ends, end - 1) + 1)
        while stop < len(text) and (text[stop] in "\u200d\ufe0f" or category(text[stop])[0] == "M"):
            stop += 1  # a mark belongs to the letter before it
        if start >= last:
            yield start, stop
            last = stop
        at = folded.find(needle, end)


def _folded(text: str) -> tuple[str, Sequence[int] | None]:
    """Return a text for the comparison; where its length changed, also where each character ends in it."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " "), None
    parts = [_FOLDS[char] for char in text]
    folded = "".join(parts)
    if len(folded) == len(text) and max(map(len, parts)) == 1:
        return folded, None
    return folded, list(accumulate(map(len, parts)))


def light(pieces: Sequence[Piece], found: Sequence[Spot], here: int = -1) -> None:
    """Mark the spots in their pieces, one of them as the present one; nothing else stays marked."""
    lights: dict[int, list[Light]] = {}
    for spot in found:
        lights.setdefault(spot.piece, []).append(Light(spot.part, spot.start, spot.end, HIT))
    if 0 <= here < len(found):
        spot = found[here]
        lights[spot.piece] = [
            each._replace(found=HERE) if (each.part, each.start) == (spot.part, spot.start) else each
            for each in lights[spot.piece]
        ]
    for index, piece in enumerate(pieces):
        piece.light(lights.get(index, ()))
