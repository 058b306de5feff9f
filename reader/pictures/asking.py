"""What a terminal can draw: it is asked, and its answers come among the keys, from which they are parted.

Every terminal of today answers the last question, what it is; so its answer ends the wait. One that has no
answer to another is silent about that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from reader.records import dataclass

KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
WHO = "\x1b[>q"
CELL = "\x1b[16t"
END = "\x1b[c"
FIRST = KITTY + WHO + CELL + END
INSIDE = CELL + END
"""For a multiplexer: what is not meant for it some take for a title."""
AGAIN = CELL + END
"""After another size: letters may have another one, too."""
SIXELS = "\x1b[?1;1;0S\x1b[?2;1;0S" + END
"""How many colours it has for sixels, and how large a picture may be."""

PLACING = {"kitty": (0, 28), "ghostty": (1, 0)}
"""Which terminals, from which version on, show a picture where its placeholders stand; others answer for
kitty's graphics, too, and show letters of no font instead."""
BLIND = ("", "dumb", "linux", "vt100", "vt102", "vt220", "cons25")
"""Terminals that have no pictures, and of which some write what they do not understand."""

_ANSWER = re.compile(
    r"\x1b_G(?P<kitty>[^\x1b]{0,256})\x1b\\|\x1bP>\|(?P<who>[^\x1b]{0,256})\x1b\\|\x1b\[\?(?P<end>[0-9;]{1,80})c"
    r"|\x1b\[6;(?P<cell>[0-9]{1,5};[0-9]{1,5})t|\x1b\[\?1;0;(?P<colours>[0-9]{1,6})S"
    r"|\x1b\[\?2;0;(?P<size>[0-9]{1,6};[0-9]{1,6})S|\x1b\[\?[12];[0-9;]{1,20}S"
)
_NAMED = re.compile(r"([a-z]{1,20})[( ]([0-9]{1,6})\.([0-9]{1,6})")
_BEGUN = re.compile(
    r"\x1b(?:_(?:G[^\x1b]{0,256}\x1b?)?|P(?:>(?:\|[^\x1b]{0,256}\x1b?)?)?|\[(?:\?[0-9;]{0,80}|6(?:;[0-9;]{0,11})?)?)?\Z"
)


@dataclass(slots=True)
class Answers:
    """What a terminal has said so far; numbers are pixels, 0 where it did not say."""

    ended: bool = False
    kitty: bool = False
    who: str = ""
    sixel: bool = False
    cell: tuple[int, int] = (0, 0)  # width, height
    colours: int = 0
    size: tuple[int, int] = (0, 0)  # width, height of the largest picture
    held: str = ""

    def hear(self, typed: str) -> str:
        """Take the answers out of what has come; return the rest, but for what may be a beginning of one."""
        typed, self.held = self.held + typed, ""
        rest = _ANSWER.sub(self._take, typed)
        if not self.ended and (begun := _BEGUN.search(rest)):
            rest, self.held = rest[: begun.start()], begun[0]
        return rest

    def let_go(self) -> str:
        """Return what was taken for a beginning and was none: an Esc that was typed."""
        held, self.held = self.held, ""
        return held

    def _take(self, answer: re.Match[str]) -> str:
        kind, said = answer.lastgroup, answer[answer.lastgroup or 0]
        if kind == "kitty":
            self.kitty = self.kitty or said.endswith(";OK")
        elif kind == "who":
            self.who = said
        elif kind == "end":
            self.ended, self.sixel = True, "4" in said.split(";")[1:]
        elif kind == "cell":
            height, width = map(int, said.split(";"))
            self.cell = (width, height)
        elif kind == "colours":
            self.colours = int(said)
        elif kind == "size":
            width, height = map(int, said.split(";"))
            self.size = (width, height)
        return ""

    def way(self, wanted: str) -> str:
        """Return how to draw: `wanted` if the terminal answers for it, or the best of what it can."""
        if self.kitty and (wanted == "kitty" or (wanted == "auto" and self._places())):
            return "kitty"
        if self.sixel and wanted in ("sixel", "auto"):
            return "sixel"
        return "blocks"

    def _places(self) -> bool:
        named = _NAMED.match(self.who.lower())
        return named is not None and (int(named[2]), int(named[3])) >= PLACING.get(named[1], (math.inf,))


def question(env: Mapping[str, str]) -> str:
    """Return what to ask a terminal that describes itself so; nothing where no picture can be."""
    term = env.get("TERM", "")
    if term in BLIND or env.get("TERM_PROGRAM") == "Apple_Terminal":
        return ""
    inside = env.get("TMUX") or env.get("STY") or term.startswith(("screen", "tmux"))
    return INSIDE if inside else FIRST
