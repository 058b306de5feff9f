"""The topic bar: topics with their unread counts on one line, chosen by number, key or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.model import Topic
from reader.tui.cells import clip

LONGEST = 24  # cells of a topic's name


class TopicBar(Widget):
    """`0 All 412  1 World 118  2 Politics 64 …`, scrolled so that the chosen one is in sight."""

    COMPONENT_CLASSES = {f"topicbar--{name}" for name in ("number", "name", "count", "chosen")}

    @dataclass
    class Chosen(Message):
        """The reader wants this topic; "" is all."""

        topic: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[tuple[str, str, int], ...] = ()  # topic, its name as shown, unread
        self._chosen = ""
        self._spots: list[tuple[int, int, str]] = []  # from cell, to cell, topic

    def show(self, topics: Sequence[Topic], *, unread: int, chosen: str) -> None:
        """Show all topics with their unread counts, one of them chosen ("" for all)."""
        self._items = (
            ("", "All", unread),
            *((topic.name, clip(topic.name, LONGEST), topic.unread) for topic in topics),
        )
        self._chosen = chosen
        self.refresh()

    def topic(self, number: int) -> str | None:
        """Return the topic with this number, or None."""
        return self._items[number][0] if number < len(self._items) else None

    def _labels(self) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """Return each topic with the (style, text) parts of its label."""
        labels = []
        for number, (topic, name, unread) in enumerate(self._items):
            parts = [("number", f"{number} " if number < 10 else ""), ("name", name)]
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
        self._spots = []
        if first:
            segments.append(Segment("‹", self._style("number")))
            at = 1
        for (topic, parts), size in zip(labels[first:], widths[first:], strict=True):
            if at + size > width - 1:
                segments.append(Segment("…", self._style("number")))
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
        topics = [topic for topic, _, _ in self._items]
        chosen = topics.index(self._chosen) if self._chosen in topics else 0
        first = 0
        while first < chosen and sum(widths[first : chosen + 1]) > width - 3:
            first += 1
        return first

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"topicbar--{name}")

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked topic."""
        for start, end, topic in self._spots:
            if start <= event.x < end:
                self.post_message(self.Chosen(topic))
