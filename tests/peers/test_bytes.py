"""The desk on hostile news: every byte that it writes, every action that it runs, every address it opens.

python -m pytest tests/peers/test_bytes.py                 # a small hostile library of its own
python -m pytest -m slow -s tests/peers/test_bytes.py      # the whole kit, at four sizes; prints figures
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from textual.command import CommandPalette
from textual.containers import ScrollableContainer
from textual.screen import Screen
from textual.widgets import Input, OptionList

from reader.fetch.guard import PUBLIC_ENV
from reader.store import Store
from reader.tui.keys import KEYS
from tests.peers.hands import BACK, DOWN, ENTER, ESC, ROOT, TAB, Browser, Hands
from tests.peers.strange import settings, stock
from tests.peers.wire import offences
from tests.shared import shared

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # a pty beside threads

WIDGETS = (Input, OptionList, CommandPalette, ScrollableContainer, Screen)
TOOLKIT = {str(one.action).partition("(")[0].rpartition(".")[2] for each in WIDGETS for one in each.BINDINGS}
ASKED = {key.action for key in KEYS} | TOOLKIT | {
    *("digit", "dismiss", "list", "choose", "cancel", "command_palette", "escape", "scroll"),
}  # fmt: skip
"""What keys may call: the desk's own table, and what lists and input lines do with theirs."""
PAGES = 30  # keys after which an article that is still open is left by its end: some have thousands of pages
OPENING = {0: ("1", ENTER, ENTER), 1: ("o", ENTER)}  # the last Enter answers the question of a doubtful one
BARE = 4  # headlines that no article stands behind: they cannot be opened


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[Path, Browser]:
    browser = Browser(tmp_path / "browser")
    settings(tmp_path, str(browser.path))
    with Store.open(tmp_path / "library.db") as store:
        assert stock(store) > 50
    return tmp_path, browser


def tour(hands: Hands) -> None:
    """Open every screen and say every kind of thing. (Enter after an opening answers a doubt, if any.)"""
    hands.press(*"jjkejjeSjSpjp01230", *f"{ENTER} b1{ENTER}{ENTER}12{ENTER}{ENTER}99yo{ENTER}msuuMuXu")
    hands.press(
        ";", DOWN, ENTER, ENTER, ";", "good", ENTER, ENTER, "]", "[", BACK, *f"ij{ENTER}izz", ESC, ESC
    )
    hands.press("t", DOWN, DOWN, "evil", ENTER, ESC, ":", "topic", DOWN, ESC, ESC, "?", " ", DOWN, ESC)
    hands.press("/", "immigration -x", *f"{ENTER}nn{ENTER}yo{ENTER}N", ESC, ESC)
    hands.press("f", "sokha", ENTER, ESC, ESC, "c", DOWN, ESC, "c", "own", ENTER, ESC)
    hands.press("c", "own", ENTER, ENTER, "u", "!", DOWN, ESC, *"vvTT", TAB, TAB, TAB, *f"ll{ENTER}", ESC)
    hands.press("+", "-", ESC, "a", "-P evil", ESC, ":", "starter", ENTER, "j", " ", ESC, *"AuGg")


def judge(hands: Hands, browser: Browser) -> None:
    """Hold all that was written and done against the rules."""
    hands.press(ESC, ESC, ESC)
    assert hands.leave() == 0
    assert hands.wire.offences == []
    assert browser.strays() == []
    assert hands.strays(browser.path) == []
    assert set(hands.actions()) <= ASKED


@pytest.mark.parametrize("size", [(124, 40), pytest.param((60, 20), marks=pytest.mark.slow)], ids=str)
def test_nothing_of_hostile_news_reaches_the_terminal(shelf, size):
    home, browser = shelf
    with Hands(home, size=size) as hands:
        hands.press("S", ENTER, *"J" * unread(home)[1], ESC, "S", "g")
        tour(hands)
        judge(hands, browser)
        assert hands.wire.links
        assert hands.wire.copied
    assert browser.calls()
    print(figures(hands, browser))


# The whole kit


