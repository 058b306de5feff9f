"""A damaged library's readable part as a whole new library."""

from __future__ import annotations

from pathlib import Path

from reader.library.texts import batches, text_of
from reader.library.upkeep import Progress, rebuild
from reader.store import Store
from reader.store.rescue import Rescued
from reader.store.rescue import rescue as copied

PARTS = ("", "-wal", "-shm", "-journal")


def rescue(path: Path, target: Path, progress: Progress | None = None) -> Rescued:
    """Make a new library at `target` of what can be read of the one at `path`, which is only ever read.

    `target` is there whole or not at all. Raises StoreError.
    """
    unfinished = target.with_name(target.name + ".part")
    try:
        _clear(unfinished)
        found = copied(path, unfinished)
        with Store.open(unfinished) as store, store.transaction(durable=True):
            for batch in batches(store):
                texts = {article.headline.id: text_of(article) for article in batch}
                bodies = store.fulltexts.searched({number: text.body for number, text in texts.items()})
                for number, text in texts.items():
                    store.articles.core.search.put(number, text.title, bodies[number])
            store.feeds.removals.hide_again()  # what rules hid is hidden when they are next applied
            rebuild(store, progress)
        unfinished.replace(target)
    finally:
        _clear(unfinished)
    return found


def _clear(path: Path) -> None:
    for part in PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)
