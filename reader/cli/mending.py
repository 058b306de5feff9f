"""`newsread doctor --rebuild`, `--tidy`, `--rescue`: what it mends, and what it saves."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.border import OK
from reader.cli.output import Output, counted
from reader.config.files import reason
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.config import Config
    from reader.store import Store

Progress = Callable[[int, int], None]


def tidied(store: Store, config: Config, out: Output) -> dict[str, object]:
    """Let go what is kept no longer and what was left behind; return what the JSON says of it."""
    from reader.library.keeping import keeps_all, tidy
    from reader.store.health import health, sweep

    if health(store.db).homeless:  # looking keeps nobody from writing, sweeping may for seconds
        sweep(store.db)
    done = tidy(store, config, datetime.now(UTC))
    if not out.json:
        freed = f", {done.bytes / 1024**2:,.1f} MiB given back" if done.bytes else ""
        kept = "; no setting under [keep] lets any go" if keeps_all(config) else ""
        out.say(f"{counted(done.articles, 'article')} removed{freed}{kept}")
    return {"tidied": done.articles, "freed": done.bytes}


def rebuilt(store: Store, out: Output) -> int:
    """Make index and stories anew, as soon as nobody else writes; return how many articles were read."""
    from reader.library import rebuild
    from reader.store.errors import BusyError

    told = False
    while True:
        try:
            with _progress(out) as step:
                return rebuild(store, step)
        except BusyError:
            if not told:
                out.say("another newsread is writing to the library: waiting for it (Ctrl+C ends this)")
            told = True
        except KeyboardInterrupt:
            out.say("stopped: index and stories are as they were")
            raise


def _progress(out: Output) -> AbstractContextManager[Progress]:
    """Return a context in which a bar shows how much is done, on a terminal only."""
    if out.json or not sys.stderr.isatty():
        return nullcontext(lambda _done, _total: None)
    from reader.cli.progress import counter

    return counter("rebuild")


def rescued(path: Path, target: Path, out: Output) -> int:
    """Make a new library of what can be read of this one, and say how to go on with it."""
    from reader.library import rescue

    if not path.is_file():
        raise NewsreadError(f"there is no library at {path}; name one with --library")
    if target.exists():
        raise NewsreadError(f"{target} is there already; name a new file")
    if not target.parent.is_dir():
        raise NewsreadError(f"there is no folder {target.parent}; name a file in one that is there")
    try:
        with _progress(out) as step:
            found = rescue(path, target, step)
    except OSError as error:
        raise NewsreadError(f"{target} could not be made: {reason(error)}") from None
    if out.json:
        out.record(found, rescued=str(target))
        return OK
    lost = f", of {found.textless:,} the headline alone" if found.textless else ""
    out.say(
        f"{counted(found.feeds, 'feed')} and {counted(found.articles, 'article')} ({found.marked:,} read or"
        f" starred{lost}) were saved into {target}; {path} is as it was"
    )
    out.say(
        f"`newsread --library {shlex.quote(str(target))}` shows them; to go on with it, end every newsread,"
        f" put {path} and what begins with its name elsewhere, and move the new file into its place"
    )
    return OK
