"""Puts a document together from what a reader of HTML or text comes across, in its order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import dropwhile
from operator import not_

from reader import text as gate
from reader.document.blocks import Block, Code, Document, Heading, Image, Paragraph
from reader.document.frames import Frame, tidy, words
from reader.document.inline import PLAIN, Line, Style
from reader.document.links import Links, disguised

DEPTH_MAX = 50  # lists, quotations and tables inside each other; what is deeper is drawn at this depth
BLOCK_COST = 16  # characters that a picture or rule counts as, so that a million of them end, too
_TITLE_LEVELS = 2  # headings that may repeat the title
_LINK_WORDS_MAX = 40  # pieces of text remembered of one link


class Builder:
    """The document so far: frames around the present place, a line of text, a style."""

    def __init__(self, base: str, room: float) -> None:
        self.links = Links(base)
        self.truncated = False
        self.style = PLAIN
        self.level = 0  # of the heading being read, 0 outside
        self._room = room
        self._line = Line()
        self._frames: list[Frame] = [Frame()]
        self._link_words: list[str] = []

    @property
    def frame(self) -> Frame:
        """The innermost frame."""
        return self._frames[-1]

    # Text

    def text(self, text: str) -> None:
        """Add text from between two tags."""
        if self.truncated:
            return
        self._line.add(self._said(self._within_room(gate.plain(text))), self.style)

    def verbatim(self, text: str) -> None:
        """Add text whose white space counts."""
        if not self.truncated:
            self._line.set(self._said(self._within_room(gate.plain(text))), self.style)

    def line_break(self) -> None:
        """Break the line; twice in a row ends the paragraph."""
        if self._line.end_line(self.style):
            self.flush()

    def _within_room(self, text: str) -> str:
        if len(text) > self._room:
            self.truncated = True
            text = text[: max(int(self._room), 0)]
            text = text[: max(text.rfind(" "), 0)] or text
        self._room -= len(text)
        return text

    def _said(self, text: str) -> str:
        """Remember the words of the link that is being read."""
        if self.style.link is not None and len(self._link_words) < _LINK_WORDS_MAX:
            self._link_words.append(text)
        return text

    def restyle(self, **changes: bool) -> Callable[[], None]:
        """Change the style of the text that follows; return what changes it back."""
        before = self.style
        self.style = before._replace(**changes)

        def restore() -> None:
            self.style = before

        return restore

    # Links

    def begin_link(self, address: str) -> Style:
        """Let the text that follows lead to an address; return the style to go back to."""
        before = self.style
        self.style = before._replace(link=self.links.number(address))
        self._link_words = []
        return before

    def end_link(self, before: Style) -> None:
        """End a link; where its words pretend another host, show its own."""
        number, self.style = self.style.link, before
        if number is None:
            return
        said = "".join(self._link_words)
        self.links.name(number, said)
        host = self.links.host(number)
        if disguised(said, host):
            self.text(f" ({host})")

    # Blocks

    def flush(self) -> None:
        """End the paragraph or heading that is being read."""
        spans = self._line.take()
        if spans:
            level = self.level
            self.frame.blocks.append(Heading(level, spans) if level else Paragraph(spans))

    def add(self, block: Block) -> None:
        """Add a block that is complete."""
        self.flush()
        self._room -= BLOCK_COST
        if self._room < 0:
            self.truncated = True
        else:
            self.frame.blocks.append(block)

    def code(self, text: str, lang: str) -> None:
        """Add program text, without blank lines around it."""
        self.flush()
        if self.truncated:
            return
        lines = [line.rstrip() for line in gate.plain(text).split("\n")]
        text = self._within_room("\n".join(dropwhile(not_, lines)).rstrip())
        if not gate.blank(text):
            self.frame.blocks.append(Code(text, lang))

    def open(self, frame: Frame) -> bool:
        """Begin a frame; return False where frames are too deep already."""
        self.flush()
        if len(self._frames) > DEPTH_MAX:
            return False
        self._frames.append(frame)
        return True

    def close(self) -> None:
        """End the innermost frame."""
        self.flush()
        left = self._frames.pop().end()
        self.frame.blocks += left

    # The end

    def document(self, title: str = "") -> Document:
        """Return the document; a heading at its beginning that repeats the title is left out."""
        while len(self._frames) > 1:
            self.close()
        self.flush()
        blocks = tidy(_without_title(self.frame.blocks, title) if title else self.frame.blocks)
        return Document(blocks, self.links.all(), self.truncated)


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    for place, block in enumerate(blocks[:4]):
        if isinstance(block, Heading) and block.level <= _TITLE_LEVELS and _same(words(block), title):
            return blocks[:place] + blocks[place + 1 :]
        if not isinstance(block, Image):
            break
    return blocks


def _same(heading: str, title: str) -> bool:
    """Return whether a heading says what the title says, whatever the case and the spaces."""
    return gate.one_line(heading).casefold() == gate.one_line(title).casefold()
