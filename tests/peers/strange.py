"""A library of hostile articles made here, for the tests of what reaches a terminal.

What a feed states would be cleaned on its way in. Here it is stored as it is, so that the second gate, at
the edge of the desk and of the command line, is tested by itself: it must hold for what slipped the first
one, for what an older newsread stored and for a library that somebody else has filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import cycle, islice
from pathlib import Path

from reader import library
from reader.model import Enclosure, Entry, Evidence, Mention, ParsedFeed
from reader.store import Store

EVIL = (
    *("\x1b]0;PWNED\x07", "\x1b]52;c;cHduZWQ=\x07", "\x1b[2J\x1b[3J", "\x1bc", "\x1b]8;;file:///etc/x\x1b\\"),
    *("\x1bP+q544e\x1b\\", "\x1b_Gf=24;AAAA\x1b\\", "\x1b[?1049l", "\x1b[21t", "\x1b", "\x1b[", "\x1b]"),
    *("\x1b]0;", "\x9d0;PWNED\x9c", "\x9b2J", "\x90x\x9c", "\x9b", "\x9d", "\x85", "\x00", "\x0e\x0f\x7f"),
    *("\x07\x08\x0b\x0c\r", "\u202etxt.exe", "\u2066\u2067", "\u061c", "\u2028\u2029", "\ufeff\ufff9\ufffb"),
    *("\ufdd0\uffff\U0010ffff", "\U000e0041\U000e0042", "\U0001f3f4" + "\U000e0067" * 12, "\t\n\r\n"),
    *("a" + "\u0301" * 40, "\ufe0f\U000e0100", "[@click=app.quit]x[/]", "[/sarcasm]"),
    *("[@click=app.screenshot('x','/')]y[/]", "[b", "[link=file:///x]z[/]", "-P evil"),
    *("{title}", "%s%n", "$(touch pwned)", "`touch pwned`", "<script>x</script>"),
    *("&#27;[2J", "\\x1b[2J", "&#x9d;0;x&#x9c;", "\u200b", "\u3164", " "),
    *("x" * 3000, "漢" * 600, "👩\u200d👩\u200d👧" * 50, "نُ" * 300),
)  # fmt: skip
ADDRESSES = (
    *("javascript:alert(1)", "file:///etc/passwd", "-P evil", "https://u:pw@a.example/", "data:text/html,x"),
    *("https://a.example/\x1b]0;x\x07", "ssh://a.example/", "\\\\a.example\\x", "https://a.example/ b", "x:"),
    *("https://a.example/\u202e", "https://a.example/'\"", "vbscript:x", "//a.example", "https://bücher.example"),
    *("https://a.example/" + "a" * 5000, "HTTPS://A.EXAMPLE:443/../x", "http://a.example/%1b[2J", "http://"),
)  # fmt: skip
GOOD = "https://news.example/{}"
NOW = datetime.now(UTC)
EVENT = "Sar Sokha and Andrew Giles discuss immigration cooperation in Canberra, Australia. "


def stock(store: Store) -> int:
    """Fill a library with three feeds, what they tell together, and failures; return how many articles."""
    evil, addresses = cycle(EVIL), cycle(ADDRESSES)
    for number in range(3):
        name = f"Feed {number} {next(evil)}"
        feed, _ = store.feeds.add(GOOD.format(f"feed{number}"), title=name, topic=f"{next(evil)} topic")
        entries = tuple(_entries(number, evil, addresses))
        parsed = ParsedFeed(title=name, entries=entries, ticker=(Mention(f"Bare {next(evil)}"),))
        library.ingest(store, feed, parsed, now=NOW)
    for each in islice(evil, 12):
        failing, _ = store.feeds.add(GOOD.format(f"failing/{len(each)}"), title=f"Failing {each}")
        store.feeds.failed(failing.id, f"500 {each} from {next(addresses)}", NOW + timedelta(days=2), NOW)
    store.articles.set_topics(1, [Evidence(f"Evil {each}", f"keyword: {each}") for each in EVIL[:12]])
    return store.lists.counts().total


def _entries(feed: int, evil: Iterator[str], addresses: Iterator[str]) -> Iterator[Entry]:
    for number in range(len(EVIL) // 3 + 1):
        one, two, three = islice(evil, 3)
        bad = tuple(islice(addresses, 4))
        told = number % 5 == 0  # by all three feeds: a story
        own = " ".join(f"{letter}{feed}x{number}" for letter in "abcdefghijklmnop")
        yield Entry(
            title=f"{EVENT[:60]} {one}" if told else f"{one} {two}",
            guid=f"{feed} {number}",
            url=GOOD.format(f"{feed}/{number}") if told or number % 3 == 0 else bad[0],
            author=two,
            published=NOW - timedelta(hours=number, minutes=feed),
            html=_body(EVENT if told else own, (one, two, three), bad),
            summary=three,
            categories=(three, f"World {one}"),
            enclosures=tuple(Enclosure(each, type=two, length=number) for each in bad[2:]),
            lang=three[:20],
            dateline=two[:40],
            related=(Mention(f"Listed {three}", bad[1]),),
        )


def _body(words: str, evil: tuple[str, ...], addresses: tuple[str, ...]) -> str:
    """Return a page with hostile strings in every place that is drawn, escaped and as they are."""
    one, two, three = evil
    links = "".join(f'<p><a href="{escape(each)}">to {escape(two)}</a></p>' for each in addresses)
    good = f'<a href="{GOOD.format("linked")}">good {one}</a>'
    table = f"<table><caption>{two}</caption><tr><th>{one}<td>{three}<tr><td>{escape(one)}</table>"
    code = f'<pre><code class="language-{escape(two)}">{three}\n{escape(one)}</code></pre>'
    image = f'<img src="{escape(addresses[0])}" alt="{escape(three)}">'
    lists = f"<ol start=7><li>{one}<li>{escape(two)}</ol><dl><dt>{three}<dd>{one}</dl><blockquote>{two}"
    return f"<h2>{one}</h2><p>{good} {words * 2}{escape(three)}</p>{links}{table}{code}{image}{lists}"


def settings(folder: Path, opener: str, **ui: object) -> Path:
    """Write a config that fetches nothing by itself and opens addresses by a program; return its path."""
    values = {"reduced_motion": True, "group_stories": True} | ui
    lines = [f"{name} = {str(value).lower()}" for name, value in values.items()]
    path = folder / "config.toml"
    topic = '[topics."Own [b"]\nkeywords = ["immigration"]\n'
    head = (
        f'opener = ["{opener}"]\n[refresh]\non_start = false\n[fetch]\ntimeout = 6\nread = 3\nspacing = 0\n'
    )
    stars = '[reading]\nfulltext_starred = "never"\n'
    path.write_text(f"{head}[ui]\n" + "\n".join(lines) + f"\n{stars}{topic}")
    return path
