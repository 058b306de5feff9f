"""The query language: what is typed into the search and the filter, after commands and in the config. Pure.

    text --parse--> tree --printed--> text        hits(tree).ranges(headline): what to highlight

`reader.store` asks the library for a tree. Nothing here knows a library; every text is either a tree or a
QueryError that says where it goes wrong.
"""

from __future__ import annotations

from reader.query.errors import QueryError
from reader.query.fields import FIELDS, FLAGS
from reader.query.grammar import LENGTH_MAX, parse
from reader.query.hits import Hits, hits, together
from reader.query.printing import printed
from reader.query.showing import as_query
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
