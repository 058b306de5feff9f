"""Every action of `newsread keys`, called by its key at the desk: each does something that can be seen.

An action without a row here fails: what no test drives, no test keeps working.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette

from reader import child
from reader.config import Config
from reader.config.bindings import same_key
from reader.config.commands import Command
from reader.model import Refreshed
from reader.store import Store
from reader.tui.app import NewsApp
from reader.tui.desk import browser
from reader.tui.keys import KEYS, Key
from reader.tui.panes.prompt import Prompt
from reader.tui.screens.catchup import CatchUp
from reader.tui.screens.choose import Choose
from reader.tui.screens.help import Help
from reader.tui.screens.timeline import Timeline
from reader.tui.screens.welcome import Welcome
from tests.tui.desks import Reader, config, fill, settle

Seen = Callable[[Reader], Any]


@dataclass(frozen=True, slots=True)
class Drive:
    """What is pressed first, and what the action's key must change."""

    seen: Seen
    first: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 40)


def cursor(reader: Reader) -> object:
    return reader.desk.headlines.cursor


def pane(reader: Reader) -> object:
    return reader.desk.pane


def scroll(reader: Reader) -> object:
    return reader.desk.article.scroll_offset.y


def current(reader: Reader) -> object:
    return reader.desk.current


def said(reader: Reader) -> object:
    return reader.desk.footer.said


def view(reader: Reader) -> object:
    return reader.desk.view


def rows(reader: Reader) -> object:
    return list(reader.desk.headlines.ids)


def unread(reader: Reader) -> object:
    return reader.desk.counts.unread


def list_text(reader: Reader) -> object:
    return reader.text("headlines")


def opened(kind: type) -> Seen:
    def over(reader: Reader) -> object:
        return isinstance(reader.app.screen, kind)

    return over


def prompted(reader: Reader) -> object:
    return len(reader.desk.query(Prompt))


def dressed(reader: Reader) -> object:
    return reader.desk.has_class("-zen"), reader.desk.has_class("-no-related"), reader.desk.ticker.display


def width(reader: Reader) -> object:
    return reader.desk.headlines.outer_size.width


def speed(reader: Reader) -> object:
    return reader.desk.ticker.speed, reader.desk.ticker.paused


def running(reader: Reader) -> object:
    return reader.app._exit


STORY = ("j", "j")  # to the story that two sources tell
TICKER = ("tab", "tab", "tab")

DRIVES: dict[str, Drive] = {
    "down": Drive(cursor),
    "up": Drive(cursor, ("j",)),
    "left": Drive(pane, ("l",)),
    "right": Drive(pane),
    "next_pane": Drive(pane),
    "previous_pane": Drive(pane),
    "half_down": Drive(cursor),
    "half_up": Drive(cursor, ("G",)),
    "top": Drive(cursor, ("G",)),
    "bottom": Drive(cursor),
    "open": Drive(pane),
    "page": Drive(scroll, ("enter",)),
    "page_back": Drive(scroll, ("enter", "space")),
    "next_article": Drive(current, ("enter",)),
    "previous_article": Drive(current, ("enter", "J")),
    "next_unread": Drive(cursor),
    "previous_unread": Drive(cursor),
    "previous_in_story": Drive(current, (*STORY, "enter")),
    "next_in_story": Drive(current, (*STORY, "enter")),
    "fold": Drive(rows, STORY),
    "group": Drive(rows),
    "history_back": Drive(current, ("enter", "J")),
    "browse": Drive(said),
    "copy_link": Drive(said),
    "play": Drive(said),
    "pager": Drive(said),
    "pipe": Drive(opened(Choose)),
    "links": Drive(opened(Choose), (*STORY, "enter")),
    "toggle_read": Drive(unread),
    "toggle_star": Drive(list_text),
    "read_story": Drive(unread, STORY),
    "follow": Drive(list_text),
    "timeline": Drive(opened(Timeline), STORY),
    "catch_up": Drive(opened(CatchUp)),
    "following": Drive(view, ("w",)),
    "part": Drive(rows, STORY),
    "correct": Drive(opened(Choose)),
    "mark_all": Drive(unread),
    "read_above": Drive(unread, ("j",)),
    "read_below": Drive(unread),
    "delete": Drive(rows),
    "undo": Drive(unread, ("m",)),
    "refresh_feed": Drive(said),
    "refresh": Drive(said),
    "failures": Drive(said),
    "add": Drive(prompted),
    "welcome": Drive(opened(Welcome)),
    "search": Drive(prompted),
    "filter": Drive(prompted),
    "top_stories": Drive(view),
    "topics": Drive(opened(Choose)),
    "unread_only": Drive(view),
    "related": Drive(dressed),
    "ticker": Drive(dressed),
    "pause": Drive(speed, TICKER),
    "faster": Drive(speed, TICKER),
    "slower": Drive(speed, TICKER),
    "narrower": Drive(width),
    "wider": Drive(width),
    "zen": Drive(dressed),
    "back": Drive(pane, ("enter",)),
    "leave": Drive(pane, ("enter",)),
    "quit": Drive(running),
    "themes": Drive(opened(Choose)),
    "palette": Drive(opened(CommandPalette)),
    "help": Drive(opened(Help)),
}
ELSEWHERE = {
    "fulltext": "test_whole.py",
    "pictures": "test_seeing.py",
    "changes": "test_inside.py",
    "table_right": "test_inside.py",
    "table_left": "test_inside.py",
    "save_view": "test_queries.py",
    "mute": "test_queries.py",
    "feeds": "test_feeds.py",
}
"""Actions that need more than the small library, and the test that presses their keys."""
BOUND = {key.action: key for key in KEYS}


def test_every_action_has_a_test() -> None:
    assert [action for action in BOUND if action not in DRIVES and action not in ELSEWHERE] == []
    assert [action for action in (*DRIVES, *ELSEWHERE) if action not in BOUND] == []


@pytest.mark.parametrize("action", ELSEWHERE)
def test_what_is_driven_elsewhere_is(action: str) -> None:
    text = (Path(__file__).parent / ELSEWHERE[action]).read_text(encoding="utf-8")
    pressed = {
        word for call in re.findall(r"press\(([^)]*)\)", text) for word in re.findall(r'"([^"]+)"', call)
    }
    assert {*map(same_key, pressed)} & {*map(same_key, BOUND[action].keys)}


async def fetched(config: Config, feeds: tuple[int, ...] = (), **_: object) -> AsyncIterator[Refreshed]:
    """A refresh that brings nothing."""
    yield Refreshed(feed=1, title="Mekong Wire", url="https://a.example/f", unchanged=True, done=1, total=1)


@pytest.mark.parametrize("key", [BOUND[action] for action in DRIVES], ids=lambda key: key.action)
async def test_its_key_does_something_that_is_seen(
    key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "opener", lambda configured=(): ("recorder",))
    monkeypatch.setattr(child, "refresh", fetched)
    monkeypatch.setattr(browser, "open_outside", lambda url, command: None)
    commands, drive = (Command("notes", ("cat",)),), DRIVES[key.action]
    settings = replace(config(tmp_path), commands=commands, pager=("/none/such",))
    store = Store.open(settings.library)
    fill(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=drive.size) as pilot:
        await settle(pilot)
        reader = Reader(app, pilot)
        await reader.press(*drive.first)
        before = drive.seen(reader)
        if key.keys:
            await reader.press(key.keys[0])
        else:
            await reader.desk.run_action(key.action)
            await settle(pilot)
        assert drive.seen(reader) != before
