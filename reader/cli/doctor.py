"""`newsread doctor`: is the library well?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import FAILED, OK
from reader.cli.mending import rebuilt, rescued, tidied
from reader.cli.opening import library, settings
from reader.cli.output import Column, Output, counted
from reader.cli.parser import Arguments, Parser
from reader.config import ConfigError
from reader.config.places import full
from reader.model import Feed
from reader.records import dataclass
from reader.text import NewsreadError, ago

if TYPE_CHECKING:
    from reader.store import Store
    from reader.store.health import Health

WORST = 3  # failing feeds that are named
DAMAGES = 5  # damages of the file that are named
LONG = 200 * 1024**2  # bytes of a library that takes seconds to read
UNINDEXED_SHARE, UNINDEXED_LEAST = 20, 20
"""One in so many articles, or so many, may be without neighbours: a headline without a word has none."""

COPY = (
    "put a copy of the library in its place, or save what can be read into a new one with"
    " `newsread doctor --rescue FILE`"
)
REBUILD = "`newsread doctor --rebuild` makes both anew from the articles"
MEND = "put that right in the config file; until then no other command runs"
SWEEP = "they do no harm; `newsread doctor --tidy` takes them out"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what to do."""

    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A library looked over."""

    path: str
    findings: tuple[Finding, ...]
    whole: bool  # the file
    health: Health | None = None  # None: too damaged to count
    feeds: Sequence[Feed] = field(default=())

    @property
    def failing(self) -> list[Feed]:
        """The feeds whose last refresh failed, the worst first."""
        failing = (feed for feed in self.feeds if feed.error and not feed.paused)
        return sorted(failing, key=lambda feed: -feed.failures)


def doctor_arguments(parser: Parser) -> None:
    """Add what to make anew."""
    parser.add_argument(
        "--rebuild", action="store_true", help="first make the index of neighbours and the stories anew"
    )
    parser.add_argument(
        "--tidy",
        action="store_true",
        help="first remove what [keep] keeps no longer and what was left behind, and let the file shrink",
    )
    parser.add_argument(
        "--feeds", action="store_true", help="each feed: last result, what 304 spared, next visit and why"
    )
    parser.add_argument(
        "--rescue",
        metavar="FILE",
        help="copy what can be read of a damaged library into a new one; the damaged one stays as it is",
    )


def doctor_run(args: Arguments, out: Output) -> int:
    """Look the library over; make the index and the stories anew before, where that is asked for."""
    if args.rescue is not None:
        return rescued(settings(args).library, full(args.rescue), out)
    more: dict[str, object] = {}
    try:
        config = settings(args, keys=True)
    except ConfigError as error:
        if error.library is None or args.tidy or args.rebuild:
            raise
        return _told(_mistaken(error, out), out)
    with library(config) as store:
        if args.feeds:
            from reader.cli.visits import visits

            return visits(store, config, out)
        if args.rebuild:
            if damages := store.problems():
                raise NewsreadError(f"{store.path}: the file is damaged ({damages[0]}): {COPY}")
            more["rebuilt"] = many = rebuilt(store, out)
            if not out.json:
                out.say(f"index of neighbours and stories made anew from {counted(many, 'article')}")
        if args.tidy:
            more |= tidied(store, config, out)
        looked = _look(store, out)
    return _told(looked, out, **more)


def _mistaken(error: ConfigError, out: Output) -> Looked:
    """Look over the library of a config with mistakes, which are findings; its rules are not followed."""
    from reader.store import Store

    wrong = tuple(Finding(words, MEND) for words in error.problems)
    with Store.open(error.library or "") as store:
        looked = _look(store, out)
    return replace(looked, findings=(*looked.findings, *wrong))


def _told(looked: Looked, out: Output, **more: object) -> int:
    """Print what was found."""
    if out.json:
        out.record(_record(looked), **more)
    else:
        out.table((Column("", 10), Column("")), _rows(looked), header=False)
        for finding in looked.findings:
            out.say(f"newsread: {finding.text}: {finding.remedy}")
    return FAILED if looked.findings else OK


# Looking


def _look(store: Store, out: Output) -> Looked:
    from reader.store.health import health, size

    if sys.stderr.isatty() and size(store.path) > LONG:
        out.say("reading the whole library (Ctrl+C ends this)")
    damages = store.problems()
    try:
        found, feeds = health(store.db), store.feeds.all()
    except NewsreadError:
        if not damages:
            raise
        return Looked(store.path, _damaged(damages), whole=False)
    return Looked(
        store.path, (*_damaged(damages), *_disagreeing(found)), whole=not damages, health=found, feeds=feeds
    )


def _damaged(damages: Sequence[str]) -> tuple[Finding, ...]:
    named = [Finding(f"the file is damaged ({text})", COPY) for text in damages[:DAMAGES]]
    more = len(damages) - len(named)
    return (*named, *([Finding(f"so are {more:,} more places in it", COPY)] if more else []))


def _disagreeing(found: Health) -> tuple[Finding, ...]:
    findings = []
    missing = found.articles - found.indexed
    none = found.articles > 1 and not found.indexed
    if none or missing > max(UNINDEXED_LEAST, found.articles // UNINDEXED_SHARE):
        findings.append(
            Finding(f"the index of neighbours lacks {missing:,} of {found.articles:,} articles", REBUILD)
        )
    if found.astray:
        rows = counted(found.astray, "row")
        findings.append(Finding(f"{rows} of index and stories do not agree with the articles", REBUILD))
    if found.homeless:
        findings.append(Finding(f"{counted(found.homeless, 'row')} of what is gone left behind", SWEEP))
    return tuple(findings)


# Telling


def _rows(looked: Looked) -> list[tuple[str, str]]:
    rows = [("library", looked.path), ("file", "whole" if looked.whole else "damaged")]
    found = looked.health
    if found is None:
        return rows
    failing = looked.failing
    return [
        *rows,
        ("size", f"{found.bytes / 1024**2:,.1f} MiB, version {found.version}"),
        ("articles", f"{found.articles:,}, {found.unread:,} unread"),
        ("index", f"{found.indexed:,} of {found.articles:,} articles"),
        ("stories", f"{found.stories:,}"),
        ("feeds", f"{len(looked.feeds):,}, {len(failing):,} failing"),
        *_failing(failing),
    ]


def _failing(failing: Sequence[Feed]) -> list[tuple[str, str]]:
    """Name the worst feeds."""
    now, rows = datetime.now(UTC), []
    for feed in failing[:WORST]:
        last = f"fetched {ago(feed.succeeded, now)}" if feed.succeeded else "never fetched"
        times = f"failed {feed.failures} times" if feed.failures > 1 else "failed once"
        rows.append(("", f"{feed.id} {feed.title}, {last}, {times}: {feed.error}"))
    if len(failing) > WORST:
        rows.append(("", f"{len(failing) - WORST:,} more: `newsread feeds --failing` lists them"))
    return rows


def _record(looked: Looked) -> dict[str, object]:
    found = looked.health
    wrong = [{"text": finding.text, "remedy": finding.remedy} for finding in looked.findings]
    known: dict[str, object] = {"library": looked.path, "whole": looked.whole, "wrong": wrong}
    if found:
        known |= {name: getattr(found, name) for name in found.__slots__}
        known |= {"feeds": len(looked.feeds), "failing": [feed.id for feed in looked.failing]}
    return known
