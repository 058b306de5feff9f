"""newsboat's `urls` file: an address a line, then tags, "~title", "!" (newsboat.org, "urls file")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader import text
from reader.opml import queries
from reader.opml.entries import (
    Imported,
    OpmlError,
    Refused,
    Subscription,
    checked,
    collected,
    local_path,
    refused,
    tagged,
    topic_path,
)

LINES_MAX = 20_000  # lines that are read

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"?|([^\s"#][^\s]*+)|(#.*+)')
_ESCAPED = re.compile(r"\\(.)")
_ADDRESS_START = re.compile(
    r'\s*"?(?:https?:|feed:|file:|exec:|filter:|query:|gopher:|gemini:|\|)', re.IGNORECASE
)


def read(document: str) -> Imported:
    """Return the feeds of a `urls` file. Raises OpmlError when no line looks like one of such a file."""
    lines = document.splitlines()
    if not any(_ADDRESS_START.match(line) for line in lines[:LINES_MAX]):
        raise OpmlError("this is neither OPML nor newsboat's `urls` file")
    damage = (
        f"it has more than {LINES_MAX:,} lines: only the first were read" if len(lines) > LINES_MAX else ""
    )
    return collected((entry for line in lines[:LINES_MAX] for entry in _line(line)), damage)


def _line(line: str) -> Iterator[Subscription | Refused]:
    address, *notes = [*tokens(line), ""]
    if not address:
        return
    tags = [note for note in notes if note and note[0] not in "~!"]
    if address[:6].lower() == "query:":
        yield _query(address)
        return
    url, reason = checked(address)
    path = local_path(address)
    if reason and not path:
        yield refused(address, reason)
        return
    yield Subscription(
        url or path,
        title=next((text.one_line(note[1:]) for note in notes if note.startswith("~")), ""),
        topic=topic_path(tags[:1]),
        tags=tagged(tags),
        hidden="!" in notes,
        local=bool(path),
    )


def _query(address: str) -> Refused:
    """Return a query feed, as a view where there is a counterpart."""
    try:
        view = queries.view(address[6:])
    except queries.UntranslatableError as error:
        return refused(address, f"it is a query over other feeds that has no counterpart here: {error}")
    stated = f"under [views] in the settings it is '{view.name}', which asks for: {view.query}"
    return replace(refused(address, f"it is a query over other feeds; {stated}"), view=view)


def tokens(line: str) -> Iterator[str]:
    """Yield the words of a line: quoted ones with their blanks, until a comment."""
    for match in _TOKEN.finditer(line):
        if match[3]:
            return
        yield match[2] if match[2] is not None else _ESCAPED.sub(r"\1", match[1])
