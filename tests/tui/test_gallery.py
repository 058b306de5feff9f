"""Everything that feeds carry, drawn by the article pane as it was looked at and approved.

Drawn anew with `python -m tests.gallery --golden` after a change that was meant; `python -m tests.gallery
FOLDER` makes the pictures to look at first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.gallery import GOLDEN, WIDTHS, drawn, names


@pytest.fixture(autouse=True)
def _utc() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("name", names())
async def test_an_article_looks_as_it_was_approved(name: str) -> None:
    for width, text in (await drawn(name)).items():
        assert text == (GOLDEN / f"{name}-{width}.txt").read_text(encoding="utf-8"), f"{name}, {width}"
        assert max(map(cell_len, text.splitlines())) < width


def test_every_approved_text_has_its_page() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {f"{n}-{width}" for n in names() for width in WIDTHS}
