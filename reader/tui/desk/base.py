"""What every part of the desk stands on: its state, its panes, and how it speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual.binding import Binding, BindingsMap
from textual.reactive import reactive
from textual.widget import Widget

from reader.config import Config
from reader.model import Counts, View
from reader.text import one_line
from reader.tui.desk.shelf import Shelf
from reader.tui.instant.takeover import FramedScreen
from reader.tui.keys import Key, hint
from reader.tui.panes.article import ArticlePane
from reader.tui.panes.footer import Footer
from reader.tui.panes.headlines import Headlines
from reader.tui.panes.related import RelatedPane
from reader.tui.panes.statusbar import StatusBar
from reader.tui.panes.ticker import Ticker
from reader.tui.panes.topicbar import TopicBar
from reader.tui.working import WorkingScreen

if TYPE_CHECKING:
    from reader.edition import Edition

P = ParamSpec("P")
T = TypeVar("T")


class DeskBase(WorkingScreen[None], FramedScreen):
    """State and panes. Two reactives hold the session: what is shown, and what is open."""

    view: reactive[View] = reactive(View(), init=False, repaint=False)
    current: reactive[int | None] = reactive(None, init=False, repaint=False)

    def __init__(
        self, shelf: Shelf, config: Config, keys: tuple[Key, ...], edition: Edition | None = None
    ) -> None:
        super().__init__()
        self.shelf, self.config, self.keys, self.edition = shelf, config, keys, edition
        self._bind(keys)
        self.counts = Counts()
        self.set_reactive(DeskBase.view, self.whole_view())

    def _bind(self, keys: tuple[Key, ...]) -> None:
        own = [Binding(",".join(key.keys), key.action, key.text, show=False) for key in keys if key.keys]
        self._bindings = BindingsMap.merge([self._merge_bindings(), BindingsMap(own)])

    def rebind(self, keys: tuple[Key, ...]) -> None:
        """Let other keys call the actions from now on."""
        self.keys = keys
        self._bind(keys)
        self.footer.rebind(keys)
        self.refresh_bindings()

    def whole_view(self) -> View:
        """Return the view that nothing narrows."""
        return View(grouped=self.config.ui.group_stories)

    # Panes

    @property
    def headlines(self) -> Headlines:
        """The list."""
        return self.query_exactly_one("#headlines", Headlines)

    @property
    def article(self) -> ArticlePane:
        """The article pane."""
        return self.query_exactly_one("#article", ArticlePane)

    @property
    def related(self) -> RelatedPane:
        """The related-news sidebar."""
        return self.query_exactly_one("#related", RelatedPane)

    @property
    def ticker(self) -> Ticker:
        """The ticker."""
        return self.query_exactly_one("#ticker", Ticker)

    @property
    def topicbar(self) -> TopicBar:
        """The topic bar."""
        return self.query_exactly_one("#topics", TopicBar)

    @property
    def status(self) -> StatusBar:
        """The status bar."""
        return self.query_exactly_one("#status", StatusBar)

    @property
    def footer(self) -> Footer:
        """The bottom line."""
        return self.query_exactly_one("#footer", Footer)

    @property
    def pane(self) -> str:
        """The name of the focused pane."""
        panes: dict[type[Widget], str] = {ArticlePane: "article", RelatedPane: "related", Ticker: "ticker"}
        return panes.get(type(self.focused), "list") if self.focused is not None else "list"

    # What the parts call and the desk knows how to do

    def reload(self, onto: int | None = None) -> None:
        """Show the view anew; the cursor goes `onto` an article if it is there."""
        raise NotImplementedError

    def reopen(self, id: int | None = None) -> None:
        """Show the open article anew, which may have been edited, or another one in its place."""
        raise NotImplementedError

    async def show_counts(self) -> None:
        """Show the library's counts anew."""
        raise NotImplementedError

    def keep_whole(self) -> None:
        """Fetch the full texts that are wanted by now."""
        raise NotImplementedError

    # Speaking

    def hint(self, action: str, words: str) -> str:
        """Return " · u takes it back" by the key that does so, "" where none does."""
        return hint(self.keys, action, words)

    def say(self, words: str) -> None:
        """Tell something in the bottom line."""
        self.footer.say(one_line(words))

    def complain(self, words: str) -> None:
        """Tell that something went wrong, in the bottom line."""
        self.footer.say(one_line(words), bad=True)

    # Asking

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the library off the UI thread."""
        return await self.shelf.ask(question, *args, **kwargs)


if TYPE_CHECKING:
    Part = DeskBase
else:

    class Part:
        """What each part of the desk derives from. The desk alone is a screen: each takes Textual 0.4 ms."""
