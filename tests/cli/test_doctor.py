"""`newsread doctor`: the library looked over, and its index and stories made anew."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import apsw
import pytest

from reader import library
from reader.store import Store
from reader.store.errors import BusyError
from tests.cli.conftest import NOW
from tests.cli.feeds import rss

TOLD = "Giles Okafor opened the Mekong bridge in Kampong Cham on Tuesday, the ministry said."


@pytest.fixture
def news(newsread, home):
    """A library in which two feeds tell one story, made by the program itself."""
    for name in ("Alpha", "Beta"):
        body = rss(name, "Giles Okafor opens Mekong bridge in Kampong Cham", f"Unlike {name}")
        (home / f"{name}.xml").write_bytes(body.replace(b"About Giles", TOLD.encode() + b" Giles"))
        assert newsread("add", f"{name}.xml").code == 0
    return home / "library.db"


def change(path, *statements):
    """Write to the library behind the program's back."""
    connection = apsw.Connection(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_library_that_is_well_is_told_in_a_few_lines(newsread, news):
    ran = newsread("doctor")
    assert (ran.code, ran.err) == (0, "")
    told = dict(ran.rows)
    assert told["library"] == str(news)
    assert told["file"] == "whole"
    assert told["size"].endswith(" MiB, version " + told["size"].rsplit(" ", 1)[1])
    assert told["articles"] == "4, 4 unread"
    assert told["index"] == "4 of 4 articles"
    assert told["stories"] == "1"
    assert told["feeds"] == "2, 0 failing"


def test_the_same_as_json(newsread, news):
    (record,) = newsread("doctor", "--json").records
    assert record.pop("bytes") >= news.stat().st_size
    assert record.pop("version") > 0
    assert record == {
        "library": str(news),
        "whole": True,
        "wrong": [],
        "articles": 4,
        "unread": 4,
        "indexed": 4,
        "stories": 1,
        "homeless": 0,
        "astray": 0,
        "feeds": 2,
        "failing": [],
    }


def test_an_empty_library_is_well(newsread, home):
    ran = newsread("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert dict(ran.rows)["articles"] == "0, 0 unread"
    assert newsread("doctor", "--rebuild").code == 0


def test_a_headline_without_a_word_is_no_fault(newsread, home):
    (home / "f.xml").write_bytes(rss("T", "One bridge", "🎉", "…", "A second bridge"))
    newsread("add", "f.xml")
    ran = newsread("doctor")
    assert (ran.code, ran.err) == (0, "")


def test_the_worst_feeds_are_named_and_the_library_is_well_all_the_same(newsread, store):
    feeds = [store.feeds.add(f"https://{n}.example/", title=f"Feed {n}")[0] for n in range(5)]
    for times, feed in enumerate(feeds):
        for _ in range(times):
            store.feeds.failed(feed.id, f"the server said {times}", None, NOW)
    store.feeds.pause(feeds[1].id)
    ran = newsread("doctor")
    assert ran.code == 0
    assert ran.rows[6:] == [
        ["feeds", "5, 3 failing"],
        ["", "5 Feed 4, never fetched, failed 4 times: the server said 4"],
        ["", "4 Feed 3, never fetched, failed 3 times: the server said 3"],
        ["", "3 Feed 2, never fetched, failed 2 times: the server said 2"],
    ]
    assert newsread("doctor", "--json").records[0]["failing"] == [5, 4, 3]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM vector", "the index of neighbours lacks 4 of 4 articles: `newsread doctor --rebuild`"),
        (
            "UPDATE counter SET value = 9 WHERE name = 'neighbours'",
            "5 rows of index and stories do not agree",
        ),
        ("DELETE FROM story", "2 rows of index and stories do not agree"),
        ("UPDATE story SET lead = 999", "1 row of index and stories do not agree"),
        ("INSERT INTO vector VALUES (999, x'')", "`newsread doctor --rebuild` makes both anew"),
    ],
)
def test_what_a_rebuild_puts_right_is_said_and_put_right(newsread, news, statement, said):
    change(news, statement)
    ran = newsread("doctor")
    assert ran.code == 1
    assert said in ran.err
    assert all(line.startswith("newsread: ") for line in ran.err.splitlines())
    (record,) = newsread("doctor", "--json").records
    assert record["wrong"]
    ran = newsread("doctor", "--rebuild")
    assert (ran.code, ran.err) == (0, "index of neighbours and stories made anew from 4 articles\n")
    assert dict(ran.rows)["stories"] == "1"


