"""Compare the fast path with feedparser: `python -m tests.peers.compare_parsers [--list] [PATHS...]`.

Every feed among the files (default: the corpus beside the checkout) goes through both ways: equal, handed
over (with the reasons, and how many of each origin were taken), or different, which is listed field by field.
What is compared is all that newsread keeps of a feed, before its gates; each feed is read with an address,
without one, and up to its second item. The exit code is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

from reader import encoding, xmltext
from reader.parse import quick, xml
from reader.parse.raw import ParseError, RawEntry, RawFeed

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "feeds"
ADDRESS = "https://feeds.example.org/news/feed.xml"
LIMIT = 2000
SETTINGS = (("", LIMIT), ("HTTP://feeds.example.org", 2))
_ROOTS = frozenset({"rss", "feed", "rdf"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one document; `outcome` is equal, handed over, different, or no feed."""

    outcome: str
    reason: str = ""
    differences: tuple[str, ...] = ()
    well_formed: bool = True


@dataclass(slots=True)
class Totals:
    """What became of many."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    sound: Counter[str] = field(default_factory=Counter)


def compare_all(body: bytes) -> Comparison:
    """Read `body` both ways in several settings; the first that is not equal tells."""
    found = compare(body)
    for address, limit in SETTINGS:
        if found.outcome == "equal":
            found = compare(body, address=address, limit=limit)
    return found


def compare(body: bytes, *, address: str = ADDRESS, limit: int = LIMIT) -> Comparison:
    """Read `body` both ways."""
    text = encoding.decode(body)
    cleaned = xmltext.clean(text)
    if xmltext.root_name(cleaned) not in _ROOTS:
        return Comparison("no feed")
    try:
        ours = quick.read(text if quick.plain(text) else cleaned, address=address, limit=limit)
    except quick.Doubt as doubt:
        return Comparison("handed over", str(doubt), well_formed=_well_formed(cleaned))
    try:
        theirs = _feedparser(cleaned, address, limit)
    except ParseError as error:
        return Comparison("different", differences=(f"feedparser's way refuses: {error}",))
    found = tuple(differences(ours, theirs))
    return Comparison("different" if found else "equal", differences=found)


def differences(ours: RawFeed, theirs: RawFeed) -> Iterator[str]:
    """Yield what differs, a line each."""
    for one in fields(RawFeed):
        if one.name != "entries" and getattr(ours, one.name) != getattr(theirs, one.name):
            yield f"feed.{one.name}: {getattr(ours, one.name)!r} / {getattr(theirs, one.name)!r}"[:400]
    if len(ours.entries) != len(theirs.entries):
        yield f"{len(ours.entries)} entries / {len(theirs.entries)}"
    for number, (mine, other) in enumerate(zip(ours.entries, theirs.entries, strict=False)):
        for one in fields(RawEntry):
            if getattr(mine, one.name) != getattr(other, one.name):
                values = f"{getattr(mine, one.name)!r:.200} / {getattr(other, one.name)!r:.200}"
                yield f"entry {number} {one.name}: {values}"


def _feedparser(cleaned: str, address: str, limit: int) -> RawFeed:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return xml.read(cleaned, address=address, limit=limit)


def _well_formed(cleaned: str) -> bool:
    from xml.parsers import expat

    try:
        expat.ParserCreate("utf-8").Parse(cleaned.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield files with the folder they come from, but for the corpus's index."""
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            if file.is_file() and file.name != "INDEX.tsv":
                parts = file.relative_to(path).parts if path.is_dir() else (path.parent.name, "")
                yield (parts[0] if len(parts) > 1 else path.name), file


def main() -> int:
    """Print the counts; the differences in full."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("paths", nargs="*", type=Path, default=[CORPUS])
    arguments.add_argument("--list", action="store_true", help="name each file that is handed over, and why")
    chosen = arguments.parse_args()
    if missing := [path for path in chosen.paths if not path.exists()]:
        print(f"{missing[0]} is not there: nothing to compare")
        return 0
    totals = Totals()
    for origin, path in files(chosen.paths):
        comparison = compare_all(path.read_bytes())
        _count(totals, origin, comparison)
        if chosen.list and comparison.outcome == "handed over":
            print(f"{path}: {comparison.reason}")
        for line in comparison.differences:
            print(f"DIFFERENT {path}: {line}")
    _print(totals)
    return 1 if totals.outcomes["different"] else 0


def _count(totals: Totals, origin: str, comparison: Comparison) -> None:
    totals.outcomes[comparison.outcome] += 1
    if comparison.outcome == "no feed":
        return
    totals.sound[origin] += comparison.well_formed
    totals.taken[origin] += comparison.outcome != "handed over"
    if comparison.reason:
        totals.reasons[comparison.reason] += 1


def _print(totals: Totals) -> None:
    counts = totals.outcomes
    print(
        f"{counts['equal']} equal, {counts['handed over']} handed over, {counts['different']} different"
        f" ({counts['no feed']} files are no RSS, Atom or RDF)"
    )
    for reason, count in totals.reasons.most_common():
        print(f"  handed over: {count:4} {reason}")
    for origin, sound in sorted(totals.sound.items()):
        taken = totals.taken[origin]
        print(f"  taken: {taken:4} of {sound:4} well-formed ({100 * taken / max(1, sound):3.0f} %) {origin}")


if __name__ == "__main__":
    sys.exit(main())
