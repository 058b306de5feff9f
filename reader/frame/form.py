"""A frame's text: a head that says when it is true, the styles, the lines as runs. Pure.

A file can be tampered with, so that what is drawn is built anew from its runs: a style is nothing but digits,
semicolons and colons between `ESC [` and `m`, a text nothing but characters that print.
"""

from __future__ import annotations

TYPE_CHECKING = False  # the real one costs more than the frame
if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = "newsread frame 2"
RUN, PART = "\x1e", "\x1f"  # between the runs of a line; between the parts of a run or of the head
LONGEST = 512 * 1024  # bytes of a file: 300 columns by 100 lines, each cell another style, take 400 kB
ROWS, STYLES = 1_000, 4_096
PARAMETERS = 64  # characters of a style

Run = tuple[str, str]
"""A style's parameters ("1;38;2;1;2;3") and a text."""

_UNPRINTED = dict.fromkeys(
    [
        0xA0,  # white space beside U+0020
        *range(0x2000, 0x200B),
        0x202F,
        0x205F,
        0x3000,
        0xAD,  # what the gate leaves in a text though it does not print
        *range(0x200B, 0x2010),
        0x2060,
        *range(0xE0061, 0xE0080),
    ]
)


class Frame:
    """What was painted, and what it was true for."""

    __slots__ = ("facts", "place", "rows", "stamps")

    def __init__(
        self,
        facts: Sequence[str],
        stamps: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[Run]],
        place: int = 0,
    ) -> None:
        self.facts = list(facts)  # of the terminal, the words and the environment: see `matching`
        self.stamps = list(stamps)  # (path, its stamp) of the files that it shows
        self.rows = rows
        self.place = place  # how many lines of the list had been scrolled past


def encoded(frame: Frame) -> str:
    """Return a frame as the text of its file. Raises ValueError where it could not be read again."""
    styles: dict[str, int] = {}
    lines = [
        RUN.join(f"{styles.setdefault(style, len(styles))}{PART}{text}" for style, text in row)
        for row in frame.rows
    ]
    stamps = RUN.join(f"{path}{PART}{stamp}" for path, stamp in frame.stamps)
    text = "\n".join([FORMAT, str(frame.place), PART.join(frame.facts), stamps, PART.join(styles), *lines])
    read = decoded(text)
    if read is None or read.facts != frame.facts or read.stamps != frame.stamps:
        raise ValueError("this frame could not be read again")
    return text


def decoded(text: str) -> Frame | None:
    """Return the frame of a file's text; None unless it is whole and harmless."""
    lines = text.split("\n")
    if len(lines) < 6 or lines[0] != FORMAT or len(lines) > ROWS:  # the head and one line
        return None
    styles = lines[4].split(PART)
    if len(styles) > STYLES or not all(map(_is_style, styles)):
        return None
    try:
        stamps = [_pair(stamp) for stamp in lines[3].split(RUN)]
        rows = [[_run(run, styles) for run in line.split(RUN)] for line in lines[5:]]
        place = _number(lines[1])
    except (ValueError, IndexError):
        return None
    if not is_printed("".join([text for row in rows for _, text in row])):
        return None
    return Frame(lines[2].split(PART), stamps, rows, place)


def is_printed(text: str) -> bool:
    """Tell whether a text holds nothing that a terminal could take for anything but text."""
    return text.translate(_UNPRINTED).isprintable()


def sequences(rows: Sequence[Sequence[Run]]) -> str:
    """Return what paints the lines, each from the first column on."""
    painted = []
    for number, row in enumerate(rows, 1):
        runs = "".join([f"\x1b[{style}m{text}\x1b[0m" if style else text for style, text in row])
        painted.append(f"\x1b[{number};1H{runs}")
    return "".join(painted)


def _is_style(style: str) -> bool:
    return len(style) <= PARAMETERS and not style.strip("0123456789;:")


def _run(run: str, styles: Sequence[str]) -> Run:
    number, text = _pair(run)
    return styles[_number(number)], text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    first, second = text.split(PART)  # a ValueError where there are more or fewer
    return first, second
