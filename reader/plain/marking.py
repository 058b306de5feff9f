"""Marks in plain mode, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from reader.model import View
from reader.plain.saying import counted
from reader.store import Store

LEVELS = 100  # marks that can be taken back

Marked = tuple[int, ...]


class Marking:
    """Marks of a library's articles, the last ones remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._undos: list[tuple[str, Callable[[], object]]] = []

    def read(self, id: int, *, read: bool, aloud: bool = True) -> Iterator[str]:
        """Mark an article read or unread; `aloud`: say so, and let it be taken back."""
        changed = self._store.marks.read((id,), read)
        if aloud:
            self._remember("the mark", partial(self._store.marks.read, changed, not read))
            yield "Marked read." if read else "Marked unread."

    def star(self, id: int, *, starred: bool) -> Iterator[str]:
        """Star an article or take the star away."""
        changed = self._store.marks.star((id,), starred)
        self._remember("the star", partial(self._store.marks.star, changed, not starred))
        yield "Starred." if starred else "The star is gone."

    def all(self, view: View) -> Iterator[str]:
        """Mark all that a view shows read."""
        changed = self._store.marks.read_all(view)
        if changed:
            self._remember("marking all", partial(self._store.marks.read, changed, False))
        yield f"Marked {counted(len(changed), 'article')} read. Undo takes it back."

    def undo(self) -> Iterator[str]:
        """Take the last mark back."""
        if not self._undos:
            yield "There is nothing to take back."
            return
        words, act = self._undos.pop()
        act()
        yield f"Taken back: {words}."

    def _remember(self, words: str, act: Callable[[], object]) -> None:
        self._undos = [*self._undos, (words, act)][-LEVELS:]
