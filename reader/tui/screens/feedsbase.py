"""The feeds screen as far as it shows: every subscription, how it is doing, sorted and narrowed."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.content import Content
from textual.widgets import Static

from reader.model import Feed
from reader.refresh.planning import plan
from reader.text import one_line
from reader.tui.desk.feeding import Feeding
from reader.tui.keys import hint
from reader.tui.panes.feedlist import FeedHead, FeedList
from reader.tui.panes.feedrows import SORTS, FeedRow, narrowed, ordered, rows
from reader.tui.panes.footer import Footer
from reader.tui.panes.prompt import Prompt
from reader.tui.screens.closing import ClosingOnce
from reader.tui.screens.feeddetails import details
from reader.tui.screens.feedkeys import feed_keys
from reader.tui.screens.listscreen import ListScreen
from reader.tui.speaking import spoken

SORTED = {"name": "by name", "unread": "most unread first", "last": "longest unfetched first"} | {
    "state": "what needs you first", "topic": "by topic", "next": "next visit first",
}  # fmt: skip
LOOK_EVERY = 2.0  # seconds between looks at whether a refresh has changed something
TELL_EVERY = 15  # looks after which the times are told anew all the same


class FeedsBase(ListScreen, ClosingOnce[int | None]):
    """The list of subscriptions and the ways through it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide")]

    def __init__(self, desk: Feeding) -> None:
        super().__init__()
        self.desk = desk
        self._rows: list[FeedRow] = []
        self._version = self._looks = 0
        self._sort, self._words, self._ailing = "name", "", False
        self.keys = feed_keys(desk.config.keys, desk.config.preset)
        own = [Binding(",".join(key.keys), key.action, key.text, show=False) for key in self.keys if key.keys]
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(own)])

    def compose(self) -> ComposeResult:
        """A title, the columns' names, the list, what is known of one feed, the keys."""
        yield Static(id="feeds-title")
        yield FeedHead(id="feeds-head")
        yield FeedList(id="feeds-list")
        yield Static(id="feeds-about")
        yield Footer(self.keys, id="footer")

    def on_mount(self) -> None:
        """Show the subscriptions, and follow what becomes of them."""
        self.footer.show("feeds")
        self.list.focus()
        self._load()
        self.set_interval(LOOK_EVERY, self._look)

    @property
    def list(self) -> FeedList:
        """The subscriptions."""
        return self.query_exactly_one("#feeds-list", FeedList)

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        row = self.list.selected
        return row.feed if row else None

    # What is shown

    def _load(self) -> None:
        self.restart("feeds", self.loaded)

    def _look(self) -> None:
        self.restart("look", self._follow)

    @spoken
    async def _follow(self) -> None:
        version = await self.desk.feeds_version()
        self._looks += 1
        if version != self._version or self._looks % TELL_EVERY == 0:
            self._version = version
            await self.loaded()

    @spoken
    async def loaded(self) -> None:
        """Show the subscriptions as they are now."""
        known = await self.desk.known_feeds()
        before = {row.feed.id for row in self._rows}
        self._rows = rows(known.feeds, known.latest, datetime.now(UTC))
        self._show()
        new = [row.feed.id for row in self._rows if row.feed.id not in before]
        if before and len(new) == 1:  # added, or brought back: the next key is for it
            self.list.select(new[0])

    def _show(self, *, top: bool = False) -> None:
        shown = ordered(narrowed(self._rows, self._words, ailing=self._ailing), self._sort)
        nothing = "No feed is like that"
        if not self._rows:
            nothing = f"No feeds yet{hint(self.keys, 'add', 'adds one')}"
        if self._ailing and not self._words and self._rows:
            nothing = f"Every feed is well{hint(self.keys, 'feeds_troubled', 'shows all')}"
        self.query_exactly_one("#feeds-head", FeedHead).show(self._sort)
        self.list.show(shown, nothing=nothing, top=top)
        self.query_exactly_one("#feeds-title", Static).update(self._title(len(shown)))

    def _title(self, shown: int) -> Content:
        failing = sum(row.feed.failures > 0 and not row.feed.paused for row in self._rows)
        silent = sum(row.state.mark == "○" for row in self._rows)
        count = f"{shown:,} of {len(self._rows):,}" if shown < len(self._rows) else f"{shown:,}"
        parts = [f"{count} feed{'s' * (len(self._rows) != 1)}"]
        parts += [f"{failing:,} failing"] if failing else []
        parts += [f"{silent:,} silent"] if silent else []
        parts += [f"find: {self._words}"] if self._words else []
        parts += ["in trouble only"] if self._ailing else []
        parts.append(SORTED[self._sort])
        words = one_line(" · ".join(parts))
        return Content.styled(" Feeds ", "bold $background on $primary") + Content(f"  {words}")

    def on_feed_list_moved(self) -> None:
        """Tell of the feed that the cursor is on."""
        self.restart("about", self._about)

    @spoken
    async def _about(self) -> None:
        about, row = self.query_exactly_one("#feeds-about", Static), self.list.selected
        if row is None:
            about.update("")
            return
        access, rhythm = self.desk.access(row.feed), await self.desk.rhythm_of(row.feed)
        planned = plan(row.feed, datetime.now(UTC), self.desk.config.refresh, access, rhythm)
        about.update(details(row, access, planned, max(self.size.width - 4, 10)))

    def on_feed_head_chosen(self, event: FeedHead.Chosen) -> None:
        """Sort by the clicked column."""
        self._sort = event.column
        self._show(top=True)

    def on_feed_list_opened(self, event: FeedList.Opened) -> None:
        """Read the feed that was clicked twice."""
        self.dismiss(event.row.feed.id)

    # Moving and narrowing

    def action_feeds_sort(self) -> None:
        """Sort in another way."""
        at = SORTS.index(self._sort) if self._sort in SORTS else -1
        self._sort = SORTS[(at + 1) % len(SORTS)]
        self._show(top=True)

    def action_feeds_troubled(self) -> None:
        """Show only what is in trouble, or all."""
        self._ailing = not self._ailing
        self._show(top=True)

    def action_filter(self) -> None:
        """Narrow the list while typing."""
        self.prompt("find", "find", text=self._words, hint="words in name, address, topic, tags or state")

    def action_back(self) -> None:
        """Take a narrowing back, else go back to the desk."""
        if self._words or self._ailing:
            self._words, self._ailing = "", False
            self._show()
        else:
            self.dismiss(None)

    def action_open(self) -> None:
        """Read the feed on the desk."""
        if (feed := self.feed) is not None:
            self.dismiss(feed.id)

    def action_help(self) -> None:
        """Show the keys."""
        from reader.tui.screens.help import Help

        self.app.push_screen(Help(self.keys, "feeds"))

    # Asking

    def prompt(self, purpose: str, label: str, *, text: str = "", hint: str = "") -> None:
        """Ask for a line."""
        self.query(Prompt).remove()
        self.mount(Prompt(purpose, label, text=text, hint=hint), before=self.footer)
