"""Catching up: what is unread as stories, the most covered and the followed first, the rest filed at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from reader.model import View
from reader.records import dataclass
from reader.store import Store
from reader.tui.desk.following import FOLLOWS, LEAVES
from reader.tui.desk.telling import Telling
from reader.tui.screens.stories import StoryScreen
from reader.tui.speaking import spoken
from reader.tui.typeset.telling import Item

if TYPE_CHECKING:
    from reader.library import Brief

SPANS = (("24 hours", "24 h", 1), ("3 days", "3 d", 3), ("7 days", "7 d", 7), ("all unread", "all", 0))
"""What it tells of, in words and in short, with the days; 0: without end."""
NARROW = 56  # columns below which short words must do
STEP = 120
"""Stories and single reports that are told at once: a report more takes about a millisecond."""


@dataclass(slots=True)
class Caught:
    """What was told, kept while one of its articles is read."""

    span: int = 0
    limit: int = STEP
    cursor: int = 0
    made: Brief | None = None
    unread: set[int] = field(default_factory=set)
    followed: frozenset[int] = frozenset()
    seen: frozenset[int] = frozenset()  # the leads told before there were more


class CatchUp(StoryScreen):
    """Stories with their sources and a sentence each."""

    HINTS = (
        ("toggle_read", "mark"),
        ("follow", "follow"),
        ("mark_all", "file the rest"),
        ("right", "longer"),
        ("timeline", "timeline"),
        ("undo", "undo"),
    )
    ALSO = ("left", "catch_up")

    def __init__(self, desk: Telling, caught: Caught | None = None) -> None:
        super().__init__(desk)
        self._opening = caught is None
        self.caught = caught or Caught()

    def again(self) -> CatchUp:
        """Return a screen that shows the same at the same place."""
        self.caught.cursor = self.place
        return CatchUp(self.desk, self.caught)

    def article(self, row: int) -> int | None:
        """Return the article that stands for a story; None for the row after the last one."""
        told = self.caught.made.told if self.caught.made else ()
        return told[row].headline.id if row < len(told) else None

    @spoken
    async def load(self) -> None:
        """Tell what is unread, or what was told before."""
        caught = self.caught
        if self._opening:
            self._opening, caught.span = False, await self.desk.ask(_told_first, self.desk.shelf.store)
        self._title()
        if caught.made is None:
            self.sum_up("reading what is unread …")
            self.list.show((), nothing="Sorting what is unread into stories …")
            view, topics = _unread(caught.span), [rule.name for rule in self.desk.config.topics]
            caught.made = await self.desk.ask(_brief, self.desk.shelf.store, view, topics, caught.limit)
            caught.unread = set(caught.made.articles)
            caught.followed = (await self.desk.show_followed()).articles
            if caught.seen:
                caught.cursor = sum(told.reports[0] in caught.seen for told in caught.made.told)
        else:
            await self._look()
        self.sum_up(_summed(caught.made) if caught.made.articles else "nothing is unread")
        self.list.show(self._items(), cursor=caught.cursor, nothing=self._nothing())

    def _nothing(self) -> str:
        if self.caught.span == len(SPANS) - 1:
            return "You are caught up."
        span = SPANS[self.caught.span][0]
        return f"You are caught up with the last {span} · {self.key('right')} looks further back"

    def _title(self) -> None:
        parts = []
        for number, (long, short, _) in enumerate(SPANS):
            words = short if self.app.size.width < NARROW else long
            if number == self.caught.span:
                parts.append(Content.styled(f"  {words}", "bold underline $primary"))
            else:
                click = Style.from_meta({"@click": f"screen.span({number})"})
                parts += [Content("  "), Content(words).stylize(click)]
        self.entitle("Catch up", *parts)

    def _items(self) -> list[Item]:
        from reader.library.briefing import about

        made, now = self.caught.made, datetime.now(UTC)
        if made is None:
            return []
        found = [
            Item(
                title=told.headline.title,
                about=about(told, now),
                sentence=told.sentence,
                unread=not self.caught.unread.isdisjoint(told.reports),
                followed=not self.caught.followed.isdisjoint(told.reports),
            )
            for told in made.told
        ]
        if left := made.stories + made.single - len(made.told):
            found.append(Item(f"{left:,} more", "Enter tells more of them", unread=False))
        return found

    async def _look(self) -> None:
        """See what has become of the marks."""
        caught = self.caught
        reports = [id for told in (caught.made.told if caught.made else ()) for id in told.reports]
        rows = await self.desk.ask(self.desk.shelf.store.lists.rows, reports)
        caught.unread = {row.id for row in rows if not row.read}
        caught.followed = (await self.desk.show_followed()).articles

    @spoken
    async def _remark(self, words: str) -> None:
        await self._look()
        self.list.remark(self._items())
        self.say(words)

    # What can be done

    def open_row(self, row: int) -> None:
        """Read a story, or tell more."""
        made, caught = self.caught.made, self.caught
        if made is not None and row >= len(made.told):
            seen = frozenset(told.reports[0] for told in made.told)
            self._ask(Caught(caught.span, caught.limit + STEP, seen=seen))
        else:
            super().open_row(row)

    def on_resize(self) -> None:
        """Name the times as there is room."""
        self._title()

    def action_right(self) -> None:
        """Look further back."""
        self.action_span(self.caught.span + 1)

    def action_left(self) -> None:
        """Look less far back."""
        self.action_span(self.caught.span - 1)

    def action_span(self, span: int) -> None:
        """Tell of another time."""
        if 0 <= span < len(SPANS) and span != self.caught.span:
            self._ask(Caught(span, STEP))

    def _ask(self, caught: Caught) -> None:
        self.caught = caught
        self.anew()

    def _reports(self) -> tuple[int, ...]:
        made, row = self.caught.made, self.list.cursor
        return made.told[row].reports if made and row < len(made.told) else ()

    def action_toggle_read(self) -> None:
        """Mark the story read, or unread again."""
        if reports := self._reports():
            self.start("marks", self._toggle_read, reports)

    @spoken
    async def _toggle_read(self, reports: Sequence[int]) -> None:
        read = not self.caught.unread.isdisjoint(reports)
        words = "story marked read" if read else "story marked unread"
        await self.desk.put_read(reports, read=read, words=words)
        await self._remark(words)

    def action_follow(self) -> None:
        """Follow the story, or no longer."""
        if reports := self._reports():
            self.start("marks", self._follow, reports[0])

    @spoken
    async def _follow(self, article: int) -> None:
        followed = await self.desk.toggle_followed(article)
        await self._remark(FOLLOWS if followed else LEAVES)

    def action_timeline(self) -> None:
        """Show the story as it came out."""
        if self.selected is not None:
            self.start("timeline", self._timeline, self.selected)

    @spoken
    async def _timeline(self, article: int) -> None:
        from reader.tui.screens.timeline import Timeline

        if await self.desk.told_once(article):
            self.say("no other source tells this story yet")
        else:
            self.app.push_screen(Timeline(self.desk, article), self._chosen)

    def _chosen(self, article: int | None) -> None:
        if article is None:
            self.start("marks", self._remark, "")
        else:
            self.leave_for(article)

    def action_mark_all(self) -> None:
        """File all of that time as read."""
        if self.caught.made is not None:
            self.start("marks", self._file, self.caught.made)

    @spoken
    async def _file(self, made: Brief) -> None:
        changed = await self.desk.put_read(made.articles, read=True, words="filed the rest as read")
        if not changed:
            self.say("everything here is read already")
            return
        self.dismiss(None)
        self.desk.say(f"{len(changed):,} filed as read{self.desk.hint('undo', 'takes it back')}")

    def action_undo(self) -> None:
        """Take the last step back."""
        self.start("marks", self._undo)

    @spoken
    async def _undo(self) -> None:
        await self._remark(await self.desk.take_back())

    def action_catch_up(self) -> None:
        """Go back to the desk: the key that opened it closes it."""
        self.dismiss(None)


def _summed(made: Brief) -> str:
    from reader.library.briefing import summed

    return summed(made)


def _unread(span: int) -> View:
    """Return the view of what is unread of a span."""
    days = SPANS[span][2]
    return View(unread=True, since=datetime.now(UTC) - timedelta(days=days) if days else None)


def _told_first(store: Store) -> int:
    """Return the shortest span that holds anything unread: whoever was away for a week sees it at once."""
    spans = range(len(SPANS))
    return next((span for span in spans if store.lists.count(_unread(span), most=1)), spans[-1])


def _brief(store: Store, view: View, topics: Sequence[str], limit: int) -> Brief:
    """Ask for the digest; the engines are imported when first needed."""
    from reader import library

    return library.brief(store, view, topics, limit)
