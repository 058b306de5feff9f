"""A refresh: the feeds that are due, fetched, parsed, stored.

- `run` (pipeline)   the whole, yielding a `Refreshed` for each feed
- `storing`          its last stage
- `schedule`         what is due, and when next: pure functions over values
- `lines`            a line of JSON for each feed, by which a child process tells of it
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING

from reader.config import Config
from reader.model import Feed, Refreshed
from reader.refresh.lines import refreshed_from_json, refreshed_to_json

if TYPE_CHECKING:
    from reader.store import Store

__all__ = ["refreshed_from_json", "refreshed_to_json", "run"]


def run(
    store: Store, feeds: Sequence[Feed], config: Config, *, force: bool = False
) -> AsyncGenerator[Refreshed, None]:
    """Bring feeds up to date: those of them that are due, or all with `force`. See `pipeline.run`."""
    from reader.refresh import pipeline  # the desk reads lines only: parsers and engines stay in its child

    return pipeline.run(store, feeds, config, force=force)
