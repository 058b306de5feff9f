"""Sources opened for a moment, without subscribing: a library in memory, read again when files change.

    source (file, folder, address, -) -> groups (one for each source that a page names) -> feeds of the store

Ticker headlines and listed related news that another page tells lead there: the store joins them by title.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader import library, local
from reader.config import Config
from reader.local import LocalError
from reader.model import ParsedFeed
from reader.pages import Origin
from reader.records import dataclass
from reader.sandbox import Sandbox
from reader.store import Store
from reader.text import NewsreadError, one_line

if TYPE_CHECKING:
    from reader.discover import Candidate
    from reader.fetch import Fetched, Fetcher
    from reader.opml import Subscription

STDIN = "-"
SAMPLES = Path(__file__).parent / "samples"
PACKS = SAMPLES / "packs.opml"
TITLES_SHOWN = 2  # names of sources in an edition's title; more are counted


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one feed of the edition."""

    url: str  # the path or address, and the source within it where there are several
    feed: ParsedFeed


@dataclass(slots=True)
class _Local:
    """A file or folder, and how it was when it was last read."""

    path: Path
    stamp: bytes = b""
    folder: local.Folder = field(default_factory=local.Folder)
    problems: tuple[str, ...] = ()

    def groups(self, sandbox: Sandbox, limit: int) -> Iterator[Group]:
        """Read it, again if need be. What cannot be read is noted in `problems`."""
        self.stamp, self.problems = local.stamp(self.path), ()
        try:
            if local.is_folder(self.path):
                self.folder = local.folder(self.path, sandbox, self.folder, limit=limit)
                self.problems = self.folder.problems
                yield from by_source(self.path, self.folder)
            else:
                yield Group(_key(self.path), local.load(self.path, sandbox, limit))
        except LocalError as error:
            self.problems = (str(error),)


class Edition:
    """What was given on the command line, as a library in memory."""

    def __init__(self, store: Store, sources: Sequence[str], config: Config) -> None:
        self.store = store
        self.sources = tuple(dict.fromkeys(sources))
        self._config = config
        self._local = tuple(_Local(Path(name)) for name in self.sources if not _elsewhere(name))
        self._problems: tuple[str, ...] = ()
        self.dropped = 0
        """Articles that were left out: beyond the limit, cut short, or harmful."""

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be read, a line in words each."""
        return tuple(problem for each in self._local for problem in each.problems) + self._problems

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the sources that were read."""
        return tuple(feed.title for feed in self.store.feeds.all())

    @property
    def title(self) -> str:
        """What the whole is called."""
        if self.sources == tuple(samples()):
            return "sample edition"
        names = [_name(source) for source in self.sources]
        more = len(names) - TITLES_SHOWN
        return ", ".join(names[:TITLES_SHOWN]) + (f" and {more} more" if more > 0 else "")

    def read(self, stdin: bytes | None) -> None:
        """Read every source; `stdin` is what came through the pipe."""
        groups, problems = list[Group](), list[str]()
        addresses = [name for name in self.sources if _elsewhere(name) and name != STDIN]
        with Sandbox() as sandbox:
            sandbox.start()
            for each in self._local:
                groups += each.groups(sandbox, self._config.fetch.max_items)
            if STDIN in self.sources:
                try:
                    page = local.parse(stdin or b"", sandbox=sandbox, limit=self._config.fetch.max_items)
                    groups.append(Group(STDIN, page))
                except LocalError as error:
                    problems.append(str(error))
            for found in _fetched(addresses, self._config, sandbox) if addresses else ():
                groups.append(found) if isinstance(found, Group) else problems.append(found)
        self._problems = tuple(problems)
        self._ingest(groups)

    def reload(self) -> bool:
        """Read the files and folders that have changed since; returns whether there were any.

        Articles are known again by their files: they change in place. One whose file is gone stays.
        """
        changed = [each for each in self._local if local.stamp(each.path) != each.stamp]
        if changed:
            limit = self._config.fetch.max_items
            with Sandbox() as sandbox:
                self._ingest([group for each in changed for group in each.groups(sandbox, limit)])
        return bool(changed)

    def close(self) -> None:
        """Forget everything."""
        self.store.close()

    def _ingest(self, groups: Sequence[Group]) -> None:
        now = datetime.now(UTC)
        self.dropped += sum(group.feed.dropped for group in groups)
        with self.store.transaction():
            for group in groups:
                feed, _ = self.store.feeds.add(group.url, title=group.feed.title, local=True)
                library.ingest(self.store, feed, group.feed, rules=self._config.topics, now=now, archive=True)


