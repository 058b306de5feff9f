"""A library that is cut short, or has wrong bytes at 50 places: words, the file untouched, a sound rescue.

pytest -m slow -s tests/peers/test_damage.py                 (NEWSREAD_DAMAGES=500 for more places)
"""

import os
import random

import pytest

from reader.store import Store
from tests.peers.soundness import fill, finished, newsread, records, sound

DAMAGES = int(os.environ.get("NEWSREAD_DAMAGES", "50"))
CUTS = 10
FEEDS, ITEMS = 20, 60

pytestmark = pytest.mark.slow


@pytest.fixture
def whole(tmp_path):
    """The bytes of a library with marks."""
    path = tmp_path / "whole.db"
    with Store.open(path) as store:
        fill(store, FEEDS, ITEMS)
        store.marks.star(range(1, FEEDS * ITEMS, 7))
    return path.read_bytes()


def spoilt(body, chance):
    """Return a file with wrong bytes at one place: a bit, a few bytes, or half a page of nothing."""
    found = bytearray(body)
    place = chance.randrange(len(found))
    size = chance.choice((1, 8, 64, 2048))
    for at in range(place, min(place + size, len(found))):
        found[at] = found[at] ^ (1 << chance.randrange(8)) if size == 1 else chance.choice((0, 255, at & 255))
    return bytes(found)


def spoken(command):
    """Run a command; it may fail, but in words."""
    code, lines, said = finished(command)
    assert code in (0, 1), said
    assert "Traceback" not in said
    assert "should not have" not in said
    assert code == 0 or "newsread: " in said
    return code, lines, said


def looked_over(path, body, target):
    """Look a damaged library over, read in it, rescue it; returns whether it was noticed, what was saved."""
    path.write_bytes(body)
    code, _, _ = spoken(newsread(path, "doctor"))
    for words in ("list --limit 2000", "show 600", "search budget", "feeds", "topics"):
        spoken(newsread(path, *words.split()))
    assert path.read_bytes() == body
    saved, lines, said = spoken(newsread(path, "doctor", "--json", "--rescue", str(target)))
    assert path.read_bytes() == body
    if saved:
        assert not target.exists()
        assert "nothing could be read" in said
        return code == 1, None
    (found,) = records(lines)
    with Store.open(target) as store:
        sound(store)
        assert (len(store.feeds.all()), store.lists.counts().total) == (found["feeds"], found["articles"])
    assert spoken(newsread(target, "doctor"))[0] == 0
    return code == 1, found


def test_wrong_bytes_anywhere(whole, tmp_path):
    chance, noticed, saved = random.Random(6), 0, []
    for number in range(DAMAGES):
        seen, found = looked_over(
            tmp_path / f"{number}.db", spoilt(whole, chance), tmp_path / f"{number}-new.db"
        )
        noticed += seen
        saved.append(found["articles"] if found else 0)
        assert seen or found["articles"] == FEEDS * ITEMS, number
    mean, complete = sum(saved) / len(saved), saved.count(FEEDS * ITEMS)
    print(
        f"\n{DAMAGES} places damaged, {noticed} noticed; rescued of {FEEDS * ITEMS} articles:"
        f" least {min(saved)}, mean {mean:.0f}, all in {complete}"
    )
    assert mean > 0.9 * FEEDS * ITEMS


def test_a_library_that_is_cut_short(whole, tmp_path):
    saved = []
    for number in range(1, CUTS):
        body = whole[: len(whole) * number // CUTS]
        seen, found = looked_over(tmp_path / f"{number}.db", body, tmp_path / f"{number}-new.db")
        assert seen
        saved.append(found["articles"] if found else None)
    print(f"\ncut to {', '.join(f'{number}0 %' for number in range(1, CUTS))}: {saved} articles rescued")
