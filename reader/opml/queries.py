"""newsboat's query feeds: what each would be as a command, where there is a counterpart. Pure."""

from __future__ import annotations

import re
import shlex

from reader import text

_TERM = re.compile(
    r"\s*(?P<name>[a-z_]{1,32})\s*(?P<sign>=~|!~|!=|==|<=|>=|!#|between\b|[=#<>])"
    r'\s*(?:"(?P<value>(?:[^"\\]|\\.)*+)"|(?P<bare>[\d:]{1,20}))\s*(?P<end>and\b|\Z)',
    re.IGNORECASE,
)
_OPTIONS = {  # attribute and sign: the option, with the value where it takes one
    ("tags", "#"): "--topic",
    ("title", "=~"): "--search",
    ("content", "=~"): "--search",
    ("feedtitle", "=~"): "--feed",
    ("feedtitle", "="): "--feed",
    ("rssurl", "=~"): "--feed",
    ("rssurl", "="): "--feed",
    ("feedlink", "=~"): "--feed",
}
_PLAIN = re.compile(r"[^\\^$.*+?()\[\]{}|\"]{1,100}")  # a pattern that is just a word


def reason(query: str) -> str:
    """Return why a query feed (`NAME:FILTER`) was not taken over, and what it would be."""
    _, _, condition = query.partition(":")
    command = translated(condition)
    if command:
        return f"it is a query over other feeds; here it is a command: `{command}`"
    return "it is a query over other feeds, and no option of `newsread list` asks for the same"


def translated(condition: str) -> str:
    """Return the `newsread list` command that asks for the same as a filter, "" where there is none."""
    options: list[str] = []
    at, end = 0, "and"
    while end:
        match = _TERM.match(condition, at)
        option = _option(match) if match else []
        if not match or not option or option[0] in options:
            return ""
        options += option
        at, end = match.end(), match["end"]
    return shlex.join(["newsread", "list", *options])


def _option(match: re.Match[str]) -> list[str]:
    """Return one condition as an option, [] where there is none."""
    name, sign = match["name"].lower(), match["sign"].lower().replace("==", "=")
    value = match["bare"] if match["value"] is None else match["value"]
    if (name, sign) in {("unread", "="), ("unread", "!=")}:
        return ["--unread"] if (value == "yes") == (sign == "=") else []
    if name == "flags" and sign in ("#", "=~"):
        return ["--starred"]  # every flag becomes a star
    if name == "age":
        return _age(sign, value)
    option = _OPTIONS.get((name, sign), "")
    shown = text.one_line(value, 100)
    return [option, shown] if option and _PLAIN.fullmatch(value) and shown == value else []


def _age(sign: str, value: str) -> list[str]:
    """Return newsboat's age in days as `--since`: an article of today has age 0."""
    days = value.removeprefix("0:") if sign == "between" and value.startswith("0:") else value
    if not days.isdecimal() or len(days) > 4 or sign not in ("<", "<=", "between"):
        return []
    if sign == "between" and not value.startswith("0:"):
        return []
    return ["--since", f"{int(days) + (sign != '<')}d"]
