"""Local paths and bytes -> ParsedFeed: feed files, web pages, Markdown, news pages, folders of these.

Files are opened here; what is in them is read in `reader.sandbox`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reader import text
from reader.local import files
from reader.local.files import LocalError, is_folder
from reader.model import ParsedFeed
from reader.pages import ENDINGS, STDIN, Origin
from reader.parse import ITEMS_MAX
from reader.parse.raw import ParseError
from reader.records import dataclass

if TYPE_CHECKING:
    from reader.sandbox import Sandbox

__all__ = [
    "STDIN",
    "Folder",
    "LocalError",
    "Page",
    "folder",
    "is_folder",
    "load",
    "merged",
    "parse",
    "stamp",
]


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
    walked = files.walk(path, ENDINGS)
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
        endings = ", ".join(sorted(ENDINGS))
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
    origin = Origin(
        name=shown,
        title=files.shown(Path(name).name),
        ending=Path(name).suffix.lower(),
        guid=guid,
        source=source,
        modified=modified,
        address=address,
        content_type=content_type,
    )
    try:
        with _sandbox(sandbox) as parser:
            return parser.news(body, origin, limit)
    except ParseError as error:
        words = str(error)
        raise LocalError(words if words.startswith(shown) else f"{shown}: {words}") from error


def stamp(path: Path) -> bytes:
    """Return a value that changes when the file, or anything that is read from the folder, does."""
    return files.stamp(path, ENDINGS)


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