def load(sources: Sequence[str], config: Config, stdin: bytes | None = None) -> Edition:
    """Read sources: paths, http(s) addresses, `-`. What cannot be read is in `problems` and stops nothing.

    It fetches in an event loop of its own: call it from a thread that has none. Raises StoreError.
    """
    edition = Edition(Store.open(":memory:"), sources, config)
    edition.read(stdin)
    return edition


def samples() -> tuple[str, ...]:
    """Return the sources of the sample edition, which is shipped with newsread."""
    return (str(SAMPLES),)


def packs() -> tuple[Subscription, ...]:
    """Return the starter packs: well-known public feeds, each with the topic of its pack."""
    from reader import opml

    return opml.read(PACKS.read_bytes()).subscriptions


def by_source(path: Path, folder: local.Folder) -> Iterator[Group]:
    """Sort the pages of a folder by the source that each names; those that name none are the folder's."""
    sorted_pages: dict[str, list[ParsedFeed]] = {}
    for page in folder.pages:
        sorted_pages.setdefault(page.feed.title, []).append(page.feed)
    own = one_line(path.absolute().name)
    for title, feeds in sorted_pages.items():
        url = _key(path) if title == own else f"{_key(path)}#{title}"
        yield Group(url, local.merged(title, feeds))


def _fetched(addresses: Sequence[str], config: Config, sandbox: Sandbox) -> list[Group | str]:
    """Return a group for each address, or what is wrong with it in words."""
    import asyncio

    from reader.fetch import Fetcher

    limit = config.fetch.max_items

    async def visit(url: str, fetcher: Fetcher) -> Group | str:
        try:
            answer = await _feed_or_page(url, fetcher, sandbox)
            return Group(url, await asyncio.to_thread(_parsed, answer, sandbox, limit))
        except NewsreadError as error:
            words = str(error)
            return words if words.startswith(url) else f"{one_line(url)}: {words}"

    async def visits() -> list[Group | str]:
        async with Fetcher(config.fetch) as fetcher:
            return await asyncio.gather(*(visit(url, fetcher) for url in addresses))

    return asyncio.run(visits())


async def _feed_or_page(url: str, fetcher: Fetcher, sandbox: Sandbox) -> Fetched:
    """Return what is at an address; the feed that it announces, if it is a page that announces one."""
    import asyncio

    answer = await fetcher.get(url, private_ok=True)
    origin = Origin(name=one_line(answer.address), address=answer.address, content_type=answer.content_type)
    announced, page = await asyncio.to_thread(sandbox.links, answer.body, origin)
    return await _announced(answer, announced, fetcher) or answer if page else answer


async def _announced(page: Fetched, announced: Sequence[Candidate], fetcher: Fetcher) -> Fetched | None:
    """Return the first feed that a page announces; None where it announces none or it is out of reach."""
    for candidate in announced[:1]:
        try:
            return await fetcher.get(candidate.url, private_ok=_host(candidate.url) == _host(page.address))
        except NewsreadError:
            return None
    return None


def _parsed(answer: Fetched, sandbox: Sandbox, limit: int) -> ParsedFeed:
    return local.parse(
        answer.body,
        answer.address,
        sandbox,
        address=answer.address,
        content_type=answer.content_type,
        limit=limit,
    )


def _key(path: Path) -> str:
    """Return a path as text that a library can hold: a byte that is no UTF-8 is spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _elsewhere(source: str) -> bool:
    return source == STDIN or source.startswith(("http://", "https://"))


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _name(source: str) -> str:
    """Return what a source is called in the edition's title."""
    if source == STDIN:
        return local.STDIN
    return _host(source) if _elsewhere(source) else one_line(Path(source).absolute().name)
