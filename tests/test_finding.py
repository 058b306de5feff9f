"""Subscriptions of other readers on the machine: what is found, how much it holds, and what is left alone."""

from __future__ import annotations

import os
from pathlib import Path

from reader.opml.finding import FILES_MAX, found

URLS = 'https://a.example/f World\nhttps://b.example/f\n"query:Unread:unread = \\"yes\\""\n"exec:rm -rf /"\n'


def opml(*urls: str) -> str:
    rows = "".join(f'<outline text="x" xmlUrl="{url}"/>' for url in urls)
    return f'<opml version="2.0"><body>{rows}</body></opml>'


def env(home: Path) -> dict[str, str]:
    return {"HOME": str(home)}


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert found(env(tmp_path)) == ()


def test_newsboats_list_comes_first_with_what_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / ".newsboat"
    folder.mkdir()
    (folder / "urls").write_text(URLS)
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / "mine.OPML").write_text(opml("https://a.example/f"))
    newsboat, mine = found(env(tmp_path))
    assert (newsboat.source, newsboat.feeds, newsboat.queries, newsboat.refused) == ("newsboat", 2, 1, 1)
    assert (mine.source, mine.feeds) == (str(tmp_path / "Downloads" / "mine.OPML"), 1)


def test_of_opml_the_newest_are_offered_and_unreadable_ones_are_not(tmp_path: Path) -> None:
    for number in range(FILES_MAX + 3):
        path = tmp_path / f"{number:02}.opml"
        path.write_text(opml(f"https://f{number}.example/"))
        os.utime(path, (number, number))
    (tmp_path / "broken.opml").write_text("<rss/>")
    (tmp_path / "link.opml").symlink_to(tmp_path / "00.opml")
    os.mkfifo(tmp_path / "pipe.opml")
    names = [each.place.name for each in found(env(tmp_path))]
    assert names == [f"{number:02}.opml" for number in range(FILES_MAX + 2, 3, -1)]


def test_lists_of_liferea_and_akregator_are_found_where_they_keep_them(tmp_path: Path) -> None:
    for place in (".config/liferea/feedlist.opml", ".local/share/akregator/data/feeds.opml"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(opml("https://a.example/f", "|rm"))
    assert {(each.place.name, each.feeds, each.refused) for each in found(env(tmp_path))} == {
        ("feedlist.opml", 1, 1),
        ("feeds.opml", 1, 1),
    }


def test_xdg_places_are_looked_at(tmp_path: Path) -> None:
    config, downloads = tmp_path / "c" / "newsboat", tmp_path / "d"
    config.mkdir(parents=True)
    downloads.mkdir()
    (config / "urls").write_text("https://a.example/f\n")
    (downloads / "x.opml").write_text(opml("https://b.example/f"))
    more = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DOWNLOAD_DIR": str(downloads)}
    assert [each.feeds for each in found(env(tmp_path) | more)] == [1, 1]
