"""What the file asks of articles: the tables [topics] and [views], and the rules [[rules]] that hide."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from reader.config.checks import Word, Words, named
from reader.config.document import Document
from reader.model import Mute, SavedView, TopicRule
from reader.query import FLAGS, LENGTH_MAX, Field, Flag, QueryError, leaves, parse, requires
from reader.records import dataclass
from reader.text import one_line

NAME_MAX = 64
"""Characters of the name of a topic, a view or a rule, as of a category."""
RULES_MAX = 200

PASSING = (*FLAGS, "since", "before", "story")
KEYWORDS = Words(128, 1_000, '["election", "vote"]')
NAME = Word(NAME_MAX, "a name")


@dataclass(frozen=True, slots=True)
class Query:
    """A query that can be read: of `words` alone, or of what is `lasting` in an article."""

    words: bool = False
    lasting: bool = False
    shape: str = "a text as for the search, such as 'election -sport'"

    def __call__(self, value: object) -> str:
        """Return the query."""
        text = Word(LENGTH_MAX, self.shape)(value)
        try:
            tree = parse(text)
        except QueryError as error:
            raise ValueError(f"is no query: column {error.at + 1}: {error.words}") from None
        named = [leaf.name for leaf in leaves(tree) if isinstance(leaf, Flag | Field)]
        odd = [name for name in named if name != "title"]
        if self.words and odd:
            raise ValueError(f"asks for words (and title: alone), not for '{odd[0]}'")
        passing = [name for name in named if name in PASSING]
        if self.lasting and passing:
            raise ValueError(f"asks for what stays, not for '{passing[0]}'")
        if self.words and not requires(tree):
            raise ValueError("takes a word that must be there")
        if not any(True for _ in leaves(tree)):
            raise ValueError("takes a word, a field or a mark to ask for")
        return text


def topics(document: Document) -> tuple[TopicRule, ...]:
    """Return the user's own topics; mistakes are noted in the document."""
    rules = []
    for name, value in document.table("topics").items():
        keywords, query = _asked(document, ("topics", name), value)
        shown = one_line(name)
        if not shown or len(shown) > NAME_MAX:
            document.mistake(("topics", name), _no_name(name, "a topic"))
        elif keywords or query:
            rules.append(TopicRule(shown, keywords, query))
    return tuple(rules)


def views(document: Document) -> tuple[SavedView, ...]:
    """Return the saved views in the order of the file."""
    found = []
    for name, value in document.table("views").items():
        query = document.check(("views", name), value, Query())
        shown = one_line(name)
        if not shown or len(shown) > NAME_MAX:
            document.mistake(("views", name), _no_name(name, "a view"))
        elif query:
            found.append(SavedView(shown, query))
    return tuple(found)


def rules(document: Document) -> tuple[Mute, ...]:
    """Return the rules that hide articles, in the order of the file."""
    stated = document.data.get("rules", [])
    if not isinstance(stated, list):
        document.mistake(("rules",), f"rules are written as [[rules]], each a table, not {named(stated)}")
        return ()
    if len(stated) > RULES_MAX:
        document.mistake(("rules",), f"there are at most {RULES_MAX} rules, not {len(stated)}")
    found: dict[str, Mute] = {}
    for number, table in enumerate(stated, 1):
        rule = _rule(document, number, table)
        if rule and rule.name.casefold() in found:
            document.mistake(("rules",), f"two rules are named {rule.name!r}: each has a name of its own")
        elif rule:
            found[rule.name.casefold()] = rule
    return tuple(found.values())


def _rule(document: Document, number: int, table: object) -> Mute | None:
    which = f"rule {number}"
    if not isinstance(table, dict):
        document.mistake(("rules",), f"{which} is a table with name and hide, not {named(table)}")
        return None
    for key in table:
        if key not in ("name", "hide", "until"):
            document.mistake(
                ("rules",), f"{which}: unknown key {one_line(key)!r}; it takes name, hide, until"
            )
    name = _checked(document, which, "name", table.get("name", ""), NAME)
    hide = _checked(document, which, "hide", table.get("hide", ""), Query(lasting=True))
    until = table.get("until")
    when = _moment(until)
    if until is not None and when is None:
        document.mistake(("rules",), f"{which}: until takes a date, such as 2026-12-31, not {named(until)}")
    return Mute(name, hide, when) if name and hide else None


def _checked(document: Document, which: str, key: str, value: object, check: Word | Query) -> str:
    try:
        return check(value)
    except ValueError as error:
        document.mistake(("rules",), f"{which}: {key} {error}")
        return ""


def _moment(until: object) -> datetime | None:
    """Return a date of the file, or one in quotes, as UTC; without a time it is midnight here."""
    if isinstance(until, str):
        try:
            until = datetime.fromisoformat(until)
        except ValueError:
            return None
    if isinstance(until, date) and not isinstance(until, datetime):
        until = datetime.combine(until, time())
    try:
        return until.astimezone(UTC) if isinstance(until, datetime) else None
    except (OverflowError, ValueError):
        return None


def _asked(document: Document, place: tuple[str, ...], value: Any) -> tuple[tuple[str, ...], str]:
    """Return the keywords and the query of a topic; neither after a mistake."""
    if not isinstance(value, dict):
        return document.check(place, value, KEYWORDS) or (), ""
    before = len(document.problems)
    document.known(value, place, ["query", "keywords"])
    checks = {"keywords": KEYWORDS, "query": Query(words=True)}
    stated = {
        key: document.check((*place, key), value[key], check) for key, check in checks.items() if key in value
    }
    if not stated and len(document.problems) == before:
        document.mistake(place, f"{one_line('.'.join(place), 80)} takes keywords, a query, or both")
    if len(document.problems) > before:
        return (), ""
    return stated.get("keywords") or (), stated.get("query") or ""


def _no_name(name: str, of: str) -> str:
    return f"{one_line(name, 80)!r} is no name for {of}: it takes 1 to {NAME_MAX} visible characters"
