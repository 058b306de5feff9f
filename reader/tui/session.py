"""What the desk remembers from one time to the next: a small file, read with distrust, written whole.

Whatever is wrong with it, the desk begins as if it were not there, and says so once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reader.config.files import read_file, reason, write_file
from reader.model import View
from reader.records import dataclass
from reader.text import one_line

STATE_MAX = 256 * 1024  # bytes: a hundred times what a long one measures
LIBRARIES = 20  # of which the last session is remembered, the latest ones
WIDTHS = {"headlines": (15, 60), "related": (15, 45)}
"""Per cent of the desk that a pane may take, from and to."""
TEXT_MAX = 1_024  # characters of a query that is remembered
UNKEPT = frozenset({"keep", "since"})
"""Parts of a view that mean nothing later."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Session:
    """Where the reader was in one library."""

    view: View = field(default_factory=View)
    article: int = 0  # 0: none
    place: tuple[int, int] = (0, 0)  # in the article: a piece of it, and how far into that
    reading: bool = False  # the article had the keys


@dataclass(frozen=True, slots=True)
class State:
    """All that is remembered."""

    sessions: Mapping[str, Session] = field(default_factory=dict)  # by the library's path, the latest last
    widths: Mapping[str, int] = field(default_factory=dict)  # pane -> per cent, where the reader chose one
    theme: tuple[str, str] = ("", "")  # chosen in the picker, and the theme of the config it stands for
    problem: str = ""  # why the file was passed over, in words

    def colours(self, configured: str) -> str:
        """Return the theme to begin with: a choice holds until the config names another."""
        chosen, instead = self.theme
        return chosen if chosen and instead == configured else configured


def load(path: Path | None) -> State:
    """Return what was remembered; nothing where there is no file, or a bad one."""
    if path is None:
        return State()
    try:
        stated = json.loads(read_file(path, STATE_MAX))
    except FileNotFoundError:
        return State()
    except OSError as error:
        return State(problem=_passed(path, reason(error)))
    except (ValueError, RecursionError):
        stated = None
    if not isinstance(stated, dict):
        return State(problem=_passed(path, "it is damaged"))
    return _state(stated)


def save(path: Path, library: Path, session: Session | None, mine: State) -> None:
    """Write what is to be remembered; what was written of other libraries stays. Raises OSError."""
    sessions = dict(load(path).sessions)
    if session is not None:
        sessions.pop(str(library), None)
        sessions[str(library)] = session
    latest = dict(list(sessions.items())[-LIBRARIES:])
    stated = {
        "sessions": {name: _stated(each) for name, each in latest.items()},
        "widths": dict(mine.widths),
        "theme": list(mine.theme),
    }
    write_file(path, json.dumps(stated, ensure_ascii=True, indent=1).encode())


def with_width(state: State, pane: str, share: int) -> State:
    """Return the state with another width of a pane, kept within its bounds."""
    low, high = WIDTHS[pane]
    return replace(state, widths={**state.widths, pane: max(low, min(high, share))})


def _passed(path: Path, why: str) -> str:
    return one_line(f"{path} is passed over, {why}: the desk begins anew")


def _stated(session: Session) -> dict[str, Any]:
    view = {
        item.name: value
        for item in fields(View)
        if item.name not in UNKEPT and (value := getattr(session.view, item.name)) != item.default
    }
    return {
        "view": view,
        "article": session.article,
        "place": list(session.place),
        "reading": session.reading,
    }


def _state(stated: Mapping[str, Any]) -> State:
    theme = stated.get("theme")
    words = [one_line(word) for word in theme if isinstance(word, str)] if isinstance(theme, list) else []
    widths = _table(stated.get("widths"))
    return State(
        sessions={
            name: _session(each) for name, each in _table(stated.get("sessions")).items() if _table(each)
        },
        widths={
            pane: widths[pane]
            for pane, (low, high) in WIDTHS.items()
            if _whole(widths.get(pane)) and low <= widths[pane] <= high
        },
        theme=(words[0], words[1]) if len(words) == 2 else ("", ""),
    )


def _session(stated: Mapping[str, Any]) -> Session:
    article, place = stated.get("article"), stated.get("place")
    at = place if isinstance(place, list) and len(place) == 2 and all(map(_whole, place)) else (0, 0)
    return Session(
        view=_view(_table(stated.get("view"))),
        article=article if isinstance(article, int) and _whole(article) else 0,
        place=(at[0], at[1]),
        reading=stated.get("reading") is True,
    )


def _view(stated: Mapping[str, Any]) -> View:
    """Return the view with those parts that are of the right kind."""
    parts: dict[str, Any] = {}
    for item in fields(View):
        value = stated.get(item.name)
        if item.name in UNKEPT or value is None:
            continue
        if item.default is None:
            if _whole(value):
                parts[item.name] = value
        elif type(value) is type(item.default):
            parts[item.name] = one_line(value, TEXT_MAX) if isinstance(value, str) else value
    return View(**parts)


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else NOTHING


def _whole(value: object) -> bool:
    """Tell whether a value is a number that a library can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62
