"""The words of plain mode in one table: reading a line and the help are made from it. Pure."""

from __future__ import annotations

from reader.records import dataclass
from reader.text import NewsreadError, one_line


class WordError(NewsreadError):
    """A line is not understood."""


@dataclass(frozen=True, slots=True)
class Word:
    """What can be typed. `Session.<name>` does it."""

    name: str
    text: str
    also: tuple[str, ...] = ()
    takes: str = ""  # what may stand behind it


WORDS = (
    Word("list", "the headlines of the view from its beginning, ten at a time", ("l",)),
    Word("more", "the next headlines", ("m",)),
    Word("read", "an article, by its number; without one the one that is next in the list", ("r",), "NUMBER"),
    Word("next", "the next unread article", ("n",)),
    Word("previous", "the unread article before", ("p",)),
    Word("back", "the article you came from", ("b",)),
    Word("related", "what else was written about the article; with a number, that one", ("e",), "NUMBER"),
    Word("links", "the links of the article", (), ""),
    Word("open", "the article in the browser; with a number, that link of it", ("o",), "NUMBER"),
    Word("all", "show all news", ("a",)),
    Word("unread", "show unread news only", ("v",)),
    Word("starred", "show starred news only"),
    Word("topics", "the topics with their counts", ("t",)),
    Word("topic", "show one topic, by name or number; alone: every topic again", (), "NAME"),
    Word("search", "show what holds these words; alone: everything again", ("/",), "WORDS"),
    Word("star", "star the article, or take its star away", ("s",), "NUMBER"),
    Word("mark", "mark the article read or unread; `mark all`: all that the view shows", (), "NUMBER or all"),
    Word("undo", "take the last mark back", ("u",)),
    Word("refresh", "fetch what is due"),
    Word("where", "what is shown, and how much of it", ("w",)),
    Word("help", "all words; with a word, that one", ("?", "h"), "WORD"),
    Word("quit", "leave", ("q", "exit")),
)
NAMES = {name: word for word in WORDS for name in (word.name, *word.also)}


def understood(line: str) -> tuple[Word, str]:
    """Return the word of a line and what stands behind it. A number alone reads. Raises WordError."""
    first, _, rest = line.strip().partition(" ")
    if first.isdecimal() and not rest:
        return NAMES["read"], first
    if line.strip().startswith("/"):
        first, rest = "/", line.strip()[1:]
    if not (word := NAMES.get(first.casefold())):
        raise WordError(f"there is no word {one_line(first, 40)!r}; help lists them")
    if rest.strip() and not word.takes:
        raise WordError(f"{word.name} stands alone")
    return word, rest.strip()


def number(text: str) -> int:
    """Return the number behind a word. Raises WordError."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise WordError(f"a number belongs here, not {one_line(text, 40)!r}")
    return int(text)


def explained(word: Word) -> str:
    """Return a line of the help."""
    name = f"{word.name} {word.takes}".strip()
    also = f" Short: {', '.join(word.also)}." if word.also else ""
    return f"{name}: {word.text}.{also}"
