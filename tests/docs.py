"""The parts of docs/ that the program itself knows: `python -m tests.docs` writes them anew.

A part stands between `<!-- made: NAME -->` and `<!-- end -->`; the rest of each page is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from reader.cli.described import Argument, Described, described
from reader.cli.roff import COMMON, synopsis
from reader.config.writing import default_toml
from reader.tui.keys import TABLES, shown

DOCS = Path(__file__).parents[1] / "docs"
_PART = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> list[Path]:
    """Return every page, the README among them; none where newsread is installed without them."""
    return [path for path in (DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))) if path.exists()]


def renewed(text: str) -> str:
    """Return a page with its made parts as the program has them now."""
    return _PART.sub(lambda part: f"{part[1]}\n{MADE[part[2]]()}\n{part[3]}", text)


def _keys() -> str:
    """Return the keys of the desk, a table for each group."""
    groups: dict[str, list[str]] = {}
    for key in (key for table in TABLES for key in table):
        names = " ".join(f"`{_cell(shown(name))}`" for name in key.keys)
        groups.setdefault(key.group, []).append(f"| {names} | {_cell(key.text)} | `{key.action}` |")
    parts = [
        f"### {group}\n\n| key | what it does | action |\n|---|---|---|\n" + "\n".join(lines) + "\n"
        for group, lines in groups.items()
    ]
    return "\n".join(parts)


def _settings() -> str:
    """Return the file that `newsread config init` writes."""
    return f"```toml\n{default_toml().rstrip()}\n```\n"


def _options() -> str:
    """Return every command with its words and options, the desk first."""
    return "\n".join("\n".join(_command(one)) for one in described())


def _command(command: Described) -> Iterator[str]:
    yield f"## {command.name or 'the desk'}\n\n`{synopsis(command)}`: {command.text}\n"
    own = [one for one in command.arguments if COMMON.isdisjoint(one.names)]
    told = [one for one in own if one.text]
    if told:
        yield "| | |\n|---|---|"
        yield from (f"| `{_cell(_written(one))}` | {_cell(one.text)} |" for one in told)
        yield ""


def _written(one: Argument) -> str:
    return f"{', '.join(one.names)} {one.value}".strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;") if "`" not in text else text.replace("|", "\\|")


MADE: dict[str, Callable[[], str]] = {"keys": _keys, "settings": _settings, "options": _options}


def main() -> None:
    """Write every made part anew."""
    for path in pages():
        text = path.read_text(encoding="utf-8")
        if (made := renewed(text)) != text:
            path.write_text(made, encoding="utf-8")
            print(f"{path.name} is up to date again")


if __name__ == "__main__":
    main()
