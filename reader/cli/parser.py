"""argparse with manners: errors are raised as one line, a misspelt option is recognised, all text is safe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NoReturn

from reader.cli.border import OK, USAGE
from reader.cli.output import terminal_columns
from reader.query.times import moment
from reader.text import NewsreadError, one_line, plain

Arguments = argparse.Namespace

_COVER = "\0"  # no word of a command line can hold it


class UsageError(NewsreadError):
    """The command line is not understood."""

    exit_code = USAGE


class Parser(argparse.ArgumentParser):
    """A parser for one command. Raises UsageError instead of printing and leaving."""

    def __init__(self, name: str, text: str, epilog: str = "") -> None:
        super().__init__(
            prog=name,
            description=text,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.surplus = ""  # what somebody may have meant who gives a word too many
        self.dashed = False  # whether a word such as `-this` is no option but a word
        files = self.add_argument_group("files")
        files.add_argument("--library", type=Path, metavar="PATH", help="the library (else NEWSREAD_LIBRARY)")
        files.add_argument("--config", type=Path, metavar="PATH", help="the settings (else NEWSREAD_CONFIG)")

    def _get_formatter(self) -> argparse.HelpFormatter:
        """Format for the terminal as it is, without shutil and the archives that it can read (3 ms)."""
        return self.formatter_class(prog=self.prog, width=terminal_columns() - 2)  # type: ignore[call-arg]

    def about(self, option: str, text: str) -> None:
        """Say more about an option that every command has."""
        for action in self._actions:
            if action.dest == option:
                action.help = f"{action.help}; {text}"

    def read(self, words: Sequence[str]) -> Arguments:
        """Return the parsed words, options and others in any order."""
        args, rest = self.parse_known_intermixed_args(self._covered(words))
        if rest:
            raise self.refusal(self._unknown(rest))
        return Arguments(**{name: _bare(value) for name, value in vars(args).items()})

    def _covered(self, words: Sequence[str]) -> list[str]:
        """Return the words with a mark before those that begin with `-` and are no options.

        argparse would take them for options: what follows `--` when options and words are mixed (as of
        Python 3.11), and a word to be left out of a search.
        """
        end = words.index("--") if "--" in words else len(words)
        options = [text for action in self._actions for text in action.option_strings]
        return [
            _COVER + word if word[:1] == "-" != word and (at > end or self._is_word(word, options)) else word
            for at, word in enumerate(words)
            if at != end
        ]

    def _is_word(self, word: str, options: Collection[str]) -> bool:
        return self.dashed and word[:2] != "--" and word not in options

    def _unknown(self, rest: Sequence[str]) -> str:
        odd = next((word for word in rest if word.startswith("-") and word != "-"), "")
        if not odd:
            return f"{quoted(rest[0])} is one word too many{self.surplus and f': {self.surplus}'}"
        name = odd.split("=")[0]
        options = [text for action in self._actions for text in action.option_strings]
        return f"there is no option {quoted(name)}{did_you_mean(name, options)}"

    def refusal(self, message: str) -> UsageError:
        """Return what is wrong, with where to look."""
        return UsageError(f"{one_line(message, 500)} (`{self.prog} --help` explains)")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        words = message.removeprefix("argument ").replace(_COVER, "")
        raise self.refusal(words.replace("expected one argument", "a value is missing behind it"))

    def exit(self, status: int = OK, message: str | None = None) -> NoReturn:
        """Leave after --help."""
        self._print_message(message or "")
        raise SystemExit(status)

    def _print_message(self, message: str, file: IO[str] | None = None) -> None:  # type: ignore[override]
        (file or sys.stdout).write(plain(message))


def _bare(value: Any) -> Any:
    """Return a parsed value without the mark of `Parser.read`."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value.removeprefix(_COVER) if isinstance(value, str) else value


def quoted(word: str) -> str:
    """Return a word of the user as an error repeats it."""
    return f"'{one_line(word, 80)}'"


def did_you_mean(word: str, names: Collection[str]) -> str:
    """Return "; did you mean 'x'?" when one of the names comes close, else ""."""
    from difflib import get_close_matches

    lowered = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(lowered), n=1, cutoff=0.6)
    return f"; did you mean {quoted(lowered[close[0]])}?" if close else ""


class OneOf:
    """Parses a word that must be one of `names`."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def __call__(self, text: str) -> str:
        """Return the word. Raises ArgumentTypeError."""
        if text in self.names:
            return text
        raise argparse.ArgumentTypeError(
            f"takes {' or '.join(self.names)}, not {quoted(text)}{did_you_mean(text, self.names)}"
        )


def one_of(*names: str) -> OneOf:
    """Return a parser of a word that must be one of `names`."""
    return OneOf(names)


def count(text: str) -> int:
    """Parse a number of articles, 0 or more."""
    if not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"takes a whole number, not {quoted(text)}")
    return int(text)


def positive(text: str) -> int:
    """Parse a number that counts from 1."""
    if found := count(text):
        return found
    raise argparse.ArgumentTypeError("takes a number from 1 on, not '0'")


def since(text: str) -> datetime:
    """Parse `2d`, `36h`, `90min`, `1w`, `today`, `yesterday` or an ISO date (in local time); return UTC."""
    try:
        return moment(text, datetime.now(UTC))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}, not {quoted(text)}") from None
