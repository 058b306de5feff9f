"""Which picture of the desk the next launch shows first: the one that the launch itself would come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from reader.config.themes import FOLDER
from reader.frame import early, keeping, matching
from reader.model import Counts

if TYPE_CHECKING:
    from reader.frame.form import Frame
    from reader.tui.desk.screen import Desk

AWAITED = ("view", "article", "marks", "rules")  # the groups of workers that change what is shown
SURE = 1.0
"""Seconds after which a write must show in a file's stamp: two within one tick of its clock would not."""

Stamps = tuple[tuple[str, str], ...]

LOG = "-wal"  # what SQLite keeps beside a library while somebody has it open


def settled(desk: Desk) -> bool:
    """Tell whether the desk shows all that it was asked for."""
    return desk.counts != Counts() and not any(
        worker.group in AWAITED and not worker.is_finished for worker in desk.workers
    )


def steer(desk: Desk) -> None:
    """Scroll the list to where it was in the frame, so that nothing moves when the desk takes over."""
    desk.headlines.scroll_to(y=early.place(), animate=False, force=True, immediate=True)


def picture(desk: Desk, *, leaving: bool = True) -> Frame | None:
    """Return the desk as a frame to keep; None where the next launch would look otherwise.

    Of a desk that its reader is `leaving` the bottom line is cleared first, and what is new in the library is
    looked for.
    """
    words = early.words()
    if words is None or desk.edition is not None or desk.refreshing or desk.sees_pictures:
        return None
    if not settled(desk) or not _returns(desk) or not desk.settings_hold:
        return None
    if leaving:
        if desk.shelf.store.changed():
            return None
        desk.footer.hush()
    elif desk.footer.speaks:
        return None
    files = [*_files(desk), f"{desk.config.state}"]
    if not all(path.startswith("/") for path in files):
        return None
    from reader.tui.instant import capture  # not before there is something to keep

    instead = {desk.ticker.region.y: desk.ticker.beginning()} if desk.ticker.display else {}
    return capture.frame(desk, words, files, desk.headlines.scroll_offset.y, instead)


def _files(desk: Desk) -> Iterator[str]:
    """Yield the files that the desk shows, but for the state, which is written with each frame."""
    config = desk.config
    yield from (f"{config.library}", f"{config.library}{LOG}", f"{config.path}")
    yield f"{config.path.parent / FOLDER / desk.app.theme}.toml"


def stamps(desk: Desk) -> Stamps:
    """Return what tells the files that the desk shows from the same files changed."""
    return tuple(matching.stamps(_files(desk)))


def _returns(desk: Desk) -> bool:
    """Tell whether a launch comes back to the desk as it stands: to its view, its article and its pane."""
    ui, rows = desk.config.ui, desk.headlines
    usual = (
        desk.view.since is None
        and not desk.has_class("-zen")
        and desk.has_class("-no-related") != ui.related
        and desk.ticker.display == ui.ticker
        and not rows.unfolded
        and rows.selected is not None
        and rows.selected == desk.current
    )
    if not usual or ui.restore:
        return usual and desk.pane in ("list", "article")
    top = not (rows.cursor or rows.scroll_offset.y or desk.article.scroll_offset.y)
    return top and desk.view == desk.whole_view() and desk.pane == "list"


def keep(frame: Frame) -> None:
    """Write the frame of a desk that has closed its library.

    While another process has the library open, its log is not folded in, and a change that comes right now
    could not be told from what was painted: such a frame is not kept.
    """
    frame.stamps = matching.stamps(path for path, _ in frame.stamps)
    if all(stamp == matching.ABSENT for path, stamp in frame.stamps if path.endswith(LOG)):
        keeping.keep(keeping.place(), frame)


def keep_beside(frame: Frame, known: Stamps, save: Callable[[], bool]) -> bool:
    """Write the frame of a desk that goes on, and the session that belongs to it; tell whether it is there.

    `known`: the stamps from before it was painted. `save` writes the session, or tells that it is too late.
    """
    if not all(map(_sure, (path for path, _ in known))) or not save():
        return False
    if tuple(matching.stamps(path for path, _ in known)) != known:
        return False
    frame.stamps = matching.stamps(path for path, _ in frame.stamps)
    return keeping.keep(keeping.place(), frame)


def _sure(path: str) -> bool:
    """Tell whether a file was written so long ago that another write would show."""
    try:
        return Path(path).stat().st_mtime < time() - SURE
    except OSError:
        return True
