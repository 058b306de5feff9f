"""One open library: its parts, transactions and what concerns the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import apsw

from reader.store.core import Core
from reader.store.database import Database
from reader.store.errors import DamagedError
from reader.store.feeds import Feeds
from reader.store.following import Following
from reader.store.hidden import Hidden
from reader.store.lists import Lists
from reader.store.opening import MEMORY, opened
from reader.store.places import bring_back
from reader.store.topics import Topics

if TYPE_CHECKING:
    from reader.store.articles import Articles
    from reader.store.awaited import Awaited
    from reader.store.claims import Claims
    from reader.store.earlier import Earlier
    from reader.store.fulltexts import FullTexts
    from reader.store.keeping import Keeping
    from reader.store.marks import Marks
    from reader.store.mentions import Mentions
    from reader.store.rules import Rules
    from reader.store.slices import SliceTable
    from reader.store.trash import Trash

INTERRUPTIBLE = 20_000
"""Steps of SQLite after which a Ctrl+C is heard in what takes seconds."""


class Store:
    """One open library."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.path = db.path
        self._core = core = Core(db)
        self.feeds = Feeds(core)
        self.lists = Lists(core)
        self.topics = Topics(db)
        self.hidden = Hidden(core)
        self.following = Following(db)
        self.learned = core.learned
        self.neighbours = core.neighbours
        self.stories = core.stories
        self._seen = self.data_version()

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open the library at `path`, made if it is missing, or one in memory (":memory:").

        Raises StoreError in words and touches nothing when the file is no library, is damaged or is newer
        than this program.
        """
        return cls(opened(path))

    # Parts that a list can be shown without: imported when they are first asked for

    @cached_property
    def articles(self) -> Articles:
        """Sifting what a feed states, saving what is new, reading one article."""
        from reader.store.articles import Articles

        return Articles(self._core, self.lists.rows)

    @cached_property
    def marks(self) -> Marks:
        """Read and starred."""
        from reader.store.marks import Marks

        return Marks(self._core, self.lists)

    @cached_property
    def fulltexts(self) -> FullTexts:
        """Full texts."""
        from reader.store.fulltexts import FullTexts

        return FullTexts(self._core)

    @cached_property
    def awaited(self) -> Awaited:
        """What another reader knew of articles that are still to come."""
        from reader.store.awaited import Awaited

        return Awaited(self.db)

    @cached_property
    def mentions(self) -> Mentions:
        """Headlines that a page names without their article."""
        from reader.store.mentions import Mentions

        return Mentions(self._core)

    @cached_property
    def claims(self) -> Claims:
        """Which refresh is at which feed."""
        from reader.store.claims import Claims

        return Claims(self.db)

    @cached_property
    def slices(self) -> SliceTable:
        """What tells the items of a feed by their bytes."""
        from reader.store.slices import SliceTable

        return SliceTable(self.db)

    @cached_property
    def rules(self) -> Rules:
        """The reader's own topics over what is stored."""
        from reader.store.rules import Rules

        return Rules(self._core)

    @cached_property
    def keeping(self) -> Keeping:
        """What goes because it is old."""
        from reader.store.keeping import Keeping

        return Keeping(self.db)

    @cached_property
    def trash(self) -> Trash:
        """What was deleted, to bring it back."""
        from reader.store.trash import Trash

        return Trash(self._core)

    @cached_property
    def earlier(self) -> Earlier:
        """What articles were before they were edited."""
        from reader.store.earlier import Earlier

        return Earlier(self.db)

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:
        """All or nothing for what is called inside; joins a transaction that is open already.

        A `durable` one survives a power cut; the others, for what can be fetched again, the program's end.
        """
        with self.db.transaction(durable=durable):
            yield

    def put_clock_right(self, now: datetime) -> int:
        """Bring back the articles that a wrong clock put into the future; returns how many."""
        return bring_back(self._core, now)

    def data_version(self) -> int:
        """Return a number that changes when another connection has written; takes microseconds."""
        version: int = self.db.value("PRAGMA data_version")
        return version

    def changed(self) -> bool:
        """Tell whether another connection has written since the last call."""
        before, self._seen = self._seen, self.data_version()
        return before != self._seen

    def followed(self) -> bool:
        """Tell whether no other connection has written since `changed` was last called."""
        return self._seen == self.data_version()

    def problems(self) -> tuple[str, ...]:
        """Read the whole library and return what is wrong in its file, () if nothing; it takes seconds."""
        if self.path == MEMORY:
            return ()
        connection = apsw.Connection(self.path, flags=apsw.SQLITE_OPEN_READONLY)
        connection.set_progress_handler(lambda: False, INTERRUPTIBLE)
        with closing(Database(connection, self.path)) as fresh:
            # A connection that was open while another wrote would check FTS5 by what it remembers.
            try:
                found = fresh.rows("PRAGMA integrity_check")
            except DamagedError as error:
                return (str(error),)
        return tuple(line for (line,) in found if line != "ok")

    def close(self) -> None:
        """Close the library; a second time does nothing."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
