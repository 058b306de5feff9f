"""Whether an installed newsread is whole: `python -m tests.smoke VENV`, for .ci/run.

It runs from the checkout but asks only the program in VENV, from another folder and in a home of its own: its
version, its sample edition, its files, and a desk painted on a pseudo-terminal that ends when it is told to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.terminal import Terminal

HEADLINE = "Welcome to newsread"
PAGE = "Ticker one | Ticker two |\n\nA headline\n\nPhnom Penh, June 13, 2024: Text.\n"
INSIDE = """\
import json
from importlib.metadata import version
import reader
from reader.edition import PACKS, SAMPLES
from reader.tui.styles import SHEETS
print(json.dumps({"package": reader.__file__, "version": version("newsread"), "samples": str(SAMPLES),
                  "files": [str(PACKS), *map(str, SHEETS)]}))
"""


class Installed:
    """A newsread in an environment of its own."""

    def __init__(self, venv: Path, home: Path) -> None:
        self.venv, self.home = venv.resolve(), home
        self.program = str(self.venv / "bin" / "newsread")
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.env = kept | {"HOME": str(home), "LC_ALL": "C.UTF-8"}

    def says(self, *words: str, program: str = "") -> str:
        """Return what it prints. Raises CalledProcessError."""
        command = [program or self.program, *words]
        return subprocess.run(
            command, cwd=self.home, env=self.env, check=True, stdout=subprocess.PIPE, text=True, timeout=60
        ).stdout

    def desk(self, *words: str) -> Terminal:
        """Return a desk on a terminal."""
        told = [f"{name}={value}" for name, value in self.env.items()]
        command = ["env", "-i", *told, "TERM=xterm-256color", "COLORTERM=truecolor", self.program, *words]
        return Terminal(command)


def files(newsread: Installed) -> None:
    """The package is the installed one and has its files; the manual lies where `man` looks."""
    inside = json.loads(newsread.says("-P", "-c", INSIDE, program=str(newsread.venv / "bin" / "python")))
    assert Path(inside["package"]).is_relative_to(newsread.venv), inside["package"]
    assert newsread.says("--version") == f"newsread {inside['version']}\n"
    missing = [path for path in inside["files"] if not Path(path).is_file()]
    assert not missing, missing
    page = newsread.venv / "share" / "man" / "man1" / "newsread.1"
    assert page.read_text(encoding="utf-8").startswith(newsread.says("man").partition("\n")[0])
    assert HEADLINE in newsread.says("list", "--source", inside["samples"])


def commands(newsread: Installed) -> None:
    """A library is made, filled, listed, searched and found well."""
    page = newsread.home / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    newsread.says("add", str(page))
    newsread.says("refresh", "--all")
    (first, *_) = map(json.loads, newsread.says("list", "--json").splitlines())
    assert newsread.says("show", str(first["id"]))
    assert "A headline" in newsread.says("search", "headline")
    assert newsread.says("doctor")


def desk(newsread: Installed) -> None:
    """The desk is painted and ends in order."""
    with newsread.desk("--demo") as terminal:
        terminal.wait(HEADLINE)
        terminal.quiet(0.5)
        terminal.press("Q")
        status = terminal.kill()
    assert status == 0, f"the desk ended with {status}"


CHECKS: tuple[Callable[[Installed], None], ...] = (files, commands, desk)


def main() -> None:
    """Check the environment that is named."""
    with tempfile.TemporaryDirectory() as home:
        newsread = Installed(Path(sys.argv[1]), Path(home))
        for check in CHECKS:
            check(newsread)
    print(f"{newsread.program}: installed whole")


if __name__ == "__main__":
    main()
