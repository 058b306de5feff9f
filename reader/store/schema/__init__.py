"""The library's tables, as a list of migrations, a file each: its length is the version.

A released migration is never edited: a change is a new one at the end.

Reading order: `feed` has many `article`s (what a list row shows), each with its `content` (what is read),
its `item` (how it is known again in its feed) and its `state` (what the reader did with it). A headline that
a page merely mentions is an `article` without state: no list and no counter ever meets it.
"""

from __future__ import annotations

from reader.store.schema.awaited import FIFTH
from reader.store.schema.earlier import ELEVENTH
from reader.store.schema.feeds import TWELFTH
from reader.store.schema.first import FIRST
from reader.store.schema.following import TENTH
from reader.store.schema.fulltexts import SEVENTH
from reader.store.schema.hidden import EIGHTH
from reader.store.schema.manners import FOURTH
from reader.store.schema.slices import NINTH
from reader.store.schema.stories import SECOND
from reader.store.schema.tags import THIRTEENTH
from reader.store.schema.topics import THIRD
from reader.store.schema.trash import SIXTH

APPLICATION_ID = 0x6E777372
"""In the file's header: 'nwsr', so that a foreign database is told apart before it is touched."""

MIGRATIONS: tuple[str, ...] = (
    *(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH),
    *(EIGHTH, NINTH, TENTH, ELEVENTH, TWELFTH, THIRTEENTH),
)


def version() -> int:
    """Return the version of a library that this program makes."""
    return len(MIGRATIONS)
