"""`newsread import` and `export`: subscriptions in from other readers, and out to them."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.cli.border import FAILED, OK, PARTLY
from reader.cli.opening import library, settings
from reader.cli.output import Output, counted
from reader.cli.parser import Arguments, Parser, UsageError, quoted
from reader.cli.sources import STDIN, is_address, source, standard_input
from reader.config import Config, load
from reader.config.files import read_file, reason, write_file
from reader.config.places import full
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.cli.newsboat import Moved, Place
    from reader.opml import Imported, Subscription
    from reader.store import Store

NEWSBOAT = "newsboat"
IMPORT_MAX = 16 * 1024 * 1024  # bytes: honest lists stay below one MiB


def import_arguments(parser: Parser) -> None:
    """Add the file."""
    parser.add_argument(
        "--restore",
        action="store_true",
        help="FILE is a copy that `newsread export --library FILE` made: put it in the place of your library",
    )
    parser.add_argument(
        "file",
        metavar="FILE|ADDRESS|newsboat",
        help="OPML, or newsboat's urls file; an address where one lies; - for standard input; newsboat: all"
        " that newsboat has on this machine, with its articles and what is read",
    )
    parser.add_argument("--urls", type=Path, metavar="FILE", help="with newsboat: its urls file")
    parser.add_argument("--cache", type=Path, metavar="FILE", help="with newsboat: its cache.db")
    parser.add_argument(
        "--private",
        action="store_true",
        help="the list is your own: take local files too, and fetch addresses of this machine and of private"
        " networks, instead of taking them as paused",
    )


def import_run(args: Arguments, out: Output) -> int:
    """Subscribe to everything that a list names, and take over what newsboat knows."""
    if args.restore:
        return _restored(args, out)
    from reader import opml

    place = _newsboat(args)
    config = settings(args)
    body = _body(str(place.urls) if place else args.file, config)
    listed = opml.read(body, files=args.private)
    # newsboat's urls file is typed by hand, an OPML file is passed around: only the former is trusted.
    by_hand = not is_address(args.file) and not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    trusted = args.private or config.fetch.private or by_hand
    moved = None
    with library(config) as store:
        with store.transaction(durable=True):
            done = [
                (_subscribe(store, item, trusted=trusted, hide=place is not None), item)
                for item in listed.subscriptions
            ]
        if place:
            from reader.cli import newsboat

            moved = newsboat.take_over(store, config, place.cache, out)
            listed = newsboat.settle(store, listed, place, config, out)
    _tell(listed, done, moved, out)
    if not listed.subscriptions:
        return FAILED
    return PARTLY if listed.refused or listed.damage or (moved and moved.trouble) else OK


def _newsboat(args: Arguments) -> Place | None:
    """Return newsboat's files where they are what is asked for."""
    if args.file == NEWSBOAT:
        from reader.cli import newsboat

        return newsboat.place(args.urls, args.cache)
    if args.urls or args.cache:
        raise UsageError("--urls and --cache name newsboat's files: `newsread import newsboat --urls FILE`")
    return None


def _tell(
    listed: Imported, done: Sequence[tuple[str, Subscription]], moved: Moved | None, out: Output
) -> None:
    """Say what an import did, and why it is not more. What is told is on disk."""
    if out.json:
        for result, item in done:
            record = {"result": result, "url": item.url, "title": item.title, "topic": item.topic}
            out.record(record | (moved.counts(item.url) if moved else {}))
    results = Counter(result for result, _ in done)
    for refused in listed.refused:
        if out.json:
            out.record({"result": "refused", "text": refused.text, "reason": refused.reason})
        else:
            out.say(f"refused: {refused.text}: {refused.reason}")
    out.say(_summary(results, len(listed.refused), listed.repeated))
    if moved:
        from reader.cli import newsboat

        newsboat.tell(done, moved, out)
    elif results["paused"]:
        out.say(
            "paused: addresses on this machine or in a private network; import with --private starts them"
        )
    if not moved and any(refused.view for refused in listed.refused):
        out.say("`newsread import newsboat --urls FILE` saves its queries as views, and takes the rest over")
    if listed.damage:
        out.say(f"newsread: {listed.damage}")


def _body(name: str, config: Config) -> bytes:
    """Return the bytes of a file, of an address or of standard input. Raises NewsreadError."""
    if name == STDIN:
        return standard_input(IMPORT_MAX)
    if is_address(name):
        return _fetched(source(name), config)
    try:
        return read_file(full(name), IMPORT_MAX)
    except FileNotFoundError:
        raise NewsreadError(f"there is no file {quoted(name)}") from None
    except OSError as error:
        raise NewsreadError(f"{quoted(name)} cannot be read: {reason(error)}") from None
    except ValueError as error:
        raise NewsreadError(f"{quoted(name)}: {error}") from None


