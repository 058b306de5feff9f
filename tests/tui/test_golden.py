"""The whole desk as text, for the page that newsread was conceived from, at the three breakpoints' sizes.

Drawn anew with `python -m tests.tui.test_golden` after a change that was meant.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest

from reader.edition import SAMPLES
from reader.tui.launch import edition_app
from tests.tui.desks import Reader, config, settle, shown

PAGE = SAMPLES / "phnom-penh-2024-06-13.txt"
GOLDEN = Path(__file__).parent / "screens"
SIZES = ((80, 24), (120, 40), (200, 50))


async def drawn(folder: Path, size: tuple[int, int]) -> str:
    """Return the screen with the page open: its day is stated, so that no clock shows; the ticker stands."""
    app = edition_app(config(folder, reduced_motion=True), (str(PAGE),))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        reader = Reader(app, pilot)
        await reader.press("enter")
        return shown(reader)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_desk_looks_as_it_was_approved(tmp_path: Path, size: tuple[int, int]) -> None:
    golden = GOLDEN / f"page-{size[0]}x{size[1]}.txt"
    assert await drawn(tmp_path, size) + "\n" == golden.read_text(encoding="utf-8")


def main() -> None:
    """Draw the golden screens anew."""
    GOLDEN.mkdir(exist_ok=True)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            screen = asyncio.run(drawn(Path(folder), size))
        (GOLDEN / f"page-{size[0]}x{size[1]}.txt").write_text(screen + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
