"""`newsread rules`: what is hidden, why, and what a rule would hide."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.cli.border import OK
from reader.cli.opening import NotFoundError, library, settings
from reader.cli.output import Column, Output, counted
from reader.cli.parser import Arguments, Parser, UsageError, quoted
from reader.config import Config
from reader.config.queries import Query
from reader.model import Mute
from reader.query import parse
from reader.text import NewsreadError, ago

SHOWN = 50  # headlines of a dry run on a terminal


def rules_arguments(parser: Parser) -> None:
    """Add the dry run."""
    parser.usage = "newsread rules [test QUERY|NAME]"
    parser.dashed = True
    parser.add_argument(
        "words", nargs="*", metavar="test QUERY|NAME", help="what a rule would have hidden in the last week"
    )


def rules_run(args: Arguments, out: Output) -> int:
    """Print the rules, or try one."""
    words = list(args.words)
    config = settings(args)
    if not words:
        return _list(config, out)
    if words.pop(0) != "test" or not words:
        raise UsageError("`newsread rules` lists the rules, `newsread rules test QUERY` or NAME tries one")
    return _test(" ".join(words), config, out)


def told(rule: Mute) -> str:
    """Return a rule in words: `the rule 'No sport' (topic:sport) until 1 December 2026`."""
    until = f" until {rule.until.astimezone():%d %B %Y}".replace(" 0", " ") if rule.until else ""
    return f"the rule '{rule.name}' ({rule.query}){until}"


def _list(config: Config, out: Output) -> int:
    now = datetime.now(UTC)
    with library(config) as store:
        numbers, counts = store.hidden.rules(), store.hidden.counts()
        hides = {rule: counts.get(number, 0) for rule, number in numbers.items()}
    rows = []
    for rule in config.rules:
        if out.json:
            out.record(rule, hidden=hides.get(rule, 0), ended=rule not in hides)
        until = "" if rule.until is None else f"{rule.until.astimezone():%Y-%m-%d}"
        state = until if rule.until is None or rule.until > now else f"ended {until}"
        rows.append((str(hides.get(rule, 0)), rule.name, state, rule.query))
    if not out.json:
        columns = (Column("hidden", 10, right=True), Column("rule", 30), Column("until", 16), Column("hides"))
        out.table(columns, rows)
    if not rows:
        out.say("nothing is hidden: [[rules]] in the settings say what shall be")
    return OK


def _test(text: str, config: Config, out: Output) -> int:
    """Print what a rule, or a query, would have hidden in the last week."""
    from reader.library import would_hide

    named = next((rule for rule in config.rules if rule.name.casefold() == text.casefold()), None)
    query = named.query if named else text
    if not query.strip():
        raise NotFoundError(f"there is no rule {quoted(text)}")
    parse(query)  # says more of where a mistake is
    try:
        Query(lasting=True)(query)
    except ValueError as error:
        raise NewsreadError(f"a rule {error}") from None
    now = datetime.now(UTC)
    with library(config) as store:
        ids = would_hide(store, query, now)
        shown = ids[:SHOWN] if out.tty and not out.json else ids
        rows = store.lists.rows(shown)
    for row in rows if out.json else ():
        out.record(row)
    if not out.json:
        columns = (Column("", 10, right=True), Column("", 13), Column("", 20), Column(""))
        out.table(
            columns, [(str(r.id), ago(r.published, now), r.source, r.title) for r in rows], header=False
        )
    out.say(f"{counted(len(ids), 'article')} of the last week; starred ones are never hidden")
    return OK
