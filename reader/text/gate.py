"""The gate for text: nothing that it lets through moves the cursor, hides, reorders or piles up.

Honest text is recognised and handed through; everything else takes the long way (`reader.text.cleaning`),
which is loaded when it is first needed. Every gate is idempotent and linear.
"""

from __future__ import annotations

import re

TITLE_MAX = 1024  # characters: the longest honest headlines stay below 300
AUTHOR_MAX = 256  # characters: room for a list of authors
CATEGORY_MAX = 64  # characters: it is a chip on the screen, not a sentence
CATEGORIES_MAX = 50  # for an entry: some sites repeat every keyword
ENCLOSURES_MAX = 20  # for an entry
GUID_MAX = 512  # characters; a longer one is kept as its digest
ONE_LINE_READ = 65_536  # characters looked at for a one-line field: the rest would be cut off anyway
UNTITLED = "(untitled)"

_FILLERS = " \u115f\u1160\u3164\uffa0"  # letters by category that show nothing

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_CAREFUL = (
    "[^\t\n\x20-\x7e\xa0-\u02ff\u0370-\u0482\u048a-\u052f\u2000-\u200a\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    "\u2100-\u2bff\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff65\U0001f300-\U0001faff]"
)
"""All but letters, punctuation and symbols of many scripts that no rule touches: quickly found out. Compiled
when it is first needed: so wide a set takes 2 ms, which a launch need not wait for."""
# In printable text only marks and emoji variants need a look; letters and usual punctuation never do.
_ODD = re.compile("[^\\w\\s\x20-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u3001-\u3029\uff01-\uff65]")


def one_line(text: str, limit: int = TITLE_MAX) -> str:
    """Return `text` as one safe line of at most `limit` characters; "" when nothing of it is visible."""
    if len(text) > ONE_LINE_READ:
        text = text[:ONE_LINE_READ]
    if text.isprintable() and (text.isascii() or (not _ODD.search(text) and text.strip(_FILLERS))):
        if "  " in text or text[:1] == " " or text[-1:] == " ":
            text = " ".join(text.split())
        if len(text) <= limit:
            return text
    from reader.text.cleaning import cut, line

    return cut(line(text), limit)


def title(text: str) -> str:
    """Return `text` as a headline: one safe line, "(untitled)" when there is nothing to see."""
    return one_line(text) or UNTITLED


def plain(text: str) -> str:
    """Return `text` safe for many lines: line feeds and tabs stay, all line ends are line feeds."""
    if text.isascii():
        if not _CONTROL.search(text):
            return text
    elif not re.search(_CAREFUL, text):
        return text
    else:
        lines = text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ")  # not printable, and safe
        if lines.isprintable() and not _ODD.search(lines):
            return text
    from reader.text.cleaning import clean

    return clean(text)


def blank(text: str) -> bool:
    """Return whether `text` shows nothing: empty, white space, invisible characters."""
    if text.isascii():
        return not text or text.isspace()
    from reader.text.cleaning import visible

    return not visible(text)


def from_html(text: str) -> str:
    """Return a one-line field that may hold HTML as `one_line` text.

    Tags of known elements go, so that `<b>Bold</b>` is Bold and `List<String>` stays; references are decoded
    once, so that `&amp;lt;` is `&lt;`.
    """
    if "<" in text or "&" in text:
        from reader.text.tags import untag

        text = untag(text[:ONE_LINE_READ])
    return one_line(text)
