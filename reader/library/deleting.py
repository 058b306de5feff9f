"""Articles that the reader deletes, and brings back as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.library.ingesting import choose_lead, index
from reader.library.texts import text_of
from reader.store import Store
from reader.store.trash import Told


def delete(store: Store, ids: Iterable[int]) -> tuple[int, ...]:
    """Delete articles; returns those that were there. Their feeds do not bring them again."""
    wanted = tuple(ids)
    with store.transaction(durable=True):
        stories = set(store.stories.of(wanted).values())
        gone = store.trash.put(wanted)
        for story in stories:
            choose_lead(store, story)
    return gone


def undelete(store: Store, ids: Iterable[int]) -> tuple[int, ...]:
    """Bring deleted articles back, with their marks, topics and stories; returns those that came."""
    with store.transaction(durable=True):
        back = store.trash.take_back(ids)
        articles = [article for id in back if (article := store.articles.get(id)) is not None]
        index(store, articles)
        for article in articles:
            store.trash.index(article.headline.id, article.headline.title, text_of(article).body)
        _tell_again(store, back)
    return tuple(back)


def _tell_again(store: Store, back: Mapping[int, Told]) -> None:
    """Put articles back into the stories they were in, also where a story had come down to one of them.

    What tells another story since, or was parted from them by the reader, stays where it is.
    """
    for number in {told.number for told in back.values() if told.number}:
        came = [id for id, told in back.items() if told.number == number]
        once = {member for id in came for member in back[id].members}
        there = [row.id for row in store.lists.rows(sorted(once)) if row.story in (0, number)]
        together = {*came, *there, *store.stories.members(number)}
        together -= store.stories.apart(came)
        if len(together) > 1:
            store.stories.put(together, number)
            choose_lead(store, number)
