"""A list of stories or reports, for the screens over the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.message import Message

from reader.records import dataclass
from reader.tui.panes.rowlist import RowList
from reader.tui.typeset.sidebar import Drawn
from reader.tui.typeset.telling import Item, stories, words_alone


class StoryList(RowList):
    """Stories with their sources and a sentence each."""

    @dataclass
    class Opened(Message):
        """The reader wants what is in this row."""

        row: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[Item, ...] = ()
        self._words = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return self._items

    def show(self, items: Sequence[Item], *, cursor: int = 0, nothing: str = "") -> None:
        """Show stories, the cursor on one of them; `nothing`: the words for none."""
        self._items, self._words = tuple(items), nothing
        self.begin(cursor)

    def remark(self, items: Sequence[Item]) -> None:
        """Show the same stories with other marks."""
        if (marked := tuple(items)) != self._items:
            self._items = marked
            self.lay_anew()

    def open_selected(self) -> None:
        """Ask for the story under the cursor."""
        if self._items:
            self.post_message(self.Opened(self.cursor))

    def laid(self, width: int) -> Iterable[Drawn]:
        """Return the lines at a width."""
        return stories(self._items, width) if self._items else words_alone(self._words, width)
