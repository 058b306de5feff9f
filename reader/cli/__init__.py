"""The command line: `main`. All else is imported when a command needs it, so that quick ones are quick."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # the real one costs more than a kept frame
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run newsread; return 0 (all went well), 1 (failed), 2 (usage), 3 (partly failed), 130 (interrupted)."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        drawn = _drawn(words)
    except KeyboardInterrupt:
        return 130
    from reader.cli.border import guarded

    return guarded(_framed if drawn else _run, words)


def _drawn(words: list[str]) -> bool:
    """Draw the desk as it was last seen where it would look the same; tell whether it was."""
    if words and not words[0].startswith("-"):
        return False
    from reader.frame import early

    try:
        return early.draw(words)
    except BaseException as error:
        early.give_back()
        if isinstance(error, Exception):  # whatever it is, the desk itself will do without or say it
            return False
        raise


def _framed(words: list[str]) -> int:
    """Run the desk behind a frame; what goes wrong before it takes over is said on the terminal as it was."""
    import gc

    from reader.frame import early

    gc.disable()  # what imports allocate is no garbage; the desk enables it again once it is painted

    try:
        return _run(words)
    finally:
        early.give_back()


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
