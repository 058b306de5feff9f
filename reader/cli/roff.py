"""The manual as sections, and those as roff for `man` or as plain text. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from reader.cli.described import Argument, Described
from reader.cli.output import JSON_SCHEMA
from reader.records import dataclass
from reader.tui.keys import Key, shown

WIDTH = 78  # characters of a line of the plain text
COMMON = frozenset({"--help", "--library", "--config", "--json"})  # told once for all commands


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph; with a term, what the term means. `depth`: how far it is within another one."""

    text: str
    term: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    entries: tuple[Entry, ...]


def manual(commands: Sequence[Described], keys: Iterable[Key]) -> tuple[Section, ...]:
    """Return the manual."""
    desk, *named = commands
    return (
        Section("NAME", (Entry("newsread - a news reader for the terminal"),)),
        Section("SYNOPSIS", (Entry(synopsis(desk)), Entry("newsread COMMAND [OPTION ...] [WORD ...]"))),
        Section("DESCRIPTION", tuple(Entry(" ".join(text.split())) for text in _ABOUT.split("\n\n"))),
        Section("OPTIONS", tuple(_option(one) for one in desk.options)),
        Section("COMMANDS", tuple(entry for one in named for entry in _command(one))),
        *_keys(keys),
        Section("EXIT STATUS", tuple(Entry(text, term) for term, text in _CODES)),
        Section("ENVIRONMENT", tuple(Entry(text, term) for term, text in _VARIABLES)),
        Section("FILES", tuple(Entry(text, term) for term, text in _FILES)),
    )


def synopsis(command: Described) -> str:
    """Return how a command is written."""
    own = any(COMMON.isdisjoint(one.names) for one in command.options)
    parts = ["newsread", *[command.name] * bool(command.name), *["[OPTION ...]"] * own]
    for word in command.words:
        text = word.value + " ..." * word.many
        parts.append(f"[{text}]" if word.optional else text)
    return " ".join(parts)


def _command(command: Described) -> list[Entry]:
    own = [one for one in command.options if COMMON.isdisjoint(one.names)]
    words = [Entry(_sentence(one.text), one.value, 1) for one in command.words if one.text]
    head = Entry(_sentence(command.text), synopsis(command))
    return [head, *words, *(_option(one, 1) for one in own)]


def _option(option: Argument, depth: int = 0) -> Entry:
    names = ", ".join(option.names) + f" {option.value}" * bool(option.value)
    return Entry(_sentence(option.text), names, depth)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "." if text else ""


def _keys(keys: Iterable[Key]) -> list[Section]:
    groups: dict[str, list[Entry]] = {}
    for key in keys:
        term = ", ".join(map(shown, key.keys))
        groups.setdefault(key.group, []).append(Entry(f"{_sentence(key.text)} ({key.action})", term))
    return [Section(f"KEYS: {group.upper()}", tuple(entries)) for group, entries in groups.items()]


def roff(sections: Iterable[Section], version: str) -> str:
    """Return the manual for `man`: ASCII, no date, so that the same program makes the same page."""
    lines = [f'.TH NEWSREAD 1 "" "newsread {_escaped(version)}" "User Commands"']
    for section in sections:
        lines.append(f'.SH "{_escaped(section.title)}"')
        depth = 0
        for entry in section.entries:
            if entry.depth != depth:
                lines.append(".RS" if entry.depth > depth else ".RE")
            depth = entry.depth
            lines += [".TP", rf"\fB{_escaped(entry.term)}\fR"] if entry.term else [".PP"]
            lines.append(_line(entry.text))
        lines += [".RE"] * depth
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """Return text as a line of its own: a dot or quote at its start would be a request."""
    escaped = _escaped(text)
    return rf"\&{escaped}" if escaped[:1] in {".", "'", ""} else escaped


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("`", "\\(ga")
    plain = plain.replace("'", "\\(aq").replace("~", "\\(ti").replace("^", "\\(ha")
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in plain)


def plain(sections: Iterable[Section]) -> str:
    """Return the manual as plain text, where there is no `man`."""
    lines: list[str] = []
    for section in sections:
        lines += [section.title, ""]
        for entry in section.entries:
            margin = " " * (4 + 4 * entry.depth)
            if entry.term:
                lines.append(margin + entry.term)
                margin += "    "
            lines += textwrap.wrap(entry.text, WIDTH, initial_indent=margin, subsequent_indent=margin)
            lines.append("")
    return "\n".join(lines)


_ABOUT = f"""\
newsread follows the feeds (RSS, Atom, JSON Feed) and local files that you subscribe to, and shows them on one
desk: a ticker, headlines, the article, and what else was written about it. Without a command it opens that
desk; with sources it reads these without subscribing.

Every command works while the desk is open. Data goes to standard output, words to standard error; in a pipe
there is one line for each article or feed, its fields parted by tabs. Every command that prints data takes
--json: one object a line (schema {JSON_SCHEMA}).

Every command takes --library PATH and --config PATH, and --help, which explains it.

FEED is a feed's number, its address, or a part of its title. A source that has the name of a command is
given as ./list.
"""
_CODES = (
    ("0", "All went well."),
    ("1", "It failed; standard error says why."),
    ("2", "The command line is not understood."),
    ("3", "It failed in part."),
    ("130", "It was interrupted."),
)
_VARIABLES = (
    ("NEWSREAD_CONFIG", "The config file."),
    ("NEWSREAD_LIBRARY", "The library."),
    ("NEWSREAD_DEBUG", "Anything: tracebacks of unexpected errors are printed."),
)
_FILES = (
    (
        "~/.config/newsread/config.toml",
        "The settings; `newsread config init` writes a file that explains them.",
    ),
    ("~/.local/share/newsread/library.db", "The library. `newsread paths` says where both are."),
)
