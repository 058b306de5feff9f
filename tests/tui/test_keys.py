"""The table of keys, and that what is said of it elsewhere is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reader.tui.desk.screen import Desk
from reader.tui.keys import KEYS, Key, shown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
NEVER = {"ctrl+z", "ctrl+s", "ctrl+q", "ctrl+c"}


def test_no_key_has_two_meanings_and_the_terminals_own_are_left_alone() -> None:
    bound = Counter(name for key in KEYS for name in key.keys)
    assert [name for name, times in bound.items() if times > 1] == []
    assert not NEVER & bound.keys()


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.action)
def test_every_action_is_one_of_the_desk(key: Key) -> None:
    assert hasattr(Desk, f"action_{key.action}")


@pytest.mark.skipif(not PAGE.exists(), reason="installed without the documentation")
def test_the_page_names_every_key() -> None:
    text = PAGE.read_text(encoding="utf-8").replace(r"\|", "|")
    missing = [key.action for key in KEYS if key.keys and f"`{shown(key.keys[0])}`" not in text]
    assert missing == ["previous_pane"]  # which goes without saying
