"""What a word of the command line names: standard input, an address, or a file or folder."""

from __future__ import annotations

import io
import os
import re
import sys
from itertools import islice
from pathlib import Path
from typing import cast

from reader.cli.parser import did_you_mean, quoted
from reader.text import NewsreadError, address

STDIN = "-"
PIECE = 1024 * 1024  # bytes read at once

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_LOGIN = re.compile(r"(?<=//)[^/?#\s@]*@")
_HOST = re.compile(
    r"(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\]|(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,})"
    r"(?::\d{1,5})?(?:[/?#].*)?\Z"
)
_FILE_ENDINGS = tuple(
    f".{end}" for end in ("xml", "rss", "atom", "rdf", "json", "html", "htm", "md", "txt", "opml")
)


class SourceError(NewsreadError):
    """A word names neither a file nor an address."""


def source(word: str) -> str:
    """Return `-`, a canonical http(s) address, or the path of something that exists. Raises SourceError."""
    if word == STDIN:
        return STDIN
    if match := _SCHEME.match(word):
        return _with_scheme(word, match[1].lower())
    if _exists(word):
        return word
    if "\0" not in word and _exists(os.path.expanduser(word)):  # noqa: PTH111 (quoted by the shell: '~/news')
        return os.path.expanduser(word)  # noqa: PTH111
    if found := _bare_address(word):
        return found
    raise SourceError(f"there is no file or folder {quoted(word)}{_neighbour(word)}")


def standard_input(limit: int) -> bytes:
    """Return what standard input holds, to its end. Raises SourceError beyond `limit` bytes."""
    body = bytearray()
    # Piece by piece: one long read() overhears a Ctrl+C that comes between two of its pieces.
    stream = cast("io.BufferedReader", sys.stdin.buffer) if sys.stdin else io.BytesIO()
    while len(body) <= limit and (piece := stream.read1(PIECE)):
        body += piece
    if len(body) > limit:
        raise SourceError(f"standard input is longer than the {limit // 1024**2} MiB that are read of it")
    return bytes(body)


def without_login(word: str) -> str:
    """Return a word without the user name and password that an address may hold: no message repeats them."""
    return _LOGIN.sub("", word)


def is_address(name: str) -> bool:
    """Return whether a source is an http(s) address."""
    return name.startswith(("http://", "https://"))


def _with_scheme(word: str, scheme: str) -> str:
    if scheme == "feed":
        word = "https" + word[len(scheme) :]
    elif scheme == "file":
        return _from_file_address(word)
    elif scheme not in ("http", "https"):
        raise SourceError(
            f"{quoted(without_login(word))} cannot be read: newsread fetches http and https addresses only"
        )
    if found := address(word):
        return found
    if "@" in word.split("://", 1)[1].split("/", 1)[0]:
        raise SourceError(
            "an address with a user name or password in it is not taken, so that none is ever stored"
        )
    raise SourceError(f"{quoted(word)} is no address that can be fetched")


def _from_file_address(word: str) -> str:
    from urllib.parse import unquote, urlsplit

    path = unquote(urlsplit(word).path)
    if _exists(path):
        return path
    raise SourceError(f"there is no file or folder {quoted(path)}")


def _bare_address(word: str) -> str:
    """Return the address of `example.org/feed`; "" for what looks like the name of a file."""
    if not _HOST.match(word) or ("/" not in word and Path(word).suffix.lower() in _FILE_ENDINGS):
        return ""
    own = word.startswith(("localhost", "[")) or word[:1].isdigit()
    return address(f"{'http' if own else 'https'}://{word}")


def _neighbour(word: str) -> str:
    """Return a hint at a file beside it that has nearly this name."""
    try:
        with os.scandir(Path(word).parent) as entries:
            names = [entry.name for entry in islice(entries, 1_000)]
    except (OSError, ValueError):
        return ""
    return did_you_mean(Path(word).name, names)


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # a zero byte
        return False
