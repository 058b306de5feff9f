"""`newsread story`: who tells the story of an article, and taking a wrong story apart for good."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import OK
from reader.cli.opening import NotFoundError, library, settings
from reader.cli.output import Column, Output, counted, stamp
from reader.cli.parser import Arguments, Parser, UsageError, count, did_you_mean, quoted
from reader.cli.subscriptions import outcome
from reader.model import Headline
from reader.text import NewsreadError, ago

if TYPE_CHECKING:
    from reader.store import Store

ACTS = ("split", "join")
WHYS_MAX = 1_000
"""Neighbours that are asked for their why: more than any story has articles."""


class StoryError(NewsreadError):
    """An article is in no story, or not in the one that it would have to be in."""


def story_arguments(parser: Parser) -> None:
    """Add the act and the articles."""
    parser.usage = "newsread story [split|join] ID ... [--each] [--json] [--library PATH] [--config PATH]"
    parser.add_argument(
        "words",
        type=_word,
        nargs="+",
        metavar="ID",
        help="an article's number: show its story. `split ID ...`: take these articles out of their story for"
        " good; several become a story of their own. `join ID`: take the last split of this article back",
    )
    parser.add_argument("--each", action="store_true", help="with split: every one of them stands alone")


def _word(text: str) -> int | str:
    if text in ACTS:
        return text
    if text.isdecimal():
        return count(text)
    raise argparse.ArgumentTypeError(
        f"takes an article's number, split or join, not {quoted(text)}{did_you_mean(text, ACTS)}"
    )


def story_run(args: Arguments, out: Output) -> int:
    """Show stories, take articles out of one, or take that back."""
    act, words = (args.words[0], args.words[1:]) if isinstance(args.words[0], str) else ("", args.words)
    ids = [word for word in dict.fromkeys(words) if isinstance(word, int)]
    if any(isinstance(word, str) for word in words):
        raise UsageError("split or join is said once, before the numbers")
    if not ids:
        raise UsageError(f"{act} which articles? `newsread list` shows their numbers")
    if args.each and act != "split":
        raise UsageError("--each belongs to `newsread story split`")
    with library(settings(args)) as store:
        if act == "split":
            return _split(store, ids, out, each=args.each)
        return _join(store, ids, out) if act else _show_all(store, ids, out)


# Showing


def _show_all(store: Store, ids: Sequence[int], out: Output) -> int:
    failed = 0
    for place, number in enumerate(ids):
        try:
            _show(store, number, out, first=not place)
        except NewsreadError as error:
            failed += 1
            out.say(f"newsread: {error}")
    return outcome(len(ids) - failed, failed)


def _show(store: Store, number: int, out: Output, *, first: bool) -> None:
    from reader.library import related

    members = store.lists.story(number)
    if len(members) < 2:
        out.say(f"{_named(store, number)} is in no story")
        return
    found = related(store, number, limit=WHYS_MAX)
    whys = {item.headline.id: item.why for item in found if item.kind == "same story"}
    if out.json:
        _records(store, members, out, whys)
        return
    _, lead = store.stories.leads((number,))[number]
    rows = store.lists.rows(members)
    if not out.tty:
        out.table((), [_fields(row, lead, whys.get(row.id, "")) for row in rows])
        return
    if not first:
        out.text("")
    _aligned(rows, lead, whys, out)


def _fields(row: Headline, lead: int, why: str) -> tuple[str, ...]:
    return (str(row.id), stamp(row.published), "lead" * (row.id == lead), row.source, row.title, why)


def _aligned(rows: Sequence[Headline], lead: int, whys: dict[int, str], out: Output) -> None:
    """Print a story for the eye."""
    now = datetime.now(UTC)
    title = next((row.title for row in rows if row.id == lead), rows[0].title)
    sources = len({row.feed for row in rows})
    out.text(f"{title}\n{counted(len(rows), 'article')} of {counted(sources, 'source')}")
    out.text("")
    columns = (Column("", 9, right=True), Column("", 4), Column("", 13), Column("", 20), Column(""))
    lines: list[tuple[str, ...]] = []
    for row in rows:
        lines.append((str(row.id), "lead" * (row.id == lead), ago(row.published, now), row.source, row.title))
        if why := whys.get(row.id):
            lines.append(("", "", "", "", why))
    out.table(columns, lines, header=False)


def _records(store: Store, ids: Sequence[int], out: Output, whys: dict[int, str] | None = None) -> None:
    leads = store.stories.leads(ids)
    for number in ids:
        if article := store.articles.get(number):
            why = {} if whys is None else {"why": whys.get(number, "")}
            out.record(article, lead=leads.get(number, (0, 0))[1], **why)


def _named(store: Store, number: int) -> str:
    """Return an article's number with its title. Raises NotFoundError."""
    rows = store.lists.rows((number,))
    if not rows:
        raise NotFoundError(f"there is no article {number}; `newsread list` shows the numbers")
    return f"{number} ({rows[0].title})"


# Taking apart


def _split(store: Store, ids: Sequence[int], out: Output, *, each: bool) -> int:
    """Take articles out of their story, all of them or none."""
    from reader.library import part

    with store.transaction(durable=True):
        members = _whole_story(store, ids)
        if set(ids) >= set(members) and not each:
            raise UsageError("these are all articles of their story: --each lets every one stand alone")
        part(store, ids, each=each)
    if out.json:
        _records(store, members, out)
        return OK
    out.say(f"{_parted(ids, len(members), each=each)}; `newsread story join {ids[0]}` takes it back")
    return OK


def _parted(ids: Sequence[int], of: int, *, each: bool) -> str:
    """Return what became of articles that were split from a story of so many."""
    if len(ids) == 1:
        told = f"{ids[0]} stands alone now"
    elif each:
        told = f"each of the {len(ids)} articles stands alone now"
    else:
        told = f"the {len(ids)} articles are a story of their own now"
    return told + ", as does the one that is left" * (of - len(ids) == 1)


def _whole_story(store: Store, ids: Sequence[int]) -> tuple[int, ...]:
    """Return all articles of the one story that these are of. Raises NotFoundError, StoryError."""
    leads = store.stories.leads(ids)
    for number in ids:
        if number not in leads:
            raise StoryError(f"{_named(store, number)} is in no story")
    other = next((number for number in ids if leads[number][0] != leads[ids[0]][0]), 0)
    if other:
        raise StoryError(f"{ids[0]} and {other} are of different stories: split one story at a time")
    return store.lists.story(ids[0])


def _join(store: Store, ids: Sequence[int], out: Output) -> int:
    done, failed = set[int](), 0
    for number in ids:
        if number in done:  # came back with one before
            continue
        try:
            together = _rejoined(store, number)
        except (StoryError, NotFoundError) as error:
            failed += 1
            out.say(f"newsread: {error}")
            continue
        done.update(together, (number,))
        if out.json:
            _records(store, together, out)
        else:
            out.say(_joined(number, len(together)))
    return outcome(len(done), failed)


def _rejoined(store: Store, number: int) -> tuple[int, ...]:
    from reader.library import rejoin

    with store.transaction(durable=True):
        name, act = _named(store, number), store.stories.division(number)
        if not act:
            raise StoryError(f"{name} was not split from a story")
        return rejoin(store, act)


def _joined(number: int, together: int) -> str:
    if together < 2:
        return f"{number} may tell a story with others again; those of its former one are gone"
    return f"{counted(together, 'article')} are one story again"
