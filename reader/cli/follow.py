"""`newsread follow`: stories to be kept an eye on, and which they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.border import OK
from reader.cli.opening import library, settings
from reader.cli.output import Column, Output, counted, stamp
from reader.cli.parser import Arguments, Parser, UsageError, count
from reader.cli.subscriptions import outcome
from reader.text import ago

if TYPE_CHECKING:
    from reader.model import Followed, Headline
    from reader.store import Store


def follow_arguments(parser: Parser) -> None:
    """Add the articles."""
    parser.add_argument(
        "ids",
        type=count,
        nargs="*",
        metavar="ID",
        help="articles whose stories to follow; without one, the stories that are followed are listed",
    )
    parser.add_argument("--end", action="store_true", help="follow the stories of these articles no longer")


def follow_run(args: Arguments, out: Output) -> int:
    """Follow stories, end that, or list those that are followed."""
    if args.end and not args.ids:
        raise UsageError("--end which stories? `newsread follow` lists them with their numbers")
    now = datetime.now(UTC)
    with library(settings(args)) as store:
        if not args.ids:
            _list(store, now, out)
            return OK
        done = 0
        for number in dict.fromkeys(args.ids):
            done += _end(store, number, out) if args.end else _follow(store, number, now, out)
    return outcome(done, len(set(args.ids)) - done)


def _follow(store: Store, number: int, now: datetime, out: Output) -> bool:
    rows = store.lists.rows((number,))
    if not rows:
        out.say(f"newsread: there is no article {number}; `newsread list` shows the numbers")
        return False
    new = store.following.follow(number, now)
    if not out.json:
        words = "until it has been quiet for a week" if new else "already"
        out.say(f"{number} ({rows[0].title}): its story is followed {words}")
    else:
        out.record({"id": number, "title": rows[0].title, "followed": True})
    return True


def _end(store: Store, number: int, out: Output) -> bool:
    if not store.following.leave(number):
        out.say(f"newsread: the story of {number} is not followed; `newsread follow` lists those that are")
        return False
    if out.json:
        out.record({"id": number, "followed": False})
    else:
        out.say(f"the story of {number} is followed no longer")
    return True


def _list(store: Store, now: datetime, out: Output) -> None:
    found = store.following.all(now)
    rows = {row.id: row for row in store.lists.rows([story.article for story in found])}
    told = [(story, rows[story.article]) for story in found if story.article in rows]
    if out.json:
        for story, row in told:
            out.record(story, title=row.title)
    elif out.tty:
        columns = (
            Column("", 9, right=True),
            Column("unread", 8, right=True),
            Column("reports", 8, right=True),
            Column("latest", 13),
            Column("story"),
        )
        out.table(columns, [_row(story, row, ago(story.latest, now)) for story, row in told])
    else:
        out.table((), [_row(story, row, stamp(story.latest)) for story, row in told])
    if not told:
        out.say("no story is followed: `newsread follow ID` follows that of an article, on the desk w does")
    elif out.tty:
        out.say(
            f"{counted(sum(story.unread for story in found), 'unread report')}: `newsread search followed`"
        )


def _row(story: Followed, row: Headline, latest: str) -> Sequence[str]:
    return (str(story.article), str(story.unread), str(story.reports), latest, row.title)
