"""What the reader says of stories: these articles tell another one, or do after all tell this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.library.ingesting import choose_lead
from reader.store import Store


def part(store: Store, ids: Sequence[int], *, each: bool = False) -> int:
    """Take articles out of their story for good, as `stories.part` does; each part gets its lead."""
    with store.transaction(durable=True):
        story = next(iter(store.stories.of(ids).values()), 0)
        members = store.stories.members(story)
        if act := store.stories.part(ids, each=each):
            _lead(store, members)
    return act


def rejoin(store: Store, division: int) -> tuple[int, ...]:
    """Take one act of taking apart back; returns the articles that are one story again."""
    with store.transaction(durable=True):
        together = store.stories.rejoin(division)
        _lead(store, together)
    return together


def _lead(store: Store, ids: Iterable[int]) -> None:
    for story in set(store.stories.of(ids).values()):
        choose_lead(store, story)
