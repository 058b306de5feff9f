"""Plain text to the HTML that `reader.document` draws: paragraphs, and the few marks that people type.

Nothing in the text is markup: all of it is escaped. What looks like a list, a heading, a quotation, a rule or
an indented block becomes one; lines that a mail program or an editor wrapped become one paragraph again.
"""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

UNWRAPPED = 160  # characters: where lines are longer nothing was wrapped, every line is a paragraph
MARGIN_LEAST = 40  # characters: below this a line is short on purpose (verse, an address)

MARKS_MAX = 200  # characters of a line that can be a rule or a heading

_BULLET = re.compile(r"^\s{0,8}[-*•·▪‣◦]\s+(?=\S)")
_NUMBER = re.compile(r"^\s{0,8}(\d{1,3})[.)]\s+(?=\S)")
_HEADING = re.compile(r"^(#{1,6})\s+(\S.*)$")
_RULE = re.compile(r"^\s{0,3}([-*_=~])(?:\s?\1){2,}$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s*)+")
_SENTENCE_END = (".", "!", "?", "…", ":", "”", "»", "。", "！", "？", "។")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def render(lines: Sequence[str]) -> str:
    """Return the HTML of plain text."""
    spaced = any(not line.strip() for line in lines)
    blocks = (list(block) for filled, block in groupby(lines, lambda line: bool(line.strip())) if filled)
    return "\n".join(part for block in blocks for part in _block(block, spaced=spaced))


def unwrapped(block: Sequence[str], *, spaced: bool = True) -> list[str]:
    """Return the lines of a block as they were before a program wrapped them.

    Where no blank lines space paragraphs out, a line that ends with a sentence ends its paragraph too.
    """
    margin = max(map(len, block))
    joined = [block[0].strip()]
    for above, line in pairwise(block):
        first = line.split(maxsplit=1)[0]
        filled = len(above.rstrip()) + 1 + len(first) > margin and MARGIN_LEAST <= margin <= UNWRAPPED
        filled = filled and (spaced or not above.rstrip().endswith(_SENTENCE_END))
        indented = line[0] in " \t\u3000" and above[0] not in " \t\u3000"
        if filled and not indented:
            joined[-1] += ("" if _wide(joined[-1][-1]) and _wide(first[0]) else " ") + line.strip()
        else:
            joined.append(line.strip())
    return joined


def escape(text: str) -> str:
    """Return text as HTML, its web addresses as links."""
    parts, end = list[str](), 0
    for match in _ADDRESS.finditer(text):
        url = _unclosed(match[0])
        parts.append(html.escape(text[end : match.start()], quote=False))
        parts.append(f'<a href="{html.escape(url)}">{html.escape(url, quote=False)}</a>')
        end = match.start() + len(url)
    parts.append(html.escape(text[end:], quote=False))
    return "".join(parts)


def _unclosed(url: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    url = url.rstrip(".,;:!?'’”»")
    if url.endswith((")", "]", "}")) and url.count("(") < url.count(")"):
        url = url.rstrip(")]}").rstrip(".,;:!?'’”»")
    return url


def _block(block: list[str], *, spaced: bool) -> Iterator[str]:
    if len(block) > 1 and all(line.startswith(("    ", "\t")) for line in block):
        text = "\n".join(block)
        yield f"<pre>{html.escape(textwrap.dedent(text), quote=False)}</pre>"
        return
    for kind, lines in groupby(_kinds(block), lambda pair: pair[0]):
        yield _RENDER["lines" if kind == "text" and not spaced else kind]([line for _, line in lines])


def _kinds(block: list[str]) -> list[tuple[str, str]]:
    """Return each line with what it is."""
    numbers = [int(match[1]) for line in block if (match := _NUMBER.match(line))]
    counted = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
    kinds = list[tuple[str, str]]()
    for line in block:
        kind = _kind(line, counted=counted)
        above = kinds[-1][0] if kinds else ""
        if kind == "rule" and above == "text" and line.strip()[0] in "=-" and len(kinds[-1][1]) <= MARKS_MAX:
            kinds[-1] = ("heading", f"## {kinds[-1][1].strip()}")
        elif kind == "text" and above in {"bullet", "number"} and line[0] in " \t":
            kinds[-1] = (above, f"{kinds[-1][1].rstrip()} {line.strip()}")
        else:
            kinds.append((kind, line))
    return kinds


def _kind(line: str, *, counted: bool) -> str:
    short = len(line) <= MARKS_MAX
    if short and _RULE.match(line):
        return "rule"
    if short and _HEADING.match(line):
        return "heading"
    if _QUOTE.match(line):
        return "quote"
    if _BULLET.match(line):
        return "bullet"
    return "number" if counted and _NUMBER.match(line) else "text"


def _text(lines: list[str]) -> str:
    """Return a block between blank lines: a paragraph, its short lines kept apart."""
    if max(map(len, lines)) > UNWRAPPED:
        return _lines(lines)
    return f"<p>{'<br>'.join(map(escape, unwrapped(lines)))}</p>"


def _lines(lines: list[str]) -> str:
    """Return lines of a text without blank ones: each that was not wrapped is a paragraph."""
    return "\n".join(f"<p>{escape(line)}</p>" for line in unwrapped(lines, spaced=False))


def _quote(lines: list[str]) -> str:
    return f"<blockquote>{render([_QUOTE.sub('', line) for line in lines])}</blockquote>"


def _bullets(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(_BULLET.sub('', line).strip())}</li>" for line in lines) + "</ul>"


def _numbers(lines: list[str]) -> str:
    first = _NUMBER.match(lines[0])
    items = "".join(f"<li>{escape(_NUMBER.sub('', line).strip())}</li>" for line in lines)
    return f'<ol start="{int(first[1]) if first else 1}">{items}</ol>'


def _heading(lines: list[str]) -> str:
    found = [(len(line) - len(line.lstrip("#")), line.strip("# \t")) for line in lines]
    return "".join(f"<h{max(level, 2)}>{escape(text)}</h{max(level, 2)}>" for level, text in found)


def _wide(char: str) -> bool:
    """Tell whether a character belongs to a script that is written without spaces, in full-width cells."""
    return unicodedata.east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"


_RENDER: dict[str, Callable[[list[str]], str]] = {
    "text": _text,
    "lines": _lines,
    "quote": _quote,
    "bullet": _bullets,
    "number": _numbers,
    "heading": _heading,
    "rule": lambda lines: "<hr>" * len(lines),
}
