"""Take each limit out of a copy and see its tests fail: `python -m tests.peers.break_limits [WORD]`.

The table is tests/limits.py; with a word only the limits whose name or tests hold it. What is printed last
are the limits that no test misses. A test that does not end without its limit counts as one that fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.limits import LIMITS, Limit

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90  # for the tests of one limit
OWN = "tests/test_limits.py"


def broken(copy: Path, limit: Limit) -> tuple[Path, str]:
    """Take a limit out of a copy; return the file and what was in it."""
    path = copy / f"{limit.file}.py"
    path = path if path.exists() else copy / limit.file / "__init__.py"
    before = path.read_text()
    name = re.escape(limit.name)
    pattern = rf"(?ms)^({name}(?:: [^=\n]+)? = )(?:tuple\(.*?^\)|[^#\n]*)"
    after, count = re.subn(pattern, lambda match: f"{match[1]}{limit.broken} ", before)
    if count != 1:
        sys.exit(f"{limit} is not set in one place: {count}")
    path.write_text(after)
    return path, before


def missed(copy: Path, limit: Limit) -> bool:
    """Return whether a test fails without a limit, its value in the table left aside."""
    path, before = broken(copy, limit)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", *limit.tried]
    command += ["--deselect", f"{OWN}::test_each_limit_has_its_value", "-p", "no:cacheprovider"]
    try:
        env = os.environ | {"PYTHONPATH": str(copy)}  # or programs that tests start would be the whole ones
        ran = subprocess.run(command, cwd=copy, env=env, capture_output=True, timeout=SECONDS, check=False)
        return ran.returncode == 1
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(before)


def main() -> None:
    word = (sys.argv[1:] or [""])[0]
    wanted = [limit for limit in LIMITS if limit.tests and (word in str(limit) or word == limit.tests)]
    alone = []
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "__pycache__", ".venv", ".*cache"))
        for limit in wanted:
            found = missed(copy, limit)
            print(f"{'held  ' if found else 'ALONE '} {limit}", flush=True)
            alone += [] if found else [limit]
    print(f"{len(wanted) - len(alone)} of {len(wanted)} limits have a test that fails without them")
    for limit in alone:
        print(f"no test misses {limit} = {limit.value}")


if __name__ == "__main__":
    main()
