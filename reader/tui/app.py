"""The app: themes, keymap, screens, quitting."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Timer
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.command import Provider

from reader.config import Config
from reader.store import Store
from reader.text import NewsreadError
from reader.tui import session
from reader.tui.desk.screen import Desk
from reader.tui.desk.shelf import Shelf
from reader.tui.graphics.pictorial import PictorialApp
from reader.tui.instant import kept
from reader.tui.keys import rebound
from reader.tui.palettes import made
from reader.tui.styles import DESK, SCREENS
from reader.tui.themes import OWN, completed
from reader.tui.typeahead import TypeaheadApp

if TYPE_CHECKING:
    from reader.edition import Edition

LEAVING = 1.5
"""Seconds from a signal to the end by force: two are promised, and a terminal that is gone may block."""


def _palette() -> type[Provider]:
    """Import the palette's commands when it is first opened."""
    from reader.tui.screens.palette import DeskCommands

    return DeskCommands


class NewsApp(PictorialApp, TypeaheadApp, inherit_bindings=False):
    """newsread on the terminal."""

    TITLE = "newsread"
    CSS_PATH = list(DESK)
    BINDINGS = [Binding("ctrl+c", "quit", show=False)]  # after a screen's own: it copies what is marked
    COMMANDS = {_palette}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = ":"

    def __init__(self, config: Config, store: Store, edition: Edition | None = None) -> None:
        super().__init__()
        self.config = config
        self.shelf = Shelf(store)
        self.edition = edition
        self.fault: Exception | None = None  # what ended the app, when it was not the reader
        self.welcome = False  # offer the ways to begin once the desk is painted
        self.keys = rebound(config.keys, config.preset)
        for theme in OWN:
            self.register_theme(theme)
        self.unreadable = {}  # by theme of the user's: the colours that had to be changed
        for own in config.themes:
            theme, changed = made(own.name, own.colours, own.dark)
            self.register_theme(theme)
            if changed:
                self.unreadable[own.name] = changed
        self.state = session.load(config.state)
        chosen = self.state.colours(config.ui.theme)
        self._wear(next((n for n in (chosen, config.ui.theme) if n in self.available_themes), OWN[0].name))
        self._begun_with = self.theme

    def _wear(self, theme: str) -> None:
        """Begin in a theme's colours; setting `theme` itself would have every style sheet parsed twice."""
        self.set_reactive(NewsApp.theme, theme)
        dark = self.current_theme.dark
        self.update_classes(
            {f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False
        )
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def recolour(self, theme: str) -> None:
        """Take a theme as the config states it now, also where its name is the same as before."""
        same = theme == self.theme
        if theme == self.config.ui.theme:
            self._begun_with = theme
        self.theme = theme
        if same:
            self._watch_theme(theme)

    def get_css_variables(self) -> dict[str, str]:
        """Give themes from elsewhere the colours that only newsread names."""
        return completed(super().get_css_variables())

    def get_default_screen(self) -> Desk:
        """Begin at the desk."""
        desk = Desk(self.shelf, self.config, self.keys, self.edition)
        desk.fit(self.size)
        wanted = self.config.ui.restore and self.edition is None
        desk.begin_at(self.state, self.state.sessions.get(str(self.config.library)) if wanted else None)
        return desk

    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Show a screen over the desk, styled."""
        if not self.stylesheet.has_source(str(SCREENS)):
            self.stylesheet.read(SCREENS)
        return super().push_screen(*args, **kwargs)

    def on_mount(self) -> None:
        """Free the garbage collector once the desk is painted."""
        self.call_after_refresh(self._painted)
        if not self.is_headless:
            self._heed_signals()

    def whole(self) -> bool:
        """Tell whether the desk shows all that it begins with."""
        return isinstance(self.screen, Desk) and kept.settled(self.screen)

    def steer(self) -> None:
        """Scroll the list to where the frame shows it."""
        if isinstance(self.screen, Desk):
            kept.steer(self.screen)

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Leave; what the desk looks like is what the next launch shows first."""
        shown = self._screen_stack[-1:]
        if not self.standing and self.picture is None and shown and isinstance(shown[0], Desk):
            self.picture = kept.picture(shown[0])
        super().exit(*args, **kwargs)

    def _heed_signals(self) -> None:
        """Leave in order when told to, and give back a terminal that its owner can use."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # no such thing here
                loop.add_signal_handler(number, self._leave, 128 + number)

    def _leave(self, code: int) -> None:
        guard = Timer(LEAVING, os._exit, (code,))
        guard.daemon = True
        guard.start()
        self.exit(return_code=code)

    async def _shutdown(self) -> None:
        """Remember where the reader was, while the panes are still there to tell."""
        self._remember()
        await super()._shutdown()

    def _remember(self) -> None:
        desk = next((screen for screen in self._screen_stack if isinstance(screen, Desk)), None)
        self.leave_session()
        if self.fault is not None or desk is None or not desk.is_mounted:
            return
        if save := self.saving(desk):
            save()

    def measured(self) -> None:
        """Show pictures anew in letters of another size."""
        for desk in self._screen_stack:
            if isinstance(desk, Desk):
                desk.remeasure_pictures()

    def resting(self) -> Desk | None:
        """Return the desk if it is what is shown."""
        shown = self._screen_stack[-1:]
        return shown[0] if shown and isinstance(shown[0], Desk) else None

    def saving(self, desk: Desk) -> Callable[[], None] | None:
        """Return what writes the session as it is now; None where there is none to write."""
        state, path, library, now = desk.state, self.config.state, self.config.library, desk.session()
        if path is None:
            return None
        if self.theme != self._begun_with:
            state = replace(state, theme=(self.theme, self.config.ui.theme))

        def save() -> None:
            with suppress(OSError):  # a full disk: the desk begins anew next time
                session.save(path, library, now, state)

        return save

    def _painted(self) -> None:
        gc.freeze()
        gc.enable()
        if self.welcome and isinstance(self.screen, Desk):
            self.screen.start("bring", self.screen.welcome, first=True)

    def on_desk_moved_in(self, event: Desk.MovedIn) -> None:
        """Leave the edition for the library, which now has feeds."""
        try:
            store = Store.open(self.config.library)
        except NewsreadError as error:
            event.desk.complain(str(error))
            return
        left, self.shelf, self.edition = self.shelf, Shelf(store), None
        event.desk.move_to(self.shelf)
        left.close()

    def _handle_exception(self, error: Exception) -> None:
        """Take a fault of our own: Textual would print its traceback, which nobody should see unasked."""
        if self.is_headless or os.environ.get("NEWSREAD_DEBUG"):
            super()._handle_exception(error)
        elif self.fault is None:
            self.fault = error
            self.exit(return_code=1)

    async def on_unmount(self) -> None:
        """Finish what was asked of the library."""
        self.shelf.close()
