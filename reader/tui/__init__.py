"""The Textual app. Importing this package loads nothing of it: `run` does."""

from __future__ import annotations

import os
from collections.abc import Sequence

from reader.config import Config

FRAMES = 120
"""Frames a second at most. At Textual's 60 an article waits 17 ms for the frame after its row's; none is
drawn when nothing has changed."""


def run(config: Config, sources: Sequence[str] = (), *, demo: bool = False) -> int:
    """Open the desk on the library, on sources given for a moment, or on the sample edition.

    Returns the exit code. Raises NewsreadError when there is no terminal or nothing could be opened.
    """
    os.environ.setdefault("TEXTUAL_FPS", str(FRAMES))  # Textual reads it when it is imported
    from reader.tui.launch import launch

    return launch(config, tuple(sources), demo=demo)