def test_rows_of_what_is_gone_are_said(newsread, news):
    change(news, "DELETE FROM article WHERE id = 2", "DELETE FROM vector WHERE article = 2")
    ran = newsread("doctor")
    assert ran.code == 1
    assert "of what is gone left behind: they do no harm; `newsread doctor --tidy`" in ran.err


def test_rows_of_what_is_gone_are_taken_out_and_lost_articles_seen_again(newsread, news):
    change(
        news,
        "DELETE FROM article WHERE id = 2",
        "DELETE FROM state WHERE article IN (2, 3)",
        "INSERT INTO article(id, feed, sort, title) VALUES (77, 99, 1, 'x')",
        "INSERT INTO followed VALUES (88, 1)",
        "INSERT INTO hidden SELECT 89, 1, 1, 0, 0, 1",
        "INSERT INTO item VALUES (99, x'00', 0, x'', 0)",
    )
    assert newsread("doctor").code == 1
    newsread("doctor", "--rebuild")
    ran = newsread("doctor", "--tidy", "--json")
    assert (ran.code, ran.records[0]["homeless"], ran.records[0]["wrong"]) == (0, 0, [])
    assert {row["id"] for row in newsread("list", "--json").records} == {1, 3, 4}


def test_a_rebuild_gives_the_neighbours_and_stories_that_were_there(newsread, news):
    before = [newsread(*words, "--json").out for words in (["related", 1], ["story", 1], ["list"])]
    change(news, "DELETE FROM vector", "DELETE FROM story", "UPDATE article SET story = 0")
    assert newsread("story", 1).out == ""
    (record,) = newsread("doctor", "--rebuild", "--json").records
    assert record["rebuilt"] == 4
    assert [newsread(*words, "--json").out for words in (["related", 1], ["story", 1], ["list"])] == before


def test_what_was_split_stays_split(newsread, news):
    one, other = (record["id"] for record in newsread("story", 1, "--json").records)
    newsread("story", "split", one)
    newsread("doctor", "--rebuild")
    assert newsread("story", other).out == ""
    newsread("story", "join", one)
    newsread("doctor", "--rebuild")
    assert len(newsread("story", other).rows) == 2


# Damage


def damaged(path, page=4096):
    """Spoil a page in the middle of the file; the beginning is as it was."""
    body = bytearray(path.read_bytes())
    middle = len(body) // 2 // page * page
    body[middle : middle + page] = b"\xa5" * page
    path.write_bytes(body)


def test_a_damaged_library_is_said_with_what_to_do(home, news, spawn):
    with Store.open(news) as store:
        for n in range(60):
            store.feeds.add(f"https://{n}.example/", title="A title " * 50)
    damaged(news)
    ran = spawn("doctor")
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert b"put a copy of" in ran.stderr
    ran = spawn("doctor", "--json")
    assert ran.returncode == 1
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert all(not record["whole"] and record["wrong"] for record in records)


