"""Outside text on the screens over the desk: it is text, never markup."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from reader.store import Store
from reader.tui.app import NewsApp
from tests.tui.desks import Reader, config, fill, settle

EVIL = "[@click=app.quit]Evil [b"


async def test_a_topic_named_like_markup_is_only_text_in_palette_picker_and_bar(tmp_path: Path) -> None:
    settings = config(tmp_path)
    store = Store.open(settings.library)
    fill(store)
    feed = store.feeds.all()[0]
    store.feeds.set_topic(feed.id, EVIL)
    from reader import library

    library.retopic(store)
    app = NewsApp(settings, store)
    async with app.run_test(size=(120, 40)) as pilot:
        reader = Reader(app, pilot)
        await settle(pilot)
        assert EVIL in reader.text("topics")
        for key in ("colon", "t"):
            await reader.press(key)
            await reader.type("evil")
            await pilot.pause(0.2)
            rows = app.screen.query(OptionList).last()
            assert EVIL in rows.render_line(0).text + rows.render_line(1).text
            await reader.press("escape")
        assert app.is_running
