"""Following the config file: what is changed there holds at once, and a mistake leaves all as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config import Config, ConfigError, load
from reader.config.themes import FOLDER
from reader.config.values import TABLES, Ui
from reader.frame.matching import ABSENT, stamp
from reader.model import View
from reader.tui import palettes
from reader.tui.desk.correcting import Correcting
from reader.tui.desk.refreshing import Refreshing
from reader.tui.keys import ACTIONS, rebound, shown
from reader.tui.known import no_theme
from reader.tui.speaking import spoken
from reader.tui.themes import OWN

if TYPE_CHECKING:
    from reader.tui.app import NewsApp

NAMED = 4  # changed settings that are named; of more their number is told
LISTS = ("opener", "player", "pager", "commands", "topics", "themes", "views", "rules", "feeds", "keys")

Stamps = tuple[tuple[str, str], ...]


def stamps(config: Path) -> Stamps:
    """Return what tells the config file and the files of themes beside it from the same files changed."""
    try:
        files = sorted(str(path) for path in (config.parent / FOLDER).iterdir() if path.suffix == ".toml")
    except OSError:  # most have none
        files = []
    return tuple((path, stamp(path)) for path in (str(config), *files))


class Settling(Correcting, Refreshing):
    """The part of the desk that follows the config file."""

    _read: Stamps | None = None  # the files as the settings were last read from them, rightly or in vain
    _holds = True  # the settings are those of the files
    _gone = False  # the file was not there at the last look: an editor may be about to put another there

    def on_mount(self) -> None:
        """Note the files as they are; the first look sees what has changed since the settings were read."""
        found = stamps(self.config.path)
        self._read = ((found[0][0], self.config.stamp or found[0][1]), *found[1:])

    @property
    def settings_hold(self) -> bool:
        """Whether the next launch would begin with the settings that the desk has."""
        return self._holds and self._read == stamps(self.config.path)

    def _look(self) -> None:
        self._look_at_settings()
        super()._look()

    def _look_at_settings(self) -> None:
        found = stamps(self.config.path)
        if found == self._read:
            self._gone = False
            return
        if found[0][1] == ABSENT and not self._gone:
            self._gone = True
            return
        self._read, self._gone = found, False
        self.restart("settings", self._settle)

    @spoken
    async def _settle(self) -> None:
        """Read the file again and let it hold. A mistake is told, and the old settings stay."""
        self._holds = False
        try:
            found = await self.ask(_loaded, self.config)
        except ConfigError as error:
            words = str(error).replace(str(self.config.path), self.config.path.name)
            self.complain(f"{words} · the settings stay as they were")
            return
        old, waits = self.config, found.library != self.config.library
        new = replace(found, library=old.library, state=old.state)
        changed = tuple(_changes(old, new))
        self.config = self._app.config = new
        self._apply(old, new)
        self._holds = True
        if changed or waits:
            said = [f"settings changed: {_named(changed)}"] if changed else []
            self.say(" · ".join([*said, *["another library: from the next start on"] * waits]))

    @property
    def _app(self) -> NewsApp:
        return self.app  # type: ignore[return-value]

    def _apply(self, old: Config, new: Config) -> None:
        """Show what the new settings ask for, where it differs; all else is asked for when it is needed."""
        if (old.themes, old.ui.theme) != (new.themes, new.ui.theme):
            self._colour_anew(old, new)
        if (old.keys, old.preset) != (new.keys, new.preset):
            self._app.keys = rebound(new.keys, new.preset)
            self.rebind(self._app.keys)
            first = {key.action: shown(key.keys[0]) for key in self.keys if key.keys}
            self.topicbar.rebind(first.get("top_stories", ""), first.get("following", ""))
        if old.ui != new.ui:
            self._arrange(old.ui, new.ui)
        if (old.topics, old.rules) != (new.topics, new.rules):
            self.restart("rules", self.follow_rules)
        if old.views != new.views:
            self.view = _renewed(self.view, new)
        self.start("counts", self._recount)

    @spoken
    async def _recount(self) -> None:
        await self.show_counts()

    def _arrange(self, old: Ui, new: Ui) -> None:
        if old.ticker != new.ticker:
            self.ticker.set_class(not new.ticker, "-off")
        if (old.ticker_speed, old.reduced_motion) != (new.ticker_speed, new.reduced_motion):
            still = new.reduced_motion or self.app.animation_level == "none"
            self.ticker.pace(new.ticker_speed if old.ticker_speed != new.ticker_speed else None, still=still)
        if old.related != new.related:
            self.set_class(not new.related, "-no-related")
        if old.group_stories != new.group_stories:
            self.view = replace(self.view, grouped=new.group_stories)

    def _colour_anew(self, old: Config, new: Config) -> None:
        """Register the user's themes as they are now, and take the one that is asked for."""
        app, gone = self._app, {each.name for each in old.themes} - {each.name for each in new.themes}
        for name in gone:
            app.unregister_theme(name)
        own = {theme.name: theme for theme in OWN}
        for name in gone & set(own):  # the user had one of the same name
            app.register_theme(own[name])
        app.unreadable = {}
        for each in new.themes:
            theme, changed = palettes.made(each.name, each.colours, each.dark)
            app.register_theme(theme)
            if changed:
                app.unreadable[each.name] = changed
        wanted = new.ui.theme if old.ui.theme != new.ui.theme else app.theme
        app.recolour(wanted if wanted in app.available_themes else new.ui.theme)


def _loaded(old: Config) -> Config:
    """Read the settings again; what the command line asked for goes on to win. Raises ConfigError."""
    options = {key for key, where in old.origins.items() if where.startswith("--")}
    library = old.library if "library" in options else None
    new = load(old.path, library, actions=ACTIONS)
    asked = {item.name: getattr(old.ui, item.name) for item in fields(Ui) if f"ui.{item.name}" in options}
    kept = {key: where for key, where in old.origins.items() if key in options}
    new = replace(new, ui=replace(new.ui, **asked), origins={**new.origins, **kept})
    if wrong := no_theme(new):
        raise ConfigError([wrong])
    return new


def _changes(old: Config, new: Config) -> Iterator[str]:
    """Yield what differs, as the file names it."""
    for table, cls in TABLES.items():
        before, after = getattr(old, table), getattr(new, table)
        for item in fields(cls):
            if getattr(before, item.name) != getattr(after, item.name):
                yield f"{table}.{item.metadata['name'] or item.name}"
    for name in LISTS:
        if getattr(old, name) != getattr(new, name):
            yield name
    if old.preset != new.preset:
        yield "keys.preset"


def _named(changed: tuple[str, ...]) -> str:
    more = f" and {len(changed) - NAMED} more" if len(changed) > NAMED else ""
    return ", ".join(changed[:NAMED]) + more


def _renewed(view: View, config: Config) -> View:
    """Return what is shown with the query that its name now has; one that is gone goes on as it was."""
    query = next((each.query for each in config.views if each.name == view.name), view.query)
    return replace(view, query=query) if view.name else view
