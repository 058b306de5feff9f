"""The outermost border: whatever happens within, the user reads one line in words, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

OK, FAILED, USAGE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130
DEBUG_ENV = "NEWSREAD_DEBUG"


def guarded(run: Callable[[list[str]], int], words: list[str]) -> int:
    """Return the exit code of `run(words)`, or of what became of it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # started with `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (lives on)
    code = FAILED
    try:
        code = run(words)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:  # `| head` has read enough
        code = OK
    except SystemExit as leave:
        code = leave.code if isinstance(leave.code, int) else FAILED if leave.code else OK
    except Exception as error:
        with suppress(OSError):
            code = _explain(error)
    return _flushed(code)


def _flushed(code: int) -> int:
    """Write out what is still in the buffer; return the exit code. A failure before was said already."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _mute()
    except OSError as error:
        _mute()
        with suppress(OSError):
            return code or _explain(error)
        return FAILED
    return code


def _explain(error: Exception) -> int:
    """Say an error in one line; return the exit code."""
    import reader.text as gate

    if os.environ.get(DEBUG_ENV):
        import traceback

        sys.stderr.write(gate.plain("".join(traceback.format_exception(error))))
    if isinstance(error, gate.NewsreadError):
        words = str(error)
    elif isinstance(error, MemoryError):
        words = "there is not enough memory for this"
    elif isinstance(error, OSError) and error.strerror:
        place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        words = f"{place}{error.strerror.lower()}"
    else:
        kind = gate.one_line(f"{type(error).__name__}: {error}", 300)
        words = (
            f"something went wrong that should not have ({kind}); please report it with what the same command"
            f" prints with {DEBUG_ENV}=1 in front"
        )
    sys.stderr.write(f"newsread: {gate.one_line(words, 2_000)}\n")
    sys.stderr.flush()
    code = getattr(error, "exit_code", FAILED)
    return code if isinstance(code, int) else FAILED


def _mute() -> None:
    """Let nothing more be written to standard output, also not what is still in its buffer."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