@pytest.mark.parametrize("body", [b"not a database, " * 999, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_library_is_left_as_it_is(newsread, home, body):
    (home / "library.db").write_bytes(body)
    for words in (["doctor"], ["doctor", "--rebuild"]):
        ran = newsread(*words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert (home / "library.db").read_bytes() == body


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_library_that_may_only_be_read_is_said(newsread, home, news):
    news.chmod(0o400)
    for words in (["doctor"], ["doctor", "--rebuild"], ["story", "split", "1"]):
        ran = newsread(*words)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert "cannot be opened" in ran.err


# Others at the same library


def test_another_that_writes_is_waited_for_in_words(newsread, news, monkeypatch):
    rebuild, tries = library.rebuild, []

    def busy(*args):
        tries.append(args)
        if len(tries) < 3:
            raise BusyError("locked")
        return rebuild(*args)

    monkeypatch.setattr("reader.library.rebuild", busy)
    ran = newsread("doctor", "--rebuild")
    assert (ran.code, len(tries)) == (0, 3)
    assert ran.err.splitlines() == [
        "another newsread is writing to the library: waiting for it (Ctrl+C ends this)",
        "index of neighbours and stories made anew from 4 articles",
    ]


def test_a_lock_is_an_error_of_its_own(news):
    with Store.open(news) as one, Store.open(news) as other:
        other.db.connection.set_busy_timeout(0)
        with one.transaction(), pytest.raises(BusyError, match="another program has kept"):
            library.rebuild(other)


def test_a_library_that_is_open_elsewhere_sees_the_new_index(newsread, news):
    with Store.open(news) as store:
        change(news, "DELETE FROM vector")
        assert newsread("doctor", "--rebuild").code == 0
        assert store.changed()
        assert len(store.neighbours.vectors(range(9))) == 4
        store.marks.read([1])


def test_ctrl_c_leaves_everything_as_it_was(newsread, news, monkeypatch):
    before = newsread("related", 1, "--json").out

    def interrupted(store, progress=None):
        with store.transaction():
            store.neighbours.clear()
            store.stories.clear()
            raise KeyboardInterrupt

    monkeypatch.setattr("reader.library.rebuild", interrupted)
    ran = newsread("doctor", "--rebuild")
    assert (ran.code, ran.err) == (130, "stopped: index and stories are as they were\n")
    assert newsread("related", 1, "--json").out == before
    assert newsread("doctor").code == 0


def test_a_signal_in_the_middle_of_a_rebuild_leaves_everything_as_it_was(home, news, newsread):
    before = newsread("related", 1, "--json").out
    code = (
        "import os, signal, reader.library.upkeep as upkeep\n"
        "tell = upkeep.index\n"
        "upkeep.index = lambda *args: (os.kill(os.getpid(), signal.SIGINT), tell(*args))[1]\n"
        "from reader.cli import main\n"
        "raise SystemExit(main(['doctor', '--rebuild']))\n"
    )
    ran = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (130, b"")
    assert ran.stderr == b"stopped: index and stories are as they were\n"
    assert newsread("related", 1, "--json").out == before


def test_a_bar_is_shown_on_a_terminal_only(newsread, news, monkeypatch):
    assert "rebuild" not in newsread("doctor", "--rebuild").err
    seen = []
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("reader.cli.progress.counter", lambda name: _bar(seen))
    newsread("doctor", "--rebuild")
    assert seen == [(4, 4)]
    newsread("doctor", "--rebuild", "--json")
    assert seen == [(4, 4)]


@contextmanager
def _bar(seen):
    yield lambda *figures: seen.append(figures)


def test_the_bar_itself_counts(capsys):
    from reader.cli.progress import counter

    with counter("rebuild") as step:
        step(1, 2)
        step(2, 2)
    assert capsys.readouterr().out == ""


def test_a_closed_pipe_is_no_error(home, news):
    command = f'"{sys.executable}" -P -m reader doctor | head -1'
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, timeout=60, check=True
    )
    assert ran.stderr == b""
    assert ran.stdout.startswith(b"library\t")


def test_what_is_kept_no_longer_is_tidied_away(newsread, store, filled, home):
    store.marks.read(filled)
    ran = newsread("doctor", "--tidy")
    assert "0 articles removed; no setting under [keep] lets any go" in ran.err
    (home / "config.toml").write_text("[keep]\narticles = 1\n")
    (record,) = newsread("doctor", "--tidy", "--json").records
    assert record["tidied"] == 3
    assert record["articles"] == 2
    assert newsread("doctor").code in (0, 1)
