"""`newsread --plain`: the news as lines, asked for by words. Works on a terminal and in a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TextIO

from reader.cli.border import FAILED, OK
from reader.cli.opening import own_topics
from reader.cli.output import Output, counted
from reader.cli.sources import STDIN, standard_input
from reader.config import Config
from reader.model import Refreshed
from reader.plain import Hands, Session, run
from reader.store import Store

STDIN_MAX = 20 * 1024 * 1024  # bytes, as of a local file


def plain(config: Config, sources: Sequence[str], *, demo: bool) -> int:
    """Read the library, sources given for a moment, or the sample edition; return the exit code."""
    out = Output(words=sys.stdout)  # one stream, so that all is heard in order

    def say(line: str) -> None:
        out.text(line)
        out.flush()

    with ExitStack() as stack:
        store = _store(config, sources, say, stack, demo=demo)
        if store is None:
            return FAILED
        own = not (sources or demo) and bool(store.feeds.all())
        hands = Hands(partial(_open, config), partial(_refresh, store, config) if own else None)
        session = Session(
            store, hands, grouped=config.ui.group_stories, marks_read=config.ui.mark_read != "never"
        )
        lines = _terminal(stack) if STDIN in sources else sys.stdin
        run(session, lines, say, prompt=lines.isatty())
    return OK


def _terminal(stack: ExitStack) -> TextIO:
    """Return the terminal, where standard input was the source itself."""
    try:
        return stack.enter_context(open("/dev/tty", encoding="utf-8"))  # noqa: PTH123
    except OSError:
        return io.StringIO()


def _store(
    config: Config, sources: Sequence[str], say: Callable[[str], None], stack: ExitStack, *, demo: bool
) -> Store | None:
    """Return what is to be read; the sample edition while the library has no feed. None where nothing is."""
    if not (sources or demo):
        store = stack.enter_context(Store.open(config.library))
        if store.feeds.all():
            own_topics(store, config.topics)
            return store
        say("There are no feeds yet: this is the sample edition. `newsread add ADDRESS` subscribes.")
    from reader.sandbox import warm

    warm()
    from reader import edition

    piped = standard_input(STDIN_MAX) if STDIN in sources else None
    opened = edition.load(tuple(sources) or edition.samples(), config, piped)
    stack.callback(opened.close)
    for problem in opened.problems:
        say(f"Not read: {problem}.")
    return opened.store if opened.store.feeds.all() else None


def _open(config: Config, url: str) -> str:
    """Open an address outside; one that may mislead is not opened unasked. Raises BrowserError."""
    from reader.tui.desk import browser

    command = browser.opener(config.opener)
    if doubt := browser.doubt(url):
        return f"Not opened, for {doubt}. Its address: {url}"
    if browser.needs_terminal(command):
        browser.open_here(url, command)
        return "Back from the browser."
    browser.open_outside(url, command)
    return f"Opened {url}"


def _refresh(store: Store, config: Config) -> Iterator[str]:
    """Fetch what is due and say how it went, feed by feed only where it failed."""
    from reader.cli.running import run as follow

    feeds = store.feeds.due(datetime.now(UTC))
    if not feeds:
        yield "Nothing is due."
        return
    yield f"Fetching {counted(len(feeds), 'feed')}. Ctrl+C stops."
    results: list[Refreshed] = []
    try:
        follow(store, feeds, config, results.append, force=False)
    except KeyboardInterrupt:
        yield "Stopped; what was fetched is kept."
    for result in results:
        if result.error:
            yield f"Failed: {result.title}: {result.error}."
    yield f"{counted(sum(result.new for result in results), 'new article')}."
