"""What may reach a terminal: an allow-list of bytes, written apart from the product on purpose.

A `Wire` is fed what a program writes, in pieces as they come. Whatever is not on the list is an offence, said
with its place and what stands around it. It knows nothing of how newsread or Textual make their output: text
is what is left when the few sequences below are taken out, and of text all controls, overrides of direction,
tag characters and piles of marks are offences.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from tests.hostile import FORBIDDEN, is_safe

_NONE = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_TEXT = f"[^{FORBIDDEN.pattern[1:-1]}{_NONE}\n\t]++"  # a tab moves the cursor by an unknown width
_END = "(?:\x07|\x1b\\\\)"
MODES = ("7", "25", "1000", "1003", "1004", "1006", "1015", "1016", "1049", "2004", "2026", "2048")
"""Wrapping, cursor, mouse, focus, the other screen, bracketed paste, painting at once, size reports."""
ADDRESS = re.compile(
    r"https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?"
    r"/[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=%]*"
)
ADDRESS_MAX = 4096

_DESK = (
    _TEXT,
    "\r*\n",
    "\x1b\\[[0-9;]*m",  # colours
    "\x1b\\[[0-9]{1,4};[0-9]{1,4}H",  # the cursor's place
    f"\x1b\\[\\?(?:{'|'.join(MODES)})[hl]",
    "\x1b\\[\\?(?:2026|2048)\\$p",  # asks what the terminal can do
    "\x1b\\[>[0-9]{1,2}u",
    "\x1b\\[<u",  # keys told in full, and no longer
    f"\x1b\\]22;[a-z-]{{1,20}}{_END}",  # the mouse's shape
    f"(?P<link>\x1b\\]8;(?:id=[0-9-]{{1,40}})?;[!-~]*{_END})",
    f"(?P<copied>\x1b\\]52;c;[A-Za-z0-9+/]*={{0,2}}{_END})",
)
_ASKED = (  # what a terminal can draw, once a picture is wanted
    "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\\",
    "\x1b\\[>q",
    "\x1b\\[16t",
    "\x1b\\[c",
)
_NUMBER = "(?:[6-9][0-9]|10[01])"  # which pictures are newsread's
_CHUNK = "[A-Za-z0-9+/]{1,4096}={0,2}"
GRAPHICS = {
    "": (),
    "asked": _ASKED,
    "kitty": (
        *_ASKED,
        f"\x1b_Ga=t,f=100,t=d,i={_NUMBER},q=2,m=[01];iVBORw0KGgo{_CHUNK}\x1b\\\\",  # how a PNG begins
        f"\x1b_Gm=[01];{_CHUNK}\x1b\\\\",
        f"\x1b_Ga=p,U=1,i={_NUMBER},p=1,c=[1-9][0-9]?,r=[1-9][0-9]?,q=2\x1b\\\\",
        f"\x1b_Ga=d,d=I,i={_NUMBER},q=2\x1b\\\\",
    ),
    "sixel": (
        *_ASKED,
        "\x1b\\[\\?[12];1;0S",
        '\x1bP0;1;0q"1;1;[0-9]{1,4};[0-9]{1,4}(?:#[0-9]{1,3}(?:;2(?:;[0-9]{1,3}){3})?|![0-9]{1,4}|[?-~$-])*+\x1b\\\\',
    ),
}
"""What more may be written for pictures: nothing, the question, or what a terminal has answered for."""
_LINES = (_TEXT, "[\n\t]", "\r\n")
_PROGRESS = ("\r", "\x1b\\[(?:2|1)?K", "\x1b\\[[0-9;]*m", "\x1b\\[1A", "\x1b\\[\\?25[hl]")

_SEQUENCE = re.compile("\x1b\\[[0-9;]*m")
_RUN = re.compile("[^\x00-\u02ff]{9,}")
_SPECIAL = re.compile("\U0001f3f4?[\U000e0000-\U000e0fff]+")
_LINK = re.compile(f"\x1b\\]8;[^;]*;([!-~]*?){_END}")
_COPIED = re.compile(f"\x1b\\]52;c;([^\x07\x1b]*){_END}")
_UNFINISHED = 16_384  # bytes of a sequence that may still be on its way: a link with its longest address


@dataclass
class Wire:
    """A stream under watch: `desk` is the full screen, else lines of a command, with `progress` its bar."""

    desk: bool = True
    progress: bool = False
    graphics: str = ""  # a key of GRAPHICS
    read: int = 0  # bytes
    links: set[str] = field(default_factory=set)
    copied: list[str] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)
    _held: bytes = b""

    def __post_init__(self) -> None:
        tokens = _DESK + GRAPHICS[self.graphics] if self.desk else _LINES + _PROGRESS * self.progress
        pattern = "|".join(re.sub(r"\?P<\w+>", "?:", token) for token in tokens)
        self._allowed = re.compile(f"(?:{pattern})*+")

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Look at the next bytes; what may be the beginning of a sequence is kept for the next time."""
        self.read += len(data)
        whole, self._held = self._held + data, b""
        text = self._decoded(whole, last=last)
        at = 0
        while at < len(text):
            at = self._stretch(text, at)
            if at == len(text):
                break
            rest = text[at:]
            if not last and rest[0] in "\x1b\r" and len(rest) < _UNFINISHED:
                self._held = rest.encode() + self._held
                return
            self._offend(text, at)
            at += 1

    def _decoded(self, whole: bytes, *, last: bool) -> str:
        try:
            return whole.decode()
        except UnicodeDecodeError as error:
            if not last and error.start >= len(whole) - 3:
                self._held = whole[error.start :]
                return whole[: error.start].decode()
            self.offences.append(f"no UTF-8: {whole[max(error.start - 40, 0) : error.end + 40]!r}")
            return whole.decode("utf-8", "replace")

    def _stretch(self, text: str, at: int) -> int:
        """Read on as far as all is allowed."""
        found = self._allowed.match(text, at)
        assert found is not None
        stretch = found[0]
        for run in _RUN.findall(_SEQUENCE.sub("", stretch)):
            if not is_safe(run):
                self.offences.append(f"a pile of marks: {run[:40]!a}")
        for run in _SPECIAL.findall(stretch):
            if not is_safe(run):
                self.offences.append(f"tag characters: {run[:40]!a}")
        for address in _LINK.findall(stretch):
            self._link(address)
        for body in _COPIED.findall(stretch):
            self._copy(body)
        return found.end()

    def _link(self, address: str) -> None:
        if address:
            self.links.add(address)
            if not canonical(address):
                self.offences.append(f"a link that leads elsewhere: {address[:200]!a}")

    def _copy(self, body: str) -> None:
        try:
            text = base64.b64decode(body, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            self.offences.append(f"a copy that is none: {body[:80]!a}")
            return
        self.copied.append(text)
        if not is_safe(text):
            self.offences.append(f"a copy of what is unsafe: {text[:80]!a}")

    def _offend(self, text: str, at: int) -> None:
        if len(self.offences) < 50:
            self.offences.append(f"at {at}: {text[at : at + 12]!a} in {text[max(at - 60, 0) : at + 60]!a}")


def canonical(address: str) -> bool:
    """Return whether an address is one that a browser may be given."""
    return len(address) <= ADDRESS_MAX and ADDRESS.fullmatch(address) is not None


def offences(data: bytes, *, desk: bool = False, progress: bool = False, graphics: str = "") -> list[str]:
    """Return what must not be in a whole output."""
    wire = Wire(desk=desk, progress=progress, graphics=graphics)
    wire.feed(data, last=True)
    return wire.offences
