"""Pictures of articles: `python -m tests.gallery FOLDER [NAME ...]` draws every page of tests/articles.

Each holds one kind of thing that feeds carry. It is drawn as the article pane shows it, whole, at the widths
of two terminals and of the pane between list and related news. `--golden` writes the texts that
tests/tui/test_gallery.py compares with instead: look at the pictures first.
"""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from pathlib import Path

from reader import document
from reader.model import Article, Headline
from reader.tui.panes.article import ArticlePane
from tests.pictures import tidy
from tests.tui.golden import PaneApp, screen

ARTICLES = Path(__file__).parent / "articles"
GOLDEN = Path(__file__).parent / "tui" / "screens" / "articles"
BASE = "https://news.example.org/2024/06/story.html"
WIDTHS = (46, 80, 120)
TALLEST = 200  # lines of a picture
THEMES = {"dark": "newsread-ink", "light": "newsread-paper"}
NOW = datetime(2024, 6, 14, 12, tzinfo=UTC)


def names() -> list[str]:
    """Return the names of the pages."""
    return sorted(path.stem for path in ARTICLES.glob("*.html"))


def page(name: str) -> tuple[Article, document.Document]:
    """Return a page as the article pane takes it."""
    html = (ARTICLES / f"{name}.html").read_text(encoding="utf-8")
    title = "Headings of every level" if name == "headings" else name.capitalize()
    day = datetime(2024, 6, 13, 12, tzinfo=UTC)  # noon: a day without a time, the same in every zone
    headline = Headline(id=1, feed=1, source="Mekong Wire", title=title, published=day)
    return Article(headline=headline, url=BASE, html=html), document.from_html(html, BASE, title)


async def drawn(name: str, theme: str = THEMES["dark"], *, picture: bool = False) -> dict[int, str]:
    """Return a page as the pane draws it at each width, as text or as a picture."""
    article, text = page(name)
    app = PaneApp(ArticlePane, theme)
    made: dict[int, str] = {}
    async with app.run_test(size=(WIDTHS[0], TALLEST)) as pilot:
        pane = app.query_one(ArticlePane)
        pane.show(article, text, NOW)
        for width in WIDTHS:
            for height in (TALLEST, min(pane.virtual_size.height, TALLEST)):
                await pilot.resize_terminal(width, height)
                await pilot.pause()
            if picture:
                made[width] = tidy(app.export_screenshot(title=f"{name}, {width} columns"))
            else:
                made[width] = screen(pane) + "\n"
    return made


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=GOLDEN)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--theme", choices=THEMES, default="dark")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for name in args.names or names():
        made = asyncio.run(drawn(name, THEMES[args.theme], picture=not args.golden))
        for width, content in made.items():
            target = args.folder / f"{name}-{width}.{'txt' if args.golden else 'svg'}"
            target.write_text(content, encoding="utf-8")
            print(target)


if __name__ == "__main__":
    main()
