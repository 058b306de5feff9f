"""`newsread views`: the saved views and how much each shows."""

from __future__ import annotations

from reader.cli.border import OK
from reader.cli.opening import library, own_topics, settings
from reader.cli.output import Column, Output
from reader.cli.parser import Arguments, Parser
from reader.model import View


def views_arguments(parser: Parser) -> None:
    """Say where views come from."""
    parser.epilog = (
        "A view is a line of [views] in the settings: NAME = 'QUERY'; B at the desk saves what is shown."
    )


def views_run(args: Arguments, out: Output) -> int:
    """Print the saved views in their order."""
    config = settings(args)
    rows: list[tuple[str, ...]] = []
    with library(config) as store:
        own_topics(store, config.topics)
        for saved in config.views:
            view = View(query=saved.query)
            unread, total = store.lists.count(view, unread=True), store.lists.count(view)
            if out.json:
                out.record(saved, unread=unread, total=total)
            rows.append((str(unread), str(total), saved.name, saved.query))
    if not out.json:
        numbers = (Column("unread", 10, right=True), Column("all", 10, right=True))
        out.table((*numbers, Column("view", 30), Column("query")), rows)
    if not rows:
        out.say("there are no saved views yet: [views] in the settings names queries")
    return OK
