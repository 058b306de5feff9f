"""Read every feed file of the corpus: `python tests/peers/read_feeds.py [--command] [FOLDER]`.

Prints for each file the count of articles or the one-line refusal, and totals. With --command each file goes
through the real `newsread list --json --source FILE`, else through the sandboxed parser behind it. The exit
code is 1 if anything crashed: an exception, a traceback, a refusal without a sentence.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.parse import ParseError
from reader.sandbox import Sandbox

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "feeds"
COMMAND_SECONDS = 60  # for one file, program start included
Outcome = tuple[str, str]
"""What became of a file: "read", "refused" or "crashed"; the count or the sentence."""


def by_parser(sandbox: Sandbox, path: Path) -> Outcome:
    """Read a file as `newsread` does, in this process and its worker."""
    try:
        feed = sandbox.feed(path.read_bytes())
    except ParseError as error:
        return ("refused", str(error)) if str(error).strip() else ("crashed", "refused without a word")
    except Exception as error:  # this script is here to find them
        return "crashed", repr(error)
    left = f" ({feed.dropped} left out)" if feed.dropped else ""
    return "read", f"{len(feed.entries)}{left}"


def by_command(path: Path) -> Outcome:
    """Read a file with the program as users run it."""
    command = [sys.executable, "-P", "-m", "reader", "list", "--json", "--source", str(path)]
    try:
        run = subprocess.run(command, capture_output=True, timeout=COMMAND_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "crashed", f"took more than {COMMAND_SECONDS} seconds"
    words = run.stderr.decode(errors="replace").strip()
    if "Traceback" in words or "should not have" in words or run.returncode < 0 or run.returncode > 3:
        return "crashed", words[-200:] or f"exit code {run.returncode}"
    if run.returncode:
        return ("refused", words) if words else ("crashed", "refused without a word")
    return "read", str(len(run.stdout.splitlines()))


def files(folder: Path) -> Iterator[Path]:
    """Yield the corpus's feed files, not its index."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "INDEX.tsv")


def main() -> int:
    """Print what became of each file, then totals."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    arguments.add_argument(
        "--command", action="store_true", help="run the real command for each file (slower)"
    )
    chosen = arguments.parse_args()
    if not chosen.folder.is_dir():
        print(f"{chosen.folder} is not there: nothing to read")
        return 0
    totals: Counter[str] = Counter()
    articles = 0
    start = perf_counter()
    with Sandbox() as sandbox:
        read: Callable[[Path], Outcome] = by_command if chosen.command else partial(by_parser, sandbox)
        for path in files(chosen.folder):
            outcome, words = read(path)
            totals[outcome] += 1
            articles += int(words.split()[0]) if outcome == "read" else 0
            print(
                f"{path.relative_to(chosen.folder)}: {words if outcome == 'read' else f'{outcome}: {words}'}"
            )
    each = 1000 * (perf_counter() - start) / max(1, totals.total())
    counts = ", ".join(f"{totals[outcome]} {outcome}" for outcome in ("read", "refused", "crashed"))
    print(f"{totals.total()} files: {counts}; {articles} articles; {each:.1f} ms a file")
    return 1 if totals["crashed"] else 0


if __name__ == "__main__":
    sys.exit(main())
