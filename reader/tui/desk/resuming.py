"""The desk as it was left: its view, article and scroll place; and how wide its panes are."""

from __future__ import annotations

from array import array

from textual import events

from reader.tui import session
from reader.tui.desk.base import DeskBase
from reader.tui.desk.reading import Reading
from reader.tui.session import Session, State

STEP = 3  # per cent of the desk that a key makes a pane wider
PANES = {"list": "headlines", "article": "headlines", "related": "related"}


class Resuming(Reading):
    """The part of the desk that remembers."""

    state = State()
    _resumed: Session | None = None
    _dragged = ""  # the pane whose border the mouse holds

    # The session

    def begin_at(self, state: State, resumed: Session | None) -> None:
        """Begin with what was remembered; call it before the desk is laid."""
        self.state, self._resumed = state, resumed
        if resumed is not None and self._still_there(resumed):
            self.set_reactive(DeskBase.view, resumed.view)

    def _still_there(self, resumed: Session) -> bool:
        feed = resumed.view.feed
        return feed is None or any(known.id == feed for known in self.shelf.store.feeds.all())

    def resume(self, ids: array[int]) -> int | None:
        """Open the article that was open, at its place; None where there was none or it is gone."""
        resumed, store = self._resumed, self.shelf.store
        if resumed is None or not any(not row.bare for row in store.lists.rows((resumed.article,))):
            self._resumed = None
            return None
        if resumed.article in ids:
            self.headlines.select(resumed.article)
        self.open(resumed.article, preview=True)
        self._preview = not resumed.reading
        if resumed.reading:
            self.article.focus()
        return resumed.article

    def take_place(self, id: int) -> None:
        """Scroll an article that was just shown to where it was left, once."""
        if self._resumed is not None and self._resumed.article == id:
            self.article.go(self._resumed.place)
            self._resumed = None

    def session(self) -> Session | None:
        """Return where the reader is; None in an edition, which is no library."""
        if self.edition is not None:
            return None
        return Session(self.view, self.current or 0, self.article.place, reading=self.pane == "article")

    # Widths

    def on_resize(self) -> None:
        """Give the panes their widths where they stand side by side."""
        self.call_after_refresh(self.show_widths)

    def show_widths(self) -> None:
        """Give the panes the widths that the reader chose."""
        narrow, wide = self.has_class("-narrow") or self.has_class("-slim"), self.has_class("-wide")
        for pane, beside in ((self.headlines, not narrow), (self.related, wide)):
            share = self.state.widths.get(pane.id or "")
            if share is not None and beside:
                pane.styles.width = f"{share}%"
                pane.styles.max_width = "100%"
            else:
                pane.styles.clear_rule("width")
                pane.styles.clear_rule("max_width")

    def action_wider(self) -> None:
        """Make the focused pane wider; the article's share is what the list leaves."""
        self._widen_pane(STEP)

    def action_narrower(self) -> None:
        """Make the focused pane narrower."""
        self._widen_pane(-STEP)

    def _widen_pane(self, step: int) -> None:
        name = PANES.get(self.pane, "headlines")
        if self.pane == "article":
            step = -step
        if self.has_class("-narrow") or (name == "related" and not self.has_class("-wide")):
            self.say("one pane at a time here: there is no width to change")
            return
        self._set_width(name, self._share(name) + step)

    def _share(self, name: str) -> int:
        """Return how much of the desk a pane takes now, in per cent."""
        pane = self.headlines if name == "headlines" else self.related
        return self.state.widths.get(name) or round(100 * pane.outer_size.width / max(1, self.size.width))

    def _set_width(self, name: str, share: int) -> None:
        self.state = session.with_width(self.state, name, share)
        self.show_widths()
        self.say(f"{'headlines' if name == 'headlines' else 'related news'}: {self.state.widths[name]} %")

    # Dragging a border

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the border between two panes."""
        if self.has_class("-narrow") or self.has_class("-zen"):
            return
        borders = {"headlines": self.article.region}
        if self.has_class("-wide") and not self.has_class("-no-related"):
            borders["related"] = self.related.region
        for name, region in borders.items():
            if event.screen_x == region.x and region.y <= event.screen_y < region.bottom:
                self._dragged = name
                self.clear_selection()  # the toolkit has begun to mark text
                self.capture_mouse()
                event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the border follow the mouse."""
        if self._dragged:
            cells = event.screen_x if self._dragged == "headlines" else self.size.width - event.screen_x
            self._set_width(self._dragged, round(100 * cells / max(1, self.size.width)))

    def on_mouse_up(self) -> None:
        """Let the border go."""
        if self._dragged:
            self._dragged = ""
            self.release_mouse()
