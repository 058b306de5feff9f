"""A response's body within limits: at most one layer of gzip or deflate, unpacked in small steps.

Why not the HTTP library's own decoders: they unpack a whole chunk at once, so that a kilobyte becomes a
gigabyte before any limit is asked (limits.md "Network").
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from reader.fetch.words import FetchError
from reader.text import one_line

STEP = 64 * 1024
"""Bytes unpacked at once: what memory a bomb can claim between two looks at the limit."""
FREE = 1024 * 1024
"""Bytes below which no ratio is asked: a short feed of repeated markup may pack very well."""
RATIO = 200
"""Unpacked to packed bytes: XML reaches 20 to 50, deflate's maximum of 1,030 is only reached by bombs."""
MEMBERS_MAX = 64
"""gzip members in a row (RFC 1952 allows any number); servers send one."""

GZIP_WINDOW = 16 + zlib.MAX_WBITS
MIB = 1024 * 1024

_MAGIC = b"\x1f\x8b"


class Plain:
    """No compression."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out = bytearray()

    def feed(self, data: bytes) -> None:
        """Take bytes as they come; raises FetchError as soon as the limit is passed."""
        self._out += data
        if len(self._out) > self._limit:
            raise too_large(self._limit)

    def finish(self) -> bytes:
        """Return the document."""
        return bytes(self._out)


class Packed:
    """gzip or deflate; what follows the end is left alone.

    `window` is zlib's `wbits`. The limit holds for the packed and for the unpacked bytes.
    """

    def __init__(self, limit: int, window: int) -> None:
        self._limit = limit
        self._window = window
        self._wire = 0
        self._members = 1
        self._inflate = zlib.decompressobj(window)
        self._held = b""  # bytes that are not unpacked yet
        self._out = bytearray()

    def feed(self, data: bytes) -> None:
        """Unpack bytes as they come; raises FetchError as soon as a limit is passed."""
        self._wire += len(data)
        if self._wire > self._limit:
            raise too_large(self._limit)
        self._held += data
        while self._held and self._going_on():
            self._step()

    def finish(self) -> bytes:
        """Return the document; raises FetchError when its end has not come."""
        if not self._inflate.eof:
            raise FetchError("the compressed feed breaks off before its end: try again later")
        return bytes(self._out)

    def _going_on(self) -> bool:
        """Whether there is something to unpack; after the end of a gzip member another may follow."""
        if not self._inflate.eof:
            return True
        if self._window != GZIP_WINDOW or not _MAGIC.startswith(self._held[: len(_MAGIC)]):
            self._held = b""
        if len(self._held) < len(_MAGIC):
            return False
        self._members += 1
        if self._members > MEMBERS_MAX:
            raise _harmful()
        self._inflate = zlib.decompressobj(self._window)
        return True

    def _step(self) -> None:
        """Unpack all bytes held, STEP bytes of the document at once."""
        full = True
        while full or self._held:
            try:
                piece = self._inflate.decompress(self._held, STEP)
            except zlib.error as error:
                raise FetchError("the feed's compression is damaged: try again later") from error
            self._out += piece
            size = len(self._out)
            if size > self._limit:
                raise too_large(self._limit)
            if size > FREE and size > RATIO * self._wire:
                raise _harmful()
            if self._inflate.eof:
                self._held = self._inflate.unused_data
                return
            self._held = self._inflate.unconsumed_tail
            full = len(piece) == STEP  # zlib may hold more of the document although it has taken all bytes


def decoder(encoding: str, head: bytes, limit: int) -> Plain | Packed:
    """Return the decoder for a Content-Encoding header and the body's first bytes.

    deflate comes in a zlib envelope (RFC 1950) or bare (RFC 1951): servers mix them up. A body that is said
    to be gzip and is not is read as it is. Raises FetchError for what newsread does not read.
    """
    layers = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if not layers or (layers in (["gzip"], ["x-gzip"]) and not head.startswith(_MAGIC)):
        return Plain(limit)
    if layers in (["gzip"], ["x-gzip"]):
        return Packed(limit, GZIP_WINDOW)
    if layers == ["deflate"]:
        envelope = head[:1] != b"" and head[0] & 0x8F == zlib.DEFLATED and int.from_bytes(head[:2]) % 31 == 0
        return Packed(limit, zlib.MAX_WBITS if envelope else -zlib.MAX_WBITS)
    raise FetchError(
        f"the server sends an encoding that newsread did not ask for ({one_line(', '.join(layers), 60)})"
    )


def check_length(stated: str, limit: int) -> None:
    """Raise FetchError when a Content-Length header already tells too much."""
    if stated.isascii() and stated.isdecimal() and int(stated[:20]) > limit:
        raise too_large(limit)


async def read(chunks: AsyncIterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the whole document, unpacked; raises FetchError beyond `limit` bytes."""
    head, decode = b"", None
    async for chunk in chunks:
        if decode is None:
            head += chunk
            if len(head) < len(_MAGIC):
                continue
            decode, chunk = decoder(encoding, head, limit), head  # noqa: PLW2901 (the first bytes count)
        decode.feed(chunk)
    if decode is None:
        decode = decoder(encoding, head, limit)
        decode.feed(head)
    return decode.finish()


class TooLargeError(FetchError):
    """A document is larger than was asked for."""


def too_large(limit: int) -> TooLargeError:
    """Return the error for a document beyond its limit."""
    return TooLargeError(
        f"the document is larger than {limit / MIB:.3g} MiB: "
        "set `max_mib` higher in the config's [fetch] if you trust it"
    )


def _harmful() -> FetchError:
    return FetchError("the feed is packed in a way that can only harm: newsread does not unpack it")
