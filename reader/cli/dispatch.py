"""From the words of the command line to the command: only the module that is asked for is imported."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from reader.cli.commands import COMMANDS, Command
from reader.cli.output import Output
from reader.cli.parser import Parser, UsageError

_VALUED = ("--library", "--config", "--theme")  # options whose next word is their value

_ABOUT = """\
A news reader for the terminal. Without a command it opens the desk: ticker, headlines, article and related
news; with sources it reads these without subscribing.

commands:
"""
_EXAMPLES = """\
examples:
  newsread                                     your feeds
  newsread page.txt https://example.org/feed   read these without subscribing (`-`: standard input)
  newsread add https://example.org             subscribe to the feed of this site
  newsread list --unread --since 2d --json     what is new, for scripts

`newsread COMMAND --help` explains a command. A source that has the name of a command is given as ./list.
Exit codes: 0 all went well, 1 failed, 2 wrong usage, 3 partly failed.
"""


def dispatch(words: Sequence[str]) -> int:
    """Run the command that the words name, else the desk with the words as sources; return the exit code."""
    rest = list(words)
    at = _first_word(rest)
    if at is not None and rest[at] in COMMANDS:
        return _command(COMMANDS[rest.pop(at)], rest)
    return _desk(rest)


def _first_word(words: Sequence[str]) -> int | None:
    """Return the place of the first word that is neither an option nor an option's value."""
    at = 0
    while at < len(words) and words[at] != "--":
        if words[at] in _VALUED:
            at += 2
        elif words[at].startswith("-") and words[at] != "-":
            at += 1
        else:
            return at
    return None


def _command(command: Command, words: Sequence[str]) -> int:
    args = command_parser(command).read(words)
    run = getattr(_module(command), f"{command.name}_run")
    return int(run(args, Output(as_json=command.json and args.json)))


def _module(command: Command) -> ModuleType:
    return import_module(f"reader.cli.{command.module}")


def command_parser(command: Command) -> Parser:
    """Return what parses a command's words, for running it and for describing it."""
    parser = Parser(f"newsread {command.name}", command.text)
    if command.json:
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    getattr(_module(command), f"{command.name}_arguments")(parser)
    return parser


def _desk(words: Sequence[str]) -> int:
    from reader.cli import desk

    try:
        args = desk_parser().read(words) if words else desk.unasked()
    except UsageError:
        at = _first_word(words)
        if at is not None:
            desk.source_of(words[at], first=True)  # what is wrong is the command: its options are no desk's
        raise
    return desk.desk_run(args, Output())


def desk_parser() -> Parser:
    """Return what parses the words when they name no command."""
    from reader.cli import desk

    width = max(map(len, COMMANDS))
    table = "\n".join(f"  {command.name:<{width}}  {command.text}" for command in COMMANDS.values())
    parser = Parser(
        "newsread",
        _ABOUT + table,
        _EXAMPLES,
    )
    desk.desk_arguments(parser)
    return parser
