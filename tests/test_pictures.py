"""Pictures: decoded within limits, scaled, packed, kept on disk within bounds."""

import os
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse import ParseError
from reader.pictures.cache import Cache
from reader.pictures.raster import HEIGHT, WIDTH, Raster, pack, unpack
from reader.sandbox import Sandbox
from tests.extras import needs_images, picture

RED, BLUE = (200, 30, 40), (20, 40, 220)
URL = "https://news.example/boat.png"


def halves(width=8, height=4):
    row = bytes(RED) * (width // 2) + bytes(BLUE) * (width - width // 2)
    return Raster(width, height, row * height)


@given(
    st.integers(1, WIDTH).flatmap(
        lambda width: st.integers(1, HEIGHT).map(
            lambda height: Raster(width, height, os.urandom(3 * width * height))
        )
    )
)
def test_packing_is_undone_by_unpacking(raster):
    assert unpack(pack(raster)) == raster


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"NRP1",
        b"NRP2" + pack(halves())[4:],
        pack(halves())[:-8],
        struct.pack(">4sHH", b"NRP1", 9, 4) + zlib.compress(halves().rgb),
        struct.pack(">4sHH", b"NRP1", 60_000, 60_000) + zlib.compress(b"\0" * 1_000_000),
        struct.pack(">4sHH", b"NRP1", 0, 0) + zlib.compress(b""),
    ],
)
def test_what_is_no_raster_is_refused(stored):
    with pytest.raises(ValueError, match="no raster"):
        unpack(stored)


def test_scaling_keeps_shape_and_colours():
    small = halves(76, 60).scaled(38)
    assert (small.width, small.height) == (38, 30)
    assert small.at(0, 0) == small.at(18, 29) == RED
    assert small.at(19, 0) == small.at(37, 29) == BLUE


def test_scaling_takes_the_mean():
    board = Raster(2, 2, bytes((0, 0, 0, 200, 100, 50, 200, 100, 50, 0, 0, 0)))
    assert board.scaled(1).at(0, 0) == (100, 50, 25)


def test_nothing_is_made_larger():
    assert halves().scaled(76) == halves()


@given(st.integers(1, WIDTH), st.integers(1, HEIGHT), st.integers(1, WIDTH))
def test_every_scale_gives_a_raster(width, height, wanted):
    made = Raster(width, height, bytes(3 * width * height)).scaled(wanted)
    assert made.width <= max(wanted, 1)


def claimed(side):
    """A picture of a few bytes that claims to be so high and wide."""
    chunks = (
        b"IHDR" + struct.pack(">II", side, side) + b"\x08\x02\0\0\0",
        b"IDAT" + zlib.compress(b"\0" * 1000),
        b"IEND",
    )
    framed = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


@needs_images
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_webs_pictures_are_read(kind):
    from reader.pictures.decode import rasters

    (found,) = rasters(picture((400, 200), kind), sharp=False)
    assert (found.width, found.height) == (76, 38)
    for seen, meant in ((found.at(5, 5), RED), (found.at(70, 30), BLUE)):
        assert all(abs(one - other) < 12 for one, other in zip(seen, meant, strict=True))


@needs_images
def test_a_tall_picture_fits_the_window():
    from reader.pictures.decode import rasters

    (found,) = rasters(picture((100, 1000)), sharp=False)
    assert (found.width, found.height) == (8, HEIGHT)


@needs_images
def test_what_is_transparent_is_drawn_on_paper():
    import io

    from PIL import Image

    from reader.pictures.decode import rasters

    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    assert rasters(file.getvalue(), sharp=False)[0].at(3, 3) == (255, 255, 255)


@needs_images
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no picture"),
        (b"<svg/>", "no picture"),
        (picture()[:60], "no picture"),
        (picture(kind="BMP"), "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "no picture"),
        (picture((4, 100)), "too small"),
        (claimed(65_535), "more pixels"),
        (claimed(7_500), "more pixels"),
    ],
    ids=["empty", "svg", "cut off", "bmp", "eps", "a line", "a bomb", "a small bomb"],
)
def test_what_cannot_be_shown_says_so(body, words):
    with Sandbox() as sandbox, pytest.raises(ParseError, match=words):
        sandbox.pictures(body, sharp=False)


def test_the_cache_keeps_a_picture_for_its_owner_alone(tmp_path):
    cache = Cache(tmp_path / "pictures")
    assert cache.get(URL) is None
    cache.put(URL, halves())
    assert cache.get(URL) == halves()
    (file,) = (tmp_path / "pictures").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_damaged_file_counts_as_none(tmp_path):
    cache = Cache(tmp_path)
    cache.put(URL, halves())
    next(tmp_path.iterdir()).write_bytes(b"NRP1 and nonsense")
    assert cache.get(URL) is None


def test_the_cache_is_bounded_and_what_was_seen_longest_ago_goes_first(tmp_path):
    size = len(pack(halves()))
    cache = Cache(tmp_path, limit=10 * size)
    for number in range(10):
        cache.put(f"{URL}?{number}", halves())
        os.utime(cache._path(f"{URL}?{number}"), (number, number))
    cache.get(f"{URL}?0")  # seen just now
    cache.put(f"{URL}?new", halves())
    assert len(list(tmp_path.iterdir())) <= 10
    assert cache.get(f"{URL}?0")
    assert cache.get(f"{URL}?new")
    assert cache.get(f"{URL}?1") is None


def test_a_folder_that_cannot_be_written_only_means_no_cache(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    Cache(tmp_path / "file" / "pictures").put(URL, halves())
