"""One story as it came out: who told it when, newest first, and what was new in each report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from textual.content import Content

from reader.store import Store
from reader.tui.desk.following import FOLLOWS, LEAVES
from reader.tui.desk.telling import Telling
from reader.tui.drawing.times import clock, day, day_heading
from reader.tui.screens.stories import StoryScreen
from reader.tui.speaking import spoken
from reader.tui.typeset.telling import Item

if TYPE_CHECKING:
    from reader.library import Report


class Timeline(StoryScreen):
    """The reports of an article's story under the headings of their days."""

    HINTS = (("toggle_read", "mark"), ("follow", "follow"), ("undo", "undo"))
    ALSO = ("timeline",)

    def __init__(self, desk: Telling, story: int, at: int | None = None) -> None:
        super().__init__(desk)
        self._story = story  # an article of it
        self._at = at  # the article that the cursor begins on
        self._reports: tuple[Report, ...] = ()

    def article(self, row: int) -> int | None:
        """Return the article of a report."""
        return self._reports[row].headline.id if row < len(self._reports) else None

    def again(self) -> Timeline:
        """Return a screen that shows the same at the same place."""
        return Timeline(self.desk, self._story, self.article(self.place))

    @spoken
    async def load(self) -> None:
        """Show the story."""
        self.entitle("Timeline")
        self._reports = await self.desk.ask(_timeline, self.desk.shelf.store, self._story)
        ids = [report.headline.id for report in self._reports]
        cursor = ids.index(self._at) if self._at in ids else 0
        self.list.show(await self._items(), cursor=cursor, nothing="This story is no longer in the library.")

    async def _items(self) -> list[Item]:
        followed = not (await self.desk.show_followed()).articles.isdisjoint(
            report.headline.id for report in self._reports
        )
        sources = len({report.headline.feed for report in self._reports})
        count = len(self._reports)
        words = f"{count} report{'s' * (count != 1)} of {sources} source{'s' * (sources != 1)}"
        self.entitle("Timeline", Content.styled("  ◆ followed" if followed else "", "$primary"))
        self.sum_up(f"{words} · newest first, each with what was new in it")
        return items(self._reports, datetime.now(UTC))

    async def _remark(self) -> None:
        rows = await self.desk.ask(self.desk.shelf.store.lists.rows, [r.headline.id for r in self._reports])
        now = {row.id: row for row in rows}
        self._reports = tuple(
            type(report)(now.get(report.headline.id, report.headline), report.sentence)
            for report in self._reports
        )
        self.list.remark(await self._items())

    def action_timeline(self) -> None:
        """Go back: the key that opened it closes it."""
        self.dismiss(None)

    def action_toggle_read(self) -> None:
        """Mark the report read or unread."""
        if self.selected is not None:
            self.start("marks", self._toggle_read, self.list.cursor)

    @spoken
    async def _toggle_read(self, row: int) -> None:
        headline = self._reports[row].headline
        words = "marked unread" if headline.read else "marked read"
        await self.desk.put_read((headline.id,), read=not headline.read, words=words)
        await self._remark()
        self.say(words)

    def action_follow(self) -> None:
        """Follow the story, or no longer."""
        self.start("marks", self._follow)

    @spoken
    async def _follow(self) -> None:
        followed = await self.desk.toggle_followed(self._story)
        await self._remark()
        self.say(FOLLOWS if followed else LEAVES)

    def action_undo(self) -> None:
        """Take the last step back."""
        self.start("marks", self._undo)

    @spoken
    async def _undo(self) -> None:
        words = await self.desk.take_back()
        await self._remark()
        self.say(words)


def items(reports: Sequence[Report], now: datetime) -> list[Item]:
    """Return the rows of a timeline."""
    today = now.astimezone().date()
    found: list[Item] = []
    above: date | None = None
    for report in reports:
        row = report.headline
        when = day(row.published)
        found.append(
            Item(
                title=row.title,
                about=" · ".join(part for part in (clock(row.published, now), row.source) if part),
                sentence=report.sentence,
                unread=not row.read,
                heading=day_heading(when, today) if when != above else "",
            )
        )
        above = when
    return found


def _timeline(store: Store, article: int) -> tuple[Report, ...]:
    """Ask for a timeline; the engines are imported when first needed."""
    from reader import library

    return library.timeline(store, article)
