"""Notices outside the desk: by the desktop, by the terminal, by a bell. Their words have passed the gate."""

from __future__ import annotations

import html
import subprocess
from collections.abc import Sequence

from reader.model import Headline
from reader.text import NewsreadError, one_line

DESKTOP = ("notify-send", "--app-name=newsread")
TITLE_MAX, BODY_MAX = 100, 200  # characters: what notices have room for


class NoticeError(NewsreadError):
    """The notice was not given; says why."""


def words(found: Sequence[Headline]) -> tuple[str, str]:
    """Return title and text of a notice about new articles, the first of them named."""
    title = "newsread: 1 new article" if len(found) == 1 else f"newsread: {len(found):,} new articles"
    first = f"{found[0].title} ({found[0].source})"
    more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
    return one_line(title, TITLE_MAX), one_line(first, BODY_MAX - len(more)) + more


def sequence(how: str, title: str, body: str) -> str:
    """Return what makes a terminal give a notice, "" where `how` is none of its ways.

    A text never begins with a digit here (that would be progress to some), and holds no separator.
    """
    if how == "bell":
        return "\a"
    if how == "osc9":
        return f"\x1b]9;{title}: {body}\x1b\\"
    if how == "osc777":
        return f"\x1b]777;notify;{title.replace(';', ',')};{body.replace(';', ',')}\x1b\\"
    if how == "osc99":
        return f"\x1b]99;i=newsread:d=0;{title}\x1b\\\x1b]99;i=newsread:p=body;{body}\x1b\\"
    return ""


def to_desktop(title: str, body: str, command: Sequence[str] = ()) -> None:
    """Give a notice through the desktop's own command, or another one. Raises NoticeError.

    The words are arguments behind `--`; the desktop reads them as markup, so that theirs is escaped.
    """
    run = tuple(command) or DESKTOP
    try:
        subprocess.Popen(
            [*run, "--", title, html.escape(body, quote=False)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise NoticeError(
            f"no notice: {run[0]} does not start ({reason}); see [notify] in the config"
        ) from error
