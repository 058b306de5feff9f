"""`newsread refresh`: fetch what is due, show how it goes, say what failed. The desk runs it as its child."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import OK
from reader.cli.opening import library, one_feed, own_topics, settings
from reader.cli.output import Output, counted
from reader.cli.parser import Arguments, Parser
from reader.cli.subscriptions import outcome
from reader.model import Feed, Refreshed

if TYPE_CHECKING:
    from reader.store import Store

Step = Callable[[Refreshed], None]


def refresh_arguments(parser: Parser) -> None:
    """Add which feeds."""
    parser.add_argument(
        "feeds", nargs="*", metavar="FEED", help="only these: number, address, or part of a title"
    )
    parser.add_argument("--all", action="store_true", help="all feeds now, due or not (paused ones stay)")
    parser.add_argument(
        "--no-fulltext", action="store_true", help="leave the pages of articles that are read whole for later"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what failed, as cron likes it")


def refresh_run(args: Arguments, out: Output) -> int:
    """Fetch, store, and report."""
    config = settings(args)
    with library(config) as store:
        own_topics(store, config.topics)
        feeds = _wanted(args, store)
        if not feeds:
            if not (out.json or args.quiet):
                known = store.feeds.all()
                paused = "every feed is paused; `newsread feeds` lists them"
                due = (
                    paused if all(f.paused for f in known) else "nothing is due; --all fetches everything now"
                )
                out.say(due if known else "there are no feeds yet")
            return OK
        from reader.cli.running import run
        from reader.library.keeping import tidy

        results: list[Refreshed] = []
        with _progress(len(feeds), quiet=args.quiet or out.json) as show:

            def step(result: Refreshed) -> None:
                results.append(result)
                if out.json:
                    out.record(result)
                    out.flush()
                show(result)

            try:
                run(store, feeds, config, step, force=bool(args.all or args.feeds))
            except KeyboardInterrupt:
                if not out.json:
                    out.say(f"stopped after {len(results)} of {len(feeds)} feeds; what was fetched is kept")
                raise
        failed = [result for result in results if result.error]
        if not out.json:
            _report(results, failed, out, quiet=args.quiet)
        tidy(store, config, datetime.now(UTC), due=True)
        if not args.no_fulltext:
            from reader.cli.fulltexts import bring_wanted

            bring_wanted(store, config, out, quiet=args.quiet)
    return outcome(len(results) - len(failed), len(failed))


def _wanted(args: Arguments, store: Store) -> Sequence[Feed]:
    if args.feeds:
        named = {feed.id: feed for feed in (one_feed(store, text) for text in args.feeds)}
        return tuple(named.values())
    if args.all:
        return tuple(feed for feed in store.feeds.all() if not feed.paused)
    return store.feeds.due(datetime.now(UTC))


def _progress(total: int, *, quiet: bool) -> AbstractContextManager[Step]:
    """Return a context in which each result moves a bar, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(lambda _result: None)
    from reader.cli.progress import bar

    return bar(total)


def _report(results: Sequence[Refreshed], failed: Sequence[Refreshed], out: Output, *, quiet: bool) -> None:
    for result in failed:
        out.say(f"failed: {result.title}: {result.error}")
    for result in results:
        if result.moved:
            out.say(f"moved: {result.title} is at {result.moved} from now on")
    if quiet:
        return
    if busy := sum(item.busy for item in results):
        out.say(f"{counted(busy, 'feed')} left to another newsread, which is fetching them")
    new, updated = sum(item.new for item in results), sum(item.updated for item in results)
    same = sum(item.unchanged for item in results)
    out.say(
        f"{counted(len(results), 'feed')}: {counted(new, 'new article')}, {updated:,} updated,"
        f" {same:,} unchanged, {len(failed):,} failed"
    )
