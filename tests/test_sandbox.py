"""The parser that can be killed: same results, hard limits, no orphans."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from reader import local, parse, sandbox
from reader.pages import Origin
from reader.sandbox import Sandbox, StoppedError, tasks

ITEM = (
    "<item><title>é {n} 😀</title><link>http://x.test/{n}</link><guid>{n}</guid><author>A</author><category>c</category>"
    "<pubDate>Sun, 22 Nov 2020 10:00:00 GMT</pubDate><description>&lt;p&gt;Words&lt;/p&gt;</description>"
    '<enclosure url="http://x.test/a.mp3" type="audio/mpeg" length="7"/></item>'
)


def rss(count: int = 2, filling: str = "") -> bytes:
    items = "".join(ITEM.format(n=n) for n in range(count))
    return f"<rss version='2.0'><channel><title>T</title>{filling}{items}</channel></rss>".encode()


@pytest.fixture
def box():
    with Sandbox() as one:
        yield one


def worker(one: Sandbox) -> subprocess.Popen[bytes]:
    return one._worker._process


def slow(count: int = 400) -> bytes:
    """A feed that takes feedparser a second for each 100,000 elements: its time only grows with its size.

    The first element is one that the fast path leaves to feedparser.
    """
    return rss(1, filling="<fullitem/>" + "<x><y/></x>" * count * 1000)


def test_the_result_is_that_of_parse(box):
    body = rss()
    assert box.feed(body, address="https://x.test/f") == parse.feed(body, address="https://x.test/f")
    assert box.feed(body, limit=1) == parse.feed(body, limit=1)


def test_a_refusal_is_that_of_parse(box):
    with pytest.raises(parse.ParseError, match="web page") as caught:
        box.feed(b"<html>")
    assert not isinstance(caught.value, StoppedError)
    assert box.feed(rss()).entries


def test_nothing_runs_before_the_first_feed_nor_after_closing():
    one = Sandbox()
    assert one._worker is None
    one.feed(rss())
    process = worker(one)
    one.close()
    assert process.returncode is not None
    one.close()
    assert one.feed(rss()).title == "T"
    one.close()


def test_one_worker_serves_many(box):
    box.feed(rss())
    first = worker(box).pid
    for _ in range(5):
        box.feed(rss())
    assert worker(box).pid == first


def test_a_feed_that_takes_too_long_is_stopped_and_the_next_is_read():
    with Sandbox(seconds=1) as one:
        one.feed(rss())
        start = monotonic()
        with pytest.raises(StoppedError, match="more than 1 seconds to read: it was given up"):
            one.feed(slow())
        assert monotonic() - start < 3
        assert one.feed(rss()).title == "T"


def test_a_feed_that_takes_too_much_memory_is_stopped_and_the_next_is_read():
    with Sandbox(memory=96 << 20) as one:
        with pytest.raises(StoppedError, match="more than 96 MB of memory"):
            one.feed(rss(1, filling="<!-- " + "x" * (15 << 20) + " -->"))
        assert one.feed(rss()).title == "T"


def test_a_feed_whose_addresses_grow_beyond_measure_is_refused_by_the_worker():
    links = "".join(f'<link rel="enclosure" href="{number}"/>' for number in range(20))
    items = f"<entry><title>t</title>{links}</entry>" * 900
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{items}</feed>'.encode()
    with Sandbox(seconds=60) as one, pytest.raises(parse.ParseError, match="becomes too long"):
        one.feed(body, address=f"http://e.test/{'a' * 4_000}/")


def test_a_worker_that_died_is_replaced(box):
    box.feed(rss())
    process = worker(box)
    process.kill()
    process.wait()
    assert box.feed(rss()).title == "T"


def test_a_worker_that_dies_over_a_feed_is_a_sentence(box):
    box.feed(rss())
    threading.Timer(0.3, worker(box).kill).start()
    with pytest.raises(StoppedError, match="broke down"):
        box.feed(slow())
    assert box.feed(rss()).title == "T"


def test_large_bodies_pass_quickly(box):
    box.feed(rss())
    body = rss(1, filling="<x>" + "word " * (16 * 200_000) + "</x>")
    start = monotonic()
    assert box.feed(body).title == "T"
    assert monotonic() - start < 5
    assert box._worker is None  # its memory is given back


def test_threads_take_turns(box):
    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(box.feed(rss()).title)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["T"] * 8


def test_closing_does_not_wait_for_a_feed_under_way():
    one = Sandbox()
    one.feed(rss())
    process = worker(one)
    said: list[str] = []

    def read() -> None:
        try:
            one.feed(slow())
        except StoppedError as error:
            said.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    wait_until(one._lock.locked)
    start = monotonic()
    one.close()
    thread.join()
    assert monotonic() - start < 1
    assert process.returncode is not None
    assert len(said) == 1


def test_a_reply_out_of_turn_is_never_read(box, monkeypatch):
    box.feed(rss())
    monkeypatch.setattr(sandbox, "_wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        box.feed(rss())
    monkeypatch.undo()
    assert box._worker is None
    assert box.feed(rss(3)).entries[2].guid


def interrupt(*_args: object) -> None:
    raise KeyboardInterrupt


def test_it_works_without_standard_streams(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "__init__.py").write_text("raise SystemExit('the wrong one')")
    script = (
        "import io, os, sys\nfor n in (0, 1, 2): os.close(n)\n"
        "sys.stdin = sys.stdout = sys.stderr = io.StringIO()  # as in a full-screen app\n"
        "from reader.sandbox import Sandbox\nwith Sandbox() as one: title = one.feed(BODY).title\n"
        "os._exit(0 if title == 'T' else 1)"
    ).replace("BODY", repr(rss()))
    assert subprocess.run([sys.executable, "-P", "-c", script], check=False, timeout=60).returncode == 0


PAGES = {
    "a.html": b"<html lang=en><title>T</title><article><h1>Head</h1><p>PARIS, 12 June 2024 - Words.</p>",
    "a.md": b"# Head\n\n*Words* and [a link](https://a.example/).\n",
    "a.txt": b"One | Two |\n\nHead\n\nParis, June 12, 2024: Words.\n\nRelated News\n- Another https://a.example/\n",
    "a.xml": rss(),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_through_whole(box, name):
    written = datetime(2024, 7, 1, 8, 30, tzinfo=UTC)
    origin = Origin(name=name, title=name, ending=Path(name).suffix, guid="g", modified=written)
    assert box.news(PAGES[name], origin) == tasks.news(PAGES[name], origin, 2000)


def test_what_a_page_announces_comes_through(box):
    link = b'<link rel="alternate" type="application/rss+xml" href="/f" title="F">'
    origin = Origin(name="a", address="https://a.example/")
    found, page = box.links(b"<html>" + link, origin)
    assert ([one.url for one in found], found[0].title, page) == (["https://a.example/f"], "F", True)
    assert box.links(rss(), origin) == ((), False)
    with pytest.raises(parse.ParseError, match="a is empty"):
        box.links(b"", origin)


def test_a_page_has_less_time_than_a_feed(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "PAGE_SECONDS_MAX", 0.5)
    (tmp_path / "a.xml").write_bytes(slow())
    with Sandbox() as one:
        one.start()
        with pytest.raises(local.LocalError, match=r"a\.xml: this file took more than 0\.5 seconds"):
            local.load(tmp_path / "a.xml", one)
        monkeypatch.setattr(sandbox, "PAGE_SECONDS_MAX", 0.05)  # a quick machine needs 0.4
        with pytest.raises(StoppedError, match=r"this page took more than 0\.05 seconds"):
            one.links(b"<p>" * 200_000 + b"<link href=x>" * 400_000, Origin(address="https://a.example/"))


def test_no_stranger_is_read_in_the_process_itself(tmp_path):
    for name, body in PAGES.items():
        (tmp_path / name).write_bytes(body)
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader import edition\nfrom reader.config import Config\n"
        "found = edition.load(sys.argv[1:], Config(path=Path('c.toml'), library=Path('l.db')))\n"
        "print(found.store.lists.counts().total, *found.problems)\n"
        "here = {'reader.pages.newspage', 'reader.pages.web', 'markdown_it', 'feedparser'}\n"
        "print(*(set(sys.modules) & here))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "5\n\n"


def test_a_warm_worker_is_the_first_ones():
    sandbox.warm()
    (spare,) = sandbox._spare
    with Sandbox() as one:
        one.feed(rss())
        assert one._worker is spare
    assert not sandbox._spare


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux's /proc about processes")
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "parsing"])
def test_the_worker_ends_with_its_parent(busy, tmp_path):
    (tmp_path / "feed").write_bytes(slow(600))  # longer than the alarm waits
    script = (
        "import sys, threading\nfrom pathlib import Path\nfrom reader.sandbox import Sandbox\n"
        "one = Sandbox(seconds=3)\none.feed(b'<rss><channel/></rss>')\n"
        "print(one._worker._process.pid, flush=True)\nbody = Path('feed').read_bytes()\n"
        f"{busy} and threading.Thread(target=one.feed, args=(body,), daemon=True).start()\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-P", "-c", script]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        idle = ticks(pid)
        wait_until(lambda: not busy or ticks(pid) > idle + 5)  # little, so that a busy machine gets there
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: not running(pid))


def wait_until(condition: Callable[[], bool]) -> None:
    until = monotonic() + 60
    while not condition():
        assert monotonic() < until
        os.sched_yield()


def ticks(pid: int) -> int:
    """The processor time of a process in hundredths of a second."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
