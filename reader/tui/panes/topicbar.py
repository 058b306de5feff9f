"""The topic bar: top stories and topics with their unread counts on one line, chosen by key or mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.model import SavedView, Topic
from reader.records import dataclass
from reader.tui.drawing.cells import clip

LONGEST = 24  # cells of a topic's name
TOP = "\n"
"""Stands for the top stories where a topic is chosen: no topic is named so."""
FOLLOWING = "\v"
"""Stands for the followed stories."""
VIEW = "\t"
"""Before the name of a saved view where a topic is chosen: no topic begins so."""


class TopicBar(Widget):
    """`p Top 9  0 All 412  1 World 118 …`, scrolled so that the chosen one is in sight."""

    COMPONENT_CLASSES = {f"topicbar--{name}" for name in ("number", "name", "count", "chosen")}

    @dataclass
    class Chosen(Message):
        """The reader wants this topic; "" is all, TOP the top stories, VIEW and a name a saved view."""

        topic: str

    def __init__(self, *, top_key: str = "", following_key: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._top_key, self._following_key = top_key, following_key
        self._topics: tuple[str, ...] = ()  # in the order of their numbers
        self._items: tuple[tuple[str, str, str, int], ...] = ()  # topic, its key, its name as shown, unread
        self._chosen = ""
        self._counts: Mapping[str, int] = {}  # of the saved views, unread
        self._spots: list[tuple[int, int, str]] = []  # from cell, to cell, topic
        self._cut: set[int] = set()  # cells that say that there are more topics

    def rebind(self, top_key: str, following_key: str) -> None:
        """Name other keys when it is shown next."""
        self._top_key, self._following_key = top_key, following_key

    def show(
        self,
        topics: Sequence[Topic],
        *,
        unread: int,
        chosen: str,
        top: int | None = None,
        following: int | None = None,
        views: Sequence[SavedView] = (),
    ) -> None:
        """Show saved views and all topics with their unread counts, one of them chosen ("" for all).

        `top`: how many top stories have something unread; None when there is no top story to show.
        `following`: how many reports of followed stories; None when nothing is followed. The views are
        counted elsewhere: see `count`.
        """
        saved = [(VIEW + view.name, view.name, self._counts.get(view.name, 0)) for view in views]
        numbered = [*saved, *((topic.name, topic.name, topic.unread) for topic in topics)]
        self._topics = ("", *(value for value, _, _ in numbered))
        first = [(TOP, self._top_key, "Top", top or 0)] if top is not None or chosen == TOP else []
        if following is not None or chosen == FOLLOWING:
            first.append((FOLLOWING, self._following_key, "Following", following or 0))
        self._items = (
            *first,
            ("", "0", "All", unread),
            *(
                (value, str(number) if number < 10 else "", clip(name, LONGEST), waiting)
                for number, (value, name, waiting) in enumerate(numbered, 1)
            ),
        )
        self._chosen = chosen
        self.refresh()

    def count(self, counts: Mapping[str, int]) -> None:
        """Show how much is unread in the saved views, by name."""
        self._counts = counts
        self._items = tuple(
            (value, key, name, counts.get(value.removeprefix(VIEW), 0) if value.startswith(VIEW) else unread)
            for value, key, name, unread in self._items
        )
        self.refresh()

    def topic(self, number: int) -> str | None:
        """Return the topic with this number, or None."""
        return self._topics[number] if number < len(self._topics) else None

    def _labels(self) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """Return each topic with the (style, text) parts of its label."""
        labels = []
        for topic, key, name, unread in self._items:
            parts = [("number", f"{key} " if key else ""), ("name", name)]
            if unread:
                parts.append(("count", f" {unread:,}"))
            labels.append((topic, tuple(parts)))
        return labels

    def render_line(self, y: int) -> Strip:
        """Draw the bar."""
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        labels = self._labels()
        widths = [sum(cell_len(text) for _, text in parts) + 3 for _, parts in labels]
        first = self._first(widths, width)
        segments, at = [], 0
        self._spots, self._cut = [], set()
        if first:
            self._cut.add(0)
            segments.append(Segment("‹", self._style("number")))
            at = 1
        for (topic, parts), size in zip(labels[first:], widths[first:], strict=True):
            if at + size > width - 1:
                segments.append(Segment("…", self._style("number")))
                self._cut.add(at)
                break
            chosen = topic == self._chosen
            pad = self._style("chosen") if chosen else base
            segments.append(Segment(" ", pad))
            segments += [Segment(text, self._style("chosen" if chosen else name)) for name, text in parts]
            segments += [Segment(" ", pad), Segment(" ", base)]
            self._spots.append((at, at + size, topic))
            at += size
        return Strip(segments).adjust_cell_length(width, base)

    def _first(self, widths: list[int], width: int) -> int:
        """Return the first label to draw so that the chosen one is in sight."""
        topics = [topic for topic, *_ in self._items]
        chosen = topics.index(self._chosen) if self._chosen in topics else 0
        first = 0
        while first < chosen and sum(widths[first : chosen + 1]) > width - 3:
            first += 1
        return first

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"topicbar--{name}")

    async def on_click(self, event: events.Click) -> None:
        """Choose the clicked topic, or from all of them where there is no room for more."""
        if event.x in self._cut:
            await self.screen.run_action("topics")
        for start, end, topic in self._spots:
            if start <= event.x < end:
                self.post_message(self.Chosen(topic))
