"""The command line described by its own parsers, so that completion and manual are always true."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from reader.cli.commands import COMMANDS
from reader.cli.dispatch import command_parser, desk_parser
from reader.cli.parser import OneOf, Parser
from reader.records import dataclass

_NAMES = {"T": "topics", "TOPIC|ID": "topics", "F": "feeds", "FEED": "feeds", "--view": "views"}
"""What takes names of the library, and the command that lists them."""
_FILES = ("FILE", "PATH", "SOURCE")  # metavars with one of these in them take files


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, or a word without one (no `names`)."""

    names: tuple[str, ...]
    value: str  # what it takes, as the help shows it; "" when it takes nothing
    text: str
    choices: tuple[str, ...]  # words that it takes, () when any
    files: bool  # whether it takes files
    names_of: str  # the command that lists what it takes: topics, feeds or views; "" for anything else
    many: bool  # whether it may be given several times
    optional: bool


@dataclass(frozen=True, slots=True)
class Described:
    """A command; the desk has no name."""

    name: str
    text: str
    arguments: tuple[Argument, ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        """Return what begins with a dash."""
        return tuple(one for one in self.arguments if one.names)

    @property
    def words(self) -> tuple[Argument, ...]:
        """Return what does not."""
        return tuple(one for one in self.arguments if not one.names)


def described() -> tuple[Described, ...]:
    """Return the desk and every command."""
    desk = _described("", "open the desk, or read sources without subscribing", desk_parser())
    return (desk, *(_described(one.name, one.text, command_parser(one)) for one in COMMANDS.values()))


def _described(name: str, text: str, parser: Parser) -> Described:
    return Described(name, text, tuple(_arguments(parser)))


def _arguments(parser: Parser) -> Iterator[Argument]:
    for action in parser._actions:  # noqa: SLF001 (argparse has no other way)
        takes = action.nargs != 0
        value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        names = tuple(sorted(action.option_strings, key=len))
        yield Argument(
            names=names,
            value=value if takes else "",
            text=(action.help or "").replace("%%", "%"),
            choices=action.type.names if isinstance(action.type, OneOf) else _literal(value),
            files=takes and (action.type is Path or any(word in value for word in _FILES)),
            names_of=_NAMES.get(value if takes else "", _NAMES.get("".join(names), "")),
            many=action.nargs in ("+", "*") or isinstance(action, argparse._AppendAction),  # noqa: SLF001
            optional=bool(names) or action.nargs in ("?", "*"),
        )


def _literal(value: str) -> tuple[str, ...]:
    """Return those words of a metavar such as `FILE|newsboat` that are to be typed as they stand."""
    return tuple(word for word in value.split("|") if word.islower() and word.isalpha())
