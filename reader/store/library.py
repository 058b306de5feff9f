"""One open library: its parts, transactions and what concerns the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw

from reader.store.articles import Articles
from reader.store.awaited import Awaited
from reader.store.claims import Claims
from reader.store.core import Core
from reader.store.database import Database
from reader.store.earlier import Earlier
from reader.store.errors import DamagedError
from reader.store.feeds import Feeds
from reader.store.following import Following
from reader.store.fulltexts import FullTexts
from reader.store.hidden import Hidden
from reader.store.keeping import Keeping
from reader.store.lists import Lists
from reader.store.marks import Marks
from reader.store.mentions import Mentions
from reader.store.opening import MEMORY, opened
from reader.store.places import bring_back
from reader.store.rules import Rules
from reader.store.slices import SliceTable
from reader.store.topics import Topics
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
        self.articles = Articles(core, self.lists.rows)
        self.marks = Marks(core, self.lists)
        self.fulltexts = FullTexts(core)
        self.awaited = Awaited(db)
        self.mentions = Mentions(core)
        self.claims = Claims(db)
        self.slices = SliceTable(db)
        self.topics = Topics(db)
        self.rules = Rules(core)
        self.hidden = Hidden(core)
        self.following = Following(db)
        self.keeping = Keeping(db)
        self.trash = Trash(core)
        self.learned = core.learned
        self.earlier = Earlier(db)
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
