"""The fields and flags of the language, and which values a field takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from reader.query.times import moment
from reader.query.tree import Field, Phrase, Word

FIELDS = {
    "title": 'a word or "words" of the headline',
    "topic": "a topic",
    "tag": "a tag of a feed",
    "source": "a part of a source's name",
    "author": "a part of an author's name",
    "lang": "a language, such as en",
    "since": "how old at most: 2d, 36h, 2026-11-01",
    "before": "how old at least: 2d, 36h, 2026-11-01",
    "feed": "a feed by its number",
    "story": "the reports of the story that an article tells, by its number",
}
"""Each field with what it takes."""

FLAGS = {
    "unread": "not read yet",
    "read": "read",
    "starred": "starred",
    "followed": "of a story that you follow",
    "hidden": "hidden by a rule; without this word nobody sees those",
}
"""Each flag with what it asks for."""

WHOLE = ("title", "topic", "tag")
"""Fields that hold whole words or names; the others find a part anyway."""

_NUMBER_MAX = 9
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")


def made(name: str, value: Word | Phrase) -> Field:
    """Return a field with a value that it can take. Raises ValueError in words."""
    text = value.text
    if name == "feed" and not text.isdecimal():
        name = "source"  # as `--feed` understands a name, too
    if isinstance(value, Word) and value.beginning and name not in WHOLE:
        value = Word(text.rstrip("*") or "*")
    if name in ("feed", "story") and not (text.isascii() and text.isdecimal() and len(text) <= _NUMBER_MAX):
        raise ValueError(f"{name}: takes a number")
    if name in ("since", "before"):
        try:
            moment(text, datetime.now(UTC))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    if name == "lang" and not _LANGUAGE.match(text):
        raise ValueError("lang: takes a language, such as en or pt-BR")
    return Field(name, value)
