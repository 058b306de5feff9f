"""Local paths and bytes -> ParsedFeed: feed files, web pages, Markdown, news pages, folders of these."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reader import encoding, text
from reader.local import files, newspage, sniff
from reader.local.files import LocalError, is_folder
from reader.model import ParsedFeed
from reader.parse import ITEMS_MAX
from reader.parse.raw import ParseError

if TYPE_CHECKING:
    from reader.sandbox import Sandbox

__all__ = [
    "Folder",
    "LocalError",
    "Page",
    "folder",
    "is_folder",
    "kind",
    "load",
    "merged",
    "page",
    "parse",
    "stamp",
]

GZIP = b"\x1f\x8b\x08"
STDIN = "standard input"
"""The name of what comes from no file."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file of a folder after reading."""

    path: Path
    stamp: bytes
    feed: ParsedFeed


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds: the files that could be read, and in words those that could not."""

    pages: tuple[Page, ...] = ()
    problems: tuple[str, ...] = ()


def load(path: Path, sandbox: Sandbox | None = None, limit: int = ITEMS_MAX) -> ParsedFeed:
    """Read a file, or a folder as one feed of all that it holds; `limit` articles of a document.

    Raises LocalError.
    """
    if not is_folder(path):
        return _load(path, sandbox, limit=limit)
    found = folder(path, sandbox, limit=limit)
    if not found.pages:
        raise LocalError(found.problems[0])
    return merged(files.shown(path.absolute().name), [page.feed for page in found.pages])


def merged(title: str, feeds: Sequence[ParsedFeed]) -> ParsedFeed:
    """Return several pages as one feed."""
    return ParsedFeed(
        title=title,
        site=next((feed.site for feed in feeds if feed.site), ""),
        lang=next((feed.lang for feed in feeds if feed.lang), ""),
        entries=tuple(entry for feed in feeds for entry in feed.entries),
        ticker=tuple(mention for feed in feeds for mention in feed.ticker),
        dropped=sum(feed.dropped for feed in feeds),
    )


def folder(
    path: Path, sandbox: Sandbox | None = None, before: Folder | None = None, *, limit: int = ITEMS_MAX
) -> Folder:
    """Read every file of a folder; one that cannot be read never stops the others. Raises LocalError.

    A page that says nothing of its source has the folder's name for one. What was read `before` and has not
    changed is not read again.
    """
    walked = files.walk(path, sniff.ENDINGS)
    known = {page.path: page for page in before.pages} if before else {}
    name = files.shown(path.absolute().name)
    found, problems = list[Page](), list[str]()
    with _sandbox(sandbox) as parser:
        for file in walked.files:
            mark = stamp(file)
            if file in known and known[file].stamp == mark:
                found.append(known[file])
                continue
            try:
                found.append(Page(file, mark, _load(file, parser, follow=False, source=name, limit=limit)))
            except LocalError as error:
                problems.append(str(error))
    if not walked.whole:
        problems.append(
            f"{files.shown(path)} holds more than {files.FOLDER_MAX:,} files; the rest was not read"
        )
    if not walked.files:
        endings = ", ".join(sorted(sniff.ENDINGS))
        problems.append(f"{files.shown(path)} holds nothing to read; articles end in {endings}")
    return Folder(tuple(found), tuple(problems))


def parse(
    body: bytes,
    name: str = STDIN,
    sandbox: Sandbox | None = None,
    *,
    guid: str = "",
    modified: datetime | None = None,
    source: str = "",
    address: str = "",
    content_type: str = "",
    limit: int = ITEMS_MAX,
) -> ParsedFeed:
    """Read bytes that are news of whatever kind. Raises LocalError.

    `name` is shown where the bytes name nothing, `source` where they name no source; `modified` is when they
    were written; `address` and `content_type` are those of the server they came from; of a
    feed `limit` articles are read.
    """
    shown = files.shown(name)
    what, words = _told(body, name, content_type)
    if what == "feed":
        try:
            with _sandbox(sandbox) as parser:
                return parser.feed(body, address=address, content_type=content_type, limit=limit)
        except ParseError as error:
            raise LocalError(f"{shown}: {error}") from error
    file = newspage.File(files.shown(Path(name).name), guid=guid, source=source, modified=modified)
    if what == "html":
        from reader.local import web

        return web.parse(words, file, address=address)
    return newspage.parse(words, file, marked=what == "markdown")


def kind(body: bytes, name: str = STDIN, content_type: str = "") -> sniff.Kind:
    """Return what bytes hold: a feed, html, markdown or text. Raises LocalError for anything else."""
    return _told(body, name, content_type)[0]


def page(words: str, name: str) -> ParsedFeed:
    """Read a plain text in the grammar of news pages; `name` is its file's."""
    return newspage.parse(words, newspage.File(files.shown(name)))


def stamp(path: Path) -> bytes:
    """Return a value that changes when the file, or anything that is read from the folder, does."""
    return files.stamp(path, sniff.ENDINGS)


def _load(
    path: Path, sandbox: Sandbox | None, *, follow: bool = True, source: str = "", limit: int = ITEMS_MAX
) -> ParsedFeed:
    opened = files.read(path, follow=follow)
    return parse(
        opened.body,
        os.fsdecode(path),
        sandbox,
        guid=_identity(path),
        modified=opened.modified,
        source=source,
        limit=limit,
    )


def _told(body: bytes, name: str, content_type: str) -> tuple[sniff.Kind, str]:
    """Return what bytes hold, and their text where that is needed."""
    shown = files.shown(name)
    if not body:
        raise LocalError(f"{shown} is empty: there is nothing to read")
    if body.startswith(GZIP):
        return "feed", ""  # the sandbox unpacks it, within limits
    sniff.refuse_binary(body, shown)
    words = encoding.decode(body, content_type)
    return sniff.kind(words, Path(name).suffix.lower(), shown), words


def _identity(path: Path) -> str:
    """Return what an article in a file is known by as long as the file keeps its name."""
    whole = os.fsdecode(path.absolute())
    same = len(whole) <= text.GUID_MAX and text.one_line(whole) == whole
    return whole if same else sha256(os.fsencode(whole)).hexdigest()


@contextmanager
def _sandbox(given: Sandbox | None) -> Iterator[Sandbox]:
    """Lend the sandbox that is given, or one of our own for the moment."""
    if given is not None:
        yield given
        return
    from reader.sandbox import Sandbox

    with Sandbox() as own:
        yield own
