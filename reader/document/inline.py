"""A line of text in the making: spans in their styles, white space as browsers see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby, takewhile
from operator import itemgetter
from typing import NamedTuple

from reader import text as gate
from reader.document.blocks import Span, Spans
from reader.text.cleaning import JOINERS, MARKS_MAX

_SPACE = re.compile(r"[ \t\n\r\f]+")
_ODD_SPACE = re.compile(r"[\t\n\r\f]|  ")
_WIDE = "\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*\r?\n\s*(?=[{_WIDE}])")  # no space where a source line ends


class Style(NamedTuple):
    """How the text that follows looks."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    underline: bool = False
    sup: bool = False
    sub: bool = False
    link: int | None = None


PLAIN = Style()


class Line:
    """The text of the paragraph, heading or cell that is being read."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._styles: list[Style] = []
        self._spaced = True  # a space here would be the first of the line, or the second in a row

    def add(self, text: str, style: Style) -> None:
        """Append text; white space folds into single spaces."""
        if _ODD_SPACE.search(text):
            if not text.isascii():
                text = _WIDE_BREAK.sub("", text)
            text = _SPACE.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if not text:
            return
        if text[0] > "\u02ff":
            text = self._unpiled(text)
        self._spaced = text.endswith(" ")
        self._texts.append(text)
        self._styles.append(style)

    def set(self, text: str, style: Style) -> None:
        """Append text whose white space counts."""
        if text:
            self._texts.append(text)
            self._styles.append(style)
            self._spaced = text[-1] in " \n"

    def end_line(self, style: Style) -> bool:
        """Break the line; return whether that leaves a blank one: the paragraph is at its end."""
        while self._texts and not self._texts[-1].rstrip(" "):
            self._texts.pop()
            self._styles.pop()
        if not self._texts:
            return False
        if self._texts[-1].endswith("\n"):
            return True
        self._texts[-1] = self._texts[-1].rstrip(" ")
        self.set("\n", style)
        return False

    def take(self) -> Spans:
        """Return the line and begin a new one; () when there is nothing to see."""
        texts, styles = self._texts, self._styles
        self._texts, self._styles, self._spaced = [], [], True
        while texts and not texts[-1].strip(" \n"):
            texts.pop()
        if not texts or all(map(gate.blank, texts)):
            return ()
        texts[-1] = texts[-1].rstrip(" \n")
        runs = groupby(zip(texts, styles, strict=False), key=itemgetter(1))
        return tuple(Span("".join(text for text, _ in run), *style) for style, run in runs)

    def _unpiled(self, text: str) -> str:
        """Return `text` without the leading marks that would pile up on those before it."""
        lead = _marks(text)
        if not lead:
            return text
        tail = "".join(before[-MARKS_MAX:] for before in self._texts[-MARKS_MAX:])
        room = max(MARKS_MAX - _marks(reversed(tail)), 0)
        return text[: min(lead, room)] + text[lead:]


def _marks(text: Iterable[str]) -> int:
    """Return how many marks and joiners stand at the beginning."""
    piled = takewhile(lambda char: char in JOINERS or unicodedata.category(char)[0] == "M", text)
    return sum(1 for _ in piled)
