"""Pictures in a terminal's own pixels: kept, written as kitty's sequences or as sixels, painted anew."""

import io
import re
from types import SimpleNamespace

import pytest
from textual.geometry import Region, Size

from reader.pictures import kitty, sharp
from reader.pictures.cache import Cache
from reader.pictures.raster import SHARP_HEIGHT, SHARP_WIDTH, Raster
from reader.pictures.sixel import Sixels
from reader.sandbox import Sandbox
from reader.tui.graphics.pictorial import PictorialApp
from reader.tui.graphics.walls import KittyWall, SixelWall, Way, touched
from reader.tui.panes.column import Hung
from tests.extras import needs_images, picture
from tests.graphics import Canvas, decoded

URL = "https://news.example/boat.png"
BODY = re.compile(r"\x1bP[0-9;]*q(.*)\x1b\\", re.DOTALL)

pytestmark = needs_images


def made(width=400, height=200):
    """Return a picture of a colour for every place, and the same packed."""
    from PIL import Image

    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    whole = Image.merge("RGB", (across, down, across))
    return whole, sharp.pack(Raster(width, height, whole.tobytes()))


def apart(one, other):
    """Return by how much two pictures differ, of 255 in the mean."""
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def test_the_sandbox_gives_it_small_and_sharp():
    with Sandbox() as sandbox:
        small, fine = sandbox.pictures(picture((3000, 2000)), sharp=True)
        assert len(sandbox.pictures(picture(), sharp=False)) == 1
    assert (small.width, fine.width) == (76, SHARP_WIDTH)
    assert fine.height == round(SHARP_WIDTH * 2 / 3) <= SHARP_HEIGHT


def test_the_cache_keeps_both(tmp_path):
    whole, stored = made()
    cache = Cache(tmp_path)
    cache.put(URL, Raster(1, 1, b"abc"))
    assert cache.sharp(URL) is None
    cache.put(URL, Raster(1, 1, b"abc"), stored)
    assert cache.sharp(URL) == stored
    assert sharp.size(stored) == whole.size


@pytest.mark.parametrize("stored", [b"", b"\xff\xd8\xff nonsense", picture(), picture(kind="GIF")])
def test_only_what_was_packed_here_is_unpacked(stored):
    for unpack in (sharp.size, lambda it: sharp.png(it, 9, 9), lambda it: sharp.paletted(it, 9, 9, 16)):
        with pytest.raises(ValueError, match="no picture of ours"):
            unpack(stored)


