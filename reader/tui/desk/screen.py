"""The desk: the main screen, its panes, and what each message does."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from reader.model import Headline, View
from reader.records import dataclass
from reader.store import Store
from reader.tui.desk.base import DeskBase
from reader.tui.desk.following import followings
from reader.tui.desk.levels import Levels
from reader.tui.desk.shelf import Shelf
from reader.tui.keys import shown
from reader.tui.panes.article import ArticlePane
from reader.tui.panes.footer import Footer
from reader.tui.panes.headlines import Headlines
from reader.tui.panes.listing import followed_by, listed, placed, top_reports
from reader.tui.panes.pages import PAGE, beside
from reader.tui.panes.related import RelatedPane
from reader.tui.panes.statusbar import StatusBar
from reader.tui.panes.ticker import Ticker
from reader.tui.panes.topicbar import FOLLOWING, TopicBar
from reader.tui.speaking import spoken
from reader.tui.themes import topic_colour

SMALLEST = (40, 12)  # columns and lines below which nothing useful fits


def _ticker(store: Store, view: View) -> list[Headline]:
    """Ask for the ticker of a view; the engines that rank it are imported when first needed."""
    from reader import library

    return library.ticker(store, view, datetime.now(UTC))


class Desk(Levels, DeskBase):
    """Ticker, headlines, article and related news; data goes down to the panes, messages come up."""

    @dataclass
    class MovedIn(Message):
        """The library has feeds: leave the edition for it."""

        desk: Desk

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (SMALLEST[0], "-narrow"), (80, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (SMALLEST[1], "-high")]
    AUTO_FOCUS = "#headlines"
    BINDINGS = [*(Binding(digit, f"digit('{digit}')", show=False) for digit in "0123456789")]

    _top = array("q")  # the reports of the top stories

    def compose(self) -> ComposeResult:
        """Lay the desk."""
        ui = self.config.ui
        yield StatusBar(id="status")
        yield Ticker(speed=ui.ticker_speed, still=self.still, colour=self._colour, id="ticker")
        first = {key.action: shown(key.keys[0]) for key in self.keys if key.keys}
        yield TopicBar(
            top_key=first.get("top_stories", ""), following_key=first.get("following", ""), id="topics"
        )
        with Horizontal(id="panes"):
            yield Headlines(self._rows, id="headlines")
            yield ArticlePane(id="article")
            yield RelatedPane(id="related")
        yield Footer(self.keys, id="footer")
        yield Static("terminal too small", id="small", markup=False)

    @property
    def still(self) -> bool:
        """Whether motion is reduced."""
        return self.config.ui.reduced_motion or self.app.animation_level == "none"

    def _colour(self, headline: Headline) -> str:
        if not headline.topics:
            return ""
        theme = self.app.current_theme
        ground = theme.variables.get("bar") or theme.panel or ""
        return topic_colour(headline.topics[0], dark=theme.dark, ground=ground)

    def on_mount(self) -> None:
        """Show the first page at once; the rest follows off the UI thread."""
        self.ticker.set_class(not self.config.ui.ticker, "-off")
        self.set_class(not self.config.ui.related, "-no-related")
        ids, newest = placed(self.shelf.store, self.view, PAGE)
        by = followed_by(ids, newest)
        rows = self.shelf.store.lists.rows(beside(ids[: self.app.size.height], by))
        self.headlines.followed = followings(self.shelf.store).articles
        self.headlines.show(ids, rows=rows, placed=by, nothing=self._nothing())
        self.call_after_refresh(self._first_painted, ids)
        if self.edition is not None and self.edition.problems:
            problems = self.edition.problems
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            self.complain(problems[0] + more)
        elif self.state.problem:
            self.complain(self.state.problem)

    def _first_painted(self, ids: array[int]) -> None:
        """Go on with what would have kept the first headlines waiting."""
        opened = self.resume(ids)
        if opened is None:
            self._open_first(ids)
        self.reload(opened)
        self.start("rules", self.follow_rules)

    def _open_first(self, ids: array[int]) -> None:
        if ids:
            self.open(ids[0], preview=True)
        else:
            self.article.show_nothing(self._nothing())
            self.related.show_empty("")

    # The view

    def watch_view(self, old: View, new: View) -> None:
        """Load the list anew; a narrowing begins at its top."""
        same = replace(old, unread=new.unread, grouped=new.grouped)
        self._to_top |= same != new
        self.reload()

    def reload(self, onto: int | None = None) -> None:
        """Show the same view anew, the cursor staying where it is, or going `onto` an article."""
        self.restart("view", self._load_view, onto)

    @spoken
    async def _load_view(self, onto: int | None = None) -> None:
        top, store = self._to_top, self.shelf.store
        view = replace(self.view, keep=self.current)
        await self.show_followed()
        folded = await self.ask(listed, store, view)
        await self.unfold_anew(view, folded)
        ids = self.laid.ids
        instead = None if top else await self.row_instead(ids)
        at = 0 if top else max(0, self.headlines.place(ids, instead) - PAGE // 2)
        rows = await self.ask(store.lists.rows, beside(ids[at : at + PAGE], self.laid.placed))
        if top:
            self.headlines.edge(-1)
        self.show_list(rows, instead)
        if top and ids and self.pane == "list":
            self.headlines.edge(-1)
            self.open(ids[0], preview=True)
        self._to_top = False
        if onto is not None:
            self.headlines.select(onto)
        self.ticker.show(await self.ask(_ticker, store, self.view))
        self._top = await self.ask(top_reports, store)
        await self.show_counts()

    def show_list(self, rows: Sequence[Headline] = (), instead: int | None = None) -> None:
        """Show the list as it is laid; `rows`: those at hand, `instead`: where the cursor may go."""
        hits, before = self.hits(), self.headlines.selected
        self.headlines.show(
            self.laid.ids,
            days=self.laid.days,
            under=self.laid.under,
            placed=self.laid.placed,
            rows=rows,
            instead=instead,
            hits=hits,
            nothing=self._nothing(),
        )
        here = self.headlines.selected
        if before is not None and here is not None and here != before:  # its article has left the list
            self.headlines.post_message(Headlines.Moved(here))

    async def show_counts(self) -> None:
        """Show counts and topics in the bars."""
        lists = self.shelf.store.lists
        self.counts = await self.ask(lists.counts)
        topics = await self.ask(lists.topics)
        followed = await self.show_followed()
        await self.name_feed()
        top = {row.story for row in await self.ask(lists.rows, self._top) if not row.read}
        found = len(self._folded.ids) if self.view.search or self.view.filter else None
        cut = found is not None and await self.ask(lists.cut, self.view)
        self.status.show(self._where(), self.counts, local=self.edition is not None, found=found, cut=cut)
        self.topicbar.show(
            topics,
            unread=self.counts.unread,
            chosen=self.chosen,
            top=len(top) if self._top else None,
            following=followed.unread,
            views=self.config.views,
        )
        self.count_views()

    def _where(self) -> tuple[str, ...]:
        """Return what is shown, narrowing from left to right."""
        view, parts = self.view, []
        if self.edition is not None:
            parts.append(self.edition.title)
        whole = "top stories" if view.top else "all news" if self.edition is None else ""
        parts.append(view.name or self.feed_named or view.topic or whole)
        if view.unread:
            parts.append("unread")
        if not view.grouped:
            parts.append("every report")
        if view.search:
            parts.append(f"search: {view.search}")
        if view.filter:
            parts.append(f"filter: {view.filter}")
        return tuple(part for part in parts if part)

    def _nothing(self) -> str:
        view = self.view
        if self.chosen == FOLLOWING and not view.unread and not self.headlines.followed:
            follows, back = self.hint("follow", "follows one"), self.hint("back", "shows all")
            return f"No story is followed now{follows}{back}"
        if view.search or view.filter or view.query:
            return f"Nothing found{self.hint('back', 'shows all again')}"
        if view.unread:
            return f"All read{self.hint('unread_only', 'shows the read ones too')}"
        if view.top:
            return f"No top stories now{self.hint('back', 'shows all')}"
        if self.edition is None and not self.shelf.store.lists.counts().feeds:
            return f"No feeds yet{self.hint('add', 'adds one')}"
        return f"Nothing here yet{self.hint('refresh', 'refreshes')}"

    async def _rows(self, ids: Sequence[int]) -> list[Headline]:
        return await self.ask(self.shelf.store.lists.rows, ids)

    # Messages

    def on_headlines_moved(self, event: Headlines.Moved) -> None:
        """Show what the cursor is on, unless it has moved on, without marking it read."""
        new = event.id == self.headlines.selected != self.current
        if new and self.pane == "list" and not self.has_class("-narrow"):
            self.open(event.id, preview=True)

    def on_headlines_opened(self, event: Headlines.Opened) -> None:
        """Read an article."""
        self.open(event.id)

    def on_headlines_unfolded(self, event: Headlines.Unfolded) -> None:
        """Unfold or fold a story."""
        self.fold(event.id)

    def on_related_pane_opened(self, event: RelatedPane.Opened) -> None:
        """Read a neighbour."""
        self.open(event.id)

    def on_ticker_opened(self, event: Ticker.Opened) -> None:
        """Read the article behind a ticker headline, or say that there is none."""
        if event.headline.bare:
            self.say_bare(event.headline)
        else:
            self.open(event.headline.id)

    def on_article_pane_link_clicked(self, event: ArticlePane.LinkClicked) -> None:
        """Open a clicked link."""
        self.follow(event.address)

    # Moving in

    def moved_in(self) -> None:
        """Show the library with its new feeds and fetch what is due."""
        if self.edition is not None:
            self.post_message(self.MovedIn(self))
        else:
            self.reload()
            self.refresh_feeds(due=True)

    def move_to(self, shelf: Shelf) -> None:
        """Read another library from now on."""
        self.shelf, self.edition = shelf, None
        self.current, self.view = None, self.whole_view()
        self.forget()
        self._to_top = True
        self.article.show_nothing("")
        self.related.show_empty("")
        self.reload()
        self.headlines.focus()
        self.refresh_feeds(due=True)
