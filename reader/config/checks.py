"""What a setting may be. A check returns the value as the program wants it, or raises ValueError in words."""

from __future__ import annotations

import math
import re
from typing import Protocol

from reader.records import dataclass
from reader.text import one_line

SHOWN_MAX = 40
"""Characters of a wrong value that an error repeats."""

_REACH = re.compile(r"(?:https?://[!-'*-:<-~]+|[!-'*-:<-~]+@[!-'*-:<-~]+)?")

_KINDS = {
    str: "the text",
    bool: "the flag",
    int: "the number",
    float: "the number",
    list: "a list",
    dict: "a table",
}


class Check(Protocol):
    """A rule for one value of the file."""

    @property
    def shape(self) -> str:
        """What the value may be, in words for the commented default file."""
        ...

    def __call__(self, value: object) -> object:
        """Return the value as the program wants it; raise ValueError in words."""
        ...


def named(value: object) -> str:
    """Return a wrong value as an error repeats it: its kind, and the value where it is short."""
    kind = _KINDS.get(type(value), "a date")
    if isinstance(value, list | dict) or kind == "a date":
        return kind
    shown = f"{value!r}" if isinstance(value, str) else str(value).lower()
    return f"{kind} {one_line(shown, SHOWN_MAX)}"


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both included."""

    low: float
    high: float
    unit: str
    whole: bool = False

    @property
    def shape(self) -> str:
        """Say the bounds."""
        return f"{'a whole number' if self.whole else 'a number'} from {self.low:g} to {self.high:.12g}"

    def __call__(self, value: object) -> float | int:
        """Return an int, or a float where fractions are allowed."""
        fits = isinstance(value, int if self.whole else int | float) and not isinstance(value, bool)
        if not fits or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"takes {self.shape} ({self.unit}), not {named(value)}")
        if not self.low <= value <= self.high:
            raise ValueError(f"takes {self.shape} ({self.unit}), not {value}")
        return value if self.whole else float(value)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    shape: str = "true or false"

    def __call__(self, value: object) -> bool:
        """Return the flag."""
        if not isinstance(value, bool):
            raise ValueError(f"takes {self.shape}, not {named(value)}")  # noqa: TRY004 (words for the user)
        return value


ON_OPEN, NEVER = "open", "never"


@dataclass(frozen=True, slots=True)
class Timing:
    """When something happens: at once, after some seconds, never; true is at once and false never."""

    high: float

    @property
    def shape(self) -> str:
        """Say what there is."""
        return f'"{ON_OPEN}", "{NEVER}", or a number of seconds up to {self.high:g}'

    def __call__(self, value: object) -> str | float:
        """Return ON_OPEN, NEVER, or seconds."""
        if isinstance(value, bool):
            return ON_OPEN if value else NEVER
        if value in (ON_OPEN, NEVER):
            return str(value)
        if isinstance(value, int | float) and 0 <= value <= self.high:
            return float(value) if value else ON_OPEN
        raise ValueError(f"takes {self.shape}, not {named(value)}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def shape(self) -> str:
        """Name them."""
        *some, last = (f'"{word}"' for word in self.words)
        return f"{', '.join(some)} or {last}"

    def __call__(self, value: object) -> str:
        """Return the word."""
        if not isinstance(value, str) or value not in self.words:
            raise ValueError(f"takes {self.shape}, not {named(value)}")
        return value


@dataclass(frozen=True, slots=True)
class Word:
    """A short text on one line, not blank."""

    limit: int
    shape: str = "a text"

    def __call__(self, value: object) -> str:
        """Return the text, made safe."""
        if not isinstance(value, str):
            raise ValueError(f"takes {self.shape}, not {named(value)}")  # noqa: TRY004 (words for the user)
        text = one_line(value)
        if not text:
            raise ValueError(f"takes {self.shape}, not a blank one")
        if len(text) > self.limit:
            raise ValueError(f"takes at most {self.limit} characters, not {len(text)}")
        return text


@dataclass(frozen=True, slots=True)
class Reach:
    """Where somebody is reached: an address of the web or of mail, or nowhere."""

    limit: int
    shape: str = "an address of the web or of mail"

    def __call__(self, value: object) -> str:
        """Return the address: characters that may stand in a comment of the User-Agent only."""
        if not isinstance(value, str):
            raise ValueError(f"takes {self.shape}, not {named(value)}")  # noqa: TRY004 (words for the user)
        if not _REACH.fullmatch(value):
            raise ValueError(f"takes {self.shape}, without blanks and brackets")
        if len(value) > self.limit:
            raise ValueError(f"takes at most {self.limit} characters, not {len(value)}")
        return value


@dataclass(frozen=True, slots=True)
class Maybe:
    """What another check takes, or an empty list."""

    check: Words

    @property
    def shape(self) -> str:
        """Show an example."""
        return self.check.shape

    def __call__(self, value: object) -> tuple[str, ...]:
        """Return the texts, none where the list is empty."""
        return () if value in ([], ()) else self.check(value)


@dataclass(frozen=True, slots=True)
class Words:
    """A list of texts, or one text alone."""

    limit: int
    count: int
    example: str

    @property
    def shape(self) -> str:
        """Show an example."""
        return f"a list of texts such as {self.example}"

    def __call__(self, value: object) -> tuple[str, ...]:
        """Return the texts, made safe, in the order of the file."""
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not items:
            raise ValueError(f"takes {self.shape}, not {'an empty one' if items == [] else named(value)}")
        if len(items) > self.count:
            raise ValueError(f"takes at most {self.count} texts, not {len(items)}")
        return tuple(Word(self.limit, self.shape)(item) for item in items)
