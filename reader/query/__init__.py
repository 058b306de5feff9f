"""The query language: what is typed into the search and the filter, after commands and in the config. Pure.

    text --parse--> tree --printed--> text        hits(tree).ranges(headline): what to highlight

`reader.store` asks the library for a tree. Nothing here knows a library; every text is either a tree or a
QueryError that says where it goes wrong.
"""

from __future__ import annotations

from reader.query.errors import QueryError
from reader.query.fields import FIELDS, FLAGS
from reader.query.grammar import LENGTH_MAX, parse
from reader.query.times import moment
from reader.query.tree import (
    EVERYTHING,
    And,
    Field,
    Flag,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    all_of,
    any_of,
    conjuncts,
    leaves,
    none_of,
    requires,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.query.hits import Hits, hits, together
    from reader.query.printing import printed
    from reader.query.showing import as_query

_LATER = {"Hits": "hits", "hits": "hits", "together": "hits", "printed": "printing", "as_query": "showing"}
"""What a list in a pipe does not need, and the module that has it: 4 ms."""

__all__ = [
    "EVERYTHING",
    "FIELDS",
    "FLAGS",
    "LENGTH_MAX",
    "And",
    "Field",
    "Flag",
    "Hits",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "QueryError",
    "Word",
    "all_of",
    "any_of",
    "as_query",
    "conjuncts",
    "hits",
    "leaves",
    "moment",
    "none_of",
    "parse",
    "printed",
    "requires",
    "together",
]


def __getattr__(name: str) -> object:
    """Load what is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"reader.query.{_LATER[name]}")
    for each in (each for each, of in _LATER.items() if of == _LATER[name]):
        globals()[each] = getattr(home, each)  # `hits` is the function's name, and was the module's
    found: object = globals()[name]
    return found
