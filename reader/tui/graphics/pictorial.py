"""The app where the terminal draws pictures: it is asked once one is wanted, and each painting is followed.

Nothing is asked before: a desk on which nobody looks at a picture writes no byte more. textual-image, which
knows these protocols, too, draws widgets of their own, while an article is lines; it needs a newer Python,
and asks before Textual runs, when an answer that is late or missing costs keys that were typed.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region

from reader.tui.hearing import Hearing
from reader.tui.instant.resting import RestingApp

if TYPE_CHECKING:
    from reader.pictures.asking import Answers
    from reader.tui.graphics.walls import Parts, Wall, Way, Work
    from reader.tui.panes.column import Hung

PATIENCE = 1.0
"""Seconds for an answer, which comes in a few thousandths, or in half of one from far away. One that is later
counts from the next picture on."""
CELL = (9, 18)
"""Pixels of a cell where the terminal does not say: only its shape counts, then."""
FEWEST = 16  # colours for sixels: the first terminals that had them had so many


class PictorialApp(RestingApp, inherit_bindings=False):
    """An app that hangs pictures on the terminal's own wall, where it has one."""

    wall: Wall | None = None
    _answers: Answers | None = None
    _update: object = None  # what is being painted

    def get_driver_class(self) -> type[Driver]:
        """Take the driver that can ask, in place of the toolkit's own."""
        usual = super().get_driver_class()
        return Hearing if usual is LinuxDriver else usual

    async def find_wall(self, wanted: str) -> Wall | None:
        """Return where pictures hang as the config has it; None where they are half-blocks."""
        way = await self._way(wanted)
        if way is None or self.wall is None or self.wall.way != way:
            self.take_down()
            self.wall = None if way is None else self._built(way)
        return self.wall

    def take_down(self) -> None:
        """Take all pictures off the wall, out of the terminal's memory, too."""
        if self.wall is not None and (words := self.wall.clear()) and self._driver is not None:
            self._driver.write(words)

    # Asking

    async def _way(self, wanted: str) -> Way | None:
        driver = self._driver
        asked = isinstance(driver, Hearing) and driver.input_tty and wanted != "blocks"
        if not asked or self.no_color or not isinstance(driver, Hearing):
            return None
        from reader.pictures import asking
        from reader.tui.graphics.walls import Way

        if self._answers is None and (question := asking.question(os.environ)):
            self._answers = asking.Answers()
            await _asked(driver, question, self._answers)
        answers = self._answers
        if answers is None or not answers.ended:
            return None
        kind, cell = answers.way(wanted), _cell(driver, answers)
        if kind == "kitty":
            known = self.console.color_system
            return None if known not in ("truecolor", "256") else Way(kind, cell or CELL, true=known != "256")
        if kind == "sixel" and cell:
            if not answers.colours:
                await _asked(driver, asking.SIXELS, answers)
            colours = min(max(answers.colours or 256, FEWEST), 256)
            return Way(kind, cell, colours, widest=answers.size[0])
        return None

    def _built(self, way: Way) -> Wall:
        from reader.tui.graphics.walls import KittyWall, SixelWall

        wall = KittyWall(way) if way.kind == "kitty" else SixelWall(way, self._covered, self._later)
        if isinstance(self._driver, Hearing):
            self._driver.farewell = wall.again
        return wall

    async def on_resize(self, event: events.Resize) -> None:
        """Ask for the size of letters anew: a window may have another one because they have."""
        del event
        if self.wall is not None:
            self.run_worker(self._measure(), group="measure", exclusive=True, exit_on_error=False)

    async def _measure(self) -> None:
        from reader.pictures import asking

        driver, before = self._driver, self.wall.way.cell if self.wall else None
        if self._answers is None or not isinstance(driver, Hearing):
            return
        await _asked(driver, asking.AGAIN, self._answers)
        if (cell := _cell(driver, self._answers)) and before and cell != before:
            self.measured()

    def measured(self) -> None:
        """Letters have another size than when the pictures were hung."""

    # Painting

    def _display(self, screen: Any, renderable: Any) -> None:
        """Paint, and follow with pictures."""
        self._update = renderable if self.wall is not None else None
        super()._display(screen, renderable)
        self._update = None

    def _end_update(self) -> None:
        """Paint pictures last, in the same update of the terminal."""
        if self._update is not None:
            from reader.tui.graphics.walls import touched

            self._follow(touched(self._update, self.size))
        super()._end_update()

    def _follow(self, regions: list[Region]) -> None:
        if self.wall is None or self._driver is None:
            return
        if words := self.wall.painted(self._in_sight(), regions):
            x, y = self._previous_cursor_position
            self._driver.write(f"{words}\x1b[{y + 1};{x + 1}H")

    def _in_sight(self) -> list[Hung]:
        """Return the pictures of the desk; what is painted never touches the last line, which scrolls."""
        desk = self.resting()
        if desk is None or not desk.article.display or self.wall is None:
            return []
        inside = Region(0, 0, self.size.width, self.size.height - (self.wall.way.kind == "sixel"))
        return [each._replace(seen=each.seen.intersection(inside)) for each in desk.article.hung()]

    def _covered(self, region: Region) -> bool:
        """Tell whether anything stands over a part of the article."""
        desk = self.resting()
        if desk is None:
            return True
        ends = (region.x, region.right - 1)
        places = [(x, y) for y in range(region.y, region.bottom) for x in ends]
        return any(desk.get_widget_at(*place)[0] is not desk.article for place in places)

    def _later(self, work: Work, then: Callable[[Parts], None]) -> None:
        from reader.tui.graphics.walls import aside

        def made(parts: Parts) -> None:
            then(parts)
            if parts:
                self._begin_update()
                self._follow([])
                self._end_update()

        self.run_worker(aside(work, made), group="sixels", exit_on_error=False)


async def _asked(driver: Hearing, question: str, answers: Answers) -> None:
    """Put a question and wait for the answers, within reason."""
    answers.ended = False
    with suppress(TimeoutError):
        await asyncio.wait_for(driver.ask(question, answers), PATIENCE)


def _cell(driver: Hearing, answers: Answers) -> tuple[int, int] | None:
    """Return a cell's width and height in pixels, as the terminal says or as its window does."""
    if all(answers.cell):
        return answers.cell
    with suppress(OSError):
        told = fcntl.ioctl(driver.fileno, termios.TIOCGWINSZ, b"\0" * 8)
        lines, columns, width, height = struct.unpack("HHHH", told)
        if lines and columns and width >= columns and height >= lines:
            return width // columns, height // lines
    return None
