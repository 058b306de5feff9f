"""`newsread [SOURCE ...]`: open the desk."""

from __future__ import annotations

import gc
import os
from dataclasses import replace

from reader.cli.border import FAILED
from reader.cli.commands import COMMANDS
from reader.cli.opening import settings
from reader.cli.output import Output
from reader.cli.parser import Arguments, Parser, UsageError, did_you_mean, quoted
from reader.cli.sources import SourceError, source

DUMB = "dumb"
"""The terminal that knows no sequences: it gets plain mode unasked."""


def desk_arguments(parser: Parser) -> None:
    """Add what the desk takes."""
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="a file, a folder, an address, or - for stdin"
    )
    parser.add_argument("--demo", action="store_true", help="show the sample edition; nothing is fetched")
    parser.add_argument("--theme", metavar="NAME", help="the colours, for this time")
    parser.add_argument("--no-restore", action="store_true", help="begin anew, not where the desk was left")
    parser.add_argument(
        "--plain", action="store_true", help="no screen but lines, asked for by words: for screen readers"
    )
    parser.add_argument("--reduced-motion", action="store_true", help="nothing slides")
    parser.add_argument("-V", "--version", action="store_true", help="print the version")


def unasked() -> Arguments:
    """Return what no words at all say, 2 ms before the parser would: it is the launch that is waited for."""
    flags = dict.fromkeys(("demo", "no_restore", "plain", "reduced_motion", "version"), False)
    return Arguments(**dict.fromkeys(("library", "config", "theme")), **flags, sources=[])


def desk_run(args: Arguments, out: Output) -> int:
    """Check what can be checked without Textual, then hand over to the desk."""
    if args.version:
        from reader import __version__

        out.text(f"newsread {__version__}")
        return 0
    if args.demo and args.sources:
        raise UsageError("--demo shows the sample edition alone: leave the sources away")
    sources = tuple(source_of(word, first=not number) for number, word in enumerate(args.sources))
    config = settings(args, keys=True)
    if args.plain or (out.tty and os.environ.get("TERM") == DUMB):
        from reader.cli.plain import plain

        return plain(config, sources, demo=args.demo)
    if not out.tty:
        out.say("newsread: the desk needs a terminal; in a pipe use a command such as `newsread list`")
        return FAILED
    ui = replace(
        config.ui,
        theme=args.theme or config.ui.theme,
        reduced_motion=args.reduced_motion or config.ui.reduced_motion,
        restore=config.ui.restore and not args.no_restore,
    )
    gc.disable()  # what imports allocate is no garbage; the desk enables it again once it is painted
    if sources or args.demo:
        from reader.sandbox import warm

        warm()
    from reader.tui import run

    return run(replace(config, ui=ui, origins={**config.origins, **_asked(args)}), sources, demo=args.demo)


def _asked(args: Arguments) -> dict[str, str]:
    """Return the settings that the command line states, by their keys, with the option."""
    options = {"theme": args.theme, "reduced_motion": args.reduced_motion, "restore": args.no_restore}
    names = {"restore": "--no-restore"}
    return {f"ui.{key}": names.get(key, f"--{key}").replace("_", "-") for key, on in options.items() if on}


def source_of(word: str, *, first: bool) -> str:
    """Return a source; a first word that nearly names a command is taken for a slip."""
    try:
        return source(word)
    except SourceError:
        if not first or not word.isalpha():
            raise
        hint = did_you_mean(word, COMMANDS) or "; `newsread --help` lists the commands"
        raise UsageError(f"there is no command, file or folder {quoted(word)}{hint}") from None
