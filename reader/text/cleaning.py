"""The rules of the gate for text, one by one, for text that needs them.

Escape and C1 sequences go whole, other controls, bidirectional overrides and tag characters singly;
surrogates and non-characters become U+FFFD; at most eight combining marks follow each other. Joiners, word
breaks (Khmer, Thai, Burmese), direction marks and emoji variants stay.
"""

from __future__ import annotations

import re
import unicodedata

MARKS_MAX = 8  # combining marks in a row: Tibetan and Hebrew need up to five
FLAG_TAGS_MAX = 8  # tag characters behind a black flag: "gbeng" and the end take six
SEQUENCE_MAX = 4096  # characters of a terminal sequence's body

_BODY = rf"[^\x07\x18\x1a\x1b\x80-\x9f]{{0,{SEQUENCE_MAX}}}+"
_BODY_BEL = rf"[^\x18\x1a\x1b\x80-\x9f]{{0,{SEQUENCE_MAX}}}+"
_PARAMETERS = rf"[0-?]{{0,{SEQUENCE_MAX}}}+[ -/]{{0,{SEQUENCE_MAX}}}+[@-~]"
# A body never holds what opens a sequence, so that each character is scanned for one sequence only.
_SEQUENCE = re.compile(
    rf"(?:\x1b\]|\x9d){_BODY}(?:\x07|\x1b\\|\x9c)"  # OSC
    rf"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]){_BODY_BEL}(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    rf"|(?:\x1b\[|\x9b){_PARAMETERS}"  # CSI
    rf"|\x1b[ -/]{{1,{SEQUENCE_MAX}}}+[0-~]"  # ESC ( B
    r"|\x1b[0-OQ-WYZ\\`-~]"  # ESC c
)
_OPENING = re.compile("[\x1b\x90\x98\x9b\x9d-\x9f]")
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_REMOVED = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
_REPLACED = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
_SPECIALS = "\U000e0000-\U000e0fff"  # tag characters, variation selectors 17 to 256, and unassigned ones
_VARIANTS = "\ufe00-\ufe0f"
_SUSPECT = re.compile(f"[{_REMOVED}\u2028\u2029{_VARIANTS}{_SPECIALS}{_REPLACED}]")
_REMOVE = re.compile(f"[{_REMOVED}]+")
_REPLACE = re.compile(f"[{_REPLACED}]")
_SPECIAL = re.compile(f"(\U0001f3f4[\U000e0020-\U000e007f]{{1,{FLAG_TAGS_MAX}}}+)|[{_SPECIALS}]+")
_VARIANT = re.compile(f"[{_VARIANTS}]")
_PILE = re.compile(rf"[^\w\s\x00-\u02ff]{{{MARKS_MAX + 1},}}+")  # marks are no word characters
JOINERS = "\u200c\u200d"

_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u2800\u3164\uffa0"
    + _VARIANTS
)
_VISIBLE = re.compile(rf"[^\s{_INVISIBLE}]")
_PADDING = re.compile(rf"\s++(?:[{_INVISIBLE}]++(?:\s++|$))+")  # what newsletters fill a preview with


def clean(text: str) -> str:
    """Return `text` by the rules for long text."""
    if _SUSPECT.search(text):
        if _OPENING.search(text):
            text = _SEQUENCE.sub("", text)
        text = _NEWLINE.sub("\n", text)
        text = _REMOVE.sub("", text)
        text = _REPLACE.sub("\ufffd", text)
        text = _SPECIAL.sub(r"\1", text)
        text = _VARIANT.sub(_keep_after_base, text)
    return _PILE.sub(_unpile, text)


def line(text: str) -> str:
    """Return `text` by the rules for one line: white space folded, "" when nothing of it is visible."""
    text = " ".join(clean(text).split())
    return _PADDING.sub(" ", text).rstrip() if visible(text) else ""


def visible(text: str) -> bool:
    """Return whether `text` holds anything to see."""
    return bool(_VISIBLE.search(text))


def cut(text: str, limit: int) -> str:
    """Shorten to `limit` characters with an ellipsis, never inside a character and its marks."""
    if len(text) <= limit:
        return text
    end = max(limit - 1, 0)
    stop = max(end - 4 * MARKS_MAX, 0)
    while end > stop and (_joined(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return (text[:end].rstrip() + "…")[:limit]


def _joined(char: str) -> bool:
    """Return whether `char` belongs to the character before it: mark, joiner, skin tone, flag's tag."""
    if char in JOINERS or "\U0001f3fb" <= char <= "\U0001f3ff" or char >= "\U000e0020":
        return True
    return unicodedata.category(char)[0] == "M"


def _keep_after_base(match: re.Match[str]) -> str:
    """Keep a variation selector that follows a letter, digit or symbol; drop any other."""
    before = match.string[match.start() - 1] if match.start() else " "
    return match[0] if before.isalnum() or unicodedata.category(before)[0] in "PS" else ""


def _unpile(match: re.Match[str]) -> str:
    """Keep the first marks of each pile; joiners between marks do not start a new one."""
    kept: list[str] = []
    count = 0
    for char in match[0]:
        if "\ufe00" <= char <= "\ufe0f":
            kept.append(char)
        elif char in JOINERS or unicodedata.category(char)[0] == "M":
            count += 1
            if count <= MARKS_MAX:
                kept.append(char)
        else:
            count = 0
            kept.append(char)
    return "".join(kept)
