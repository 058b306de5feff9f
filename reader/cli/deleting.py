"""`newsread delete` and `restore`: articles that are to go for good, and those brought back."""

from __future__ import annotations

from collections.abc import Sequence

from reader.cli.border import OK
from reader.cli.opening import library, settings
from reader.cli.output import Column, Output, counted, stamp
from reader.cli.parser import Arguments, Parser, count
from reader.cli.subscriptions import outcome


def delete_arguments(parser: Parser) -> None:
    """Add the articles."""
    parser.add_argument("ids", type=count, nargs="+", metavar="ID", help="the number of an article")


def delete_run(args: Arguments, out: Output) -> int:
    """Delete articles; their feeds do not bring them back."""
    from reader.library import delete

    with library(settings(args)) as store:
        gone = delete(store, args.ids)
    return _told(args.ids, gone, out, "deleted", "there is no article {}; `newsread list` shows the numbers")


def restore_arguments(parser: Parser) -> None:
    """Add the articles."""
    parser.add_argument(
        "ids", type=count, nargs="*", metavar="ID", help="what to bring back; none: list what can be"
    )


def restore_run(args: Arguments, out: Output) -> int:
    """Bring deleted articles back, or list those of the last thirty days."""
    from reader.library import undelete

    with library(settings(args)) as store:
        if not args.ids:
            found = store.trash.all()
        else:
            back = undelete(store, args.ids)
    if args.ids:
        return _told(
            args.ids, back, out, "restored", "{} cannot be restored; `newsread restore` lists what can"
        )
    if out.json:
        for item in found:
            out.record(item)
    else:
        columns = (Column("id", 8, right=True), Column("deleted", 16), Column("title"))
        out.table(columns, [(str(item.id), stamp(item.deleted), item.title) for item in found])
        if not found:
            out.say("nothing was deleted in the last thirty days")
    return OK


def _told(wanted: Sequence[int], done: Sequence[int], out: Output, result: str, missing: str) -> int:
    """Say what became of each article."""
    for id in dict.fromkeys(wanted):
        if id not in done:
            out.say(f"newsread: {missing.format(id)}")
        elif out.json:
            out.record({"id": id, "result": result})
    if done and not out.json:
        out.say(f"{result}: {counted(len(done), 'article')}")
    return outcome(len(done), len(set(wanted)) - len(done))
