"""The Textual app. Importing this package loads nothing of it: `run` does."""

from __future__ import annotations

from collections.abc import Sequence

from reader.config import Config


def run(config: Config, sources: Sequence[str] = (), *, demo: bool = False) -> int:
    """Open the desk on the library, on sources given for a moment, or on the sample edition.

    Returns the exit code. Raises NewsreadError when there is no terminal or nothing could be opened.
    """
    from reader.tui.launch import launch

    return launch(config, tuple(sources), demo=demo)
