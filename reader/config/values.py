"""The settings as frozen values. One `option()` per field holds its default, its meaning and its bounds.

From these fields come the validation, the commented default file and what `newsread config` shows, so that
the three never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TypeVar

from reader import __version__
from reader.config.access import Access
from reader.config.checks import Check, Choice, Flag, Maybe, Number, Reach, Timing, Word, Words
from reader.config.commands import Command
from reader.config.themes import ThemeColours
from reader.model import Mute, SavedView, TopicRule
from reader.records import dataclass

MIB = 1024 * 1024

T = TypeVar("T")


def option(default: T, check: Check, text: str, *, name: str = "", scale: int = 1) -> T:
    """Return a dataclass field: `text` says unit and why, `name` and `scale` how the file states it."""
    return field(default=default, metadata={"check": check, "text": text, "name": name, "scale": scale})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """When feeds are fetched: the table [refresh]."""

    interval: int = option(
        60,
        Number(5, 10_080, "minutes", whole=True),
        "Minutes until a feed that publishes often is due again. At least 5: servers count readers that ask "
        "more often as bots.",
    )
    longest: int = option(
        720,
        Number(5, 10_080, "minutes", whole=True),
        "Minutes until a feed that hardly ever publishes is due again. What lies between is asked twice in "
        "the time that it usually takes for one article.",
    )
    on_start: bool = option(
        True,
        Flag(),
        "Whether the desk fetches what is due when it opens. `newsread refresh` works either way.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """How feeds are fetched: the table [fetch]."""

    timeout: float = option(
        30.0,
        Number(1, 600, "seconds"),
        "Seconds that a feed may take in all, redirects included. Without it one byte a second never ends.",
    )
    connect: float = option(
        10.0,
        Number(1, 120, "seconds"),
        "Seconds to wait for a connection before the server counts as unreachable.",
    )
    read: float = option(
        10.0, Number(1, 120, "seconds"), "Seconds of silence after which a connection counts as dead."
    )
    max_bytes: int = option(
        16 * MIB,
        Number(1, 256, "MiB", whole=True),
        "MiB that a feed may measure, compressed or not. Honest ones stay below 5, hostile ones know no end.",
        name="max_mib",
        scale=MIB,
    )
    max_items: int = option(
        2_000,
        Number(1, 100_000, "articles", whole=True),
        "Articles read of one document; what lies beyond is not read; adding a feed says how much.",
    )
    connections: int = option(
        64,
        Number(1, 256, "connections", whole=True),
        "Connections open at once. More costs memory and resolver time, and gains little beyond 64.",
    )
    per_host: int = option(
        2,
        Number(1, 8, "connections", whole=True),
        "Connections to one host at once: two, as browsers long did, so that nobody is flooded.",
    )
    spacing: float = option(
        1.0,
        Number(0, 60, "seconds"),
        "Seconds between two requests to one public host. Your own machine and network are not spaced.",
    )
    private: bool = option(
        False,
        Flag(),
        "Whether feeds that others named (in an OPML file, a redirect, a page) may lie on this machine or in "
        "a private network. Addresses that you type yourself always may.",
    )
    user_agent: str = option(
        f"newsread/{__version__} (terminal news reader)",
        Word(200),
        "What newsread calls itself. Servers that see a plain honest name let it through more often.",
    )
    contact: str = option(
        "",
        Reach(200),
        "Where the owner of a server can reach you, an address of the web or of mail: it is sent behind that "
        "name. Empty: nobody learns it.",
    )

    @property
    def agent(self) -> str:
        """What newsread calls itself, with where its user can be reached."""
        if not self.contact:
            return self.user_agent
        name, bracket, rest = self.user_agent.partition(")")
        return f"{name}; +{self.contact}){rest}" if bracket else f"{name} (+{self.contact})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long articles stay in the library: the table [keep]. Starred ones always do."""

    days: int = option(
        0,
        Number(0, 36_500, "days", whole=True),
        "Days after which an article goes, counted from when it was published, first seen or read, whichever "
        "came last. 0: never; years of news are searched in milliseconds.",
    )
    articles: int = option(
        0,
        Number(0, 10_000_000, "articles", whole=True),
        "Articles of one feed beyond which its oldest go. 0: any number stays.",
    )
    unread: bool = option(
        True, Flag(), "Whether articles that you have not read stay however old and many they are."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ui:
    """How the desk looks and moves: the table [ui]."""

    theme: str = option(
        "newsread-ink",
        Word(64),
        "newsread-ink (dark), newsread-paper (light), -night, -dusk, -forest, -sepia, -frost, -contrast, one "
        "of your own, or any of Textual's themes; Ctrl+t on the desk shows them.",
    )
    ticker: bool = option(
        True, Flag(), "Whether the ticker is on the desk at the start (the key T turns it on and off)."
    )
    ticker_speed: float = option(
        8.0,
        Number(1, 60, "cells a second"),
        "Cells a second that the ticker moves. 8 is a calm reading pace and costs about 2 % of a core.",
    )
    reduced_motion: bool = option(
        False,
        Flag(),
        "Whether nothing slides: the ticker then shows one headline after the other, standing still.",
    )
    related: bool = option(
        True,
        Flag(),
        "Whether related news stands beside the article at the start (the key i turns it on and off).",
    )
    mark_read: str | float = option(
        "open",
        Timing(600),
        "When an article that you open is marked as read: at once, after so many seconds of reading, never.",
    )
    mark_story: bool = option(
        False,
        Flag(),
        "Whether the other reports of its story are then marked as read, too (the key M does it by hand).",
    )
    restore: bool = option(
        True,
        Flag(),
        "Whether the desk opens where you left it: the same view, the same article, the same place in it.",
    )
    group_stories: bool = option(
        True,
        Flag(),
        "Whether the list shows each story once, for all that tell it (the key S turns it on and off).",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is fetched for reading, beyond the feeds: the table [reading]."""

    fulltext_starred: str = option(
        "short",
        Choice(("never", "short", "always")),
        "Whether the page of an article that you star is fetched and kept for reading offline: never, where "
        "the feed gives a short text only, always. It needs the extra newsread[fulltext].",
    )
    images: str = option(
        "on demand",
        Choice(("never", "on demand", "always")),
        "Whether pictures are fetched and shown: never, on demand (the key I), or with each article that you "
        "open. It needs the extra newsread[images].",
    )
    graphics: str = option(
        "auto",
        Choice(("auto", "kitty", "sixel", "blocks")),
        "How pictures are drawn: by what the terminal says it can (kitty's graphics, then sixels), by one of "
        "them if it can, or as half-blocks, which need nothing but colours.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """What is told outside the desk: the table [notify]."""

    by: str = option(
        "never",
        Choice(("never", "desktop", "osc9", "osc99", "osc777", "bell")),
        "How a refresh tells outside the desk what it brought: by notify-send, by the terminal (OSC 9: "
        "iTerm2, WezTerm, Windows Terminal; 99: kitty; 777: foot, urxvt), by its bell.",
    )
    queries: tuple[str, ...] = option(
        (),
        Maybe(Words(1_024, 32, '["topic:World title:election", "My view"]')),
        "What it tells of: queries as in the search, or names of your views. None: every new article.",
    )
    command: tuple[str, ...] = option(
        (),
        Maybe(Words(1_024, 32, '["notify-send", "--app-name=newsread"]')),
        "The command of the desktop, where it is another one: title and text come last, behind --.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings, with everything that the file leaves out filled in."""

    path: Path
    """The config file, whether it is there or not."""
    state: Path | None = None
    """Where the desk remembers how it was left; None: nowhere."""
    library: Path
    """The library's file: --library, else NEWSREAD_LIBRARY, else the config, else the XDG data folder."""
    opener: tuple[str, ...] = ()
    """The command that opens an address, word by word (no shell sees it); empty is the platform's own."""
    player: tuple[str, ...] = ()
    """The command that plays what is attached to an article; empty: the first of those that are known."""
    pager: tuple[str, ...] = ()
    """The command that shows an article from a file; empty: $PAGER, $EDITOR, less."""
    commands: tuple[Command, ...] = ()
    """Programs that an article can be given to."""
    topics: tuple[TopicRule, ...] = ()
    """Topics of the user's own by keywords and queries, in the order of the file."""
    themes: tuple[ThemeColours, ...] = ()
    """Themes of the user's own."""
    views: tuple[SavedView, ...] = ()
    """Queries with names, in the order of the file."""
    rules: tuple[Mute, ...] = ()
    """What is hidden, in the order of the file."""
    refresh: Refresh = field(default_factory=Refresh)
    fetch: Fetch = field(default_factory=Fetch)
    keep: Keep = field(default_factory=Keep)
    ui: Ui = field(default_factory=Ui)
    reading: Reading = field(default_factory=Reading)
    notify: Notify = field(default_factory=Notify)
    feeds: Mapping[str, Access] = field(default_factory=dict)
    """Address -> what that feed is asked with, beside what all are."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Action id -> key names joined by commas, for the actions that the user has bound anew."""
    preset: str = "default"
    """Whose keys hold for all other actions: newsread's own, or those of newsboat."""
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Where a setting that is no default was stated, by its key: `file:line`, a variable, an option."""
    stamp: str = field(default="", compare=False)
    """What tells the file as it was read from the same file changed."""


TABLES = {"refresh": Refresh, "fetch": Fetch, "keep": Keep, "ui": Ui, "reading": Reading, "notify": Notify}
"""The tables of the file that are dataclasses."""
