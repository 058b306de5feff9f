"""Hostile strings, and the rules for what reaches a terminal: written apart from the gate on purpose."""

import re
import time
import unicodedata

from hypothesis import strategies as st

HOSTILE = [
    "\x1b", "\x1b]", "\x1b]0;", "\x1b[", "\x1b[3", "\x1bP", "\x1b_", "\x1b\\", "\x07", "\x9b", "\x9d",
    "\x9c", "\x90", "\x00",
    "\r", "\r\n", "\n", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\u200b", "\u200d",
    "\u200e", "\u202e", "\u2066",
    "\u206a", "\u061c", "\ufeff", "\ufffa", "\ufe0f", "\U000e0067", "\U000e007f", "\U000e0100",
    "\U0001f3f4", "\ud83d", "\udc00",
    "\ufdd0", "\uffff", "\U0010ffff", "\u0301", "\u093f", "\u20e3", "\u3164", "\u2800", "\xa0",
    "\xad", " ", "  ", "a", "क", "❤", "1",
    "m", "c", ";", "[/b]", "<b>", "&amp;",
]  # fmt: skip
anything = st.one_of(st.text(), st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join))

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u206f\u2028\u2029\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ud800-\udfff\U000e0100-\U000e01ef]"
)
SMUGGLED = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]")
LONG_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{9}")


def longest_pile(value: str) -> int:
    longest = run = 0
    for char in value:
        run = run + 1 if unicodedata.category(char)[0] == "M" and not "\ufe00" <= char <= "\ufe0f" else 0
        longest = max(longest, run)
    return longest


def is_safe(value: str) -> bool:
    noncharacter = any(ord(char) & 0xFFFE == 0xFFFE for char in value)
    found = FORBIDDEN.search(value) or SMUGGLED.search(value) or LONG_FLAG.search(value)
    return not found and not noncharacter and longest_pile(value) <= 8


def cpu(call, value) -> float:
    """Return the CPU seconds of the quickest of three calls."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        call(value)
        taken.append(time.process_time() - start)
    return min(taken)
