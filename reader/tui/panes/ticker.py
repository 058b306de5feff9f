"""The headline ticker: one line that moves by whole cells, and costs nothing while it stands still.

Motion is a function of time: the position is read off a monotonic clock, and the line is drawn again only
when that position reaches another cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader.model import Headline
from reader.records import dataclass
from reader.tui.drawing.tape import GAP, Tape

SPEED = 8.0  # cells a second: the pace of reading along
SLOWEST, FASTEST = 2.0, 40.0
FLIP = 6.0  # seconds a headline stands when motion is reduced
MARKER = "▸ "
PAUSED = "‖ "
SEEN_MAX = 1_000  # headlines that are remembered as passed


class Ticker(Widget, can_focus=True, inherit_bindings=False):
    """One line of headlines, moving; stops while it is hovered, focused, or all of it fits."""

    COMPONENT_CLASSES = {f"ticker--{name}" for name in ("text", "gap", "marker", "chosen")}

    @dataclass
    class Opened(Message):
        """The reader wants to read this headline."""

        headline: Headline

    def __init__(
        self,
        *,
        speed: float = SPEED,
        still: bool = False,
        colour: Callable[[Headline], str] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.still = still  # motion is reduced: flip instead of scroll
        self.speed = speed
        self._colour = colour
        self._tape = Tape(())
        self._from = 0.0  # position in cells when the clock was last started
        self._since: float | None = None  # when it was started; None while it stands
        self._drawn = -1
        self._timer: Timer | None = None
        self._asleep = False  # the terminal is not looked at
        self._given: tuple[Headline, ...] = ()  # in their rank, before what has passed went to the end
        self._seen: dict[int, None] = {}  # the ids of what has passed, the latest last
        self._passing = 0  # the id of what passes
        self.paused = False  # by the reader

    def show(self, headlines: Sequence[Headline]) -> None:
        """Show these headlines: what passes stays where it is, then what has not passed yet, by rank."""
        if tuple(headlines) == self._given:
            return
        self._given = tuple(headlines)
        held, into = self.under, self.position - self._start_of(self.under)
        there = held is not None and any(headline.id == held.id for headline in headlines)
        first = held.id if held is not None and there else 0
        self._tape = Tape(sorted(headlines, key=lambda each: (each.id != first, each.id in self._seen)))
        self._from = float(into) if there else 0.0
        self._since = None
        self._run()
        self.refresh()

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """What passes by, in order."""
        return self._tape.headlines

    # Position

    @property
    def position(self) -> int:
        """The cell of the tape at the marker."""
        if not len(self._tape):
            return 0
        moved = 0.0 if self._since is None else (monotonic() - self._since) * self.speed
        return int(self._from + moved) % len(self._tape)

    @property
    def under(self) -> Headline | None:
        """The headline at the marker."""
        if not len(self._tape):
            return None
        owner = self._tape.owner[self.position]
        number = owner if owner >= 0 else -owner % len(self._tape.headlines)  # in a gap: the one that comes
        return self._tape.headlines[number]

    def _start_of(self, headline: Headline | None) -> int:
        return self._tape.starts[self._tape.headlines.index(headline)] if headline else 0

    def step(self, direction: int) -> None:
        """Go to the next or previous headline."""
        if (under := self.under) is None:
            return
        number = (self._tape.headlines.index(under) + direction) % len(self._tape.headlines)
        self._from = float(self._tape.starts[number])
        if self._since is not None:
            self._since = monotonic()
        self.refresh()

    def pause(self) -> bool:
        """Stand still, or move on; tell whether it stands."""
        self.paused = not self.paused
        self._run()
        self.refresh()
        return self.paused

    def change_speed(self, factor: float) -> float:
        """Make it faster or slower; return the new speed in cells a second."""
        self._halt()
        self.speed = max(SLOWEST, min(FASTEST, self.speed * factor))
        self._run()
        return self.speed

    def pace(self, speed: float | None, *, still: bool) -> None:
        """Move at another speed (None: as now), or stand and flip where motion is reduced."""
        self._halt()
        self.still = still
        self.speed = self.speed if speed is None else speed
        self._run()
        self.refresh()

    # Motion

    @property
    def _fits(self) -> bool:
        return len(self._tape) - len(GAP) <= self.size.width - len(MARKER)

    @property
    def _may_move(self) -> bool:
        return bool(
            len(self._tape)
            and self.size.width
            and not (self._fits or self.has_focus or self.mouse_hover or self._asleep or self.paused)
            and self.display
        )

    def _run(self) -> None:
        """Start or stop the clock as the circumstances ask."""
        if not self.is_mounted:
            return
        if not self._may_move:
            self._halt()
            return
        if self._timer is None:
            interval = FLIP if self.still else 1 / self.speed
            self._timer = self.set_interval(interval, self._tick)
            self._since = None if self.still else monotonic()

    def _halt(self) -> None:
        self._from, self._since = float(self.position), None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _tick(self) -> None:
        if not self._may_move:
            self._halt()
        elif self.still:
            self.step(1)
        elif self.position != self._drawn:
            self.refresh()

    def watch_mouse_hover(self) -> None:
        """Stop under the mouse, so that a moving headline can be hit."""
        self._run()

    def on_mount(self) -> None:
        """Begin to move, and stand while nobody looks at the terminal."""
        self.watch(self.app, "app_focus", self._looked_at)

    def on_resize(self) -> None:
        """Another width may fit everything, or no longer."""
        self._run()

    def on_focus(self) -> None:
        """Stand while focused, the headline at the marker chosen."""
        self._halt()
        self._from = float(self._start_of(self.under))
        self.refresh()

    def on_blur(self) -> None:
        """Move on."""
        self._run()
        self.refresh()

    def on_show(self) -> None:
        """Move again when shown again."""
        self._run()

    def on_hide(self) -> None:
        """A hidden ticker costs nothing."""
        self._halt()

    def _looked_at(self, focus: bool) -> None:
        self._asleep = not focus
        self._run()

    # Drawing and clicking

    def render_line(self, y: int) -> Strip:
        """Draw the line at the position that the clock tells."""
        width = self.size.width
        text = self._style("text")
        if y or not len(self._tape):
            return Strip.blank(width, text)
        self._drawn = self.position
        self._note_passed()
        start = 0 if self._fits else self._drawn
        chosen = self._tape.headlines.index(self.under) if self.has_focus and self.under else None
        return self._line(self._tape, start, chosen, PAUSED if self.paused else MARKER)

    def beginning(self) -> Strip:
        """Draw the line as it begins, whatever has passed by now."""
        return self._line(Tape(self._given), 0, None, MARKER)

    def _line(self, tape: Tape, start: int, chosen: int | None, marker: str) -> Strip:
        width, text = self.size.width, self._style("text")
        if not len(tape):
            return Strip.blank(width, text)
        room = min(width - len(MARKER), len(tape) - len(GAP)) if self._fits else width - len(MARKER)
        segments = [Segment(marker, self._style("marker"))]
        segments += [
            Segment(run, self._run_style(owner, chosen, tape)) for run, owner in tape.window(start, room)
        ]
        return Strip(segments).adjust_cell_length(width, text)

    def _note_passed(self) -> None:
        """Remember what has passed when the next one comes."""
        now = self.under.id if self.under else 0
        if self._passing and now != self._passing:
            self._seen[self._passing] = None
            if len(self._seen) > SEEN_MAX:
                del self._seen[next(iter(self._seen))]
        self._passing = now

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"ticker--{name}")

    def _run_style(self, owner: int, chosen: int | None, tape: Tape) -> Style:
        if owner < 0:
            gap = self._style("gap")
            colour = self._colour(tape.headlines[-1 - owner]) if self._colour else ""
            return gap + Style(color=colour) if colour else gap
        return self._style("chosen" if owner == chosen else "text")

    def on_click(self, event: events.Click) -> None:
        """Open the headline under the mouse."""
        if not len(self._tape):
            return
        start = 0 if self._fits else self.position
        owner = self._tape.owner[(start + max(0, event.x - len(MARKER))) % len(self._tape)]
        number = owner if owner >= 0 else -1 - owner
        self.post_message(self.Opened(self._tape.headlines[number]))
