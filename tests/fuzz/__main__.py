"""Fuzzing by coverage: `python -m tests.fuzz NAME [-max_total_time=60] [FILES or FOLDERS]`.

NAME is one of the properties (text, document, parse, parsers, opml, local, query, config); what follows goes
to libFuzzer. It needs atheris (`pip install -e '.[fuzz]'`). Inputs that fail are left as `crash-*` in the
present folder: mend what they show, then keep them in tests/fuzz/found/NAME-*, where the ordinary suite reads
them. What libFuzzer finds interesting goes to a folder in the temporary folder, and is used again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Fuzz one property."""
    try:
        import atheris
    except ImportError:
        sys.exit(
            "atheris is not installed: pip install -e '.[fuzz]'; without it HYPOTHESIS_PROFILE=long does much"
        )
    with atheris.instrument_imports(include=["reader"]):  # the first import decides: nothing of ours before
        from tests.fuzz.properties import checked
        from tests.fuzz.seeds import MARKS, SEEDS

        if len(sys.argv) < 2 or sys.argv[1] not in SEEDS:
            sys.exit(f"fuzz what? One of {', '.join(SEEDS)}")
        name = sys.argv.pop(1)
        for seed in SEEDS[name]:  # what is imported only when it is needed
            checked(name)(seed.encode("utf-8", "surrogatepass"))

    corpus = Path(tempfile.gettempdir()) / "newsread-fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed.encode("utf-8", "surrogatepass"))
    words = corpus.with_suffix(".words")
    words.write_text("".join(f'"{_escaped(mark)}"\n' for mark in MARKS))
    options = [f"-dict={words}", "-max_len=4096", "-timeout=20", "-rss_limit_mb=2048", str(corpus)]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:]], checked(name))
    atheris.Fuzz()


def _escaped(mark: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in mark.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
