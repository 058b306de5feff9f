"""Searching: `python -m tests.bench.bench_search [100000 1000000] [--keep FOLDER] [--library FILE]`.

The words are drawn from headlines and texts of the library itself, so that common ones come often; a library
made here has authors, languages, topics, and marks as a reader leaves them. Prints the median and the 95th
percentile of CPU milliseconds, each query asked once, and how many articles the largest answer had; the
clock's figures stand behind, for a quiet machine. Three ways of asking:

    search    what `newsread search` and the desk's `/` ask: hits in headlines first
    list      a page of 200 by a query, as saved views and `list --search` ask for it
    filter    what the desk's `f` asks at each key: headlines and sources that hold what is typed
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.model import View
from reader.store import Store
from tests.bench.bench_store import fill

QUERIES = 100  # of each kind
SAMPLE = 400  # articles whose words are drawn
PAGE = 200
AUTHORS = 2_500
STARRED, UNREAD = 1_000, 20  # one article in so many

Draw = Callable[[], str]

DRESSING = (
    f"""UPDATE content SET author = 'Author ' || char(65 + article % 26) || (article * 7919 % {AUTHORS}),
        lang = CASE article % 10 WHEN 0 THEN 'de' WHEN 1 THEN 'en-GB' WHEN 2 THEN '' ELSE 'en' END""",
    f"UPDATE state SET read = sort WHERE article * 7907 % {UNREAD}",
    f"UPDATE state SET starred = sort WHERE article * 7901 % {STARRED} = 0",
)


def dress(store: Store) -> None:
    """Give the articles authors, languages and marks."""
    with store.transaction():
        for statement in DRESSING:
            store.db.run(statement)


@dataclass(frozen=True)
class Words:
    """Words as often as they stand in a library, and the same by how often that is."""

    all: list[str]
    common: list[str]
    middling: list[str]
    rare: list[str]
    phrases: list[str]


def words(store: Store, chance: random.Random) -> Words:
    """Return words of articles drawn from all over the library."""
    ids = store.lists.ids(View())
    found: list[str] = []
    phrases: list[str] = []
    for row in store.lists.rows(chance.sample(list(ids), min(SAMPLE, len(ids)))):
        title = row.title.split()
        found += [word for word in title if word.isalnum()]
        phrases.append(" ".join(title[:2]))
    for body in store.rules.bodies(chance.sample(list(ids), min(SAMPLE, len(ids)) // 4)).values():
        text = body.replace("<p>", " ").replace("</p>", " ").split()
        found += [word for word in text[:40] if word.isalpha()]
        phrases += [" ".join(text[at : at + 2]) for at in range(0, min(len(text), 8) - 1, 4)]
    counts = Counter(word.lower() for word in found).most_common()
    many, once = [word for word, _ in counts[:30]], [word for word, count in counts if count == 1]
    return Words(found, many, [word for word, count in counts[30:] if count > 1] or many, once, phrases)


def searches(known: Words, chance: random.Random, source: str) -> Iterator[tuple[str, Draw]]:
    """Return kinds of queries: what each is called, and one of them."""

    def of(template: str) -> Draw:
        def draw() -> str:
            word, other = chance.choice(known.all), chance.choice(known.all)
            return template.format(
                word=word,
                other=other,
                third=chance.choice(known.all),
                common=chance.choice(known.common),
                middling=chance.choice(known.middling),
                rare=chance.choice(known.rare),
                phrase=chance.choice(known.phrases),
                author=f"Author {chance.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}{chance.randrange(AUTHORS)}",
                topic=chance.choice(("world", "sport", "politics")),
                start=other,
                source=source,
            )

        return draw

    yield from (
        (label, of(template))
        for label, template in {
            "one word": "{word} ",
            "a common word": "{common} ",
            "a middling word": "{middling} ",
            "a rare word": "{rare} ",
            "two words": "{word} {other} ",
            "two common words": "{common} {other} ",
            "a common and a rare word": "{common} {rare} ",
            "three words": "{word} {other} {third} ",
            "a word, not another": "{word} -{other} ",
            "one or the other": "{word} OR {other} ",
            "a phrase": '"{phrase}" ',
            "a word of the headline": "title:{word} ",
            **{f"a beginning of {letters}": f"{{start:.{letters}}}" for letters in (1, 2, 3, 4, 6)},
            "a word and a beginning of 2": "{word} {start:.2}",
            "a word and a beginning of 4": "{word} {start:.4}",
            "word topic:": "{word} topic:{topic}",
            "word -topic:": "{word} -topic:{topic}",
            "word source:": '{word} source:"{source}"',
            "word -source:": '{word} -source:"{source}"',
            "word author:": '{word} author:"{author}"',
            "word author: of many": '{word} author:"Author A"',
            "word -author:": '{word} -author:"{author}"',
            "word lang:": "{word} lang:de",
            "word -lang:": "{word} -lang:en",
            "word unread": "{word} unread",
            "word read": "{word} read",
            "word starred": "{word} starred",
            "word since: a week": "{word} since:2026-11-15",
            "word since: half a year": "{word} since:2026-05-15",
            "word before: half a year": "{word} before:2026-05-15",
            "word unread topic: since:": "{word} unread topic:{topic} since:2026-08-01",
            "(word OR author:)": '{word} OR author:"{author}" ',
            "(word OR topic:) word": "({word} OR topic:{topic}) {other} ",
            "(word OR unread)": "{word} OR unread ",
            "(word OR -word)": "{word} OR -{other} ",
        }.items()
    )


def lists(known: Words, chance: random.Random, source: str) -> Iterator[tuple[str, Draw]]:
    """Return kinds of queries as saved views have them."""
    word: Draw = lambda: chance.choice(known.all)  # noqa: E731
    yield "topic:world unread", lambda: "topic:world unread"
    yield "source:", lambda: f'source:"{source}"'
    yield "-source:", lambda: f'-source:"{source}"'
    yield "author:", lambda: f'author:"Author A{chance.randrange(AUTHORS)}"'
    yield "author: of many", lambda: 'author:"Author A"'
    yield "lang:", lambda: "lang:de"
    yield "-lang:", lambda: "-lang:en"
    yield "author: unread", lambda: f'unread author:"Author A{chance.randrange(AUTHORS)}"'
    yield "-word", lambda: f"-{word()} "
    yield "word", lambda: f"{word()} "
    yield "word unread", lambda: f"{word()} unread"
    yield "word topic:", lambda: f"{word()} topic:world"
    yield "topic: or a word", lambda: f"topic:sport OR {word()} "
    yield "author: or a word", lambda: f'author:"Author A1" OR {word()} '
    yield "topic: or starred", lambda: "topic:sport OR starred"
    yield (
        "all together",
        lambda: f'unread topic:world -source:"{source}" since:9999d ({word()} OR {word()})',
    )


def filters(known: Words, chance: random.Random) -> Iterator[tuple[str, Draw]]:
    """Return what is typed into the filter, key by key."""
    for letters in (1, 2, 3, 5):
        yield f"{letters} letters", lambda letters=letters: chance.choice(known.all)[:letters]
    yield "a rare word", lambda: chance.choice(known.rare)
    yield "what is nowhere", lambda: "qqqzz"


def report(path: Path, only: str) -> None:
    """Measure one library."""
    chance = random.Random(20261123)
    with Store.open(path) as store:
        known, source = words(store, chance), store.feeds.all()[0].title
        asked: list[tuple[str, Draw, Callable[[str], View], int | None]] = [
            *(
                (f"search: {label}", draw, lambda text: View(search=text, ranked=True), None)
                for label, draw in searches(known, chance, source)
            ),
            *(
                (f"list: {label}", draw, lambda text: View(query=text), PAGE)
                for label, draw in lists(known, chance, source)
            ),
            *(
                (f"filter: {label}", draw, lambda text: View(filter=text), PAGE)
                for label, draw in filters(known, chance)
            ),
        ]
        for label, draw, view, limit in asked:
            drawn = [draw() for _ in range(QUERIES)]
            if label.startswith(only):
                measure(store, label, [view(text) for text in drawn], limit)


def measure(store: Store, label: str, views: list[View], limit: int | None) -> None:
    """Ask for each view once and print a line."""
    used, taken, most = [], [], 0
    for view in views:
        began, cpu = time.perf_counter(), time.process_time()
        most = max(most, len(store.lists.ids(view, limit)))
        used.append((time.process_time() - cpu) * 1000)
        taken.append((time.perf_counter() - began) * 1000)
    high = int(len(views) * 0.95)
    cpu95, wall95 = sorted(used)[high], sorted(taken)[high]
    wall = statistics.median(taken)
    print(
        f"  {label:44} {statistics.median(used):8.2f} {cpu95:8.2f} {wall:10.2f} {wall95:8.2f} {most:8}",
        flush=True,
    )


def main() -> None:
    """Run each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[])
    parser.add_argument("--keep", type=Path, help="folder in which the libraries are kept and found again")
    parser.add_argument(
        "--library", type=Path, action="append", default=[], help="a library to measure as it is"
    )
    parser.add_argument("--only", default="", help="kinds of queries whose name begins so")
    options = parser.parse_args()
    sizes = options.sizes or ([] if options.library else [100_000])
    with tempfile.TemporaryDirectory() as temporary:
        paths = list(options.library)
        for size in sizes:
            path = (options.keep or Path(temporary)) / f"searched-{size}.db"
            if not path.exists():
                with Store.open(path) as store:
                    fill(store, size)
                    dress(store)
            paths.append(path)
        for path in paths:
            print(f"{path.name:46} {'CPU':>8} {'p95':>8} {'clock':>10} {'p95':>8} {'most':>8}")
            report(path, options.only)


if __name__ == "__main__":
    main()
