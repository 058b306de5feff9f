"""The driver that can ask the terminal something: its answers are parted from the keys that come with them.

Textual reads the keyboard on a thread of its own, and takes an answer that it does not know for keys. So the
question is put through it, and what has come is looked at before it is.
"""

from __future__ import annotations

import asyncio
import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from reader.pictures.asking import Answers

LOOK_EVERY = 0.1  # seconds, as the toolkit's own
READ = 4096  # bytes at once


class Hearing(LinuxDriver):
    """Textual's driver, with an ear for answers."""

    farewell: Callable[[], str] | None = None  # tells what to write before the terminal is given back
    _awaited: tuple[Answers, Callable[[], None]] | None = None
    _bell: tuple[int, int] | None = None  # a pipe: what is written into it wakes the keyboard's thread

    def ask(self, question: str, answers: Answers) -> asyncio.Future[None]:
        """Put a question; what is awaited is done when its last answer has come, which may be never."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def ended() -> None:
            if not done.done():
                done.set_result(None)

        def heard() -> None:  # on the keyboard's thread
            loop.call_soon_threadsafe(ended)

        self._awaited = answers, heard
        self.write(question)
        self.flush()
        return done

    def start_application_mode(self) -> None:
        """Begin to hear."""
        if self._bell is None:
            self._bell = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def disable_input(self) -> None:
        """Hear no more, at once: the toolkit's own waits until the thread looks up by itself."""
        if self._bell is not None:
            os.write(self._bell[1], b"!")
        super().disable_input()
        for end in self._bell or ():
            os.close(end)
        self._bell = None

    def stop_application_mode(self) -> None:
        """Take back what the terminal keeps for newsread, then the toolkit's own."""
        if self.farewell is not None and (words := self.farewell()):
            self.write(words)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Wait for input and hand it on, as the toolkit does, but for answers."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        if self._bell is None:
            return  # it has been told to end before it began
        ending = self._bell[0]
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(ending, selectors.EVENT_READ)
            last = False
            while not last:
                ready = {key.fd for key, _ in selector.select(LOOK_EVERY)}
                last, keyed = ending in ready, self.fileno in ready
                typed = decode(os.read(self.fileno, READ), final=last) if keyed else ""
                for event in parser.feed(rest) if (rest := self._parted(typed, silent=not keyed)) else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass

    def _parted(self, typed: str, *, silent: bool) -> str:
        """Return what was typed, without answers; a beginning of one that stays alone was typed, too."""
        if self._awaited is None:
            return typed
        answers, ended = self._awaited
        rest = answers.let_go() if silent else answers.hear(typed)
        if answers.ended:
            self._awaited = None
            ended()
        return rest
