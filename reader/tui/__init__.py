"""The Textual app. Importing this package loads nothing of it: `run` does.

Rooms: `desk` what the main screen does, `panes` what it consists of, `screens` what opens over it, `typeset`
an article as lines, `drawing` cells and colours, `instant` the frame that a launch begins with, `graphics`
pictures that the terminal draws. Beside them: `launch` opens the `app`; `hearing` is its driver, `typeahead`
keys that come early, `keys` the table of all keys, `session` what is remembered; `themes`, `palettes`,
`contrast`, `styles` and `known` colours; `working` and `speaking` what screens do beside themselves, and how
they tell what fails; `written` articles as text for programs, `notices` what is told on the desktop.
"""

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
