"""What the screens of stories have in common: a title, a list that heeds the desk's keys, a bottom line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.text import one_line
from reader.tui.desk.telling import Telling
from reader.tui.keys import Key, shown
from reader.tui.panes.footer import Footer
from reader.tui.panes.storylist import StoryList
from reader.tui.screens.closing import Closing
from reader.tui.screens.listscreen import ListScreen

MOVES = ("down", "up", "half_down", "half_up", "top", "bottom", "page", "page_back", "open", "back", "leave")
PANE = "stories"  # as the bottom line knows it


class StoryScreen(ListScreen, Closing[int | None]):
    """Returns the article to read, or None. Its keys are those that the desk has for the same actions."""

    HINTS: tuple[tuple[str, str], ...] = ()
    """Its further actions with their words in the bottom line."""
    ALSO: tuple[str, ...] = ()
    """Actions that the bottom line need not tell."""

    place = 0
    """The row that was left."""

    def __init__(self, desk: Telling) -> None:
        super().__init__()
        self.desk = desk
        table = {key.action: key for key in desk.keys if key.keys}
        bound = [
            table[name] for name in (*MOVES, *self.ALSO, *(name for name, _ in self.HINTS)) if name in table
        ]
        own = [Binding(",".join(key.keys), key.action, key.text, show=False) for key in bound]
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(own)])
        hints = (("open", "read"), *self.HINTS, ("back", "close"))
        self._hints = tuple(
            Key(name, table[name].keys, words, "", words, (PANE,)) for name, words in hints if name in table
        )

    def compose(self) -> ComposeResult:
        """A title, what it sums up, the stories, the keys."""
        with Container(id="stories-frame"), Vertical(id="stories"):
            yield Static(id="stories-title")
            yield Static(id="stories-about")
            yield StoryList(id="stories-list")
        yield Footer(self._hints, id="footer")

    def on_mount(self) -> None:
        """Ask for what is shown."""
        self.footer.show(PANE)
        self.list.focus()
        self.start("load", self.load)

    async def load(self) -> None:
        """Ask for what is shown, and show it."""
        raise NotImplementedError

    def article(self, row: int) -> int | None:
        """Return the article that a row is opened by."""
        raise NotImplementedError

    def key(self, action: str) -> str:
        """Return the key of one of the desk's actions, as it is shown."""
        return next((shown(key.keys[0]) for key in self.desk.keys if key.action == action and key.keys), "")

    @property
    def list(self) -> StoryList:
        """The stories."""
        return self.query_exactly_one("#stories-list", StoryList)

    @property
    def selected(self) -> int | None:
        """The article of the row under the cursor."""
        return self.article(self.list.cursor) if self.list.items else None

    def entitle(self, words: str, *more: Content) -> None:
        """Show the title, and what follows it on its line."""
        title = Content.styled(f" {words} ", "bold $background on $primary")
        self.query_exactly_one("#stories-title", Static).update(Content.assemble(title, *more))

    def sum_up(self, words: str) -> None:
        """Show what is summed up below the title."""
        self.query_exactly_one("#stories-about", Static).update(Content(one_line(words)))

    # Moving

    def action_page(self) -> None:
        """Go down a page."""
        self.list.half(2)

    def action_page_back(self) -> None:
        """Go up a page."""
        self.list.half(-2)

    def action_open(self) -> None:
        """Read what is under the cursor."""
        self.list.open_selected()

    def on_story_list_opened(self, event: StoryList.Opened) -> None:
        """Read a story."""
        self.open_row(event.row)

    def open_row(self, row: int) -> None:
        """Read what a row stands for."""
        if (article := self.article(row)) is not None:
            self.leave_for(article)

    def leave_for(self, article: int) -> None:
        """Close with an article to read; remember the place."""
        self.place = self.list.cursor
        self.dismiss(article)

    def action_back(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)

    # Asking

    def anew(self) -> None:
        """Ask again, in place of what is still asked."""
        self.restart("load", self.load)
