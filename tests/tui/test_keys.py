"""The table of keys. What docs/keys.md says of it is held by tests/cli/test_docs.py."""

from __future__ import annotations

from collections import Counter

import pytest

from reader.tui.desk.screen import Desk
from reader.tui.keys import KEYS, Key

NEVER = {"ctrl+z", "ctrl+s", "ctrl+q", "ctrl+c"}


def test_no_key_has_two_meanings_and_the_terminals_own_are_left_alone() -> None:
    bound = Counter(name for key in KEYS for name in key.keys)
    assert [name for name, times in bound.items() if times > 1] == []
    assert not NEVER & bound.keys()


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.action)
def test_every_action_is_one_of_the_desk(key: Key) -> None:
    assert hasattr(Desk, f"action_{key.action}")
