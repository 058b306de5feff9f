"""A disk that is full: words that say what to do, nothing lost, and it works again once there is room.

    pytest -m slow -s tests/peers/test_full_disk.py

Where the system lets this user mount a small file system in memory (root, mostly); elsewhere it says so.
"""

import os
import subprocess
from contextlib import ExitStack

import pytest

from reader.model import View
from reader.store import Store
from tests.peers.soundness import fill, finished, helper, newsread, sound
from tests.server import Reply, Server
from tests.test_refresh import feed

SIZE = "6m"
pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path):
    """A folder that is a file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "newsread-test", str(place)]
    try:
        ran = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        ran = None
    if ran is None or ran.returncode:
        pytest.skip("this user may not mount a file system, so that no disk can be filled")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def stuffed(disk, left):
    """Fill the disk but for so many bytes."""
    room = os.statvfs(disk)
    (disk / "ballast").write_bytes(b"x" * max(room.f_bavail * room.f_frsize - left, 0))


def long(number):
    """A feed that needs more room than there is."""
    body = feed(*(f"Budget {number} of {item}: what it says" for item in range(40)))
    return body.replace(
        b"</title><guid>",
        b"</title><description>" + os.urandom(9000).hex().encode() + b"</description><guid>",
    )


@pytest.mark.parametrize("left", [0, 20_000, 100_000])
def test_a_full_disk_costs_nothing_but_the_new(disk, tmp_path, left):
    path, config = disk / "library.db", tmp_path / "config.toml"
    config.write_text("[fetch]\nspacing = 0\nprivate = true\n")
    outlines = "".join(f'<outline text="{n}" xmlUrl="https://s{n}.example/{"x" * 900}"/>' for n in range(300))
    listed = tmp_path / "feeds.opml"
    listed.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    with Server() as server, ExitStack() as stack:
        server.routes |= {f"/{number}": Reply(long(number)) for number in range(6)}
        with Store.open(path) as store:
            fill(store, 5, 40)
            for number in range(5):
                store.feeds.add(server.url(f"/{number}"), local=True)
        reading = stack.enter_context(Store.open(path))
        stuffed(disk, left)
        commands = {
            "refresh": newsread(path, "refresh", "6", "7", "8", "9", "10", config=config),
            "import": newsread(path, "import", str(listed), config=config),
            "add": newsread(path, "add", server.url("/5"), config=config),
            "mark": helper("marking", path),
            "rebuild": newsread(path, "doctor", "--rebuild", config=config),
            "rescue": newsread(path, "doctor", "--rescue", str(disk / "new.db"), config=config),
        }
        told = {}
        for name, command in commands.items():
            code, lines, said = finished(command)
            told[name] = (code, said.strip().splitlines()[-1:] or lines[-1:])
            assert "should not have" not in said, (name, said)
            if name != "mark":
                assert "Traceback" not in said, (name, said)
                assert code == 0 or "free some space" in said or "where there is room" in said, (name, said)
                assert code in (0, 1), (name, code, said)
        print(
            f"\n{left} bytes left:",
            *(f"{name}: {code} {said}" for name, (code, said) in told.items()),
            sep="\n  ",
        )
        assert len(reading.lists.rows(reading.lists.ids(View(), 20))) == 20  # a desk that is open reads on
        assert reading.articles.get(3).html
        (disk / "ballast").unlink()
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        with Store.open(path) as store:
            sound(store)
            assert store.lists.counts().total >= 200
        for name, command in commands.items():
            code, _, said = finished(command)
            assert code == 0, (name, said)
        with Store.open(path) as store:
            sound(store)
            assert len(store.feeds.all()) == 5 + 5 + 300 + 1
            assert store.lists.counts().total == 200 + 6 * 40
            assert not store.lists.ids(View(unread=True))