def _fetched(url: str, config: Config) -> bytes:
    """Return what lies at an address. Raises NewsreadError."""
    import asyncio

    from reader.fetch import Fetcher

    async def get() -> bytes:
        async with Fetcher(config.fetch) as fetcher:
            return (await fetcher.get(url, private_ok=True)).body

    try:
        return asyncio.run(get())
    except NewsreadError as error:
        raise NewsreadError(f"{url}: {error}") from None


def _subscribe(store: Store, item: Subscription, *, trusted: bool, hide: bool) -> str:
    """Add one subscription; return `added`, `paused` (added, not to be fetched), `known` or `resumed`.

    What was paused for where it lies is resumed by a trusted list; `hide` mutes what newsboat hides.
    """
    near = item.local or is_private(item.url)
    paused = near and not trusted
    feed, new = store.feeds.add(
        item.url, title=item.title, topic=item.topic, local=near and trusted, paused=paused
    )
    if new and item.site:
        store.feeds.entitle(feed.id, "", item.site)
    if not set(item.tags) <= set(feed.tags):
        store.feeds.tag(feed.id, (*feed.tags, *item.tags))
    if new and hide and item.hidden:
        store.feeds.mute(feed.id)
    if not new and near and trusted and feed.paused and not feed.local:
        store.feeds.trust(feed.id)
        return "resumed"
    return "known" if not new else "paused" if paused else "added"


def is_private(url: str) -> bool:
    """Return whether an address names this machine or a private network, as far as one sees without DNS."""
    from reader.fetch.guard import is_own

    return is_own((urlsplit(url).hostname or "").rstrip("."))


def _summary(results: Counter[str], refused: int, repeated: int) -> str:
    """Return what an import did, in one line."""
    parts = [
        f"{results['added'] + results['paused']} added",
        f"{results['known'] + results['resumed']} already there",
    ]
    if results["resumed"]:
        parts.append(f"{results['resumed']} no longer paused")
    if results["paused"]:
        parts.append(f"{results['paused']} of them paused")
    if repeated:
        parts.append(f"{repeated} named twice")
    if refused:
        parts.append(f"{refused} refused")
    return ", ".join(parts)


def export_arguments(parser: Parser) -> None:
    """Add the file."""
    parser.about("library", "alone, a new file to copy the whole library into, also while it is in use")
    parser.add_argument("file", nargs="?", metavar="FILE", help="standard output when left out, or -")


def export_run(args: Arguments, out: Output) -> int:
    """Write the subscriptions as OPML, their topics as folders; with `--library` alone a copy of all."""
    if args.library is not None and args.file is None:
        return _copied(args, out)
    from reader import opml

    with library(settings(args)) as store:
        feeds = store.feeds.all()
    body = opml.write_opml(feeds)
    if args.file in (None, STDIN):
        out.document(body)
        return OK
    path = full(args.file)
    try:
        write_file(path, body)
    except OSError as error:
        raise NewsreadError(f"{path} cannot be written: {reason(error)}") from None
    out.say(f"{counted(len(feeds), 'feed')} written to {path}")
    return OK


def _copied(args: Arguments, out: Output) -> int:
    """Copy the library that the settings name."""
    from reader.store.copying import copy

    path, target = load(args.config, None).library, full(args.library)
    if not path.is_file():
        raise NewsreadError(f"there is no library at {path} yet; NEWSREAD_LIBRARY names another")
    if target.exists():
        raise NewsreadError(
            f"{target} is there already: name a new file (for its subscriptions as OPML:"
            f" `newsread export --library {shlex.quote(str(target))} -`)"
        )
    copy(path, target)
    out.say(
        f"{path} was copied to {target}; `newsread import --restore {shlex.quote(str(target))}` puts it back"
    )
    return OK


def _restored(args: Arguments, out: Output) -> int:
    """Put a copy in the place of the library."""
    from reader.store.copying import restore

    config, source = settings(args), full(args.file)
    kept = restore(source, config.library)
    with library(config) as store:  # brings an older copy to this version
        counts = store.lists.counts()
    before = f"; what was there until now is {kept}" if kept else ""
    there = f"{counted(counts.feeds, 'feed')} and {counted(counts.total, 'article')}"
    out.say(f"{there} restored from {source}{before}")
    return OK
