"""What is wrong with a query, and where."""

from __future__ import annotations

from reader.text import NewsreadError, one_line

SHOWN = 30
"""Characters of a query that an error repeats from its place on."""


class QueryError(NewsreadError):
    """A text is no query. `at` counts its characters from 0; `words` say what is wrong there."""

    def __init__(self, text: str, at: int, words: str) -> None:
        self.text, self.at, self.words = text, at, words
        rest = one_line(text[at : at + SHOWN * 2], SHOWN)
        place = f"column {at + 1}" + (f", at {rest!r}" if rest else ", at its end")
        super().__init__(f"query, {place}: {words}")
