"""The desk on a hostile page and its pictures: every byte that it writes, in 256 colours and in all of them.

python -m pytest tests/peers/test_bytes_whole.py
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader import library
from reader.model import Entry, ParsedFeed
from reader.store import Store
from tests.extras import needs_fulltext, needs_images, page, picture
from tests.peers.hands import ENTER, Browser, Hands
from tests.peers.strange import settings
from tests.server import Reply, Server

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),  # a pty beside threads
    needs_fulltext,
    needs_images,
]
EVIL = "\x1b]0;owned\x07 \x9b2J \u202etxt.exe \x1b[2J [@click=app.quit]x[/] [/nothing]"


@pytest.mark.parametrize("colours", ["", "truecolor"], ids=["256", "all"])
def test_a_full_text_and_its_pictures_are_text_and_colours(tmp_path: Path, colours: str) -> None:
    settings(tmp_path, str(Browser(tmp_path / "browser").path))
    with Server() as server:
        shown = (
            f'<p>{EVIL}</p><p><img src="/boat.png" alt="{EVIL}"></p><p><img src="/gone.png" alt="gone"></p>'
        )
        server.routes["/1"] = Reply(page("Ferry", shown, sentences=3), headers={"Content-Type": "text/html"})
        server.routes["/boat.png"] = Reply(picture((90, 60)), headers={"Content-Type": "image/png"})
        server.routes["/gone.png"] = Reply(b"", status=404, headers={"Reason": EVIL.encode().hex()})
        with Store.open(tmp_path / "library.db") as store:
            feed, _ = store.feeds.add(server.url("/feed"), title="Wire", local=True)
            one = Entry(guid="1", url=server.url("/1"), title="Ferry", html="<p>Short.</p>")
            library.ingest(store, feed, ParsedFeed(entries=(one,)), now=datetime.now(UTC))
        with Hands(tmp_path, size=(124, 60), env={"COLORTERM": colours, "XDG_CACHE_HOME": ""}) as hands:
            written = bytearray()
            hands.wire.feed = _listening(hands.wire.feed, written)  # type: ignore[method-assign]
            hands.press(ENTER, "x").until("harbour master")
            hands.press("I").until("pictures came")
            hands.press(*"GgIx")
            assert hands.wire.offences == []
    assert "▀" in written.decode("utf-8", "replace")
    in_full = re.search(rb"\x1b\[[0-9;]*38;2;[0-9;]*m", written) is not None
    assert in_full is (colours == "truecolor")
    assert sorted(server.paths()) == ["/1", "/boat.png", "/gone.png"]


def _listening(feed, written):
    def both(data: bytes, *, last: bool = False) -> None:
        written.extend(data)
        feed(data, last=last)

    return both
