"""Which picture of the desk the next launch shows first: the one that the launch itself would come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.frame import early, keeping, matching
from reader.model import Counts
from reader.tui import capture

if TYPE_CHECKING:
    from reader.frame.form import Frame
    from reader.tui.desk.screen import Desk

AWAITED = ("view", "article", "marks", "rules")  # the groups of workers that change what is shown
LOG = "-wal"  # what SQLite keeps beside a library while somebody has it open


def settled(desk: Desk) -> bool:
    """Tell whether the desk shows all that it was asked for."""
    return desk.counts != Counts() and not any(
        worker.group in AWAITED and not worker.is_finished for worker in desk.workers
    )


def begins_here(desk: Desk) -> bool:
    """Tell whether a launch would come to the desk as it stands."""
    ui, list_ = desk.config.ui, desk.headlines
    return bool(
        desk.view == desk.whole_view()
        and desk.pane == "list"
        and list_.cursor == 0
        and list_.scroll_offset.y == 0
        and list_.ids
        and desk.current == list_.ids[0]
        and desk.article.scroll_offset.y == 0
        and not desk.has_class("-zen")
        and desk.has_class("-no-related") != ui.related
        and desk.ticker.display == ui.ticker
        and desk.app.theme == ui.theme
    )


def picture(desk: Desk) -> Frame | None:
    """Return the desk as a frame to keep; None where the next launch would look otherwise."""
    words = early.words()
    if words is None or desk.edition is not None or desk.refreshing:
        return None
    if not settled(desk) or not begins_here(desk) or desk.shelf.store.changed():
        return None
    desk.footer.hush()
    desk.ticker.rewind()
    config = desk.config
    files = [str(path) for path in (config.library, f"{config.library}{LOG}", config.path)]
    if not all(path.startswith("/") for path in files):
        return None
    return capture.frame(desk, desk.app.console, words, files, desk.app.size)


def keep(frame: Frame) -> None:
    """Write the frame of a desk that has closed its library.

    While another process has the library open, its log is not folded in, and a change that comes right now
    could not be told from what was painted: such a frame is not kept.
    """
    frame.stamps = matching.stamps(path for path, _ in frame.stamps)
    if dict(frame.stamps)[next(path for path, _ in frame.stamps if path.endswith(LOG))] == matching.ABSENT:
        keeping.keep(keeping.place(), frame)
