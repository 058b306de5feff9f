"""The bounded decoder: what is read, what is refused, and that no step claims much memory."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch import FetchError, body

MIB = 1024 * 1024
TEXT = b"<rss>" + b"".join(b"<item>%d</item>" % n for n in range(5000)) + b"</rss>"


async def read(data: bytes, encoding: str, limit: int = 16 * MIB, size: int = 1000) -> bytes:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(data), size):
            yield data[start : start + size]

    return await body.read(chunks(), encoding, limit)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def bomb(mebibytes: int) -> bytes:
    """A gzip stream of zeros made of one repeated block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(MIB)
    first = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (mebibytes - 1)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("identity, gzip", gzip.compress(TEXT)),
    ],
    ids=["none", "identity", "gzip", "x-gzip", "deflate", "bare deflate", "identity, gzip"],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
async def test_reads_what_it_offers(encoding: str, packed: bytes, size: int) -> None:
    assert await read(packed, encoding, size=size) == TEXT


@given(st.binary(max_size=3000), st.integers(1, 500), st.sampled_from(["gzip", "deflate", "raw"]))
async def test_any_bytes_survive_the_way(data: bytes, size: int, kind: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "raw": raw_deflate}[kind](data)
    assert await read(packed, "gzip" if kind == "gzip" else "deflate", size=size) == data


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "", "gzip, gzip", "br"]))
async def test_any_bytes_are_read_or_refused(data: bytes, encoding: str) -> None:
    with contextlib.suppress(FetchError):
        await read(data, encoding, size=13)


async def test_zlib_keeps_nothing_back_when_it_has_taken_all_bytes() -> None:
    """The last byte of the wire stands for the end of one step and the beginning of the next."""
    for size in range(body.STEP, body.STEP + 260):
        assert await read(raw_deflate(bytes(size)), "deflate", size=100_000) == bytes(size)


async def test_gzip_members_in_a_row_are_one_document() -> None:
    members = gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])
    assert await read(members, "gzip", size=1) == TEXT


async def test_too_many_gzip_members_are_refused() -> None:
    with pytest.raises(FetchError, match="only harm"):
        await read(gzip.compress(b"") * (body.MEMBERS_MAX + 1), "gzip")


async def test_what_follows_the_end_is_left_alone() -> None:
    for size in (1, 10_000):
        assert await read(gzip.compress(TEXT) + b"garbage" * 10, "gzip", size=size) == TEXT
        assert await read(zlib.compress(TEXT) + b"garbage" * 10, "deflate", size=size) == TEXT


async def test_gzip_that_is_none_is_read_as_it_is() -> None:
    assert await read(TEXT, "gzip") == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "x-evil", "gzip, gzip", "deflate, gzip", "gzip, br"])
async def test_other_encodings_and_layers_are_refused(encoding: str) -> None:
    with pytest.raises(FetchError, match="did not ask for"):
        await read(gzip.compress(TEXT), encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_an_end_that_is_missing_is_an_error(encoding: str) -> None:
    packed = gzip.compress(TEXT) if encoding == "gzip" else zlib.compress(TEXT)
    for end in (len(packed) // 2, len(packed) - 1):
        with pytest.raises(FetchError, match="breaks off"):
            await read(packed[:end], encoding)


async def test_damage_is_an_error() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(FetchError, match=r"damaged|breaks off"):
        await read(bytes(packed), "gzip")


async def test_wire_and_decoded_bytes_are_limited() -> None:
    for data, encoding in ((TEXT, ""), (gzip.compress(TEXT), "gzip")):
        with pytest.raises(FetchError, match="larger than"):
            await read(data, encoding, limit=len(TEXT) - 1)
        assert await read(data, encoding, limit=len(TEXT)) == TEXT
    with pytest.raises(FetchError, match="larger than"):
        await read(gzip.compress(b"") + bytes(1000), "gzip", limit=500)


async def test_a_bomb_is_stopped_by_its_ratio_long_before_the_limit() -> None:
    packed = bomb(12)  # below the size limit of 16 MiB
    with pytest.raises(FetchError, match="only harm"):
        await read(packed, "gzip", size=64 * 1024)


async def test_a_bomb_in_one_chunk_claims_little_memory() -> None:
    packed = bomb(1024)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError):
            await read(packed, "gzip", size=len(packed))
        assert tracemalloc.get_traced_memory()[1] < 24 * MIB  # the whole would be 1024
    finally:
        tracemalloc.stop()


async def test_a_short_feed_may_pack_very_well() -> None:
    data = bytes(body.FREE)
    assert await read(gzip.compress(data), "gzip") == data


def test_a_stated_length_is_enough_to_refuse() -> None:
    for stated in ("1001", "9" * 30, "1000000000000"):
        with pytest.raises(FetchError, match="larger than"):
            body.check_length(stated, 1000)
    for stated in ("", "1000", "-1", "many", "²"):
        body.check_length(stated, 1000)
