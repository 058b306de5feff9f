"""Pictures of the desk, made by driving it: `python -m tests.pictures FOLDER [--readme]`.

It draws the sample edition, the files given with --open, or a copy of the library given with --library, at
three sizes, dark and light. `--readme` draws the pictures that the README shows: `python -m tests.pictures
docs --readme`.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from reader.edition import SAMPLES
from reader.tui.launch import edition_app, library_app
from tests.tui.desks import config, settle

SIZES = ((80, 24), (120, 40), (200, 50))
THEMES = {"dark": "newsread-ink", "light": "newsread-paper"}
_FONT = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_INDENT = re.compile(r'(<text[^>]*? x=")([\d.]+)("[^>]*? textLength=")([\d.]+)("[^>]*>)((?:&#160;)+)')
PAGE = SAMPLES / "phnom-penh-2024-06-13.txt"
FERRY = ("j", "j", "j", "j", "j", "e", "enter")  # to a story that two sources tell
CELL = 12.2  # width of a cell in Textual's pictures


def tidy(svg: str) -> str:
    """Take out the fonts that would be fetched, and the leading blanks that some viewers drop."""

    def unindent(match: re.Match[str]) -> str:
        head, x, middle, length, tail, blanks = match.groups()
        moved = CELL * len(blanks) / len("&#160;")
        return f"{head}{float(x) + moved:g}{middle}{max(0.0, float(length) - moved):g}{tail}"

    return _INDENT.sub(unindent, _FONT.sub("", svg)).replace("Fira Code", "monospace")


async def screen(
    size: tuple[int, int],
    theme: str,
    sources: tuple[str, ...],
    keys: tuple[str, ...],
    library: Path | None = None,
) -> str:
    """Open sources (none: the sample edition) or a library, press keys, return what is on the screen."""
    with tempfile.TemporaryDirectory() as folder:
        settings = config(Path(folder), theme=theme, reduced_motion=True)
        if library is not None:
            shutil.copy(library, settings.library)
        app = library_app(settings) if library is not None else edition_app(settings, sources)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            await pilot.pause(0.2)
            picture = tidy(app.export_screenshot(title="newsread"))
    return picture


def draw(
    target: Path,
    size: tuple[int, int],
    theme: str,
    sources: tuple[str, ...],
    keys: tuple[str, ...],
    library: Path | None = None,
) -> None:
    """Save a picture of the screen."""
    target.write_text(asyncio.run(screen(size, theme, sources, keys, library)), encoding="utf-8")
    print(target)


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--open", action="append", default=[], metavar="SOURCE")
    parser.add_argument("--library", type=Path, metavar="FILE")
    parser.add_argument("--keys", default="", help="keys to press first, separated by commas")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    keys = tuple(key for key in args.keys.split(",") if key)
    if args.readme:
        draw(args.folder / "page.svg", (120, 40), THEMES["dark"], (str(PAGE),), ())
        draw(args.folder / "desk.svg", (120, 36), THEMES["light"], (), FERRY)
        return
    for columns, lines in SIZES:
        for name, theme in THEMES.items():
            target = args.folder / f"desk-{columns}x{lines}-{name}.svg"
            draw(target, (columns, lines), theme, tuple(args.open), keys, args.library)


if __name__ == "__main__":
    main()
