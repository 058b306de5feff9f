"""What is imported when: quick commands stay quick because heavy modules wait until they are needed."""

import json
import subprocess
import sys

import pytest

from reader.cli import desk, dispatch

HEAVY = frozenset(
    [
        "textual",
        "rich",
        "httpx",
        "httpcore",
        "anyio",
        "feedparser",
        "selectolax",
        "markdown_it",
        "charset_normalizer",
        "trafilatura",
        "lxml",
        "PIL",
    ]
)
QUICK = HEAVY | {"asyncio", "logging", "xml", "multiprocessing"}

RUN = """
import json, sys
before = set(sys.modules)
{code}
loaded = sorted(set(sys.modules) - before)
sys.stderr.write(json.dumps(loaded))
"""


def loaded(code: str, home) -> set[str]:
    """Return the names of the top-level packages that some code loads, in a process of its own."""
    env = {
        "NEWSREAD_CONFIG": str(home / "config.toml"),
        "NEWSREAD_LIBRARY": str(home / "library.db"),
        "HOME": str(home),
    }
    ran = subprocess.run(
        [sys.executable, "-P", "-c", RUN.format(code=code)],
        capture_output=True,
        check=True,
        timeout=60,
        env=env,
    )
    return set(json.loads(ran.stderr.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def run(*words: str) -> str:
    return f"from reader.cli import main; main({list(words)!r})"


def test_the_command_line_alone_loads_nothing_heavy(tmp_path):
    modules = loaded("import reader.cli", tmp_path)
    assert not packages(modules) & QUICK
    assert "argparse" not in modules
    assert {name for name in modules if name.startswith("reader")} == {"reader", "reader.cli"}


def test_the_version_needs_no_parser(tmp_path):
    assert "argparse" not in loaded(run("--version"), tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["paths"],
        ["keys"],
        ["config"],
        ["list", "--json"],
        ["search", "word"],
        ["feeds"],
        ["topics"],
        ["refresh"],
    ],
    ids=" ".join,
)
def test_quick_commands_load_nothing_heavy(tmp_path, words):
    assert not packages(loaded(run(*words), tmp_path)) & QUICK


@pytest.mark.parametrize(
    "words", [["export"], ["show", "1"], ["related", "1"], ["remove", "x"]], ids=" ".join
)
def test_other_local_commands_load_no_network_and_no_screen(tmp_path, words):
    assert not packages(loaded(run(*words), tmp_path)) & {"textual", "rich", "httpx", "feedparser"}


@pytest.mark.parametrize(
    "module",
    [
        "model",
        "text",
        "config",
        "store",
        "fetch",
        "parse",
        "opml",
        "discover",
        "document",
        "local",
        "pages",
        "sandbox",
        "edition",
        "refresh",
        "errands",
        "errands.wholes",
        "extract",
        "pictures.decode",
        "child",
    ],
)
def test_importing_a_module_loads_no_heavy_one(tmp_path, module):
    assert not packages(loaded(f"import reader.{module}", tmp_path)) & HEAVY


LATER = [  # what the desk begins without
    *(f"reader.store.{name}" for name in ("articles", "saving", "marks", "keeping", "slices", "rules")),
    *("reader.library", "reader.related", "reader.document", "reader.topics", "reader.refresh"),
    *("reader.sandbox", "reader.fetch", "reader.parse", "reader.tui.screens", "reader.tui.instant.capture"),
]


def test_the_desk_is_imported_without_what_its_first_picture_does_not_need(tmp_path):
    modules = loaded("import reader.cli.dispatch, reader.cli.desk, reader.tui.launch", tmp_path)
    assert "reader.tui.desk.screen" in modules
    assert not modules & set(LATER)


def test_no_words_mean_what_the_parser_makes_of_none():
    assert dispatch.desk_parser().read([]) == desk.unasked()
