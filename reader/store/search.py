"""Full-text search: what a reader types, as an expression of SQLite's FTS5."""

from __future__ import annotations

import re

from reader.store.database import Database

TEXT_MAX = 50_000
"""Characters of a body that are indexed: whole books need not be found by their last chapter."""

QUERY_MAX = 32
"""Words of a query that count: far above what anyone types, below what would take long."""

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f]+"
)
"""Runs of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""

PIECES = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


def indexable(text: str) -> str:
    """Return text as the index takes it: runs of unspaced scripts as their words() pieces."""
    text = text[:TEXT_MAX]
    return UNSPACED.sub(_split, text) if not text.isascii() else text


def _split(run: re.Match[str]) -> str:
    from reader import text

    words = getattr(text, "words", str.split)  # until text.py is there
    return " " + " ".join(words(run[0])) + " "


def expression(query: str) -> str:
    """Return the FTS5 expression of a query, "" when it asks for nothing.

    Words are all required, the last one as a beginning; "quoted" ones stand side by side; -word and
    -"a phrase" exclude. Whatever else is typed is taken as words; nothing raises.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    pieces = list(PIECES.finditer(query))[:QUERY_MAX]
    for place, piece in enumerate(pieces):
        minus, phrase, word = piece.groups()
        text = phrase if word is None else word
        if not any(letter.isalnum() for letter in text):
            continue
        last = place == len(pieces) - 1 and word is not None and query[-1:] == word[-1:]
        (unwanted if minus else wanted).append(_phrase(text) + (" *" if last and not minus else ""))
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {phrase}" for phrase in unwanted)


def _phrase(text: str) -> str:
    return '"' + indexable(text).replace('"', " ").strip() + '"'


def exact(db: Database, title: str) -> list[int]:
    """Return the newest articles whose title holds this one's words in order."""
    if not any(letter.isalnum() for letter in title):
        return []
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50"
    return [id for (id,) in db.rows(sql, (f"title : {_phrase(title)}",))]
