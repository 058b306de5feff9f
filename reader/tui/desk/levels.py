"""Panes and levels at the desk: where the focus is, what is folded away, and the way back."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from reader.tui.desk.feeding import Feeding
from reader.tui.desk.handing import Handing
from reader.tui.desk.hiding import Hiding
from reader.tui.desk.seeing import Seeing
from reader.tui.desk.settings import Settling
from reader.tui.desk.stories import Stories
from reader.tui.desk.sweeping import Sweeping
from reader.tui.desk.telling import Telling
from reader.tui.desk.whole import Whole
from reader.tui.speaking import spoken

ORDER = ("list", "article", "related")
FASTER = 1.25  # a step of the ticker's speed


class Scrolling(Protocol):
    """What the three panes have in common."""

    def move(self, amount: int, /) -> None:
        """Move by rows or lines."""

    def half(self, direction: int, /) -> None:
        """Move by half a page."""

    def edge(self, direction: int, /) -> None:
        """Go to the top or the bottom."""


class Levels(Telling, Whole, Seeing, Sweeping, Handing, Stories, Feeding, Settling, Hiding):
    """The part of the desk that moves between panes and levels."""

    def on_key(self) -> None:
        """A key makes room for the keys again; what it does may say something new."""
        self.footer.hush()

    def on_descendant_focus(self) -> None:
        """Let the footer and, on a narrow screen, the panes follow the focus."""
        pane, wide = self.pane, self.has_class("-wide")  # wide: all panes stay, and styling takes 15 ms
        self.update_classes({f"-in-{name}": pane == name for name in ORDER}, update=not wide)
        self.footer.show(pane)

    def _go(self, pane: str) -> None:
        {"list": self.headlines, "article": self.article, "related": self.related, "ticker": self.ticker}[
            pane
        ].focus()

    def _step_pane(self, direction: int, panes: tuple[str, ...], *, around: bool) -> None:
        at = panes.index(self.pane) + direction if self.pane in panes else 0
        if around or 0 <= at < len(panes):
            self._go(panes[at % len(panes)])

    def _panes(self) -> tuple[str, ...]:
        return ("list", "article") if self.has_class("-no-related") else ORDER

    def action_left(self) -> None:
        """Go to the pane on the left; in the ticker, to the previous headline."""
        self.ticker.step(-1) if self.pane == "ticker" else self._step_pane(-1, self._panes(), around=False)

    def action_right(self) -> None:
        """Go to the pane on the right; in the ticker, to the next headline."""
        self.ticker.step(1) if self.pane == "ticker" else self._step_pane(1, self._panes(), around=False)

    def action_next_pane(self) -> None:
        """Go to the next pane, the ticker among them."""
        self._step_pane(1, (*self._panes(), *(["ticker"] if self.ticker.display else [])), around=True)

    def action_previous_pane(self) -> None:
        """Go to the previous pane, the ticker among them."""
        self._step_pane(-1, (*self._panes(), *(["ticker"] if self.ticker.display else [])), around=True)

    # Moving inside the focused pane

    def action_down(self) -> None:
        """Go down a row or a line."""
        self._move(1)

    def action_up(self) -> None:
        """Go up a row or a line."""
        self._move(-1)

    def _move(self, rows: int) -> None:
        if (pane := self._scrolling()) is not None:
            pane.move(rows)

    def _scrolling(self) -> Scrolling | None:
        panes: dict[str, Scrolling] = {
            "list": self.headlines,
            "article": self.article,
            "related": self.related,
        }
        return panes.get(self.pane)

    def action_half_down(self) -> None:
        """Go down half a page."""
        self._half(1)

    def action_half_up(self) -> None:
        """Go up half a page."""
        self._half(-1)

    def _half(self, direction: int) -> None:
        if (pane := self._scrolling()) is not None:
            pane.half(direction)

    def action_top(self) -> None:
        """Go to the top."""
        self._edge(-1)

    def action_bottom(self) -> None:
        """Go to the bottom."""
        self._edge(1)

    def _edge(self, direction: int) -> None:
        if (pane := self._scrolling()) is not None:
            pane.edge(direction)

    def action_open(self) -> None:
        """Open what the focused pane points at."""
        if self.pane == "list" and (selected := self.headlines.selected) is not None:
            self.open(selected)
        elif self.pane == "article":
            self.start("browse", self.open_number)
        elif self.pane == "related":
            self.related.open_selected()
        elif self.pane == "ticker" and self.ticker.under is not None:
            self.ticker.post_message(self.ticker.Opened(self.ticker.under))

    def action_digit(self, digit: str) -> None:
        """In the list choose a topic by number, in the article a link."""
        if self.pane == "article":
            self.type_digit(digit)
        else:
            self.choose_topic_number(int(digit))

    # Levels

    def _step_back(self) -> bool:
        """Go one level back; False at the top."""
        if self.has_class("-zen"):
            self.action_zen()
        elif self.pane == "article" and self.end_inside():
            self.footer.hush()
        elif self.pane == "article" and self.to_stories():
            pass
        elif self.pane != "list":
            self._go("article" if self.pane == "related" else "list")
        else:
            return self.widen()
        return True

    def action_back(self) -> None:
        """Go one level back, or stop what is being fetched; never quits."""
        fetching = self.cancel_fetching() or self.cancel_pictures()
        stopped = fetching or (self.pane == "list" and self.cancel_refresh())
        if not stopped and not self._step_back():
            self.say(f"this is the top{self.hint('leave', 'quits')}")

    def action_leave(self) -> None:
        """Go one level back; quit at the top."""
        if not self._step_back():
            self.app.exit()

    def action_quit(self) -> None:
        """Quit."""
        self.app.exit()

    def action_zen(self) -> None:
        """Show the article alone, or everything again."""
        self.toggle_class("-zen")
        self._go("article")

    def action_related(self) -> None:
        """Show or hide related news: a pane on a wide screen, else a drawer."""
        if self.has_class("-wide"):
            self.toggle_class("-no-related")
            if self.pane == "related":
                self._go("article")
        else:
            self._go("article" if self.pane == "related" else "related")

    def action_ticker(self) -> None:
        """Show or hide the ticker."""
        if self.pane == "ticker":
            self._go("list")
        self.ticker.toggle_class("-off")

    def action_pause(self) -> None:
        """Let the ticker stand, or move on."""
        self.say("ticker paused" if self.ticker.pause() else "ticker moves on")

    def action_faster(self) -> None:
        """Make the ticker faster."""
        self.say(f"ticker: {self.ticker.change_speed(FASTER):.0f} cells a second")

    def action_slower(self) -> None:
        """Make the ticker slower."""
        self.say(f"ticker: {self.ticker.change_speed(1 / FASTER):.0f} cells a second")

    # Screens over the desk

    def action_themes(self) -> None:
        """Choose the colours; each is seen while it is looked at."""
        self.start("choose", self._choose_theme)

    @spoken
    async def _choose_theme(self) -> None:
        from reader.tui.screens.choose import Choice, Choose

        app, before = self.app, self.app.theme
        kinds = {name: "dark" if theme.dark else "light" for name, theme in app.available_themes.items()}
        first = sorted(kinds, key=lambda name: (not name.startswith("newsread-"), kinds[name], name))
        choices = [Choice(name, kinds[name], name) for name in first]
        see = partial(setattr, app, "theme")
        chosen = await app.push_screen_wait(Choose("Colours", choices, chosen=before, preview=see))
        self.wear(chosen or before)

    def wear(self, theme: str) -> None:
        """Put on a theme, and say which of a user's colours could not be read as they were."""
        self.app.theme = theme
        if changed := getattr(self.app, "unreadable", {}).get(theme):
            self.say(f"{theme}: made readable: {', '.join(changed)}")

    def action_help(self) -> None:
        """Show the keys."""
        from reader.tui.screens.help import Help

        self.app.push_screen(Help(self.keys, self.pane))

    def action_palette(self) -> None:
        """Show all commands."""
        self.app.action_command_palette()
