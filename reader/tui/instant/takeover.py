"""From the kept frame to the desk: Textual paints nothing until the desk is whole, then the same picture.

The terminal is taken over as the frame left it: entering the alternate screen once more would clear it, and
half a desk painted over a whole one would flicker. What a key or a click does ends the wait, as does another
size.
"""

from __future__ import annotations

from time import monotonic

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer

from reader.frame import early
from reader.tui.drawing.colourless import Colourless
from reader.tui.hearing import Hearing

LOOK_EVERY = 1 / 60
LONGEST = 1.5
"""Seconds that a frame stands at most: a library that answers no sooner is shown as far as it is."""
PATIENCE = 0.1
"""Seconds that it stands at most once something was done: what a key that waited does is there in 50 ms."""

DONE = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class TakingOver(Hearing):
    """The driver that goes on from the frame; from a suspension on, the driver that it always was."""

    _entered = False

    def start_application_mode(self) -> None:
        """Take the terminal over with what stands on it, keys that wait in its buffer included."""
        before = early.take()
        self._entered = before is not None
        super().start_application_mode()
        self._entered = False
        if before is not None:
            self.attrs_before = before  # not the frame's own, which `super` found

    def write(self, data: str) -> None:
        """Write, but for the sequence that would clear the frame."""
        if not (self._entered and data == early.ENTER):
            super().write(data)


class FramedApp(App[int], inherit_bindings=False):
    """An app that may begin behind a frame."""

    _standing = False
    _looking: Timer | None = None
    _until = 0.0

    def __init__(self) -> None:
        super().__init__()
        if self.no_color:  # the toolkit's own filter leaves greys, which are colours, too
            self._filters = [Colourless()]

    def stand(self) -> None:
        """Begin behind the frame that is on the screen."""
        self._standing, self._until = True, monotonic() + LONGEST
        self.driver_class = TakingOver

    @property
    def standing(self) -> bool:
        """Whether the frame is what is on the screen."""
        return self._standing

    def whole(self) -> bool:
        """Tell whether all is there that the frame shows."""
        return True

    def on_mount(self) -> None:
        """Look when the frame has had its time."""
        if self._standing:
            self._looking = self.set_interval(LOOK_EVERY, self._look)

    def steer(self) -> None:
        """Bring about what the frame shows and nothing remembers."""

    def _look(self) -> None:
        if not self._standing or monotonic() > self._until:
            self.take_over()
        elif self.whole():
            self.steer()
            self.take_over()

    def take_over(self) -> None:
        """Paint the desk from now on."""
        if self._looking is not None:
            self._looking.stop()
            self._looking = None
        if self._standing:
            self._standing = False
            if self._screen_stack:
                self.screen.refresh()

    async def on_event(self, event: events.Event) -> None:
        """Take over once something is done, with its effect; Textual's own passages follow."""
        handled = isinstance(event, events.Key) and event.is_forwarded  # it comes back from the desk
        if self._standing and isinstance(event, DONE):
            self._until = min(self._until, monotonic() + PATIENCE)
        elif self._standing and isinstance(event, events.Resize) and event.size != self.size:
            self.take_over()
        await super().on_event(event)
        if self._standing and handled:
            self.take_over()


class FramedScreen(Screen[None]):
    """A screen that does nothing twice on its way to the first paint."""

    _shown = False

    def fit(self, size: Size) -> None:
        """Take the classes of a size; those that come with the first layout have all styled anew."""
        lengths = (size.width, self.HORIZONTAL_BREAKPOINTS), (size.height, self.VERTICAL_BREAKPOINTS)
        for length, points in lengths:
            self.add_class(*self._get_breakpoint_classes(length, points or []), update=False)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Coming up for the first time, leave out what is for coming back: all has just been styled."""
        event.refresh_styles &= self._shown
        self._shown = True

    def _compositor_refresh(self) -> None:
        """Paint, but for what nobody would see: the frame stands."""
        if not (isinstance(self.app, FramedApp) and self.app.standing):
            super()._compositor_refresh()
