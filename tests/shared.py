"""Where the corpora beside a developer's checkout are; in a user's clone the tests that want them skip."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(name: str) -> Path:
    """Return the path of a corpus beside the checkout, or skip the test in words."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the corpus {name!r} is not beside this checkout")
    return path
