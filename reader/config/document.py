"""A config file as it was written: its values, the line of each key, and the mistakes found in it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reader.config.checks import named
from reader.text import NewsreadError, one_line

NAME_SHOWN = 80
"""Characters of a key that an error repeats."""


class ConfigError(NewsreadError):
    """The config file cannot be used. `problems` holds every mistake, one line each; str() is the first.

    `library` is the file that it means all the same, None where that cannot be told.
    """

    def __init__(self, problems: Iterable[str], library: Path | None = None) -> None:
        self.problems, self.library = tuple(problems), library
        more = len(self.problems) - 1
        super().__init__(
            self.problems[0] + (f" (and {more} more: `newsread config` lists them)" if more else "")
        )


class Document:
    """A config file with its values, its lines, and the mistakes found so far.

    `homes` names the tables that a setting stands in, for whoever wrote it into another one.
    """

    def __init__(self, path: Path, homes: Mapping[str, Sequence[str]] | None = None) -> None:
        self.path, self.homes = path, homes or {}
        self.name = one_line(os.fsdecode(path))
        self.data: dict[str, Any] = {}
        self.lines: dict[tuple[str, ...], int] = {}
        self.problems: list[tuple[int, str]] = []

    def parse(self, body: bytes) -> None:
        """Read TOML. Raises ConfigError with the line."""
        import tomllib  # 13 ms that a start without a config file saves

        from reader.config.lines import key_lines

        try:
            text = body.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            raise ConfigError([f"{self.name}:{line}: this is not UTF-8 text"]) from None
        try:
            self.data = tomllib.loads(text)
        except RecursionError:
            raise ConfigError([f"{self.name}: brackets are nested too deeply"]) from None
        except ValueError as error:
            raise ConfigError([_syntax(self.name, text, str(error))]) from None
        self.lines = key_lines(text)

    def mistake(self, key: tuple[str, ...], words: str) -> None:
        """Note a mistake at `key`, or at the nearest parent that has a line."""
        line = next((self.lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.lines), 0)
        place = f"{self.name}:{line}" if line else self.name
        self.problems.append((line, f"{place}: {words}"))

    def check(self, key: tuple[str, ...], value: object, check: Any) -> Any:
        """Return the checked value; None after a mistake."""
        try:
            return check(value)
        except ValueError as error:
            self.mistake(key, f"{_dotted(key)} {error}")
            return None

    def places(self) -> dict[str, str]:
        """Return where each key stands: `file:line`."""
        return {".".join(key): f"{self.name}:{line}" for key, line in self.lines.items()}

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of the file; empty when it is absent or no table."""
        value = self.data.get(name, {})
        if isinstance(value, dict):
            return value
        self.mistake((name,), f"{name} is a table, written as [{name}], not {named(value)}")
        return {}

    def known(self, table: Mapping[str, Any], parent: tuple[str, ...], names: Collection[str]) -> None:
        """Note every key of a table that is not among `names`."""
        for name in table:
            if name not in names:
                key = (*parent, name)
                self.mistake(key, f"unknown key {_dotted(key)!r}{self._hint(name, names, parent)}")

    def _hint(self, name: str, names: Collection[str], parent: tuple[str, ...]) -> str:
        """Return "; did you mean 'x'?" where something comes close, or where the key belongs elsewhere."""
        from difflib import get_close_matches

        if homes := [table for table in self.homes.get(name, ()) if (table,) != parent]:
            return f"; did you mean {name!r} in the table [{homes[0]}]?"
        close = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
        return f"; did you mean {close[0]!r}?" if close else ""


def _dotted(key: tuple[str, ...]) -> str:
    return one_line(".".join(key), NAME_SHOWN)


def _syntax(name: str, text: str, error: str) -> str:
    """Return a TOML error with its line in front: tomllib puts it at the end, in brackets."""
    if match := re.search(r"\(at line (\d+), column \d+\)", error):
        line = int(match[1])
    else:
        line = text.rstrip().count("\n") + 1 if "end of document" in error else 0
    words = "this is not TOML: " + one_line(re.sub(r" \(at [^()]*\)", "", error), 200)
    return f"{name}:{line}: {words}" if line else f"{name}: {words}"
