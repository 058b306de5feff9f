"""The library: SQLite, schema and every statement.

`Store.open(path)` or `Store.open(":memory:")`; then

- `feeds`       subscriptions and their bookkeeping
- `articles`    sift what a feed states, save what is new, read one article
- `marks`       read and starred
- `awaited`     what another reader knew of articles that are still to come
- `lists`       ids by view, rows by page, ticker, topics, counts, stories
- `stories`     which articles tell one event, and what the reader took apart
- `claims`      which refresh is at which feed
- `mentions`    headlines that a page names without their article
- `topics`      which article belongs where and why, and the reader's corrections
- `rules`       the reader's own topics over what is stored
- `learned`     what headlines of stated topics teach about words
- `neighbours`  the index that related news is computed from

Synchronous; any thread may call, one at a time is let in. All errors are `StoreError`, one line in words.

What is named here is loaded when it is first asked for: `reader.store.glance` needs none of it.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # the real one costs more than the glance
if TYPE_CHECKING:
    from reader.store.awaited import Known
    from reader.store.errors import DamagedError, StoreError
    from reader.store.index import term_hash
    from reader.store.library import Store
    from reader.store.values import Row, Saved

__all__ = ["DamagedError", "Known", "Row", "Saved", "Store", "StoreError", "term_hash"]

_HOMES = {
    "DamagedError": "errors",
    "Known": "awaited",
    "Row": "values",
    "Saved": "values",
    "Store": "library",
    "StoreError": "errors",
    "term_hash": "index",
}


def __getattr__(name: str) -> object:
    """Load what is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"reader.store.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