def test_a_file_that_ends_too_soon_is_none_of_ours():
    _, stored = made()
    for unpack in (lambda it: sharp.png(it, 9, 9), lambda it: sharp.paletted(it, 9, 9, 16)):
        with pytest.raises(ValueError, match="no picture of ours"):
            unpack(stored[: len(stored) // 2])


@pytest.mark.parametrize(("colours", "most"), [(256, 6), (64, 20), (16, 40)])
def test_sixels_are_nearly_the_picture(colours, most):
    whole, stored = made()
    sixels = Sixels(sharp.paletted(stored, 300, 150, colours))
    for top, bottom in ((0, 150), (17, 120), (34, 41)):
        (body,) = BODY.findall(sixels.part(top, bottom))
        drawn = decoded(body.encode())
        assert bottom - top - 6 < drawn.height <= bottom - top  # not a pixel below
        seen = whole.resize((300, 150)).crop((0, top, 300, top + drawn.height))
        assert apart(drawn, seen) < most
    assert sixels.part(20, 25) == ""


def test_kitty_gets_the_picture_in_chunks():
    from PIL import Image

    whole, stored = made()
    png = sharp.png(stored, 200, 999)
    canvas = Canvas().feed((kitty.sent(16, png) + kitty.placed(16, 10, 5)).encode())
    assert canvas.wrong == []
    assert canvas.stored[16].size == (200, 100)
    assert apart(canvas.stored[16], whole.resize((200, 100), Image.Resampling.LANCZOS)) < 3
    assert canvas.placed == {16: (10, 5)}
    assert Canvas().feed((kitty.sent(16, png) + kitty.gone(16)).encode()).stored == {}


@pytest.mark.parametrize("true", [True, False])
def test_a_colour_is_the_pictures_number(true):
    from rich.color import Color, ColorSystem

    for number in range(kitty.FIRST, kitty.FIRST + kitty.COUNT):
        colour = Color.parse("#" + kitty.colour(number, true=true))
        if true:
            assert int(colour.get_truecolor().hex[1:], 16) == number
        else:
            assert colour.downgrade(ColorSystem.EIGHT_BIT).number == number


# Walls


def sixel_wall(covered=lambda _: False):
    wall = SixelWall(Way("sixel", (10, 20)), covered, lambda work, then: then(work()))
    wall.prepare(URL, made()[1], 20)
    return wall


def at(y, seen=None):
    place = Region(5, y, 20, 5)
    return [Hung(URL, place, place if seen is None else seen)]


def test_sixels_are_painted_where_they_are_in_sight_and_again_when_touched():
    wall = sixel_wall()
    assert wall.painted(at(3), []) == ""  # it is worked out first
    first = wall.painted(at(3), [])
    assert first.startswith("\x1b[4;6H\x1bP")
    assert wall.painted(at(3), []) == ""  # it stands
    assert wall.painted(at(3), [Region(0, 0, 80, 3), Region(25, 3, 9, 9)]) == ""  # beside it
    assert wall.painted(at(3), [Region(0, 7, 80, 1)]) == first
    assert wall.painted([], [Region(0, 0, 80, 24)]) == ""
    assert wall.painted(at(3), []) == first  # it had gone
    part = at(-2, Region(5, 0, 20, 3))
    wall.painted(part, [])
    moved = wall.painted(part, [])
    assert moved.startswith("\x1b[1;6H")
    (body,) = BODY.findall(moved)
    assert decoded(body.encode()).height == 54  # whole bands
    assert wall.again() == wall.clear() == ""
    assert wall.painted(at(3), []) == ""


def test_what_is_covered_is_not_painted():
    wall = sixel_wall(lambda region: region.y == 3)
    assert [wall.painted(at(3), []) for _ in range(3)] == ["", "", ""]
    wall.painted(at(4), [])
    assert wall.painted(at(4), [])
    assert wall.painted(at(4, Region(5, 4, 12, 5)), []) == ""  # its right is out of sight


def test_a_picture_wider_than_the_terminal_takes_stays_half_blocks():
    wall = SixelWall(Way("sixel", (10, 20), widest=199), lambda _: False, lambda work, then: then(work()))
    wall.prepare(URL, made()[1], 20)
    assert [wall.painted(at(3), []) for _ in range(3)] == ["", "", ""]


def test_a_damaged_picture_stays_half_blocks_and_is_tried_once():
    tried = []
    wall = SixelWall(Way("sixel", (10, 20)), lambda _: False, lambda work, then: tried.append(then(work())))
    _, stored = made()
    wall.prepare(URL, stored[: len(stored) // 2], 20)
    assert [wall.painted(at(3), []) for _ in range(3)] == ["", "", ""]
    assert len(tried) == 1


def test_kitty_is_told_of_another_size_and_sent_nothing_twice():
    wall = KittyWall(Way("kitty", (10, 20)))
    wall.prepare(URL, made()[1], 20)
    first = wall.painted(at(3), [])
    assert first.count("a=t") == first.count("a=p") == 1
    assert wall.painted(at(9), [Region(0, 0, 80, 24)]) == ""
    small = [Hung(URL, Region(5, 3, 10, 3), Region(5, 3, 10, 3))]
    assert wall.painted(small, []) == kitty.placed(kitty.FIRST, 10, 3)
    assert wall.again() == kitty.gone(kitty.FIRST)
    assert "a=t" in wall.painted(small, [])
    assert wall.clear() == kitty.gone(kitty.FIRST)
    assert wall.clear() == ""
    assert wall.hang(URL) is None


def test_an_update_of_all_touches_all():
    assert touched(object(), (80, 24)) == [Region(0, 0, 80, 24)]


def test_png_is_what_it_says():
    from PIL import Image

    assert Image.open(io.BytesIO(sharp.png(made()[1], 50, 50))).format == "PNG"


@pytest.mark.parametrize(("kind", "bottom"), [("sixel", 23), ("kitty", 24)])
def test_no_sixel_is_painted_on_the_last_line_which_would_scroll(kind, bottom):
    class Article:
        display = True

        def hung(self):
            return iter(at(20))

    app = SimpleNamespace(size=Size(80, 24), wall=SimpleNamespace(way=Way(kind, (10, 20))))
    app.resting = lambda: SimpleNamespace(article=Article())
    (hung,) = PictorialApp._in_sight(app)
    assert hung.seen.bottom == bottom
