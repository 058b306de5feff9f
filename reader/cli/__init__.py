"""The command line: `main`. All else is imported when a command needs it, so that quick ones are quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from reader.cli.border import guarded


def main(argv: Sequence[str] | None = None) -> int:
    """Run newsread; return 0 (all went well), 1 (failed), 2 (usage), 3 (partly failed), 130 (interrupted)."""
    return guarded(_run, list(sys.argv[1:] if argv is None else argv))


def _run(words: list[str]) -> int:
    if words in (["--version"], ["-V"]):  # needs no parser
        from reader import __version__

        print(f"newsread {__version__}")  # noqa: T201 (this is the output)
        return 0
    if words[:1] == ["unread"]:
        from reader.cli.quick import answer

        if found := answer(words):
            sys.stdout.write(found)
            return 0
    from reader.cli.dispatch import dispatch

    return dispatch(words)