def newsread(home: Path, *words: str | Path) -> None:
    """Run a command on the library of a home; it may refuse, but it never breaks down."""
    env = os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT), "NEWSREAD_CONFIG": f"{home}/config.toml"}
    env["NEWSREAD_LIBRARY"] = f"{home}/library.db"
    command = [sys.executable, "-P", "-m", "reader", *map(str, words)]
    ran = subprocess.run(command, env=env, capture_output=True, timeout=300, check=False)
    assert b"Traceback" not in ran.stderr
    assert b"should not have" not in ran.stderr
    assert offences(ran.stdout) == offences(ran.stderr) == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library of all feeds, subscription lists and local files of the kit, by its commands."""
    kit, home = shared("hostile"), tmp_path_factory.mktemp("whole")
    settings(home, str(home / "browser"), group_stories=False)
    (home / "config.toml").write_text(
        (home / "config.toml").read_text().replace("spacing", "max_items = 100\nspacing")
    )
    subprocess.run([sys.executable, kit / "make_files.py", home / "files"], check=True, timeout=120)
    newsread(home, "add", *sorted(kit.glob("feeds/[0-9]*")))
    newsread(home, "add", home / "files/good", home / "files/hostile")
    for listed in sorted(kit.glob("opml/*.opml")):
        newsread(home, "import", listed)
    with Store.open(home / "library.db") as store:
        stock(store)
    return home


def copied(whole: Path, home: Path, **ui: object) -> Browser:
    """Give a test its own copy of the library of the whole kit."""
    shutil.copy(whole / "library.db", home)
    browser = Browser(home / "browser")
    settings(home, str(browser.path), group_stories=False, **ui)
    return browser


def figures(hands: Hands, browser: Browser) -> str:
    return (
        f"{hands.size}: {hands.wire.read:,} bytes, {hands.keys:,} keys, {len(browser.calls())} addresses"
        f" opened, {len(hands.wire.links):,} links drawn; slowest key {hands.slowest * 1000:.0f} ms,"
        f" longest stall of the event loop {hands.stall() * 1000:.0f} ms"
    )


def unread(home: Path) -> tuple[int, int]:
    with Store.open(home / "library.db") as store:
        counts = store.lists.counts()
    return counts.unread, counts.total


@pytest.mark.slow
def test_every_page_of_every_article_of_the_kit(whole, tmp_path):
    browser = copied(whole, tmp_path)
    _, total = unread(tmp_path)
    with Hands(tmp_path) as hands:
        hands.press("g", ENTER)
        for step in range(20 * total):
            hands.press("G" if step % PAGES == PAGES - 1 else " ")
            if "no more unread" in hands.desk.text():
                break
        hands.rest(0.5)
        left, _ = unread(tmp_path)
        assert left <= BARE
        judge(hands, browser)
    print(f"{total - left} of {total} articles paged through; {figures(hands, browser)}")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(200, 60), (80, 24), (44, 14)], ids=str)
def test_every_article_of_the_kit_at_other_sizes(whole, tmp_path, size):
    browser = copied(whole, tmp_path, reduced_motion=size != (80, 24))
    _, total = unread(tmp_path)
    with Hands(tmp_path, size=size) as hands:
        hands.press("g", ENTER)
        for number in range(total):
            hands.press("J", *(OPENING.get(number % 5, ())))
            if number % 25 == 0:
                hands.press(";", DOWN, DOWN, ENTER, ENTER, "i", "i", "c", ESC)
        hands.press(ESC, ESC, "g")
        tour(hands)
        width, height = size
        hands.click((x, y) for y in range(0, height - 1, 3) for x in range(5, width, width // 4))
        hands.press(ESC, ESC, ESC).rest(5)
        judge(hands, browser)
    assert browser.calls()
    print(f"{total} articles shown; {figures(hands, browser)}")


@pytest.mark.slow
def test_the_files_of_the_kit_without_a_library(whole, tmp_path):
    browser = copied(whole, tmp_path)
    words = [
        str(path) for path in sorted(shared("hostile").glob("feeds/[0-9]*")) if "whitespace" not in path.name
    ]
    with Hands(tmp_path, (*words, str(whole / "files")), size=(100, 30)) as hands:
        for _ in range(120):
            hands.press("J")
        tour(hands)
        judge(hands, browser)
    print(figures(hands, browser))


@pytest.mark.slow
def test_what_the_kits_server_says_while_all_is_refreshed(tmp_path):
    browser = Browser(tmp_path / "browser")
    settings(tmp_path, str(browser.path))
    server = subprocess.Popen([sys.executable, shared("hostile") / "server.py"], stdout=subprocess.PIPE)
    try:
        assert server.stdout
        base = json.loads(server.stdout.readline())["base"]
        with urlopen(f"{base}/__endpoints") as answer, Store.open(tmp_path / "library.db") as store:
            for path in json.load(answer):
                store.feeds.add(f"{base}{path}")
        with Hands(tmp_path, env={PUBLIC_ENV: base.removeprefix("http://")}) as hands:
            hands.press("R")
            while "shows why" not in hands.desk.text():
                hands.rest(1)
            hands.press("!", *([DOWN] * 120), ENTER).rest(5)
            tour(hands)
            judge(hands, browser)
    finally:
        server.kill()
        server.communicate()
    with Store.open(tmp_path / "library.db") as store:
        failing = store.lists.counts().failing
    assert failing > 50
    print(f"{failing} feeds failed; {figures(hands, browser)}")
